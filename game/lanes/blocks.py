"""Compile functions of one car for blocks of cars, and give numba the function that runs them."""

from __future__ import annotations

from functools import cache
from types import FunctionType
from typing import Any

from game.compiled import code_digest, machine_code, reached
from game.lanes.reader import Reader
from game.program_digest import program_digest
from game.records import record_type


@cache
def in_lanes(function: Any, kind: Any) -> Any:
    """Return the machine-code form of a function of one car, for blocks of cars.

    function: a tick function of (lane, number of the car, *shared): `lane` is a struct of the
    type `kind`, of floats, ints and such structs. What it gives back, if anything, is numbers.
    The form takes (blocks, numbers, shared). blocks: float64, shape (b, fields, LANES), the
    fields of `kind` in the order of `record_type`, ints by their bits. numbers: float64, shape
    (b, m, LANES), m the count of the numbers given back. shared: a tuple.
    """
    twin = FunctionType(
        _over_blocks.__code__, {**globals(), "_run_block": _block_runner(function, kind)}
    )
    digest = code_digest(reached(function), repr(record_type(kind)), program_digest(__name__))
    twin.__qualname__ = f"{function.__qualname__}_in_lanes_{digest}"
    return machine_code(twin, function)


def _over_blocks(blocks: Any, numbers: Any, shared: Any) -> None:
    for block in range(len(blocks)):
        _run_block(blocks, block, numbers, shared)


def _run_block(blocks: Any, block: int, numbers: Any, shared: Any) -> None:
    raise NotImplementedError


def _block_runner(function: Any, kind: Any) -> Any:
    from numba import types
    from numba.extending import intrinsic

    record = record_type(kind)

    @intrinsic
    def run_block(_typing: Any, blocks: Any, block: Any, numbers: Any, shared: Any) -> Any:
        def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            reader = Reader(context, builder)
            values = [
                reader.given(kind, builder.extract_value(arguments[3], number))
                for number, kind in enumerate(shared)
            ]
            lane = reader.block(blocks, arguments[0], arguments[1], record)
            made = reader.call(function, [lane, reader.cars(arguments[1]), *values])
            if made is not None:
                room = reader.block(numbers, arguments[2], arguments[1], record_type(float))
                reader.write(room, made)
            return context.get_dummy_value()

        return types.void(blocks, block, numbers, shared), generate

    return run_block
