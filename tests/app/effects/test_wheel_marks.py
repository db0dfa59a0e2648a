"""Marks show what each wheel did: where it slid, how much, on what, and nothing else."""

import math

import numpy as np
import pygame
import pytest
from oval import make_oval

from game.app.canvas.patches import Piece
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.effects.strokes import Strokes, StrokeStore
from game.app.effects.wheel_marks import _TORN, Marks, draw_fresh
from game.app.effects.wheel_places import WheelPlaces
from game.bot.examples.follower import Follower, steering_to_the_centre
from game.track.surfaces import GRASS, GRAVEL, TARMAC
from game.vehicle.setup import Setup
from game.vehicle.state import controls

FRAME_S = 1.0 / 60.0
NONE_W = (0.0, 0.0, 0.0, 0.0)
WHEELS = ("front_left", "front_right", "rear_left", "rear_right")
PIECE = Piece(-4.0, -16.0, 16.0, 512)


@pytest.fixture(scope="module")
def oval():
    return make_oval()


@pytest.fixture(scope="module")
def standing(track, spec, setup):
    return Drive(track, [CarEntry(spec, setup, Follower)]).followed.now


@pytest.fixture
def marks(spec):
    return Marks(spec.chassis)


def sliding(snapshot, x_m, power_w, surface=TARMAC, y_m=0.0, heading_rad=0.4, speed_mps=12.0):
    """A car that goes east with its nose elsewhere, so that each wheel has a line of its own."""
    return snapshot._replace(
        x_m=x_m,
        y_m=y_m,
        heading_rad=heading_rad,
        velocity_forward_mps=speed_mps * math.cos(heading_rad),
        velocity_left_mps=-speed_mps * math.sin(heading_rad),
        **{f"{wheel}_sliding_power_w": w for wheel, w in zip(WHEELS, power_w, strict=True)},
        **{f"{wheel}_surface": surface for wheel in WHEELS},
    )


def slide(marks, snapshot, power_w, surface=TARMAC, metres=20.0):
    """Slide east; the strokes of every frame."""
    steps = round(metres / (12.0 * FRAME_S))
    return [
        marks.update(sliding(snapshot, 12.0 * FRAME_S * step, power_w, surface))
        for step in range(steps)
    ]


def white():
    picture = pygame.Surface((PIECE.pixels, PIECE.pixels), depth=32)
    picture.fill((255, 255, 255))
    return picture


def darkness_along(picture, spec, snapshot, wheel, from_m=6.0, to_m=14.0):
    """Return how dark the ground is on a wheel's line, shape (n,), 0..255."""
    x_m, y_m = WheelPlaces(spec.chassis).places_m(sliding(snapshot, 0.0, NONE_W))[wheel]
    row = round(float(PIECE.to_pixels(np.array([[0.0, y_m]]))[0, 1]))
    columns = PIECE.to_pixels(np.array([[x_m + from_m, 0.0], [x_m + to_m, 0.0]]))[:, 0]
    pixels = pygame.surfarray.array3d(picture)[round(columns[0]) : round(columns[1]), row]
    return 255.0 - pixels.mean(axis=1)


def test_an_understeering_car_leaves_darker_front_marks_than_rear_ones(marks, spec, standing):
    slide(marks, standing, (14e3, 14e3, 7e3, 7e3))
    picture = white()
    marks.draw_onto(picture, PIECE)
    dark = [darkness_along(picture, spec, standing, wheel).mean() for wheel in range(4)]
    assert min(dark[:2]) > max(dark[2:]) + 20.0
    assert min(dark[2:]) > 5.0


def test_a_car_that_spins_its_rear_wheels_marks_with_them_alone(marks, spec, standing):
    slide(marks, standing, (0.0, 0.0, 20e3, 20e3))
    picture = white()
    marks.draw_onto(picture, PIECE)
    dark = [darkness_along(picture, spec, standing, wheel).max() for wheel in range(4)]
    assert dark[0] == dark[1] == 0.0
    assert min(dark[2:]) > 60.0


def test_more_sliding_power_leaves_wider_marks(spec, standing):
    widths = []
    for power_w in (9e3, 25e3):
        marks = Marks(spec.chassis)
        frames = slide(marks, standing, (power_w, 0.0, 0.0, 0.0))
        strokes = [corners for frame in frames for corners in frame.corners_m][-1]
        widths.append(np.ptp(strokes[:, 1]))
    assert widths[0] < widths[1]


def test_a_mark_is_one_line_without_beads_or_gaps(marks, spec, standing):
    picture = white()
    for strokes in slide(marks, standing, (20e3, 0.0, 0.0, 0.0)):
        if len(strokes.corners_m):
            draw_fresh(picture, PIECE, strokes)
    dark = darkness_along(picture, spec, standing, 0)
    assert dark.mean() > 60.0
    assert np.ptp(dark) < 0.16 * dark.mean()


def test_a_tile_that_comes_later_shows_the_marks_as_those_that_were_there(marks, standing):
    there, later = white(), white()
    for strokes in slide(marks, standing, (18e3, 9e3, 12e3, 15e3)):
        if len(strokes.corners_m):
            draw_fresh(there, PIECE, strokes)
    marks.draw_onto(later, PIECE)
    pictures = [pygame.surfarray.array3d(picture).astype(int) for picture in (there, later)]
    assert (255 - pictures[0]).sum() == pytest.approx((255 - pictures[1]).sum(), rel=0.06)
    assert np.abs(pictures[0] - pictures[1]).mean() < 1.0


def test_gravel_is_ploughed_into_a_dark_and_a_bright_side_though_nothing_slides(marks, standing):
    ground = pygame.Surface((PIECE.pixels, PIECE.pixels), depth=32)
    ground.fill((180, 165, 130))
    slide(marks, standing, NONE_W, GRAVEL)
    marks.draw_onto(ground, PIECE)
    red = pygame.surfarray.array3d(ground)[..., 0]
    assert red.min() < 160
    assert red.max() > 184


def test_grass_is_torn_to_brown_earth(marks, standing):
    ground = pygame.Surface((PIECE.pixels, PIECE.pixels), depth=32)
    ground.fill((110, 130, 60))
    slide(marks, standing, (9e3,) * 4, GRASS)
    marks.draw_onto(ground, PIECE)
    pixels = pygame.surfarray.array3d(ground).astype(int).reshape(-1, 3)
    earth = pixels[pixels.sum(axis=1) < 250]
    assert len(earth) > 100
    assert (earth[:, 0] >= earth[:, 1]).mean() > 0.7


def test_a_restart_draws_no_line_across_the_map(marks, standing):
    slide(marks, standing, (20e3,) * 4)
    count = len(marks)
    marks.forget_motion()
    for step in range(3):
        marks.update(sliding(standing, 900.0 + 0.1 * step, (20e3,) * 4, y_m=-400.0))
    assert len(marks) == count


def test_even_a_jump_that_nobody_told_of_draws_no_line(marks, standing):
    slide(marks, standing, (20e3,) * 4)
    count = len(marks)
    marks.update(sliding(standing, 60.0, (20e3,) * 4))
    assert len(marks) == count


@pytest.mark.usefixtures("compiled_ticks")
def test_a_lap_at_half_the_grip_leaves_no_mark(oval, spec, marks):
    class Gentle:
        def decide(self, seen):
            missing_mps = 18.5 - seen.car.velocity_forward_mps  # 7 m/s2 in the bends
            return controls(steering_to_the_centre(seen), min(missing_mps / 5, 0.5))

    drive = Drive(oval, [CarEntry(spec, Setup(), Gentle)])
    for _ in range(50 * 60):
        drive.step(4)
        marks.update(drive.followed.now)
    assert drive.followed.now.lap == 2
    assert drive.followed.now.velocity_forward_mps > 15.0
    assert len(marks) == 0


def test_full_lock_and_full_throttle_leave_more_rubber_of_the_front_wheels(oval, spec):
    class Plough:
        def decide(self, seen):
            del seen
            return controls(1.0, throttle=1.0)

    drive = Drive(oval, [CarEntry(spec, Setup(front_torque_share=0.8, split_law="fill"), Plough)])
    work_j = np.zeros(4)
    marks = Marks(spec.chassis)
    for _ in range(240):
        drive.step(2)
        work_j += np.array(drive.followed.now.sliding_power_w)
        marks.update(drive.followed.now)
        if any(surface != TARMAC for surface in drive.followed.now.surface):
            break
    assert work_j[:2].sum() > work_j[2:].sum()
    assert len(marks) >= 10


def test_strokes_are_bounded_and_the_oldest_go_first():
    store = StrokeStore(50)
    for index in range(170):
        corners = np.array([[(0, 0), (1, 0), (1, 1), (0, 1)]], float) + 2.0 * index
        store.add(Strokes(corners, np.zeros((1, 3), np.uint8), np.zeros((1, 3), np.uint8)))
    assert len(store) == 50
    everywhere = Piece(-10.0, -10.0, 1.0, 1024)
    for most in (50, 7):
        found = sorted(store.touching(everywhere, most).corners_m[:, 0, 0].tolist())
        assert found == [2.0 * index for index in range(170 - most, 170)]


@pytest.mark.parametrize("ground", [(120, 140, 60), (200, 180, 145)], ids=["grass", "gravel"])
def test_torn_grass_is_brown_wherever_its_edge_lies(ground):
    for side in _TORN:
        red, green, blue = (part * tint for part, tint in zip(ground, side.tint, strict=True))
        assert red > green > blue
