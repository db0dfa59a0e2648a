"""Draw what driving leaves behind: marks on the ground, smoke, dust and gravel in the air."""
