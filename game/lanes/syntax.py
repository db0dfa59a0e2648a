"""A tick function's source is searched for what its reader wants to know beforehand."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from types import FunctionType
from typing import Any, Final

_LONG: Final = 8  # cycles of a division, a root or a look-up; other operations take one


@cache
def syntax(function: Any) -> tuple[ast.FunctionDef, list[str]]:
    """Return a function's syntax and the names of its parameters."""
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(node, ast.FunctionDef)
    return node, [argument.arg for argument in node.args.args]


@cache
def assigned(node: ast.AST) -> tuple[str, ...]:
    """Return the variables that are assigned in a piece of syntax."""
    return tuple(
        {
            part.id: None
            for part in ast.walk(node)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        }
    )


@cache
def may_exit(node: ast.AST) -> bool:
    return any(isinstance(part, (ast.Return, ast.Break)) for part in ast.walk(node))


@cache
def returns_early(node: ast.FunctionDef) -> bool:
    """Return whether some lanes may return before others."""
    return any(
        isinstance(part, ast.Return) and part is not node.body[-1] for part in ast.walk(node)
    )


@cache
def cost(node: ast.AST, function: Any) -> int:
    """Return about how many cycles a piece of syntax takes, with the functions it calls."""
    cycles = 0
    for part in ast.walk(node):
        match part:
            case ast.BinOp(op=ast.Div()) | ast.Subscript():
                cycles += _LONG
            case ast.BinOp() | ast.Compare():
                cycles += 1
            case ast.Call(func=ast.Name(id=name)):
                called = function.__globals__.get(name)
                if isinstance(called, FunctionType):
                    cycles += cost(syntax(called)[0], called)
            case ast.Call(func=ast.Attribute(attr="sqrt")):
                cycles += _LONG
    return cycles
