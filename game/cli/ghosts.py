"""Make a lap of a replay a ghost to drive against."""

from __future__ import annotations

from pathlib import Path

from game.cli.progress import spinner
from game.compiled import Backend
from game.digests import track_digest
from game.errors import InputError
from game.recording.ghost import GhostLap
from game.recording.replay import Replay, load_replay
from game.recording.replay_player import ReplayPlayer, best_ghost
from game.track.track import Track, load_track
from game.vehicle.spec import CarSpec


def replayed_track(path: Path, replay: Replay) -> Track:
    """Return the circuit that a replay in a file names.

    Raises InputError with the remedy if it is not found.
    """
    try:
        return load_track(replay.track)
    except InputError as error:
        raise InputError(f"{path}: {error}; name its circuit with --track") from None


def check_drivable(path: Path, replay: Replay, track: Track, spec: CarSpec) -> None:
    """Raise InputError, which names the file, if a replay is of another circuit or car."""
    try:
        ReplayPlayer(replay, track, spec, Backend.PLAIN)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def load_ghost(path: Path, track: Track, spec: CarSpec) -> GhostLap:
    """Return the best valid lap of a replay on this circuit, once it was driven again.

    Raises InputError, which names the file, if there is no such lap.
    """
    replay = load_replay(path)
    is_here = replay.digests is not None and replay.digests.track == track_digest(track)
    if replay.track != track.name and not is_here:
        raise InputError(
            f"{path}: was driven on '{replay.track}', not on '{track.name}'; name its circuit "
            "with --track"
        )
    try:
        player = ReplayPlayer(replay, track, spec, Backend.COMPILED)
        with spinner(f"driving {path.name} again"):
            return best_ghost(player)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
