"""Read a function of one car, every number in it standing for one number a lane.

Where lanes part at an `if`, both ways are run, each writing to its own lanes only, and a way that
no lane takes is skipped if it is long. Every lane's operations are the scalar ones in their order,
so that its bits are the same. Read are the statements and expressions that tick functions are made
of; anything else is refused with its place.
"""

from __future__ import annotations

import ast
import builtins
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from types import FunctionType
from typing import Any, Final, NamedTuple

from game.lanes.syntax import assigned, cost, may_exit, returns_early, syntax
from game.lanes.vectors import LANES, GatheredField, LaneField, Vectors

_MIN_WORTH_SKIPPING: Final = 6  # cycles of work; a jump costs about as much, right or wrong

_serial: set[Any] = set()


def serial(function: Any) -> None:
    """Let lanes call this tick function one after the other, in scalar form, where they meet it."""
    _serial.add(function)


class Given(NamedTuple):
    """Holds an argument of the compiled function that is the same for all lanes: a table, a log."""

    kind: Any  # numba's type
    value: Any


class _Slot(NamedTuple):
    """A slot keeps a local variable: LLVM makes registers of it."""

    pointers: list[Any]
    kinds: list[Any]
    rebuilt: Callable[[Sequence[Any]], Any]


class _Call:
    """Describes one call of a function while it is read."""

    def __init__(self, function: Any, names: dict[str, Any], caller_mask: Any) -> None:
        self.function = function
        self.names = names
        self.caller_mask = caller_mask  # lanes for which the function was called
        self.branch: Any = None  # lanes that took the present way of the ifs around
        self.exited: list[Any] = []  # slots: lanes that have returned, that have left each loop
        self.returned_from = False  # whether some lanes may return before others
        self.result: Any = None


class Reader:
    """Reads functions and writes their instructions where numba's builder stands."""

    def __init__(self, context: Any, builder: Any) -> None:
        self.vectors = Vectors(context, builder)
        self.builder = builder
        self.context = context
        self._frame: _Call = _Call(None, {}, None)

    def given(self, kind: Any, value: Any) -> Any:
        """Return an argument of numba's: numbers are spread over the lanes."""
        from numba import types

        return (
            self.vectors.broadcast(value) if isinstance(kind, types.Number) else Given(kind, value)
        )

    def block(self, kind: Any, value: Any, number: Any, record: Any) -> LaneField:
        """Return the block of this number in an array of blocks, as each lane's record."""
        array = self.context.make_array(kind)(self.context, self.builder, value)
        step = self.builder.extract_value(array.strides, 0)
        start = self.builder.ptrtoint(array.data, step.type)
        start = self.builder.add(start, self.builder.mul(number, step))
        return LaneField(self.builder.inttoptr(start, self.vectors.pointer_type), 0, record)

    def cars(self, block: Any) -> Any:
        """Return the numbers of the cars in the block of this number."""
        first = self.vectors.arithmetic("Mult", self.vectors.broadcast(block), LANES)
        return self.builder.add(first, self.vectors.ramp(1))

    def write(self, room: LaneField, numbers: Sequence[Any]) -> None:
        """Write numbers as floats one after the other."""
        for number, value in enumerate(numbers):
            place = room._replace(offset=room.kind.itemsize * number)
            self.vectors.store(place, self.vectors.floats(value), None)

    def call(self, function: Any, arguments: Sequence[Any]) -> Any:
        """Return the result of a function for these lane values, places, tables and numbers."""
        node, names = syntax(function)
        before = self._frame
        frame = _Call(function, dict(zip(names, arguments, strict=True)), self._mask())
        self._frame = frame
        if returns_early(node):
            frame.returned_from = True
            frame.exited.append(self._no_lanes())
        self._make_slots(assigned(node))
        self._run(node.body)
        self._frame = before
        return self._loaded(frame.result)

    # Which lanes are meant.

    def _here(self) -> Any:
        """Return the lanes of this call that have come to the present statement; None: all."""
        mask = self._frame.branch
        for slot in self._frame.exited:
            mask = self.vectors.both(mask, self.vectors.inverted(self._read(slot)))
        return mask

    def _mask(self) -> Any:
        """Return the lanes at the present statement of this call and of all calling it."""
        return self.vectors.both(self._frame.caller_mask, self._here())

    def _no_lanes(self) -> Any:
        slot = self.vectors.variable(self.vectors.bool_type)
        self.builder.store(self.vectors.lane(False), slot)
        return slot

    def _leave(self, slot: Any, mask: Any) -> None:
        mask = self.vectors.lane(True) if mask is None else mask
        self.builder.store(self.builder.or_(self._read(slot), mask), slot)

    def _read(self, slot: Any) -> Any:
        return self.builder.load(slot, typ=self.vectors.bool_type)

    @contextmanager
    def _in_branch(self, condition: Any) -> Iterator[None]:
        before = self._frame.branch
        self._frame.branch = self.vectors.both(before, condition)
        yield
        self._frame.branch = before

    def _skipped_if_none(self, statements: Sequence[ast.AST]) -> Any:
        mask = self._mask()
        cycles = sum(cost(statement, self._frame.function) for statement in statements)
        if mask is None or cycles < _MIN_WORTH_SKIPPING:
            return nullcontext()
        return self.builder.if_then(self.vectors.any_of(mask))

    # Statements. Each returns whether all lanes are known to have left.

    def _run(self, statements: Sequence[ast.stmt]) -> bool:
        for place, statement in enumerate(statements):
            if self._statement(statement):
                return True
            rest = statements[place + 1 :]
            if rest and may_exit(statement):
                with self._skipped_if_none(rest):
                    return self._run(rest)
        return False

    def _statement(self, node: ast.stmt) -> bool:
        match node:
            case ast.Expr(value=value):
                if not isinstance(value, ast.Constant):
                    self._value(value)
            case ast.Assign(targets=targets, value=value):
                made = self._value(value)
                for target in targets:
                    self._assign(target, made)
            case ast.AugAssign(target=target, op=operation, value=value):
                before = self._value(target)
                name = type(operation).__name__
                self._assign(target, self.vectors.arithmetic(name, before, self._value(value)))
            case ast.If():
                return self._if(node)
            case ast.While():
                self._while(node)
            case ast.For():
                self._for(node)
            case ast.Break():
                self._leave(self._frame.exited[-1], self._here())
                return True
            case ast.Return(value=value):
                self._return(None if value is None else self._value(value))
                return True
            case _:
                raise self._unsupported(node)
        return False

    def _if(self, node: ast.If) -> bool:
        test = self.vectors.bools(self._value(node.test))
        if isinstance(test, bool):
            return self._run(node.body if test else node.orelse)
        with self._in_branch(test), self._skipped_if_none(node.body):
            all_left = self._run(node.body)
        if not node.orelse:
            return False
        with self._in_branch(self.vectors.inverted(test)), self._skipped_if_none(node.orelse):
            return self._run(node.orelse) and all_left

    def _while(self, node: ast.While) -> None:
        if node.orelse:
            raise self._unsupported(node)
        self._make_slots(assigned(node))
        left = self._no_lanes()
        self._frame.exited.append(left)
        head, body, end = (self.builder.append_basic_block() for _ in range(3))
        self.builder.branch(head)
        self.builder.position_at_end(head)
        goes_on = self.vectors.bools(self._value(node.test))
        if goes_on is not True:
            self._leave(left, self.vectors.inverted(self.vectors.lane(goes_on)))
        self.builder.cbranch(self.vectors.any_of(self._mask()), body, end)
        self.builder.position_at_end(body)
        self._run(node.body)
        self.builder.branch(head)
        self.builder.position_at_end(end)
        self._frame.exited.pop()

    def _for(self, node: ast.For) -> None:
        """Write a `for` over a range as the `while` that it stands for."""
        match node:
            case ast.For(iter=ast.Call(func=ast.Name(id="range"), args=[*first, last]), orelse=[]):
                counter, end = (
                    ast.Name(f"{part} of line {node.lineno}", ast.Load())
                    for part in ("turn", "end")
                )
                self._assign(counter, self._value(first[0]) if first else 0)
                self._assign(end, self._value(last))
                turn = [
                    ast.Assign([node.target], counter),
                    ast.AugAssign(counter, ast.Add(), ast.Constant(1)),
                ]
                test = ast.Compare(counter, [ast.Lt()], [end])
                self._while(ast.While(test, [*turn, *node.body], []))
            case _:
                raise self._unsupported(node)

    def _return(self, value: Any) -> None:
        frame = self._frame
        if not frame.returned_from:
            frame.result = value
            return
        here = self._here()
        if value is not None:
            first = frame.result is None and len(frame.exited) == 1
            frame.result = frame.result or self._slot_for(value)
            self._store(frame.result, value, None if first else here)
        self._leave(frame.exited[0], here)

    # Variables.

    def _assign(self, target: ast.expr, value: Any) -> None:
        names = self._frame.names
        match target:
            case ast.Name(id=name):
                held = names.get(name)
                if not self._fits_in_slots(value):
                    names[name] = value
                    return
                here = self._here()
                first = not isinstance(held, _Slot)
                if first:
                    names[name] = held = self._slot_for(value)
                in_loop = len(self._frame.exited) > self._frame.returned_from
                self._store(held, value, None if first and not in_loop else here)
            case ast.Attribute(value=owner, attr=name):
                place = self.vectors.field(self._value(owner), name)
                if not isinstance(place, LaneField):
                    raise self._unsupported(target)
                self.vectors.store(place, value, self._mask())
            case _:
                raise self._unsupported(target)

    def _make_slots(self, names: Sequence[str]) -> None:
        """Give variables that will be assigned in some branch a slot before the branches part."""
        held = self._frame.names
        for name in names:
            if (
                name in held
                and not isinstance(held[name], _Slot)
                and self._fits_in_slots(held[name])
            ):
                value = held[name]
                held[name] = self._slot_for(value)
                self._store(held[name], value, None)

    def _fits_in_slots(self, value: Any) -> bool:
        if isinstance(value, (LaneField, Given)):
            return False
        if isinstance(value, tuple):
            return all(map(self._fits_in_slots, value)) or isinstance(value, GatheredField)
        return isinstance(value, (int, float)) or self.vectors.is_lane(value)

    def _slot_for(self, value: Any) -> _Slot:
        leaves, rebuilt = self._flattened(value)
        kinds = [leaf.type for leaf in leaves]
        return _Slot([self.vectors.variable(kind) for kind in kinds], kinds, rebuilt)

    def _store(self, slot: Any, value: Any, mask: Any) -> None:
        leaves, _ = self._flattened(value)
        for pointer, kind, leaf in zip(slot.pointers, slot.kinds, leaves, strict=True):
            made = self.vectors.as_kind(leaf, kind)
            if mask is not None:
                made = self.vectors.select(mask, made, self.builder.load(pointer, typ=kind))
            self.builder.store(made, pointer)

    def _loaded(self, held: Any) -> Any:
        if not isinstance(held, _Slot):
            return held
        pairs = zip(held.pointers, held.kinds, strict=True)
        return held.rebuilt([self.builder.load(pointer, typ=kind) for pointer, kind in pairs])

    def _flattened(self, value: Any) -> tuple[list[Any], Callable[[Sequence[Any]], Any]]:
        """Return a value's lane values, and a function that rebuilds such a value from others."""
        if isinstance(value, GatheredField):
            return [value.address], lambda leaves: GatheredField(leaves[0], value.kind)
        if not isinstance(value, tuple):
            return [self.vectors.lane(value)], lambda leaves: leaves[0]
        parts = [self._flattened(part) for part in value]
        make = getattr(type(value), "_make", tuple)

        def rebuilt(leaves: Sequence[Any]) -> Any:
            left = list(leaves)
            return make([again([left.pop(0) for _ in own]) for own, again in parts])

        return [leaf for own, _ in parts for leaf in own], rebuilt

    # Expressions.

    def _value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return self._named(name)
            case ast.Attribute(value=owner, attr=name):
                return self._attribute(self._value(owner), name)
            case ast.Subscript(value=owner, slice=index):
                return self._item(self._value(owner), self._value(index))
            case ast.Call(func=function, args=arguments, keywords=[]):
                return self._called(self._value(function), list(map(self._value, arguments)))
            case ast.Call(func=function, args=[], keywords=fields):
                return self._named_tuple(self._value(function), fields)
            case ast.Tuple(elts=parts):
                return tuple(map(self._value, parts))
            case ast.BinOp(left=one, op=operation, right=other):
                name = type(operation).__name__
                return self.vectors.arithmetic(name, self._value(one), self._value(other))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.vectors.negative(self._value(operand))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._not(self.vectors.bools(self._value(operand)))
            case ast.BoolOp(op=operation, values=parts):
                return self._joined(isinstance(operation, ast.And), list(map(self._value, parts)))
            case ast.Compare(left=first, ops=operations, comparators=others):
                values = [self._value(part) for part in (first, *others)]
                return self._joined(
                    True,
                    [
                        self.vectors.compare(type(operation).__name__, one, other)
                        for operation, one, other in zip(
                            operations, values, values[1:], strict=False
                        )
                    ],
                )
            case ast.IfExp():
                return self._either(node)
        raise self._unsupported(node)

    def _named(self, name: str) -> Any:
        if name in self._frame.names:
            return self._loaded(self._frame.names[name])
        known = self._frame.function.__globals__
        return known[name] if name in known else getattr(builtins, name)

    def _attribute(self, owner: Any, name: str) -> Any:
        if isinstance(owner, (LaneField, GatheredField)):
            return self._read_at(self.vectors.field(owner, name))
        if isinstance(owner, Given):
            number = owner.kind.fields.index(name)
            return self.given(owner.kind[number], self.builder.extract_value(owner.value, number))
        return getattr(owner, name)

    def _item(self, owner: Any, index: Any) -> Any:
        if isinstance(owner, (LaneField, GatheredField)):
            return self._read_at(self.vectors.element(owner, index))
        if isinstance(owner, Given):
            from llvmlite import ir
            from numba.np.numpy_support import as_dtype

            table = self.context.make_array(owner.kind)(self.context, self.builder, owner.value)
            start = self.vectors.broadcast(self.builder.ptrtoint(table.data, ir.IntType(64)))
            return self._read_at(self.vectors.row(start, index, as_dtype(owner.kind.dtype)))
        return owner[index]

    def _read_at(self, place: LaneField | GatheredField) -> Any:
        """Return the number at a place; a place still where a struct or an array lies there."""
        if place.kind.fields or place.kind.subdtype:
            return place
        return self.vectors.load(place, self._mask())

    def _called(self, function: Any, arguments: list[Any]) -> Any:
        if function in _serial:
            return self._call_serially(function, arguments)
        if isinstance(function, FunctionType):
            return self.call(function, arguments)
        if function is len and isinstance(arguments[0], Given):
            table = arguments[0]
            array = self.context.make_array(table.kind)(self.context, self.builder, table.value)
            return self.vectors.broadcast(self.builder.extract_value(array.shape, 0))
        of_lanes = {
            int: self.vectors.truncated,
            math.floor: self.vectors.floor,
            math.sqrt: self.vectors.sqrt,
        }
        if function in of_lanes and self.vectors.is_lane(arguments[0]):
            return of_lanes[function](arguments[0])
        return function(*arguments)

    def _named_tuple(self, kind: Any, fields: Sequence[ast.keyword]) -> Any:
        """Return a named tuple whose fields are given by name; no other call takes names."""
        if not isinstance(kind, type):
            raise self._unsupported(fields[0])
        return kind(**{str(field.arg): self._value(field.value) for field in fields})

    def _call_serially(self, function: Any, arguments: list[Any]) -> None:
        """Call a function that gives nothing back, for one lane after the other."""
        from llvmlite import ir
        from numba import types
        from numba.core.cgutils import for_range

        mask = self._mask()
        lanes = [
            argument if isinstance(argument, Given) else self.vectors.lane(argument)
            for argument in arguments
        ]
        with for_range(self.builder, ir.Constant(ir.IntType(64), LANES)) as loop:

            def one(lane: Any) -> tuple[Any, Any]:
                if isinstance(lane, Given):
                    return lane.kind, lane.value
                kind = types.float64 if lane.type == self.vectors.float_type else types.int64
                return kind, self.builder.extract_element(lane, loop.index)

            meant = self.vectors.lane(True) if mask is None else mask
            with self.builder.if_then(self.builder.extract_element(meant, loop.index)):
                kinds, values = zip(*map(one, lanes), strict=True)
                signature = types.none(*kinds)
                self.context.compile_internal(self.builder, function, signature, list(values))

    def _either(self, node: ast.IfExp) -> Any:
        test = self.vectors.bools(self._value(node.test))
        if isinstance(test, bool):
            return self._value(node.body if test else node.orelse)
        with self._in_branch(test):
            one = self._value(node.body)
        with self._in_branch(self.vectors.inverted(test)):
            other = self._value(node.orelse)
        ones, _ = self._flattened(one)
        others, rebuilt = self._flattened(other)
        return rebuilt(
            [self.vectors.select(test, *pair) for pair in zip(ones, others, strict=True)]
        )

    def _not(self, truth: Any) -> Any:
        return not truth if isinstance(truth, bool) else self.vectors.inverted(truth)

    def _joined(self, by_and: bool, values: Sequence[Any]) -> Any:
        """Return truths joined by `and` or by `or`."""
        joined: Any = by_and
        for value in map(self.vectors.bools, values):
            if isinstance(value, bool) or isinstance(joined, bool):
                known, other = (value, joined) if isinstance(value, bool) else (joined, value)
                joined = other if known == by_and else known
            else:
                join = self.builder.and_ if by_and else self.builder.or_
                joined = join(joined, value)
        return joined

    def _unsupported(self, node: ast.AST) -> NotImplementedError:
        code = self._frame.function.__code__
        line = code.co_firstlineno + getattr(node, "lineno", 1) - 1
        return NotImplementedError(
            f"{code.co_filename}:{line}: lanes cannot run {type(node).__name__}"
        )
