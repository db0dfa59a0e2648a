"""Whatever is changed in a replay is found, or changes nothing of what it proves."""

import copy
import lzma
from contextlib import suppress
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from oval import OVAL as OVAL_TEXT
from oval import make_oval
from replay_files import file_of, new_file_of, parts_of

from game.compiled import Backend, numba_is_installed
from game.digests import drive_digests
from game.errors import InputError
from game.recording.lap_recorder import LapRecorder
from game.recording.replay import Replay, load_replay, state_hash
from game.recording.replay_player import ReplayPlayer
from game.vehicle.spec import in_weather, load_car

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not numba_is_installed(), reason="numba is not installed"),
]

FOLDER = Path(__file__).parents[1] / "recorded"
OVAL, SPEC = make_oval(), load_car()
# One of keys in the rain with walls and a reset, one of four cars; each as files were and are.
NAMES = ("person_rain", "four_cars")
FORMATS = (4, 5)
OTHERS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-300, 300),
    st.floats(allow_nan=False),
    st.sampled_from(["", "0", "fill", "full", "sport", "oval", "a" * 32]),
    st.lists(st.integers(0, 9), max_size=5),
    st.just({}),
)


def changed_number(value):
    """Return numbers near a number, and others."""
    near = [value + 1, value - 1, value * 2, -value, value + 0.5, value * (1.0 + 1e-15)]
    return st.sampled_from(near)


@pytest.fixture(scope="module", params=[*product(NAMES, FORMATS)])
def genuine(request, tmp_path_factory):
    """A replay as if it was recorded today: its content, its file, and what it proves."""
    name, number = request.param
    content, _ = parts_of((FOLDER / f"{name}.replay").read_bytes())
    recorded = load_replay(FOLDER / f"{name}.replay")
    setups = [start.setup for start in recorded.starts]
    today = drive_digests(OVAL, in_weather(SPEC, recorded.weather), setups)
    assert replace(recorded.digests, physics=today.physics) == today
    content["digests"]["physics"] = today.physics
    content["labels"] = [[f"Car {car}", car + 1, "azure"] for car in range(len(setups))]
    controls = b""
    if number == FORMATS[-1]:
        _, controls = parts_of(new_file_of(recorded))
        content |= {"format": number, "held": []}
    path = tmp_path_factory.mktemp("tampered") / "a.replay"
    path.write_bytes(file_of(content, controls))
    found, proved = judged(path)
    assert found == ""
    return SimpleNamespace(
        content=content, controls=controls, path=path, bytes=path.read_bytes(), proved=proved
    )


def judged(path):
    """Return what is found wrong with a replay, and what it proves: its end and its laps."""
    try:
        replay = load_replay(path)
        player = ReplayPlayer(replay, OVAL, SPEC, Backend.COMPILED)
    except InputError as error:
        (line,) = str(error).splitlines()
        return line, None
    if player.has_other_physics:
        return "other physics", None
    recorders = [LapRecorder(replay.step_s, car) for car in range(len(replay.starts))]
    while not (player.at_end or player.diverged):
        step = player.step()
        for recorder in recorders:
            recorder.on_step(step)
    if player.diverged:
        return f"another drive from tick {player.diverged_tick} on", None
    laps = [(lap.time_s, lap.sectors_s, lap.valid) for each in recorders for lap in each.laps]
    return "", (state_hash(player.world), laps)


def places_in(node, path=()):
    """Yield the way to everything in a replay's content, of lists the first two and the last."""
    if isinstance(node, dict):
        items = list(node.items())
    elif isinstance(node, list):
        items = [
            (place, node[place])
            for place in sorted({0, 1, len(node) - 1})
            if place in range(len(node))
        ]
    else:
        items = []
    for key, value in items:
        yield (*path, key)
        yield from places_in(value, (*path, key))


@settings(max_examples=80)
@given(data=st.data())
def test_a_changed_field_is_found_or_proves_the_same(genuine, data):
    content = copy.deepcopy(genuine.content)
    *way, last = data.draw(st.sampled_from(list(places_in(content))))
    node = content
    for key in way:
        node = node[key]
    was = node[last]
    deed = data.draw(st.sampled_from(["near", "near", "other", "remove", "repeat"]))
    if deed == "near" and isinstance(was, int | float) and not isinstance(was, bool):
        node[last] = data.draw(changed_number(was))
    elif deed == "remove":
        del node[last]
    elif deed == "repeat" and isinstance(node, list):
        node.insert(last, was)
    else:
        node[last] = data.draw(OTHERS)
    assume(content != genuine.content)
    path = genuine.path.with_name("b.replay")
    path.write_bytes(file_of(content, genuine.controls))
    found, proved = judged(path)
    assert found or proved == genuine.proved


@pytest.mark.parametrize("genuine", [*product(NAMES, FORMATS[-1:])], indirect=True)
@settings(max_examples=80)
@given(data=st.data())
def test_changed_controls_are_found_or_prove_the_same(genuine, data):
    changed = bytearray(lzma.decompress(genuine.controls))
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    path = genuine.path.with_name("f.replay")
    path.write_bytes(file_of(genuine.content, lzma.compress(changed)))
    found, proved = judged(path)
    assert found or proved == genuine.proved


@settings(max_examples=200)
@given(data=st.data())
def test_a_changed_byte_of_the_file_is_found_or_leaves_the_replay_as_it_was(genuine, data):
    changed = bytearray(genuine.bytes)
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.one_of(st.just(len(changed)), st.integers(0, len(changed))))
    path = genuine.path.with_name("c.replay")
    path.write_bytes(bytes(changed[:cut]))
    with suppress(InputError):
        assert load_replay(path) == load_replay(genuine.path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"digests": {"track": "x"}}, "another circuit"),
        ({"digests": {"car": "x"}}, "another car"),
        ({"digests": {"weather": "x"}}, "other weather"),
        ({"digests": {"physics": "x"}}, "other physics"),
        ({"weather": {"water_m": 0.0001}}, "other weather"),
        ({"weather": {"wind_mps": 3.0}}, "other weather"),
        ({"ticks_per_step": 10**6}, "ticks_per_step"),
    ],
)
def test_what_was_changed_is_named(genuine, change, words):
    content = copy.deepcopy(genuine.content)
    for key, value in change.items():
        content[key] = {**content.get(key, {}), **value} if isinstance(value, dict) else value
    path = genuine.path.with_name("d.replay")
    path.write_bytes(file_of(content, genuine.controls))
    assert words in judged(path)[0]


def test_another_split_is_another_drive(genuine):
    content = copy.deepcopy(genuine.content)
    content["starts"][0]["setup"]["front_torque_share"] += 1e-9
    path = genuine.path.with_name("e.replay")
    path.write_bytes(file_of(content, genuine.controls))
    assert "another drive" in judged(path)[0]


def test_every_field_of_a_replay_is_tried(genuine):
    tried = {way[0] for way in places_in(genuine.content)}
    assert tried | {"weather", "car_hash"} == set(Replay.__struct_fields__)


def test_on_another_circuit_it_is_not_driven_at_all(genuine):
    wider = make_oval(OVAL_TEXT.replace("left_m = 6.0", "left_m = 6.1"))
    with pytest.raises(InputError, match="another circuit"):
        ReplayPlayer(load_replay(genuine.path), wider, SPEC, Backend.COMPILED)
