"""Targets for a circuit of which nobody has driven a lap."""

from game.goals.corner_attempt import CornerCourse
from game.goals.medals import Medal, paced_times
from game.goals.targets import CornerTarget, Targets
from game.recording.ghost import GhostLap, TapedPose

SPEED_MPS = 15.0
BEFORE_M = 40.0
AFTER_M = 10.0
LAP_S = 50.0


def corner_targets(garage):
    """Return targets along the centreline at 15 m/s, and a lap of 50 s for the author's medal."""
    still = TapedPose(0.0, 0.0, 0.0, 0.0)
    laps = {
        medal: GhostLap(time_s, (0.0, time_s), (still, still))
        for medal, time_s in paced_times(LAP_S).items()
    }
    assert set(laps) == set(Medal)
    return Targets(laps, tuple(_corner(garage.track, each) for each in garage.track.corners))


def _corner(track, corner):
    s_m = corner.turn_in_m - BEFORE_M
    length_m = corner.exit_m + AFTER_M - s_m
    course = CornerCourse(corner.number, track.centreline.pose(s_m), s_m, SPEED_MPS, length_m)
    times_s = [0.5 * index for index in range(int(2 * length_m / SPEED_MPS) + 1)]
    poses = [track.centreline.pose(s_m + SPEED_MPS * time_s) for time_s in times_s]
    taped = tuple(TapedPose(pose.x_m, pose.y_m, pose.heading_rad, 0.0) for pose in poses)
    return CornerTarget(course, GhostLap(length_m / SPEED_MPS, tuple(times_s), taped))
