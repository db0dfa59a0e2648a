"""Encode a film, .mp4 or .gif, by PyAV, which has FFmpeg inside and is the extra `clip`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from game.app.context import display  # noqa: F401  # first: it settles how pygame starts

import pygame  # isort: skip
import numpy as np

from game.app.replays.clip_format import GIF, MOVIE, ClipFile, ClipFormat
from game.app.sound.synthesiser import RATE_HZ, Pcm
from game.errors import InputError

_GIF_TICK: Final = Fraction(1, 100)  # s
_SMALL_AND_CLEAR: Final = {"preset": "fast", "crf": "19"}
_SOUND_BITS_PER_S: Final = 192_000
_BT_709: Final = 1  # FFmpeg's number of this standard's colours
_VIDEO_RANGE: Final = 1  # and of their range, 16 to 235
_GIF_PALETTE: Final = {"stats_mode": "single"}  # one for every picture
_GIF_DITHER: Final = {"new": "1", "dither": "bayer", "bayer_scale": "4"}


class Movie:
    """Writes H.264 and AAC, which every browser and messenger plays."""

    def __init__(self, container: Any, clip: ClipFormat) -> None:
        self._container = container
        self._av = encoder()
        self._step = Fraction(1, clip.fps)
        self._pictures = self._samples = 0
        self._picture_stream = stream = container.add_stream(
            "libx264", rate=clip.fps, options=_SMALL_AND_CLEAR
        )
        stream.width, stream.height = clip.size
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.time_base = self._step
        context.colorspace = context.color_primaries = context.color_trc = _BT_709
        context.color_range = _VIDEO_RANGE
        self._sound_stream = container.add_stream("aac", rate=RATE_HZ, layout="stereo")
        self._sound_stream.bit_rate = _SOUND_BITS_PER_S

    @classmethod
    def opened(cls, place: Path, clip: ClipFormat) -> AbstractContextManager[ClipFile]:
        """Give what writes into a file."""
        return _opened(place, "mp4", lambda container: cls(container, clip))

    def show(self, picture: pygame.Surface) -> None:
        """Add a picture."""
        frame = _frame_of(self._av, picture).reformat(
            format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG"
        )
        frame.pts, frame.time_base = self._pictures, self._step
        self._pictures += 1
        self._container.mux(self._picture_stream.encode(frame))

    def sound(self, samples: Pcm) -> None:
        """Add samples, shape (frames, 2)."""
        packed = np.ascontiguousarray(samples).reshape(1, -1)
        frame = self._av.AudioFrame.from_ndarray(packed, format="s16", layout="stereo")
        frame.sample_rate = RATE_HZ
        frame.pts, frame.time_base = self._samples, Fraction(1, RATE_HZ)
        self._samples += len(samples)
        self._container.mux(self._sound_stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoder holds back."""
        for stream in (self._picture_stream, self._sound_stream):
            self._container.mux(stream.encode(None))


class Gif:
    """Writes a GIF, each picture in the 256 colours that suit it best; it has no sound."""

    def __init__(self, container: Any, clip: ClipFormat) -> None:
        self._container = container
        self._av = encoder()
        self._fps = clip.fps
        self._pictures = 0
        self._stream = container.add_stream("gif", rate=clip.fps)
        self._stream.width, self._stream.height = clip.size
        self._stream.pix_fmt = "pal8"
        self._stream.codec_context.time_base = _GIF_TICK
        self._graph = _palette_graph(self._av, clip.size)

    @classmethod
    def opened(cls, place: Path, clip: ClipFormat) -> AbstractContextManager[ClipFile]:
        """Give what writes into a file."""
        return _opened(place, "gif", lambda container: cls(container, clip))

    def show(self, picture: pygame.Surface) -> None:
        """Add a picture."""
        frame = _frame_of(self._av, picture)
        frame.pts, frame.time_base = round(self._pictures / self._fps / _GIF_TICK), _GIF_TICK
        self._pictures += 1
        self._graph.vpush(frame)
        self._write_ready()

    def sound(self, samples: Pcm) -> None:
        """Leave the sound out."""

    def finish(self) -> None:
        """Write what the encoder holds back."""
        self._graph.vpush(None)
        self._write_ready()
        self._container.mux(self._stream.encode(None))

    def _write_ready(self) -> None:
        """Write the pictures that have come out of the graph."""
        while True:
            try:
                frame = self._graph.vpull()
            except (BlockingIOError, EOFError):  # it wants more, or has no more
                return
            self._container.mux(self._stream.encode(frame))


@contextmanager
def _opened(place: Path, kind: str, make: Callable[[Any], ClipFile]) -> Iterator[ClipFile]:
    """Give a writer into a container, which is closed in the end."""
    options = {"movflags": "+faststart"} if kind == "mp4" else {}  # played while it is loaded
    container = encoder().open(str(place), "w", format=kind, options=options)
    try:
        yield make(container)
    except BaseException:
        with suppress(Exception):  # it is thrown away, and would end as it should not
            container.close()
        raise
    container.close()


def _palette_graph(av: Any, size: tuple[int, int]) -> Any:
    """Return FFmpeg's filters that find a palette for each picture and paint it with that."""
    graph = av.filter.Graph()
    width, height = size
    source = graph.add_buffer(
        width=width, height=height, format=av.VideoFormat("rgb24"), time_base=_GIF_TICK
    )
    split = graph.add("split")
    palette = graph.add("palettegen", **_GIF_PALETTE)
    painted = graph.add("paletteuse", **_GIF_DITHER)
    sink = graph.add("buffersink")
    source.link_to(split)
    split.link_to(palette, 0, 0)
    split.link_to(painted, 1, 0)
    palette.link_to(painted, 0, 1)
    painted.link_to(sink)
    graph.configure()
    return graph


def _frame_of(av: Any, picture: pygame.Surface) -> Any:
    width, height = picture.get_size()
    pixels = np.frombuffer(pygame.image.tobytes(picture, "RGB"), np.uint8)
    return av.VideoFrame.from_ndarray(pixels.reshape(height, width, 3), format="rgb24")


def encoder() -> Any:
    """Return PyAV. Raises InputError, with the remedy, if it is not installed."""
    try:
        import av
    except ImportError:
        raise InputError(
            f"{MOVIE} and {GIF} need the extra 'clip': pip install 'leaf-rc[clip]' "
            "(a folder of pictures does not)"
        ) from None
    return av
