"""A wet road is seen: darker ground, puddles, a line that dries, spray, drops."""

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pygame
import pytest
from colour_vision import VISIONS, lab
from hypothesis import given
from hypothesis import strategies as st

from game.app.canvas.daylight import tint
from game.app.car.livery import WORKS
from game.app.car.sprite import CarSprite
from game.app.effects.debris import spray
from game.app.effects.rain import Rain
from game.app.effects.road_water import RoadWater
from game.app.surfaces.driven_line import circuit_line, line_offset
from game.app.tiles import wet_ground
from game.app.tiles.ground_picture import GroundPicture
from game.app.tiles.sheen import Sheen
from game.app.tiles.tiles import TILE_PX, TileKey
from game.app.tiles.wet_ground import WetGround
from game.app.view.camera import View
from game.app.view.car_pose import CarPose
from game.simulation.snapshot import Snapshot
from game.simulation.swept_road import untouched_cells
from game.simulation.water_now import WaterNow
from game.simulation.wet_road import wet_road
from game.track.track import load_track
from game.vehicle.spec import in_weather
from game.weather.weather import Weather, WeatherChange, load_weather

ASPHALT = 99
VIEW = View(0.0, 0.0, 10.0, 640, 360)
STILL = Snapshot(*[0] * len(Snapshot._fields))


@pytest.fixture(scope="module")
def valencia():
    return load_track("ricardo_tormo")


def key_at(track, s_m, scale=8.0):
    x_m, y_m = track.centreline.point(s_m, 0.0)
    side_m = TILE_PX / scale
    return TileKey(scale, math.floor(x_m / side_m), math.floor(y_m / side_m))


def wetted(ground, key):
    pixels = np.full((TILE_PX, TILE_PX, 4), ASPHALT, np.uint8)
    ground.wet(pixels, key)
    return pixels


def pixel_at(pixels, key, x_m, y_m):
    piece = key.piece
    column = int((x_m - piece.west_m) * piece.pixels_per_m)
    row = TILE_PX - 1 - int((y_m - piece.south_m) * piece.pixels_per_m)
    return pixels[row, column].astype(float)


def water_of(track, weather, time_s):
    """The water of a moment on a road that nobody has driven on."""
    road = wet_road(track, weather)
    return WaterNow(road, weather, time_s, untouched_cells(road))


def offsets_in(track, key, s_m):
    """The pixels of a tile across the road at a place, by offset."""
    return {
        offset_m: track.centreline.point(s_m, offset_m)
        for offset_m in np.arange(-12.0, 12.1, 0.5)
        if 0.0 <= track.centreline.point(s_m, offset_m)[0] - key.piece.west_m < key.piece.side_m
        and 0.0 <= track.centreline.point(s_m, offset_m)[1] - key.piece.south_m < key.piece.side_m
    }


def brightness(track, ground, s_m):
    key = key_at(track, s_m)
    pixels = wetted(ground, key)
    return {
        offset_m: pixel_at(pixels, key, *place)[:3].mean()
        for offset_m, place in offsets_in(track, key, s_m).items()
    }


def test_without_water_the_ground_is_as_it_was_painted(valencia):
    ground = WetGround(valencia, Weather())
    assert np.array_equal(
        wetted(ground, key_at(valencia, 100.0))[..., :3], np.full((512, 512, 3), ASPHALT)
    )


def test_a_wet_road_is_darker_than_dry_and_wet_land_is_less_so(valencia):
    found = brightness(valencia, WetGround(valencia, Weather(water_m=2e-4)), 100.0)
    road = np.mean([value for offset_m, value in found.items() if abs(offset_m) < 4.0])
    land = np.mean([value for offset_m, value in found.items() if abs(offset_m) > 10.0])
    assert road < land < ASPHALT


def test_where_much_water_stands_the_road_shows_the_sky(valencia):
    key = key_at(valencia, 100.0)
    damp, deep = (
        wetted(WetGround(valencia, Weather(water_m=depth_m)), key) for depth_m in (2e-4, 3e-3)
    )
    assert deep[..., 3].max() > damp[..., 3].max() > 0
    assert deep[..., :3].max() > damp[..., :3].max()


def test_a_line_that_has_dried_is_brighter_than_the_road_beside_it(valencia):
    weather = Weather(water_m=3e-4, line_water_m=0.0)
    ground = WetGround(valencia, weather)
    s_m = 100.0
    line_m = valencia.wet_places[round(s_m / valencia.length_m * len(valencia.wet_places))].line_m
    found = brightness(valencia, ground, s_m)
    on_line = [value for offset_m, value in found.items() if abs(offset_m - line_m) < 1.0]
    beside = [
        value
        for offset_m, value in found.items()
        if abs(offset_m) < 4.5 and abs(offset_m - line_m) > 4.5
    ]
    assert min(on_line) > max(beside) + 10.0


def test_ground_is_laid_anew_when_water_has_changed_and_not_before(valencia):
    weather = Weather(water_m=6e-4, traffic_1ps=0.2)
    ground = WetGround(valencia, weather)
    assert not ground.look_at(water_of(valencia, weather, 0.1))
    assert ground.look_at(water_of(valencia, weather, 600.0))
    assert not ground.look_at(water_of(valencia, weather, 600.1))


def test_where_cars_have_swept_water_away_the_road_is_brighter(valencia):
    weather = Weather(water_m=4e-4, rain_mmph=3.0)
    ground = WetGround(valencia, weather)
    wet = brightness(valencia, ground, 100.0)
    water = water_of(valencia, weather, 20.0)
    swept = np.zeros((len(water.road.places), water.road.columns))
    swept[:, round(water.road.right_m) + 3] = 0.97  # 3 m left of the centreline
    swept_water = replace(water, cells=swept.ravel().tolist())
    assert not ground.look_at(replace(swept_water, time_s=5.0))  # not looked for all the time
    assert ground.look_at(swept_water)
    found = brightness(valencia, ground, 100.0)
    assert found[3.0] > wet[3.0] + 6.0
    assert all(abs(found[at_m] - wet[at_m]) < 3.0 for at_m in found if abs(at_m - 3.0) > 2.5)
    depths_m = [swept_water.at(100.0, offset_m).water_m for offset_m in (3.0, 5.0)]
    assert depths_m[0] < 0.3 * depths_m[1]


def test_a_line_without_rubber_is_paler_than_it_is_painted_and_darkens_as_it_is_laid(valencia):
    weather = Weather(rubber=0.0, traffic_1ps=0.5)
    ground = WetGround(valencia, weather)
    painted_m = line_offset(valencia, circuit_line(valencia))[valencia.frames.index_at(100.0)]
    line_m = round(2.0 * painted_m) / 2.0  # the nearest one looked at
    green = brightness(valencia, ground, 100.0)
    assert max(green.values()) == green[line_m] > 1.08 * ASPHALT
    beside = [value for offset_m, value in green.items() if abs(offset_m - line_m) > 6.0]
    assert np.abs(np.array(beside) - ASPHALT).max() < 2.0
    assert not ground.look_at(water_of(valencia, weather, 1.0))
    assert ground.look_at(water_of(valencia, weather, 1200.0))
    assert ASPHALT < brightness(valencia, ground, 100.0)[line_m] < green[line_m] - 5.0


def test_where_cars_lay_rubber_off_the_line_the_road_gets_darker(valencia):
    weather = Weather(rubber=1.0)
    ground = WetGround(valencia, weather)
    before = brightness(valencia, ground, 100.0)
    assert set(before.values()) == {float(ASPHALT)}
    water = water_of(valencia, weather, 20.0)
    laid = np.zeros((2, len(water.road.places), water.road.columns))
    laid[1, :, round(water.road.right_m) + 3] = 0.9  # 3 m left of the centreline
    assert ground.look_at(replace(water, cells=laid.ravel().tolist()))
    found = brightness(valencia, ground, 100.0)
    assert found[3.0] < 0.9 * before[3.0]
    assert all(found[at_m] == before[at_m] for at_m in found if abs(at_m - 3.0) > 2.5)


def test_a_tile_that_stands_in_is_about_as_wet_as_the_one_to_come(valencia):
    key = key_at(valencia, 100.0)
    ground = WetGround(valencia, Weather(water_m=6e-4))
    ground.prepare(key.coarser(4.0))
    standing_in = wetted(ground, key)[..., :3].astype(int)
    ground.prepare(key)
    come = wetted(ground, key)[..., :3].astype(int)
    assert np.abs(standing_in - come).mean() < 4.0  # of 255
    assert np.corrcoef(standing_in.ravel(), come.ravel())[0, 1] > 0.9


def test_what_is_known_of_the_coarsest_ground_stays_known(valencia, monkeypatch):
    monkeypatch.setattr(wet_ground, "_MAX_KEPT", 3)
    ground = WetGround(valencia, Weather(water_m=6e-4))
    coarse = key_at(valencia, 100.0, 1.0)
    ground.prepare(coarse)
    for s_m in range(0, 1200, 150):
        ground.prepare(key_at(valencia, s_m))
    assert len(ground._reliefs) <= 3
    monkeypatch.setattr(ground, "_sampled", None)
    assert wetted(ground, coarse)[..., :3].min() < ASPHALT


def test_tiles_are_laid_again_one_a_frame_when_they_look_other_than_before():
    finished = []
    picture = GroundPicture(lambda pixels, key: finished.append((key, pixels[0, 0, 0])))
    tile = pygame.Surface((TILE_PX, TILE_PX), 0, 32)
    store = SimpleNamespace(get=lambda _: tile, has=lambda _: True, request=lambda _: None)
    surface = pygame.Surface((320, 180), 0, 32)
    view = View(0.0, 0.0, 8.0, 320, 180)
    picture.draw(surface, view, store)
    laid = len(finished)
    picture.draw(surface, view, store)
    assert len(finished) == laid > 1
    picture.finish_again()
    for frame in range(laid):
        picture.draw(surface, view, store)
        assert len(finished) == laid + frame + 1
    assert {key for key, _ in finished[:laid]} == {key for key, _ in finished[laid:]}
    picture.draw(surface, view, store)
    assert len(finished) == 2 * laid


def test_a_frame_that_lays_ground_of_another_scale_lays_none_again():
    finished = []
    picture = GroundPicture(lambda _, key: finished.append(key.scale))
    tile = pygame.Surface((TILE_PX, TILE_PX), 0, 32)
    store = SimpleNamespace(get=lambda _: tile, has=lambda _: True, request=lambda _: None)
    surface = pygame.Surface((640, 360), 0, 32)
    per_frame, seen = [], set()
    for step in range(280):
        view = View(0.0, 0.0, 4.0 * 1.004**step, 640, 360)
        if picture.detail_for(view) not in seen:
            seen.add(picture.detail_for(view))
            picture.finish_again()
        finished.clear()
        picture.draw(surface, view, store)
        per_frame.append(list(finished))
    assert len({scale for frame in per_frame for scale in frame}) > 1
    assert max(map(len, per_frame[1:])) == 1


@given(st.floats(0.0, 80.0), st.floats(0.0, 20.0), st.floats(0.0, 0.005), st.floats(0.0, 0.002))
def test_spray_grows_with_speed_and_with_water(speed_mps, faster_mps, water_m, more_m):
    assert 0.0 <= spray(speed_mps, water_m) <= 1.0
    assert spray(speed_mps + faster_mps, water_m) >= spray(speed_mps, water_m)
    assert spray(speed_mps, water_m + more_m) >= spray(speed_mps, water_m)


def test_there_is_no_spray_on_a_dry_road_nor_at_rest():
    assert spray(60.0, 0.0) == spray(0.0, 0.002) == 0.0


def drawn(draw, colour=(60, 60, 60)):
    surface = pygame.Surface((VIEW.width, VIEW.height), 0, 32)
    surface.fill(colour)
    draw(surface)
    return pygame.surfarray.array3d(surface).astype(int)


def rain_drawn(rate_mmph):
    rain = Rain(Weather(rain_mmph=rate_mmph))
    rain.update(rate_mmph, 1.0 / 60.0)
    return np.count_nonzero(drawn(lambda surface: rain.draw(surface, VIEW)) != 60)


def test_the_more_it_rains_the_more_drops_are_seen():
    none, drizzle, rain, torrent = map(rain_drawn, (0.0, 1.0, 10.0, 60.0))
    assert none == 0 < drizzle < rain < torrent
    assert torrent < 0.2 * VIEW.width * VIEW.height  # and the road is seen between them


def test_sheen_is_seen_where_the_ground_shines_and_nowhere_else():
    sheen = Sheen(Weather(rain_mmph=5.0))

    def draw(surface):
        pygame.surfarray.pixels2d(surface)[: VIEW.width // 2] |= 0xFF << 24
        sheen.draw(surface, VIEW)

    found = drawn(draw)
    assert found[: VIEW.width // 2 - 8].max() > 70
    assert found[VIEW.width // 2 + 8 :].max() == 60


def test_water_is_found_where_the_simulation_has_it(valencia):
    weather = Weather(water_m=6e-4, line_water_m=1e-4)
    water = RoadWater(valencia, weather)
    s_m = 500.0
    place = valencia.wet_places[round(s_m / valencia.length_m * len(valencia.wet_places))]
    on_line, beside = (
        water.depth_m(STILL._replace(s_m=s_m, offset_m=offset_m))
        for offset_m in (place.line_m, place.line_m + 6.0)
    )
    assert on_line == pytest.approx(place.deeper * 1e-4, rel=0.02)
    assert beside == pytest.approx(place.deeper * 6e-4, rel=0.02)


def test_rain_follows_its_changes_over_a_drive(valencia):
    weather = Weather(changes=(WeatherChange(at_s=100.0, rain_mmph=20.0),))
    water = RoadWater(valencia, weather)
    assert [round(water.weather(at_s).rain_mmph) for at_s in (0.0, 50.0, 500.0)] == [0, 10, 20]


def car_and_road(spec, weather, road):
    """The mean colours of a car in a weather's light and of the road around it, tinted as drawn."""
    surface = pygame.Surface((VIEW.width, VIEW.height), 0, 32)
    surface.fill(road)
    CarSprite(in_weather(spec, weather), WORKS).draw(surface, VIEW, CarPose(0.0, 0.0, 0.0, 0.0))
    tint(surface, weather.sky)
    colours = pygame.surfarray.array3d(surface).astype(float)
    middle = colours[VIEW.width // 2 - 20 : VIEW.width // 2 + 20, VIEW.height // 2 - 8 :][:, :16]
    return np.percentile(middle.reshape(-1, 3), 75, axis=0), colours[20, 20]


@pytest.mark.parametrize("vision", VISIONS)
def test_the_car_stands_out_from_a_wet_road_no_less_than_from_a_dry_one(spec, valencia, vision):
    rain = load_weather("rain")
    key = key_at(valencia, 100.0)
    wet = wetted(WetGround(valencia, rain), key)
    shining = wet[..., 3] > 0
    road = tuple(int(part) for part in np.median(wet[shining], axis=0)[2::-1])
    differences = [
        np.linalg.norm(np.subtract(*(lab(colour, vision) for colour in pair)))
        for pair in (
            car_and_road(spec, load_weather("clear_noon"), (ASPHALT,) * 3),
            car_and_road(spec, rain, road),
        )
    ]
    assert differences[1] > 0.95 * differences[0]
