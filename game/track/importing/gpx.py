"""Read GPX: tracks and routes of a satellite receiver, by gpxpy."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np

from game.errors import InputError
from game.track.importing.joining import Way, heights_of, joined_ways
from game.track.importing.source_line import SourceLine
from game.track.importing.xml_text import xml_root
from game.translation import _

_MAX_POINTS: Final = 60_000  # gpxpy reads some 50,000 a second


def read_gpx(path: Path, content: bytes) -> SourceLine:
    """Return the line of a GPX file. Raises InputError with one line."""
    import gpxpy

    root = xml_root(path, content)
    count = sum(each.tag.endswith(("trkpt", "rtept")) for each in root.iter())
    if count > _MAX_POINTS:
        text = _("{path}: has {count:,} points: leave {max:,} of them or fewer")
        raise InputError(text.format(path=path, count=count, max=_MAX_POINTS))
    try:
        gpx = gpxpy.parse(content)
    except (gpxpy.gpx.GPXException, ValueError, AttributeError, KeyError, TypeError) as error:
        text = _("{path}: is not valid GPX ({reason})")
        raise InputError(text.format(path=path, reason=str(error).splitlines()[0])) from None
    ways = [
        _way(segment.points, track.name or "")
        for track in gpx.tracks
        for segment in track.segments
        if segment.points
    ]
    if not ways:
        ways = [_way(route.points, route.name or "") for route in gpx.routes if route.points]
    is_driven = any(
        point.time is not None
        for track in gpx.tracks
        for segment in track.segments
        for point in segment.points[:1]
    )
    return joined_ways(path, ways, "GPX", title=gpx.name or "", is_driven=is_driven)


def _way(points: list[Any], name: str) -> Way:
    places = np.array([(point.longitude, point.latitude) for point in points], float)
    return Way(places, {"name": name}, heights_of([point.elevation for point in points]))
