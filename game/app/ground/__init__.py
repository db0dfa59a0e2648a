"""The ground of a circuit: painted from its track file, baked into tiles, shown through a view."""
