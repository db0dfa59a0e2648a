"""Setups are kept, shared and brought back in the window; what goes wrong is said in a line."""

import os

import msgspec
import pygame
import pytest
from hatchback import make_hatchback
from ui_drivers import DEVICES, Keys, Mouse, Pad

from game.app.input.commands import Command
from game.app.setup.model import exchange
from game.app.setup.model.typed_line import TypedLine
from game.errors import InputError
from game.setups import presets
from game.setups.setup_file import read_setup, write_setup
from game.setups.share_code import code_of
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow

SPEC = load_car()

MINE = msgspec.structs.replace(default_setup(SPEC), front_torque_share=0.44, wing=0.5)


@pytest.fixture(autouse=True)
def downloads(monkeypatch, tmp_path):
    """Return where files are looked for; nothing is there."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    monkeypatch.setattr("game.app.setup.model.exchange.player_folder", lambda: tmp_path)
    monkeypatch.setattr("platformdirs.user_downloads_dir", lambda: str(folder))
    return folder


@pytest.fixture
def scene(game):
    scene = game.show(game.routes.setup(game.routes.title()))
    while scene.tab.name != "Presets":
        scene.handle(Command.NEXT_TAB)
    scene.garage.workbench.load(MINE)
    game.frames(2)  # its rows, then what stands beside them
    return scene


@pytest.fixture
def notices(game):
    said = []
    game.context.notice.show = said.append
    return said


@pytest.fixture
def clipboard(monkeypatch):
    """Return what is in it, in a list of one."""
    held = [""]
    monkeypatch.setattr("game.app.setup.model.clipboard.pasted", lambda: held[0])

    def copy(text):
        held[0] = text
        return True

    monkeypatch.setattr("game.app.setup.model.clipboard.copy", copy)
    return held


def own_names():
    return [each.name for each in presets.presets(SPEC) if not each.shipped]


def do(scene, name, what):
    """Choose what a preset's row does, and follow it."""
    page = scene.tab.page
    while page.row.label != name:
        scene.handle(Command.DOWN)
    for _ in range(9):
        if page.row._does.get() == what:
            break
        scene.handle(Command.RIGHT)
    scene.handle(Command.CONFIRM)


def test_a_setup_is_saved_under_a_name_that_is_typed(game, scene):
    keys = Keys(game)
    keys.choose("Save as ...")
    assert scene.captures
    keys.type("my x")
    keys.press(pygame.K_BACKSPACE)
    keys.type("1")
    keys.press(pygame.K_RETURN)
    assert own_names() == ["my 1"]
    assert presets.preset_named("my 1", SPEC).setup == MINE
    assert not scene.captures
    assert any(row.label == "my 1" for row in scene.tab.page.rows)


@pytest.fixture
def pad(game, scene):  # noqa: ARG001
    """A controller, and the folders in which files are looked for."""
    game.context.inputs.last_device = "pad"
    return Pad(game)


def test_by_a_controller_the_offered_name_is_kept_as_it_is(pad):
    for _ in range(2):
        pad.choose("Save as ...")
        pad.press("confirm")
    assert own_names() == ["44-56 and 1 more", "44-56 and 1 more 2"]


def test_by_a_controller_a_name_is_turned_letter_by_letter(game, pad):
    presets.save("ma", MINE, SPEC)
    game.scene.tab.enter()
    while game.scene.tab.page.row.label != "ma":
        pad.press("menu_down")
    while game.scene.tab.page.row._does.get() != "rename":
        pad.press("menu_right")
    pad.press("confirm")
    for action in ("menu_left", "menu_right", "menu_up", "menu_up", "menu_right", "menu_down"):
        pad.press(action)
    assert own_names() == ["ma"]
    pad.press("confirm")
    assert own_names() == ["mcZ"]
    assert presets.load_setup("mcZ", SPEC) == MINE


def test_by_a_controller_nothing_is_kept_when_typing_is_left(game, pad):
    pad.choose("Save as ...")
    pad.press("menu_up")
    pad.press("back")
    assert own_names() == []
    assert not game.scene.captures


@pytest.mark.parametrize("device_name", ["keys", "pad"])
def test_a_setup_is_exported_and_imported_without_a_mouse(game, scene, clipboard, device_name):
    game.context.inputs.last_device = "pad" if device_name == "pad" else "keyboard"
    device = DEVICES[device_name](game)
    device.choose("Export to a file")
    written = list(exchange.exchange_folder().glob("*.toml"))
    assert clipboard == [str(written[0])]
    assert read_setup(written[0], SPEC).setup == MINE
    scene.garage.workbench.load(Setup())
    scene.tab.enter()
    device.choose("Import a file")
    assert scene.garage.workbench.setup == MINE
    assert own_names() == [written[0].stem]
    assert any(row.label == written[0].stem for row in scene.tab.page.rows)


def test_an_export_never_replaces_another(scene):
    rows = {row.label: row for row in scene.tab.page.rows}
    for _ in range(3):
        rows["Export to a file"].confirm()
    assert len(list(exchange.exchange_folder().glob("*.toml"))) == 3


def test_the_latest_of_the_files_found_is_offered_first(scene, downloads):
    (downloads / "nowhere.toml").symlink_to(downloads / "deleted.toml")
    for name, at_s in (("old", 1e9), ("new", 2e9)):
        write_setup(downloads / f"{name}.toml", Setup(), SPEC.id, "")
        os.utime(downloads / f"{name}.toml", (at_s, at_s))
    scene.tab.enter()
    row = next(row for row in scene.tab.page.rows if row.label == "Import a file")
    assert row.file.stem == "new"
    row.change(1)
    assert row.file.stem == "old"


def test_without_files_the_row_says_where_they_are_looked_for(scene, notices):
    next(row for row in scene.tab.page.rows if row.label == "Import a file").confirm()
    assert len(notices) == 1
    assert str(exchange.exchange_folder()) in notices[0]


def test_a_file_dropped_onto_the_window_is_kept_and_loaded(game, scene, tmp_path):
    path = tmp_path / "a?b.toml"
    write_setup(path, Setup(power_map=3), SPEC.id, "")
    pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(path)))
    game.frames(2)
    assert scene.garage.workbench.setup == Setup(power_map=3)
    assert own_names() == ["imported"]
    assert any(row.label == "imported" for row in scene.tab.page.rows)


DEEP = ("[" * 5_000, "a." * 5_000 + "a = 1", "power_map = " + "9" * 5_000)


@pytest.mark.parametrize(
    "content", ["front_torque_share = 7", "format = 99", "not toml", None, *DEEP], ids=range(7)
)
def test_a_dropped_file_that_is_no_setup_is_one_line(game, scene, notices, tmp_path, content):
    path = tmp_path / ("x.toml" if content else "x.png")
    path.write_text(content or "")
    pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(path)))
    game.frames(1)
    assert scene.garage.workbench.setup == MINE
    assert own_names() == []
    assert len(notices) == 1
    assert str(path) in notices[0]


def test_a_code_is_typed(game, scene):
    keys = Keys(game)
    scene.garage.workbench.load(Setup())
    keys.choose("Type a code or a path")
    for letter in code_of(MINE, SPEC.id).lower():
        keys.type(letter)
    keys.press(pygame.K_RETURN)
    assert scene.garage.workbench.setup == MINE


def test_escape_leaves_everything_as_it_is_while_a_name_is_typed(game, scene):
    keys = Keys(game)
    keys.choose("Save as ...")
    keys.type("a")
    keys.press(pygame.K_ESCAPE)
    assert own_names() == []
    assert game.scene is scene
    assert not scene.captures


def test_a_click_ends_typing_too(game, scene):
    Keys(game).choose("Save as ...")
    Mouse(game).event(pygame.MOUSEBUTTONDOWN, (5, 5), button=pygame.BUTTON_LEFT)
    assert not scene.captures
    assert not game.context.inputs.listening


def test_a_shipped_preset_is_loaded_and_that_is_undone(scene):
    do(scene, "45-55", "load")
    assert scene.garage.workbench.setup == presets.load_setup("45-55", SPEC)
    scene.handle(Command.UNDO)
    assert scene.garage.workbench.setup == MINE


def test_a_preset_of_ones_own_is_duplicated_replaced_deleted_and_brought_back(scene):
    presets.save("mine", Setup(power_map=3), SPEC)
    scene.tab.enter()
    do(scene, "mine", "duplicate")
    assert own_names() == ["mine", "mine 2"]
    do(scene, "mine 2", "replace")
    assert presets.load_setup("mine 2", SPEC) == MINE
    do(scene, "mine", "delete")
    assert own_names() == ["mine 2"]
    row = next(row for row in scene.tab.page.rows if row.label.startswith("Restore"))
    row.confirm()
    assert presets.load_setup("mine", SPEC) == Setup(power_map=3)


def test_a_preset_is_renamed(game, scene):
    presets.save("mine", MINE, SPEC)
    scene.tab.enter()
    do(scene, "mine", "rename")
    Keys(game).type("b")
    Keys(game).press(pygame.K_RETURN)
    assert own_names() == ["b"]


def test_a_name_that_is_refused_can_be_mended(game, scene, notices):
    presets.save("mine", MINE, SPEC)
    keys = Keys(game)
    keys.choose("Save as ...")
    keys.type("mine")
    keys.press(pygame.K_RETURN)
    assert "already exists" in notices[-1]
    assert scene.captures
    keys.type("2")
    keys.press(pygame.K_RETURN)
    assert own_names() == ["mine", "mine2"]
    assert not scene.captures


def test_undo_brings_back_what_was_deleted_and_then_the_setup_before(scene):
    presets.save("mine", Setup(wing=0.25), SPEC)
    scene.tab.enter()
    do(scene, "45-55", "load")
    do(scene, "mine", "delete")
    assert own_names() == []
    scene.handle(Command.UNDO)
    assert own_names() == ["mine"]
    scene.handle(Command.UNDO)
    assert scene.garage.workbench.setup == MINE


@pytest.mark.usefixtures("scene")
def test_a_name_that_cannot_be_one_is_refused_in_one_line(game, notices):
    keys = Keys(game)
    keys.choose("Save as ...")
    keys.type(".")
    keys.press(pygame.K_RETURN)
    assert own_names() == []
    assert len(notices) == 1
    assert "setup name '.'" in notices[0]


def test_a_code_is_copied_and_pasted(scene, clipboard):
    rows = {row.label: row for row in scene.tab.page.rows}
    rows["Copy its code"].confirm()
    assert clipboard == [code_of(MINE, SPEC.id)]
    scene.garage.workbench.load(Setup())
    rows["Paste a code or a path"].confirm()
    assert scene.garage.workbench.setup == MINE


def test_a_preset_is_exported_and_loaded_by_the_path_that_is_copied(scene, clipboard):
    presets.save("mine", Setup(abs=0), SPEC)
    scene.tab.enter()
    do(scene, "mine", "export")
    assert clipboard[0].endswith("mine.toml")
    next(row for row in scene.tab.page.rows if row.label.startswith("Paste")).confirm()
    assert scene.garage.workbench.setup == Setup(abs=0)
    assert own_names() == ["mine", "mine 2"]


@pytest.mark.parametrize(
    "text", ["", "RC1-ABCD", "RC9-ABCD-EFGH", "hello", "/nowhere/setup.toml", "RC1-" + "Z" * 9000]
)
def test_what_is_pasted_and_is_no_setup_changes_nothing(scene, clipboard, notices, text):
    clipboard[0] = text
    next(row for row in scene.tab.page.rows if row.label.startswith("Paste")).confirm()
    assert scene.garage.workbench.setup == MINE
    assert len(notices) == 1
    assert "\n" not in notices[0]


def test_without_a_clipboard_the_code_is_shown(scene, notices, monkeypatch):
    def refuse(_):
        raise pygame.error("no clipboard")

    monkeypatch.setattr("pygame.scrap.put_text", refuse)
    next(row for row in scene.tab.page.rows if row.label == "Copy its code").confirm()
    assert notices == [code_of(MINE, SPEC.id)]


def test_a_full_disk_is_one_line_and_the_setup_stays(scene, notices, monkeypatch):
    def full(path, *_):
        raise InputError(f"{path}: cannot be written (no space left on device)")

    monkeypatch.setattr("game.setups.presets.write_setup", full)
    scene.context.inputs.last_device = "pad"
    next(row for row in scene.tab.page.rows if row.label.startswith("Save")).confirm()
    scene.handle(Command.CONFIRM)
    assert own_names() == []
    assert len(notices) == 1
    assert "no space left" in notices[0]
    assert scene.garage.workbench.setup == MINE


def test_a_broken_preset_is_listed_with_what_is_wrong(scene, monkeypatch):
    presets.own_folder().mkdir(parents=True)
    (presets.own_folder() / "odd.toml").write_text("front_torque_share = 7\n")
    scene.tab.enter()
    while scene.tab.page.row.label != "odd":
        scene.handle(Command.DOWN)
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    scene.draw(pygame.display.get_surface())
    assert "front_torque_share" in " ".join(written)
    scene.handle(Command.CONFIRM)
    assert scene.garage.workbench.setup == MINE


def test_presets_are_compared_with_the_setup(scene):
    while scene.tab.name != "Compare":
        scene.handle(Command.NEXT_TAB)
    scene.update(0.0)
    page = scene.tab.page
    while page.row.label != "B":
        scene.handle(Command.DOWN)
    scene.handle(Command.RIGHT)
    scene.update(0.0)
    assert scene.garage.workbench.what_if.requested("measure") == [
        MINE,
        presets.load_setup("45-55", SPEC),
    ]


def test_the_first_key_replaces_the_name_that_is_offered_and_backspace_mends_it():
    replaced, mended = TypedLine("abc"), TypedLine("abc")
    replaced.insert("X")
    mended.erase()
    mended.insert("x")
    assert (replaced.text, mended.text) == ("X", "abx")


def test_an_accent_joins_its_letter_and_goes_with_it():
    line = TypedLine("")
    line.insert("Jose\N{COMBINING ACUTE ACCENT}")
    assert line.text == "Jos\N{LATIN SMALL LETTER E WITH ACUTE}"
    line.erase()
    assert line.text == "Jos"


@pytest.mark.parametrize("name", ["Zürich", "Мой", "東京 2", "señor"])
def test_a_name_of_any_script_is_typed_and_kept(game, scene, name):
    keys = Keys(game)
    keys.choose("Save as ...")
    keys.type(name)
    keys.press(pygame.K_RETURN)
    assert own_names() == [name]
    assert not scene.captures


def test_while_an_input_method_composes_enter_and_escape_are_its_own(game, scene):
    keys = Keys(game)
    keys.choose("Save as ...")
    pygame.event.post(pygame.Event(pygame.TEXTEDITING, text="とう", start=0, length=2))
    keys.press(pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_BACKSPACE)
    assert scene.captures
    assert "とう" in scene.tab.typed
    keys.type("東")
    assert scene.tab.typed.startswith("東")
    keys.press(pygame.K_RETURN)
    assert own_names() == ["東"]


def test_letters_that_are_keys_elsewhere_are_only_letters_while_typing(game, scene):
    keys = Keys(game)
    muted = game.context.settings.sound.muted
    keys.choose("Save as ...")
    keys.press(pygame.K_m, pygame.K_F11, pygame.K_DOWN, pygame.K_r)
    assert scene.captures
    assert game.scene is scene
    assert game.context.settings.sound.muted is muted


def test_letters_can_be_typed_and_turned_in_one_name(game, scene):
    keys = Keys(game)
    keys.choose("Save as ...")
    keys.type("ab")
    scene.handle(Command.UP)
    scene.handle(Command.CONFIRM)
    assert own_names() == ["ac"]


@pytest.mark.parametrize("way", ["drop", "paste a path", "paste a code", "a name"])
def test_a_setup_for_another_car_is_refused_in_a_line(
    game, scene, notices, clipboard, tmp_path, way
):
    hatchback = make_hatchback()
    theirs = default_setup(hatchback)
    path = tmp_path / "town.toml"
    write_setup(path, theirs, hatchback.id)
    if way == "drop":
        pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(path)))
        game.frames(2)
    elif way == "a name":
        presets.save("town", theirs, hatchback)
        game.frames(1)
        assert not any(row.label == "town" for row in scene.tab.page.rows)
        path = presets.own_folder() / "town.toml"
        clipboard[0] = "town"
    else:
        clipboard[0] = str(path) if way == "paste a path" else code_of(theirs, hatchback.id)
    if way != "drop":
        next(row for row in scene.tab.page.rows if row.label.startswith("Paste")).confirm()
    (line,) = notices
    assert line.endswith(f"is a setup for the car hatchback, not for {SPEC.id}")
    assert way == "paste a code" or line.startswith(str(path))
    assert scene.garage.workbench.setup == MINE
    assert own_names() == []
