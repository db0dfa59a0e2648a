"""The instruments over the picture."""
