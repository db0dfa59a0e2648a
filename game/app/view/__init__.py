"""Choose the part of the world that the window shows, and how the road is felt and heard."""
