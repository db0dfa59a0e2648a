"""Choose the part of the world that the window shows, and what of the road is felt and heard."""
