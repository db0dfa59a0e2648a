"""Compile callees, which become part of their callers' machine code, by a pipeline of their own.

numba would optimise and translate every function by itself, and then once more within each of its
callers. Here a callee is only simplified, in LLVM's intermediate code, and the outermost function
is optimised and translated with all that it calls. That takes a quarter less time, and the code
gives the same bits as fast. Passes for syntax that no tick function has (closures, `with` blocks,
loops over tuples of several types, arrays as expressions) are left out: a callee with such syntax
ends in a numba error that names it.

Used beyond numba's public interfaces: `CPUCodeLibrary` with `_optimize_final_module`,
`_finalize_final_module`, `_finalize_dynamic_globals` and `_finalized`; `_module_pass_manager` of
its `_codegen`; `NativeLowering` with its state's `flags.no_compile`; and `make_function`, whose
result is what callers know a function by. Where an upgrade of numba has taken one of them away,
importing this module raises ImportError or AttributeError, and `compiled` lets numba compile
callees as it compiles all functions.
"""

from importlib import import_module
from typing import Any, Final

_typed: Any = import_module("numba.core.typed_passes")
_untyped: Any = import_module("numba.core.untyped_passes")
_codegen: Any = import_module("numba.core.codegen")
_compiler: Any = import_module("numba.core.compiler")
_passes: Any = import_module("numba.core.compiler_machinery")
_functions: Any = import_module("numba._dynfunc")

for _kind, _name in (  # found missing here, rather than in the middle of compiling
    (_codegen.CPUCodeLibrary, "_optimize_final_module"),
    (_codegen.CPUCodeLibrary, "_finalize_final_module"),
    (_codegen.CPUCodeLibrary, "_finalize_dynamic_globals"),
    (_codegen.JITCPUCodegen, "_module_pass_manager"),
    (_compiler.Flags, "no_compile"),
    (_functions, "make_function"),
):
    if not hasattr(_kind, _name):
        raise ImportError(f"{_kind.__name__} has no {_name}")


class _CalleeLibrary(_codegen.CPUCodeLibrary):  # type: ignore[misc]
    """Holds the intermediate code of a callee, for its callers to link."""

    def _optimize_final_module(self) -> None:
        """Simplify the code, so that it is small enough to be inlined; the rest is the caller's."""
        passes, options = self._codegen._module_pass_manager(
            opt=1, loop_vectorize=False, slp_vectorize=False
        )
        passes.run(self._final_module, options)

    def _finalize_final_module(self) -> None:
        """Be ready to be linked, without machine code."""
        self._finalize_dynamic_globals()
        self._finalized = True


@_passes.register_pass(mutates_CFG=True, analysis_only=False)
class _CalleeLowering(_typed.NativeLowering):  # type: ignore[misc]
    """Lowers a callee to intermediate code, and lets callers find it."""

    _name = "callee_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower the function of this state."""
        context = state.targetctx
        state.flags = state.flags.copy()
        state.flags.no_compile = True
        state.library = _CalleeLibrary(context.codegen(), state.func_id.func_qualname)
        super().run_pass(state)
        lowered = state["cr"]
        described = lowered.fndesc
        # Callers know a function by an object that could be called: this one never is.
        name = described.qualname.rpartition(".")[-1]
        module = described.lookup_module()
        entry = _functions.make_function(module, name, "", 0, lowered.env, (state.library,))
        context.insert_user_function(entry, described, [state.library])
        state["cr"] = lowered._replace(cfunc=entry)
        return True


_PASSES: Final = (
    _untyped.TranslateByteCode,
    _untyped.FixupArgs,
    _untyped.IRProcessing,
    _untyped.ReconstructSSA,
    _typed.NopythonTypeInference,
    _typed.PreLowerStripPhis,
    _typed.IRLegalization,
    _CalleeLowering,
    _typed.NoPythonBackend,
)


class CalleeCompiler(_compiler.CompilerBase):  # type: ignore[misc]
    """Compiles a callee as far as its callers need it."""

    def define_pipelines(self) -> list[Any]:
        """Return the only pipeline there is."""
        pipeline = _passes.PassManager("callee")
        for each in _PASSES:
            pipeline.add_pass(each, each.__name__)
        pipeline.finalize()
        return [pipeline]
