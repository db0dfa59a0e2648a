"""Whatever is changed in the settings is at work at once, and kept."""

import re

import msgspec
import numpy as np
import pygame
import pytest
from settings_tabs import TABS
from ui_drivers import Keys

from game.app.context.settings import Settings, SettingsFile, part, with_part
from game.app.input.bindings import PAD_SLOT
from game.app.input.commands import Command
from game.app.input.inputs import DeviceInfo
from game.app.scenes.settings_pages.bindings_page import BindingRow
from game.app.scenes.settings_pages.sound_page import SAMPLES
from game.app.scenes.title import TitleScene
from game.app.ui.controls import Choice, Slider, Toggle
from game.trig import wrap_angle

pytestmark = pytest.mark.slow

PAGES = [TABS[0], "Advanced", *TABS[1:]]  # the advanced one lies behind a row of the first
NOT_KEPT = {"Speed of the plot", "Device"}  # rows that change what the page shows


@pytest.fixture
def scene(game):
    return game.show(game.routes.settings(game.routes.title()))


def turn_to(scene, name):
    """The page of a name; the advanced one lies behind a row of the first."""
    page = "Driving" if name == "Advanced" else name
    while scene.tab.name != page:
        scene.handle(Command.NEXT_TAB)
    if name == "Advanced":
        choose(scene.tab, "Advanced")
        scene.handle(Command.CONFIRM)
    return scene.tab


def choose(tab, label):
    tab.page.chosen = next(i for i, row in enumerate(tab.page.rows) if row.label == label)
    return tab.page.row


def leaves(settings):
    """All values by their place; words as numbers, so that all can be compared."""
    found = {}

    def walk(value, place):
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, (*place, key))
        else:
            found[place] = value if isinstance(value, (int, float)) else hash(str(value))

    walk(msgspec.to_builtins(settings), ())
    return found


def test_a_key_that_works_whatever_is_bound_stands_in_the_first_free_cell(scene):
    page = turn_to(scene, "Bindings")
    shown = {
        row.action: [page.fixed_in(row.action, column) for column in range(3)]
        for row in page.page.rows
        if isinstance(row, BindingRow)
    }
    assert shown["pause"] == ["escape", "", ""]
    assert shown["menu_up"] == ["", "up", ""]
    assert shown["restart"] == ["", "", ""]


def test_every_value_a_player_may_want_to_set_has_a_control(game, scene):
    changed = set()
    for name in PAGES:
        tab = turn_to(scene, name)
        for index, row in enumerate(tab.page.rows):
            if not isinstance(row, (Slider, Choice, Toggle)):
                continue
            tab.page.chosen = index
            for command in (Command.LEFT, Command.RIGHT):
                before = leaves(game.context.settings)
                scene.handle(command)
                after = leaves(game.context.settings)
                changed |= {place for place, value in after.items() if value != before[place]}
    elsewhere = {("hud", "places"), ("controls", "bindings"), ("controls", "wheel")}
    elsewhere |= {("controls", "by_place"), ("drive", "keys_taught")}  # what the game notes
    elsewhere |= {("hud", "shown")}  # the last of the presets
    elsewhere |= {("circuit",), ("drive", "weather")}  # another scene
    elsewhere |= {place for place in leaves(Settings()) if place[0] in ("race", "two_players")}
    wanted = {
        place for place in leaves(Settings()) if place[:2] not in elsewhere and place[-1] != "name"
    }
    assert wanted - changed == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_control_changes_the_settings_or_the_setup_and_back(game, scene, name):
    game.context.apply(with_part(game.context.settings, "clean", "hud", "preset"))
    tab = turn_to(scene, name)

    def state():
        return {**leaves(game.context.settings), **leaves(game.garage.workbench.setup)}

    for index, row in enumerate(tab.page.rows):
        if not isinstance(row, (Slider, Choice, Toggle)) or row.label in NOT_KEPT:
            continue
        tab.page.chosen = index
        before = state()
        there, back = (Command.LEFT, Command.RIGHT)
        scene.handle(there)
        if state() == before:
            there, back = back, there
            scene.handle(there)
        assert state() != before, row.label
        scene.handle(back)
        assert state() == pytest.approx(before, rel=1e-9), row.label


@pytest.mark.parametrize(
    "name", ["Advanced", "Controller", "Bindings", "Camera", "Sound", "Screen"]
)
def test_the_defaults_come_back(game, scene, name):
    changed = Settings()
    for value, *names in (
        (0.5, "controls", "filter", "return_s"),
        (0.3, "controls", "pad", "curve", "dead_zone"),
        (1.5, "camera", "distance"),
        (0.1, "sound", "master"),
        (144, "display", "frame_rate_hz"),
    ):
        changed = with_part(changed, value, *names)
    tab = turn_to(scene, name)
    game.context.apply(changed)
    if name == "Bindings":
        tab.page.chosen = 1
        scene.handle(Command.DEFAULT)
    before = game.context.settings
    choose(tab, "Reset to the defaults")
    scene.handle(Command.CONFIRM)
    after, fresh = game.context.settings, Settings()
    place = {
        "Advanced": lambda s: s.controls.filter,
        "Controller": lambda s: s.controls.pad,
        "Bindings": lambda s: s.controls.bindings,
        "Camera": lambda s: s.camera,
        "Sound": lambda s: s.sound,
        "Screen": lambda s: s.display,
    }[name]
    assert place(before) != place(fresh)
    assert place(after) == place(fresh)


def test_changes_are_there_after_a_new_start(new_routes, tmp_path):
    path = tmp_path / "settings.toml"
    for expected in (0.8, 0.75):
        kept = SettingsFile(path)
        routes = new_routes(kept.settings, kept)
        assert routes.context.settings.sound.master == expected
        scene = routes.settings(routes.title())
        choose(turn_to(scene, "Sound"), "Master")
        scene.handle(Command.LEFT)


def test_a_settings_file_that_cannot_be_written_is_told_and_the_game_goes_on(new_routes, tmp_path):
    (tmp_path / "player").write_text("no folder")
    kept = SettingsFile(tmp_path / "player" / "settings.toml")
    routes = new_routes(kept.settings, kept)
    notices = []
    routes.context.notice.show = notices.append
    routes.context.apply(with_part(routes.context.settings, True, "sound", "muted"))
    assert routes.context.settings.sound.muted
    assert len(notices) == 1
    assert "settings.toml" in notices[0]


def test_a_key_is_rebound_by_pressing_it(game, scene):
    tab = turn_to(scene, "Bindings")
    game.frames(1)
    choose(tab, "Restart")
    keys = Keys(game)
    keys.press(pygame.K_RETURN, pygame.K_F5)
    assert game.context.settings.controls.bindings.restart.keys == ("f5",)
    assert game.context.inputs.handle(pygame.Event(pygame.KEYDOWN, key=pygame.K_F5)) == (
        Command.RESTART,
    )
    assert game.scene is scene


def test_escape_leaves_a_binding_as_it_is_and_the_settings_open(game, scene):
    choose(turn_to(scene, "Bindings"), "Restart")
    game.frames(1)
    keys = Keys(game)
    keys.press(pygame.K_RETURN, pygame.K_ESCAPE)
    assert game.context.settings.controls == Settings().controls
    assert game.scene is scene
    keys.press(pygame.K_ESCAPE)
    assert isinstance(game.scene, TitleScene)


def test_a_click_calls_off_the_wait_for_a_key(game, scene):
    tab = turn_to(scene, "Bindings")
    choose(tab, "Restart")
    game.frames(1)
    scene.handle(Command.CONFIRM)
    assert game.context.inputs.listening
    pygame.event.post(
        pygame.Event(pygame.MOUSEBUTTONDOWN, pos=(5, 5), button=pygame.BUTTON_LEFT, touch=False)
    )
    game.frames(1)
    assert not game.context.inputs.listening
    assert not tab.captures


def test_a_key_that_does_several_things_is_shown_with_all(game, scene, monkeypatch):
    tab = turn_to(scene, "Bindings")
    game.frames(1)
    row = choose(tab, "Restart")
    Keys(game).press(pygame.K_RETURN, pygame.K_c)
    assert row.explanation == "C is also: Camera, Undo"
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    game.frames(1)
    assert written.count("! C") == 2  # the row of Undo is not in view


def test_bindings_can_be_emptied(game, scene):
    tab = turn_to(scene, "Bindings")
    choose(tab, "Restart")
    tab.column = PAD_SLOT
    scene.handle(Command.DEFAULT)
    assert game.context.settings.controls.bindings.restart.pad == ""
    assert game.context.settings.controls.bindings.restart.keys == ("r",)


def test_every_action_has_its_row(scene):
    tab = turn_to(scene, "Bindings")
    bound = [row.action for row in tab.page.rows if isinstance(row, BindingRow)]
    assert sorted(bound) == sorted(Settings().controls.bindings.__struct_fields__)


def test_the_plot_answers_to_the_keys_that_steer(game, scene):
    choose(scene.tab, "Try your steering")
    before = game.context.settings
    trial = scene.tab.trial
    game.frames(3)
    assert trial.samples[-1].wanted == 0.0
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_a))
    game.frames(40)
    assert trial.samples[-1].wanted == 1.0
    assert trial.samples[-1].target_rad > 0.01
    assert trial.samples[-1].wheel_rad == pytest.approx(trial.samples[-1].target_rad, abs=0.03)
    assert game.context.settings == before


def test_steering_on_the_plot_moves_neither_row_nor_value(game, scene):
    choose(scene.tab, "Try your steering")
    before = game.context.settings
    for key in (pygame.K_LEFT, pygame.K_RIGHT):
        Keys(game).press(key)
    assert scene.tab.page.row.label == "Try your steering"
    assert game.context.settings == before


def test_text_size_takes_effect_at_once(game, scene):
    choose(turn_to(scene, "Screen"), "Text size")
    game.frames(1)
    before = scene.page.row_box(scene.page.chosen).height
    for _ in range(10):
        scene.handle(Command.RIGHT)
    game.frames(1)
    assert game.context.settings.hud.text_scale == 2.0
    assert scene.page.row_box(scene.page.chosen).height > 1.8 * before


def test_a_slider_follows_the_mouse_as_far_as_it_goes(game, scene):
    tab = turn_to(scene, "Sound")
    index = next(i for i, row in enumerate(tab.page.rows) if row.label == "Master")
    game.frames(2)
    box = tab.page.row_box(index)
    middle = box.top + box.height // 2

    def mouse(kind, x, **more):
        pygame.event.post(pygame.Event(kind, pos=(x, middle), touch=False, **more))
        game.frames(1)

    mouse(pygame.MOUSEBUTTONDOWN, box.right - 150, button=pygame.BUTTON_LEFT)
    for x, expected in ((0, 0.0), (box.right, 1.0)):
        mouse(pygame.MOUSEMOTION, x, buttons=(1, 0, 0), rel=(9, 0))
        assert game.context.settings.sound.master == expected
    mouse(pygame.MOUSEBUTTONUP, box.right, button=pygame.BUTTON_LEFT)
    mouse(pygame.MOUSEMOTION, 0, buttons=(0, 0, 0), rel=(9, 0))
    assert game.context.settings.sound.master == 1.0


@pytest.fixture
def devices(game, monkeypatch):
    """A controller and a wheel that are said to be plugged in."""
    found = [DeviceInfo("pad", "p1", "Red pad"), DeviceInfo("wheel", "w1", "Wheel")]
    monkeypatch.setattr(game.context.inputs, "devices", lambda: found)


@pytest.mark.usefixtures("devices")
def test_a_controller_may_have_settings_of_its_own(game):
    scene = game.show(game.routes.settings(game.routes.title()))
    tab = turn_to(scene, "Controller")
    choose(tab, "Device")
    scene.handle(Command.RIGHT)
    choose(tab, "Dead zone")
    scene.handle(Command.RIGHT)
    controls = game.context.settings.controls
    assert controls.pads["p1"].curve.dead_zone == pytest.approx(0.11)
    assert controls.pad == Settings().controls.pad


@pytest.mark.usefixtures("devices")
@pytest.mark.parametrize(
    ("label", "sort", "captured", "names"),
    [
        ("Throttle", "axis", "axis 4-", ("throttle",)),
        ("Steer left", "axis", "axis 1+", ("left",)),
        ("Restart", "button", "button 7", ("buttons", "restart")),
    ],
)
def test_a_wheels_axes_and_buttons_are_bound_in_its_column(
    game, monkeypatch, label, sort, captured, names
):
    scene = game.show(game.routes.settings(game.routes.title()))
    tab = turn_to(scene, "Bindings")
    choose(tab, label)
    for _ in tab.columns:
        scene.handle(Command.RIGHT)
    asked = []
    monkeypatch.setattr(game.context.inputs, "listen", asked.append)
    scene.handle(Command.CONFIRM)
    assert asked == [sort]
    game.context.inputs._captured = captured
    scene.handle(Command.CAPTURED)
    assert part(game.context.settings.controls.wheel, *names) == captured


@pytest.mark.usefixtures("devices")
def test_what_a_wheel_does_by_itself_cannot_be_bound(game):
    scene = game.show(game.routes.settings(game.routes.title()))
    before = game.context.settings
    tab = turn_to(scene, "Bindings")
    choose(tab, "Steer right")
    for _ in tab.columns:
        scene.handle(Command.RIGHT)
    scene.handle(Command.CONFIRM)
    assert not game.context.inputs.listening
    scene.handle(Command.DEFAULT)
    assert game.context.settings == before


def test_labels_are_words_not_names_from_the_code(scene):
    for name in PAGES:
        for row in turn_to(scene, name).page.rows:
            assert not re.search(r"[a-z][A-Z]|_", row.label), (name, row.label)


def test_the_first_row_is_one_choice_of_help(game, scene):
    tab = turn_to(scene, "Driving")
    assert tab.page.row.label == "Help"
    bench = game.garage.workbench
    steering, setup = game.context.settings.controls.filter, bench.setup
    scene.handle(Command.LEFT)
    assert game.context.settings.controls.filter.grip < steering.grip
    assert bench.setup.abs > setup.abs
    scene.handle(Command.RIGHT)
    assert (game.context.settings.controls.filter, bench.setup) == (steering, setup)
    scene.handle(Command.LEFT)
    scene.handle(Command.BACK)
    assert game.garage.setup == bench.setup


def test_the_numbers_behind_the_help_are_one_page_deeper_and_back_leads_up(game, scene):
    tab = turn_to(scene, "Advanced")
    labels = [row.label for row in tab.page.rows]
    assert {"Traction control", "ABS", "Yaw control", "Raw keys"} <= set(labels)
    assert game.scene.handle(Command.BACK) is scene
    assert tab.page.rows[0].label == "Help"
    assert isinstance(scene.handle(Command.BACK), TitleScene)


def test_a_number_of_ones_own_makes_the_help_custom(game, scene):
    tab = turn_to(scene, "Driving")
    help_row = tab.page.row
    changed = with_part(game.context.settings, 0.8, "controls", "filter", "grip")
    game.context.apply(changed)
    assert help_row.value_text == "custom"
    scene.handle(Command.LEFT)
    assert help_row.value_text == "expert"


@pytest.mark.parametrize(("language", "words"), [("es", "Ajustes"), ("ja", "設定")])
@pytest.mark.usefixtures("scene")
def test_another_language_is_there_at_once(game, monkeypatch, language, words):
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    game.frames(1)
    assert "Settings" in written
    game.context.apply(with_part(game.context.settings, language, "language"))
    written.clear()
    game.frames(1)
    assert words in written
    assert "Settings" not in written


def test_the_instruments_are_seen_in_small_beside_their_settings(game, scene):
    turn_to(scene, "Screen")
    game.frames(1)
    with_instruments = pygame.image.tobytes(pygame.display.get_surface(), "RGB")
    hidden = with_part(game.context.settings, False, "hud", "shown")
    game.context.apply(hidden)
    game.frames(1)
    assert pygame.image.tobytes(pygame.display.get_surface(), "RGB") != with_instruments


def test_beside_the_camera_page_a_car_runs_along_the_circuit_as_it_will_be_seen(game, scene):
    page = turn_to(scene, "Camera")
    ground = game.venue.world_view

    def seen(frames):
        game.frames(frames)
        return ground.views[-1]

    first, later = seen(2), seen(60)
    assert later.width < 640
    gone_m = np.hypot(later.x_m - first.x_m, later.y_m - first.y_m)
    assert 15.0 < gone_m < 80.0
    choose(page, "Distance")
    page.page.row.change(-8)
    assert seen(90).pixels_per_m > 1.3 * later.pixels_per_m
    choose(page, "Direction")
    page.page.row.change(1)
    heading_rad = game.garage.track.centreline.pose(page._trial._s_m).heading_rad
    assert abs(wrap_angle(seen(90).up_rad - heading_rad)) < 0.6


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_volume_that_is_changed_is_heard(game, scene, monkeypatch, name):
    heard = []
    monkeypatch.setattr(game.context.sound, "sample", lambda *what: heard.append(what))
    turn_to(scene, "Sound")
    game.frames(3)
    assert heard == []
    sound = msgspec.structs.replace(game.context.settings.sound, **{name: 0.35})
    game.context.apply(msgspec.structs.replace(game.context.settings, sound=sound))
    game.frames(3)
    assert [what for what, _lasting_s in heard] == [SAMPLES[name]]


def test_muted_no_volume_is_heard_and_then_all_of_them(game, scene, monkeypatch):
    heard = []
    monkeypatch.setattr(game.context.sound, "sample", lambda *what: heard.append(what))
    page = turn_to(scene, "Sound")
    choose(page, "Mute")
    page.page.row.confirm()
    game.frames(1)
    assert heard == []
    page.page.row.confirm()
    game.frames(1)
    assert [what for what, _lasting_s in heard] == [SAMPLES["master"]]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_plot_is_left_out_where_it_would_be_a_line(offscreen, new_routes, monkeypatch, scale):
    surface = offscreen((1280, 720))
    routes = new_routes(with_part(Settings(), scale, "hud", "text_scale"))
    scene = routes.settings(routes.title())
    heights = []
    monkeypatch.setattr(
        scene.tab, "draw_beside", lambda _surface, box, scale: heights.append(box.height / scale.px)
    )
    scene.draw(surface)
    assert len(heights) == (scale == 1.0)
    assert all(height > 6.0 for height in heights)
