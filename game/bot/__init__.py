"""The reference bot plans a lap before the start, and follows the plan.

Planning: `corridor` where a car may go, `min_curvature_line`, `min_time_line` and `line_and_speed`
the line, by the programs of `bounded_qp` and `lap_program`; `speed_plan`, `plan_pace` the speeds,
`rehearsal` laps in the simulation that correct them, `plan_cache` the files and `shipped_plan` the
one that ships, `planning` all of it, with `plan_progress` for a bar. Driving: `start` where
a drive begins, `path_follower` with `follower_tables` (what it reads), `lateral_control` (the
steering), `speed_control` (the pedals), `recovery` and `driver_noise`. Among other cars:
`side_lines` for cars side by side with their tables, `lane` where of them a car drives, `foresight`
what the others will do, `lane_drive` what comes of a lane among them, `traffic` the choice,
`control_steps` how finely they steer.
`lone_follower` has the decisions compiled for laps alone on a track, `racing_followers` for all
bots of a race, `observing_follower` has them by what a driver observes; `bot` is the driver.
"""
