"""Drive without a window, as fast as it goes: one stint, or many stints at once."""
