"""Where two roads cross, the bridge is painted over the lower road and hides what passes below."""

import math

import numpy as np
import pygame
import pytest
from figure_of_eight import ABOVE_M, BELOW_M, make_figure_of_eight
from ui_drivers import MarkedGround

from game.app.canvas.patches import Piece
from game.app.driving.car_view import CarView
from game.app.driving.drive import Drive
from game.app.driving.drive_picture import DrivePicture
from game.app.driving.driven_car import CarEntry
from game.app.driving.world_screen import WorldScreen
from game.app.effects.effects import Effects
from game.app.objects.bridges import heights_m
from game.app.objects.decks import Decks
from game.app.tiles.ground_painter import GroundPainter
from game.app.view.camera import View
from game.app.view.car_pose import CarPose
from game.app.view.render_scale import RenderScale
from game.drivers.driver import BaseDriver
from game.simulation.world import Start
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import controls

GROUND_COLOUR = (60, 80, 50)
SIDE = 240
VIEW = View(0.0, 0.0, 10.0, SIDE, SIDE)  # the crossing


@pytest.fixture(scope="module")
def eight():
    return make_figure_of_eight()


@pytest.fixture(scope="module")
def decks(eight):
    return Decks(eight)


class Braking(BaseDriver):
    """Locks the wheels."""

    def decide(self, _observation):
        return controls(brake=1.0)


@pytest.fixture
def seen(offscreen, eight, spec):
    """Draws a car that begins at a place on the lap: its pixels, and those of its marks later."""
    offscreen((SIDE, SIDE))
    setup = Setup(abs=0)

    def picture_of(s_m, mps=0.0, ticks=0):
        ground = MarkedGround()
        drive = Drive(eight, [CarEntry(spec, setup, Braking)])
        drive.begin(Start(spec, setup, eight.centreline.pose(s_m), s_m, mps))
        effects = Effects(spec.chassis, ground, None, Decks(eight))
        views = [CarView(car, effects) for car in drive.cars]
        picture = DrivePicture(drive, ground, views, WorldScreen(RenderScale()), lambda _: None)
        surface = pygame.Surface((SIDE, SIDE), 0, 32)
        for _ in range(0, ticks, 4):
            drive.step(4)
            picture.update(1.0 / 60.0)
        picture.paint(surface, VIEW, 1.0)
        tile = pygame.Surface((SIDE, SIDE), 0, 32)
        tile.fill(GROUND_COLOUR)
        for mark in ground.markers:
            mark(tile, Piece(-12.0, -12.0, 10.0, SIDE))
        return changed(surface), changed(tile)

    return picture_of


def changed(surface):
    """Return which pixels are not the ground's, shape (columns, rows)."""
    return (pygame.surfarray.array3d(surface) != GROUND_COLOUR).any(axis=2)


def places_m():
    """Return the places of the view's pixels, shape (n, 2), column by column."""
    across = (np.arange(SIDE) + 0.5 - 0.5 * SIDE) / VIEW.pixels_per_m
    return np.column_stack([np.repeat(across, SIDE), np.tile(-across, SIDE)])


def test_a_car_is_seen_on_the_bridge_and_not_below_it(seen):
    assert seen(ABOVE_M)[0].sum() > 500
    assert seen(BELOW_M)[0].sum() == 0


@pytest.mark.slow
def test_of_a_car_half_below_the_bridge_the_other_half_is_seen(seen, decks):
    whole, _ = seen(BELOW_M + 10.0)
    pixels, _ = seen(BELOW_M + 7.0)
    assert 0.2 * whole.sum() < pixels.sum() < 0.8 * whole.sum()
    under = decks.cover(places_m()).reshape(SIDE, SIDE)
    at_the_edge = decks.cover(places_m(), 0.3).reshape(SIDE, SIDE) & under
    assert not (pixels & under & ~at_the_edge).any()


def test_marks_below_the_bridge_are_not_painted_onto_it(seen, decks):
    under = decks.cover(places_m(), -0.4).reshape(SIDE, SIDE)
    _, above_marks = seen(ABOVE_M - 16.0, 30.0, 240)
    _, below_marks = seen(BELOW_M - 16.0, 30.0, 240)
    assert (above_marks & under).any()
    assert below_marks.any()
    assert not (below_marks & under).any()


def test_the_deck_covers_its_road_between_the_parapets(eight, decks):
    for s_m, offset_m, covered in (
        (ABOVE_M, 0.0, True),
        (ABOVE_M + 25.0, 6.5, True),
        (ABOVE_M + 25.0, -6.5, True),
        (ABOVE_M, 8.0, False),
        (ABOVE_M + 45.0, 0.0, False),  # a ramp, below which there is earth
        (BELOW_M, 0.0, True),
        (BELOW_M - 9.0, 0.0, False),
    ):
        point_m = np.array([eight.centreline.point(s_m, offset_m)], float)
        assert decks.cover(point_m)[0] == covered


def test_a_ghost_passes_below_if_it_goes_along_the_lower_road(eight, decks):
    for s_m, below in ((ABOVE_M, False), (BELOW_M, True), (BELOW_M - 9.0, True), (300.0, False)):
        x_m, y_m, heading_rad = eight.centreline.pose(s_m)
        for turned_rad in (-0.4, 0.4):
            pose = CarPose(x_m, y_m, heading_rad + turned_rad, 0.0)
            assert decks.passes_below(pose) == below


def test_a_circuit_without_bridges_has_no_decks(oval):
    decks = Decks(oval)
    assert not decks
    assert not decks.is_below(0.0)
    assert not decks.cover(np.zeros((1, 2)))[0]
    assert not decks.passes_below(CarPose(*Pose(0.0, 0.0, 0.0), 0.0))


def test_ramps_rise_from_the_ground_to_the_bridge(eight):
    high_m = heights_m(eight)
    assert high_m[round(ABOVE_M)] == high_m.max() > 5.0
    assert high_m[round(BELOW_M)] == high_m[round(ABOVE_M) - 62] == 0.0
    rising = high_m[round(ABOVE_M) - 60 : round(ABOVE_M) - 30]
    assert (np.diff(rising) >= 0.0).all()
    assert math.isclose(high_m[round(ABOVE_M) - 45], 0.5 * high_m.max(), rel_tol=0.2)


@pytest.mark.slow
def test_the_bridge_is_painted_over_the_road_below(eight):
    """Its edge lines run on over the lower road, whose own end at the parapets."""
    painter = GroundPainter(eight, eight.outline("left", -1))
    *_, picture = painter.paint(Piece(-16.0, -16.0, 16.0, 512))
    shades = pygame.surfarray.array3d(picture).astype(float).mean(axis=2)

    def brightest(s_m, offset_m):
        x_m, y_m = eight.centreline.point(s_m, offset_m)
        column, row = round((x_m + 16.0) * 16.0), round((16.0 - y_m) * 16.0)
        return shades[column - 4 : column + 5, row - 4 : row + 5].max()

    for along_m in (-3.0, 0.0, 3.0):
        assert brightest(ABOVE_M + along_m, 5.9) > 150.0
        assert brightest(BELOW_M + along_m, 5.9) < 150.0
    assert brightest(BELOW_M + 13.0, 5.9) > 150.0
