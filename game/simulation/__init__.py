"""The simulation owns everything that changes in a drive, and advances it by a fixed tick.

Car state has two owners. A `World` (`world.py`) steps cars that may touch walls and each other; a
`Batch` (`batch.py`) steps many cars that touch nothing. Both run the functions of `tick.py`, which
alone write to it; everyone else gets snapshots, events, or copies.

- `tick.py`: one tick of everything; `snapshot_of` says how each channel is read
- `tick_backend.py`: the tick in its plain or its compiled form, with its tables
- `chassis.py`: the rigid bodies, the only module that knows pymunk
- `lap_timer.py`, `track_limits.py`, `split_table.py`: stopwatch, track limits, split maps
- `snapshot.py`, `channels.py`, `events.py`: what others see of a car and what happens to it
"""
