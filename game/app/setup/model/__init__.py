"""Hold the setup being worked on, what is asked about it, and the laps that were driven."""
