"""The car's voice without a device: a drive made into samples, and samples into a file."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from game.app.sound.heard import Heard
from game.app.sound.settings import SoundSettings
from game.app.sound.synthesiser import CHUNK_FRAMES, RATE_HZ, Pcm, Synthesiser
from game.files import write_bytes
from game.vehicle.spec import CarSpec


def render(
    spec: CarSpec, settings: SoundSettings, moments: Sequence[Heard | None], moments_per_s: float
) -> Pcm:
    """What is heard of a car at these moments, shape (frames, 2); a None is a pause."""
    synthesiser = Synthesiser(spec, settings)
    chunks = max(int(len(moments) / moments_per_s * RATE_HZ / CHUNK_FRAMES), 1)
    per_chunk = moments_per_s * CHUNK_FRAMES / RATE_HZ
    return np.concatenate(
        [synthesiser.chunk(moments[int(index * per_chunk)]) for index in range(chunks)]
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
