"""Make a clip: film a part of a replay and write it as it comes, here or in a worker's process."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path

from game.app.replays.clip_ahead import CLIP, ClipTask
from game.app.replays.clip_format import ClipFormat
from game.app.tools.clip import Filmed, film, picture_count
from game.app.tools.clip_file import check_clip, open_clip
from game.files import reason, unwritable
from game.workers.worker_loop import ParentLink


def write_clip(
    out: Path, clip: ClipFormat, pictures: Generator[Filmed], on_picture: Callable[[int], None]
) -> None:
    """Write pictures with their sound; say after each how many there are.

    Raises InputError if they cannot be filmed or written; then there is no file.
    """
    with open_clip(out, clip) as file, closing(pictures) as filmed:
        for number, each in enumerate(filmed, start=1):
            file.show(each.picture)
            file.sound(each.samples)
            on_picture(number)


def clip_maker(link: ParentLink) -> Callable[[ClipTask], None]:
    """Return the function that makes a worker's clips, and reports the share that is done."""

    def make(task: ClipTask) -> None:
        try:
            task.out.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(task.out, reason(error)) from None
        check_clip(task.out, CLIP)
        count = picture_count(task.replay, task.part, CLIP.fps)
        pictures = film(task.replay, task.place, task.part, CLIP, task.settings, task.keyframes)
        write_clip(task.out, CLIP, pictures, lambda number: link.report(number / count))

    return make
