"""Settings come back from their file as they were; a file that is of no use is not lost."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.context.settings import (
    Settings,
    SettingsFile,
    bounds,
    part,
    with_part,
)
from game.app.hud.presets import arrangement, preset_of
from game.app.input.bindings import ACTIONS, PAD_SLOT, rebound
from game.app.input.settings import PadProfile
from game.errors import InputError

NUMBERS = [
    ("hud", "text_scale"),
    ("hud", "opacity"),
    ("camera", "distance"),
    ("camera", "shake"),
    ("sound", "master"),
    ("sound", "tyres"),
    ("controls", "filter", "slow_rise_s"),
    ("controls", "filter", "grip"),
    ("controls", "pad", "curve", "dead_zone"),
    ("controls", "pad", "curve", "exponent"),
    ("controls", "wheel", "lock_deg"),
]
SWITCHES = [("camera", "reduced_motion"), ("hud", "shown"), ("sound", "muted")]
NAMES = st.text(min_size=1, max_size=12)


@st.composite
def any_settings(draw):
    settings = Settings()
    for names in NUMBERS:
        settings = with_part(settings, draw(st.floats(*bounds(*names))), *names)
    for names in SWITCHES:
        settings = with_part(settings, draw(st.booleans()), *names)
    action, slot = draw(st.sampled_from(ACTIONS)), draw(st.integers(0, PAD_SLOT))
    bindings = rebound(settings.controls.bindings, action, slot, draw(NAMES))
    settings = with_part(settings, bindings, "controls", "bindings")
    profiles = {name: PadProfile(name=name) for name in draw(st.lists(NAMES, max_size=2))}
    return with_part(settings, profiles, "controls", "pads")


@given(settings=any_settings())
def test_what_is_saved_is_read_back_equal(settings, tmp_path_factory):
    path = tmp_path_factory.mktemp("player") / "settings.toml"
    SettingsFile(path).keep(settings)
    assert SettingsFile(path).settings == settings


def test_without_a_file_there_are_the_defaults_and_none_is_written(tmp_path):
    kept = SettingsFile(tmp_path / "settings.toml")
    assert kept.settings == Settings()
    assert kept.warning == ""
    kept.keep(Settings())
    assert list(tmp_path.iterdir()) == []


def test_a_change_is_there_the_next_time(tmp_path):
    path = tmp_path / "player" / "settings.toml"
    loud = with_part(Settings(), 0.25, "sound", "master")
    SettingsFile(path).keep(loud)
    assert SettingsFile(path).settings == loud


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("[hud]\ntext_scale = 7.0\n", "hud.text_scale"),
        ("[camera]\nmode = 'sideways'\n", "camera.mode"),
        ("[sound]\nbass = 0.5\n", "bass"),
        ("[sound]\nmaster = nan\n", "sound.master"),
        ("[sound\n", "not valid TOML"),
        ("[controls.bindings.restart]\nkeys = ['r', 's', 't']\n", "controls.bindings.restart"),
    ],
)
def test_a_file_that_is_of_no_use_is_named_with_its_key_and_put_aside(content, key, tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text(content)
    kept = SettingsFile(path)
    assert kept.settings == Settings()
    assert str(path) in kept.warning
    assert key in kept.warning
    assert "\n" not in kept.warning
    assert path.read_text() == content
    kept.keep(with_part(Settings(), True, "sound", "muted"))
    assert path.with_name("settings.toml.broken").read_text() == content
    assert SettingsFile(path).settings.sound.muted


def test_a_second_file_of_no_use_does_not_replace_the_first(tmp_path):
    path = tmp_path / "settings.toml"
    for number in (1, 2):
        path.write_text(f"number = {number}\n")
        kept = SettingsFile(path)
        kept.keep(with_part(Settings(), number / 10, "sound", "master"))
    assert path.with_name("settings.toml.broken").read_text() == "number = 1\n"
    assert path.with_name("settings.toml.broken2").read_text() == "number = 2\n"


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "player").write_text("a file where the folder should be")
    kept = SettingsFile(tmp_path / "player" / "settings.toml")
    with pytest.raises(InputError) as error:
        kept.keep(with_part(Settings(), True, "sound", "muted"))
    assert "\n" not in str(error.value)


def test_only_what_is_named_changes():
    changed = with_part(Settings(), 0.1, "controls", "filter", "return_s")
    assert part(changed, "controls", "filter", "return_s") == 0.1
    assert with_part(changed, 0.12, "controls", "filter", "return_s") == Settings()


@pytest.mark.parametrize("names", NUMBERS, ids="-".join)
def test_bounds_are_those_the_file_is_checked_by(names):
    low, high = bounds(*names)
    for value, fits in ((low, True), (high, True), (high + 1.0, False), (low - 1.0, False)):
        builtins = msgspec.to_builtins(with_part(Settings(), value, *names))
        if fits:
            msgspec.convert(builtins, Settings)
        else:
            with pytest.raises(msgspec.ValidationError):
                msgspec.convert(builtins, Settings)


def test_a_file_of_a_version_before_is_taken_over_with_all_that_the_player_chose(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text(
        "[hud]\n"
        "shown = true\n"
        "text_scale = 1.4\n"
        "[hud.places.delta]\n"
        'anchor = "top"\n'
        "y = 40.0\n"
        "[controls.filter]\n"
        "grip = 0.9\n"
    )
    kept = SettingsFile(path)
    assert kept.warning == ""
    assert kept.settings.language == "system"
    assert preset_of(kept.settings.hud) == "own"
    assert arrangement(kept.settings.hud).delta.anchor == "top"
    assert kept.settings.controls.filter.grip == 0.9
    kept.keep(with_part(kept.settings, "es", "language"))
    again = SettingsFile(path).settings
    assert (again.language, again.hud.text_scale) == ("es", 1.4)
    assert preset_of(again.hud) == "own"
