"""Instruments neither overlap nor leave the window, whatever its size, the text's, and theirs."""

from itertools import combinations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.app.hud.free_space import pulled_in, snapped
from game.app.hud.hud import Hud
from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.layout import lay_out, place_for, unit_of, wanted_box
from game.app.hud.placement import MAX_SCALE, MIN_SCALE, Anchor, Placement
from game.app.hud.settings import HudSettings, Placements
from game.app.ui.box import Box

pytestmark = pytest.mark.slow

NAMED_SIZES = [
    (1280, 720),
    (1920, 1080),
    (2560, 1440),
    (1024, 768),
    (1600, 1000),
    (3440, 1440),
    (3840, 2160),
]
sizes = st.tuples(st.integers(320, 4200), st.integers(240, 2400))
text_scales = st.floats(1.0, 2.0)
places = st.builds(
    Placement,
    st.sampled_from(Anchor.__args__),
    st.floats(-2000.0, 2000.0),
    st.floats(-2000.0, 2000.0),
    st.floats(MIN_SCALE, MAX_SCALE),
    st.booleans(),
)
arrangements = st.one_of(
    st.just(Placements()), st.builds(Placements, **dict.fromkeys(INSTRUMENTS, places))
)


def assert_apart_and_inside(boxes, size):
    for box in boxes:
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= size[0]
        assert box.bottom <= size[1]
    for one, other in combinations(boxes, 2):
        assert not one.meets(other)


@settings(max_examples=150, deadline=None)
@given(size=sizes, text_scale=text_scales, arrangement=arrangements)
def test_instruments_stay_apart_and_inside_wherever_they_are_put(size, text_scale, arrangement):
    hud = HudSettings(text_scale=text_scale, places=arrangement, preset="own")
    layout = lay_out(size, hud)
    assert_apart_and_inside([instrument.box for instrument in layout.placed.values()], size)
    wanted = {name for name in INSTRUMENTS if getattr(arrangement, name).shown}
    assert set(layout.placed) | set(layout.without_room) == wanted
    assert not set(layout.placed) & set(layout.without_room)


@given(size=sizes, text_scale=text_scales, arrangement=arrangements)
def test_room_is_never_made_by_text_smaller_than_without_a_text_scale(
    size, text_scale, arrangement
):
    layout = lay_out(size, HudSettings(text_scale=text_scale, places=arrangement, preset="own"))
    for name, instrument in layout.placed.items():
        scale = getattr(arrangement, name).scale
        assert instrument.unit >= unit_of(size) * min(1.0, scale) * 0.999


@given(width=st.integers(640, 4200), height=st.integers(360, 2400), text_scale=text_scales)
def test_speed_and_lap_times_always_have_room(width, height, text_scale):
    layout = lay_out((width, height), HudSettings(text_scale=text_scale, preset="engineer"))
    assert {"speed", "lap_times"} <= set(layout.placed)


@pytest.mark.parametrize("size", NAMED_SIZES)
def test_at_usual_sizes_all_instruments_have_room_and_leave_the_middle_free(size):
    layout = lay_out(size, HudSettings(preset="engineer"))
    assert layout.without_room == ()
    assert set(layout.placed) == set(INSTRUMENTS)
    middle = Box(size[0] * 3 // 10, size[1] // 5, size[0] * 4 // 10, size[1] * 6 // 10)
    assert not any(instrument.box.meets(middle) for instrument in layout.placed.values())


@pytest.mark.parametrize("size", NAMED_SIZES)
@pytest.mark.parametrize("text_scale", [1.25, 1.5, 1.75, 2.0])
def test_with_large_text_the_less_important_give_way_first(size, text_scale):
    layout = lay_out(size, HudSettings(text_scale=text_scale, preset="engineer"))
    assert set(list(INSTRUMENTS)[:7]) <= set(layout.placed)


def test_a_small_window_keeps_what_counts():
    layout = lay_out((640, 360), HudSettings(preset="engineer"))
    assert {"speed", "lap_times", "delta", "verdict", "power"} <= set(layout.placed)


def test_instruments_grow_with_the_window_and_with_the_text():
    once, twice = (
        lay_out((w, h), HudSettings(preset="engineer")) for w, h in ((1280, 720), (2560, 1440))
    )
    large = lay_out((2560, 1440), HudSettings(text_scale=1.5, preset="engineer"))
    for name in INSTRUMENTS:
        assert twice.placed[name].box.width == 2 * once.placed[name].box.width
    assert large.placed["speed"].box.width > twice.placed["speed"].box.width


def test_the_map_has_no_text_and_does_not_grow_with_it():
    assert (
        wanted_box("minimap", Placement("top"), (1280, 720), 2.0)[2:]
        == wanted_box("minimap", Placement("top"), (1280, 720), 1.0)[2:]
    )


def test_the_priorities_are_those_of_the_settings():
    assert tuple(INSTRUMENTS) == Placements.__struct_fields__


@given(
    size=st.tuples(st.integers(800, 4000), st.integers(600, 2200)),
    text_scale=text_scales,
    x=st.floats(0.0, 1.0),
    y=st.floats(0.0, 1.0),
    name=st.sampled_from(list(INSTRUMENTS)),
)
def test_an_instrument_lies_where_it_was_put(size, text_scale, x, y, name):
    box = wanted_box(name, Placement("top left"), size, text_scale)
    left, top = round(x * (size[0] - box.width)), round(y * (size[1] - box.height))
    box = pulled_in(box._replace(left=left, top=top), size)
    back = wanted_box(name, place_for(box, size, text_scale, Placement("top")), size, text_scale)
    assert abs(back.left - box.left) <= 1
    assert abs(back.top - box.top) <= 1


def test_an_instrument_put_near_an_edge_stays_at_that_edge_in_another_window():
    place = place_for(Box(1100, 600, 100, 50), (1280, 720), 1.0, Placement("top left"))
    box = wanted_box("speed", place, (1920, 720), 1.0)
    assert place.anchor == "bottom right"
    assert 1920 - box.right == 80


def test_an_instrument_dropped_on_a_more_important_one_lies_beside_it():
    on_speed = msgspec.structs.replace(Placements(), wheels=Placements().speed)
    layout = lay_out((1280, 720), HudSettings(places=on_speed))
    speed, wheels = (layout.placed[name].box for name in ("speed", "wheels"))
    assert speed == lay_out((1280, 720), HudSettings(preset="engineer")).placed["speed"].box
    assert not speed.meets(wheels)


def test_what_is_hidden_takes_no_room():
    hidden = {
        name: msgspec.structs.replace(getattr(Placements(), name), shown=False)
        for name in INSTRUMENTS
    }
    del hidden["speed"]
    places = msgspec.structs.replace(Placements(), **hidden)
    assert set(Hud().layout_at((1280, 720), HudSettings(places=places))) == {"speed"}


def test_a_box_near_an_edge_or_another_box_lines_up_with_it():
    other = Box(300, 200, 100, 50)

    def lined_up(left, top):
        return snapped(Box(left, top, 80, 40), (1280, 720), 1.0, [other])

    assert lined_up(21, 400).left == 16
    assert lined_up(305, 400).left == 300
    assert lined_up(600, 195).top == 200
    assert lined_up(500, 400) == Box(500, 400, 80, 40)
