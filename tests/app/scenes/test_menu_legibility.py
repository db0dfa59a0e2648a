"""No text of a menu is cut off, leaves the window or meets another, however large it is set."""

import gettext
import math
import re

import pygame
import pytest
from corner_targets import corner_targets
from fake_measurements import answer
from stub_profiles import stub_log
from ui_drivers import PlainGround

from game import translation
from game.app.context.settings import Settings, with_part
from game.app.driving.race_field import field_paces
from game.app.input.commands import Command
from game.app.scenes.lesson_plan import LESSONS
from game.app.scenes.player_race import chosen_grid, race_from
from game.app.scenes.race import RaceScene
from game.app.scenes.split import SplitScene
from game.app.scenes.split_race import SplitRaceScene
from game.app.scenes.two_player_drive import drive_of_two
from game.app.ui.box import Box
from game.app.ui.text import text_width
from game.app.venue.circuit_titles import circuit_title
from game.catalogues import LANGUAGES
from game.goals.medals import Medal
from game.racing.race_log import Penalty
from game.recording.lap_recorder import Lap, LapExcursion
from game.setups import presets
from game.setups.share_code import is_code
from game.track.track import DEFAULT_TRACK, track_names
from game.translation import ENGLISH
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.split_map import SplitMap

pytestmark = pytest.mark.slow

SPEC = load_car()
OWN_NAMES: set[str] = {*track_names(), *map(circuit_title, track_names())}

VIEWS = {"Compare": 3, "Energy": 2}
MODES = {"Split map": ["Paint on the map"], "Presets": ["Save as ...", "Type a code or a path"]}
CHARTS = 6  # at most, that are turned through
# Windows of one shape differ by rounding alone, which is coarsest in the smallest.
WINDOWS = [
    *(((1280, 720), scale) for scale in (1.0, 1.5, 2.0)),
    *(((1920, 1080), scale) for scale in (1.0, 2.0)),
]
CORE = 0.56  # of a line's height, about its middle: capitals and the bodies of small letters


@pytest.fixture
def backdrops():
    """As soft and dark as a player has them."""


@pytest.fixture
def written(monkeypatch):
    """The boxes of all text written, by what it says: where it lies, not what it looks like."""
    boxes = []

    def record(_surface, text, place, height, _colour, align, weight):
        width = text_width(text, height, weight)
        left = round(place[0] - align.value * width)
        top = place[1] + 0.5 * (1.0 - CORE) * height
        boxes.append((text, Box(left, round(top), width, round(CORE * height))))

    monkeypatch.setattr("game.app.ui.text_layout.write", record)
    monkeypatch.setattr("game.app.ui.backdrop._softened", lambda surface: surface)
    return boxes


@pytest.fixture(autouse=True)
def one_circuit(monkeypatch):
    """One circuit ships: others of the same title would have their names behind it."""
    monkeypatch.setattr("game.app.scenes.circuits.track_names", lambda: [DEFAULT_TRACK])


def laps(count):
    off = (LapExcursion(930.0, 12.34, 1.0),)
    return [
        Lap(n, 599.999, (199.999,) * 3, n % 2 == 0, 9.9e7, 1e6, 61.0, off if n % 2 else ())
        for n in range(90, 90 + count)
    ]


def scenes(routes):
    """Every scene with a menu or words."""
    driving = routes.drive()
    driving.drive.followed.laps.laps = laps(20)
    driving.drive.followed.log = stub_log(routes.garage.track)
    empty = routes.drive()
    yield "title", routes.title()
    yield "loading", routes.loading(iter([]), lambda: driving)
    yield "pause", routes.pause(driving, "the controller was unplugged")
    yield "result", routes.result(driving)
    yield "nothing driven", routes.result(empty)
    yield from lap_pages(routes, driving)
    yield "photo", routes.photo(driving.picture, driving)
    yield from race_scenes(routes)
    yield from scenes_of_two(routes)
    yield "practice without times", routes.practice(routes.title())
    yield from exercises(routes)
    yield "circuits, unread", routes.circuits(routes.title())
    scene = circuits(routes)
    yield "circuits", scene
    scene.page.chosen = len(scene.page.rows) - 1
    scene.handle(Command.CONFIRM)
    assert scene.captures
    yield "circuits, a path", scene
    scene.handle(Command.BACK)
    settings = routes.settings(routes.pause(driving))
    for tab in settings.tabs:
        yield tab.name, settings
        settings.handle(Command.NEXT_TAB)
    yield from setup_pages(routes, driving)


def race_scenes(routes):
    """The choice of a race, the menu over one, its result with a penalty and one that is out."""
    yield "race", routes.race_choice(routes.title())
    settings = routes.context.settings
    routes.context.settings = with_part(settings, 8, "race", "field")
    paces = field_paces(routes.context.settings.race, len(routes.garage.track.grid))
    grid = chosen_grid(routes.garage, 1, [100.0] * len(paces))
    racing = RaceScene(routes.garage, routes, race_from(routes.garage, grid))
    routes.context.settings = settings
    control = racing.race.control
    for car, timing in enumerate(control.timing.cars):
        timing.lap_times_s = [599.999 + car, 500.0]
        timing.finish_s, timing.best_lap_s = 1099.999 + car, 500.0
    control.timing.cars[2].finish_s = math.inf
    control.retire(2, translation._("wrecked at {place} m").format(place=1234))
    control.log.penalties.append(Penalty(1, "jump start", 20.0, 1.0, 0.0))
    yield "pause of a race", routes.pause_race(racing)
    result = routes.race_result(racing)
    yield "race result", result
    result.handle(Command.NEXT_TAB)
    yield "lap chart", result
    yield from qualifying_scenes(routes)


def qualifying_scenes(routes):
    """The menu over a qualifying, and its grid, with the player last."""
    settings = routes.context.settings
    routes.context.settings = with_part(settings, 8, "race", "field")
    driving = routes.qualify()
    routes.context.settings = settings
    driving.qualifying._find_laps_s = lambda: [599.999 + number for number in range(7)]
    yield "pause of a qualifying", routes.pause_race(driving)
    yield "starting grid", routes.starting_grid(driving)


def scenes_of_two(routes):
    """The choice of two players, the menu over their drive with a device lost, and its laps."""
    yield "two players", routes.two_players(routes.title())
    driving = SplitScene(routes.garage, routes, drive_of_two(routes.garage))
    first, second = driving.panes
    second.seat.lose("Wireless Controller", "")
    yield "pause of two", routes.pause_two(driving)
    yield "no laps of two", routes.result_of_two(driving)
    grid = chosen_grid(routes.garage, 2, [100.0])
    racing = SplitRaceScene(routes.garage, routes, race_from(routes.garage, grid))
    yield "pause of a race of two", routes.pause_two(racing)
    first.car.laps.laps, second.car.laps.laps = laps(20), laps(19)
    yield "laps of two", routes.result_of_two(driving)


def lap_pages(routes, driving):
    """The lap page with nothing to compare, and its charts, of a lap that does not count."""
    page = routes.lap_page(driving, routes.pause(driving))
    yield "lap page, waiting", page
    page._against.put(1)
    for _ in range(4):
        yield f"lap page {page._view.get()}", page
        page.handle(Command.NEXT_TAB)


def circuits(routes):
    """The choice of a circuit that has a medal, a long title and a long credit."""
    scene = routes.circuits(routes.title())
    while scene.is_reading or scene.page.row.facts is None:
        scene.update(0.0)
    for name, facts in scene._survey._facts.items():
        scene._survey._facts[name] = facts._replace(
            title="Oval-Oval-Oval-Oval", credit="Oval, " * 30, best_s=599.999, medal=Medal.GOLD
        )
    scene.update(0.0)
    return scene


def exercises(routes):
    """The lists of exercises, an exercise with its result, and the menu over it."""
    targets = corner_targets(routes.garage)
    routes.garage.targets_ahead.of = lambda _: targets
    practice = routes.practice(routes.title())
    yield "practice", practice
    corner = routes.practise_corner(targets.corners[0], practice)
    yield "corner", corner
    corner.drive.judge.valid = False
    yield "corner, off the track", corner
    yield "pause of a corner", routes.pause_exercise(corner)
    lessons = routes.lessons(routes.title())
    yield "lessons", lessons
    for each in LESSONS:
        yield f"lesson {each.name}", routes.lesson(each.name, targets, lessons)


def setup_pages(routes, driving):
    """The setup's pages before there are answers and after; their views."""
    routes.garage.workbench.change("front_torque_share", 0.47)
    routes.garage.workbench.change("front_preload_nm", 125.0)
    name = presets.free_name("Endurance (wet) late stint")
    presets.save(name, Setup(split_map=SplitMap(exit=0.3)), SPEC, "For a long race.")
    routes.context.inputs.last_device = "pad"  # which needs more words than keys
    setup = routes.setup(routes.pause(driving))
    for tab in setup.tabs:
        setup.update(0.0)
        yield f"{tab.name}, waiting", setup
        answer(routes.garage)
        for view in range(VIEWS.get(tab.name, 1)):
            yield f"{tab.name} {view}", setup
            if tab.name in VIEWS:
                choose(setup, "Chart")
                setup.handle(Command.RIGHT)
        for row in MODES.get(tab.name, ()):
            choose(setup, row)
            setup.handle(Command.CONFIRM)
            assert setup.captures
            yield f"{tab.name}, {row}", setup
            setup.handle(Command.BACK)
        for view in range(CHARTS if tab.name == "Values" else 0):
            setup.handle(Command.NEXT_VIEW)
            yield f"charts {view}", setup
        setup.handle(Command.NEXT_TAB)


def choose(scene, label):
    while scene.tab.page.row.label != label:
        scene.handle(Command.DOWN)


def wrong(boxes, size):
    """Return what is cut off, outside, or on top of each other."""
    found = [text for text, _ in boxes if "\N{HORIZONTAL ELLIPSIS}" in text]
    window = Box(0, 0, *size)
    boxes = sorted(boxes, key=lambda each: each[1].top)
    for index, (text, box) in enumerate(boxes):
        inside = window.left <= box.left and box.right <= window.right
        if not (inside and window.top <= box.top and box.bottom <= window.bottom):
            found.append(f"'{text}' leaves the window")
        for other, place in boxes[index + 1 :]:
            if place.top >= box.bottom:
                break
            if text and other and box.meets(place):
                found.append(f"'{text}' meets '{other}'")
    return found


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_all_text_is_whole_and_apart(offscreen, new_routes, written, window):
    size, scale = window
    settings = with_part(Settings(), scale, "hud", "text_scale")
    begin = WINDOWS.index(window)
    assert faults_of_all_rows(offscreen(size), new_routes, settings, written, begin) == []


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != ENGLISH])
def test_all_text_is_whole_and_apart_in_every_language(offscreen, new_routes, written, language):
    settings = with_part(Settings(language=language), 2.0, "hud", "text_scale")
    found = faults_of_all_rows(offscreen((1280, 720)), new_routes, settings, written)
    assert not found, "\n".join(found)


def faults_of_all_rows(surface, new_routes, settings, written, begin=0):
    """Return what is cut off or meets another text in any scene, each of its rows chosen in turn.

    Each chart is drawn with a sixth of the rows, from another one on in each window: six windows
    show every chart with every row.
    """
    routes = new_routes(with_part(settings, True, "camera", "reduced_motion"))
    surface.set_clip((0, 0, 0, 0))  # where texts lie is asked here, not what they look like
    found = []
    for name, scene in scenes(routes):
        scene.draw(surface)
        seen = set()
        page = getattr(scene, "page", None)
        chart = name.removeprefix("charts ") if name.startswith("charts ") else None
        for row in range(len(page.rows) + 1 if page is not None else 1):
            written.clear()
            scene.update(0.0)
            if chart is None or (row + int(chart) + begin) % CHARTS == 0:
                scene.draw(surface)
                found += [f"{name}: {each}" for each in wrong(written, surface.get_size())]
            if page is not None:
                seen |= set(page.shown_rows())
                assert page.chosen in page.shown_rows(), (name, page.row.label)
                page.handle(Command.DOWN)
        if page is not None:
            assert seen == set(range(len(page.rows))), name
    return sorted(set(found))


class Disguise(gettext.NullTranslations):
    """Every text with letters of its own, which shows whatever is drawn without translation."""

    def gettext(self, message):
        parts = re.split(r"(\{[^}]*\})", message)
        return "".join(part if part.startswith("{") else _disguised(part) for part in parts)

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)


def _disguised(text):
    return "".join("\N{LATIN SMALL LETTER O WITH DIAERESIS}" if c.isalpha() else c for c in text)


NAMES = {  # of the circuit, the car, its setups, keys, units and what a worker said
    *("leaf", "rc", "LEAF", "NISMO", "RC", "Nissan", "oval", "Oval", "Esc", "Enter", "Intro"),
    *("kWh", "km", "Wh", "Nm", "Hz", "mph", "toml", "Shift", "Ctrl", "Backspace", "Tab"),
}


def test_nothing_is_drawn_without_translation(monkeypatch, offscreen, new_routes, written):
    surface = offscreen((1280, 720))
    routes = new_routes()
    found = {}
    monkeypatch.setattr(translation._Current, "texts", Disguise())
    for name, scene in scenes(routes):
        written.clear()
        scene.update(0.0)
        scene.draw(surface)
        for text, _ in written:
            words = set() if is_code(text) else set(re.findall("[A-Za-z]{3,}", text)) - NAMES
            if words and text not in OWN_NAMES:
                found.setdefault(text, name)
    assert not found, "\n".join(f"{name}: {text}" for text, name in found.items())


class Glare(PlainGround):
    """Ground as bright as the roof of a stand in the sun."""

    def draw(self, surface, view, soon=None, number=0):  # noqa: ARG002
        surface.fill((235, 235, 225))


def test_the_veil_of_the_title_keeps_its_name_and_its_rows_legible(offscreen, new_routes):
    surface = offscreen((1280, 720))
    routes = new_routes()
    routes.venue.world_view = Glare()
    title = routes.title()
    title.behind.draw(surface)
    name, rows = Box(64, 60, 480, 110), Box(64, 180, 240, 460)  # what is on the plate has it behind
    for box, needed in ((name, 3.0), (rows, 4.5)):  # WCAG 2, level AA, for large text and other
        for x in range(box.left, box.right, 20):
            for y in range(box.top, box.bottom, 20):
                assert contrast((246, 247, 249), surface.get_at((x, y))[:3]) > needed, (x, y)


def test_the_veil_behind_a_menu_keeps_light_text_legible(offscreen, new_routes):
    surface = offscreen((1280, 720))
    routes = new_routes()
    routes.venue.world_view = Glare()
    paused = routes.pause(routes.drive())
    paused.behind.draw(surface)
    brightest = max(max(surface.get_at((x, y))[:3]) for x in range(0, 1280, 40) for y in (90, 400))
    assert contrast((209, 214, 221), (brightest,) * 3) > 4.5  # WCAG 2, level AA


def contrast(one, other):
    """The ratio of two colours' luminances, as WCAG 2 has it."""

    def luminance(colour):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lights = sorted(luminance([c / 255 for c in colour]) + 0.05 for colour in (one, other))
    return lights[1] / lights[0]


def test_pictures_of_every_scene_hang_on_nothing_but_the_moment(offscreen, new_routes):
    surface = offscreen((640, 360))
    for name, scene in scenes(new_routes()):
        pictures = []
        for _ in range(2):
            scene.draw(surface)
            pictures.append(pygame.image.tobytes(surface, "RGB"))
        assert pictures[0] == pictures[1], name
