"""Define the five lessons: what each says, where it is driven, and who judges it."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from game.goals.lesson_judges import (
    BrakesIntoTheCorner,
    DrivesOut,
    HoldsAllTheGrip,
    LessonJudge,
    RegainsEnergy,
    StaysOnTheLine,
)
from game.goals.targets import CornerTarget, Targets
from game.translation import N_
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_START_SHARE: Final = 3  # so many such parts has the way through a corner


class LessonPart(NamedTuple):
    """A part is one thing to do in a lesson, perhaps with the car set up for it."""

    task: str
    judge: type[LessonJudge]
    front_torque_share: float | None = None  # of what the car allows, 0..1; None: the setup's

    def setup(self, spec: CarSpec, setup: Setup) -> Setup:
        """Return the setup that it is driven with."""
        if self.front_torque_share is None:
            return setup
        bounds = spec.setup.front_torque_share
        low, high = bounds.minimum, bounds.maximum
        share = low + self.front_torque_share * (high - low)
        return msgspec.structs.replace(setup, front_torque_share=share, split_map=None)


class Lesson(NamedTuple):
    """A lesson has parts; its name is that in the player's file."""

    name: str
    title: str
    text: str
    parts: tuple[LessonPart, ...]
    corner: Callable[[Targets], CornerTarget]


def _longest(targets: Targets) -> CornerTarget:
    return max(targets.corners, key=lambda each: each.course.length_m)


def _fastest(targets: Targets) -> CornerTarget:
    return max(targets.corners, key=lambda each: each.course.speed_mps)


def _slowest(targets: Targets) -> CornerTarget:
    return min(targets.corners, key=_slowest_mps)


def _second(targets: Targets) -> CornerTarget:
    return targets.corners[min(1, len(targets.corners) - 1)]


def _slowest_mps(target: CornerTarget) -> float:
    """Return the lowest speed of the bot in a corner, its start from another one left out."""
    ghost = target.ghost
    first = len(ghost.poses) // _START_SHARE
    speeds_mps = [
        math.hypot(two.x_m - one.x_m, two.y_m - one.y_m) / (end_s - begin_s)
        for (one, two), (begin_s, end_s) in zip(
            pairwise(ghost.poses[first:]), pairwise(ghost.times_s[first:]), strict=True
        )
    ]
    return min(speeds_mps, default=math.inf)


LESSONS: Final = (
    Lesson(
        "steering",
        N_("Hold the key"),
        N_(
            "A steering key or stick does not turn the wheels to a fixed angle: held to the end, "
            "it asks for all the grip the front tyres have. Brake to a speed the corner allows, "
            "then hold it all the way round. Let go, and the car runs straight."
        ),
        (LessonPart(N_("Hold the steering through the corner"), HoldsAllTheGrip),),
        _longest,
    ),
    Lesson(
        "braking",
        N_("Brake, turn, go"),
        N_(
            "Tyres that brake hard cannot turn hard. Brake hard while you go straight, come off "
            "the brake as you turn in, and be back on the throttle once you are past the apex."
        ),
        (
            LessonPart(
                N_("Brake hard, let go by the apex, throttle on the way out"), BrakesIntoTheCorner
            ),
        ),
        _fastest,
    ),
    Lesson(
        "regeneration",
        N_("Bring energy back"),
        N_(
            "The brake pedal first lets the motors slow the car, and that charges the battery. "
            "They take only so much: brake harder and the discs turn the rest into heat. Brake "
            "early and long, in short presses if you drive by keys."
        ),
        (LessonPart(N_("Fill the bar before the apex"), RegainsEnergy),),
        _fastest,
    ),
    Lesson(
        "split",
        N_("Front or rear"),
        N_(
            "The split says how much of the power goes to the front wheels. All in front, the "
            "throttle pulls the nose wide; all at the rear, it pushes the tail round. Feel both "
            "out of the same corner, then find your own split in the setup."
        ),
        (
            LessonPart(N_("All in front: full throttle out of the corner"), DrivesOut, 1.0),
            LessonPart(N_("All at the rear: the same again"), DrivesOut, 0.0),
        ),
        _slowest,
    ),
    Lesson(
        "marks",
        N_("Read the marks"),
        N_(
            "The dark band on the asphalt is rubber from everyone who drove here: it shows the "
            "line. Boards beside the road count down to where you brake. Black streaks behind you "
            "say that you slid."
        ),
        (LessonPart(N_("Stay on the dark line through the corner"), StaysOnTheLine),),
        _second,
    ),
)
