"""What ground and objects are painted with: pieces of the world, noise, shapes, and the sun."""
