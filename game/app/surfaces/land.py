"""The land: dry ground of ochre soil, straw and scrub, service roads, and the mown grass."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.canvas.noise import seen, streaks
from game.app.canvas.sheet import Sheet, mixed, smooth, toned
from game.app.canvas.sun import SUN_SHADOW
from game.app.surfaces.track_fields import Fields
from game.arrays import Field

_SOIL: Final = (178.0, 146.0, 104.0)
_STRAW: Final = (166.0, 150.0, 98.0)
_SCRUB: Final = (96.0, 104.0, 60.0)
_MOWN: Final = (122.0, 136.0, 68.0)
_BLEACHED: Final = (160.0, 150.0, 94.0)
_EARTH: Final = (142.0, 118.0, 82.0)
_TRACK: Final = (190.0, 166.0, 126.0)  # of service vehicles
_STRIPE_M: Final = 2.6  # of a mower
_ROAD_M: Final = (3.2, 6.4)  # service road, behind the barriers


def lay_land(sheet: Sheet) -> None:
    """Everything, as if there were no circuit."""
    wide, far = sheet.noise(60.0, 1), sheet.noise(14.0, 2)
    near, small = sheet.noise(2.5, 3), sheet.noise(0.6, 4)
    dry = smooth(0.8 * wide + 0.7 * far + 0.5 * near + 0.25 * small, -0.5, 1.4)
    colours = mixed(_STRAW, _SOIL, dry)
    green = smooth(0.5 * sheet.noise(38.0, 5) + 0.7 * far - 0.3 * near + 0.3 * small, 0.2, 1.5)
    colours = mixed(colours, _SCRUB, 0.62 * green)
    light = 1.0 + 0.05 * wide + 0.045 * near + 0.045 * small + 0.05 * sheet.noise(0.2, 5)
    light += 0.085 * sheet.noise(0.1, 6) + 0.17 * (sheet.grain(7) - 0.5)
    light += 0.04 * _relief(sheet, 0.6, 4)
    for plane, colour in zip(sheet.rgb, colours * light, strict=True):
        plane[:] = colour
    _scatter_bushes(sheet)


def mow(sheet: Sheet, fields: Fields) -> None:
    """Grass inside the barriers, mown in stripes along the track, bleached and worn in places."""
    ragged_m = 0.5 * sheet.noise(2.5, 8) + 0.2 * sheet.noise(0.6, 9)
    share = smooth(fields.wall_m + ragged_m, 1.3, 0.2)
    if not share.any():
        return
    stripe = np.sin((fields.tarmac_m + 0.25 * sheet.noise(2.5, 8)) * (np.pi / _STRIPE_M))
    stripe = np.clip(3.0 * stripe, -1.0, 1.0) * smooth(sheet.noise(38.0, 10), -1.4, 0.2)
    light = 1.0 + 0.058 * stripe + 0.035 * sheet.noise(14.0, 2) + 0.035 * sheet.noise(2.5, 3)
    light += 0.022 * sheet.noise(0.6, 4) + 0.05 * sheet.noise(0.2, 5) + 0.10 * sheet.noise(0.1, 6)
    light += 0.20 * (sheet.grain(7) - 0.5) + 0.03 * _relief(sheet, 0.3, 4)
    swath = streaks(fields.s_m / 1.6, fields.tarmac_m / 0.13, 25)
    light += 0.045 * seen(sheet.piece, 0.15) * swath
    dry = 0.55 * sheet.noise(38.0, 11) + 0.55 * sheet.noise(14.0, 12) + 0.22 * sheet.noise(2.5, 3)
    dry += 0.08 * sheet.noise(0.6, 4) + 0.13 * sheet.noise(0.2, 5) + 0.16 * sheet.noise(0.1, 6)
    dry += 0.16 * stripe
    dry = smooth(dry, -1.1, 2.3)
    sheet.lay(mixed(_MOWN, _BLEACHED, dry) * light, share)
    _wear(sheet, fields, share)


def drive_service_road(sheet: Sheet, fields: Fields) -> None:
    """A bare road behind the barriers with two ruts, lost in grass here and there."""
    low_m, high_m = _ROAD_M
    middle_m = 0.5 * (low_m + high_m)
    aside_m = fields.wall_m - middle_m + 0.35 * sheet.noise(14.0, 13)
    edge_m = np.abs(aside_m) - 0.5 * (high_m - low_m)
    edge_m += 0.30 * sheet.noise(2.5, 14) + 0.12 * sheet.noise(0.6, 15)
    share = smooth(edge_m, 0.35, -0.35)
    if not share.any():
        return
    rut = np.exp(-0.5 * np.square((np.abs(aside_m) - 0.85) / 0.28))
    light = 1.0 + 0.05 * rut + 0.04 * sheet.noise(2.5, 3) + 0.04 * sheet.noise(0.6, 4)
    light += 0.06 * sheet.noise(0.1, 6) + 0.15 * (sheet.grain(7) - 0.5)
    between = np.exp(-0.5 * np.square(aside_m / 0.35)) * smooth(sheet.noise(2.5, 16), -0.5, 1.5)
    colours = mixed(_TRACK, _STRAW, np.clip(0.55 * between - 0.2 * rut, 0.0, 1.0))
    sheet.lay(colours * light, share * 0.9)


def _wear(sheet: Sheet, fields: Fields, share: Field) -> None:
    """Bare earth where wheels run off the road, and a darker lip at its edge."""
    load = np.maximum(np.abs(fields.cornering), fields.braking)
    reach_m = 0.35 + 0.9 * load + 0.35 * sheet.noise(14.0, 17)
    edge_m = fields.paint_m - reach_m + 0.28 * sheet.noise(0.6, 18) + 0.3 * sheet.noise(2.5, 19)
    bare = smooth(edge_m, 0.35, -0.35)
    light = 0.97 + 0.04 * sheet.noise(0.6, 4) + 0.06 * sheet.noise(0.2, 5)
    light += 0.10 * sheet.noise(0.1, 6) + 0.16 * (sheet.grain(7) - 0.5)
    tufts = smooth(sheet.noise(0.2, 5) + 0.6 * sheet.noise(0.6, 18), 0.4, 1.6)
    sheet.lay(toned(_EARTH, light), share * bare * (0.88 - 0.6 * tufts))


def _relief(sheet: Sheet, step_m: float, seed: int) -> Field:
    """Slopes of a noise towards the sun."""
    shift_m = (0.25 * step_m * SUN_SHADOW[0], 0.25 * step_m * SUN_SHADOW[1])
    return 2.2 * (sheet.noise(step_m, seed) - sheet.noise(step_m, seed, shift_m))


def _scatter_bushes(sheet: Sheet) -> None:
    """Low scrub in clumps, lit from the sun's side."""
    piece = sheet.piece
    if seen(piece, 1.1) == 0.0:
        return
    where = smooth(sheet.noise(14.0, 20) + 0.6 * sheet.noise(38.0, 5), -0.2, 1.6)
    shift_m = (0.45 * SUN_SHADOW[0], 0.45 * SUN_SHADOW[1])
    rough = 0.55 * sheet.noise(0.3, 22)
    level = 1.9 - 0.85 * where
    height = sheet.noise(0.8, 21) + rough
    behind = sheet.noise(0.8, 21, shift_m) + rough - level
    bush = smooth(height - level, 0.0, 0.4)
    shadow = smooth(behind, -0.1, 0.4) * (1.0 - bush)
    sheet.shade(1.0 - 0.34 * shadow)
    light = 0.95 + 0.28 * (height - sheet.noise(0.8, 21, shift_m) - rough)
    light += 0.10 * sheet.noise(0.3, 22) + 0.16 * (sheet.grain(7) - 0.5)
    sheet.lay(mixed((84.0, 92.0, 50.0), (112.0, 108.0, 66.0), sheet.grain(23)) * light, bush)
