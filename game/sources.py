"""Read the program's own modules for digests: without comments, docstrings and layout.

Needs nothing but the standard library, so that the build of a wheel can use it as it stands.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

PACKAGE: Final = "game"
DIGESTS_FILE: Final = "module_digests.json"  # in the package, where it was built into a wheel
_PASSED_OVER: Final = frozenset({"ctx", "kind", "type_comment", "type_ignores"})


class Module(NamedTuple):
    """Holds a module's content, and which modules of the program it may import."""

    digest: str  # of its syntax tree without comments and docstrings
    imports: tuple[str, ...]  # full names; some are names within modules instead of modules


def read_module(text: str) -> Module:
    """Return the module that a source text makes."""
    tokens: list[str] = []
    imports: list[ast.Import | ast.ImportFrom] = []
    _read(ast.parse(text), tokens, imports)
    content = "\0".join(tokens).encode()
    return Module(hashlib.sha256(content).hexdigest()[:32], tuple(sorted(_names(imports))))


def module_file(folder: Path, name: str) -> Path | None:
    """Return the source of a module of the package that lies in a folder; None if there is none."""
    path = folder.joinpath(*name.split(".")[1:])
    for source in (path.with_suffix(".py"), path / "__init__.py"):
        if source.is_file():
            return source
    return None


def write_digests(package: Path, path: Path) -> None:
    """Write what `read_digests` takes, of all modules of a package's folder."""
    modules = {}
    for source in sorted(package.rglob("*.py")):
        parts = (PACKAGE, *source.relative_to(package).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules[name] = read_module(source.read_text(encoding="utf-8"))
    content = {
        name: (module.digest, [each for each in module.imports if each in modules])
        for name, module in modules.items()
    }
    path.write_text(json.dumps(content), encoding="utf-8")


def read_digests(content: bytes) -> dict[str, Module] | None:
    """Return modules by their full names; None for the content of a file of something else."""
    try:
        modules = json.loads(content).items()
        return {name: Module(digest, tuple(imports)) for name, (digest, imports) in modules}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _read(value: Any, tokens: list[str], imports: list[ast.Import | ast.ImportFrom]) -> None:
    """Add a syntax tree as text that is the same in all versions of Python that can read it, and
    its imports, also those inside functions.
    """
    if isinstance(value, ast.AST):
        tokens.append(type(value).__name__)
        for name in value._fields:
            part = getattr(value, name, None)
            if part is not None and part != [] and name not in _PASSED_OVER:
                tokens.append(name)
                _read(part, tokens, imports)
        tokens.append(")")
        if isinstance(value, (ast.Import, ast.ImportFrom)):
            imports.append(value)
    elif isinstance(value, list):
        tokens.append("[")
        for part in value:
            if not _is_docstring(part):
                _read(part, tokens, imports)
        tokens.append("]")
    else:
        tokens.append(repr(value))


def _is_docstring(statement: Any) -> bool:
    """Return whether a statement is a text alone, which does nothing."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _names(imports: Iterable[ast.Import | ast.ImportFrom]) -> set[str]:
    """Return the full names of what is imported from the program."""
    names = set()
    for node in imports:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif node.module is not None:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name.split(".")[0] == PACKAGE}
