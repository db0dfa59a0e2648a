"""Circuits made from seeds can be driven, are as long as was asked, and are equal everywhere."""

import hashlib
import itertools
from pathlib import Path
from statistics import mean

import msgspec
import pytest
from oval import OVAL
from pytest import approx

from game.errors import InputError
from game.track.characters import CHARACTERS
from game.track.check import check
from game.track.maker import _parts_are_apart, make_track_file
from game.track.track import build_track
from game.track.track_file import LandscapeEntry, TrackFile

pytestmark = pytest.mark.slow

LENGTHS_M = (1000.0, 2600.0, 4000.0, 8000.0)


def made(seed, length_m, character):
    return build_track("made", make_track_file(seed, length_m, character), Path("made"))


@pytest.mark.parametrize(("length_m", "character"), list(itertools.product(LENGTHS_M, CHARACTERS)))
def test_a_made_circuit_closes_has_its_length_and_no_findings(length_m, character):
    for seed in (1, 2) if length_m < 8000.0 else (1,):
        track = made(seed, length_m, character)
        assert track.length_m == approx(length_m, rel=1e-3)
        assert check(track) == []


def test_a_street_circuit_lies_in_a_city_and_others_in_the_land_of_their_seed():
    kinds = [make_track_file(seed, 1000.0, "fast").landscape.kind for seed in range(4)]
    assert sorted(kinds) == ["desert", "meadows", "orchards", "woodland"]
    assert make_track_file(1, 1000.0, "street").landscape == LandscapeEntry("city", 1)


def test_a_made_circuit_is_the_same_to_the_last_digit_on_every_machine():
    files = [make_track_file(7, 3000.0, character) for character in CHARACTERS]
    written = [msgspec.json.encode(file.centreline) for file in files]
    assert [hashlib.sha256(each).hexdigest()[:12] for each in written] == [
        "ee46f9999c6b",
        "3f28268bfe7b",
        "450eb353a93e",
        "f1b8e114901e",
    ]


@pytest.mark.parametrize(("share", "apart"), [(0.98, True), (1.02, False)])
def test_a_line_whose_parts_come_nearer_than_the_clearance_is_refused(share, apart):
    """The straights of an oval are as far apart as its ends are wide."""
    file = msgspec.toml.decode(OVAL, type=TrackFile)
    width_m = 2.0 * file.centreline.turns[0].radius_m
    assert _parts_are_apart(file, share * width_m) == apart


@pytest.mark.parametrize("character", CHARACTERS)
def test_seeds_make_different_circuits_of_both_directions(character):
    tracks = [made(seed, 2000.0, character) for seed in range(8)]
    assert len({track.length_m for track in tracks}) == 8
    turned = {track.centreline.end.heading_rad > 0.0 for track in tracks}
    assert turned == {True, False}


@pytest.mark.parametrize("character", CHARACTERS)
def test_the_start_line_lies_on_the_longest_straight(character):
    for seed in range(4):
        entry = make_track_file(seed, 3000.0, character).centreline
        first_m = entry.turns[0].straight_m + entry.last_straight_m
        assert first_m >= max(turn.straight_m for turn in entry.turns) - 1e-3


def test_characters_differ_in_how_many_and_how_tight_their_corners_are():
    corners, radius_m = {}, {}
    for character in CHARACTERS:
        turns = [
            turn
            for seed in range(6)
            for turn in make_track_file(seed, 4000.0, character).centreline.turns
        ]
        corners[character] = len(turns)
        radii = [r if isinstance(r, float) else min(r) for r in (t.radius_m for t in turns)]
        radius_m[character] = mean(radii)
    assert corners["fast"] < corners["flowing"] < corners["street"] < corners["twisty"]
    assert radius_m["fast"] > radius_m["flowing"] > radius_m["twisty"] > radius_m["street"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ((-1, 4000.0, "fast"), "seed is -1"),
        ((1, 999.0, "fast"), "length is 999 m, expected 1000..8000"),
        ((1, float("nan"), "fast"), "length is nan m"),
        ((1, 4000.0, "dull"), "no character 'dull': choose one of flowing, twisty, fast, street"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_line(request_, message):
    with pytest.raises(InputError, match=message):
        make_track_file(*request_)
