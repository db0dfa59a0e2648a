"""A setup's effect on the lap is predicted, measured by real laps, compared, swept and tuned."""
