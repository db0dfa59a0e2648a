"""What the car sounds like, synthesised as it drives."""
