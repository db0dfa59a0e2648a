"""What part of the world the window shows, and what of the road can be felt and heard."""
