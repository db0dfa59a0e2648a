"""Render the sound of a drive without a device: moments into samples, samples into a file."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.driving.heard_cars import soundscape_in
from game.app.driving.trackside_sounds import TracksideSounds
from game.app.sound.audio_features import AudioFeatures
from game.app.sound.settings import SoundSettings
from game.app.sound.soundscape import Soundscape
from game.app.sound.synthesiser import CHUNK_FRAMES, RATE_HZ, Pcm, Synthesiser
from game.bot.bot import Bot
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.files import write_bytes
from game.simulation.world import TICK_S
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_MOMENTS_PER_S: Final = 60.0
_TICKS: Final = round(1.0 / (_MOMENTS_PER_S * TICK_S))


def render_lap(track: Track, spec: CarSpec, setup: Setup) -> Pcm:
    """Return the sound of a flying lap of the reference bot, shape (frames, 2)."""
    drive = Drive(track, [CarEntry(spec, setup, Bot)])
    drive.begin(flying_start(spec, setup, make_plan(track, spec, setup)))
    trackside = TracksideSounds(track, spec.weather)
    moments = []
    while not drive.followed.laps.laps:
        drive.step(_TICKS)
        if drive.followed.now.lap > 0:
            moments.append(soundscape_in(drive, trackside))
    return render(spec, SoundSettings(), moments, _MOMENTS_PER_S)


def render(
    spec: CarSpec,
    settings: SoundSettings,
    moments: Sequence[Soundscape | AudioFeatures | None],
    moments_per_s: float,
) -> Pcm:
    """Return the sound of these moments, of a drive or of a car by itself, shape (frames, 2).

    A None is a pause.
    """
    track = SoundTrack(spec, settings, moments_per_s)
    chunks = max(int(len(moments) / moments_per_s * RATE_HZ / CHUNK_FRAMES), 1)
    made = [
        chunk
        for each in moments
        for chunk in track.add(Soundscape(each) if isinstance(each, AudioFeatures) else each)
    ]
    return np.concatenate(made[:chunks])


class SoundTrack:
    """Makes the sound of moments as they come, at equal intervals."""

    def __init__(self, spec: CarSpec, settings: SoundSettings, moments_per_s: float) -> None:
        self._synthesiser = Synthesiser(spec, settings)
        self._per_chunk = moments_per_s * CHUNK_FRAMES / RATE_HZ
        self._moments = self._chunks = 0
        self._unheard: Soundscape | None = None  # the moment before, if it fell between two chunks

    def add(self, moment: Soundscape | None) -> list[Pcm]:
        """Return the chunks that begin with a moment; a None is a pause."""
        if moment is not None and self._unheard is not None:
            moment = moment.with_hits_of(self._unheard)
        made = []
        while int(self._chunks * self._per_chunk) == self._moments:
            made.append(self._synthesiser.chunk(moment))
            self._chunks += 1
        self._moments += 1
        self._unheard = None if made else moment
        return made


def write_wav(path: Path, samples: Pcm) -> None:
    """Keep samples, shape (frames, 2). Raises InputError if the file cannot be written."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.astype("<i2").tobytes())
    write_bytes(path, stream.getvalue())
