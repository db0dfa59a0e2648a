"""Open a replay's file for the window, on its own circuit, with its own car, in its weather."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from game.app.replays.survey_ahead import SurveyAhead
from game.app.setup.model.garage import Garage
from game.compiled import Backend
from game.digests import track_digest
from game.errors import InputError
from game.recording.replay import Replay, load_replay
from game.recording.replay_player import ReplayPlayer
from game.track.track import Track, load_track, track_names
from game.track.variants import split_name
from game.translation import _
from game.vehicle.spec import DEFAULT_CAR, CarSpec, in_weather


class OpenedReplay(NamedTuple):
    """Holds a replay, and where and with what it was driven."""

    replay: Replay
    track: Track
    spec: CarSpec


def opened_replay(path: Path, garage: Garage) -> OpenedReplay:
    """Read a replay and find its circuit.

    Raises InputError, which names the file, if it is none, or if its circuit or its car is not here
    as it was.
    """
    return opened(load_replay(path), garage, str(path))


def opened(replay: Replay, garage: Garage, name: str) -> OpenedReplay:
    """Find the circuit of a replay; name: of its file, or of what it is.

    Raises InputError, which begins with the name.
    """
    track = _circuit_of(replay, garage, name)
    spec = in_weather(garage.spec, replay.weather)
    is_other_car = (replay.car_id or DEFAULT_CAR) != garage.spec.id
    text = _("{name}: was driven with another car, {car}; watch it from the command line")
    other_car = text.format(name=name, car=replay.car)
    if is_other_car and replay.digests is None:
        raise InputError(other_car)
    try:
        ReplayPlayer(replay, track, spec, Backend.PLAIN)
    except InputError as error:
        raise InputError(other_car if is_other_car else f"{name}: {error}") from None
    return OpenedReplay(replay, track, spec)


def _circuit_of(replay: Replay, garage: Garage, name: str) -> Track:
    """Return the circuit of a replay: the one that is open, whatever its name, if it is that."""
    is_open = replay.digests is not None and replay.digests.track == track_digest(garage.track)
    if is_open or replay.track == garage.track.name:
        return garage.track
    if split_name(replay.track).base in track_names():
        return load_track(replay.track)
    text = _("{name}: its circuit, {circuit}, is not here")
    raise InputError(text.format(name=name, circuit=replay.track))


def opened_beside(path: Path, garage: Garage) -> SurveyAhead:
    """Begin to survey a replay that is to be seen beside another one of the same circuit.

    Raises InputError, which names the file, as `opened_replay` does.
    """
    found = opened_replay(path, garage)
    if found.track is not garage.track:
        raise InputError(_("{name}: was driven on another circuit").format(name=path))
    return SurveyAhead(*found)
