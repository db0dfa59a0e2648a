"""Switch the functions of the tick between plain Python and machine code.

A tick function is plain scalar Python. It runs as it stands over dataclasses and lists; or its
twin, made here by numba, runs over numpy records and arrays of the same field names. Both give
the same bits: no fastmath, no numpy arithmetic, trigonometry from `trig.py`.

numba (the extra `fast`) and numpy are imported only when a twin is needed.

Design: one source for both forms, because a replay, a lap in the window and a study must agree to
the bit, and two sources drift. numba compiles this source as it is written and keeps the order of
its operations. A compiler of array expressions (JAX, or numpy itself) would want the tick written
again, as expressions over all cars without branches, and does not promise that order.

Used beyond numba's public interfaces: a dispatcher's `_cache` with its `load_overload`, its
`_load_overload` and its `_cache_file._source_stamp`, in `_load_kept_code`; the options
`no_cpython_wrapper`, `no_cfunc_wrapper` and `_nrt`, in `_FOR_TWINS`, the last also in `compiled`;
`numba.core.registry`, in `_look_for_new_overloads`; `numba.core.event`, in `compiling_watched`
and `_numba`; and what `callee_pipeline.py` names. A twin's globals are a dict whose missing names
are made when numba asks for them.

On an upgrade of numba or Python the code is compiled again, since both versions are in the name of
its folder. If `_cache` or its `_load_overload` is gone, every compilation raises
AttributeError: `_load_kept_code` may then be dropped, at the price that a damaged file on disk ends
the program and that loading takes a tenth of a second longer. If an option is
gone, numba says so at once; without them the code takes twice as long to compile. If dispatchers
no longer call their own `compile`, processes compile side by side as they did before there was a
lock. If numba reads globals in another way, it refuses the names it does not find with a
TypingError at the first compilation. In all cases plain worlds run on unchanged.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, Final, TypeVar

from game.file_lock import locked
from game.files import cache_folder
from game.garbage_collector import collector_paused
from game.program_digest import program_digest
from game.short_digest import short_digest

Function = TypeVar("Function", bound=Callable[..., Any])


class Backend(Enum):
    """Names the form in which tick functions run. Both give the same bits."""

    PLAIN = "plain"
    COMPILED = "compiled"  # as machine code; where that cannot be had, plain


# Tick functions own no memory, so nothing counts references (`_nrt`).
_FOR_TWINS: Final[Any] = {
    "error_model": "numpy",
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
    "no_rewrites": True,
    "_nrt": False,
}

_LOCK: Final = "compiling.lock"  # in a function's folder

_wants_plain: Final = ContextVar("wants_plain", default=False)
_tick_functions: set[Any] = set()
_machine_forms: dict[Any, Callable[[], Any]] = {}
_cases: dict[Any, Mapping[type, Any]] = {}  # of functions that dispatch by type
_entry_points: dict[Any, Any] = {}  # of machine code, by function and kinds of arguments


def tick_function(function: Function) -> Function:
    """Mark a function as part of the tick, so that its callers' twins call its twin."""
    _tick_functions.add(function)
    return function


def machine_form(plain: Callable[..., Any]) -> Callable[[Function], Function]:
    """Name the builder of the machine form of `plain`, where one source cannot serve both.

    The builder takes nothing, imports numba itself and returns what the twins shall call.
    """

    def register(builder: Function) -> Function:
        _tick_functions.add(plain)
        _machine_forms[plain] = builder
        return builder

    return register


def dispatch_by_type(cases: Mapping[type, Callable[..., None]]) -> Callable[..., None]:
    """Return a tick function that calls the case for the type of its first argument, a
    `NamedTuple`.

    numba knows the types when it compiles, so that choosing costs nothing when the code runs.
    """

    def call(first: Any, *rest: Any) -> None:
        cases[type(first)](first, *rest)

    _cases[call] = cases

    @machine_form(call)
    def compiled_call() -> Any:
        from numba.extending import overload

        twins = {kind: called_twin(function) for kind, function in cases.items()}

        def stub(first: Any, *rest: Any) -> None:
            """Stand in for the case that is chosen when a caller is compiled."""

        options: Any = {**_FOR_TWINS, **_callee_pipeline()}

        @overload(stub, strict=False, jit_options=options)
        def choose(first: Any, *_: Any) -> Any:
            twin = twins[first.instance_class]

            def call_twin(first: Any, *rest: Any) -> None:
                twin(first, *rest)

            return call_twin

        return stub

    return call


def numba_is_installed() -> bool:
    """Return whether the extra `fast` is there; looks without importing it."""
    return importlib.util.find_spec("numba") is not None


def uses_machine_code() -> bool:
    """Return whether numba is installed, and nobody wants functions to run plainly for now."""
    return numba_is_installed() and not _wants_plain.get()


@contextmanager
def plainly() -> Iterator[None]:
    """Let functions that choose their form by `uses_machine_code` run plainly in the context.

    For one or two calls, running plainly is quicker than compiling first.
    """
    token = _wants_plain.set(True)
    try:
        yield
    finally:
        _wants_plain.reset(token)


def is_cached(function: Any) -> bool:
    """Return whether a tick function's machine code is on disk already; imports no numba."""
    return any(_code_folder(function).rglob(f"*.{function.__qualname__}-*.nbi"))


@cache
def compiled(function: Any) -> Any:
    """Return the machine-code twin of a tick function, with those of all that it calls.

    Its machine code is cached on disk. Raises ValueError for a function whose machine form was
    named: only twins can call that.
    """
    if function in _machine_forms:
        raise ValueError(f"{function.__qualname__} is called by twins only")
    return machine_code(_linked(function), function, _nrt=False)


@cache
def called_twin(function: Any) -> Any:
    """Return the twin as other twins call it: see `code_for_twins`."""
    if function in _machine_forms:
        return _machine_forms[function]()
    return code_for_twins(_linked(function))


def code_for_twins(function: Any) -> Any:
    """Return numba's dispatcher of a function that becomes part of its callers' machine code.

    It has no entry for Python and is not cached by itself, which would double the time to compile.
    """
    return _numba().njit(**_FOR_TWINS, **_callee_pipeline())(function)


@cache
def _callee_pipeline() -> Mapping[str, Any]:
    """Return the option that lets numba compile callees no further than callers need them.

    None with a numba that has changed too much for it: compiling then takes a third longer.
    """
    try:
        from game.callee_pipeline import CalleeCompiler
    except (ImportError, AttributeError):
        return {}
    return {"pipeline_class": CalleeCompiler}


class _TwinGlobals(dict[str, Any]):
    """Makes twins of the tick functions that numba asks for, as the globals of a twin.

    Code that is cached on disk is loaded without any of them.
    """

    def __init__(self, function: Any) -> None:
        self._tick_functions = {
            name: value
            for name in _global_names(function)
            if isinstance(value := function.__globals__.get(name), FunctionType)
            and value in _tick_functions
        }
        others = function.__globals__.items()
        super().__init__(
            (name, value) for name, value in others if name not in self._tick_functions
        )

    def __missing__(self, name: str) -> Any:
        function = self._tick_functions[name]
        twin = self[name] = called_twin(function)
        if function in _machine_forms:
            _look_for_new_overloads()
        return twin


def _look_for_new_overloads() -> None:
    """Let numba know of overloads that were made while it compiles: it looks only at the start."""
    registry: Any = importlib.import_module("numba.core.registry")
    registry.cpu_target.typing_context.refresh()
    registry.cpu_target.target_context.refresh()


def _linked(function: Any) -> Any:
    """Return a copy of a tick function that calls twins instead of tick functions."""
    twin = FunctionType(
        function.__code__.replace(co_firstlineno=1),  # numba caches code by the function's line
        _TwinGlobals(function),
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    twin.__qualname__ = function.__qualname__
    return twin


def machine_code(function: Any, plain: Any, **options: Any) -> Any:
    """Return numba's dispatcher of a function, whose machine code is cached by its full name, in
    the folder of the plain function that it was made from.

    Where the function's source file is missing, numba can cache nothing and compiles at every
    start.
    """
    frozen = getattr(sys, "frozen", False)
    has_cache = frozen or Path(function.__code__.co_filename).exists()
    numba = _numba()
    if has_cache:
        numba.config.CACHE_DIR = str(_code_folder(plain))  # read as the dispatcher is made
    dispatcher = numba.njit(cache=has_cache, error_model="numpy", **options)(function)
    if has_cache:
        _load_kept_code(dispatcher, counts_references=options.get("_nrt", True))
        _compile_in_turn(dispatcher, _code_folder(plain) / _LOCK)
    return dispatcher


def _load_kept_code(dispatcher: Any, counts_references: bool) -> None:
    """Let a dispatcher load its cached code alone, and compile again only where it is damaged.

    The folder's name says whether cached code is this program's: numba would throw it away for a
    source file with another time, though only a comment changed. numba would also load all that it
    knows of types and functions first, which only compiling needs; and start its runtime, without
    which code that counts references crashes.
    """
    code_cache = dispatcher._cache
    load = code_cache.load_overload if counts_references else code_cache._load_overload
    if hasattr(code_cache._cache_file, "_source_stamp"):
        code_cache._cache_file._source_stamp = ""

    def load_or_forget(signature: Any, target: Any) -> Any:
        try:
            with collector_paused():
                code = load(signature, target)
        except Exception:  # whatever a damaged pickle raises
            code_cache.flush()
            code = None
        if code is None:
            _load_array_functions()
        return code

    code_cache.load_overload = load_or_forget


def _compile_in_turn(dispatcher: Any, lock: Path) -> None:
    """Let a dispatcher wait for processes that are compiling the same, and then load their code."""
    load_or_compile = dispatcher.compile

    def compile_in_turn(signature: Any) -> Any:
        with locked(lock):
            return load_or_compile(signature)

    dispatcher.compile = compile_in_turn


@contextmanager
def compiling_watched(
    functions: Iterable[Any], on_progress: Callable[[float], None]
) -> Iterator[None]:
    """Call `on_progress` with the share of these functions' machine code that is made, 0..1.

    The share is of the functions that they reach; one that is made for several types counts again,
    so that the end may come a little early or late.
    """
    _numba()
    events: Any = importlib.import_module("numba.core.event")
    total = len({each for one in functions for each in reached(one)} & _tick_functions)

    class Counter(events.Listener):  # type: ignore[misc]
        """Counts functions whose machine code is made."""

        made = 0

        def on_start(self, _event: Any) -> None:
            """Count nothing: a function begins before those that it calls."""

        def on_end(self, _event: Any) -> None:
            self.made += 1
            on_progress(min(self.made / total, 1.0))

    counter = Counter()
    events.register("numba:compile", counter)
    try:
        yield
    finally:
        events.unregister("numba:compile", counter)


def compiled_for(function: Any, *arguments: Any) -> Any:
    """Return the twin for arguments of exactly these types, called without looking the types up.

    numba's look-up takes longer than a tick. The caller warrants that the types stay the same.
    """
    key = (function, *map(_kind, arguments))
    if key not in _entry_points:
        dispatcher = compiled(function)
        types = tuple(map(_numba().typeof, arguments))
        dispatcher.compile(types)
        _entry_points[key] = dispatcher.get_overload(types)
    return _entry_points[key]


def _kind(argument: Any) -> Any:
    """Return what an argument's numba type depends on: `typeof` took 12 ms for a world's records.

    Integers are of one kind, since those of the tick fit into 64 bits.
    """
    if isinstance(argument, tuple):
        return (type(argument), *map(_kind, argument))
    if hasattr(argument, "dtype"):
        return (type(argument), argument.dtype, argument.ndim, argument.flags.num)
    return type(argument)


def _global_names(function: Any) -> tuple[str, ...]:
    """Return the names of globals that a function reads, among those of attributes."""
    names: tuple[str, ...] = function.__code__.co_names
    return names


def reached(function: Any) -> set[Any]:
    """Return a function and all that it calls, near and far, by a global name or as a case."""
    found, waiting = set(), [function]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            values = (one.__globals__.get(name) for name in _global_names(one))
            cases = _cases.get(one, {}).values()
            waiting += [value for value in (*values, *cases) if isinstance(value, FunctionType)]
    return found


def code_digest(functions: Iterable[Any], *parts: str) -> str:
    """Return a name for all that functions' machine code depends on, and the other parts."""
    functions = list(functions)
    constants = {
        f"{name}={value!r}"
        for function in functions
        for name in _global_names(function)
        if isinstance(value := function.__globals__.get(name), (int, float))
    }
    program = program_digest(*(each.__module__ for each in functions))
    return short_digest(*(part.encode() for part in (program, *sorted(constants), *parts)))


@cache
def _numba() -> Any:
    """Return numba, set so that the collector rests while it compiles."""
    with collector_paused():
        numba: Any = importlib.import_module("numba")
        event: Any = importlib.import_module("numba.core.event")

    class CollectorPause(event.Listener):  # type: ignore[misc]
        """Pauses the garbage collector while numba compiles."""

        def __init__(self) -> None:
            self.pauses = ExitStack()
            self.depth = 0

        def on_start(self, _event: Any) -> None:
            self.pauses.enter_context(collector_paused())
            self.depth += 1

        def on_end(self, _event: Any) -> None:
            self.depth -= 1
            if self.depth == 0:
                self.pauses.close()

    event.register("numba:compile", CollectorPause())
    return numba


@cache
def _load_array_functions() -> None:
    """Load numba's array functions for compiling, without scipy, for which numba only looks.

    scipy.linalg is the slowest import of all that machine code needs, and no twin calls BLAS. The
    answer is yes, as scipy is a dependency; a function that does call BLAS looks again.
    """
    linear_algebra: Any = importlib.import_module("numba.np.linalg")
    look = linear_algebra.ensure_blas
    linear_algebra.ensure_blas = lambda: None
    try:
        arrays: Any = importlib.import_module("numba.np.arraymath")
    finally:
        linear_algebra.ensure_blas = look
    arrays.ensure_blas = look


@cache
def _code_folder(function: Any) -> Path:
    """Return the folder for a tick function's machine code, named by all that it depends on.

    numba's own cache looks only at the file of the outermost function, so an edit to a function
    that it calls would go unseen; the folder's name sees it. It is the same in the window, in a
    command and in their workers, whatever else they have imported.
    """
    digest = code_digest(reached(function), sys.version, importlib.metadata.version("numba"))
    return cache_folder() / "machine_code" / digest
