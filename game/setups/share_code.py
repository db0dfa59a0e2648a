"""Write a setup as a short text to copy and paste, such as RC3-9K2M-X7....

It begins with a bit that says whether the setup is for another car than the default one, whose id
follows then: how many bytes it has, and those. Codes of earlier versions are RC1, for the default
car, and RC2, for the car that it names; they are of when *fill* was the only split law.
One bit a value says whether it differs from the default, and what differs follows it: a choice by
its place, a number in ten-thousandths, anything else as squeezed JSON. A checksum stands in front,
and the letters are not mistaken for each other: no I, L, O, U. The order, bounds and choices of
`Setup` belong to the format; values that are added behind the others do not.
"""

from __future__ import annotations

import base64
import binascii
import functools
import math
import re
import struct
import zlib
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import inspect

from game.errors import InputError
from game.translation import _
from game.vehicle.setup import FORMER_SPLIT_LAW, Setup
from game.vehicle.spec import DEFAULT_CAR

FORMAT: Final = 3
PREFIX: Final = "RC"
_FIRST: Final = 1  # for the default car, without a bit for another
_WITH_CAR: Final = 2  # for another car, without a bit that says so
_FIRST_VALUES: Final = 17  # of `Setup`, which those two formats know
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BASE32: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_LETTERS: Final = str.maketrans(_BASE32, _ALPHABET)
_BACK: Final = str.maketrans(_ALPHABET, _BASE32)
_LOOKALIKES: Final = str.maketrans("OIL", "011")
_GROUP: Final = 4
_CHECK_BYTES: Final = 2
_LONGEST: Final = 8_000  # characters, and bytes of what they hold
_STEPS: Final = 10_000  # of a unit: numbers that are not whole steps are written in full
_LENGTH_BITS: Final = 16
_CAR_LENGTH_BITS: Final = 8
# A bit says whether it is this one, as when there were two; any other name is written out.
_TYRE: Final = "tyre"
_SECOND_TYRE: Final = "sport"
# It belongs to the format: another dictionary makes another format.
_DICTIONARY: Final = (
    b'"painted_on":"ricardo_tormo""of":"regeneration""share":"to_m":"from_m":"painted":['
    b'{"braking":"entry":"middle":"exit":0.'
)


class CodedSetup(NamedTuple):
    """Holds the content of a code."""

    car_id: str
    setup: Setup


def is_code(text: str) -> bool:
    """Return whether a text is meant to be a code, right or wrong."""
    return re.match(rf"\s*{PREFIX}\d+\s*-", text, re.IGNORECASE) is not None


def code_of(setup: Setup, car_id: str) -> str:
    """Return the code of a setup for a car; the same setup has always the same."""
    bits = "0" if car_id == DEFAULT_CAR else "1" + _written_car(car_id)
    values = msgspec.to_builtins(setup)
    bits += "".join(
        "0" if values[field.name] == default else "1" + _written(field, values[field.name])
        for field, default in _fields()
    )
    bits = bits.rstrip("0")
    packed = int(bits.ljust(-(-len(bits) // 8) * 8, "0") or "0", 2).to_bytes(-(-len(bits) // 8))
    content = _check(packed, FORMAT) + packed
    letters = base64.b32encode(content).decode().rstrip("=").translate(_LETTERS)
    groups = [letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)]
    return "-".join([f"{PREFIX}{FORMAT}", *groups])


def setup_of(code: str) -> CodedSetup:
    """Return the setup of a code. Raises InputError for a broken or a later one."""
    number, letters = _parts(code)
    try:
        bits = _Bits(_unpacked(letters, number))
    except ValueError:
        text = _("{code}: is mistyped or cut short: copy it whole")
        raise InputError(text.format(code=code_name(code))) from None
    try:
        names_car = number == _WITH_CAR or (number > _WITH_CAR and bits.read(1) == 1)
        car_id = _read_car(bits) if names_car else DEFAULT_CAR
        known = _fields() if number > _WITH_CAR else _fields()[:_FIRST_VALUES]
        values = {field.name: _read(field, bits) for field, _default in known if bits.read(1)}
        if number <= _WITH_CAR:
            values["split_law"] = FORMER_SPLIT_LAW
        if bits.rest():
            raise ValueError
        return CodedSetup(car_id, msgspec.convert(values, Setup))
    except (msgspec.MsgspecError, ValueError, IndexError, RecursionError, zlib.error):
        text = _("{code}: holds values that this version does not know: update leaf-rc")
        raise InputError(text.format(code=code_name(code))) from None


def code_name(code: str) -> str:
    """Return the words for a code in a message: in quotes, and its beginning if it is long."""
    one_line = " ".join(code.split())
    shown = f"{one_line[:24]}..." if len(one_line) > 28 else one_line
    return _("setup code '{code}'").format(code=shown)


def _parts(code: str) -> tuple[int, str]:
    """Return a code's format and letters. Raises InputError if this version cannot read it."""
    head, _dash, rest = "".join(code.split()).upper().partition("-")
    digits = head.removeprefix(PREFIX)
    if not head.startswith(PREFIX) or not re.fullmatch("[1-9][0-9]{0,3}", digits):
        text = _("{code}: a code begins with {first}- or {latest}-")
        first, latest = f"{PREFIX}{_FIRST}", f"{PREFIX}{FORMAT}"
        raise InputError(text.format(code=code_name(code), first=first, latest=latest))
    if int(digits) > FORMAT:
        text = _(
            "{code}: is of a later version of leaf-rc, or mistyped there ({head}; this one reads "
            "up to {latest})"
        )
        latest = f"{PREFIX}{FORMAT}"
        raise InputError(text.format(code=code_name(code), head=head, latest=latest))
    return int(digits), rest.replace("-", "").translate(_LOOKALIKES)


class _Bits:
    """Reads bits from the front; behind the last there are zeros."""

    def __init__(self, content: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in content)
        self._at = 0

    def read(self, width: int) -> int:
        bits = self._bits[self._at : self._at + width].ljust(width, "0")
        self._at += width
        return int(bits or "0", 2)

    def rest(self) -> bool:
        """Return whether something is left."""
        return "1" in self._bits[self._at :]


@functools.cache
def _fields() -> list[tuple[inspect.Field, Any]]:
    described = inspect.type_info(Setup)
    assert isinstance(described, inspect.StructType)
    return [(field, msgspec.to_builtins(field.default)) for field in described.fields]


def _choices(kind: inspect.Type) -> list[Any]:
    """Return all that a value of this kind may be; empty if it is not one of a few."""
    if isinstance(kind, inspect.LiteralType):
        return sorted(kind.values)
    if isinstance(kind, inspect.BoolType):
        return [False, True]
    if isinstance(kind, inspect.IntType) and kind.ge is not None and kind.le is not None:
        return list(range(int(kind.ge), int(kind.le) + 1))
    return []


def _range(kind: inspect.FloatType) -> tuple[int, int]:
    """Return the lowest step, and how many bits the steps above it need."""
    assert kind.ge is not None
    assert kind.le is not None
    lowest = round(kind.ge * _STEPS)
    return lowest, (round(kind.le * _STEPS) - lowest).bit_length()


def _written_car(car_id: str) -> str:
    name = car_id.encode()
    return f"{len(name):0{_CAR_LENGTH_BITS}b}" + "".join(f"{byte:08b}" for byte in name)


def _read_car(bits: _Bits) -> str:
    """Return the id that `_written_car` wrote. Raises ValueError if it is none."""
    length = bits.read(_CAR_LENGTH_BITS)
    car_id = bits.read(8 * length).to_bytes(length).decode()
    if not car_id or car_id == DEFAULT_CAR:
        raise ValueError  # no code is written so
    return car_id


def _written(field: inspect.Field, value: Any) -> str:
    kind = field.type
    if field.name == _TYRE:
        return "1" if value == _SECOND_TYRE else "0" + _squeezed(value)
    if choices := _choices(kind):
        return f"{choices.index(value):0{(len(choices) - 1).bit_length()}b}"
    if isinstance(kind, inspect.FloatType):
        lowest, width = _range(kind)
        step = round(value * _STEPS)
        if step / _STEPS == value:
            return f"0{step - lowest:0{width}b}"
        return "1" + "".join(f"{byte:08b}" for byte in struct.pack(">d", value))
    return _squeezed(value)


def _squeezed(value: Any) -> str:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)
    squeezed = squeeze.compress(msgspec.json.encode(value)) + squeeze.flush()
    return f"{len(squeezed):0{_LENGTH_BITS}b}" + "".join(f"{byte:08b}" for byte in squeezed)


def _read(field: inspect.Field, bits: _Bits) -> Any:
    """Return a value as `_written`. Raises ValueError, IndexError or zlib.error for others."""
    kind = field.type
    if field.name == _TYRE and bits.read(1):
        return _SECOND_TYRE
    if choices := _choices(kind):
        return choices[bits.read((len(choices) - 1).bit_length())]
    if isinstance(kind, inspect.FloatType):
        lowest, width = _range(kind)
        if not bits.read(1):
            return (bits.read(width) + lowest) / _STEPS
        number: float = struct.unpack(">d", bits.read(64).to_bytes(8))[0]
        if math.isnan(number):  # which passes any bounds
            raise ValueError
        return number
    length = bits.read(_LENGTH_BITS)
    squeeze = zlib.decompressobj(-15, _DICTIONARY)
    return msgspec.json.decode(squeeze.decompress(bits.read(8 * length).to_bytes(length), _LONGEST))


def _unpacked(letters: str, number: int) -> bytes:
    """Return what the letters hold behind their checksum. Raises ValueError if that is wrong."""
    if not 0 < len(letters) <= _LONGEST or not set(letters) <= set(_ALPHABET):
        raise ValueError
    letters = letters.translate(_BACK)
    content = base64.b32decode(letters + "=" * (-len(letters) % 8))
    if base64.b32encode(content).decode().rstrip("=") != letters:
        raise ValueError  # the last letter holds more than it should
    packed = content[_CHECK_BYTES:]
    if content[:_CHECK_BYTES] != _check(packed, number):
        raise ValueError
    return packed


def _check(packed: bytes, number: int) -> bytes:
    """Return the checksum; that of each format begins with another value."""
    begin = 0xFFFF if number == _FIRST else binascii.crc_hqx(bytes([number]), 0xFFFF)
    return binascii.crc_hqx(packed, begin).to_bytes(_CHECK_BYTES, "big")
