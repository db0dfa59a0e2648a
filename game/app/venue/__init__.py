"""Hold what belongs to a circuit: its ground, its map and the bot's plan."""
