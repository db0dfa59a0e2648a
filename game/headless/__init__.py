"""Drives with no window, as fast as they go: how a car starts, one stint, many stints at once."""
