"""The presets of the instruments: clean, the engineer's, the player's own, none."""

import msgspec
import pytest

from game.app.hud.hud import Hud
from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.layout import lay_out
from game.app.hud.presets import (
    arrangement,
    next_preset,
    preset_of,
    preset_options,
    rearranged,
    with_preset,
)
from game.app.hud.settings import HudSettings, Placements

SIZES = [(1280, 720), (1920, 1080), (2560, 1080), (800, 600)]


@pytest.fixture
def own():
    return msgspec.structs.replace(Placements(), speed=Placements().delta)


def test_a_new_player_drives_with_the_clean_instruments():
    assert preset_of(HudSettings()) == "clean"
    shown = {name for name in INSTRUMENTS if arrangement(HudSettings()).of(name).shown}
    assert {"speed", "lap_times", "delta", "minimap", "power"} <= shown
    assert shown.isdisjoint({"split_bar", "battery", "pedals", "gg_circle", "wheels", "corner"})


def test_the_engineer_sees_every_instrument():
    settings = HudSettings(preset="engineer")
    assert all(arrangement(settings).of(name).shown for name in INSTRUMENTS)


def test_an_arrangement_of_a_version_before_is_the_players_own(own):
    kept = msgspec.toml.decode(msgspec.toml.encode(HudSettings(places=own)), type=HudSettings)
    assert preset_of(kept) == "own"
    assert arrangement(kept) == own


def test_instruments_that_a_version_before_had_hidden_stay_hidden():
    old = msgspec.toml.decode(b"shown = false", type=HudSettings)
    assert preset_of(old) == "none"


def test_the_key_goes_through_all_presets_and_back():
    settings, seen = HudSettings(), []
    for _ in range(3):
        settings = with_preset(settings, next_preset(settings))
        seen.append(preset_of(settings))
    assert seen == ["engineer", "none", "clean"]


def test_an_arrangement_of_ones_own_is_among_them_and_never_lost(own):
    settings, seen = rearranged(HudSettings(), own), []
    for _ in range(4):
        settings = with_preset(settings, next_preset(settings))
        seen.append(preset_of(settings))
        assert settings.places == own
    assert seen == ["none", "clean", "engineer", "own"]


def test_an_arrangement_that_is_the_engineers_is_not_called_ones_own():
    assert preset_of(rearranged(HudSettings(), Placements())) == "engineer"
    assert "own" not in preset_options(HudSettings())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("text_scale", "aside"), [(1.0, 0.33), (1.5, 0.42)])
def test_clean_instruments_lie_at_the_sides_of_the_window(size, text_scale, aside):
    boxes = Hud().layout_at(size, HudSettings(text_scale=text_scale))
    left, right = aside * size[0], (1.0 - aside) * size[0]
    between = {name for name, box in boxes.items() if box.right > left and box.left < right}
    assert between <= {"verdict"}  # which is there only while the lap is being lost


def test_clean_instruments_all_have_room():
    assert lay_out((1280, 720), HudSettings()).without_room == ()
