"""Plant trees around a circuit: wild ones, in rows, along the borders of fields and in streets."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.app.canvas.noise import hashed
from game.app.objects.tree_sprites import VARIANTS
from game.app.surfaces.country import Country
from game.app.surfaces.landscape import Hedges, Rows, TreePlan, layout_seed
from game.app.surfaces.parcels import WILD, Parcels, nearest_parcels, scattered_over
from game.app.surfaces.streets import Streets
from game.arrays import Array, Indices

_SEED: Final = 11
_ROW_STEPS: Final = 20  # of trees, to either side of the middle of a parcel
_HEDGE_SEED: Final = 60
_HEDGE_ASIDE_M: Final = 0.5
_STREET_SEED: Final = 80
_TOUCHING: Final = 1e-6  # metres between parcels whose border is a point


class Plants(NamedTuple):
    """Holds places, shape (n, 2), radii of the crowns and kinds of pictures, shape (n,)."""

    places_m: Array
    radii_m: Array
    kinds: Indices


def planted(country: Country, low: Array, high: Array) -> Plants:
    """Return all that grows or lies in a box."""
    trees, seed = country.look.trees, country.seed
    parts = [_wild(trees, seed, low, high, country.parcels)]
    parcels = country.parcels
    if parcels is not None:
        for use, field in enumerate(parcels.plan.fields, 1):
            if field.planted is not None:
                rows = np.flatnonzero(parcels.uses == use)
                parts.append(_rows(trees, field.planted, seed, rows, parcels, low, high))
        if parcels.plan.hedges is not None:
            parts.append(_hedges(trees, parcels.plan.hedges, seed, parcels, low, high))
    if country.streets is not None:
        parts.append(_in_streets(trees, country.streets, seed))
    return Plants(*(np.concatenate(rows) for rows in zip(*parts, strict=True)))


def _wild(trees: TreePlan, seed: int, low: Array, high: Array, parcels: Parcels | None) -> Plants:
    """Return the trees that nobody planted."""
    rng = np.random.default_rng(_SEED + seed)
    columns, rows = (int(span / trees.spacing_m) for span in high - low)
    x, y = np.meshgrid(np.arange(columns), np.arange(rows), indexing="ij")
    jitter = rng.uniform(-0.42, 0.42, (columns * rows, 2))
    places = low + trees.spacing_m * (np.column_stack([x.ravel(), y.ravel()]) + 0.5 + jitter)
    grove = waves(places, rng, trees.grove_m, 9)
    likely = np.clip(trees.density + trees.grove * grove, *trees.density_between)
    edge = np.minimum(places - low, high - places).min(axis=1) / trees.fade_m
    random = rng.random(len(places))
    chosen = random < likely * np.clip(edge, 0.0, 1.0)
    places, random = places[chosen], random[chosen]
    if parcels is not None:
        nearest, _, border_m = scattered_over(parcels, places)
        likely = np.where(border_m < 3.0, trees.at_borders, trees.in_fields)
        left = (parcels.uses[nearest] == WILD) | (random < likely)
        places = places[left]
    sort = waves(places, rng, (80.0, 200.0), 5) + rng.normal(0.0, 0.5, len(places))
    species = np.digitize(sort, trees.follow)
    min_m, max_m = np.array([each.radius_m for each in trees.species]).T
    spread = rng.random(len(places)) ** 1.5
    radii_m = min_m[species] + (max_m - min_m)[species] * spread
    variants = rng.integers(0, VARIANTS, len(places))
    return Plants(places, radii_m, (species + len(trees.species) * variants).astype(np.intp))


def _rows(
    trees: TreePlan,
    rows: Rows,
    seed: int,
    fields: Indices,
    parcels: Parcels,
    low: Array,
    high: Array,
) -> Plants:
    """Return trees in rows on those of some parcels that lie within a box as a whole."""
    places: list[Array] = [np.zeros((0, 2))]
    steps = np.arange(-_ROW_STEPS, _ROW_STEPS + 1)
    for index in fields:
        along, across = np.meshgrid(steps * rows.along_m, steps * rows.across_m)
        cos, sin = math.cos(parcels.rows_rad[index]), math.sin(parcels.rows_rad[index])
        middle = parcels.middles_m[index]
        if not np.all((middle > low) & (middle < high)):
            continue
        own = middle + np.column_stack(
            [(along * cos - across * sin).ravel(), (along * sin + across * cos).ravel()]
        )
        able = parcels.near(middle, middle)
        nearest, _, border_m = nearest_parcels(able, own[:, 0], own[:, 1])
        mine = np.all(able.middles_m[nearest] == middle, axis=1) & (border_m > 4.0)
        own = own[mine]
        if np.all((own > low) & (own < high)):
            places.append(own)
    all_m = np.concatenate(places)
    at = np.round(all_m * 10.0).astype(np.int64)
    base = layout_seed(_SEED, seed)
    random = [hashed(at[:, 0], at[:, 1], base + kind).astype(float) for kind in range(3)]
    there = random[0] > rows.missing
    min_m, max_m = rows.radius_m
    radii_m = min_m + (max_m - min_m) * random[1]
    kinds = _kinds(trees, rows.species, random[2])
    return Plants(all_m[there], radii_m[there], kinds[there])


def _kinds(trees: TreePlan, species: str, random: Array) -> Indices:
    """Return kinds of pictures of a species, a variant for each random share."""
    variants = np.floor(random * VARIANTS).astype(np.intp)
    return trees.number(species) + len(trees.species) * variants


def _hedges(
    trees: TreePlan, hedges: Hedges, seed: int, parcels: Parcels, low: Array, high: Array
) -> Plants:
    """Return bushes and trees along some of the borders between parcels."""
    from scipy.spatial import Voronoi

    base = layout_seed(_HEDGE_SEED, seed)
    lines = [np.zeros((0, 2))]
    diagram = Voronoi(parcels.middles_m)
    for pair, ends in zip(diagram.ridge_points, diagram.ridge_vertices, strict=True):
        one, other = sorted(pair.tolist())
        if min(ends) < 0 or not parcels.uses[[one, other]].any():
            continue
        if float(hashed(np.array([one]), np.array([other]), base)[0]) >= hedges.share:
            continue
        begin_m, end_m = diagram.vertices[ends]
        steps = np.arange(0.5 * hedges.spacing_m, math.dist(begin_m, end_m), hedges.spacing_m)
        lines.append(begin_m + steps[:, None] * _direction(begin_m, end_m))
    places = np.concatenate(lines)
    places = places[np.all((places > low) & (places < high), axis=1)]
    at = np.round(places * 10.0).astype(np.int64)
    random = [hashed(at[:, 0], at[:, 1], base + 1 + kind).astype(float) for kind in range(5)]
    places = places + _HEDGE_ASIDE_M * (2.0 * np.column_stack(random[:2]) - 1.0)
    min_m, max_m = hedges.radius_m
    radii_m = min_m + (max_m - min_m) * random[2]
    kinds = _kinds(trees, hedges.species[0], random[3])
    for count, name in enumerate(hedges.species[1:]):
        share = hedges.trees / (len(hedges.species) - 1)
        is_tree = (random[4] >= count * share) & (random[4] < (count + 1) * share)
        low_m, high_m = trees.species[trees.number(name)].radius_m
        radii_m = np.where(is_tree, low_m + (high_m - low_m) * random[2], radii_m)
        kinds = np.where(is_tree, _kinds(trees, name, random[3]), kinds)
    return Plants(places, radii_m, kinds)


def _direction(begin_m: Array, end_m: Array) -> Array:
    side_m = end_m - begin_m
    return np.asarray(side_m / max(float(np.hypot(*side_m)), _TOUCHING))


def _in_streets(trees: TreePlan, streets: Streets, seed: int) -> Plants:
    """Return trees in rows along streets, and in parks and yards."""
    places = np.concatenate([streets.tree_rows(), streets.yard_trees()])
    at = np.round(places * 10.0).astype(np.int64)
    base = layout_seed(_STREET_SEED, seed)
    random = [hashed(at[:, 0], at[:, 1], base + kind).astype(float) for kind in range(3)]
    names = streets.plan.tree_species
    chosen = np.minimum((random[0] * len(names)).astype(int), len(names) - 1)
    numbers = np.array([trees.number(name) for name in names])[chosen]
    low_m, high_m = np.array([each.radius_m for each in trees.species])[numbers].T
    variants = np.floor(random[2] * VARIANTS).astype(np.intp)
    kinds = numbers + len(trees.species) * variants
    return Plants(places, low_m + (high_m - low_m) * random[1], kinds.astype(np.intp))


def waves(
    places: Array, rng: np.random.Generator, lengths_m: tuple[float, float], count: int
) -> Array:
    """Return a sum of waves of several lengths in all directions, of unit deviation."""
    field = np.zeros(len(places))
    for _ in range(count):
        wave_rad = rng.uniform(0.0, 2.0 * math.pi)
        length_m = rng.uniform(*lengths_m)
        phase = rng.uniform(0.0, 2.0 * math.pi)
        across = places @ np.array([math.cos(wave_rad), math.sin(wave_rad)])
        field += np.sin(2.0 * math.pi * across / length_m + phase)
    return np.asarray(field * (2.0 / count) ** 0.5)
