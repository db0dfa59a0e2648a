"""Read GeoJSON: lines and polygons, and the ways of OpenStreetMap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from game.arrays import Array
from game.errors import InputError
from game.track.importing.joining import Way, heights_of, joined_ways
from game.track.importing.source_line import SourceLine
from game.translation import _

_MAX_GEOMETRIES: Final = 20_000
_OSM_LICENCE: Final = "(c) OpenStreetMap contributors, ODbL 1.0"


def read_geojson(path: Path, content: bytes) -> SourceLine:
    """Return the line of a GeoJSON file. Raises InputError with one line."""
    try:
        tree = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        text = _("{path}: is not valid JSON ({reason})")
        raise InputError(text.format(path=path, reason=error)) from None
    except RecursionError:
        raise InputError(_("{path}: has values nested too deeply").format(path=path)) from None
    ways: list[Way] = []
    for geometry, tags in _geometries(tree):
        if len(ways) > _MAX_GEOMETRIES:
            text = _("{path}: has more than {max:,} lines")
            raise InputError(text.format(path=path, max=_MAX_GEOMETRIES))
        ways += [Way(_numbers(path, line), tags, _heights(line)) for line in _lines(geometry)]
    raceways = [way for way in ways if way.tags.get("highway") == "raceway"]
    is_osm = bool(raceways) or any(_is_of_osm(way) for way in ways)
    return joined_ways(
        path,
        raceways or ways,
        "OpenStreetMap" if is_osm else "GeoJSON",
        title=_title(tree),
        licence=_OSM_LICENCE if is_osm else "",
    )


def _geometries(tree: Any) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Return all geometries of a tree, each with the tags of its feature."""
    waiting: list[tuple[Any, dict[str, str]]] = [(tree, {})]
    while waiting:
        item, tags = waiting.pop()
        if not isinstance(item, dict):
            continue
        kind = item.get("type")
        if kind == "Feature":
            waiting.append((item.get("geometry"), _tags(item)))
        elif kind in ("FeatureCollection", "GeometryCollection"):
            inner = item.get("features" if kind == "FeatureCollection" else "geometries")
            waiting += [(each, tags) for each in reversed(inner if isinstance(inner, list) else [])]
        else:
            yield item, tags


def _tags(feature: dict[str, Any]) -> dict[str, str]:
    """Return a feature's properties; some exporters put those of OpenStreetMap under `tags`."""
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return {}
    nested = properties.get("tags")
    merged = {**properties, **(nested if isinstance(nested, dict) else {})}
    found = {str(key).lower(): str(value) for key, value in merged.items() if value is not None}
    if "id" in feature:
        found.setdefault("@id", str(feature["id"]))
    return found


def _lines(geometry: dict[str, Any]) -> list[Any]:
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or not coordinates:
        return []
    kind = geometry.get("type")
    if kind == "LineString":
        return [coordinates]
    if kind == "MultiLineString":
        return coordinates
    if kind == "Polygon":
        return coordinates[:1]  # without its holes
    if kind == "MultiPolygon":
        return [each[0] for each in coordinates if isinstance(each, list) and each]
    return []


def _numbers(path: Path, line: Any) -> Any:
    try:
        places = np.array([(place[0], place[1]) for place in line], float).reshape(-1, 2)
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        raise InputError(
            _("{path}: has coordinates that are not pairs of numbers").format(path=path)
        ) from None
    if not np.isfinite(places).all():
        raise InputError(_("{path}: has coordinates that are not finite").format(path=path))
    return places


def _heights(line: Any) -> Array | None:
    """Return the third numbers of all places; None where one is missing or is no number."""
    try:
        return heights_of([float(place[2]) for place in line])
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        return None


def _is_of_osm(way: Way) -> bool:
    return way.tags.get("@id", "").startswith(("way/", "relation/")) or "osm_id" in way.tags


def _title(tree: Any) -> str:
    """Return the name of the whole, if it has one."""
    if not isinstance(tree, dict):
        return ""
    name = tree.get("name")
    return name if isinstance(name, str) else ""
