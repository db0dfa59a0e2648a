"""The car as it is drawn: painted once, lit by the sun, turned into the view."""
