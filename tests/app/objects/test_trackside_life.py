"""Life beside the track: flags wave, marshals watch and warn, shadows of clouds drift."""

import numpy as np
import pygame
import pytest
from ui_drivers import PlainGround

from game.app.driving.car_view import CarView
from game.app.driving.drive import Drive
from game.app.driving.drive_picture import DrivePicture
from game.app.driving.driven_car import CarEntry
from game.app.driving.world_screen import WorldScreen
from game.app.effects.cloud_shadows import _BOX_M, CloudShadows
from game.app.effects.effects import Effects
from game.app.effects.settings import EffectChoice, EffectSettings
from game.app.objects.flags import YELLOW, WavingFlags, draw_flag
from game.app.objects.marshals import Marshals
from game.app.objects.trackside import marshal_posts
from game.app.view.camera import View
from game.app.view.render_scale import RenderScale
from game.bot.examples.follower import Follower
from game.vehicle.setup import Setup

SIZE = (320, 240)
GROUND = (110, 120, 90)


def drawn(paint, size=SIZE):
    """A picture of what is drawn on plain ground."""
    surface = pygame.Surface(size, depth=32)
    surface.fill(GROUND)
    paint(surface)
    return pygame.surfarray.array3d(surface)


def changed(picture):
    return (picture != GROUND).any(axis=2)


@pytest.fixture
def surface(offscreen):
    return offscreen(SIZE)


@pytest.mark.usefixtures("surface")
def test_flags_fly_at_the_stands_and_wave(track):
    flags = WavingFlags(track)
    assert len(flags) > 20
    view = View(*flags._places_m[0].tolist(), 12.0, *SIZE)
    first, second, third = (
        drawn(lambda surface, at_s=at_s: flags.draw(surface, view, at_s))
        for at_s in (0.0, 0.4, 0.0)
    )
    assert changed(first).sum() > 100
    assert (first != second).any()
    assert np.array_equal(first, third)


@pytest.mark.usefixtures("surface")
def test_a_flag_flies_from_its_pole_with_the_wind():
    view = View(0.0, 0.0, 12.0, *SIZE)
    cloth = drawn(lambda surface: draw_flag(surface, view, np.zeros(2), 0.0, YELLOW))
    x, _ = np.nonzero(cloth[:, :, 0] > 200)
    assert x.mean() > 0.5 * SIZE[0] + 8


@pytest.mark.usefixtures("surface")
def test_from_far_away_flags_and_marshals_are_not_drawn(track):
    view = View(0.0, 0.0, 0.5, *SIZE)

    def paint(surface):
        WavingFlags(track).draw(surface, view, 0.0)
        Marshals(track).draw(surface, view, 0.0, np.zeros(2), [])

    assert not changed(drawn(paint)).any()


@pytest.mark.usefixtures("surface")
def test_marshals_wave_yellow_only_where_a_car_is_off(track):
    marshals = Marshals(track)
    post = marshal_posts(track)[2]
    view = View(*post.middle_m.tolist(), 14.0, *SIZE)
    near, far = post.middle_m + 30.0, post.middle_m + 2000.0
    yellows = []
    for troubles in ([], [far], [near]):
        picture = drawn(
            lambda surface, troubles=troubles: marshals.draw(surface, view, 0.0, near, troubles)
        )
        assert changed(picture).sum() > 20
        red, green, blue = picture.astype(int).transpose(2, 0, 1)
        yellows.append(int(((red > 220) & (green > 180) & (blue < 90)).sum()))
    assert yellows[0] == yellows[1] == 0 < yellows[2]


@pytest.mark.usefixtures("surface")
def test_the_shadow_of_a_cloud_drifts_with_the_wind():
    clouds = CloudShadows()
    x_m, y_m = clouds._places_m[0].tolist()
    view = View(x_m, y_m, 0.8, *SIZE)
    middles = []
    for _ in range(2):
        picture = drawn(lambda surface: clouds.draw(surface, view))
        dark = picture[:, :, 1] < GROUND[1] - 20
        assert dark.sum() > 500
        middles.append([float(axis.mean()) for axis in np.nonzero(dark)])
        clouds.update(5.0)
    assert middles[1][0] - middles[0][0] > 10.0  # eastwards, that is to the right ...
    assert middles[0][1] - middles[1][1] > 4.0  # ... and northwards, up


@pytest.mark.usefixtures("surface")
def test_the_sky_repeats_without_a_gap():
    clouds = CloudShadows()
    x_m, y_m = clouds._places_m[0].tolist()
    here, there = (
        drawn(
            lambda surface, off_m=off_m: clouds.draw(
                surface, View(x_m + off_m, y_m - off_m, 0.8, *SIZE)
            )
        )
        for off_m in (0.0, 2.0 * _BOX_M)
    )
    assert np.abs(here.astype(int) - there).max() <= 2


@pytest.mark.usefixtures("surface")
@pytest.mark.parametrize("up_rad", [0.5 * np.pi, 1.1, -2.0])
def test_a_shadow_is_in_the_same_place_whatever_is_up(up_rad):
    clouds = CloudShadows()
    x_m, y_m = clouds._places_m[1].tolist()
    view = View(x_m, y_m, 0.5, *SIZE, up_rad)
    picture = drawn(lambda surface: clouds.draw(surface, view))
    x, y = np.nonzero(picture[:, :, 1] < GROUND[1] - 20)
    assert (x.mean(), y.mean()) == pytest.approx((0.5 * SIZE[0], 0.5 * SIZE[1]), abs=16)


def picture_with(track, spec, choice):
    drive = Drive(track, [CarEntry(spec, Setup(), Follower)])
    ground = PlainGround()
    views = [CarView(car, Effects(spec.chassis, ground)) for car in drive.cars]
    return DrivePicture(
        drive, ground, views, WorldScreen(RenderScale()), lambda _: None, lambda: choice
    )


def frames(track, spec, choice, view):
    """The first frame at a place and one two seconds later, the car in its grid box."""
    picture = picture_with(track, spec, choice)
    first = drawn(lambda surface: picture.paint(surface, view, 1.0))
    for _ in range(120):
        picture.update(1.0 / 60.0)
    return first, drawn(lambda surface: picture.paint(surface, view, 1.0))


@pytest.mark.usefixtures("surface")
def test_reduced_motion_stills_the_flags_and_clears_the_sky(track, spec):
    view = View(*WavingFlags(track)._places_m[0].tolist(), 12.0, *SIZE)
    first, second = frames(track, spec, EffectChoice(), view)
    assert (first != second).any()
    first, second = frames(track, spec, EffectChoice(calm=True), view)
    assert np.array_equal(first, second)


@pytest.mark.usefixtures("surface")
def test_flags_and_cloud_shadows_can_be_switched_off_each(track, spec):
    flag = View(*WavingFlags(track)._places_m[0].tolist(), 12.0, *SIZE)
    cloud = View(*CloudShadows()._places_m[0].tolist(), 2.0, *SIZE)
    for view, name in ((flag, "flags"), (cloud, "cloud_shadows")):
        others = {each: False for each in ("flags", "cloud_shadows") if each != name}
        shown, _ = frames(track, spec, EffectChoice(EffectSettings(**others)), view)
        hidden, _ = frames(
            track, spec, EffectChoice(EffectSettings(**{**others, name: False})), view
        )
        assert (shown != hidden).any()
