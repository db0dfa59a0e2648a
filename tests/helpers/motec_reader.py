"""Read a `.ld` file by the offsets that gotzl/ldparser lists, whoever wrote it."""

from typing import NamedTuple

import numpy as np


class LoggedChannel(NamedTuple):
    """A channel of a log."""

    unit: str
    hz: int
    values: np.ndarray


def number(content, at, size=4):
    return int.from_bytes(content[at : at + size], "little")


def text(content, at, size):
    return content[at : at + size].split(b"\0")[0].decode("ascii")


def read_head(content):
    """Date, time, driver, vehicle, venue."""
    places = ((0x5E, 16), (0x7E, 16), (0x9E, 64), (0xDE, 64), (0x15E, 64))
    return tuple(text(content, *place) for place in places)


def read_channels(content):
    """The channels by their names, along the list that they make in the file."""
    found, at, before = {}, number(content, 0x08), 0
    while at:
        assert number(content, at) == before
        samples, count = number(content, at + 0x08), number(content, at + 0x0C)
        kind, size, hz = (number(content, at + offset, 2) for offset in (0x12, 0x14, 0x16))
        shift, multiplier, scale, decimals = (
            number(content, at + offset, 2) for offset in (0x18, 0x1A, 0x1C, 0x1E)
        )
        assert (kind, size) == (7, 4)
        raw = np.frombuffer(content, "<f4", count, samples).astype(float)
        values = (raw / scale * 10.0**-decimals + shift) * multiplier
        found[text(content, at + 0x20, 32)] = LoggedChannel(
            text(content, at + 0x48, 12), hz, values
        )
        at, before = number(content, at + 0x04), at
    return found
