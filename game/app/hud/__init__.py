"""Show instruments over the picture."""
