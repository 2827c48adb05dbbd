"""The fault matrix: all that can go wrong between a link and a device, made to happen in every protocol version."""
