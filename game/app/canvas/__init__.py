"""Paint ground and objects: pieces of the world, noise, shapes and the sun."""
