"""Keep what each driver did as rows of controls by ticks, and in a file as columns that pack well.

Of each channel (steering, throttle, brake, reverse) a file has the changes alone: how long after
the one before, and by how much, both in whole units: the ticks of a decision, the steps in which a
bot moves. A wheel that turns evenly changes by nearly the same again and again; there the
differences of the changes are kept. All lowest bytes of a column come first, all highest ones last:
those are nearly always zero, and take no room once xz has packed them.
"""

from __future__ import annotations

import lzma
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Final, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Meta

from game.files import unpacked_xz
from game.garbage_collector import collector_paused
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS

_MAX_BYTES: Final = 50_000_000  # of what columns unpack to: some seven hours by keys
_MAX_UNIT: Final = 2**31
_NUMBER: Final = np.dtype("<u4")  # of a column
_LOWEST: Final = (-STEERING_STEPS, 0, 0, 0)  # by channels
_HIGHEST: Final = (STEERING_STEPS, PEDAL_STEPS, PEDAL_STEPS, 1)
_CHANNELS: Final = range(len(_HIGHEST))
# As small as it gets: bytes are foreseen by the one before, and not by where they lie.
_XZ: Final[dict[str, Any]] = {
    "id": lzma.FILTER_LZMA2,
    "preset": 9 | lzma.PRESET_EXTREME,
    "dict_size": 2**20,
    "lc": 4,
    "lp": 0,
    "pb": 0,
}

Whole = npt.NDArray[np.int64]


class HeldControls(NamedTuple):
    """Holds controls and for how many ticks they were held."""

    ticks: Annotated[int, Meta(gt=0)]
    steering: Annotated[int, Meta(ge=-STEERING_STEPS, le=STEERING_STEPS)]
    throttle: Annotated[int, Meta(ge=0, le=PEDAL_STEPS)]
    brake: Annotated[int, Meta(ge=0, le=PEDAL_STEPS)]
    reverse: Annotated[int, Meta(ge=0, le=1)]


ROW: Final = len(HeldControls._fields)


class _PackedChannel(NamedTuple):
    """Describes how the changes of a channel are packed."""

    order: Annotated[int, Meta(ge=1, le=2)]  # 2: as differences of changes
    ticks: Annotated[int, Meta(gt=0, le=_MAX_UNIT)]  # unit of the times between changes
    steps: Annotated[int, Meta(gt=0, le=_MAX_UNIT)]  # unit of the changes
    counts: list[Annotated[int, Meta(ge=0)]]  # of the changes of each car


class _Changes(NamedTuple):
    """Holds after which ticks a channel of a car changed, and to which values."""

    ticks: Whole
    values: Whole


def rows_of(numbers: array[int]) -> Whole:
    """Return the numbers of `HeldControls`, row after row, as an array of rows."""
    return np.array(numbers, dtype=np.int64).reshape(-1, ROW)


def merged(rows: Whole) -> list[HeldControls]:
    """Return rows, with those as one that hold the same controls after each other."""
    return _held([_changes(rows, channel) for channel in _CHANNELS], int(rows[:, 0].sum()))


def packed_controls(cars: Sequence[Whole]) -> bytes:
    """Return the rows of all cars in few bytes."""
    packed = [_packed_channel([_changes(rows, channel) for rows in cars]) for channel in _CHANNELS]
    head = msgspec.json.encode([channel for channel, _ in packed])
    columns = b"".join(column for _, column in packed)
    return lzma.compress(head + b"\n" + columns, check=lzma.CHECK_CRC64, filters=[_XZ])


def unpacked_controls(packed: bytes, cars: int, ticks: int) -> list[list[HeldControls]]:
    """Return the rows of so many cars over so many ticks.

    Raises ValueError or msgspec's errors, with what is wrong, if they are damaged or others.
    """
    head, _, content = unpacked_xz(packed, _MAX_BYTES).partition(b"\n")
    channels = msgspec.json.decode(head, type=list[_PackedChannel])
    if [len(channel.counts) for channel in channels] != [cars for _ in _CHANNELS]:
        raise ValueError(f"has no controls of {cars} cars")
    sizes = [2 * sum(channel.counts) * _NUMBER.itemsize for channel in channels]
    if sum(sizes) != len(content):
        raise ValueError("its controls are incomplete")
    by_channels = []
    for number, channel in enumerate(channels):
        begin = sum(sizes[:number])
        columns = content[begin : begin + sizes[number]]
        by_channels.append(_unpacked_channel(channel, columns, ticks))
        values = np.concatenate([each.values for each in by_channels[-1]])
        if values.size and not _LOWEST[number] <= values.min() <= values.max() <= _HIGHEST[number]:
            raise ValueError("has controls that no car has")
    return [_held(changes, ticks) for changes in zip(*by_channels, strict=True)]


def _changes(rows: Whole, channel: int) -> _Changes:
    """Return the changes of a channel in rows; it is 0 before the first one."""
    values = rows[:, 1 + channel]
    places = np.flatnonzero(np.diff(values, prepend=0))
    begins = np.cumsum(rows[:, 0]) - rows[:, 0]
    return _Changes(begins[places], values[places])


def _held(changes: Sequence[_Changes], ticks: int) -> list[HeldControls]:
    """Return the changes of all channels of a car as rows that cover so many ticks."""
    begins = np.sort(np.concatenate([[0], *(each.ticks for each in changes)]))
    begins = begins[np.flatnonzero(np.diff(begins, prepend=-1))]
    if begins[-1] >= max(ticks, 1):
        raise ValueError(f"has controls after its {ticks} ticks")
    columns = [np.diff(begins, append=ticks)]
    for each in changes:
        values = np.concatenate([[0], each.values])
        columns.append(values[np.searchsorted(each.ticks, begins, side="right")])
    rows = zip(*(column.tolist() for column in columns), strict=True)
    with collector_paused():  # which would look through so many rows again and again
        return list(map(HeldControls._make, rows)) if ticks else []


def _packed_channel(cars: Sequence[_Changes]) -> tuple[_PackedChannel, bytes]:
    """Return the changes of a channel of all cars, and their description."""
    unit, waits = _in_units(_differences(each.ticks, 1) for each in cars)
    kept = []
    for order in (1, 2):
        steps, changes = _in_units(_differences(each.values, order) for each in cars)
        channel = _PackedChannel(order, unit, steps, [len(each.ticks) for each in cars])
        kept.append((channel, changes))
    channel, changes = min(kept, key=lambda each: len(zlib.compress(each[1], 1)))
    return channel, waits + changes


def _unpacked_channel(channel: _PackedChannel, columns: bytes, ticks: int) -> list[_Changes]:
    """Return the changes of a channel of each car again."""
    half = len(columns) // 2
    waits, changes = channel.ticks * _numbers(columns[:half]), _numbers(columns[half:])
    if waits.size and not 0 <= waits.min() <= waits.max() <= ticks:
        raise ValueError(f"has controls after its {ticks} ticks")
    cars, end = [], 0
    for count in channel.counts:
        begin, end = end, end + count
        values = channel.steps * changes[begin:end]
        for _ in range(channel.order):
            values = np.cumsum(values)
        cars.append(_Changes(np.cumsum(waits[begin:end]), values))
    return cars


def _differences(values: Whole, order: int) -> Whole:
    """Return the differences of values, or of their differences; those before the first are 0."""
    for _ in range(order):
        values = np.diff(values, prepend=0)
    return values


def _in_units(columns: Iterable[Whole]) -> tuple[int, bytes]:
    """Return the largest unit of all numbers in some columns, and the bytes of those in it."""
    numbers = np.concatenate(list(columns))
    unit = max(int(np.gcd.reduce(numbers)), 1)
    return unit, _bytes(numbers // unit)


def _bytes(numbers: Whole) -> bytes:
    """Return the lowest bytes of all numbers, then the next ones; signs are in the lowest bits."""
    unsigned = ((numbers << 1) ^ (numbers >> 63)).astype(_NUMBER)
    return unsigned.view(np.uint8).reshape(-1, _NUMBER.itemsize).T.tobytes()


def _numbers(content: bytes) -> Whole:
    """Return the numbers again."""
    by_number = np.frombuffer(content, np.uint8).reshape(_NUMBER.itemsize, -1).T
    unsigned = np.ascontiguousarray(by_number).view(_NUMBER)[:, 0].astype(np.int64)
    return (unsigned >> 1) ^ -(unsigned & 1)
