"""Read the laps that earlier versions kept as a line of JSON each, in a file for each circuit."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from game.boards.kept_lap import KeptLap, with_law
from game.recording.json_lines import read_lines

FORMER_FILE: Final = "laps.jsonl"


def read_former_history(path: Path) -> tuple[list[KeptLap], str]:
    """Return the laps of a file, oldest first, and in one line which are damaged, if any."""
    laps, damaged = read_lines(path, KeptLap)
    return [with_law(lap) for lap in laps], damaged
