"""The steps of the config flow, by what they set up."""
