"""The reference bot: the line of minimum time, a plan along it, and a follower that drives it."""
