"""Pass boards on as one file: a zip archive of laps, as JSON, and of replays that prove them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from game.boards.kept_lap import KeptLap, with_law
from game.errors import InputError
from game.files import read_bytes, write_bytes
from game.short_digest import short_digest

FORMAT: Final = 1
SUFFIX: Final = ".board"

_LAPS: Final = "laps.json"
_MAX_BYTES: Final = 500_000_000  # of a file, and of what all in it unpacks to
_DATE: Final = (1980, 1, 1, 0, 0, 0)  # of all that is in the archive: equal boards are equal files


class BoardLap(NamedTuple):
    """Holds a lap with the content of its replay's file."""

    lap: KeptLap  # its `replay` names the content
    replay: bytes


class _Laps(msgspec.Struct, frozen=True):
    """Holds the content of the archive besides the replays."""

    format: Annotated[int, Meta(ge=1, le=FORMAT)]
    laps: list[KeptLap]


def write_board_file(path: Path, laps: Sequence[BoardLap]) -> None:
    """Write a board file whole or not at all. Raises InputError if it cannot be written."""
    replays = {replay_name(each.replay): each.replay for each in laps}
    named = [msgspec.structs.replace(each.lap, replay=replay_name(each.replay)) for each in laps]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        content = msgspec.json.encode(_Laps(FORMAT, named))
        archive.writestr(zipfile.ZipInfo(_LAPS, _DATE), content, zipfile.ZIP_DEFLATED)
        for name, content in sorted(replays.items()):  # they are packed already
            archive.writestr(zipfile.ZipInfo(name, _DATE), content)
    write_bytes(path, stream.getvalue())


def read_board_file(path: Path) -> list[BoardLap]:
    """Return the laps of a board file. Raises InputError if it is none."""
    content = read_bytes(path, _MAX_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_BYTES:
                raise InputError(f"{path}: unpacks to more than {_MAX_BYTES / 1e6:g} MB")
            laps = msgspec.json.decode(archive.read(_LAPS), type=_Laps).laps
            if not all(lap.driver.strip() for lap in laps):
                raise InputError(f"{path}: has a lap without the name of its driver")
            return [BoardLap(with_law(lap), archive.read(lap.replay)) for lap in laps]
    except (  # a RuntimeError is raised for what is encrypted, or packed in an unknown way
        *(zipfile.BadZipFile, zlib.error, msgspec.MsgspecError),
        *(KeyError, RuntimeError, OSError, EOFError, ValueError),
    ) as error:
        raise InputError(f"{path}: is no board of leaf-rc ({error})") from None


def replay_name(content: bytes) -> str:
    """Return the name of a replay's file by its content."""
    return f"{short_digest(content)}.replay"
