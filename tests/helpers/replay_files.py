"""Files of replays taken apart, changed, and put together again."""

import gzip
import json
import zlib

import msgspec
import numpy as np
from msgspec.structs import replace

from game.recording.held_controls import packed_controls


def parts_of(file):
    """What a replay says in JSON, all of it up to format 4, and its packed controls."""
    unpacking = zlib.decompressobj(wbits=31)
    content = unpacking.decompress(file)
    return json.loads(content), unpacking.unused_data


def file_of(content, controls=b""):
    """The file of a replay that says this in JSON, with packed controls."""
    return gzip.compress(json.dumps(content).encode(), mtime=0) + controls


def former_file_of(replay, **changes):
    """The file of a replay as up to format 4: the controls are among the JSON."""
    return file_of(msgspec.to_builtins(replay) | {"format": 4} | changes)


def new_file_of(replay):
    """The file of a replay as it is written now."""
    cars = [np.array(held, dtype=np.int64).reshape(-1, 5) for held in replay.held]
    return file_of(msgspec.to_builtins(replace(replay, format=5, held=[])), packed_controls(cars))
