"""Define drivers: their protocol, what they observe, human controls, a guard for users' bots."""
