"""Keep setups: named, shipped or one's own, shared as files and as short codes."""
