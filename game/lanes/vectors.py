"""Write down vector instructions for each operation that a function's reader meets.

A lane value is an LLVM vector of doubles, of 64-bit integers or of truths, one a lane. Numbers that
are known while the code is written stay Python's own and are spread over the lanes when they meet
a lane value. Every operation rounds as its scalar form does; none is reordered or fused.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

LANES: Final = 8  # two registers of AVX2: sixteen are no faster and take longer to compile

_PYTHON: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Div": operator.truediv,
    "Mod": operator.mod,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "Eq": operator.eq,
    "NotEq": operator.ne,
}
_FLOAT_OPERATIONS: Final = {"Add": "fadd", "Sub": "fsub", "Mult": "fmul", "Div": "fdiv"}
_INT_OPERATIONS: Final = {"Add": "add", "Sub": "sub", "Mult": "mul"}
_COMPARISONS: Final = {"Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Eq": "==", "NotEq": "!="}


class LaneField(NamedTuple):
    """A lane field lies in the lanes of a block side by side, field after field."""

    block: Any  # pointer to its first byte
    offset: int  # of the field in the record of one lane, bytes
    kind: Any  # numpy's type of the field


class GatheredField(NamedTuple):
    """A gathered field is found elsewhere by each lane: a row of a table, an array's entry."""

    address: Any  # whole lane value
    kind: Any


class Vectors:
    """Writes vector instructions where numba's builder stands."""

    def __init__(self, context: Any, builder: Any) -> None:
        from llvmlite import ir

        self.ir = ir
        self.context = context
        self.builder = builder
        self.byte = ir.IntType(8)
        self.pointer_type = ir.PointerType()
        self.pointers_type = ir.VectorType(self.pointer_type, LANES)
        self.float_type = ir.VectorType(ir.DoubleType(), LANES)
        self.int_type = ir.VectorType(ir.IntType(64), LANES)
        self.bool_type = ir.VectorType(ir.IntType(1), LANES)

    def is_lane(self, value: Any) -> bool:
        """Return whether this is a lane value."""
        return isinstance(value, self.ir.Value) and isinstance(value.type, self.ir.VectorType)

    def broadcast(self, scalar: Any) -> Any:
        """Return one LLVM scalar in every lane."""
        kind = self.ir.VectorType(scalar.type, LANES)
        first = self.builder.insert_element(
            self.ir.Constant(kind, self.ir.Undefined), scalar, self._index(0)
        )
        order = self.ir.Constant(self.ir.VectorType(self.ir.IntType(32), LANES), 0)
        return self.builder.shuffle_vector(first, self.ir.Constant(kind, self.ir.Undefined), order)

    def ramp(self, step: int) -> Any:
        """Return 0, step, 2 step and so on, from lane to lane."""
        return self.ir.Constant(self.int_type, [step * lane for lane in range(LANES)])

    def lane(self, value: Any) -> Any:
        """Return a number as a lane value of its kind; lane values as they are."""
        if self.is_lane(value):
            return value
        if isinstance(value, bool):
            return self.ir.Constant(self.bool_type, int(value))
        if isinstance(value, int):
            return self.ir.Constant(self.int_type, value)
        return self.ir.Constant(self.float_type, float(value))

    def floats(self, value: Any) -> Any:
        """Return the same numbers as doubles."""
        if not self.is_lane(value):
            return self.lane(float(value))
        if value.type == self.float_type:
            return value
        return self.builder.sitofp(self.ints(value), self.float_type)

    def ints(self, value: Any) -> Any:
        """Return the same whole numbers or truths as 64-bit integers; doubles are refused."""
        value = self.lane(value)
        if value.type == self.bool_type:
            return self.builder.zext(value, self.int_type)
        if value.type != self.int_type:
            raise TypeError("a float where lanes hold whole numbers")
        return value

    def as_kind(self, value: Any, kind: Any) -> Any:
        """Return the same numbers as lane values of an LLVM type."""
        if kind == self.bool_type:
            return self.lane(value)
        return self.floats(value) if kind == self.float_type else self.ints(value)

    def arithmetic(self, name: str, one: Any, other: Any) -> Any:
        """Write `one + other` and other arithmetic, named as the nodes of Python's syntax are."""
        if not self.is_lane(one) and not self.is_lane(other):
            return _PYTHON[name](one, other)
        if name == "Mod":
            if not isinstance(other, int) or other & (other - 1):
                raise TypeError("lanes support remainders of powers of two only")
            return self.builder.and_(self.ints(one), self.lane(other - 1))
        if name == "Div" or self._is_float(one) or self._is_float(other):
            return getattr(self.builder, _FLOAT_OPERATIONS[name])(
                self.floats(one), self.floats(other)
            )
        return getattr(self.builder, _INT_OPERATIONS[name])(self.ints(one), self.ints(other))

    def negative(self, value: Any) -> Any:
        """Write `-value`."""
        if not self.is_lane(value):
            return -value
        if value.type == self.float_type:
            return self.builder.fneg(value)
        return self.builder.neg(self.ints(value))

    def compare(self, name: str, one: Any, other: Any) -> Any:
        """Write `one < other` and other comparisons, a truth value a lane."""
        if not self.is_lane(one) and not self.is_lane(other):
            return _PYTHON[name](one, other)
        sign = _COMPARISONS[name]
        if self._is_float(one) or self._is_float(other):
            compared = self.builder.fcmp_unordered if sign == "!=" else self.builder.fcmp_ordered
            return compared(sign, self.floats(one), self.floats(other))
        return self.builder.icmp_signed(sign, self.ints(one), self.ints(other))

    def bools(self, value: Any) -> Any:
        """Return a lane value as truths, a number as a `bool`."""
        if not self.is_lane(value):
            return bool(value)
        return value if value.type == self.bool_type else self.compare("NotEq", value, 0)

    def both(self, one: Any, other: Any) -> Any:
        """Return the lanes in both masks; None is the mask of all lanes."""
        if one is None or other is None:
            return other if one is None else one
        return self.builder.and_(one, other)

    def inverted(self, mask: Any) -> Any:
        """Return the lanes not in a mask."""
        return self.builder.xor(mask, self.lane(True))

    def any_of(self, mask: Any) -> Any:
        """Return whether a mask holds a lane, as one LLVM truth."""
        kind = self.ir.IntType(LANES)
        bits = self.builder.bitcast(mask, kind)
        return self.builder.icmp_unsigned("!=", bits, self.ir.Constant(kind, 0))

    def select(self, mask: Any, one: Any, other: Any) -> Any:
        """Return the first value in the lanes of a mask (None: all), elsewhere the second."""
        if mask is None:
            return one
        if one.type != other.type:
            convert = self.floats if self._is_float(one) or self._is_float(other) else self.ints
            one, other = convert(one), convert(other)
        return self.builder.select(mask, one, other)

    def sqrt(self, value: Any) -> Any:
        """Return the square root."""
        return self._by_intrinsic("sqrt", self.floats(value))

    def floor(self, value: Any) -> Any:
        """Return the next whole number below, as an integer."""
        return self.truncated(self._by_intrinsic("floor", self.floats(value)))

    def truncated(self, value: Any) -> Any:
        """Return the whole part, as an integer."""
        return self.builder.fptosi(self.floats(value), self.int_type)

    def variable(self, kind: Any) -> Any:
        """Return room for lane values of an LLVM type."""
        with self.builder.goto_entry_block():
            return self.builder.alloca(kind)

    def field(self, place: LaneField | GatheredField, name: str) -> LaneField | GatheredField:
        """Return a record's field."""
        kind, offset = place.kind.fields[name][:2]
        return self._inside(place, offset, kind)

    def element(self, place: LaneField | GatheredField, index: Any) -> LaneField | GatheredField:
        """Return an entry of a field that is an array; each lane may ask for another."""
        kind, (_,) = place.kind.subdtype
        if isinstance(index, int):
            return self._inside(place, index * kind.itemsize, kind)
        if isinstance(place, GatheredField):
            return self.row(place.address, index, kind)
        first = self.builder.ptrtoint(self._at(place), self.ir.IntType(64))
        start = self.builder.add(self.broadcast(first), self.ramp(8))
        return GatheredField(self._stepped(start, index, LANES * kind.itemsize), kind)

    def row(self, start: Any, index: Any, kind: Any) -> GatheredField:
        """Return the row of this number in each lane of a table that starts at an address."""
        return GatheredField(self._stepped(start, index, kind.itemsize), kind)

    def load(self, place: LaneField | GatheredField, mask: Any) -> Any:
        """Return the numbers at a place, where it lies scattered only in the lanes of a mask."""
        kind = self._lane_type(place.kind)
        if isinstance(place, LaneField):
            return self.builder.load(self._at(place), align=8, typ=kind)
        pointers = self.builder.inttoptr(place.address, self.pointers_type)
        return self._call(
            f"llvm.masked.gather.{_suffix(kind)}.v{LANES}p0",
            kind,
            [
                pointers,
                self.ir.Constant(self.ir.IntType(32), 8),
                self.lane(True) if mask is None else mask,
                self.ir.Constant(kind, 0),
            ],
        )

    def store(self, place: LaneField, value: Any, mask: Any) -> None:
        """Write numbers into the lanes of a mask."""
        pointer, kind = self._at(place), self._lane_type(place.kind)
        value = self.as_kind(value, kind)
        if mask is not None:
            value = self.select(mask, value, self.builder.load(pointer, align=8, typ=kind))
        self.builder.store(value, pointer, align=8)

    def _stepped(self, start: Any, index: Any, bytes_each: int) -> Any:
        return self.builder.add(start, self.builder.mul(self.ints(index), self.lane(bytes_each)))

    def _inside(
        self, place: LaneField | GatheredField, offset: int, kind: Any
    ) -> LaneField | GatheredField:
        if isinstance(place, LaneField):
            return LaneField(place.block, place.offset + offset, kind)
        return GatheredField(self.builder.add(place.address, self.lane(offset)), kind)

    def _at(self, place: LaneField) -> Any:
        offset = self.ir.Constant(self.ir.IntType(64), place.offset * LANES)
        return self.builder.gep(place.block, [offset], source_etype=self.byte)

    def _lane_type(self, kind: Any) -> Any:
        return self.float_type if kind.kind == "f" else self.int_type

    def _is_float(self, value: Any) -> bool:
        return value.type == self.float_type if self.is_lane(value) else isinstance(value, float)

    def _by_intrinsic(self, name: str, value: Any) -> Any:
        return self._call(f"llvm.{name}.{_suffix(value.type)}", value.type, [value])

    def _call(self, name: str, kind: Any, arguments: Sequence[Any]) -> Any:
        module = self.builder.module
        signature = self.ir.FunctionType(kind, [argument.type for argument in arguments])
        function = module.globals.get(name) or self.ir.Function(module, signature, name)
        return self.builder.call(function, arguments)

    def _index(self, number: int) -> Any:
        return self.ir.Constant(self.ir.IntType(32), number)


def _suffix(kind: Any) -> str:
    return f"v{LANES}" + ("f64" if str(kind.element) == "double" else "i64")
