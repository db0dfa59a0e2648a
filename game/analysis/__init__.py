"""Finished laps are compared over their distance: corner by corner, and why one is slower.

- `lap_profile`: what a lap was at marks along the circuit; `lap_log` listens to a car and makes it.
- `corner_stretches`: the lap divided among its corners; `corner_figures`: each corner in numbers.
- `losses`: the time that one lap loses on another, by causes that add up to it.
- `findings`: the same in words. `reference_lap`: the bot's lap to compare with.
"""
