"""Make the sound of the car, synthesised as it drives."""
