"""Converters: functions from a datapoint to the point that Home Assistant needs, or None where it does not fit."""
