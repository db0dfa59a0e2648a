"""Race a season: the same bots on several circuits, points, and how strong each bot is."""
