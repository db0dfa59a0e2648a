"""The painted ground in tiles: painted by worker processes, cached on disk, drawn in a view."""
