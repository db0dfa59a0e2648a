"""What stands beside the road: buildings, stands, barriers, trees, and the shadows they cast."""
