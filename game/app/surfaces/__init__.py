"""Paint the ground, one surface a file: land, asphalt, kerbs, gravel, rubber, markings."""
