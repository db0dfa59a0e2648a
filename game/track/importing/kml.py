"""Read KML: lines and rings drawn on a globe, and tracks of a receiver."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from game.arrays import Array
from game.errors import InputError
from game.track.importing.joining import Way, heights_of, joined_ways
from game.track.importing.source_line import SourceLine
from game.track.importing.xml_text import xml_root
from game.translation import _


def read_kml(path: Path, content: bytes) -> SourceLine:
    """Return the line of a KML file. Raises InputError with one line."""
    root = xml_root(path, content)
    ways: list[Way] = []
    is_driven = False
    names = {
        id(line): (place.findtext("{*}name") or "").strip()
        for place in root.iter()
        if _kind(place) == "Placemark"
        for line in place.iter()
    }
    for line in root.iter():
        kind = _kind(line)
        if kind in ("LineString", "LinearRing"):
            cells = (line.findtext("{*}coordinates") or "").split()
            numbers = [cell.split(",") for cell in cells]
        elif kind == "Track":  # of Google's extension
            numbers = [(each.text or "").split() for each in line.findall("{*}coord")]
            is_driven = is_driven or bool(numbers)
        else:
            continue
        if numbers:
            places = _numbers(path, [each[:2] for each in numbers])
            ways.append(Way(places, {"name": names.get(id(line), "")}, _heights(numbers)))
    return joined_ways(path, ways, "KML", is_driven=is_driven)


def _kind(element: Any) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _heights(numbers: list[list[str]]) -> Array | None:
    """Return the third numbers of all coordinates; None where one is missing or is no number."""
    try:
        return heights_of([float(each[2]) for each in numbers])
    except (IndexError, ValueError):
        return None


def _numbers(path: Path, places: list[list[str]]) -> Any:
    try:
        return np.array(places, float).reshape(-1, 2)
    except ValueError:
        raise InputError(
            _("{path}: has coordinates that are not pairs of numbers").format(path=path)
        ) from None
