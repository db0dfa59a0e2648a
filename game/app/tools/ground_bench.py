"""Measure what painting a circuit costs: processor time, disk, memory, and how long one waits."""

from __future__ import annotations

import math
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from game.app.context import display
from game.app.tiles.tile_cache import TileCache, shipped_tiles
from game.app.tiles.world_view import WorldView
from game.app.view.camera import View
from game.errors import InputError
from game.track.track import Track

_FRAME_S: Final = 1.0 / 60.0
_PIXELS_PER_M: Final = 9.7  # of a car that is 44 pixels long
_ROAD_M: Final = 400.0  # ahead, that is to be sharp soon
_MEMORY_S: Final = 0.5  # from one look at the memory to the next


def measure_ground(
    track: Track, size: tuple[int, int], on_part: Callable[[str], None] | None = None
) -> dict[str, Any]:
    """Paint a circuit from nothing, as on a new machine, seen from the grid; nothing is kept.

    A drive begins when its first frame has coarse ground everywhere. It is sharp when all in view
    and the road ahead is painted finely. Memory is that of all processes, shared pages once.
    Raises InputError if the ground cannot be painted.
    """
    report = on_part or (lambda _: None)
    surface = display.open_offscreen(size)
    x_m, y_m = track.centreline.point(0.0, 0.0)
    view = View(x_m, y_m, _PIXELS_PER_M * size[1] / 720.0, *size)
    used_s = _children_cpu_s()
    begin_s = last_look_s = time.perf_counter()
    memory_mb = 0.0
    sharp_s = sharp_cpu_s = float("nan")
    with tempfile.TemporaryDirectory() as folder:
        world_view = WorldView(track, TileCache(Path(folder) / "tiles", shipped_tiles(track)))
        try:
            for _ in world_view.load(view):
                time.sleep(_FRAME_S)
            drive_s, drive_cpu_s = time.perf_counter() - begin_s, _painters_cpu_s()
            while world_view.progress < 1.0 and not world_view.error:
                world_view.poll()
                world_view.draw(surface, view)
                now_s = time.perf_counter()
                if math.isnan(sharp_s) and world_view.is_sharp(view, _ROAD_M):
                    sharp_s, sharp_cpu_s = now_s - begin_s - drive_s, _painters_cpu_s()
                if now_s - last_look_s > _MEMORY_S:
                    last_look_s = now_s
                    memory_mb = max(memory_mb, sum(map(_memory_mb, _processes())))
                    report(f"painting the ground, {100.0 * world_view.progress:.0f} %")
                time.sleep(_FRAME_S)
            disk = sum(path.stat().st_size for path in Path(folder).rglob("*.*"))
        finally:
            world_view.close()
            display.close()
    if world_view.error:
        raise InputError(world_view.error)
    return {
        "until_driving_s": drive_s,
        "until_driving_painters_processor_s": drive_cpu_s,
        "then_until_sharp_s": sharp_s,
        "then_until_sharp_painters_processor_s": sharp_cpu_s - drive_cpu_s,
        "processor_s": _children_cpu_s() - used_s,
        "whole_s": time.perf_counter() - begin_s,
        "disk_mb": disk / 1e6,
        "memory_mb": memory_mb,
    }


def _children_cpu_s() -> float:
    """Return the processor time of all processes that this one has started and that ended."""
    try:
        import resource
    except ImportError:  # not on Windows
        return float("nan")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _painters_cpu_s() -> float:
    """Return the processor time so far of all processes that this one has started."""
    fields = [_fields(process) for process in list(_processes())[1:]]
    ticks = sum(int(each[11]) + int(each[12]) for each in fields if each)
    return ticks / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else float("nan")


def _fields(process: Path) -> list[str]:
    """Return what the system says of a process behind its name; nothing of one that has ended."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _processes() -> Iterator[Path]:
    """Yield this process and those that it has started, where the system lists them."""
    own = Path("/proc/self")
    yield own
    for listed in own.glob("task/*/children"):
        for number in listed.read_text().split():
            yield Path("/proc") / number


def _memory_mb(process: Path) -> float:
    """Return the memory of a process, pages that several share divided among them; else 0."""
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) / 1024.0 for line in lines if line.startswith("Pss:")), 0.0)
