"""The ground of a circuit, one surface a file: land, asphalt, kerbs, gravel, rubber, markings."""
