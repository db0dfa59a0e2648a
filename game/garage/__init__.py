"""Setups as things to keep: named, shipped or the player's own, shared as files and as short codes."""
