"""Setups as things to keep: named, shipped or one's own, shared as files and as short codes."""
