"""What a setup does to the lap: predicted at once, measured by real laps, compared, swept, tuned."""
