"""Draw what stands beside the road: buildings, stands, barriers, trees, and their shadows."""
