"""Whoever drives: a driver turns a snapshot of the world into `Controls` and nothing else."""
