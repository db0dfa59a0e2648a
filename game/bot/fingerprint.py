"""What names a thing in the cache: a digest that changes with all that the thing depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from game.track.track import Track


def fingerprint(track: Track, rooms: Sequence[str], *parts: bytes) -> str:
    """A name for what these packages of the program make of a track and of other parts."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for room in (".", *rooms):
        for source in sorted((package / room).glob("*.py")):
            digest.update(source.read_bytes())
    for side in ("left", "right"):
        digest.update(track.band_edges(side).tobytes())
    digest.update(track.outline("left", -1).tobytes())
    for wall in track.walls:
        digest.update(wall.points_m.tobytes())
    digest.update(repr((track.tables.footings, track.gates, track.corners)).encode())
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:16]
