"""Landscapes: each looks its own way, and none of them reaches the circuit."""

import copy
import itertools
from functools import cache
from pathlib import Path
from typing import get_args

import msgspec
import numpy as np
import pygame
import pytest

from game.app.canvas.patches import Piece
from game.app.canvas.sheet import Patterns, sheets
from game.app.objects import planting
from game.app.objects.site import Site
from game.app.objects.town import town
from game.app.objects.trees import Trees
from game.app.surfaces import landscape
from game.app.surfaces.country import Country
from game.app.surfaces.landscape import landscape_of
from game.app.surfaces.parcels import nearest_parcels
from game.app.surfaces.track_fields import TrackFieldSampler
from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.tile_cache import shipped_tiles
from game.errors import InputError
from game.files import assets_folder
from game.track.maker import make_track_file
from game.track.track import build_track
from game.track.track_file import LandscapeEntry, LandscapeKind

pytestmark = pytest.mark.slow

KINDS = get_args(LandscapeKind)
SIDE = 256
FILE = make_track_file(2, 1000.0, "twisty")


@cache
def built():
    """Give the circuit in the landscape that is nearest to the road."""
    file = msgspec.structs.replace(FILE, landscape=LandscapeEntry("city"))
    return build_track("made", file, Path("made"))


def circuit(kind, seed=0):
    """Give the circuit in a landscape: its walls are as near as in a city, in all of them."""
    track = copy.copy(built())
    object.__setattr__(track, "landscape", LandscapeEntry(kind, seed))
    return track


@pytest.fixture(scope="module")
def painters():
    return {kind: GroundPainter(circuit(kind), None) for kind in KINDS}


def painted(painter, piece):
    """Red, green and blue, shape (rows, columns, 3)."""
    *_, picture = painter.paint(piece)
    return pygame.surfarray.array3d(picture).transpose(1, 0, 2).astype(float)


def beside(track, s_m, offset_m, pixels_per_m):
    """The piece about a place beside the track."""
    corner_m = np.array(track.centreline.point(s_m, offset_m)) - 0.5 * SIDE / pixels_per_m
    west_m, south_m = np.round(corner_m * pixels_per_m) / pixels_per_m
    return Piece(west_m, south_m, pixels_per_m, SIDE)


def test_there_is_a_file_for_every_kind_and_none_for_others():
    assert {path.stem for path in (assets_folder() / "landscapes").iterdir()} == set(KINDS)


def test_a_landscape_with_a_mistake_is_refused_with_its_file_and_key(tmp_path, monkeypatch):
    text = (assets_folder() / "landscapes" / "desert.toml").read_text()
    (tmp_path / "landscapes").mkdir()
    file = tmp_path / "landscapes" / "desert.toml"
    file.write_text(text.replace("ripple_m = ", "ripple_m = -"))
    monkeypatch.setattr(landscape, "assets_folder", lambda: tmp_path)
    with pytest.raises(InputError, match=r"desert\.toml: sand\.ripple_m: expected"):
        landscape_of.__wrapped__("desert")


@pytest.mark.parametrize("pixels_per_m", [0.5, 4.0])
def test_every_kind_has_colours_of_its_own(painters, pixels_per_m):
    piece = beside(circuit("city"), 300.0, 0.0, 1.0)._replace(pixels_per_m=pixels_per_m)
    piece = piece._replace(west_m=piece.west_m + 300.0)
    means = {kind: painted(painter, piece).mean(axis=(0, 1)) for kind, painter in painters.items()}
    for one, other in itertools.combinations(KINDS, 2):
        assert np.abs(means[one] - means[other]).max() > 12.0, (one, other)


@pytest.mark.parametrize("s_m", np.arange(0.0, 1000.0, 125.0).tolist())
def test_road_and_gravel_look_alike_in_every_landscape(painters, s_m):
    track = circuit("city")
    piece = beside(track, s_m, 0.0, 4.0)
    fields = TrackFieldSampler(track, None).sample(piece).block(slice(0, SIDE), slice(0, SIDE))
    own = (fields.tarmac_m < -0.4) | (fields.gravel_m > 3.0) | (fields.paved_m > 0.6)
    assert own.mean() > 0.05
    in_orchards = painted(painters["orchards"], piece)[own]
    for kind in KINDS:
        apart = np.abs(painted(painters[kind], piece)[own] - in_orchards).max(axis=1)
        assert np.mean(apart > 2.0) < 1e-4, kind


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_grows_or_is_built_on_a_circuit(kind):
    track = circuit(kind, seed=5)
    untouched, site = Site(track), Site(track)
    country = Country(track, site.low_m, site.high_m)
    if country.streets is not None:
        built = town(track, site, country.streets)
        assert len(built.blocks) > 200
        assert untouched.is_free(np.concatenate([outline for outline, _ in built.blocks])).all()
    trees = Trees(site, country)
    assert len(trees.places_m) > 500
    assert untouched.is_free(trees.places_m).all()


def test_an_orchard_at_the_edge_of_the_land_is_there_as_a_whole_or_not_at_all(monkeypatch):
    nothing = planting.Plants(np.zeros((0, 2)), np.zeros(0), np.zeros(0, np.intp))
    monkeypatch.setattr(planting, "_wild", lambda *_: nothing)
    track = circuit("orchards")
    site = Site(track)
    country = Country(track, site.low_m, site.high_m)

    def trees_by_parcel(room_m):
        places_m = planting.planted(country, site.low_m - room_m, site.high_m + room_m).places_m
        parcels, *_ = nearest_parcels(country.parcels, places_m[:, 0], places_m[:, 1])
        return {number: int(np.sum(parcels == number)) for number in set(parcels.tolist())}

    within, everywhere = trees_by_parcel(0.0), trees_by_parcel(2000.0)
    assert len(within) > 10
    assert within.keys() < everywhere.keys()
    assert all(everywhere[number] == count for number, count in within.items())


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_lays_the_land_out_always_alike_and_another_one_otherwise(kind, painters):
    track = circuit(kind)
    piece = beside(track, 300.0, 0.0, 1.0)
    piece = piece._replace(west_m=piece.west_m + 200.0)
    first = painted(painters[kind], piece)
    assert np.array_equal(painted(GroundPainter(track, None), piece), first)
    other = painted(GroundPainter(circuit(kind, seed=3), None), piece)
    assert np.mean(np.abs(other - first).max(axis=2) > 8.0) > 0.01


@pytest.mark.parametrize("seed", [1, 77, 2**31 - 1])
def test_any_seed_can_be_laid_out(seed):
    for kind in KINDS:
        track = circuit(kind, seed)
        low_m, high_m = track.outline("left", -1).min(axis=0), track.outline("left", -1).max(axis=0)
        country = Country(track, low_m, high_m)
        piece = Piece(*low_m, 1.0, 128)
        for sheet in sheets(Patterns(piece)):
            country.paint(sheet, None, country.parcels_near(sheet.piece))
            assert 30.0 < sheet.rgb.mean() < 220.0


def test_the_picture_of_a_circuit_in_another_landscape_has_another_name():
    folders = {shipped_tiles(circuit(kind, seed)) for kind in KINDS for seed in (0, 1)}
    assert len(folders) == 2 * len(KINDS)
