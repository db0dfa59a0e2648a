"""Hide what passes below a bridge: its deck is laid over it as the ground was painted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.objects.bridges import half_widths_m, raised
from game.app.view.camera import View
from game.app.view.car_pose import CarPose
from game.arrays import Array, Mask
from game.track.levels import BRIDGE, GROUND
from game.track.nearest import nearest_points
from game.track.sample_runs import sample_runs
from game.track.track import Track

_REACH_M: Final = 30.0  # from a deck to a car whose smoke may drift below it
_CAR_M: Final = 5.0  # from a deck to the middle of a car that may reach below it
_LEFT_OUT: Final = (1, 0, 1)  # a colour that no ground has
_COVERED: Final = (255, 255, 255)


class _Deck(NamedTuple):
    """A deck is the part of a bridge that something may pass below."""

    outline_m: list[list[float]]
    low_m: Array
    high_m: Array


class Decks:
    """Finds the decks of all bridges of a circuit."""

    def __init__(self, track: Track) -> None:
        self._frames = track.frames
        self._decks = _decks(track) if track.frames.has_bridges else []
        self._above = np.flatnonzero(track.frames.tier == BRIDGE)
        self._half_m = half_widths_m(track)[self._above] if self._decks else np.zeros((0, 2))

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self._decks)

    def is_below(self, s_m: float) -> bool:
        """Return whether a car at a place on the lap is drawn before the decks."""
        return bool(self._decks) and self._frames.tier_at(s_m) == GROUND

    def passes_below(self, pose: CarPose) -> bool:
        """Return whether a car of which only its pose is known passes below a deck.

        It is on the road to whose direction it comes nearer.
        """
        if not self._decks:
            return False
        place = np.array([pose.x_m]), np.array([pose.y_m])
        if not self.cover(np.column_stack(place), _CAR_M)[0]:
            return False
        below, above = (
            self._frames.heading_rad[self._frames.nearest(*place, tier=tier)].item()
            for tier in (GROUND, BRIDGE)
        )
        turned = (
            abs(math.remainder(pose.heading_rad - road_rad, math.tau))
            for road_rad in (below, above)
        )
        return next(turned) < next(turned)

    def cover(self, points_m: Array, margin_m: float = 0.0) -> Mask:
        """Return which points, shape (n, 2), lie under a deck or so near to one."""
        near = [
            _is_near(deck, point, margin_m) for deck in self._decks for point in points_m.tolist()
        ]
        if not any(near):
            return np.zeros(len(points_m), np.bool_)
        x_m, y_m = points_m.T
        which = nearest_points(x_m, y_m, self._frames.places_m[self._above])
        ahead_m, left_m = self._frames.from_samples(self._above[which], x_m, y_m)
        half_m = np.where(left_m >= 0.0, self._half_m[which, 0], self._half_m[which, 1])
        return np.asarray(
            (np.abs(left_m) <= half_m + margin_m) & (np.abs(ahead_m) <= 1.0 + margin_m)
        )

    def kept(
        self, surface: pygame.Surface, view: View, places_m: Sequence[tuple[float, float]]
    ) -> DeckPictures:
        """Return how decks are painted that something near one of the places may pass below."""
        half_m = math.hypot(view.half_width_m, view.half_height_m)
        middle = (view.x_m, view.y_m)
        decks = [
            deck
            for deck in self._decks
            if _is_near(deck, middle, half_m)
            and any(_is_near(deck, place, _REACH_M) for place in places_m)
        ]
        return DeckPictures(surface, view, [deck.outline_m for deck in decks])


class DeckPictures:
    """Keeps pictures of decks, taken before what passes below them is drawn."""

    def __init__(
        self, surface: pygame.Surface, view: View, outlines_m: Sequence[list[list[float]]]
    ) -> None:
        self._pictures: list[tuple[pygame.Surface, tuple[int, int]]] = []
        for outline_m in outlines_m:
            corners = [view.to_screen(x_m, y_m) for x_m, y_m in outline_m]
            box = _box_around(corners).clip(surface.get_rect())
            if box.width and box.height:
                self._pictures.append((_cut_out(surface, corners, box), box.topleft))

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the decks again."""
        for picture, corner in self._pictures:
            surface.blit(picture, corner)


def _decks(track: Track) -> list[_Deck]:
    pieces = raised(track)
    tier = track.frames.tier
    decks = []
    for run in sample_runs(tier == BRIDGE):
        at = np.searchsorted(pieces.samples, run.indices(len(tier)))
        left, next_left, next_right, right = np.moveaxis(pieces.corners_m[at], 1, 0)
        outline = np.concatenate([left, next_left[-1:], next_right[-1:], right[::-1]])
        decks.append(_Deck(outline.tolist(), outline.min(axis=0), outline.max(axis=0)))
    return decks


def _is_near(deck: _Deck, place_m: Sequence[float], reach_m: float) -> bool:
    low_m, high_m = deck.low_m - reach_m, deck.high_m + reach_m
    return bool(((low_m <= place_m) & (place_m <= high_m)).all())


def _box_around(corners: Sequence[tuple[float, float]]) -> pygame.Rect:
    columns, rows = zip(*corners, strict=True)
    left, top = math.floor(min(columns)), math.floor(min(rows))
    return pygame.Rect(left, top, math.ceil(max(columns)) - left, math.ceil(max(rows)) - top)


def _cut_out(
    surface: pygame.Surface, corners: Sequence[tuple[float, float]], box: pygame.Rect
) -> pygame.Surface:
    """Return the part of a surface within a polygon; the rest of the box is clear."""
    picture = surface.subsurface(box).copy()
    rest = pygame.Surface(box.size, depth=32)
    rest.fill(_LEFT_OUT)
    pygame.draw.polygon(rest, _COVERED, [(x - box.left, y - box.top) for x, y in corners])
    rest.set_colorkey(_COVERED)
    picture.blit(rest, (0, 0))
    picture.set_colorkey(_LEFT_OUT)
    return picture
