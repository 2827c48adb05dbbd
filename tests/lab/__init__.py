"""The laboratory: simulated Tuya devices on real sockets."""
