"""A setup as a short text to copy and paste, such as RC1-9K2M-X7....

The values that differ from the default, as JSON, squeezed with a dictionary of the words they are
likely to hold, with a checksum, in letters that are not mistaken for each other: no I, L, O, U.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from typing import Any, Final

import msgspec

from game.files import InputError
from game.vehicle.setup import Setup

FORMAT: Final = 1
PREFIX: Final = "RC"
_LETTERS: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)
_BACK: Final = {new: old for old, new in _LETTERS.items()}
_MISTAKEN: Final = str.maketrans("OIL", "011")
_GROUP: Final = 4
_CHECK_BYTES: Final = 2
_LONGEST: Final = 8_000  # characters, and bytes of what they hold
# It belongs to the format: another dictionary makes another format.
_DICTIONARY: Final = (
    b'"painted_on":"ricardo_tormo""of":"regeneration""share":"to_m":"from_m":"painted":['
    b'"split_map":{"braking":"entry":"middle":"exit":'
    b'"initial_charge":"driver_aboard":false"tyre":"sport""wing":-0.'
    b'"rear_preload_nm":"front_preload_nm":"yaw_control":"abs":"traction_control":"power_map":'
    b'"front_brake_bias":0."regen_limit":0."one_pedal_mps2":1.'
    b'"split_mode":"load-following""split_mode":"slip-balancing"'
    b'"front_regen_share":0.{"front_torque_share":0.4'
)


def is_code(text: str) -> bool:
    """Whether a text is meant to be a code, right or wrong."""
    return re.match(rf"\s*{PREFIX}\d+\s*-", text, re.IGNORECASE) is not None


def code_of(setup: Setup) -> str:
    """The code of a setup; the same setup has always the same."""
    default = msgspec.to_builtins(Setup())
    values: dict[str, Any] = msgspec.to_builtins(setup)
    changed = {name: value for name, value in values.items() if value != default[name]}
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)
    packed = squeeze.compress(msgspec.json.encode(changed)) + squeeze.flush()
    letters = base64.b32encode(_check(packed) + packed).decode().rstrip("=").translate(_LETTERS)
    groups = [letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)]
    return "-".join([f"{PREFIX}{FORMAT}", *groups])


def setup_of(code: str) -> Setup:
    """The setup of a code. Raises InputError for one that is broken or of a later version."""
    head, _, rest = "".join(code.split()).upper().partition("-")
    number = head.removeprefix(PREFIX)
    if not head.startswith(PREFIX) or not number.isascii() or not number.isdigit():
        raise InputError(f"setup code {_shown(code)}: a code begins with {PREFIX}{FORMAT}-")
    if int(number) > FORMAT:
        raise InputError(
            f"setup code {_shown(code)}: is of a later version of leaf-rc, or mistyped there "
            f"({head}; this one reads up to {PREFIX}{FORMAT})"
        )
    letters = rest.replace("-", "").translate(_MISTAKEN).translate(_BACK)
    try:
        if not 0 < len(letters) <= _LONGEST:
            raise ValueError
        content = base64.b32decode(letters + "=" * (-len(letters) % 8))
        if base64.b32encode(content).decode().rstrip("=") != letters:
            raise ValueError  # the last letter holds more than it should
        packed = content[_CHECK_BYTES:]
        if content[:_CHECK_BYTES] != _check(packed):
            raise ValueError
        squeeze = zlib.decompressobj(-15, _DICTIONARY)
        text = squeeze.decompress(packed, _LONGEST)
        if not squeeze.eof:
            raise ValueError
    except (ValueError, zlib.error):
        raise InputError(
            f"setup code {_shown(code)}: is mistyped or cut short: copy it whole"
        ) from None
    try:
        return msgspec.json.decode(text, type=Setup)
    except (msgspec.MsgspecError, ValueError):
        raise InputError(
            f"setup code {_shown(code)}: holds values that this version does not know: "
            "update leaf-rc"
        ) from None


def _check(packed: bytes) -> bytes:
    return binascii.crc_hqx(packed, FORMAT).to_bytes(_CHECK_BYTES, "big")


def _shown(code: str) -> str:
    one_line = " ".join(code.split())
    return f"'{one_line[:24]}...'" if len(one_line) > 28 else f"'{one_line}'"
