"""Draw the paddock behind the pit building, car parks behind the stands, and what parks there."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.canvas.patches import Patches
from game.app.objects.plots import Plot
from game.app.objects.site import Site
from game.app.objects.structure import Structure, combined
from game.app.ui.palette import Colour
from game.arrays import Array

_SEED: Final = 17
_DEEP_M: Final = 46.0
_CAR_PARK_M: Final = (11.5, 43.0)  # behind a stand
_FREE: Final = 0.4  # of the corners of a piece of a yard, that are not taken
_GLASS: Final = (40, 46, 54)
_TEAMS: Final[tuple[tuple[Colour, Colour], ...]] = (
    ((228, 227, 222), (176, 44, 44)),
    ((44, 48, 56), (204, 172, 64)),
    ((222, 222, 218), (48, 92, 156)),
    ((186, 190, 194), (44, 118, 84)),
    ((64, 92, 140), (230, 228, 222)),
    ((226, 224, 218), (222, 120, 44)),
)
_CARS: Final[tuple[Colour, ...]] = (
    (226, 226, 222),
    (182, 185, 188),
    (92, 96, 102),
    (44, 46, 50),
    (160, 44, 42),
    (56, 84, 132),
    (196, 188, 168),
)
# Parked cars are paler than the ones that drive, so that the eye finds those first.
_DUST: Final[Colour] = (132, 128, 118)
_DUSTY: Final = 0.45


class _Lot:
    """Puts vehicles and tents on a plan, each only where the site is free."""

    def __init__(self, plot: Plot, site: Site) -> None:
        self._plot, self._site = plot, site
        self._polygons: list[Array] = []
        self._colours: list[Colour] = []
        self._blocks: list[tuple[Array, float]] = []

    def is_free(self, from_m: float, to_m: float, near_m: float, far_m: float) -> bool:
        return bool(self._site.is_free(self._plot.box(from_m, to_m, near_m, far_m)).all())

    def add(self, colour: Colour, from_m: float, to_m: float, near_m: float, far_m: float) -> None:
        self._polygons.append(self._plot.box(from_m, to_m, near_m, far_m))
        self._colours.append(colour)

    def add_small(
        self, colours: list[Colour], along_m: tuple[Array, Array], across_m: tuple[Array, Array]
    ) -> None:
        """Add several boxes at once, of bounds of shape (n,)."""
        self._polygons.extend(self._plot.small_boxes(*along_m, *across_m))
        self._colours += colours

    def occupy(
        self, height_m: float, from_m: float, to_m: float, near_m: float, far_m: float
    ) -> None:
        outline = self._plot.box(from_m, to_m, near_m, far_m)
        self._blocks.append((outline, height_m))
        self._site.reserve(outline)

    def structure(self, paved: list[Array]) -> Structure:
        return Structure(
            high=Patches(self._polygons, self._colours), blocks=self._blocks, paved=paved
        )


def paddock(plot: Plot, site: Site) -> Structure:
    """Fill the ground behind the garages: transporters with awnings, motorhomes, vans."""
    rng = np.random.default_rng(_SEED)
    lot = _Lot(plot, site)
    yard = [part for part in _yard(plot) if site.is_free(part).mean() > _FREE]
    near_m = plot.depth_m + 9.0
    along_m = 6.0
    while along_m < plot.length_m - 12.0:
        team = _TEAMS[int(rng.integers(len(_TEAMS)))]
        if lot.is_free(along_m, along_m + 12.0, near_m, near_m + 17.0):
            _park_lorry(lot, team, along_m, near_m)
            _pitch_awning(lot, team, along_m + 3.0, near_m + 1.5, float(rng.uniform(5.0, 7.0)))
        if rng.random() < 0.6 and lot.is_free(along_m, along_m + 8.0, near_m + 22.0, near_m + 34.0):
            _park_lorry(lot, team, along_m, near_m + 22.0)
        for place in range(3):
            aside_m = along_m + 4.2 + 2.7 * place
            if rng.random() < 0.55 and lot.is_free(
                aside_m, aside_m + 2.0, near_m + 24.0, near_m + 30.0
            ):
                paint = _CARS[int(rng.integers(len(_CARS)))]
                _park_car(lot, paint, aside_m, near_m + 24.0, 5.2, 2.0)
        along_m += float(rng.uniform(13.0, 16.5))
    return lot.structure(yard)


def _yard(plot: Plot) -> list[Array]:
    return plot.pieces(-12.0, plot.length_m + 12.0, plot.depth_m, plot.depth_m + _DEEP_M)


def car_park(plot: Plot, site: Site, *, paved: bool) -> Structure:
    """Return rows of visitors' cars behind a stand, on bare ground or on asphalt."""
    rng = np.random.default_rng(_SEED + round(plot.length_m))
    lot = _Lot(plot, site)
    pieces = plot.pieces(0.0, plot.length_m, *(plot.depth_m + np.array(_CAR_PARK_M)).tolist())
    yard = [part for part in pieces if paved and site.is_free(part).mean() > _FREE]
    for row_m in (14.0, 19.6, 30.0, 35.6):
        near_m = plot.depth_m + row_m
        for along_m in np.arange(4.0, plot.length_m - 4.0, 2.6):
            if rng.random() < 0.28 or not lot.is_free(along_m, along_m + 1.9, near_m, near_m + 4.6):
                continue
            paint = _CARS[int(rng.integers(len(_CARS)))]
            aside_m = float(rng.uniform(-0.15, 0.15))
            _park_car(lot, paint, along_m + aside_m, near_m + float(rng.uniform(0, 0.5)), 4.3, 1.8)
    return lot.structure(yard)


def _park_lorry(lot: _Lot, team: tuple[Colour, Colour], along_m: float, near_m: float) -> None:
    """Park a trailer 13.6 m long and its tractor."""
    body, stripe = team
    lot.occupy(3.8, along_m, along_m + 2.55, near_m, near_m + 13.6)
    lot.add(_darker(body, 0.86), along_m, along_m + 2.55, near_m, near_m + 13.6)
    lot.add(body, along_m + 0.12, along_m + 2.43, near_m + 0.12, near_m + 13.48)
    lot.add(stripe, along_m + 0.12, along_m + 2.43, near_m + 2.0, near_m + 4.2)
    lot.add(stripe, along_m + 1.1, along_m + 1.45, near_m + 4.2, near_m + 13.48)
    cab_m = near_m + 14.1
    lot.occupy(3.2, along_m + 0.05, along_m + 2.5, cab_m, cab_m + 2.3)
    lot.add(stripe, along_m + 0.05, along_m + 2.5, cab_m, cab_m + 2.3)
    lot.add(_GLASS, along_m + 0.25, along_m + 2.3, cab_m + 1.75, cab_m + 2.2)


def _pitch_awning(
    lot: _Lot, team: tuple[Colour, Colour], along_m: float, near_m: float, wide_m: float
) -> None:
    """Pitch a tent roof beside a lorry, lighter on the side of the sun."""
    body, stripe = team
    deep_m = 10.0
    lot.occupy(3.0, along_m, along_m + wide_m, near_m, near_m + deep_m)
    for bay in range(3):
        low_m = near_m + bay * deep_m / 3.0
        middle_m, high_m = low_m + deep_m / 6.0, low_m + deep_m / 3.0
        colour = stripe if bay == 1 else body
        lot.add(colour, along_m, along_m + wide_m, low_m, middle_m)
        lot.add(_darker(colour, 0.88), along_m, along_m + wide_m, middle_m, high_m)


def _park_car(
    lot: _Lot, paint: Colour, along_m: float, near_m: float, long_m: float, wide_m: float
) -> None:
    """Park a car or a van across the plan's front."""
    lot.occupy(1.5, along_m, along_m + wide_m, near_m, near_m + long_m)
    paint, glass = _dusty(paint), _dusty(_GLASS)
    aside_m, behind_m, before_m = np.array(
        [
            (0.0, 0.0, 0.0),
            (0.10, 0.15, 0.15),
            (0.20, 0.16 * long_m, 0.28 * long_m),
            (0.26, 0.26 * long_m, 0.42 * long_m),
        ]
    ).T
    lot.add_small(
        [_darker(paint, 0.86), paint, glass, paint],
        (along_m + aside_m, along_m + wide_m - aside_m),
        (near_m + behind_m, near_m + long_m - before_m),
    )


def _dusty(colour: Colour) -> Colour:
    red, green, blue = (
        round(part + _DUSTY * (dust - part)) for part, dust in zip(colour, _DUST, strict=True)
    )
    return red, green, blue


def _darker(colour: Colour, factor: float) -> Colour:
    red, green, blue = (round(part * factor) for part in colour)
    return red, green, blue


def parked_vehicles(plots: dict[str, list[Plot]], site: Site, *, in_city: bool) -> Structure:
    """Return all vehicles that park behind pit buildings and stands."""
    return combined(
        [
            *(paddock(plot, site) for plot in plots.get("pit_building", [])),
            *(car_park(plot, site, paved=in_city) for plot in plots.get("grandstand", [])),
        ]
    )
