"""The window shows scenes, and reads the player's devices. No other package imports pygame."""
