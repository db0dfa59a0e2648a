"""Watch a replay: its drive, its survey beside the game, timeline and strips."""
