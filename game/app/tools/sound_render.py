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
    synthesiser = Synthesiser(spec, settings)
    chunks = max(int(len(moments) / moments_per_s * RATE_HZ / CHUNK_FRAMES), 1)
    per_chunk = moments_per_s * CHUNK_FRAMES / RATE_HZ
    soundscapes = [
        Soundscape(each) if isinstance(each, AudioFeatures) else each for each in moments
    ]
    return np.concatenate(
        [synthesiser.chunk(soundscapes[int(index * per_chunk)]) for index in range(chunks)]
    )


def write_wav(path: Path, samples: Pcm) -> None:
    """Keep samples, shape (frames, 2). Raises InputError if the file cannot be written."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.astype("<i2").tobytes())
    write_bytes(path, stream.getvalue())
