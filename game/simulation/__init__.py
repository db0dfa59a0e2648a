"""The world: it owns every changing thing and moves it by one fixed tick.

`world.py` is the only writer of car state; `chassis.py` is the only home of pymunk.
"""
