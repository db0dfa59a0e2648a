"""Divide a lap into the intervals of a mesh, which are shorter where the bot's plan is slower."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.bot.plan import Plan
from game.optimum.radau import FIRST_POINT, WEIGHTS
from game.simulation.split_table import resolve
from game.simulation.wet_road import water_across, wet_road
from game.track.track import Track
from game.vehicle.parts import Car, make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.weather.weather import Weather

_NOWHERE_M: Final = 1000.0  # where a kerb begins that is not there
_MIN_KERB_M: Final = 0.05
_SMALLEST: Final = 8  # intervals


class Mesh(NamedTuple):
    """Holds the intervals of a lap; arrays have shape (2, n) unless they say so."""

    lap_m: float
    length_m: Array  # (n,)
    points_m: Array  # along the lap; the second one ends the interval
    curvature_1pm: Array
    left_kerb_m: Array
    right_kerb_m: Array
    torque_share: Array
    regen_share: Array
    grade: Array
    bend_1pm: Array
    crossfall: Array
    twist_1pm: Array
    wind_along_mps: Array  # the way that it blows: along the centreline ...
    wind_left_mps: Array  # ... and across it
    line_m: Array  # offset of the line that is driven most
    line_water_m: Array  # depth of the water on it, at the start of a drive ...
    beside_water_m: Array  # ... and beside it


def make_mesh(track: Track, spec: CarSpec, setup: Setup, plan: Plan, mean_m: float) -> Mesh:
    """Return intervals of `mean_m` in the mean, each as long as the root of the planned speed."""
    car = make_car(spec, setup)
    count = max(_SMALLEST, round(track.length_m / mean_m))
    density = 1.0 / np.sqrt(plan.speed_mps)
    passed = np.append(0.0, np.cumsum(density))
    stations_m = np.append(np.arange(len(density)) * plan.station_m, track.length_m)
    nodes_m: Array = np.interp(np.arange(count + 1) / count * passed[-1], passed, stations_m)
    length_m = np.diff(nodes_m)
    points_m = np.vstack([nodes_m[:-1] + FIRST_POINT * length_m, nodes_m[1:]])
    table = resolve(setup.split_map, setup, track)
    samples_m = np.arange(len(table.front_torque_share)) * table.station_m

    def at_points(values: Array) -> Array:
        found: Array = np.interp(points_m, samples_m, values, period=track.length_m)
        return found

    def at_samples(values: Array) -> Array:
        found: Array = np.interp(points_m, track.frames.s_m, values, period=track.length_m)
        return found

    return Mesh(
        track.length_m,
        length_m,
        points_m,
        _curvature(track, nodes_m),
        at_points(_kerb(track.band_edges("left"))),
        at_points(_kerb(track.band_edges("right"))),
        at_points(np.array(table.front_torque_share)),
        at_points(np.array(table.front_regen_share)),
        *[
            *map(at_samples, track.profile[1:]),
            *_wind(track, car, points_m),
            *_water(track, spec.weather, points_m),
        ],
    )


def _wind(track: Track, car: Car, points_m: Array) -> tuple[Array, Array]:
    """Return the wind along the centreline and across it, to the left, at points of a lap."""
    heading_rad = track.centreline.heading_rad(points_m)
    cos, sin = np.cos(heading_rad), np.sin(heading_rad)
    along_mps: Array = car.wind.x_mps * cos + car.wind.y_mps * sin
    left_mps: Array = car.wind.y_mps * cos - car.wind.x_mps * sin
    return along_mps, left_mps


def _water(track: Track, weather: Weather, points_m: Array) -> tuple[Array, Array, Array]:
    """Return the offset of the driven line, and the water on it and beside it at the start."""
    road = wet_road(track, weather)
    across = np.array([water_across(road, s_m, 0.0)[:3] for s_m in points_m.ravel().tolist()])
    line_m, line_water_m, beside_water_m = across.T.reshape(3, *points_m.shape)
    return line_m, line_water_m, beside_water_m


def _curvature(track: Track, nodes_m: Array) -> Array:
    """Return the curvatures at the points with which the method turns exactly as the centreline.

    The curvature at the points alone would let a lap turn a little less than it does.
    """
    length_m = np.diff(nodes_m)
    before_rad = track.centreline.heading_rad(nodes_m[:-1])
    turned_rad = np.vstack(
        [
            track.centreline.heading_rad(nodes_m[:-1] + share * length_m) - before_rad
            for share in (FIRST_POINT, 1.0)
        ]
    )
    turned_rad = (turned_rad + np.pi) % (2.0 * np.pi) - np.pi
    curvature_1pm: Array = np.linalg.solve(np.array(WEIGHTS), turned_rad / length_m)
    return curvature_1pm


def _kerb(edges_m: Array) -> Array:
    """Return where a kerb begins, from the edges of the bands on one side."""
    has_kerb = edges_m[:, 1] - edges_m[:, 0] > _MIN_KERB_M
    return np.where(has_kerb, edges_m[:, 0], _NOWHERE_M)
