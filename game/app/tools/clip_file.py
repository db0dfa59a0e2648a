"""Write pictures and sound as a clip, whole or not at all: a film, or a folder of PNG pictures."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from game.app.context import display  # first: it settles how pygame starts

import pygame  # isort: skip

from game.app.replays.clip_format import GIF, MAX_GIF_FPS, MOVIE, ClipFile, ClipFormat
from game.app.sound.synthesiser import Pcm
from game.app.tools.film_encoder import Gif, Movie, encoder
from game.errors import InputError
from game.files import reason, unwritable


def check_clip(out: Path, clip: ClipFormat) -> None:
    """Raise InputError, with the remedy, if there cannot be such a clip."""
    if out.suffix not in ("", MOVIE, GIF):
        raise InputError(
            f"{out}: clips are written as {MOVIE} or {GIF}, else as a folder of pictures"
        )
    if not out.absolute().parent.is_dir():
        raise InputError(f"{out}: cannot be written (there is no such folder)")
    if out.suffix == "" and os.path.lexists(out):
        raise InputError(f"{out}: is there already; name a folder that is not")
    if out.is_dir():
        raise InputError(f"{out}: cannot be written (is a folder)")
    if out.suffix == MOVIE and any(side % 2 for side in clip.size):
        width, height = clip.size
        raise InputError(f"--size {width}x{height}: an {MOVIE} has sides of even numbers")
    if out.suffix == GIF and clip.fps > MAX_GIF_FPS:
        raise InputError(f"--fps {clip.fps}: a {GIF} shows at most {MAX_GIF_FPS} pictures a second")
    if out.suffix:
        encoder()


@contextmanager
def open_clip(out: Path, clip: ClipFormat) -> Iterator[ClipFile]:
    """Give what takes a clip; it gets its name once the context ends well, else nothing is left.

    Raises InputError if it cannot be written or encoded.
    """
    opened = {MOVIE: Movie.opened, GIF: Gif.opened}.get(out.suffix, _Pictures.opened)
    failures = (OSError, encoder().FFmpegError) if out.suffix else (OSError,)
    try:
        with _made_whole(out.resolve()) as place, opened(place, clip) as file:
            yield file
            file.finish()
    except failures as error:
        raise unwritable(out, reason(error)) from None


@contextmanager
def _made_whole(out: Path) -> Iterator[Path]:
    """Give a temporary neighbour of a file or folder, which takes its name at the end."""
    neighbour = out.with_name(f".{out.name}.{os.urandom(4).hex()}")
    try:
        yield neighbour
        neighbour.replace(out)
    except BaseException:
        if neighbour.is_dir():
            shutil.rmtree(neighbour, ignore_errors=True)
        with suppress(OSError):
            neighbour.unlink(missing_ok=True)
        raise


class _Pictures:
    """Writes pictures into a folder, numbered from 1; they have no sound."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0

    @classmethod
    @contextmanager
    def opened(cls, place: Path, _clip: ClipFormat) -> Iterator[ClipFile]:
        """Give what writes into a new folder."""
        place.mkdir()
        yield cls(place)

    def show(self, picture: pygame.Surface) -> None:
        """Write a picture."""
        self._number += 1
        display.save_picture(picture, self._folder / f"{self._number:05}.png")

    def sound(self, samples: Pcm) -> None:
        """Leave the sound out."""

    def finish(self) -> None:
        """Have nothing left to do."""
