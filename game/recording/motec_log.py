"""Write telemetry as a log of MoTeC's i2: a `.ld` file of samples, and its laps in an `.ldx` file.

MoTeC does not publish the layout. It is known from files that loggers wrote: gotzl/ldparser and
riccardotornesello/motecldparser on GitHub describe the blocks and their offsets,
stevendaniluk/MotecLogGenerator says where i2 expects the blocks. Numbers are little endian, texts
end with zeros and are ASCII.
"""

from __future__ import annotations

import math
import struct
import unicodedata
from datetime import datetime
from typing import Final, NamedTuple

from game.errors import InputError
from game.recording.telemetry import TelemetryTable
from game.units import lap_time_text

_VEHICLE_AT: Final = 1762  # where the blocks begin
_VENUE_AT: Final = 5078
_EVENT_AT: Final = 8180
_CHANNELS_AT: Final = 11336

# Marker, channels, samples, event; three constants; serial number, kind and version of the logger;
# a constant, number of channels; date, time; driver, vehicle, venue; a licence; comment.
_HEAD: Final = struct.Struct("<I4xII20xI24xHHHI8sHHI4x16s16x16s16x64s64s64x64s64x1024xI66x64s126x")
_VEHICLE: Final = struct.Struct("<64s128xI32s32s")  # name, kilograms, kind, comment
_VENUE: Final = struct.Struct("<64s1034xH")  # name, vehicle
_EVENT: Final = struct.Struct("<64s64s1024sH")  # name, session, comment, venue
# Channel before and after, samples and their number; a counter; kind and size of a sample, rate;
# offset, multiplier, divisor and decimals of a sample; name, short name, unit.
_CHANNEL: Final = struct.Struct("<IIIIHHHHhhhh32s8s12s40x")
_FLOAT: Final = (7, 4)  # kind and size of a sample
_LOGGER: Final = (1, 0x4240, 0xF, 0x1F44, b"ADL", 420, 0xADB0)
_LICENCE: Final = 0xC81A4  # without it i2 Pro does not open the file
_FIRST_COUNTER: Final = 0x2EE1
_MAX_BYTES: Final = 2**32 - 1  # that offsets reach


class LogTitle(NamedTuple):
    """Says what a log is of."""

    driver: str
    car: str
    car_kg: float
    circuit: str
    time: datetime
    comment: str = ""


def log_bytes(table: TelemetryTable, hz: int, title: LogTitle) -> bytes:
    """Return the `.ld` file. Raises InputError for a table that is too large for one."""
    count, rows = table.columns.shape
    samples_at = _CHANNELS_AT + count * _CHANNEL.size
    size = samples_at + 4 * count * rows
    if size > _MAX_BYTES:
        raise InputError(f"a .ld file holds 4 GB, this is {size / 1e9:.1f} GB: choose fewer rows")
    content = bytearray(size)
    circuit, car, comment = map(_ascii, (title.circuit, title.car, title.comment))
    _HEAD.pack_into(
        content,
        0,
        *(0x40, _CHANNELS_AT, samples_at, _EVENT_AT),
        *(*_LOGGER, count),
        title.time.strftime("%d/%m/%Y").encode(),
        title.time.strftime("%H:%M:%S").encode(),
        *(_ascii(title.driver), car, circuit),
        *(_LICENCE, comment),
    )
    _VEHICLE.pack_into(content, _VEHICLE_AT, car, round(title.car_kg), b"", b"")
    _VENUE.pack_into(content, _VENUE_AT, circuit, _VEHICLE_AT)
    _EVENT.pack_into(content, _EVENT_AT, circuit, b"", comment, _VENUE_AT)
    for number, each in enumerate(table.channels):
        begins = _CHANNELS_AT + number * _CHANNEL.size
        _CHANNEL.pack_into(
            content,
            begins,
            begins - _CHANNEL.size if number else 0,
            begins + _CHANNEL.size if number < count - 1 else 0,
            samples_at + 4 * number * rows,
            rows,
            _FIRST_COUNTER + number,
            *(*_FLOAT, hz),
            *(0, 1, 1, 0),
            each.name.encode(),
            b"",
            each.unit.encode(),
        )
    content[samples_at:] = table.columns.astype("<f4").tobytes()
    return bytes(content)


def markers_text(table: TelemetryTable) -> str:
    """Return the `.ldx` file: a beacon wherever the car crosses the line, and the fastest lap."""
    last_s = float(table.columns[0][-1]) - table.start_s
    crossings_s = [lap.start_s - table.start_s for lap in table.laps]
    if table.laps and math.isfinite(table.laps[-1].end_s):
        crossings_s.append(table.laps[-1].end_s - table.start_s)
    beacons_s = [time_s for time_s in crossings_s if time_s > 0.0]
    markers = "".join(
        f'     <Marker Version="100" ClassName="BCN" Name="Line.{number}" Flags="77" '
        f'Time="{1e6 * time_s:.17e}"/>\n'  # microseconds
        for number, time_s in enumerate(beacons_s, 1)
    )
    is_over = bool(beacons_s) and beacons_s[-1] >= last_s
    details = {"Total Laps": str(len(beacons_s) + (not is_over))}
    whole = [lap for lap in table.laps if lap.is_whole]
    if whole:
        fastest = min(whole, key=lambda lap: lap.end_s - lap.start_s)
        before = sum(time_s <= fastest.start_s - table.start_s for time_s in beacons_s)
        details["Fastest Time"] = lap_time_text(fastest.end_s - fastest.start_s)
        details["Fastest Lap"] = str(before + 1)
    strings = "".join(
        f'   <String Id="{name}" Value="{value}"/>\n' for name, value in details.items()
    )
    return (
        '<?xml version="1.0"?>\n'
        '<LDXFile Locale="C" DefaultLocale="C" Version="1.6">\n'
        " <Layers>\n  <Layer>\n   <MarkerBlock>\n"
        f'    <MarkerGroup Name="Beacons" Index="3">\n{markers}    </MarkerGroup>\n'
        "   </MarkerBlock>\n   <RangeBlock/>\n  </Layer>\n"
        f"  <Details>\n{strings}  </Details>\n </Layers>\n</LDXFile>\n"
    )


def _ascii(text: str) -> bytes:
    """Return a text in plain letters: those of other scripts become question marks."""
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(each for each in apart if not unicodedata.combining(each))
    return plain.encode("ascii", errors="replace")
