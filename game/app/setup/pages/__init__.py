"""The pages of the setup scene, one file each."""
