"""The setup is changed, undone, painted and driven by keys alone, a controller alone, the mouse."""

import random

import pygame
import pytest
from fake_measurements import answer
from msgspec.structs import replace
from ui_drivers import DEVICES, Keys, Mouse, Pad

from game.app.context.settings import with_part
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.setups.items import items_of
from game.tuning.measurement import Measurement
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow

SPEC = load_car()
ITEMS = items_of(SPEC)
OWN = default_setup(SPEC)

TABS = ["Values", "Compare", "Energy", "Split map", "Presets"]


@pytest.fixture
def scene(game):
    return game.show(game.routes.setup(game.routes.title()))


def turn_to(scene, name):
    while scene.tab.name != name:
        scene.handle(Command.NEXT_TAB)
    for _ in range(2):  # what stands beside the rows comes a frame later
        scene.update(0.0)
    return scene.tab


def choose(scene, label):
    page = scene.tab.page
    for _ in page.rows:
        if page.row.label == label:
            return page.row
        scene.handle(Command.DOWN)
    raise AssertionError(f"no row '{label}'")


@pytest.mark.parametrize("way", ["title", "pause"])
def test_the_setup_is_reached_and_left_and_all_its_pages_turned(game, device, way):
    if way == "pause":
        device.choose("Drive")
        device.pause()
    before = game.scene
    device.choose("Setup")
    seen = []
    for _ in TABS:
        seen.append(game.scene.tab.name)
        device.next_page()
    assert seen == TABS
    device.back()
    assert game.scene is before


@pytest.mark.parametrize("device_name", ["keys", "pad"])
def test_every_row_of_every_page_is_reached_without_a_mouse(game, scene, device_name):
    device = DEVICES[device_name](game)
    down = {"keys": pygame.K_DOWN, "pad": "menu_down"}[device_name]
    for _ in TABS:
        page = scene.tab.page
        chosen = set()
        for _ in page.rows:
            chosen.add(page.chosen)
            device.press(down)
        assert chosen == {i for i, row in enumerate(page.rows) if row.selectable}, scene.tab.name
        device.next_page()


def test_every_value_of_the_setup_has_a_row_that_changes_it_and_the_default_comes_back(scene):
    choose(scene, "Reset all to the defaults")
    scene.handle(Command.CONFIRM)
    for item in ITEMS:
        row = choose(scene, item.label)
        for command in (Command.RIGHT, Command.LEFT, Command.LEFT):
            scene.handle(command)
            if getattr(scene.garage.workbench.setup, item.name) != item.default:
                break
        assert getattr(scene.garage.workbench.setup, item.name) != item.default, item.name
        assert item.text(item.default) in row.explanation
        scene.handle(Command.DEFAULT)
        assert scene.garage.workbench.setup == OWN, item.name


def test_what_was_changed_is_undone_step_by_step_and_all_of_it_at_once(scene):
    choose(scene, "Reset all to the defaults")
    scene.handle(Command.CONFIRM)
    choose(scene, "Drive split")
    for _ in range(5):
        scene.handle(Command.LEFT)
    choose(scene, "Tyres")
    scene.handle(Command.RIGHT)
    bench = scene.garage.workbench
    assert bench.setup == replace(OWN, front_torque_share=0.45, tyre="sport")
    scene.handle(Command.UNDO)
    assert bench.setup == replace(OWN, front_torque_share=0.45)
    choose(scene, "Reset all to the defaults")
    scene.handle(Command.CONFIRM)
    assert bench.setup == OWN
    scene.handle(Command.UNDO)
    assert bench.setup == replace(OWN, front_torque_share=0.45)


def test_the_car_drives_with_the_setup_at_once(game, device):
    device.choose("Setup")
    game.garage.workbench.change("front_torque_share", 0.44)
    device.choose("Drive with this setup")
    assert game.name == "DrivingScene"
    assert game.scene.drive.followed.setup == Setup(front_torque_share=0.44)
    assert game.scene.drive.world.starts[0].setup == game.scene.drive.followed.setup
    before_s = game.scene.drive.time_s
    game.frames(10)
    assert game.scene.drive.time_s > before_s


def test_a_paused_drive_keeps_its_setup_until_it_is_restarted(game, driving):
    game.show(game.routes.pause(driving))
    keys = Keys(game)
    keys.choose("Setup")
    game.garage.workbench.change("power_map", 4)
    keys.back()
    game.frames(1)
    assert "new setup" in game.scene.under_title
    keys.choose("Resume")
    assert game.scene is driving
    assert driving.drive.followed.setup == Setup()
    keys.pause()
    keys.choose("Restart")
    assert game.scene is not driving
    assert game.scene.drive.followed.setup == Setup(power_map=4)


def test_the_bot_of_the_title_sets_out_anew_with_another_setup(game):
    before = game.scene.attract_mode
    Keys(game).choose("Setup")
    game.garage.workbench.change("wing", 1.0)
    Keys(game).back()
    game.frames(2)
    assert game.name == "TitleScene"
    assert game.scene.attract_mode is not before
    assert game.scene.attract_mode.drive.followed.setup == Setup(wing=1.0)


def test_leaving_ends_what_is_driven_beside(game, scene):
    what_if = game.garage.workbench.what_if
    scene.update(0.0)
    assert what_if.waiting > 15
    closed = []
    what_if.close = lambda: closed.append(True)
    Keys(game).back()
    assert closed == [True]


def test_another_row_asks_about_another_value_nearest_first(scene):
    what_if = scene.garage.workbench.what_if
    choose(scene, "Wing")
    scene.update(0.0)
    wings = [each.wing for each in what_if.requested("measure")]
    assert wings[0] == 0.0
    assert sorted({round(abs(wing), 3) for wing in wings}) == pytest.approx(
        [0.1 * step for step in range(11)]
    )
    choose(scene, "Drive split")
    scene.update(0.0)
    assert {each.wing for each in what_if.requested("measure")} == {0.0}


def test_the_verdict_says_which_split_is_best(game, scene, monkeypatch):
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    choose(scene, "Drive split")
    scene.update(0.0)
    answer(game.garage)
    scene.update(0.0)
    scene.draw(pygame.display.get_surface())
    assert any(text.startswith("Best 40 : 60: 0.03 s quicker than 50 : 50") for text in written)


def test_laps_that_are_lost_are_said_to_be(game, scene, monkeypatch):
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    for name in ("Compare", "Energy", "Split map"):
        turn_to(scene, name)
        game.garage.workbench.change("split_map", None)
        for setup in game.garage.workbench.what_if.requested("measure"):
            game.garage.workbench.what_if.measurements[setup] = Measurement(lost="spun at T2")
    for name in ("Compare", "Energy"):
        turn_to(scene, name)
        written.clear()
        scene.draw(pygame.display.get_surface())
        assert any("spun at T2" in text for text in written), name


def test_the_setups_that_are_compared_and_the_view_are_chosen(scene):
    tab = turn_to(scene, "Compare")
    scene.garage.workbench.change("front_torque_share", 0.3)
    scene.update(0.0)
    assert tab.comparison is None
    answer(scene.garage)
    assert tab.comparison.time_s == pytest.approx(0.0, abs=1e-9)
    choose(scene, "B")
    scene.handle(Command.LEFT)
    scene.update(0.0)
    assert tab.comparison.a == tab.comparison.b


def test_the_map_is_painted_by_keys(game, scene):
    tab = turn_to(scene, "Split map")
    keys = Keys(game)
    keys.choose("Paint on the map")
    assert tab.captures
    keys.press(*[pygame.K_RIGHT] * 10, *[pygame.K_UP] * 4, *[pygame.K_e] * 4, pygame.K_RETURN)
    painted = game.garage.workbench.setup.split_map.painted
    assert [(each.from_m, each.to_m, each.share) for each in painted] == [(50.0, 150.0, 0.7)]
    assert scene.tab is tab
    keys.press(pygame.K_p)
    assert game.garage.workbench.setup == Setup()
    keys.press(pygame.K_c)
    assert game.garage.workbench.setup.split_map.painted == painted
    keys.back()
    assert not tab.captures
    assert game.scene is scene


def test_the_map_is_painted_by_a_controller(game, scene):
    turn_to(scene, "Split map")
    pad = Pad(game)
    pad.choose("Paint on the map")
    for action in ("menu_right", "menu_down", "menu_down", "next_tab", "confirm", "back"):
        pad.press(action)
    painted = game.garage.workbench.setup.split_map.painted
    assert [each.share for each in painted] == [0.4]
    assert game.scene is scene


def test_the_brush_keeps_its_share_from_place_to_place(game, scene):
    turn_to(scene, "Split map")
    pad = Pad(game)
    pad.choose("Paint on the map")
    for action in ("menu_up", "menu_up", "confirm", *["menu_right"] * 30, "confirm", "back"):
        pad.press(action)
    painted = game.garage.workbench.setup.split_map.painted
    assert [each.share for each in painted] == [0.6, 0.6]


def test_the_charts_are_turned_through_by_a_key_a_button_and_a_click(game, scene):
    tab = turn_to(scene, "Values")
    answer(game.garage)
    game.frames(2)
    seen = {tab._view}
    for device, how in ((Keys(game), pygame.K_TAB), (Pad(game), "next_view")):
        device.press(how)
        seen.add(tab._view)
    Mouse(game).click(tab._charts)
    seen.add(tab._view)
    assert seen == {0, 1, 2, 3}
    for _ in range(tab._views - 3):
        scene.handle(Command.NEXT_VIEW)
    assert tab._view == 0


def test_the_map_is_painted_by_dragging_along_it(game, scene):
    tab = turn_to(scene, "Split map")
    game.frames(1)
    places = [tuple(map(round, tab._map.place(s_m))) for s_m in (100.0, 160.0, 220.0)]

    def mouse(kind, place, **more):
        pygame.event.post(pygame.Event(kind, pos=place, touch=False, **more))
        game.frames(1)

    mouse(pygame.MOUSEBUTTONDOWN, places[0], button=pygame.BUTTON_LEFT)
    for place in places[1:]:
        mouse(pygame.MOUSEMOTION, place, buttons=(1, 0, 0), rel=(9, 9))
    mouse(pygame.MOUSEBUTTONUP, places[-1], button=pygame.BUTTON_LEFT)
    painted = game.garage.workbench.setup.split_map.painted
    assert len(painted) == 1
    assert painted[0].from_m == pytest.approx(100.0, abs=6.0)
    assert painted[0].to_m == pytest.approx(220.0, abs=6.0)


def test_a_phase_gets_a_share_of_its_own_and_loses_it_again(scene):
    turn_to(scene, "Split map")
    choose(scene, "Exit")
    scene.handle(Command.LEFT)
    assert scene.garage.workbench.setup.split_map.exit == 0.45
    scene.handle(Command.DEFAULT)
    assert scene.garage.workbench.setup == Setup()


def test_the_cap_of_a_lap_is_kept_for_the_sitting(game, scene):
    turn_to(scene, "Energy")
    choose(scene, "Energy cap")
    for _ in range(3):
        scene.handle(Command.RIGHT)
    assert game.garage.workbench.driven_laps.cap_kwh == pytest.approx(3.2)
    game.show(game.routes.setup(game.routes.title()))
    assert game.garage.workbench.driven_laps.cap_kwh == pytest.approx(3.2)


@pytest.mark.parametrize("size", [(320, 200), (240, 700), (3440, 600), (64, 64)], ids=str)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_window_of_any_shape_shows_every_page_and_view(game, scene, size, scale):
    game.context.apply(with_part(game.context.settings, scale, "hud", "text_scale"))
    surface = pygame.Surface(size)
    for _ in TABS:
        for _ in range(len(scene.tab.page.rows)):
            scene.update(0.02)
            answer(game.garage)
            scene.draw(surface)
            scene.handle(Command.RIGHT)
            scene.handle(Command.DOWN)
        scene.handle(Command.NEXT_TAB)


def test_whatever_is_asked_in_whatever_order_the_setup_page_goes_on(game):
    dice = random.Random(11)
    asked = [c for c in Command if c not in (Command.QUIT, Command.FULLSCREEN, Command.SCREENSHOT)]
    asked += [Command.DOWN, Command.RIGHT, Command.CONFIRM] * 4
    for number in range(1200):
        if number % 60 == 0 or game.scene is None or game.name != "SetupScene":
            game.show(game.routes.setup(game.routes.title()))
            for _ in range(dice.randrange(5)):
                game.scene = game.scene.handle(Command.NEXT_TAB)
        if dice.random() < 0.8:
            game.scene = game.scene.handle(dice.choice(asked))
        else:
            place = (dice.randrange(1280), dice.randrange(720))
            pressed, held = dice.random() < 0.5, dice.random() < 0.5
            game.scene = game.scene.handle_pointer(
                Pointer(place, pressed=pressed, held=held, scrolled=dice.choice((0, 0, -2, 2)))
            )
        if game.scene is not None and dice.random() < 0.2:
            answer(game.garage)
            game.frames(1)
