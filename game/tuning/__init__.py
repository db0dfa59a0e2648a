"""What a setup does to the lap: predicted, measured by real laps, compared, swept, tuned."""
