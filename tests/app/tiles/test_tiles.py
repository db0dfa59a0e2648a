"""Tiles: which cover what, how they are kept, and how a view is put together from them."""

import math
import os
import sys
import time
from functools import cache
from itertools import islice
from types import SimpleNamespace
from unittest import mock

import cv2
import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oval import make_oval

from game.app.canvas.daylight import GroundLight
from game.app.surfaces import driven_line
from game.app.surfaces.driven_line import circuit_line, shipped_line
from game.app.tiles import tile_cache
from game.app.tiles.ground_picture import GroundPicture
from game.app.tiles.mosaic import Mosaic, keys_in
from game.app.tiles.tile_cache import TileCache
from game.app.tiles.tile_loader import TileLoader, ready
from game.app.tiles.tile_plan import TilePlan
from game.app.tiles.tiles import SCALES, TILE_PX, TileArea, TileKey
from game.app.tiles.world_view import WorldView
from game.app.venue.map_view import whole_circuit
from game.app.view.camera import NORTH_RAD, View, whole_view
from game.workers.budget import HIGH_PRIORITY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def oval():
    return make_oval()


def grainy(seed):
    """A tile like ground: soft colours with grain on them."""
    rng = np.random.default_rng(seed)
    along = np.linspace(90.0, 150.0, TILE_PX)
    grain = rng.normal(0.0, 8.0, (TILE_PX, TILE_PX, 1))
    colours = (along[:, None, None] + 0.5 * along[None, :, None] + grain) * (1.0, 0.9, 0.6)
    surface = pygame.Surface((TILE_PX, TILE_PX), 0, 32)
    pygame.surfarray.pixels3d(surface)[:] = np.clip(colours, 0.0, 255.0).astype(np.uint8)
    return surface


def speckled(seed):
    """A tile that is like no other."""
    pixels = np.random.default_rng(seed).integers(0, 255, (TILE_PX, TILE_PX, 3), np.uint8)
    return pygame.surfarray.make_surface(pixels)


def pixels(surface):
    return pygame.surfarray.array3d(surface)


places = st.integers(-100_000, 100_000)


@given(st.sampled_from(SCALES), places, places, st.integers(1, 3000), st.integers(1, 3000))
def test_the_tiles_of_a_part_cover_it_and_no_row_or_column_of_them_lies_outside(
    scale, left, top, width, height
):
    keys = TileArea(scale, left, top, width, height).tile_keys()
    columns = {key.column for key in keys}
    rows = {key.row for key in keys}
    assert len(keys) == len(set(keys)) == len(columns) * len(rows)
    assert min(columns) * TILE_PX <= left < (min(columns) + 1) * TILE_PX
    assert max(columns) * TILE_PX < left + width <= (max(columns) + 1) * TILE_PX
    assert -(max(rows) + 1) * TILE_PX <= top < -max(rows) * TILE_PX
    assert -(min(rows) + 1) * TILE_PX < top + height <= -min(rows) * TILE_PX


@given(st.integers(-500, 500), st.integers(-500, 500), st.sampled_from(SCALES[:-1]))
def test_a_tile_lies_within_the_coarser_one_it_is_a_part_of(column, row, scale):
    fine = TileKey(SCALES[-1], column, row).piece
    coarse = TileKey(SCALES[-1], column, row).coarser(scale).piece
    assert coarse.west_m <= fine.west_m
    assert fine.west_m + fine.side_m <= coarse.west_m + coarse.side_m
    assert coarse.south_m <= fine.south_m
    assert fine.south_m + fine.side_m <= coarse.south_m + coarse.side_m


def test_the_whole_way_is_tiled_finely_and_the_coarsest_tiles_come_first(oval):
    plan = TilePlan(oval)
    keys = list(dict.fromkeys(plan.ahead(*oval.centreline.point(100.0, 0.0), SCALES[-1])))
    assert set(keys) == plan.all
    assert keys[: len(plan.coarsest)] == plan.coarsest
    assert all(key.scale == SCALES[0] for key in plan.coarsest)
    for s_m in range(0, 714, 7):
        assert finest_at(oval, float(s_m), 0.0) in keys


@pytest.mark.parametrize("scale", SCALES[-3:])
def test_the_road_nearby_is_painted_before_other_scales_of_it(oval, scale):
    plan, place = TilePlan(oval), oval.centreline.point(200.0, 0.0)
    before = {*plan.coarsest, *plan.grid}
    keys = [key for key in dict.fromkeys(plan.ahead(*place, scale)) if key not in before]
    nearby = plan.road_ahead(*place, scale, 400.0) - before
    assert len(nearby) > 3
    assert set(keys[: len(nearby)]) == nearby


def finest_at(track, s_m, offset_m):
    """The finest tile of a place beside the road."""
    x_m, y_m = track.centreline.point(s_m % track.length_m, offset_m)
    side_m = TILE_PX / SCALES[-1]
    return TileKey(SCALES[-1], math.floor(x_m / side_m), math.floor(y_m / side_m))


@pytest.mark.parametrize("from_m", [0.0, 300.0, 700.0])
def test_the_road_is_painted_in_the_order_in_which_a_car_meets_it(oval, from_m):
    place = oval.centreline.point(from_m, 0.0)
    plan = TilePlan(oval)
    keys = list(dict.fromkeys(plan.ahead(*place, SCALES[-1])))
    road = [finest_at(oval, from_m + gone_m, 0.0) for gone_m in range(0, 300, 10)]
    met = [keys.index(key) for key in road if key not in plan.grid]
    # A tile may be met a step sooner than a place in it.
    assert all(later >= max(met[:at]) - 8 for at, later in enumerate(met) if at)
    assert met[-1] < len(keys) / 2


@pytest.mark.parametrize("from_m", [0.0, 300.0])
def test_the_grid_is_painted_first_wherever_the_camera_is(oval, from_m):
    plan = TilePlan(oval)
    keys = list(plan.ahead(*oval.centreline.point(from_m, 0.0), SCALES[-1]))
    first = keys[len(plan.coarsest) :][: len(plan.grid)]
    assert first == plan.grid
    pole = oval.grid[0]
    for size in ((1280, 720), (1920, 1080)):
        view = View(pole.x_m, pole.y_m, size[1] / 46.0, *size)
        assert set(map(plan.drawn_from, keys_in(view, SCALES[-1]))) <= set(first)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (2560, 1080), (900, 900)])
@pytest.mark.parametrize("name", ["oval", "ricardo_tormo"])
def test_no_land_is_missing_where_the_whole_circuit_is_shown(request, name, size):
    track = request.getfixturevalue(name)
    plan = TilePlan(track)
    view = whole_view(*whole_circuit(track), size)
    painted = {*plan.coarsest, *plan.round_about}
    assert set(keys_in(view, SCALES[0])) <= painted <= plan.all


def test_all_between_the_barriers_is_painted_finely_and_far_land_from_the_scale_below(oval):
    plan = TilePlan(oval)
    for s_m in range(0, 714, 25):
        for offset_m in (-12.0, 0.0, 12.0):
            key = finest_at(oval, s_m, offset_m)
            assert plan.drawn_from(key) == key
    far = TileKey(SCALES[-1], 60, 60)
    assert plan.drawn_from(far) == far.coarser(SCALES[-2])
    assert plan.drawn_from(far.coarser(SCALES[-2])) == far.coarser(SCALES[-2])


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (2560, 1080)])
def test_wherever_the_car_is_coarse_ground_reaches_beyond_all_that_the_camera_sees(oval, size):
    coarsest = set(TilePlan(oval).coarsest)
    for s_m in range(0, 714, 40):
        for metres_wide in (40.0, 300.0):
            x_m, y_m = oval.centreline.point(float(s_m), 0.0)
            view = View(x_m, y_m, size[0] / metres_wide, *size)
            low = view.x_m - view.half_width_m, view.y_m - view.half_width_m
            side_m = TILE_PX / SCALES[0]
            for x in (low[0], low[0] + metres_wide):
                for y in (low[1], low[1] + metres_wide):
                    key = TileKey(SCALES[0], math.floor(x / side_m), math.floor(y / side_m))
                    assert key in coarsest


def test_a_file_that_is_no_tile_is_left_alone(tmp_path):
    cache = TileCache(tmp_path)
    cache.save(TileKey(4.0, -3, 2), pygame.Surface((TILE_PX, TILE_PX)))
    (tmp_path / "holiday.jpg").write_bytes(b"mine")
    assert cache.keys() == {TileKey(4.0, -3, 2)}
    assert (tmp_path / "holiday.jpg").read_bytes() == b"mine"


def test_a_kept_tile_comes_back_but_for_what_grain_hides(tmp_path):
    cache, key = TileCache(tmp_path), TileKey(16.0, -3, 7)
    cache.save(key, grainy(1))
    assert cache.keys() == {key}
    apart = pixels(cache.load(key)).astype(float) - pixels(grainy(1))
    assert np.abs(apart).mean() < 3.0
    assert np.abs(apart).max() < 24.0


def test_edges_of_colours_are_kept_sharp(tmp_path):
    cache, key = TileCache(tmp_path), TileKey(16.0, -3, 7)
    kerb = pygame.Surface((TILE_PX, TILE_PX), 0, 32)
    kerb.fill((238, 236, 228))
    for left in range(0, TILE_PX, 46):
        kerb.fill((196, 40, 36), (left, 0, 23, TILE_PX))
    cache.save(key, kerb)
    assert np.abs(pixels(cache.load(key)).astype(float) - pixels(kerb)).max() < 16.0


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_tile_cut_short_is_as_if_it_were_not_there(tmp_path, share, capfd):
    cache, key = TileCache(tmp_path), TileKey(16.0, -3, 7)
    cache.save(key, grainy(1))
    path = next(tmp_path.glob("*.jpg"))
    content = path.read_bytes()
    path.write_bytes(content[: round(share * len(content))])
    assert cache.load(key) is None
    assert capfd.readouterr().err == ""


def test_a_tile_with_a_wrong_byte_is_as_if_it_were_not_there(tmp_path):
    cache, key = TileCache(tmp_path), TileKey(16.0, -3, 7)
    cache.save(key, grainy(1))
    path = next(tmp_path.glob("*.jpg"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)
    assert cache.load(key) is None


def test_the_road_is_darkened_along_the_plan_that_ships_or_else_a_line_within_the_road(
    oval, monkeypatch
):
    assert shipped_line(oval) is None
    for x_m, y_m in circuit_line(oval)[::20].tolist():
        assert abs(oval.centreline.project(x_m, y_m)[1]) < 8.0
    plan = plan_along(oval, 1.5)
    monkeypatch.setattr(driven_line, "plan_beside", lambda *_: plan)
    assert circuit_line(oval).tolist() == np.column_stack([plan.x_m, plan.y_m]).tolist()


def plan_along(track, left_m):
    """The place of a plan that runs beside the centreline."""
    frames = track.frames
    x_m, y_m = frames.along(np.full_like(frames.s_m, left_m)).T
    station_m = track.length_m / len(frames.s_m)
    return SimpleNamespace(station_m=station_m, offset_m=0.0 * x_m + left_m, x_m=x_m, y_m=y_m)


@given(st.floats(-5.0, 5.0), st.floats(0.2, 20.0), st.sampled_from(("x_m", "y_m")))
def test_a_plan_of_what_the_circuit_was_before_it_changed_is_not_painted(left_m, moved_m, axis):
    oval = make_oval()
    plan = plan_along(oval, left_m)
    setattr(plan, axis, getattr(plan, axis) + moved_m)
    with mock.patch.object(driven_line, "plan_beside", return_value=plan):
        assert shipped_line(oval) is None


def picture_of(folder, name, kilobytes, used_s):
    """A picture in the cache that was used at a time."""
    other = folder / name
    other.mkdir(parents=True)
    (other / "1_0_0.jpg").write_bytes(bytes(1000 * kilobytes))
    (other / "last_use").write_text("")
    os.utime(other / "last_use", (used_s, used_s))
    return other


def test_of_pictures_too_large_together_those_unused_longest_are_deleted(tmp_path, monkeypatch):
    monkeypatch.setattr(tile_cache, "MAX_BYTES", 1_000_000)
    now_s = time.time()
    old, older, new = (
        picture_of(tmp_path, name, 300, now_s - ago_s)
        for name, ago_s in (("old", 200.0), ("older", 300.0), ("new", 100.0))
    )
    own = picture_of(tmp_path, "own", 900, now_s - 500.0)
    mine = tmp_path / "not a picture"
    mine.mkdir()
    TileCache(own).make_room(1)
    assert [folder.exists() for folder in (old, older, new, own, mine)] == [
        True,
        False,
        True,
        True,
        True,
    ]
    TileCache(own).make_room(10**6)
    assert [folder.exists() for folder in (old, new, own, mine)] == [False, False, True, True]


def test_a_picture_unused_for_a_month_is_deleted(tmp_path):
    unused = picture_of(tmp_path, "unused", 1, time.time() - 40 * 86_400.0)
    TileCache(tmp_path / "own").make_room(1)
    assert not unused.exists()


class Chart:
    """Tiles whose colours say where they are: red grows to the east, green to the north."""

    LEVELS_PER_M = 10.0

    def get(self, key):
        piece = key.piece
        across = piece.west_m + (np.arange(TILE_PX) + 0.5) / key.scale
        up = piece.south_m + piece.side_m - (np.arange(TILE_PX) + 0.5) / key.scale
        colours = np.zeros((TILE_PX, TILE_PX, 3), np.uint8)
        colours[:, :, 0] = self.shade(across)[:, None]
        colours[:, :, 1] = self.shade(up)[None, :]
        return pygame.surfarray.make_surface(colours)

    def shade(self, place_m):
        return np.clip(128.0 + self.LEVELS_PER_M * place_m, 0.0, 255.0)

    def has(self, _):
        return True

    def clear_requests(self):
        pass

    def request(self, keys):
        pass

    def look_at(self, place, number=0):
        pass


@settings(max_examples=25, deadline=None)
@given(
    st.floats(-4.0, 4.0),
    st.floats(-4.0, 4.0),
    st.floats(5.0, 20.0),
    st.one_of(st.just(NORTH_RAD), st.floats(-math.pi, math.pi)),
)
def test_every_place_is_drawn_where_the_view_has_it(oval_view, x_m, y_m, pixels_per_m, up_rad):
    view = View(x_m, y_m, pixels_per_m, 400, 300, up_rad)
    surface = pygame.Surface((400, 300))
    oval_view.draw(surface, view)
    chart = Chart()
    for east_m, north_m in ((0.0, 0.0), (6.0, 3.0), (-5.0, 4.0), (2.0, -6.0)):
        place = view.to_screen(x_m + east_m, y_m + north_m)
        if 4 <= place[0] < 396 and 4 <= place[1] < 296:
            red, green, *_ = surface.get_at((round(place[0]), round(place[1])))
            # Two pixels aside, and the four levels that scaling may darken a picture by.
            off = 2.0 / pixels_per_m * chart.LEVELS_PER_M + 4.0
            assert red == pytest.approx(chart.shade(x_m + east_m), abs=off)
            assert green == pytest.approx(chart.shade(y_m + north_m), abs=off)


@settings(max_examples=25, deadline=None)
@given(
    st.floats(-60.0, 60.0),
    st.floats(-60.0, 60.0),
    st.floats(4.5, 20.0),
    st.one_of(st.just(NORTH_RAD), st.floats(-math.pi, math.pi)),
)
def test_a_view_is_warped_without_seams_to_a_fraction_of_a_pixel(x_m, y_m, pixels_per_m, up_rad):
    view = View(x_m, y_m, pixels_per_m, 320, 200, up_rad)
    surface = pygame.Surface((320, 200), 0, 32)
    mosaic = Mosaic()
    # The picture is filled before, so that tiles lie over others that have left the view.
    for moved_m in (-40.0, 0.0):
        before = view._replace(x_m=x_m + moved_m, y_m=y_m + 0.5 * moved_m)
        mosaic.draw(surface, before, 16.0, 0.75, wavy_tile)
    right_px, down_px = np.meshgrid(np.arange(320) + 0.5, np.arange(200) + 0.5, indexing="ij")
    right_m, up_m = (right_px - 160.0) / pixels_per_m, (100.0 - down_px) / pixels_per_m
    cos, sin = math.cos(view.turn_rad), math.sin(view.turn_rad)
    east_m, north_m = x_m + right_m * cos + up_m * sin, y_m + up_m * cos - right_m * sin
    drawn = pixels(surface)
    assert np.abs(drawn[..., 0] - wave(east_m)).max() < 7.0
    assert np.abs(drawn[..., 1] - wave(north_m)).max() < 7.0


@pytest.mark.parametrize("scale_px", [6.3, 9.7, 14.1])
def test_a_view_that_is_hardly_turned_is_drawn_as_one_with_north_up(scale_px):
    level = View(3.0, -2.0, scale_px, 640, 360)
    drawn = [mosaic_picture(level._replace(up_rad=NORTH_RAD + turn)) for turn in (0.0, 1e-9)]
    # A place is a fraction of a pixel that OpenCV rounds.
    assert np.abs(drawn[0].astype(int) - drawn[1]).max() <= 2


@pytest.mark.parametrize("up_rad", [NORTH_RAD, 1.0])
def test_nothing_in_a_view_shows_where_the_picture_it_is_warped_from_begins_anew(up_rad):
    for place in range(12):
        view = View(17.3 * place - 80.0, 50.0 - 11.1 * place, 9.7, 640, 360, up_rad)
        small, large = (mosaic_picture(view, rough_tile, room) for room in (1.0, 1.8))
        assert np.abs(small.astype(int) - large).max() <= 1


@pytest.mark.parametrize("turn_rad", [0.1, 0.5, 1.2, 2.5])
def test_a_turned_view_is_as_sharp_as_one_with_north_up(turn_rad):
    level = View(3.0, -2.0, 9.7, 640, 360)
    ratios = [
        laplacian(mosaic_picture(level._replace(up_rad=up_rad), rough_tile))
        for up_rad in (NORTH_RAD + turn_rad, NORTH_RAD)
    ]
    assert ratios[0] == pytest.approx(ratios[1], rel=0.1)


def mosaic_picture(view, get=None, room=1.3):
    """The red of a view's ground, of tiles of 16 pixels a metre."""
    surface = pygame.Surface((view.width, view.height), 0, 32)
    Mosaic().draw(surface, view, 16.0, 0.75, get or wavy_tile, room)
    return pixels(surface)[..., 0]


def laplacian(picture):
    """Return how much pixels differ from those around them, on the whole."""
    return np.abs(cv2.Laplacian(picture.astype(np.float32), cv2.CV_32F)).mean()


@cache
def rough_tile(key):
    rng = np.random.default_rng([key.column + 1000, key.row + 1000])
    noise = rng.integers(0, 255, (TILE_PX, TILE_PX, 1), np.uint8)
    colours = np.ascontiguousarray(cv2.GaussianBlur(noise, (0, 0), 1.5)[..., None].repeat(3, 2))
    return pygame.surfarray.make_surface(colours).convert(32, 0)


def wave(place_m):
    """A value that changes by seven levels a tenth of a metre, at most."""
    return 128.0 + 100.0 * np.sin(0.7 * place_m)


@cache
def wavy_tile(key):
    piece = key.piece
    places = (np.arange(TILE_PX) + 0.5) / key.scale
    colours = np.zeros((TILE_PX, TILE_PX, 3), np.uint8)
    colours[:, :, 0] = wave(piece.west_m + places)[:, None]
    colours[:, :, 1] = wave(piece.south_m + piece.side_m - places)[None, :]
    return pygame.surfarray.make_surface(colours).convert(32, 0)


@pytest.mark.parametrize("pixels_per_m", [3.0, 7.0, 10.0, 14.5, 20.0])
def test_a_turned_view_is_drawn_from_ground_as_fine_as_one_with_north_up(oval, pixels_per_m):
    scales = []
    for up_rad in (NORTH_RAD, 1.0):
        ground, chart = WorldView(oval), ScaleChart()
        ground._store = chart
        ground.draw(pygame.Surface((64, 64)), View(0.0, 0.0, pixels_per_m, 64, 64, up_rad))
        scales.append(chart.scales)
    assert len(scales[0]) == 1
    assert scales[0] == scales[1]


class ScaleChart(Chart):
    """A chart that knows of what scale its tiles are asked for."""

    def __init__(self):
        self.scales = set()

    def get(self, key):
        self.scales.add(key.scale)
        return super().get(key)


class CountingChart(Chart):
    """A chart that counts the tiles it is asked for, frame by frame; some it does not have yet."""

    def __init__(self):
        self.asked = []
        self.lacks = frozenset()

    def has(self, key):
        return key.scale not in self.lacks

    def get(self, key):
        self.asked.append(key)
        return super().get(key)


def zoomed(ground, chart, scales_px, x_m=0.0):
    """Draw views of a motion; for each the new tiles asked for, and the scales they are of."""
    surface, seen, frames = pygame.Surface((1280, 720), 0, 32), set(), []
    for pixels_per_m in scales_px:
        chart.asked = []
        ground.draw(surface, View(x_m, 0.0, pixels_per_m, 1280, 720))
        frames.append({key for key in chart.asked if key not in seen})
        seen |= frames[-1]
    return frames


@pytest.mark.parametrize("up", [True, False])
def test_while_the_camera_zooms_few_tiles_of_the_next_scale_are_laid_in_a_frame(oval, up):
    ground, chart = WorldView(oval), CountingChart()
    ground._store = chart
    scales_px = np.linspace(7.0, 11.0, 60).tolist()
    first, *others = zoomed(ground, chart, scales_px if up else scales_px[::-1])
    scale = next(iter(first)).scale
    assert len(first) >= 8  # all of a view at once
    of_next = [sum(key.scale != scale for key in new) for new in others]
    assert sum(of_next) >= 8
    assert max(of_next) <= 2 if up else max(of_next) < 8  # a column at an edge comes at once


def test_ground_of_the_next_scale_is_shown_when_all_of_it_is_there(oval):
    ground, chart = WorldView(oval), CountingChart()
    ground._store = chart
    chart.lacks = {16.0}
    zoomed(ground, chart, [9.0, 9.5] + [10.0] * 30)
    assert {key.scale for key in chart.asked} == {8.0}
    chart.lacks = frozenset()
    zoomed(ground, chart, [10.0] * 30)
    assert {key.scale for key in chart.asked} == {16.0}


class LateStore:
    """Tiles that come when they are let come; black ones stand in for them until then."""

    STAND_IN = pygame.Surface((TILE_PX, TILE_PX), 0, 32)
    TILE = pygame.Surface((TILE_PX, TILE_PX), 0, 32)

    def __init__(self):
        self.late = True

    def get(self, _):
        return self.STAND_IN if self.late else self.TILE

    def has(self, _):
        return not self.late

    def request(self, keys):
        pass


LateStore.TILE.fill("white")


def test_tiles_that_come_late_are_laid_over_what_stood_in_one_after_another():
    laid = []
    picture, store = GroundPicture(lambda _, key: laid.append(key)), LateStore()
    surface, view = pygame.Surface((640, 360), 0, 32), View(3.0, 2.0, 8.0, 640, 360)
    picture.draw(surface, view, store, view)
    seen = set(laid)
    store.late = False
    for _ in seen:
        before = len(laid)
        picture.draw(surface, view, store, view)
        assert len(laid) <= before + 2
    assert seen <= set(laid[len(seen) :])
    assert pixels(surface).min() == 255


@pytest.mark.parametrize("late", [True, False])
def test_no_whole_row_of_tiles_is_laid_in_one_frame_as_a_view_moves_on(late):
    laid = []
    picture, store = GroundPicture(lambda _, key: laid.append(key)), LateStore()
    store.late = late
    surface, counts = pygame.Surface((1280, 720), 0, 32), []
    for frame in range(240):
        before = len(laid)
        view = View(0.6 * frame, 0.3 * frame, 11.0, 1280, 720)
        soon = view._replace(x_m=view.x_m + 0.6 * 48, y_m=view.y_m + 0.3 * 48)
        picture.draw(surface, view, store, soon)
        counts.append(len(laid) - before)
    assert counts[0] >= 8  # all of a view at once
    assert max(counts[1:]) <= 2
    assert sum(counts[1:]) >= 16


@pytest.mark.parametrize("up_rad", [NORTH_RAD, 1.0])
def test_no_memory_is_taken_in_a_drive_after_it_was_reserved_at_the_start(oval, up_rad):
    ground = WorldView(oval)
    ground._store = Chart()
    surface, view = pygame.Surface((640, 360), 0, 32), View(0.0, 0.0, 10.0, 640, 360, up_rad)
    ground.reserve(view)
    picture = ground._pictures[0]
    memories = {id(mosaic._memory) for mosaic in (picture._shown, picture._next)}
    for pixels_per_m in np.geomspace(2.0, 16.0, 40).tolist():
        ground.draw(surface, view._replace(pixels_per_m=pixels_per_m))
    assert {id(mosaic._memory) for mosaic in (picture._shown, picture._next)} == memories


def test_reserved_memory_has_been_written_to(monkeypatch):
    monkeypatch.setattr(np, "empty", np.ones)
    mosaic = Mosaic()
    mosaic.reserve(View(0.0, 0.0, 10.0, 640, 360), 16.0, 1.0)
    assert len(mosaic._memory) > 640 * 360 * 4
    assert not mosaic._memory.any()


@pytest.mark.parametrize("up_rad", [NORTH_RAD, 1.0])
def test_as_long_as_a_view_is_laid_in_one_way_no_tile_is_laid_twice(oval, up_rad):
    ground = WorldView(oval)
    ground._store = chart = Chart()
    chart.get = wavy_tile
    surface = pygame.Surface((2560, 1440), 0, 32)
    view = View(0.0, 0.0, 13.0, 2560, 1440, up_rad)
    ground.draw(surface, view)
    laid = dict(ground._pictures[0]._shown._laid)
    for scale_px in (8.9, 13.0):
        ground.draw(surface, view._replace(pixels_per_m=scale_px))
    assert laid.items() <= ground._pictures[0]._shown._laid.items()


def test_a_view_that_jumps_is_drawn_at_once_from_the_scale_that_suits_it(oval):
    ground, chart = WorldView(oval), CountingChart()
    ground._store = chart
    zoomed(ground, chart, [9.0])
    zoomed(ground, chart, [14.0])
    assert {key.scale for key in chart.asked} == {16.0}
    zoomed(ground, chart, [9.2], x_m=400.0)
    assert {key.scale for key in chart.asked} == {8.0}


def test_a_tile_that_was_drawn_onto_is_laid_again():
    mosaic, tile = Mosaic(), pygame.Surface((TILE_PX, TILE_PX), 0, 32)
    view, surface = View(0.0, 0.0, 16.0, 64, 64), pygame.Surface((64, 64), 0, 32)
    mosaic.draw(surface, view, 16.0, 1.0, lambda _: tile)
    assert pixels(surface).max() == 0
    tile.fill((200, 200, 200))
    mosaic.forget(tile)
    mosaic.draw(surface, view, 16.0, 1.0, lambda _: tile)
    assert pixels(surface).min() == 200


def test_a_surface_with_alpha_is_filled_opaquely():
    mosaic, surface = Mosaic(), pygame.Surface((64, 64), pygame.SRCALPHA)
    mosaic.draw(surface, View(0.0, 0.0, 16.0, 64, 64), 16.0, 1.0, wavy_tile)
    assert pygame.surfarray.array_alpha(surface).min() == 255


def test_a_tile_aside_of_a_turned_view_is_not_asked_for():
    view = View(0.0, 0.0, 16.0, 1600, 900, up_rad=0.25 * math.pi)
    keys = keys_in(view, 16.0)
    around = math.hypot(1600, 900) / 16.0
    everywhere = keys_in(View(0.0, 0.0, 16.0, round(16 * around), round(16 * around)), 16.0)
    assert set(keys) < set(everywhere)
    for x in range(0, 1601, 100):
        for y in range(0, 901, 100):
            right_m, up_m = (x - 800) / 16.0, (450 - y) / 16.0
            side_m = TILE_PX / 16.0
            half = math.sqrt(0.5)
            east_m, north_m = half * (right_m + up_m), half * (up_m - right_m)
            assert TileKey(16.0, math.floor(east_m / side_m), math.floor(north_m / side_m)) in keys


@pytest.fixture(scope="module")
def oval_view(oval):
    view = WorldView(oval)
    view._store = Chart()
    return view


def test_tiles_are_made_ready_in_the_format_of_windows():
    assert ready(speckled(1)).get_bitsize() == 32
    assert np.array_equal(pixels(ready(speckled(1))), pixels(speckled(1)))


def test_a_near_view_is_painted_as_finely_as_it_shows_and_not_kept(oval, tmp_path):
    ground = WorldView(oval, TileCache(tmp_path))
    x_m, y_m = oval.centreline.point(50.0, 6.0)  # the edge of the road
    view = View(x_m, y_m, 60.0, 320, 200)
    kept, fine = pygame.Surface((320, 200), 0, 32), pygame.Surface((320, 200), 0, 32)
    ground.paint_in_view(view)
    ground.draw(kept, view)
    tiles = ground.fine_ground()
    with ground.drawn_finely(tiles):
        tiles.paint_beside(view)
        ground.draw(fine, view)
        assert np.array_equal(pixels(fine), pixels(kept))
        tiles.paint_now(view)
        assert tiles.covers(view)
        assert not tiles.covers(view._replace(x_m=x_m + 40.0))
        ground.draw(fine, view)
    again = pygame.Surface((320, 200), 0, 32)
    ground.draw(again, view)
    assert np.array_equal(pixels(again), pixels(kept))
    assert detail(fine) > 1.5 * detail(kept)
    assert pixels(fine).mean() == pytest.approx(pixels(kept).mean(), abs=6.0)
    kept_keys = TileCache(tmp_path).keys()
    assert {key.scale for key in kept_keys} == {SCALES[-1]}
    ground.close()


def detail(surface):
    """Return how much neighbouring pixels differ."""
    return np.abs(np.diff(pixels(surface).astype(int), axis=0)).mean()


def test_two_views_at_once_want_the_ground_around_both(oval, tmp_path):
    """What both show is requested, and what is painted ahead is that of both in turn."""
    ground = WorldView(oval, TileCache(tmp_path))
    ahead_m = 0.5 * oval.length_m
    places_m = [oval.centreline.point(s_m, 0.0) for s_m in (0.0, ahead_m)]
    views = [View(*place_m, 12.0, 300, 300) for place_m in places_m]
    for number, view in enumerate(views):
        ground.draw(pygame.Surface((300, 300), 0, 32), view, None, number)
    wanted = ground._store.requests
    for view in views:
        assert set(keys_in(view, SCALES[-1])) & set(wanted)  # but for what is drawn from coarser
    missing = list(islice(ground._store._missing(Roomy()), 400))
    for x_m, y_m in places_m:
        near = [
            key
            for key in missing
            if key.scale == SCALES[-1]
            and key not in wanted
            and np.hypot(key.piece.west_m - x_m, key.piece.south_m - y_m) < 150.0
        ]
        assert len(near) > 3
    ground.close()


class Roomy:
    """Workers that take any number of tiles."""

    has_room = True


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own")
def test_tiles_are_read_below_the_priority_of_frames_which_keep_theirs(tmp_path):
    before = os.getpriority(os.PRIO_PROCESS, 0)
    loader = TileLoader(TileCache(tmp_path), GroundLight())
    loader.request([TileKey(16.0, 0, 0)])
    end_s = time.monotonic() + 30.0
    while not list(loader.collect()):
        assert time.monotonic() < end_s
        time.sleep(0.001)
    assert os.getpriority(os.PRIO_PROCESS, loader._thread.native_id) == min(
        before + HIGH_PRIORITY, 19
    )
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
    loader.close()
