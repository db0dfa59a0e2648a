"""Show the pages of the setup scene, one file each."""
