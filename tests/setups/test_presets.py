"""Named setups: the shipped stay, the player's are kept, renamed, thrown away and brought back."""

import errno
from pathlib import Path

import msgspec
import pytest
from pytest import approx, raises

from game.errors import InputError
from game.setups import presets as garage
from game.setups.share_code import code_of
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import load_car

SPEC = load_car()

MINE = Setup(front_torque_share=0.42, wing=0.5)
OTHER = Setup(front_torque_share=0.61)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(garage, "player_folder", lambda: tmp_path)
    return tmp_path / "setups"


def own():
    return {preset.name: preset.setup for preset in garage.presets(SPEC) if not preset.shipped}


def test_all_that_ship_are_whole_and_say_what_they_are_for():
    shipped = [preset for preset in garage.presets(SPEC) if preset.shipped]
    assert {"50-50", "45-55", "front-only", "rear-only", "wet-map-4"} <= {p.name for p in shipped}
    for preset in shipped:
        assert preset.setup is not None, preset.error
        assert preset.about


def test_nissans_own_hold_their_split_and_45_55_is_what_was_driven():
    for name in ("50-50", "45-55", "front-only", "rear-only", "wet-map-4"):
        assert garage.load_setup(name, SPEC).split_law == "limit"
    assert garage.load_setup("45-55", SPEC).front_torque_share == approx(100.0 / 220.0, abs=5e-5)


def test_a_setup_is_found_by_name_by_path_and_by_code(folder):
    garage.save("mine", MINE, SPEC)
    for text in ("mine", " MINE ", str(folder / "mine.toml"), code_of(MINE, SPEC.id)):
        assert garage.load_setup(text, SPEC) == MINE


def test_a_name_that_nobody_has_is_told_with_those_there_are():
    with raises(InputError, match=r"setup 'nobody'.*45-55"):
        garage.load_setup("nobody", SPEC)


def test_nothing_is_overwritten_unasked_and_what_is_replaced_can_be_brought_back():
    garage.save("mine", MINE, SPEC)
    with raises(InputError, match="already exists"):
        garage.save("Mine", OTHER, SPEC)
    assert own() == {"mine": MINE}
    garage.save("mine", OTHER, SPEC, replace=True)
    assert own() == {"mine": OTHER}
    assert garage.restore() == "mine 2"
    assert own() == {"mine": OTHER, "mine 2": MINE}


@pytest.mark.parametrize(
    "change",
    [
        lambda: garage.save("45-55", MINE, SPEC, replace=True),
        lambda: garage.rename("45-55", "mine"),
        lambda: garage.delete("45-55"),
    ],
    ids=["save", "rename", "delete"],
)
def test_what_ships_stays(change):
    before = garage.preset_named("45-55", SPEC).setup
    with raises(InputError, match="ships with leaf-rc"):
        change()
    assert garage.preset_named("45-55", SPEC).setup == before


def test_the_last_one_deleted_comes_back_first():
    garage.save("a first name", MINE, SPEC)
    garage.save("b second name", OTHER, SPEC)
    garage.delete("b second name")
    garage.delete("a first name")
    assert own() == {}
    assert [garage.restore() for _ in range(2)] == ["a first name", "b second name"]
    assert own() == {"a first name": MINE, "b second name": OTHER}
    with raises(InputError, match="nothing to bring back"):
        garage.restore()


def test_what_an_older_version_deleted_can_still_be_restored(folder):
    garage.save("mine", MINE, SPEC)
    garage.delete("mine")
    (folder / ".trash").rename(folder / ".bin")
    garage.save("later", OTHER, SPEC)
    garage.delete("later")
    assert [garage.restore() for _ in range(2)] == ["later", "mine"]
    assert own() == {"mine": MINE, "later": OTHER}
    assert not (folder / ".bin").exists()


def test_a_copy_and_a_new_name_hold_the_same_setup():
    garage.duplicate("45-55", "mine", SPEC)
    garage.rename("mine", "Mine, but better".replace(",", ""))
    assert own() == {"Mine but better": garage.preset_named("45-55", SPEC).setup}
    with raises(InputError, match="already exists"):
        garage.duplicate("50-50", "mine but BETTER", SPEC)


@pytest.mark.parametrize(
    "name", ["", "  ", "a/b", "..", ".hidden", "a\\b", "con", "x" * 41, "RC1-AB", "end.", "a\nb"]
)
def test_a_name_that_cannot_name_a_file_anywhere_is_refused_in_one_line(name):
    with raises(InputError) as refused:
        garage.save(name, MINE, SPEC)
    assert "setup name" in str(refused.value)
    assert own() == {}


def test_a_broken_file_is_listed_with_its_error_and_left_alone(folder):
    folder.mkdir()
    (folder / "broken.toml").write_text("wing = 7")
    broken = garage.preset_named("broken", SPEC)
    assert broken.setup is None
    assert "wing" in broken.error
    with raises(InputError, match="wing"):
        garage.load_setup("broken", SPEC)
    assert (folder / "broken.toml").read_text() == "wing = 7"


def test_a_full_disk_leaves_the_old_setup_whole(monkeypatch):
    garage.save("mine", MINE, SPEC)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        with raises(InputError, match="no space left"):
            garage.save("mine", OTHER, SPEC, replace=True)
    assert own() == {"mine": MINE}


def test_a_setup_comes_in_from_a_file_under_its_name(tmp_path):
    (tmp_path / "fast one.toml").write_text(
        'about = "quick"\nfront_torque_share = 0.42\nwing = 0.5'
    )
    garage.save_from_file(tmp_path / "fast one.toml", SPEC)
    unnamed = default_setup(SPEC).tyre_state
    assert own() == {"fast one": msgspec.structs.replace(MINE, tyre_state=unnamed)}
    assert garage.preset_named("fast one", SPEC).about == "quick"
