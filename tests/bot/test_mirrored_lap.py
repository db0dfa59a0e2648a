"""The car is symmetric: a lap of a mirrored circuit along the mirrored line takes as long."""

import dataclasses
from pathlib import Path

import pytest
from pytest import approx

from game.bot.observing_follower import ObservingFollower
from game.bot.planning import work_out_plan
from game.bot.start import flying_start
from game.compiled import Backend
from game.drivers.driver import BaseDriver
from game.recording.lap_recorder import LapRecorder
from game.session import Session
from game.simulation.world import World
from game.track.maker import make_track_file
from game.track.track import build_track
from game.track.variants import variant_file
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow

SETUP = Setup()


class OnPlan(BaseDriver):
    """The reference bot with a plan that is given."""

    def __init__(self, plan):
        self.plan = plan

    def reset(self, course):
        self.follower = ObservingFollower(course.track, course.spec, course.setup, self.plan, None)

    def decide(self, observation):
        return self.follower.decide(observation)


def mirrored(plan):
    """Return a plan seen in the mirror along the x axis."""
    names = ("offset_m", "y_m", "heading_rad", "across_rad", "curvature_1pm")
    return dataclasses.replace(plan, **{name: -getattr(plan, name) for name in names})


def lap_of(track, spec, plan):
    world = World(track, [flying_start(spec, SETUP, plan)], backend=Backend.COMPILED)
    laps = LapRecorder(world.step_s)
    session = Session(world, [OnPlan(plan)], [laps])
    while not laps.laps:
        session.step()
    return laps.laps[0]


def test_a_lap_of_the_mirror_image_takes_the_same_time(spec):
    file = make_track_file(5, 1000.0, "twisty")
    track = build_track("made", file, Path("made"))
    image = build_track("made+mirror", variant_file(file, ("mirror",)), Path("made"))
    plan = work_out_plan(track, spec, SETUP)
    lap, other = lap_of(track, spec, plan), lap_of(image, spec, mirrored(plan))
    assert lap.valid
    assert other.valid
    assert other.time_s == approx(lap.time_s, abs=0.01)
