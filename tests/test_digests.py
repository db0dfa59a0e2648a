"""The physics have a name of their own, which only what decides a drive can change."""

import msgspec
import pytest

from game import program_digest as program_digests
from game.digests import PHYSICS, car_digest, driven_car_digest, physics_digest
from game.short_digest import short_digest
from game.vehicle.spec import in_weather, load_car
from game.weather.weather import load_weather

WORLD = "game.simulation.world"
# They read files, name things, compile code that gives the same bits, or say what went wrong.
DECIDE_NOTHING = {
    "game.callee_pipeline",
    "game.garbage_collector",
    "game.compiled",
    "game.errors",
    "game.file_lock",
    "game.files",
    "game.program_digest",
    "game.records",
    "game.short_digest",
    "game.sources",
    "game.toml_files",
    "game.translation",
}


@pytest.fixture
def digest_after_an_edit(monkeypatch):
    """Give the physics' digest as it would be with another text of a module."""
    reached = program_digests._reached([WORLD])

    def after(name):
        edited = {**reached, name: reached[name]._replace(digest="edited")}
        monkeypatch.setattr(program_digests, "_reached", lambda _: edited)
        program_digests._digest.cache_clear()
        digest = physics_digest()
        monkeypatch.undo()
        program_digests._digest.cache_clear()
        return digest

    return after


def test_all_that_a_drive_runs_through_is_physics_but_for_what_decides_nothing():
    reached = program_digests._reached([WORLD])
    left_out = {
        name for name in reached if not any(f"{name}.".startswith(f"game.{p}.") for p in PHYSICS)
    }
    assert left_out <= DECIDE_NOTHING


@pytest.mark.parametrize("name", ["game.files", "game.compiled", "game.toml_files"])
def test_laps_stay_comparable_when_files_are_read_or_code_is_compiled_otherwise(
    digest_after_an_edit, name
):
    assert digest_after_an_edit(name) == physics_digest()


@pytest.mark.parametrize(
    "name", ["game.trig", "game.scalars", "game.track.walls", "game.vehicle.tyre", WORLD]
)
def test_other_physics_have_another_name(digest_after_an_edit, name):
    assert digest_after_an_edit(name) != physics_digest()


def test_a_name_is_that_of_all_parts_together():
    assert short_digest(b"ab", b"c") == short_digest(b"abc") == "ba7816bf8f01cfea"
    assert short_digest(b"abd") != short_digest(b"abc")


def test_a_drive_on_frozen_tyres_is_of_the_same_car_however_its_compounds_warm_up():
    spec = load_car()
    bare = msgspec.structs.replace(
        spec,
        tyres={
            name: msgspec.structs.replace(each, state=None) for name, each in spec.tyres.items()
        },
        setup=msgspec.structs.replace(spec.setup, tyre_state="frozen"),
    )
    assert driven_car_digest(bare, frozen_tyres=True) == driven_car_digest(spec, frozen_tyres=True)
    assert car_digest(bare) != car_digest(spec)


def test_a_drive_alone_is_of_the_same_car_whatever_its_wake():
    spec = load_car()
    aero = msgspec.structs.replace(spec.aero, wake_half_width_m=3.0, wake_spread=0.2)
    wider = msgspec.structs.replace(spec, aero=aero)
    alone, raced = (
        [driven_car_digest(each, True, is_alone) for each in (spec, wider)]
        for is_alone in (True, False)
    )
    assert alone[0] == alone[1]
    assert raced[0] != raced[1]


def test_a_car_has_its_name_whatever_it_would_do_on_a_green_road_until_it_drives_on_one():
    spec = load_car()
    harder = {
        name: msgspec.structs.replace(tyre, green_grip=0.9) for name, tyre in spec.tyres.items()
    }
    other = msgspec.structs.replace(spec, tyres=harder)
    assert car_digest(other) == car_digest(spec)
    green = load_weather("green_road")
    assert car_digest(in_weather(other, green)) != car_digest(in_weather(spec, green))
