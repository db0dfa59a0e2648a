"""Tick functions run on CasADi's symbols, so that an optimum is that of the very car of the tick.

A tick function is read as a syntax tree, as `lanes` does it, and run with symbols in place of
numbers. Where a condition depends on a symbol, both ways are run and CasADi's `if_else` chooses
between what they give; a condition of numbers chooses at once. Sine, cosine and arc tangent are
CasADi's, which agree with `trig.py` within 2e-12; a root has a small number added, since the slope
of a root at zero is infinite (`ROOT_FLOOR`).
"""

from __future__ import annotations

import ast
import builtins
import math
import operator
from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any, Final

from game.lanes.syntax import assigned, may_exit, syntax
from game.optimum.casadi_library import ca
from game.trig import Direction, arc_tangent, direction, sine

# Added below roots: 1e-4 of a peak slip where a tyre does not slip at all.
ROOT_FLOOR: Final = 1e-8

_OPERATIONS: Final[dict[type[ast.AST], Callable[..., Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_NOTHING: Final = object()  # what statements give that return nothing


def is_symbol(value: Any) -> bool:
    """Return whether a value is CasADi's and no plain number."""
    return isinstance(value, ca.SX)


def _sine(angle_rad: Any) -> Any:
    return ca.sin(angle_rad)


def _arc_tangent(slope: Any) -> Any:
    return ca.atan(slope)


def _direction(angle_rad: Any) -> Direction:
    return Direction(ca.cos(angle_rad), ca.sin(angle_rad))


_TRIGONOMETRY: Final[dict[Any, Callable[..., Any]]] = {
    sine: _sine,
    arc_tangent: _arc_tangent,
    direction: _direction,
}


class Symbolic:
    """Runs tick functions on symbols."""

    def __init__(self) -> None:
        self.instead = dict(_TRIGONOMETRY)  # what is called in place of some tick functions

    def call(self, function: Any, *arguments: Any) -> Any:
        """Return the result of a function for these arguments."""
        if function in self.instead:
            return self.instead[function](*arguments)
        if function is math.sqrt:
            return _root(*arguments)
        if not isinstance(function, FunctionType):
            return function(*arguments)
        return self.call_itself(function, *arguments)

    def call_itself(self, function: Any, *arguments: Any) -> Any:
        """Return the result of this very function, even if another is called in place of it."""
        node, names = syntax(function)
        defaults = function.__defaults__ or ()
        missing = len(names) - len(arguments)
        given = [*arguments, *(defaults[len(defaults) - missing :] if missing else ())]
        frame = _CallOnSymbols(self, function, dict(zip(names, given, strict=True)))
        result = frame.run(node.body)
        return None if result is _NOTHING else result


def _root(square: Any) -> Any:
    return ca.sqrt(square + ROOT_FLOOR) if is_symbol(square) else math.sqrt(square)


class _CallOnSymbols:
    """Runs one call of a function, in one of its branches."""

    def __init__(
        self, symbolic: Symbolic, function: Any, names: dict[str, Any], parted: bool = False
    ) -> None:
        self._symbolic = symbolic
        self._function = function
        self._names = names
        self._parted = parted  # whether this way is taken under a condition on symbols

    def run(self, statements: Sequence[ast.stmt]) -> Any:
        """Run statements and return their result, or `_NOTHING`."""
        for place, statement in enumerate(statements):
            if isinstance(statement, ast.If):
                test = self._value(statement.test)
                if is_symbol(test):
                    if may_exit(statement):
                        return self._either_rest(test, statement, statements[place + 1 :])
                    self._either_assignment(test, statement)
                    continue
                result = self.run(statement.body if test else statement.orelse)
            else:
                result = self._statement(statement)
            if result is not _NOTHING:
                return result
        return _NOTHING

    def _statement(self, node: ast.stmt) -> Any:
        match node:
            case ast.Return(value=value):
                return None if value is None else self._value(value)
            case ast.Assign():
                made = self._value(node.value)
                for target in node.targets:
                    self._assign(target, made)
            case ast.Expr():
                self._value(node.value)
            case ast.AugAssign(target=target, op=operation, value=value):
                before = self._value(target)
                self._assign(target, _OPERATIONS[type(operation)](before, self._value(value)))
            case _:
                raise self._unsupported(node)
        return _NOTHING

    def _assign(self, target: ast.expr, value: Any) -> None:
        match target:
            case ast.Name(id=name):
                self._names[name] = value
            case ast.Attribute(value=owner, attr=name) if not self._parted:
                setattr(self._value(owner), name, value)
            case _:
                raise self._unsupported(target)

    def _branch(self) -> _CallOnSymbols:
        return _CallOnSymbols(self._symbolic, self._function, dict(self._names), parted=True)

    def _either_rest(self, test: Any, node: ast.If, rest: Sequence[ast.stmt]) -> Any:
        """Run both branches to the end of the function and choose between their results."""
        return chosen(
            test, self._branch().run([*node.body, *rest]), self._branch().run([*node.orelse, *rest])
        )

    def _either_assignment(self, test: Any, node: ast.If) -> None:
        """Run both branches and choose between what they assign."""
        branches = self._branch(), self._branch()
        branches[0].run(node.body)
        branches[1].run(node.orelse)
        for name in assigned(node):
            if all(name in branch._names for branch in branches):
                self._names[name] = chosen(test, *(branch._names[name] for branch in branches))

    def _value(self, node: ast.expr) -> Any:
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                truth = self._value(operand)
                return ca.logic_not(truth) if is_symbol(truth) else not truth
            case ast.UnaryOp(op=operation, operand=operand):
                return _OPERATIONS[type(operation)](self._value(operand))
            case ast.BinOp(left=left, op=operation, right=right):
                return _OPERATIONS[type(operation)](self._value(left), self._value(right))
            case ast.Compare():
                return self._compared(node)
            case ast.BoolOp(op=operation, values=values):
                return _joined(isinstance(operation, ast.And), list(map(self._value, values)))
            case ast.IfExp(test=test, body=body, orelse=other):
                truth = self._value(test)
                if is_symbol(truth):
                    return chosen(truth, self._value(body), self._value(other))
                return self._value(body if truth else other)
            case ast.Call():
                return self._called(node)
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return self._named(name)
            case ast.Attribute(value=owner, attr=name):
                return getattr(self._value(owner), name)
            case ast.Subscript(value=owner, slice=index):
                return self._value(owner)[self._value(index)]
            case ast.Tuple(elts=parts):
                return tuple(map(self._value, parts))
        raise self._unsupported(node)

    def _named(self, name: str) -> Any:
        if name in self._names:
            return self._names[name]
        if name in self._function.__globals__:
            return self._function.__globals__[name]
        return getattr(builtins, name)

    def _compared(self, node: ast.Compare) -> Any:
        values = [self._value(node.left), *map(self._value, node.comparators)]
        return _joined(
            True,
            [
                _OPERATIONS[type(operation)](one, other)
                for operation, one, other in zip(node.ops, values, values[1:], strict=False)
            ],
        )

    def _called(self, node: ast.Call) -> Any:
        function = self._value(node.func)
        if node.keywords:
            named = {str(each.arg): self._value(each.value) for each in node.keywords}
            return function(*map(self._value, node.args), **named)
        return self._symbolic.call(function, *map(self._value, node.args))

    def _unsupported(self, node: ast.AST) -> NotImplementedError:
        code = self._function.__code__
        line = code.co_firstlineno + getattr(node, "lineno", 1) - 1
        return NotImplementedError(
            f"{code.co_filename}:{line}: symbols cannot run {type(node).__name__}"
        )


def _joined(by_and: bool, truths: Sequence[Any]) -> Any:
    """Return truth values joined by `and` or by `or`."""
    join = ca.logic_and if by_and else ca.logic_or
    joined: Any = by_and
    for truth in truths:
        if not is_symbol(truth):
            if bool(truth) != by_and:
                return not by_and
        else:
            joined = truth if not is_symbol(joined) else join(joined, truth)
    return joined


def chosen(test: Any, one: Any, other: Any) -> Any:
    """Return a choice by a condition on symbols: of numbers, or field by field of named tuples."""
    if isinstance(one, tuple):
        parts = [chosen(test, *pair) for pair in zip(one, other, strict=True)]
        return type(one)(*parts) if hasattr(one, "_fields") else tuple(parts)
    if one is other:
        return one
    return ca.if_else(test, one, other)
