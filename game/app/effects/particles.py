"""Move smoke, dust, stones and sparks in the air; beyond a maximum the oldest go first."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.canvas.wind import seen_wind
from game.app.effects.particle_sprites import VARIANTS, ParticleMaterial, ParticleSprites
from game.app.view.camera import View
from game.arrays import FloatArray, Mask
from game.weather.weather import CLEAR_NOON, Weather

CAPACITY: Final = 640
_SEED: Final = 23
_LOW: Final = (ParticleMaterial.STONE, ParticleMaterial.CLOD)  # drawn below the cars
_FADES_IN_S: Final = 0.07
_SPARK_S: Final = 0.035  # of its way that a spark is drawn along
_SPARK_COLOURS: Final = ((255, 250, 226), (255, 214, 120), (255, 146, 52), (196, 74, 30))


class ParticleKind(NamedTuple):
    """Says how particles of one kind live; values are drawn evenly from the ranges."""

    life_s: tuple[float, float]
    diameter_m: tuple[float, float]
    growth_m: float  # of the diameter after a second; it goes with the root of time
    alpha: float
    drag_ps: float  # how fast it takes on the air's velocity
    spread_mps: float


KINDS: Final = {
    ParticleMaterial.SMOKE: ParticleKind((1.5, 3.2), (0.9, 1.5), 2.9, 1.0, 2.4, 0.8),
    ParticleMaterial.DUST: ParticleKind((0.8, 1.8), (0.8, 1.4), 2.6, 0.95, 2.2, 1.0),
    ParticleMaterial.SOIL: ParticleKind((0.6, 1.2), (0.6, 1.0), 1.8, 0.70, 2.4, 0.9),
    ParticleMaterial.STONE: ParticleKind((0.25, 0.6), (0.10, 0.20), 0.0, 1.0, 2.2, 2.8),
    ParticleMaterial.CLOD: ParticleKind((0.3, 0.7), (0.12, 0.30), 0.0, 1.0, 2.2, 2.2),
    ParticleMaterial.SPARK: ParticleKind((0.15, 0.65), (0.07, 0.14), 0.0, 1.0, 2.2, 7.0),
    ParticleMaterial.BLADE: ParticleKind((0.5, 1.3), (0.10, 0.20), 0.0, 1.0, 1.6, 2.4),
    ParticleMaterial.SPRAY: ParticleKind((0.6, 1.6), (0.7, 1.2), 2.9, 0.48, 2.0, 0.9),
}


_GROWTH_M: Final = np.array([KINDS[material].growth_m for material in ParticleMaterial])
_ALPHA: Final = np.array([KINDS[material].alpha for material in ParticleMaterial])
_DRAG_PS: Final = np.array([KINDS[material].drag_ps for material in ParticleMaterial])
_IS_LOW: Final = np.array([material in _LOW for material in ParticleMaterial])


class Particles:
    """Moves the particles of one car by frames, with a random generator of their own."""

    def __init__(self, weather: Weather = CLEAR_NOON) -> None:
        # What falls is not carried by the wind.
        self._air_mps = np.outer(~_IS_LOW, seen_wind(weather))
        self._sprites = ParticleSprites()
        self.clear()

    def __len__(self) -> int:
        return int(np.count_nonzero(self._age_s < self._life_s))

    def clear(self) -> None:
        """Remove all particles and restart the generator, so that pictures repeat."""
        self.chance = np.random.default_rng(_SEED)
        self._place_m = np.zeros((CAPACITY, 2))
        self._velocity_mps = np.zeros((CAPACITY, 2))
        self._age_s = np.zeros(CAPACITY)
        self._life_s = np.zeros(CAPACITY)
        self._diameter_m = np.zeros(CAPACITY)
        self._strength = np.zeros(CAPACITY)
        self._material = np.zeros(CAPACITY, dtype=np.intp)
        self._variant = np.arange(CAPACITY) % VARIANTS
        self._next = 0
        self._are_in_air = False

    def emit(
        self,
        material: ParticleMaterial,
        places_m: FloatArray,
        velocity_mps: FloatArray,
        strength: float = 1.0,
    ) -> None:
        """Emit particles at places, shape (n, 2), with some scatter; strength is 0..1."""
        count = len(places_m)
        at = (self._next + np.arange(count)) % CAPACITY
        self._next = int(self._next + count) % CAPACITY
        kind, chance = KINDS[material], self.chance
        self._place_m[at] = places_m
        stray = chance.normal(0.0, kind.spread_mps, (count, 2))
        self._velocity_mps[at] = velocity_mps + stray
        self._age_s[at] = 0.0
        self._life_s[at] = chance.uniform(*kind.life_s, count)
        self._diameter_m[at] = chance.uniform(*kind.diameter_m, count)
        self._strength[at] = strength
        self._material[at] = material
        self._are_in_air = True

    def update(self, frame_s: float) -> None:
        """Move all particles in the air on by a frame."""
        if not self._are_in_air:
            return
        flying = np.flatnonzero(self._age_s < self._life_s)
        self._are_in_air = len(flying) > 0
        if not self._are_in_air:
            return
        material, velocity_mps = self._material[flying], self._velocity_mps[flying]
        share = (1.0 - np.exp(-frame_s * _DRAG_PS))[material, None]
        velocity_mps += share * (self._air_mps[material] - velocity_mps)
        self._velocity_mps[flying] = velocity_mps
        self._place_m[flying] += frame_s * velocity_mps
        self._age_s[flying] += frame_s

    def draw_low(self, surface: pygame.Surface, view: View) -> None:
        """Draw what flies below a car's roof."""
        if self._are_in_air:
            self._draw(surface, view, _IS_LOW[self._material])

    def draw_high(self, surface: pygame.Surface, view: View) -> None:
        """Draw what rises over a car."""
        if not self._are_in_air:
            return
        sparks = self._material == ParticleMaterial.SPARK
        self._draw(surface, view, ~_IS_LOW[self._material] & ~sparks)
        self._draw_sparks(surface, view, sparks)

    def _draw_sparks(self, surface: pygame.Surface, view: View, which: Mask) -> None:
        """Draw sparks as short bright lines that cool as they age."""
        found = np.flatnonzero(which & (self._age_s < self._life_s))
        if not len(found):
            return
        heads = on_screen(view, self._place_m[found])
        tails = on_screen(view, self._place_m[found] - _SPARK_S * self._velocity_mps[found])
        aged = self._age_s[found] / self._life_s[found]
        colours = np.minimum((aged * len(_SPARK_COLOURS)).astype(int), len(_SPARK_COLOURS) - 1)
        width = max(round(float(np.mean(self._diameter_m[found])) * view.pixels_per_m), 2)
        for head, tail, colour in zip(
            heads.tolist(), tails.tolist(), colours.tolist(), strict=True
        ):
            pygame.draw.line(surface, _SPARK_COLOURS[colour], tail, head, width)

    def _draw(self, surface: pygame.Surface, view: View, which: Mask) -> None:
        found = np.flatnonzero(which & (self._age_s < self._life_s))
        if not len(found):
            return
        material, age_s = self._material[found], self._age_s[found]
        grown_m = self._diameter_m[found] + _GROWTH_M[material] * np.sqrt(age_s)
        left = 1.0 - age_s / self._life_s[found]
        alpha = _ALPHA[material] * self._strength[found] * left**1.3
        alpha *= np.clip((age_s + 0.02) / _FADES_IN_S, 0.0, 1.0)
        window = np.array([view.width, view.height])
        half_px = 0.5 * grown_m[:, None] * view.pixels_per_m
        places = on_screen(view, self._place_m[found])
        seen = np.all((places > -half_px) & (places < half_px + window), axis=1)
        strengths = self._sprites.strengths(alpha)
        seen &= strengths > 0
        sizes = self._sprites.sizes(2.0 * half_px[:, 0])
        sides_px = self._sprites.sides_px(sizes)
        codes = self._sprites.codes(material, self._variant[found], sizes, strengths)
        corners = places - 0.5 * sides_px[:, None]
        pictures = map(self._sprites.get, codes[seen].tolist())
        surface.fblits(list(zip(pictures, corners[seen].tolist(), strict=True)))


def on_screen(view: View, places_m: FloatArray) -> FloatArray:
    """Return places on the screen, shape (n, 2), as `View.to_screen` gives one."""
    cos, sin = math.cos(view.turn_rad), math.sin(view.turn_rad)
    east, north = (places_m - (view.x_m, view.y_m)).T * view.pixels_per_m
    right = 0.5 * view.width + east * cos - north * sin
    return np.column_stack([right, 0.5 * view.height - east * sin - north * cos])
