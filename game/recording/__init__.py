"""A drive leaves records behind. Everything here listens to steps; the tick never reads any of it.

- `lap_recorder`: the finished laps of a car. `lap_trace`: when it was where on its lap, and how far
  ahead of its best lap that is. `ghost`: the poses of a lap, to be driven against. `telemetry`:
  every step as a row of a table; `telemetry_file` writes it, `motec_log` for MoTeC's i2,
  `telemetry_stream` sends it while it is driven.
- `replay`: the file of a drive's inputs, which `held_controls` packs; `replay_recorder` writes it,
  `replay_player` drives it again, to any tick.
- `best_lap`: the file of the best valid lap.
"""
