"""Hold what belongs to a circuit (ground, map, plan, targets), and know and import others."""
