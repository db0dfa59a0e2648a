"""Model the car: pure functions from parameters, state and ground to forces, one file a part.

Nothing here knows the track or the screen. `car.py` puts the parts together into one tick.
"""
