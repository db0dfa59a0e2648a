"""The reference bot plans a lap before the start, and follows the plan.

Planning: `corridor` where a car may go, `min_curvature_line`, `min_time_line` and `line_and_speed`
the line, by the programs of `bounded_qp` and `lap_program`; `speed_plan`, `plan_pace` the speeds,
`rehearsal` laps in the simulation that correct them, `plan_cache` the files and `shipped_plan` the
one that ships, `planning` all of it, with `plan_progress` for a bar. Driving: `start` where
a drive begins, `path_follower` with `follower_tables` (what it reads), `lateral_control` (the
steering), `speed_control` (the pedals), `traffic`, `recovery` and `driver_noise`; `lone_follower`
has its decisions compiled, for laps alone on a track; `bot` is the driver itself.
"""
