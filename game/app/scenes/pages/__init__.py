"""The pages of the settings scene, one file each: rows, and a picture beside them."""
