"""Keep all that driving leaves behind, for the scene that shows it: marks, smoke, debris."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

import pygame

from game.app.canvas.patches import Piece
from game.app.effects.contact import FrameContact, find_contact
from game.app.effects.debris import DebrisEmitter
from game.app.effects.flashes import Flashes
from game.app.effects.particles import Particles
from game.app.effects.road_water import RoadWater
from game.app.effects.roadside import Roadside
from game.app.effects.scrapes import Scrapes
from game.app.effects.settings import EffectChoice
from game.app.effects.strokes import Strokes
from game.app.effects.wheel_marks import Marks, draw_fresh
from game.app.objects.decks import Decks
from game.app.view.camera import View
from game.arrays import Array
from game.simulation.snapshot import Snapshot
from game.vehicle.spec import ChassisSpec
from game.weather.weather import CLEAR_NOON, Weather


class MarkedGround(Protocol):
    """Keeps pictures of the ground that marks can be drawn onto."""

    def mark_tiles(self, on_ready: Callable[[pygame.Surface, Piece], None]) -> None:
        """Let this, too, mark every picture that comes into memory."""

    def tiles_touching(self, low_m: Array, high_m: Array) -> Iterable[tuple[pygame.Surface, Piece]]:
        """Return the pictures in memory of a box of the world, and where they lie."""
        ...


class Effects:
    """Draws the debris, flashes and marks of one car. Marks stay, also over restarts."""

    def __init__(
        self,
        chassis: ChassisSpec,
        ground: MarkedGround,
        roadside: Roadside | None = None,
        decks: Decks | None = None,
        weather: Weather = CLEAR_NOON,
        water: RoadWater | None = None,
    ) -> None:
        """roadside: where dust and grass lie; without one nothing is blown off them; decks: below
        which marks are not seen.
        """
        self.choice = EffectChoice()
        self.contact: FrameContact | None = None  # of the last frame
        self._chassis = chassis
        self._ground = ground
        self._decks = decks
        self._scrapes = Scrapes()
        self._flashes = Flashes()
        self._marks = Marks(chassis)
        self._particles = Particles(weather)
        self._emitter = DebrisEmitter(chassis, self._particles, roadside, water)
        self._before: Snapshot | None = None
        ground.mark_tiles(self._draw_marks)

    def update(self, now: Snapshot, hit_ns: float, frame_s: float) -> None:
        """Move on by a frame, to where the car is now; `hit_ns`: its hardest contact meanwhile."""
        self._particles.update(frame_s)
        self._flashes.update(frame_s)
        self.contact = None
        before, self._before = self._before, now
        if before is None or before.tick > now.tick:
            self.forget_motion()
            self._before = before = now
        if before.tick == now.tick:
            return
        self.contact = find_contact(self._chassis, before, now, hit_ns)
        self._emitter.settings = self.choice.settings
        self._emitter.update(before, now, self.contact, frame_s)
        if self.contact is not None and not self.choice.calm:
            self._flashes.add(self.contact)
        is_hidden = self._decks.cover if self._decks and self._decks.is_below(now.s_m) else None
        self._mark(self._marks.update(now, is_hidden))
        self._mark(self._scrapes.update(self.contact, is_hidden))

    def draw_under(self, surface: pygame.Surface, view: View) -> None:
        """Draw what lies or flies below the cars, after the ground."""
        self._particles.draw_low(surface, view)

    def draw_over(self, surface: pygame.Surface, view: View) -> None:
        """Draw what hangs above the cars."""
        self._particles.draw_high(surface, view)
        self._flashes.draw(surface, view)

    def forget_motion(self) -> None:
        """Forget the way to where the car is put now: no marks on it, and the air is clear."""
        self._before = None
        self.contact = None
        self._marks.forget_motion()
        self._scrapes.forget_motion()
        self._flashes.clear()
        self._emitter.forget_motion()
        self._particles.clear()

    def _draw_marks(self, picture: pygame.Surface, piece: Piece) -> None:
        """Draw all marks that there are onto a fresh picture of a piece of ground."""
        self._marks.draw_onto(picture, piece)
        self._scrapes.draw_onto(picture, piece)

    def _mark(self, strokes: Strokes) -> None:
        """Draw a frame's strokes onto the ground that is in memory."""
        if len(strokes.corners_m):
            low_m, high_m = strokes.corners_m.min(axis=(0, 1)), strokes.corners_m.max(axis=(0, 1))
            for picture, piece in self._ground.tiles_touching(low_m, high_m):
                draw_fresh(picture, piece, strokes)
