"""Paint a livery on the car's shape: what colour, how glossy, how steep each place is."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.car.livery import Livery
from game.app.car.shape import (
    MARGIN_M,
    PIXELS_PER_M,
    CarBody,
    Shape,
    bump,
    car_shape,
    overlap,
    soft,
    step,
)
from game.app.ui.palette import Colour
from game.arrays import FloatArray

_SEAM: Final = (16, 17, 20)
_SHEEN: Final = (62, 78, 98)  # of the sky in the glass
_LAMP: Final = (236, 246, 255)
_CARBON: Final = (34, 36, 41)
_CARBON_SHINE: Final = (52, 55, 62)
_TAIL_LAMP: Final = (126, 10, 20)
_WING_SLOPE: Final = 0.22
_PAINT_GLOSS: Final = 0.62
_CARBON_GLOSS: Final = 0.30
_GLASS_GLOSS: Final = 1.0


class Painted(NamedTuple):
    """A painted car has no light on it yet: fields of shape (w, h), the colour (w, h, 3)."""

    colour: FloatArray
    cover: FloatArray
    slope_x: FloatArray
    slope_y: FloatArray
    height: FloatArray
    open: FloatArray  # the share of the sky that a place sees
    gloss: FloatArray  # 0..1
    wing: FloatArray  # cover of the wing alone, which throws a shadow on what is below
    brake_lamps: FloatArray
    reverse_lamps: FloatArray


class _Coat:
    """Lays colours and gloss over one another."""

    def __init__(self, shape: Shape, base: Colour) -> None:
        self.colour = np.empty((*shape.x.shape, 3), dtype=np.float32)
        self.colour[:] = base
        self.gloss = np.full(shape.x.shape, _PAINT_GLOSS, dtype=np.float32)

    def lay(self, shade: Colour, cover: FloatArray, gloss: float = _PAINT_GLOSS) -> None:
        """Cover with a shade where `cover` is 1."""
        columns, rows = np.nonzero(cover)
        if not len(columns):
            return
        part = (slice(columns.min(), columns.max() + 1), slice(rows.min(), rows.max() + 1))
        share = cover[part]
        self.colour[part] += share[..., None] * (np.array(shade, np.float32) - self.colour[part])
        self.gloss[part] += share * (gloss - self.gloss[part])


def paint_car(livery: Livery, car: CarBody) -> Painted:
    """Return the car pointing right, at `PIXELS_PER_M`."""
    shape = car_shape(car)
    coat = _Coat(shape, livery.body)
    _paint_body(coat, shape, livery)
    _cut_louvres(coat, shape, car)
    _lay_carbon(coat, shape)
    _cut_seams(coat, shape)
    _paint_cabin(coat, shape, livery)
    _number_roof(coat, shape, livery, car)
    _paint_lamps(coat, shape)
    _add_edges(coat, shape, livery)
    wing = soft(shape.wing)
    _paint_wing(coat, shape, livery, 0.5 * car.look.drawn_length_m)
    brake, reverse = _lamps(shape, 1.0 - wing)
    outline = np.maximum(np.maximum(shape.body, shape.splitter), shape.diffuser)
    cover = np.maximum(np.maximum(soft(outline), soft(shape.mirrors)), wing)
    slope_x, slope_y = _slopes(shape, wing)
    height = np.maximum(shape.height, 0.02)
    return Painted(
        coat.colour,
        cover,
        slope_x,
        slope_y,
        height,
        _openness(height, wing),
        coat.gloss,
        wing,
        brake,
        reverse,
    )


def _slopes(shape: Shape, wing: FloatArray) -> tuple[FloatArray, FloatArray]:
    slope_x = np.gradient(shape.height, axis=0) * PIXELS_PER_M
    slope_y = -np.gradient(shape.height, axis=1) * PIXELS_PER_M
    round_mirror = soft(shape.mirrors)
    slope_x = slope_x * (1.0 - round_mirror) - 5.0 * round_mirror * (shape.x - 0.60)
    slope_y = slope_y * (1.0 - round_mirror)
    chord = (shape.x + 2.11) / 0.16  # -1 at the wing's trailing edge, 1 at its leading edge
    slope_x = slope_x * (1.0 - wing) - wing * (_WING_SLOPE + 0.35 * chord**3)
    return slope_x.astype(np.float32), (slope_y * (1.0 - wing)).astype(np.float32)


def _openness(height: FloatArray, wing: FloatArray) -> FloatArray:
    """Return how open to the sky each place is: low places beside high ones see less of it."""
    around = height.copy()
    for reach_px in (4, 8, 16):
        padded = np.pad(around, reach_px, mode="edge")
        middle = slice(reach_px, -reach_px)
        around = 0.2 * (
            around
            + padded[: -2 * reach_px, middle]
            + padded[2 * reach_px :, middle]
            + padded[middle, : -2 * reach_px]
            + padded[middle, 2 * reach_px :]
        )
    hidden = np.clip((around - height) / 0.22, 0.0, 0.75) * (1.0 - wing)
    return (1.0 - hidden).astype(np.float32)


def _paint_body(coat: _Coat, shape: Shape, livery: Livery) -> None:
    """Paint the spine from the V on the nose to the tail, slashes on the flanks, and outlets."""
    x, aside = shape.x, shape.aside
    nose = 0.15 + 0.36 * np.clip((x - 0.95) / 1.25, 0.0, 1.0) ** 1.25
    coat.lay(livery.second, soft(nose - aside) * soft(x - 0.55))
    line = soft(0.017 - np.abs(aside - nose - 0.012)) * soft(x - 0.9)
    coat.lay(livery.accent, line)
    tail = -1.20 - 0.85 * (aside - 0.35)
    coat.lay(livery.second, soft(tail - x))
    coat.lay(livery.accent, soft(0.02 - np.abs(x - tail)) * soft(aside - 0.46))
    slash = overlap(0.11 - np.abs(x - 0.10 + 1.3 * (aside - 0.78)), aside - 0.70)
    coat.lay(livery.second, soft(slash))
    behind_m = np.abs(x - 0.29 + 1.3 * (aside - 0.78))
    coat.lay(livery.accent, soft(overlap(0.03 - behind_m, aside - 0.70)))
    for sign in (-0.16, 0.0, 0.16):  # outlets of the radiators
        across = np.abs(x - 1.36 - sign + 0.5 * (aside - 0.3))
        slot = overlap(0.028 - across, 0.085 - np.abs(aside - 0.47 - 0.12 * sign))
        coat.lay(_SEAM, soft(slot), 0.1)


def _cut_louvres(coat: _Coat, shape: Shape, car: CarBody) -> None:
    """Cut louvres over both axles, and one in each rear flank."""
    x, aside = shape.x, shape.aside
    for axle_m in (car.stretch[0] * place_m for place_m in car.axles[:2]):
        slots = 0.055 * np.cos(2.0 * math.pi * (x - axle_m) / 0.12) - 0.01
        louvres = overlap(slots, 0.20 - np.abs(x - axle_m), 0.055 - np.abs(aside - 0.80))
        coat.lay(_SEAM, soft(louvres), 0.1)
    coat.lay(_SEAM, soft(overlap(0.055 - np.abs(aside - 0.80), 0.18 - np.abs(x + 0.66))), 0.1)


def _lay_carbon(coat: _Coat, shape: Shape) -> None:
    """Lay carbon below the wing and along the sills."""
    x, aside, body = shape.x, shape.aside, shape.body
    _weave(coat, shape, soft(overlap(0.38 - aside, x + 2.03, -1.76 - x)))
    sill = soft(0.06 - body) * soft(0.90 - x) * soft(x + 0.92)
    _weave(coat, shape, np.maximum(sill, soft(-body)))


def _weave(coat: _Coat, shape: Shape, cover: FloatArray) -> None:
    """Return the weave of carbon: squares of threads that shine in turn."""
    coat.lay(_CARBON, cover, _CARBON_GLOSS)
    threads = np.floor(shape.x / 0.025) + np.floor(shape.y / 0.025)
    coat.lay(_CARBON_SHINE, cover * (threads % 2.0), _CARBON_GLOSS)


def _cut_seams(coat: _Coat, shape: Shape) -> None:
    """Cut the seams between panels (bonnet, doors, tail) and four quick-release pins."""
    x, aside = shape.x, shape.aside
    seam_m = 0.0075
    bonnet = overlap(2.0 - 0.10 * aside - x, 0.66 - aside + 0.05 * (x - 1.0), x - 0.80)
    door = overlap(0.88 - aside, aside - 0.64, 0.50 - x, x + 0.52)
    for panel in (bonnet, door, overlap(0.74 - aside, -1.66 - x, x + 2.1)):
        coat.lay(_SEAM, 0.75 * soft(seam_m - np.abs(panel)), 0.2)
    for pin_x, pin_y in ((1.93, 0.50), (0.86, 0.60), (-2.05, 0.60)):
        pin = 0.022 - np.hypot(x - pin_x, aside - pin_y)
        coat.lay(_SEAM, soft(pin), 0.2)
        coat.lay((180, 184, 190), soft(pin - 0.009), 1.0)


def _paint_cabin(coat: _Coat, shape: Shape, livery: Livery) -> None:
    """Paint a dark band of glass around the roof, body-coloured pillars, wipers, an aerial."""
    x, aside = shape.x, shape.aside
    frame = shape.greenhouse
    coat.lay(_SEAM, soft(frame + 0.03), 0.4)
    coat.lay(livery.glass, soft(frame), _GLASS_GLOSS)
    for place, wide, share in ((0.30, 0.26, 0.55), (0.66, 0.07, 0.40), (-1.22, 0.16, 0.45)):
        sheen = bump(x + 0.42 * shape.y, place, 0.5 * wide, 0.10)
        coat.lay(_SHEEN, share * sheen * soft(frame - 0.02), _GLASS_GLOSS)
    front = 0.032 - np.abs(aside - 0.535 - 0.16 * np.abs(x - 0.05))
    coat.lay(livery.body, soft(overlap(front, 0.80 - x, x, frame + 0.02)))
    rear = 0.032 - np.abs(aside - 0.435 - 0.16 * np.abs(x + 1.0) + 0.19 * (-x - 1.0))
    coat.lay(livery.second, soft(overlap(rear, x + 1.60, -0.90 - x, frame + 0.02)))
    coat.lay(livery.body, soft(shape.roof))
    coat.lay(livery.second, soft(overlap(shape.roof, 0.12 - 0.16 * (x + 0.4) - aside, -0.86 - x)))
    coat.lay(livery.accent, soft(0.012 - np.abs(shape.roof - 0.035)))
    coat.lay(_SEAM, soft(overlap(0.11 - aside, 0.10 - np.abs(x - 0.02), shape.roof - 0.05)), 0.3)
    wiper = 0.010 - np.abs(x - 0.80 + 0.16 * (shape.y - 0.05))
    coat.lay((10, 10, 12), soft(overlap(wiper, 0.30 - np.abs(shape.y - 0.10))), 0.1)
    coat.lay((10, 10, 12), soft(0.016 - np.hypot(x + 0.92, aside)), 0.3)


def _number_roof(coat: _Coat, shape: Shape, livery: Livery, car: CarBody) -> None:
    """Paint the number, to be read with the car pointing right."""
    pygame.font.init()
    high_px = round(0.74 * PIXELS_PER_M)
    ink = pygame.font.Font(None, high_px).render(livery.number, True, (255, 255, 255))
    width, height = ink.get_size()
    middle_m = MARGIN_M + 0.5 * car.length_m - 0.47 / car.stretch[0]
    left = round(middle_m * PIXELS_PER_M - 0.5 * width)
    top = round(0.5 * (shape.x.shape[1] - height) + 0.02 * PIXELS_PER_M)
    cover = np.zeros(shape.x.shape, dtype=np.float32)
    cover[left : left + width, top : top + height] = pygame.surfarray.array_alpha(ink) / 255.0
    coat.lay(livery.second, cover)


def _paint_lamps(coat: _Coat, shape: Shape) -> None:
    """Paint slim lamps that rake back from the corners of the nose."""
    x, aside = shape.x, shape.aside
    slant = np.abs(x - 2.03 + 0.62 * (aside - 0.56))
    span = 0.17 - np.abs(aside - 0.66)
    coat.lay(_SEAM, soft(overlap(0.060 - slant, span, shape.body - 0.02)), 1.0)
    coat.lay(_LAMP, soft(overlap(0.024 - slant, span - 0.025, shape.body - 0.03)), 1.0)


def _lamps(shape: Shape, bare: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Paint the tail lamps: a line over the whole width, its ends, a lamp below the wing."""
    x, aside = shape.x, shape.aside
    line = overlap(0.030 - np.abs(x + 2.135), 0.84 - aside)
    ends = overlap(0.075 - np.abs(x + 2.02 + 0.30 * (aside - 0.8)), 0.055 - np.abs(aside - 0.83))
    middle = overlap(0.028 - np.abs(x + 1.905), 0.14 - aside)
    brake = np.maximum(soft(np.maximum(line, ends)) * np.maximum(bare, 0.5), soft(middle))
    reverse = soft(overlap(0.030 - np.abs(x + 1.93), 0.06 - np.abs(aside - 0.52)))
    return brake, reverse


def _add_edges(coat: _Coat, shape: Shape, livery: Livery) -> None:
    """Add the accent's thin lines along splitter and sills, mirrors, and fins of the diffuser."""
    x, aside = shape.x, shape.aside
    beyond = soft(-shape.body)
    edge = soft(0.030 - shape.splitter) * beyond
    coat.lay(livery.accent, edge)
    inner = soft(0.016 - np.abs(shape.body - 0.075)) * soft(0.70 - x) * soft(x + 0.80)
    coat.lay(livery.accent, inner)
    fins = 0.012 - np.abs((aside / 0.17) % 1.0 - 0.5) * 0.17
    coat.lay((70, 72, 78), soft(overlap(fins, -2.10 - x)) * beyond, 0.2)
    lamp = overlap(0.030 - np.abs(x + 2.135), 0.84 - aside)
    coat.lay(_TAIL_LAMP, soft(lamp), 0.8)
    coat.lay(livery.accent, soft(shape.mirrors))
    coat.lay(_SEAM, soft(overlap(shape.mirrors, 0.575 - x)), 0.9)


def _paint_wing(coat: _Coat, shape: Shape, livery: Livery, half_m: float) -> None:
    """Paint the carbon wing on two stays, its trailing edge and end plates in the accent."""
    x, aside = shape.x, shape.aside
    wing = soft(shape.wing)
    _weave(coat, shape, wing)
    coat.lay(_SEAM, wing * bump(x, -2.075, 0.010, 0.012), 0.1)
    coat.lay(livery.accent, wing * step(0.050, 0.038, x + half_m))
    coat.lay(livery.accent, wing * step(0.918, 0.926, aside))
    stay = overlap(0.016 - np.abs(aside - 0.40), 0.13 - np.abs(x + 2.02))
    coat.lay((96, 99, 106), soft(stay), 0.8)
