"""Whoever drives: the protocol, what a driver observes, human controls, and bots kept in check."""
