"""Ground ships with the circuit: all of it coarsely, and the start as sharp as it gets."""

import cv2
import numpy as np
import pygame
import pytest

from game.app.canvas.sun import NOON_CAST
from game.app.surfaces.driven_line import circuit_line
from game.app.tiles import tile_cache
from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.tile_cache import TileCache, shipped_tiles
from game.app.tiles.tile_plan import TilePlan
from game.app.tiles.tile_workers import paint_tile
from game.app.tiles.tiles import SCALES
from game.app.tools.ship_ground import ship_ground

pytestmark = pytest.mark.slow

TO_SHIP_IT = "leaf-rc track ground ricardo_tormo"


def mean_difference(one, other):
    pixels = [pygame.surfarray.array3d(surface).astype(float) for surface in (one, other)]
    return np.abs(pixels[0] - pixels[1]).mean()


def test_what_ships_looks_like_what_is_painted_today(ricardo_tormo, tmp_path):
    cache = TileCache(tmp_path, shipped_tiles(ricardo_tormo))
    painter = GroundPainter(ricardo_tormo, circuit_line(ricardo_tormo))
    plan = TilePlan(ricardo_tormo)
    assert cache.keys() == {*plan.coarsest, *plan.start}, f"the circuit has changed: {TO_SHIP_IT}"
    for key in (*plan.coarsest, *plan.start[::10]):
        shipped, painted = cache.load(key), paint_tile(painter, key)
        assert shipped is not None
        if key.scale == SCALES[-1]:  # whose grain is not kept exactly: what it is a grain of is
            shipped, painted = (
                pygame.transform.smoothscale_by(each, 0.25) for each in (shipped, painted)
            )
        assert mean_difference(shipped, painted) < 4.0, (
            f"the ground is painted otherwise: {TO_SHIP_IT}"
        )
        dark, falls = cache.load_shade(key, NOON_CAST), painter.shade(key.piece, NOON_CAST)
        away = dark if falls is None else cv2.absdiff(dark, falls)
        assert away.mean() < 4.0, f"the shadows fall otherwise: {TO_SHIP_IT}"


def test_a_circuit_that_has_changed_has_none_that_ship(ricardo_tormo, tmp_path, monkeypatch):
    monkeypatch.setattr(tile_cache, "tracks_folder", lambda: tmp_path)
    assert TileCache(tmp_path / "own", shipped_tiles(ricardo_tormo)).keys() == set()


def test_shipping_ground_replaces_that_of_an_earlier_version(oval, tmp_path, monkeypatch):
    monkeypatch.setattr(tile_cache, "tracks_folder", lambda: tmp_path)
    earlier = tmp_path / oval.name / "ground-0123456789abcdef"
    earlier.mkdir(parents=True)
    (earlier / "1_0_0.jpg").write_bytes(b"old")
    folder, plan = ship_ground(oval), TilePlan(oval)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert TileCache(tmp_path / "own", folder).keys() == {*plan.coarsest, *plan.start}
