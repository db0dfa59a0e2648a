"""A drive of two cars: both are seen, both leave marks, the camera can follow either."""

import numpy as np
import pygame
import pytest
from ui_drivers import MarkedGround

from game.app.canvas.patches import Piece
from game.app.car.livery import LIVERIES, WORKS
from game.app.driving.car_view import CarView
from game.app.driving.drive import Drive
from game.app.driving.drive_picture import DrivePicture
from game.app.driving.driven_car import CarEntry
from game.app.driving.world_screen import WorldScreen
from game.app.effects.effects import Effects
from game.app.hud.hud_data import read_hud_data
from game.app.view.camera import View
from game.app.view.render_scale import RenderScale
from game.drivers.human_driver import HumanDriver, InputState
from game.vehicle.setup import Setup

GRASS_COLOUR = (60, 80, 50)
WIDE_PX = 200


@pytest.fixture
def drive(oval, spec):
    """Two cars on the grid, both with the rear wheels alone, full throttle and lock."""
    rear_only = Setup(front_torque_share=0.0, traction_control=0)
    held = InputState(up=True, left=True)

    def driver():
        return HumanDriver(held, spec, rear_only)

    liveries = (WORKS, next(each for each in LIVERIES if each.name == "lime"))
    return Drive(oval, [CarEntry(spec, rear_only, driver, livery) for livery in liveries])


@pytest.fixture
def ground():
    return MarkedGround()


@pytest.fixture
def picture(offscreen, drive, ground, spec):
    offscreen((WIDE_PX, WIDE_PX))
    views = [CarView(car, Effects(spec.chassis, ground)) for car in drive.cars]
    return DrivePicture(drive, ground, views, WorldScreen(RenderScale()), lambda _: None)


def around(car):
    now = car.now
    return View(now.x_m, now.y_m, 20.0, WIDE_PX, WIDE_PX)


def pixels_of(picture, car):
    """Return how many pixels around a car are not the ground's."""
    surface = pygame.Surface((WIDE_PX, WIDE_PX))
    picture.draw(surface, around(car), 1.0)
    return int((pygame.surfarray.array3d(surface) != GRASS_COLOUR).any(axis=2).sum())


def test_both_cars_are_seen_each_in_its_livery(drive, picture):
    colours = []
    for car in drive.cars:
        assert pixels_of(picture, car) > 1500
        surface = pygame.Surface((WIDE_PX, WIDE_PX))
        picture.draw(surface, around(car), 1.0)
        colours.append(pygame.surfarray.array3d(surface)[80:120, 80:120].mean(axis=(0, 1)))
    assert np.abs(colours[0] - colours[1]).max() > 20.0


def test_both_cars_leave_marks_on_the_ground(drive, picture, ground):
    ways = [[(car.now.x_m, car.now.y_m)] for car in drive.cars]
    for _ in range(180):
        drive.step(4)
        picture.update(1.0 / 60.0)
        for way, car in zip(ways, drive.cars, strict=True):
            way.append((car.now.x_m, car.now.y_m))
    assert len(ground.markers) == len(drive.cars)
    for mark, way in zip(ground.markers, ways, strict=True):
        x_m, y_m = np.mean(way, axis=0)
        tile = pygame.Surface((600, 600))
        tile.fill((128, 128, 128))
        mark(tile, Piece(x_m - 30.0, y_m - 30.0, 10.0, 600))
        assert (pygame.surfarray.array3d(tile) != 128).any()


def test_the_first_car_is_followed_until_another_is_chosen(drive):
    first, second = drive.cars
    assert drive.followed is first
    assert read_hud_data(drive).others == (second.now,)
    drive.followed = second
    data = read_hud_data(drive)
    assert (data.now, data.others) == (second.now, (first.now,))
    drive.step(240)
    s_m = second.now.s_m
    drive.reset_to_track()
    assert second.now.velocity_forward_mps == 0.0
    assert second.now.s_m == pytest.approx(s_m, abs=0.5)
    assert first.now.velocity_forward_mps > 0.0


def test_each_car_begins_in_a_box_of_its_own_and_has_laps_of_its_own(drive, oval):
    for car, box in zip(drive.cars, oval.grid, strict=False):
        assert (car.now.x_m, car.now.y_m) == pytest.approx((box.x_m, box.y_m), abs=0.01)
    first, second = drive.cars
    assert first.laps is not second.laps
    assert [car.laps.car for car in drive.cars] == [0, 1]
