"""Reads KML: lines and rings drawn on a globe, and tracks of a receiver."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from game.errors import InputError
from game.track.importing.joining import Way, joined_ways
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
            places = [cell.split(",")[:2] for cell in cells]
        elif kind == "Track":  # of Google's extension
            places = [(each.text or "").split()[:2] for each in line.findall("{*}coord")]
            is_driven = is_driven or bool(places)
        else:
            continue
        if places:
            ways.append(Way(_numbers(path, places), {"name": names.get(id(line), "")}))
    return joined_ways(path, ways, "KML", is_driven=is_driven)


def _kind(element: Any) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _numbers(path: Path, places: list[list[str]]) -> Any:
    try:
        return np.array(places, float).reshape(-1, 2)
    except ValueError:
        raise InputError(
            _("{path}: has coordinates that are not pairs of numbers").format(path=path)
        ) from None
