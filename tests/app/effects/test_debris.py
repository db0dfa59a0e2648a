"""Smoke, gravel, grass and sparks: whence they come, how many, and that pictures repeat."""

import math

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.canvas.patches import Piece
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.effects.contact import find_contact
from game.app.effects.debris import DebrisEmitter
from game.app.effects.effects import Effects
from game.app.effects.particle_sprites import _KEPT_PX, ParticleMaterial, ParticleSprites
from game.app.effects.particles import CAPACITY, Particles, on_screen
from game.app.view.camera import View
from game.bot.examples.follower import Follower
from game.track.surfaces import GRASS, GRAVEL, TARMAC

FRAME_S = 1.0 / 60.0
WHEELS = ("front_left", "front_right", "rear_left", "rear_right")
VIEW = View(5.0, 0.0, 12.0, 640, 360)


@pytest.fixture(scope="module")
def standing(track, spec, setup):
    return Drive(track, [CarEntry(spec, setup, Follower)]).followed.now


class OneTile:
    """Ground of a single picture."""

    def __init__(self):
        self.piece = Piece(-32.0, -64.0, 4.0, 512)
        self.picture = pygame.Surface((512, 512), depth=32)
        self.picture.fill((255, 255, 255))
        self.on_ready = None

    def mark_tiles(self, on_ready):
        self.on_ready = on_ready

    def tiles_touching(self, low_m, high_m):
        del low_m, high_m
        return [(self.picture, self.piece)]

    def is_marked(self):
        return int(pygame.surfarray.array3d(self.picture).min()) < 250


def moving(snapshot, frame, surface=TARMAC, power_w=0.0, normalised_slip=0.0, speed_mps=15.0):
    return snapshot._replace(
        tick=snapshot.tick + 4 * frame,
        x_m=speed_mps * FRAME_S * frame,
        y_m=0.0,
        heading_rad=0.0,
        velocity_forward_mps=speed_mps,
        **{f"{wheel}_sliding_power_w": power_w for wheel in WHEELS},
        **{f"{wheel}_normalised_slip": normalised_slip for wheel in WHEELS},
        **{f"{wheel}_surface": surface for wheel in WHEELS},
    )


def air_after(spec, snapshot, frames, hit_ns=0.0, **looks):
    particles = Particles()
    emitter = DebrisEmitter(spec.chassis, particles)
    for frame in range(frames):
        before, now = (moving(snapshot, at, **looks) for at in (frame, frame + 1))
        particles.update(FRAME_S)
        emitter.update(before, now, find_contact(spec.chassis, before, now, hit_ns), FRAME_S)
    return particles


def kinds(particles):
    return set(particles._material[particles._age_s < particles._life_s].tolist())


def test_a_hot_tyre_within_its_grip_does_not_smoke(spec, standing):
    assert len(air_after(spec, standing, 60, power_w=30e3, normalised_slip=0.9)) == 0


def test_a_tyre_that_slides_beyond_its_grip_smokes(spec, standing):
    assert kinds(air_after(spec, standing, 60, power_w=15e3, normalised_slip=2.0)) == {
        ParticleMaterial.SMOKE
    }


def test_gravel_flies_as_dust_and_stones_and_grass_as_soil_and_clods(spec, standing):
    assert kinds(air_after(spec, standing, 60, surface=GRAVEL)) == {
        ParticleMaterial.DUST,
        ParticleMaterial.STONE,
    }
    assert kinds(air_after(spec, standing, 60, surface=GRASS)) == {
        ParticleMaterial.SOIL,
        ParticleMaterial.CLOD,
        ParticleMaterial.BLADE,
    }


def test_a_car_at_rest_on_gravel_throws_nothing(spec, standing):
    assert len(air_after(spec, standing, 60, surface=GRAVEL, speed_mps=0.0)) == 0


def test_a_wall_hit_from_the_right_sparks_on_the_right(spec, standing):
    particles = Particles()
    before = moving(standing, 1)
    pushed = before._replace(velocity_left_mps=3.0)
    contact = find_contact(spec.chassis, before, pushed, 5000.0)
    DebrisEmitter(spec.chassis, particles).update(before, pushed, contact, FRAME_S)
    sparks = particles._place_m[: len(particles)] - (pushed.x_m, pushed.y_m)
    assert ParticleMaterial.SPARK in kinds(particles)
    assert sparks[:, 1] == pytest.approx(np.full(len(sparks), -0.5 * spec.chassis.width_m))


def test_there_are_never_more_particles_than_there_is_room_for(spec, standing):
    particles = air_after(spec, standing, 300, surface=GRAVEL, speed_mps=60.0, hit_ns=9000.0)
    assert 100 < len(particles) <= CAPACITY


def test_smoke_goes_when_the_tyre_grips_again(spec, standing):
    particles = air_after(spec, standing, 60, power_w=15e3, normalised_slip=2.0)
    for _ in range(200):
        particles.update(FRAME_S)
    assert len(particles) == 0


def test_the_same_drive_twice_gives_the_same_picture(spec, standing):
    pictures = []
    for _ in range(2):
        surface = pygame.Surface((640, 360))
        particles = air_after(spec, standing, 40, surface=GRAVEL)
        particles.draw_low(surface, VIEW)
        particles.draw_high(surface, VIEW)
        pictures.append(pygame.surfarray.array3d(surface))
    assert pictures[0].any()
    assert np.array_equal(*pictures)


def test_stones_fly_below_the_car_and_smoke_above(spec, standing):
    surface = pygame.Surface((640, 360))
    air_after(spec, standing, 40, power_w=15e3, normalised_slip=2.0).draw_low(surface, VIEW)
    assert not pygame.surfarray.array3d(surface).any()
    stones = Particles()
    stones.emit(ParticleMaterial.STONE, np.zeros((50, 2)), np.zeros(2))
    stones.draw_high(surface, VIEW)
    assert not pygame.surfarray.array3d(surface).any()
    stones.draw_low(surface, VIEW)
    assert pygame.surfarray.array3d(surface).any()


@given(st.floats(-300, 300), st.floats(-300, 300), st.floats(-7, 7), st.floats(1, 40))
def test_particles_are_where_the_view_says(x_m, y_m, up_rad, pixels_per_m):
    view = View(12.0, -7.0, pixels_per_m, 1280, 720, up_rad)
    assert on_screen(view, np.array([[x_m, y_m]]))[0] == pytest.approx(
        view.to_screen(x_m, y_m), abs=1e-6
    )


def test_pictures_of_particles_stay_within_their_room():
    sprites = ParticleSprites()
    sizes = np.arange(34)
    smoke = np.full(34, ParticleMaterial.SMOKE)
    for strength in range(1, 13):
        codes = sprites.codes(smoke, sizes % 3, sizes, np.full(34, strength))
        for code, side_px in zip(codes.tolist(), sprites.sides_px(sizes).tolist(), strict=True):
            assert sprites.get(code).get_size() == (side_px, side_px)
            assert sprites._kept_px <= _KEPT_PX


def test_effects_mark_the_ground_at_once_and_keep_the_marks_over_a_restart(spec, standing):
    ground = OneTile()
    effects = Effects(spec.chassis, ground)
    for frame in range(40):
        effects.update(moving(standing, frame, power_w=20e3, normalised_slip=2.0), 0.0, FRAME_S)
    assert ground.is_marked()
    effects.forget_motion()
    ground.picture.fill((255, 255, 255))
    ground.on_ready(ground.picture, ground.piece)
    assert ground.is_marked()


def test_after_a_restart_the_air_is_clear_and_the_ground_between_untouched(spec, standing):
    ground = OneTile()
    effects = Effects(spec.chassis, ground)
    for frame in range(40):
        effects.update(moving(standing, frame, power_w=20e3, normalised_slip=2.0), 0.0, FRAME_S)
    effects.forget_motion()
    ground.picture.fill((255, 255, 255))
    far = moving(standing, 41, power_w=20e3)._replace(x_m=40.0)
    effects.update(far, 0.0, FRAME_S)
    surface = pygame.Surface((640, 360))
    effects.draw_under(surface, VIEW)
    effects.draw_over(surface, VIEW)
    assert not pygame.surfarray.array3d(surface).any()
    assert not ground.is_marked()


def test_a_world_begun_anew_counts_as_a_restart(spec, standing):
    ground = OneTile()
    effects = Effects(spec.chassis, ground)
    effects.update(moving(standing, 50), 0.0, FRAME_S)
    effects.update(moving(standing, 2, power_w=math.inf), 0.0, FRAME_S)
    assert not ground.is_marked()
