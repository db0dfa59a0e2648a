"""The car on the screen: its size, its light, its lamps, its colours, its steered wheels."""

import math

import cv2
import msgspec
import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.car.lamps import lamps_of
from game.app.car.levels import averaged
from game.app.car.livery import LIVERIES, WORKS
from game.app.car.look import CarLook, load_look
from game.app.car.pictures import _KEPT_PX, CarPictures
from game.app.car.shape import car_body
from game.app.car.sprite import CarSprite
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.view.camera import NORTH_RAD, View
from game.app.view.car_pose import CarPose
from game.bot.examples.follower import Follower
from game.errors import InputError
from game.files import assets_folder
from game.toml_files import read_toml
from game.vehicle.spec import in_weather
from game.weather.weather import load_weather

pytestmark = pytest.mark.slow

LENGTH_M = 4.546
ASPHALT = (74, 74, 76)
TO_SUN_RAD = math.atan2(0.62, -0.55)


@pytest.fixture(scope="module")
def sprites(spec):
    return {livery.name: CarSprite(spec, livery) for livery in LIVERIES}


def drawn(
    sprite,
    pixels_per_m=16.0,
    heading_rad=0.0,
    up_rad=NORTH_RAD,
    steering_rad=0.0,
    ghost=False,
    **looks,
):
    """The picture of a car on asphalt as an array (w, h, 3), the car's middle in its middle."""
    side = 2 * math.ceil(4.0 * pixels_per_m)
    surface = pygame.Surface((side, side))
    surface.fill(ASPHALT)
    back_m = sprite._body.middle_m
    x_m, y_m = -back_m * math.cos(heading_rad), -back_m * math.sin(heading_rad)
    view = View(0.0, 0.0, pixels_per_m, side, side, up_rad)
    pose = CarPose(x_m, y_m, heading_rad, steering_rad)
    if ghost:
        sprite.draw_ghost(surface, view, pose, **looks)
    else:
        sprite.draw(surface, view, pose, **looks)
    return pygame.surfarray.array3d(surface).astype(int)


def changed(picture, threshold):
    return np.abs(picture - ASPHALT).max(axis=2) > threshold


@pytest.mark.parametrize("pixels_per_m", [7.0, 9.7, 14.0, 21.5, 33.0, 58.0, 96.0])
def test_the_car_is_4546_mm_long_at_any_scale(sprites, pixels_per_m):
    columns = np.flatnonzero(changed(drawn(sprites["yellow"], pixels_per_m, ghost=True), 45).any(1))
    length_px = columns[-1] - columns[0] + 1
    assert length_px == pytest.approx(LENGTH_M * pixels_per_m, abs=1.6)


def size_m(sprite, pixels_per_m=40.0):
    """Length and width of what is drawn."""
    shown = changed(drawn(sprite, pixels_per_m, ghost=True), 24)
    return [np.ptp(np.flatnonzero(shown.any(axis))) / pixels_per_m for axis in (1, 0)]


def test_a_car_without_a_look_of_its_own_is_drawn_in_its_own_size(sprites, spec):
    chassis = msgspec.structs.replace(
        spec.chassis,
        length_m=3.6,
        width_m=1.6,
        wheelbase_m=2.2,
        front_overhang_m=0.7,
        track_width_m=1.36,
    )
    small = msgspec.structs.replace(spec, id="small", chassis=chassis)
    length_m, width_m = size_m(CarSprite(small, LIVERIES[3]))
    usual_length_m, usual_width_m = size_m(sprites["yellow"])
    assert length_m == pytest.approx(3.6, abs=0.06)
    assert width_m / usual_width_m == pytest.approx(1.6 / 1.942, abs=0.03)
    assert length_m / usual_length_m == pytest.approx(3.6 / LENGTH_M, abs=0.02)


def test_a_second_look_is_read_from_its_file_and_drawn(spec, tmp_path):
    text = (assets_folder() / "cars" / "leaf_nismo_rc.look.toml").read_text("utf-8")
    path = tmp_path / "without_wing.look.toml"
    path.write_text(text.replace("half_width_m = 0.93\n", "half_width_m = 0.03\n"), "utf-8")
    look = read_toml(path, CarLook)
    assert look.wing.half_width_m == 0.03
    with_wing, without = (
        drawn(CarSprite(spec, WORKS, look), 32.0) for look in (load_look(spec), look)
    )
    ahead = len(with_wing) // 2
    assert np.abs(with_wing - without)[:ahead].max() > 60
    assert np.abs(with_wing - without)[ahead:].max() == 0


def test_a_look_that_lacks_a_number_is_refused_with_its_key(tmp_path):
    text = (assets_folder() / "cars" / "leaf_nismo_rc.look.toml").read_text("utf-8")
    path = tmp_path / "broken.look.toml"
    path.write_text(text.replace("rise_m = 0.26", "rise_m = 'high'"), "utf-8")
    with pytest.raises(InputError, match=r"broken.look.toml: wing.rise_m: expected `float`"):
        read_toml(path, CarLook)


def test_a_car_on_a_turned_screen_is_the_same_car_turned_with_the_same_side_lit(sprites):
    north_up = drawn(sprites["works"], heading_rad=0.7, pixels_per_m=32.0)
    east_up = drawn(sprites["works"], heading_rad=0.7, pixels_per_m=32.0, up_rad=0.0)
    turned_back = np.rot90(east_up, 1)
    as_it_is = np.abs(turned_back - north_up).mean()
    lit_by_the_screen = drawn(sprites["works"], heading_rad=0.7 + math.pi / 2, pixels_per_m=32.0)
    assert np.abs(lit_by_the_screen - east_up).mean() > 2.0 * as_it_is


@pytest.mark.parametrize("turn", [math.pi / 2, -math.pi / 2])
def test_the_flank_towards_the_sun_is_the_bright_one(sprites, turn):
    heading_rad = TO_SUN_RAD + turn
    side_up = drawn(
        sprites["yellow"], heading_rad=heading_rad, up_rad=TO_SUN_RAD, pixels_per_m=24.0
    )
    middle = side_up.shape[1] // 2
    edge = slice(middle - round(0.95 * 24.0), middle - round(0.72 * 24.0))
    far_edge = slice(middle + round(0.72 * 24.0), middle + round(0.95 * 24.0))
    along = slice(middle - round(1.9 * 24.0), middle + round(1.9 * 24.0))
    assert side_up[along, edge].mean() > side_up[along, far_edge].mean() + 10.0


@pytest.mark.parametrize("pixels_per_m", [9.0, 16.0])
def test_every_livery_is_told_apart_from_asphalt(sprites, pixels_per_m):
    body_px = LENGTH_M * 1.942 * pixels_per_m**2
    for sprite in sprites.values():
        assert changed(drawn(sprite, pixels_per_m), 40).sum() > 0.5 * body_px


def test_every_livery_is_told_apart_from_every_other(sprites):
    pictures = {name: drawn(sprite, 9.0) for name, sprite in sprites.items()}
    names = list(pictures)
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            apart = np.abs(pictures[one] - pictures[other]).max(axis=2) > 35
            assert apart.sum() > 0.2 * LENGTH_M * 1.942 * 9.0**2, (one, other)


def test_braking_makes_the_tail_red_and_nothing_ahead_of_it(sprites):
    dark, bright = (drawn(sprites["works"], braking=braking) for braking in (False, True))
    more = (bright - dark).sum(axis=1)
    middle = len(more) // 2
    assert more[:middle, 0].sum() > 4 * more[:middle, 2].sum() > 0
    assert not more[middle:].any()


def test_reverse_lamps_are_white_and_at_the_tail(sprites):
    more = drawn(sprites["works"], reversing=True) - drawn(sprites["works"])
    middle = len(more) // 2
    assert more[:middle].sum(axis=(0, 1)).min() > 200
    assert not more[middle:].any()


def test_steering_turns_the_front_wheels_out_of_the_fenders(sprites):
    straight, turned = (drawn(sprites["works"], 32.0, steering_rad=rad) for rad in (0.0, 0.4))
    moved = changed(turned - straight + ASPHALT, 8)
    middle = len(moved) // 2
    assert moved[middle:].sum() > 20
    assert not moved[:middle].any()


def test_the_ground_is_seen_through_a_ghost(sprites):
    solid, ghost = (changed(drawn(sprites["yellow"], ghost=ghost), 100) for ghost in (False, True))
    assert solid.sum() > 500
    car = cv2.morphologyEx(solid.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    within = cv2.erode(car, np.ones((7, 7), np.uint8)) > 0  # the outline
    assert within.sum() > 200
    assert not ghost[within].any()
    assert changed(drawn(sprites["yellow"], ghost=True), 20).sum() > 500


def test_pictures_of_all_headings_and_scales_stay_within_their_room(spec):
    pictures = CarPictures(WORKS, car_body(spec.chassis, load_look(spec)))
    for step in range(300):
        heading_rad, scale = 0.3 * step, (12.0, 33.0, 71.0)[step % 3]
        pictures.car(scale, heading_rad, 0.01 * step, braking=step % 2 == 0, reversing=False)
        sizes = [picture.get_width() * picture.get_height() for picture in pictures._cars.values()]
        assert sum(sizes) <= _KEPT_PX


@given(st.floats(0.3, 1.0), st.integers(4, 40), st.integers(4, 40), st.floats(0.0, 255.0))
def test_averaging_leaves_an_even_field_as_it_is(ratio, width, height, value):
    fewer = averaged(np.full((width, height), value, np.float32), ratio)
    inner = fewer[1:-1, 1:-1]
    assert inner == pytest.approx(np.full(inner.shape, value), rel=1e-4, abs=1e-3)


def test_averaging_keeps_fine_stripes_grey_instead_of_letting_them_flicker():
    stripes = np.tile(np.array([0.0, 100.0], np.float32), 64)[:, None] * np.ones((1, 128), "f4")
    assert averaged(stripes, 0.25) == pytest.approx(np.full((32, 32), 50.0), abs=0.1)


def test_strong_regeneration_lights_the_brake_lamps_and_gentle_does_not(track, spec, setup):
    now = Drive(track, [CarEntry(spec, setup, Follower)]).followed.now
    strong = now._replace(front_power_w=-40e3, rear_power_w=-30e3, accel_forward_mps2=-2.0)
    assert lamps_of(strong).braking
    assert not lamps_of(strong._replace(accel_forward_mps2=-1.0)).braking
    assert not lamps_of(strong._replace(front_power_w=0.0, rear_power_w=0.0)).braking
    assert lamps_of(now._replace(brake=0.5)).braking
    assert lamps_of(now._replace(velocity_forward_mps=-1.0)).reversing


@pytest.mark.parametrize("pixels_per_m", [9.7, 16.0, 33.0])
def test_a_ghost_has_an_outline_however_faint_it_is(sprites, pixels_per_m):
    azure = LIVERIES[1]
    faint = drawn(sprites["azure"], pixels_per_m, ghost=True, clarity=0.0)
    seen = changed(faint, 40)
    middle = len(seen) // 2
    columns = np.flatnonzero(seen.any(axis=1))
    assert columns[-1] - columns[0] + 1 == pytest.approx(LENGTH_M * pixels_per_m, abs=2.6)
    assert not seen[middle - 2 : middle + 2, middle - 2 : middle + 2].any()
    nose = faint[columns[-1] - 1, middle]
    assert np.abs(nose - azure.signal).max() < 60


@pytest.mark.parametrize("weather", ["clear_noon", "warm_evening", "dusk"])
def test_a_car_beside_the_view_shows_what_reaches_into_it(spec, weather):
    """As it would be cut out of a larger picture, by shadow, lights and glow, from all around."""
    sprite = CarSprite(in_weather(spec, load_weather(weather)), LIVERIES[0])
    small, large = View(0.0, 0.0, 8.0, 200, 120), View(0.0, 0.0, 8.0, 1000, 920)
    for number in range(48):
        angle_rad = number * math.tau / 24.0
        away_m = 11.0 if number < 24 else 26.0
        pose = CarPose(
            away_m * math.cos(angle_rad), away_m * math.sin(angle_rad), angle_rad + math.pi, 0.0
        )
        pictures = []
        for view in (small, large):
            surface = pygame.Surface((view.width, view.height), 0, 32)
            surface.fill((90, 100, 80))
            sprite.draw(surface, view, pose, braking=number % 2 == 0)
            pictures.append(pygame.surfarray.array3d(surface).astype(int))
        # Beams are warped from where the picture begins, which rounds them otherwise.
        assert np.abs(pictures[0] - pictures[1][400:600, 400:520]).max() <= 2
