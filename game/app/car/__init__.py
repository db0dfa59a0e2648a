"""Draw the car: it is painted once, lit by the sun, and turned into the view."""
