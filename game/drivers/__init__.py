"""Drivers: the protocol, what a driver observes, human controls, and a guard for foreign bots."""
