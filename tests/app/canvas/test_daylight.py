"""A sky lights the picture of a drive: shadows, colours and headlights follow it."""

import math

import msgspec
import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.canvas.daylight import NOON, ground_grade, sun_shadow, tint
from game.app.canvas.grade import PLAIN, Grade, grade_colours
from game.app.canvas.patches import Piece
from game.app.canvas.sun import SUN_SHADOW
from game.app.canvas.warp import pixels_of
from game.app.canvas.wind import seen_wind
from game.app.car.livery import WORKS
from game.app.car.sprite import CarSprite
from game.app.objects.pit_lights import PitLights
from game.app.view.camera import View
from game.app.view.car_pose import CarPose
from game.track.track import load_track
from game.vehicle.spec import in_weather
from game.weather.sky import Sky
from game.weather.weather import Weather, load_weather

VIEW = View(0.0, 0.0, 8.0, 640, 320)
GREY = (100, 100, 100)


def pixels(surface):
    return pygame.surfarray.array3d(surface).astype(float)


def drawn(spec, weather):
    """The car at the middle of a grey window, looking right, in a weather's light."""
    surface = pygame.Surface((VIEW.width, VIEW.height), 0, 32)
    surface.fill(GREY)
    CarSprite(in_weather(spec, weather), WORKS).draw(surface, VIEW, CarPose(0.0, 0.0, 0.0, 0.0))
    return pixels(surface)


def test_at_noon_the_picture_is_as_it_was_painted():
    surface = pygame.Surface((8, 8), 0, 32)
    surface.fill((10, 120, 250))
    tint(surface, NOON)
    grade_colours(surface, ground_grade(NOON))
    assert surface.get_at((3, 3))[:3] == (10, 120, 250)
    assert ground_grade(NOON) == PLAIN
    assert sun_shadow(NOON) == SUN_SHADOW


@given(st.floats(-6.0, 89.0), st.floats(0.1, 40.0))
def test_the_lower_the_sun_the_longer_are_shadows_up_to_a_limit(low_deg, more_deg):
    low, high = (Sky(sun_height_deg=deg) for deg in (low_deg, min(low_deg + more_deg, 90.0)))
    assert math.hypot(*sun_shadow(low)) >= math.hypot(*sun_shadow(high))
    assert math.hypot(*sun_shadow(low)) < 3.0  # metres per metre


def test_without_saturation_all_colours_are_greys():
    surface = pygame.Surface((4, 4), 0, 32)
    surface.fill((200, 90, 20))
    grade_colours(surface, Grade(saturation=0.0))
    assert len(set(surface.get_at((1, 1))[:3])) == 1


@pytest.mark.parametrize(
    "grade",
    [
        Grade(saturation=0.8, contrast=0.05),
        Grade(exposure=1.1, contrast=0.4),
        Grade((1.0, 0.9, 0.7), (0.0, 0.02, 0.05), saturation=1.2),
    ],
)
def test_a_grade_is_what_its_numbers_say_of_every_colour(grade):
    """To a step of a byte; the fourth byte of a pixel is left alone."""
    rng = np.random.default_rng(7)
    before = rng.integers(0, 256, (16, 16, 4), dtype=np.uint8)
    surface = pygame.Surface((16, 16), 0, 32)
    pixels_of(surface)[:] = before
    grade_colours(surface, grade)
    rgb = before[..., 2::-1] / 255.0
    grey = rgb @ np.array([0.2126, 0.7152, 0.0722])
    mixed = np.clip(grade.saturation * rgb + (1.0 - grade.saturation) * grey[..., None], 0.0, 1.0)
    exposed = np.clip(mixed * grade.exposure, 0.0, 1.0)
    toned = exposed + grade.contrast * (exposed**2 * (3.0 - 2.0 * exposed) - exposed)
    tinted = toned * (1.0 + (np.array(grade.bright) - 1.0) * toned)
    tinted += np.array(grade.dark) * (1.0 - toned)
    after = pixels_of(surface)
    assert np.abs(255.0 * np.clip(tinted, 0.0, 1.0) - after[..., 2::-1]).max() <= 2.0
    assert (after[..., 3] == before[..., 3]).all()


def shadow_reach_m(spec, name):
    """How far from the middle of the car it is dark, the way that shadows fall."""
    weather = load_weather(name)
    dark = np.argwhere(drawn(spec, weather)[..., 1] < 80.0)
    places_m = (dark - 0.5 * np.array([VIEW.width, VIEW.height])) / VIEW.pixels_per_m * (1.0, -1.0)
    way = np.array(sun_shadow(weather.sky))
    return (places_m @ way / np.hypot(*way)).max()


def test_a_low_sun_throws_a_longer_shadow_and_an_overcast_sky_hardly_any(spec):
    noon_m, evening_m, overcast_m = (
        shadow_reach_m(spec, name) for name in ("clear_noon", "warm_evening", "overcast")
    )
    assert evening_m > noon_m + 0.5
    assert overcast_m < noon_m


@given(st.floats(0.0, 360.0))
def test_shadows_fall_away_from_the_sun_and_turn_with_it(from_deg):
    east, north = sun_shadow(Sky(sun_from_deg=from_deg))
    away_rad = math.radians(from_deg)
    assert east == pytest.approx(-math.hypot(*SUN_SHADOW) * math.sin(away_rad), abs=1e-3)
    assert north == pytest.approx(-math.hypot(*SUN_SHADOW) * math.cos(away_rad), abs=1e-3)


def test_headlights_lighten_the_road_ahead_at_dusk_alone(spec):
    dusk, noon = drawn(spec, load_weather("dusk")), drawn(spec, load_weather("clear_noon"))
    ahead, behind = np.s_[400:480, 150:170], np.s_[160:240, 150:170]
    assert dusk[ahead].mean() > 1.2 * noon[ahead].mean() == 1.2 * GREY[0]
    assert dusk[behind].mean() == noon[behind].mean()


@pytest.mark.parametrize("turn", range(8))
def test_headlights_shine_where_the_car_looks(spec, turn):
    heading_rad = turn * math.tau / 8
    surface = pygame.Surface((400, 400), 0, 32)
    surface.fill(GREY)
    view = VIEW._replace(width=400, height=400)
    sprite = CarSprite(in_weather(spec, load_weather("dusk")), WORKS)
    sprite.draw(surface, view, CarPose(0.0, 0.0, heading_rad, 0.0))
    places = [
        view.to_screen(far_m * math.cos(heading_rad), far_m * math.sin(heading_rad))
        for far_m in (12.0, -12.0)
    ]
    ahead, behind = (surface.get_at((round(x), round(y)))[1] for x, y in places)
    assert ahead > 1.2 * GREY[1]
    assert behind == GREY[1]


def test_smoke_drifts_with_the_wind_and_a_little_when_there_is_none():
    west = seen_wind(Weather(wind_mps=6.0, wind_from_deg=270.0))
    assert west.x_mps == pytest.approx(6.0)
    assert west.y_mps == pytest.approx(0.0, abs=1e-9)
    assert 0.5 < math.hypot(*seen_wind(Weather())) < 2.0


def test_a_sky_in_a_weather_is_read_with_it():
    assert load_weather("dusk").sky.is_dark
    assert not any(load_weather(name).sky.is_dark for name in ("clear_noon", "overcast"))
    assert msgspec.structs.replace(NOON, sun_height_deg=4.0).is_dark


def test_lamps_lighten_the_pit_lane_before_the_garages_and_nothing_far_from_them():
    track = load_track("ricardo_tormo")
    lights = PitLights(track)
    places_m = lights._places_m
    assert len(places_m) > 5
    x_m, y_m = places_m[len(places_m) // 2].tolist()
    near, far = (Piece(x_m + away_m - 32.0, y_m - 32.0, 4.0, 256) for away_m in (0.0, 2000.0))
    shown = []
    for piece in (near, far):
        picture = pygame.Surface((256, 256), 0, 32)
        picture.fill(GREY)
        lights.light(picture, piece)
        shown.append(pixels(picture)[..., 0])
    assert shown[0][128, 128] > 1.6 * GREY[0]
    assert np.all(shown[1] == GREY[0])
