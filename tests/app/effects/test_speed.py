"""Speed is seen: streaks in the air, dust off the road's edges, grass beside it; each by choice."""

import numpy as np
import pygame
import pytest

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.effects.debris import DebrisEmitter
from game.app.effects.particle_sprites import ParticleMaterial
from game.app.effects.particles import Particles
from game.app.effects.roadside import Roadside
from game.app.effects.settings import EffectSettings
from game.app.effects.streaks import Streaks
from game.app.view.camera import View
from game.bot.examples.follower import Follower
from game.track.surfaces import TARMAC

FRAME_S = 1.0 / 60.0
WHEELS = ("front_left", "front_right", "rear_left", "rear_right")


@pytest.fixture(scope="module")
def standing(oval, spec, setup):
    return Drive(oval, [CarEntry(spec, setup, Follower)]).followed.now


def at(track, snapshot, offset_m, speed_mps, s_m=30.0):
    pose = track.centreline.pose(s_m)
    x_m, y_m = track.centreline.point(s_m, offset_m)
    return snapshot._replace(
        x_m=x_m,
        y_m=y_m,
        s_m=s_m,
        offset_m=offset_m,
        heading_rad=pose.heading_rad,
        track_heading_rad=pose.heading_rad,
        velocity_forward_mps=speed_mps,
        **{f"{wheel}_surface": TARMAC for wheel in WHEELS},
    )


def blown(oval, spec, now, settings=None):
    """Return what a second of driving at a place throws up, by material."""
    particles = Particles()
    emitter = DebrisEmitter(spec.chassis, particles, Roadside(oval, spec.chassis))
    emitter.settings = settings or EffectSettings()
    for _ in range(60):
        emitter.update(now, now, None, FRAME_S)
    return set(particles._material[particles._age_s < particles._life_s].tolist())


def test_the_edge_of_the_road_is_dusty_and_its_middle_is_not(oval, spec, standing):
    assert ParticleMaterial.SOIL in blown(oval, spec, at(oval, standing, -5.0, 45.0))
    assert blown(oval, spec, at(oval, standing, 0.0, 45.0)) == set()


def test_a_slow_car_raises_no_dust(oval, spec, standing):
    assert blown(oval, spec, at(oval, standing, -5.0, 5.0)) == set()


def test_a_fast_car_beside_the_grass_blows_it_about(oval, spec, standing):
    assert ParticleMaterial.BLADE in blown(oval, spec, at(oval, standing, 4.6, 50.0))


@pytest.mark.parametrize(
    ("name", "material"), [("dust", ParticleMaterial.SOIL), ("grass", ParticleMaterial.BLADE)]
)
def test_dust_and_grass_can_be_switched_off_each(oval, spec, standing, name, material):
    now = at(oval, standing, 5.2, 55.0)
    assert material in blown(oval, spec, now)
    assert material not in blown(oval, spec, now, EffectSettings(**{name: False}))


def test_grass_lies_beyond_the_road_on_the_side_that_is_near(oval, spec, standing):
    roadside = Roadside(oval, spec.chassis)
    now = at(oval, standing, 4.6, 50.0)
    assert roadside.grass_beside(now) == "left"
    assert roadside.grass_beside(at(oval, standing, 0.0, 50.0)) is None
    for x_m, y_m in roadside.grass_places(now, "left", np.random.default_rng(1).random((20, 2))):
        # The oval's first straight leads east from its start line.
        assert 6.0 <= y_m - oval.centreline.point(30.0, 0.0)[1] <= 7.5
        assert now.x_m - 3.0 <= x_m <= now.x_m + 1e-6


def drawn(now, view):
    surface = pygame.Surface((view.width, view.height))
    surface.fill((90, 90, 90))
    Streaks().draw(surface, view, now)
    return (pygame.surfarray.array3d(surface) != 90).any(axis=2)


def test_streaks_grow_with_speed_from_none(oval, standing):
    counts = []
    for speed_mps in (20.0, 40.0, 60.0):
        now = at(oval, standing, 0.0, speed_mps)
        counts.append(int(drawn(now, View(now.x_m, now.y_m, 5.0, 640, 360)).sum()))
    assert counts[0] == 0 < counts[1] < counts[2]


def test_streaks_leave_the_car_free(oval, standing):
    now = at(oval, standing, 0.0, 60.0)
    marked = drawn(now, View(now.x_m, now.y_m, 5.0, 640, 360))
    assert not marked[290:350, 150:210].any()


def test_streaks_hang_in_the_world(oval, standing):
    now = at(oval, standing, 0.0, 60.0)
    here = View(now.x_m, now.y_m, 5.0, 640, 360)
    first = drawn(now, here)
    second = drawn(now, here._replace(x_m=here.x_m + 4.0))  # 20 pixels on
    # The car stays in the world, so that only edges and its clear space differ.
    moved = np.roll(first, -20, axis=0)
    assert (moved & second).sum() > 0.6 * first.sum()
