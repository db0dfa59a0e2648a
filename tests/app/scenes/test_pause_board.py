"""The pause shows keys, where the car stands, and the last laps; and one sees where one is."""

import re

import pygame
import pytest
from corner_targets import corner_targets

from game.app.context.settings import with_part
from game.app.input.bindings import Binding
from game.app.scenes.loading_tips import loading_tip
from game.app.ui.backdrop import Backdrop
from game.app.ui.text import Align
from game.recording.lap_recorder import Lap

SIZE = (1280, 720)


@pytest.fixture
def words(monkeypatch):
    """All words that the board writes."""
    written = []

    def note(_surface, text, *_):
        written.append(text)

    monkeypatch.setattr("game.app.scenes.pause_board.write_line", note)
    monkeypatch.setattr("game.app.ui.footer.write_line", note)
    return written


def lap(number, time_s, *, valid=True):
    return Lap(number, time_s, (time_s / 3,) * 3, valid, 9e6, 1e6, 60.0, ())


def test_the_last_three_laps_are_there_the_latest_first(game, driving, words):
    laps = [lap(number, 100.0 + number, valid=number != 3) for number in range(1, 6)]
    driving.drive.followed.laps.laps = laps
    game.routes.pause(driving).draw(pygame.display.get_surface())
    times = [text for text in words if text.startswith("1:4")]
    assert times[:3] == ["1:45.000", "1:44.000", "1:43.000"]


def test_the_medals_times_end_below_one_another_at_the_right_edge(game, driving, monkeypatch):
    ends = []

    def note(_surface, text, box, _style, align=Align.LEFT):
        if align is Align.RIGHT and re.fullmatch(r"\d+:\d\d\.\d{3}", text):
            ends.append(box.right)

    monkeypatch.setattr("game.app.scenes.medal_list.write_line", note)
    garage = game.routes.garage
    garage.targets_ahead.put(garage.setup.tyre, corner_targets(garage))
    game.routes.pause(driving).draw(pygame.display.get_surface())
    assert len(ends) == 4
    assert len(set(ends)) == 1


def test_the_keys_that_drive_are_there_as_they_are_bound(game, driving, words):
    settings = with_part(
        game.context.settings, Binding(("f7",)), "controls", "bindings", "whole_track"
    )
    game.context.apply(settings)
    game.routes.pause(driving).draw(pygame.display.get_surface())
    for text in ("Throttle", "Brake, reverse", "Whole circuit", "F7", "Photo mode"):
        assert text in words
    assert "Tab" not in words


def test_whoever_holds_a_controller_sees_its_buttons(game, driving, words):
    game.context.inputs.last_device = "pad"
    game.routes.pause(driving).draw(pygame.display.get_surface())
    assert {"RT", "LT"} <= set(words)


def test_escape_in_a_pause_is_called_what_it_does(game, driving):
    pause = game.routes.pause(driving)
    pause.draw(pygame.display.get_surface())
    assert "Resume" in [hint.words for _box, hint in pause.footer.boxes]
    assert "Back" not in [hint.words for _box, hint in pause.footer.boxes]


def test_behind_a_menu_is_the_world_without_its_instruments(game, driving):
    shown, hidden = (pygame.Surface(SIZE) for _ in range(2))
    driving.world.draw(shown)
    game.context.settings = with_part(game.context.settings, False, "hud", "shown")
    driving.draw(hidden)
    assert pygame.image.tobytes(shown, "RGB") == pygame.image.tobytes(hidden, "RGB")


def test_a_backdrop_keeps_what_is_as_wide_as_a_road_apart_from_its_surroundings(offscreen):
    offscreen(SIZE)

    class Road:
        def draw(self, surface):
            surface.fill((130, 120, 90))
            surface.fill((60, 60, 64), (600, 0, 60, 720))

    surface = pygame.Surface(SIZE)
    Backdrop(Road()).draw(surface)
    road, land = surface.get_at((630, 360)), surface.get_at((700, 360))
    assert sum(land[:3]) > 1.4 * sum(road[:3])
    assert max(land[:3]) < 90  # dark enough for text over it
    assert max(surface.get_at((80, 360))[:3]) < max(land[:3])


def test_every_tip_names_keys_as_they_are_bound_and_the_first_follows_the_last(game):
    tips = [loading_tip(game.context, number) for number in range(50)]
    assert not any("{" in tip for tip in tips)
    count = tips.index(tips[0], 1)
    assert tips[count : 2 * count] == tips[:count]
    assert any(tip.startswith("R starts") for tip in tips)


def test_a_tip_about_a_key_that_is_not_bound_is_passed_over(game):
    for action in ("restart", "camera", "photo", "whole_track"):
        game.context.settings = with_part(
            game.context.settings, Binding(), "controls", "bindings", action
        )
    tips = {loading_tip(game.context, number) for number in range(50)}
    assert not any(tip.startswith(("R ", "C ", "Tab ", "F10 ")) for tip in tips)


def test_a_fact_too_long_for_its_column_goes_on_in_the_next_line(game, driving, words, monkeypatch):
    cost = "drag +30 %, downforce \N{MINUS SIGN}73 %"
    monkeypatch.setattr(
        "game.app.scenes.pause_board.lap_summary", lambda _: [("Damage", cost), ("Energy", "1 kWh")]
    )
    game.routes.pause(driving).draw(pygame.display.get_surface())
    assert cost not in words
    assert cost in " ".join(words)
    assert "1 kWh" in words
