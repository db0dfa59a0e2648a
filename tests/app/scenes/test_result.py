"""The result shows what was driven."""

import pytest

from game.app.context.settings import Settings, with_part
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.input.commands import Command
from game.app.scenes.lap_table import damage_text, distance_m, lap_summary, validity_text
from game.app.scenes.paused import PausedScene
from game.app.scenes.result import ResultScene
from game.app.ui.circuit_map import CircuitMap
from game.app.ui.text_layout import line_width
from game.bot.bot import Bot
from game.bot.start import start_on_line
from game.recording.lap_recorder import Lap, LapDamage, LapExcursion, LapHit
from game.units import lap_time_text

pytestmark = pytest.mark.slow


@pytest.fixture
def driven(routes, slow_plan):
    """The bot's drive after its first lap."""
    drive = Drive(routes.garage.track, [CarEntry(routes.garage.spec, routes.garage.setup, Bot)])
    drive.begin(start_on_line(routes.garage.spec, routes.garage.setup, slow_plan, 600.0, 700.0))
    for _ in range(100):
        drive.step(240)
        if drive.followed.laps.laps:
            return drive
    raise AssertionError("no lap")


def lap(number, time_s, *, valid=True, off=()):
    return Lap(number, time_s, (time_s / 3,) * 3, valid, 3.6e6, 0.36e6, 50.0, tuple(off))


def test_a_lap_that_was_driven_is_shown_with_its_time(game, driven, written):
    driving = game.show(game.routes.watch(driven))
    game.scene = driving.handle(Command.PAUSE)
    next(row for row in game.scene.page.rows if row.label == "End session").confirm()
    game.scene = game.scene.handle(Command.HUD)
    written.clear()
    game.frames(1)
    first = driven.followed.laps.laps[0]
    assert isinstance(game.scene, ResultScene)
    assert lap_time_text(first.time_s) in written
    assert f"{first.sectors_s[0]:.3f}" in written
    assert "54 km/h" in written


def test_without_a_lap_the_result_says_so(game, driving, written):
    game.show(game.routes.result(driving))
    assert any(text.startswith("No lap finished yet") for text in written)


@pytest.mark.parametrize(("laps", "shown"), [(0, True), (4, True), (40, False)])
def test_below_the_laps_is_a_map_if_there_is_room(game, driving, monkeypatch, laps, shown):
    maps = []
    monkeypatch.setattr(CircuitMap, "draw_car", lambda *given: maps.append(given[2]))
    driving.drive.followed.laps.laps = [lap(1 + number, 61.0) for number in range(laps)]
    game.show(game.routes.result(driving))
    assert bool(maps) is shown


def test_the_distance_is_that_along_the_circuit(driven, oval):
    start_m = driven.world.starts[0].s_m
    expected_m = 2 * oval.length_m - start_m + driven.followed.now.s_m
    assert distance_m(driven) == pytest.approx(expected_m)
    assert distance_m(driven) == pytest.approx(15.0 * driven.time_s, rel=0.03)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_fact_that_is_shown_is_shown_whole(offscreen, new_routes, monkeypatch, size, scale):
    settings = with_part(Settings(), scale, "hud", "text_scale")
    surface, routes = offscreen(size), new_routes(settings)
    driving = routes.drive()
    driving.drive.followed.laps.laps = [lap(1, 109.642), lap(2, 105.725)]
    scene = routes.result(driving)
    scene._facts[1:1] = [("Next medal", "Author in 3.37 s")]
    lines = []
    monkeypatch.setattr(
        "game.app.scenes.result.write_line",
        lambda _s, text, box, style, *_: lines.append((text, box, style)),
    )
    scene.draw(surface)
    values = [text for text, _, _ in lines]
    assert "1:45.725" in values
    assert "Author in 3.37 s" in values
    for text, box, style in lines:
        assert line_width(text, style.px, style.weight) <= box.width
        assert box.right <= size[0]


def test_the_best_lap_is_the_fastest_that_counts(driving):
    laps = [lap(1, 61.0), lap(2, 59.0, valid=False), lap(3, 60.0)]
    driving.drive.followed.laps.laps = laps
    facts = dict(lap_summary(driving.drive))
    assert facts["Best lap"] == "1:00.000"
    assert facts["Average"] == "1:00.500"
    assert facts["Spread"] == "\N{PLUS-MINUS SIGN} 0.707 s"


def test_with_a_cap_each_lap_tells_how_far_over_or_under_it_was(game, driving, written):
    driving.drive.followed.laps.laps = [lap(1, 61.0), lap(2, 60.0, valid=False)]
    driving.drive.cap_kwh = 0.8
    game.show(game.routes.result(driving))
    assert written.count("0.10 over") == 2
    assert dict(lap_summary(driving.drive))["Within 0.8 kWh"] == "0 of 1"
    driving.drive.cap_kwh = 1.0
    assert dict(lap_summary(driving.drive))["Within 1.0 kWh"] == "1 of 1"


def test_the_cap_of_the_setup_page_is_that_of_the_drive(game, driving):
    game.show(driving)
    game.garage.workbench.driven_laps.cap_kwh = 3.9
    game.frames(1)
    assert driving.drive.cap_kwh == 3.9


def test_a_lap_that_does_not_count_says_where_it_went_off(oval):
    off = [LapExcursion(500.0, 0.4), LapExcursion(180.0, 1.26)]
    assert validity_text(lap(1, 60.0), oval) == "valid"
    corner = next(c for c in oval.corners if c.turn_in_m < 180.0 < c.exit_m)
    assert (
        validity_text(lap(1, 60.0, valid=False, off=off), oval) == f"off at T{corner.number}, 1.3 m"
    )


def test_many_laps_are_scrolled_and_the_last_ones_come_first(game, driving, written):
    driving.drive.followed.laps.laps = [lap(n, 60.0 + n) for n in range(1, 41)]
    game.show(game.routes.result(driving))
    assert "40" in written
    assert "1" not in written
    for _ in range(40):
        game.scene.handle(Command.LEFT)
    written.clear()
    game.frames(1)
    assert "1" in written
    assert "40" not in written


def test_drive_again_is_a_fresh_start(game, driving):
    driving.drive.step(300)
    result = game.show(game.routes.result(driving))
    result.page.row.confirm()
    assert result.handle(Command.HUD) is driving
    assert driving.drive.world.tick == 0


def test_a_pause_may_be_opened_and_left_without_end(game, driving):
    game.show(driving)
    for _ in range(5):
        game.scene = game.scene.handle(Command.PAUSE)
        assert isinstance(game.scene, PausedScene)
        game.scene = game.scene.handle(Command.PAUSE)
        assert game.scene is driving


def test_a_lap_on_which_the_car_was_bent_says_where_and_how_far(game, driving, written):
    hit = (LapHit(0.0, "armco", 0.35),)
    bent = lap(1, 61.0)._replace(hits=hit, damage=LapDamage(0.35, 0.0, 0.1, 0.0, 0.0))
    driving.drive.followed.laps.laps = [bent, lap(2, 60.0)]
    game.show(game.routes.result(driving))
    assert "DAMAGE" in written
    assert any(text.endswith(", 35 %") for text in written)


def test_what_damage_costs_is_said_as_drag_and_downforce(driving):
    text = damage_text(LapDamage(1.0, 1.0, 0.0, 0.0, 0.0), driving.drive.followed.spec)
    assert text == "drag +30 %, downforce \N{MINUS SIGN}73 %"


def test_without_damage_the_result_says_nothing_of_it(game, driving, written):
    driving.drive.followed.laps.laps = [lap(1, 61.0)]
    game.show(game.routes.result(driving))
    assert "DAMAGE" not in written
