"""Show the pages of the settings scene, one file each."""
