"""Drive a quasi-steady car at the limits of its parts: g-g-v limits, and speeds along a lap.

From the inside out: `axle` two tyres, `cornering` loads and lateral forces, `motor_limits` and
`axle_torques` drive and brakes, `wheel_differences` differential and ABS, `steady_state` the whole
car, `assists` with yaw control. On these stand `ggv_limits` the g-g-v diagram, with `limit_planes`
near a line; `speed_passes`, `lap_time_adjoint` and `speed_profile` the fastest speeds along a
`racing_line`; `split_planner` the same for split maps, and `point_mass` by a formula; `steady_lap`
the state of the car on the way.
"""
