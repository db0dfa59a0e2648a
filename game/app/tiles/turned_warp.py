"""Warp a picture that repeats itself to all sides into a turned view.

A row of a turned view crosses a row of the picture at nearly every pixel. Memory that is read in
this order is waited for again and again, so the view is cut into blocks: the part of the picture
under a block is copied first, row by row, which is quick, and the block is warped from the copy,
which is small enough to stay near the processor.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from game.app.canvas.warp import Pixels, warp
from game.arrays import Array

_BLOCK_PX: Final = 320  # either way, at most: copies of up to 700 KB, which fit a usual L2 cache
_MARGIN_PX: Final = 2  # around the part under a block, for what is interpolated at its edge
_MAX_THREADS: Final = 4

_Memory = npt.NDArray[np.uint8]

_NOTHING: Final = np.empty((0, 0, 4), np.uint8)


class TurnedWarp:
    """Warps pictures, with the memory and the threads that are kept for it.

    There are as many threads as OpenCV uses itself; the calling one is among them.
    """

    def __init__(self) -> None:
        threads = min(max(cv2.getNumThreads(), 1), _MAX_THREADS)
        self._memories: list[_Memory] = [np.empty(0, np.uint8)] * threads
        self._others = ThreadPoolExecutor(threads, thread_name_prefix="ground")

    def warp(self, picture: Pixels, matrix: Array, target: Pixels) -> None:
        """Fill the target; the matrix takes its columns and rows to places in the picture."""
        job = _Job(picture, matrix, target)
        needed = 4 * math.prod(job.copy_size)
        if len(self._memories[0]) < needed:
            self._memories = [np.empty(needed, np.uint8) for _ in self._memories]
        others = [self._others.submit(job.work, memory) for memory in self._memories[1:]]
        job.work(self._memories[0])
        for other in others:
            if not other.cancel():  # one that has not begun by now has nothing left to do
                other.result()
        job.end()


class _PixelBlock(NamedTuple):
    """Holds pixels of the target that are warped at once."""

    left: int
    top: int
    width: int
    height: int


class _Job:
    """A job warps one picture into one target."""

    def __init__(self, picture: Pixels, matrix: Array, target: Pixels) -> None:
        self._picture = picture
        self._matrix = matrix
        self._target = target
        self._blocks = deque(_blocks(target.shape[1], target.shape[0]))

    @property
    def copy_size(self) -> tuple[int, int]:
        """Return the width and height that the part of the picture under any block fits in."""
        high, wide = self._target.shape[:2]
        block = min(_BLOCK_PX, wide), min(_BLOCK_PX, high)
        width, height = np.ceil(np.abs(self._matrix[:, :2]) @ block).astype(int).tolist()
        return width + 2 * _MARGIN_PX + 2, height + 2 * _MARGIN_PX + 2

    def work(self, memory: _Memory) -> None:
        """Take one block after another, until none is left, and warp it."""
        while True:
            try:
                block = self._blocks.popleft()
            except IndexError:
                return
            self._warp_block(block, memory)

    def end(self) -> None:
        """Let go of the target: a surface is locked as long as anyone has its pixels.

        A thread that has done its part keeps the job for a moment longer.
        """
        self._target = _NOTHING

    def _warp_block(self, block: _PixelBlock, memory: _Memory) -> None:
        (u_per_x, u_per_y, u), (v_per_x, v_per_y, v) = self._matrix.tolist()
        u += u_per_x * block.left + u_per_y * block.top
        v += v_per_x * block.left + v_per_y * block.top
        left, right = _reach(u, u_per_x * block.width, u_per_y * block.height)
        top, bottom = _reach(v, v_per_x * block.width, v_per_y * block.height)
        width, height = right - left, bottom - top
        copy = memory[: 4 * width * height].reshape(height, width, 4)
        for y, from_y, rows in _runs(top, height, self._picture.shape[0]):
            for x, from_x, columns in _runs(left, width, self._picture.shape[1]):
                part = self._picture[from_y : from_y + rows, from_x : from_x + columns]
                copy[y : y + rows, x : x + columns] = part
        target = self._target[
            block.top : block.top + block.height, block.left : block.left + block.width
        ]
        moved = np.array([[u_per_x, u_per_y, u - left], [v_per_x, v_per_y, v - top]])
        warp(copy, moved, target)


def _blocks(wide: int, high: int) -> Iterator[_PixelBlock]:
    """Cut a target into blocks of nearly the same size."""
    for top, bottom in _cut(high):
        for left, right in _cut(wide):
            yield _PixelBlock(left, top, right - left, bottom - top)


def _cut(length: int) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a length begin and end."""
    pieces = math.ceil(length / _BLOCK_PX)
    for piece in range(pieces):
        yield piece * length // pieces, (piece + 1) * length // pieces


def _reach(begin: float, along_x: float, along_y: float) -> tuple[int, int]:
    """Return the pixels of a picture, with a margin, that a block reaches in one direction."""
    low = begin + min(along_x, 0.0) + min(along_y, 0.0)
    high = begin + max(along_x, 0.0) + max(along_y, 0.0)
    return math.floor(low) - _MARGIN_PX, math.ceil(high) + _MARGIN_PX


def _runs(begin: int, length: int, period: int) -> Iterator[tuple[int, int, int]]:
    """Yield for each run without a jump: its place, where it begins in the period, its length."""
    done = 0
    while done < length:
        start = (begin + done) % period
        run = min(period - start, length - done)
        yield done, start, run
        done += run
