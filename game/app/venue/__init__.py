"""Hold what belongs to a circuit: its ground, its map, the bot's plan, the targets."""
