"""The ground is painted in tiles by worker processes, cached on disk, and drawn in a view."""
