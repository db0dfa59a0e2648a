"""Learn lap by lap how fast each piece of the track may be taken."""

import math

from game.bot.examples.follower import safe_speed_mps, steering_to_the_centre
from game.drivers.driver import Course
from game.drivers.observation import Observation
from game.drivers.timing import LapResult
from game.vehicle.state import Controls, controls

PIECE_M = 50.0
FIRST_GRIP_MPS2 = 7.0  # where nothing is known yet
WANTED_SLIP = 0.09  # tangent of the tyres' slip angle; beyond some 0.14 they slide
MAX_CHANGE = 1.1  # from lap to lap


class Learner:
    """Follows the centreline; trusts in more grip where its tyres hardly slipped, else in less."""

    def reset(self, course: Course) -> None:
        """Begin with the same cautious grip everywhere."""
        self.pieces = math.ceil(course.track.length_m / PIECE_M)
        self.grip_mps2 = [FIRST_GRIP_MPS2] * self.pieces
        self.slip = [0.0] * self.pieces  # the most in this lap

    def decide(self, seen: Observation) -> Controls:
        """Drive as the follower does, with what was learnt of the grip ahead."""
        here_m = seen.car.s_m
        here = self.piece(here_m)
        self.slip[here] = max(self.slip[here], *map(abs, seen.car.slip_tangent))
        grip_mps2 = [self.grip_mps2[self.piece(here_m + far_m)] for far_m in seen.ahead.distance_m]
        missing_mps = safe_speed_mps(seen, grip_mps2) - seen.car.velocity_forward_mps
        return controls(steering_to_the_centre(seen), missing_mps / 5, -missing_mps / 5)

    def lap_done(self, lap: LapResult) -> None:
        """Bring the slip nearer to what is wanted; too much of it began a piece before."""
        max_change = MAX_CHANGE if lap.valid else 1.0
        for piece in range(self.pieces):
            slip = max(self.slip[piece], self.slip[(piece + 1) % self.pieces])
            change = WANTED_SLIP / max(slip, 0.01)
            self.grip_mps2[piece] *= min(max_change, max(1 / MAX_CHANGE, change))
        self.slip = [0.0] * self.pieces

    def piece(self, s_m: float) -> int:
        """Return the piece in which a place on the lap lies."""
        return int(s_m / PIECE_M) % self.pieces
