"""The car's voice as samples: what is heard of it at one moment becomes the next chunk."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from game.app.sound.heard import Heard
from game.app.sound.loudness import limited
from game.app.sound.motors import Motors
from game.app.sound.settings import SoundSettings
from game.app.sound.strokes import Stroke, Strokes
from game.app.sound.surroundings import Surroundings
from game.app.sound.tyres import Tyres
from game.vehicle.spec import CarSpec

RATE_HZ: Final = 44_100
CHUNK_FRAMES: Final = 1024

Pcm = npt.NDArray[np.int16]

_FULL_SCALE: Final = 32767.0
_REST_FRAMES: Final = CHUNK_FRAMES // 2  # to silence; the rest of that chunk is silent
_HITS_APART: Final = 6  # chunks between thuds, unless the later is much harder
_HARDER: Final = 1.5
_THUD_LEAST: Final = 0.04  # lighter contacts only scrape


class Synthesiser:
    """Makes stereo chunks of CHUNK_FRAMES at RATE_HZ that join without a click."""

    def __init__(self, spec: CarSpec, settings: SoundSettings | None = None) -> None:
        """Shaping the noises takes some 50 ms."""
        self.settings = settings or SoundSettings()
        self._motors = Motors(spec.motor.speed_limit_radps, RATE_HZ, CHUNK_FRAMES)
        self._tyres = Tyres(RATE_HZ, CHUNK_FRAMES)
        self._surroundings = Surroundings(RATE_HZ, CHUNK_FRAMES)
        self._thuds = Strokes(RATE_HZ, CHUNK_FRAMES)
        self._ticks = Strokes(RATE_HZ, CHUNK_FRAMES)
        self._heard = Heard()
        self._volumes = np.zeros(4, np.float32)
        self._ramp = np.arange(1, CHUNK_FRAMES + 1, dtype=np.float32) / CHUNK_FRAMES
        self._quick_ramp = np.minimum(self._ramp * (CHUNK_FRAMES / _REST_FRAMES), np.float32(1.0))
        self._since_hit = _HITS_APART
        self._last_hit = 0.0

    def strike(self, stroke: Stroke) -> None:
        """Let a sound of the menus begin with the next chunk."""
        self._ticks.strike(stroke)

    @property
    def silent(self) -> bool:
        """Whether the last chunk ended in silence and none but a moving car will break it."""
        return not (self._volumes[:3].any() or self._ticks.sounding)

    def chunk(self, heard: Heard | None) -> Pcm:
        """The next chunk, shape (frames, 2), of a car; without one, it falls silent."""
        volumes = self._wanted(resting=heard is None)
        if heard is not None:
            self._heard = heard
            self._take_hit(heard.hit)
        before, after = self._volumes, volumes
        ramp = self._quick_ramp if heard is None else self._ramp
        course = before[:, None] + (after - before)[:, None] * ramp
        mix = np.zeros((2, CHUNK_FRAMES), np.float32)
        # What is and stays silent is not computed.
        if before[0] or after[0]:
            mix += course[0] * self._motors.chunk(self._heard)
        if before[1] or after[1]:
            mix += course[1] * self._tyres.chunk(self._heard)
        if before[2] or after[2]:
            mix += course[2] * (self._surroundings.chunk(self._heard) + self._thuds.chunk())
        if self._ticks.sounding:
            mix += course[3] * self._ticks.chunk()
        self._volumes = after
        return np.ascontiguousarray((limited(mix) * np.float32(_FULL_SCALE)).astype(np.int16).T)

    def _wanted(self, *, resting: bool) -> npt.NDArray[np.float32]:
        """Of motors, tyres, surroundings and interface; squared, as an ear reads a slider."""
        now = self.settings
        master = 0.0 if now.muted else now.master
        car = 0.0 if resting else master
        volumes = (car * now.motors, car * now.tyres, car * now.surroundings)
        return np.array((*volumes, master * now.interface), np.float32) ** 2

    def _take_hit(self, hit: float) -> None:
        self._since_hit += 1
        if hit < _THUD_LEAST:
            return
        if self._since_hit > _HITS_APART or hit > _HARDER * self._last_hit:
            self._thuds.strike("thud", hit**0.5)
            self._since_hit = 0
            self._last_hit = hit
