"""Structs survive the way into records and back, and twins call twins."""

import importlib
import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game import compiled as compiled_module
from game.compiled import (
    called_twin,
    compiled,
    compiling_watched,
    dispatch_by_type,
    machine_form,
    numba_is_installed,
    plainly,
    tick_function,
    uses_machine_code,
)
from game.files import cache_folder
from game.records import arrays, bits, from_record, records
from game.trig import arc_tangent2, direction, wrap_angle
from game.vehicle.parts import Car, initial_state, make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
floats = st.floats(allow_nan=False)
whole = st.integers(-(2**62), 2**62)


@dataclass(slots=True)
class Inner:
    """A struct within a struct."""

    level_m: float = 0.0
    count: int = 0


@dataclass(slots=True)
class Outer:
    """Every kind of field that a record may have."""

    speed_mps: float = 0.0
    lap: int = 0
    shares: tuple[float, float, float] = (0.0, 0.0, 0.0)
    inner: Inner = field(default_factory=Inner)


class Table(NamedTuple):
    """Lists and a number, as the track's tables are."""

    places_m: list[float]
    kinds: list[int]
    length_m: float


outers = st.builds(
    Outer, floats, whole, st.tuples(floats, floats, floats), st.builds(Inner, floats, whole)
)


@tick_function
def doubled(value):
    return value + value


@tick_function
def quadrupled(value):
    return doubled(doubled(value))


@tick_function
def halved(value):
    return 0.5 * value


@tick_function
def halved_twice(value):
    return halved(halved(value))


@tick_function
def told_apart(value):
    return value


@machine_form(told_apart)
def _machine_told_apart():
    import numba

    return numba.njit(lambda value: value + 1000.0)


@tick_function
def asks_the_other_form(value):
    return told_apart(value)


@given(st.lists(outers, min_size=1, max_size=4))
def test_structs_survive_the_way_into_records_and_back(values):
    held = records(values)
    assert [from_record(Outer, record) for record in held] == values


@given(outers, outers)
def test_equal_bits_are_equal_values_in_either_form(one, other):
    assert bits(one) == bits(records([one])[0])
    assert (bits(one) == bits(other)) == (repr(one) == repr(other))


def test_one_bit_in_the_deepest_field_changes_the_bits():
    assert bits(Outer(inner=Inner(count=1))) != bits(Outer())
    assert bits(Outer(shares=(0.0, 0.0, 5e-324))) != bits(Outer())


def test_a_record_written_by_name_reads_back_in_the_struct():
    held = records([Outer(), Outer()])
    held[1]["inner"]["level_m"] = 2.5
    assert from_record(Outer, held[1]).inner.level_m == 2.5
    assert from_record(Outer, held[0]) == Outer()


def test_a_car_and_its_state_have_records_of_the_same_numbers():
    spec = load_car()
    car = make_car(spec, Setup(front_torque_share=0.3))
    held = records([car])[0]
    assert held["mass_kg"] == car.mass_kg
    assert held["front_torque_share"] == 0.3
    assert held["tyre"]["shape"] == car.tyre.shape
    assert held["battery"]["cell_voltage_v"].tolist() == list(car.battery.cell_voltage_v)
    state = initial_state(spec, Setup(), 20.0)
    assert records([state])[0]["rear_left"]["spin_radps"] == state.rear_left.spin_radps
    assert set(held.dtype.names) == set(Car.__slots__)


def test_tables_of_lists_become_arrays_of_the_declared_type_even_when_empty():
    table = arrays(Table([1.0, 2.0], [], 7.0))
    assert table.places_m.tolist() == [1.0, 2.0]
    assert (table.places_m.dtype.kind, table.kinds.dtype.kind) == ("f", "i")
    assert table.length_m == 7.0


@needs_numba
@settings(deadline=None)
@given(st.floats(-1e6, 1e6))
def test_the_twins_of_trigonometry_give_the_same_bits(angle_rad):
    assert tuple(compiled(direction)(angle_rad)) == tuple(direction(angle_rad))
    assert compiled(wrap_angle)(angle_rad) == wrap_angle(angle_rad)
    assert compiled(arc_tangent2)(angle_rad, 3.0) == arc_tangent2(angle_rad, 3.0)


@needs_numba
def test_a_twin_calls_the_twins_of_what_its_original_calls():
    twin = compiled(quadrupled)
    assert twin(1.25) == 5.0
    assert twin.py_func.__globals__["doubled"] is called_twin(doubled)
    assert called_twin(doubled).py_func.__code__.co_code == doubled.__code__.co_code
    assert quadrupled.__globals__["doubled"] is doubled


@needs_numba
def test_a_function_with_a_machine_form_of_its_own_is_replaced_by_it_in_twins_only():
    assert asks_the_other_form(1.0) == 1.0
    assert compiled(asks_the_other_form)(1.0) == 1001.0


@needs_numba
def test_a_function_is_compiled_once():
    assert compiled(quadrupled) is compiled(quadrupled)


@needs_numba
def test_this_numba_has_all_that_the_pipeline_of_callees_is_made_of():
    """When this fails, compiling takes longer: `game/callee_pipeline.py` says what it needs."""
    importlib.import_module("game.callee_pipeline")


@needs_numba
def test_with_a_numba_that_lacks_something_callees_are_compiled_as_all_functions(monkeypatch):
    monkeypatch.setitem(sys.modules, "game.callee_pipeline", None)  # importing it fails
    for each in (compiled_module._callee_pipeline, called_twin, compiled):
        monkeypatch.setattr(compiled_module, each.__name__, cache(each.__wrapped__))
    assert compiled_module.compiled(halved_twice)(5.0) == 1.25
    inner = compiled_module.called_twin(halved)
    assert "pipeline_class" not in inner.targetoptions


def run(code, cache):
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=120)


@needs_numba
@pytest.mark.skipif(sys.platform != "linux", reason="the cache's folder is set by XDG here only")
def test_machine_code_is_kept_in_the_players_cache_and_used_again(tmp_path):
    code = "from game.compiled import compiled; from game.trig import wrap_angle as f; compiled(f)"
    run(code + "(9.0)", tmp_path)
    (folder,) = (tmp_path / "leaf-rc" / "machine_code").iterdir()
    kept = {path: path.stat().st_mtime_ns for path in folder.rglob("*.nbc")}
    assert kept
    run(code + "(9.0)", tmp_path)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.nbc")} == kept


@needs_numba
@pytest.mark.skipif(sys.platform != "linux", reason="the cache's folder is set by XDG here only")
def test_machine_code_is_made_and_runs_where_no_disk_keeps_it(tmp_path):
    (tmp_path / "no folder").write_text("a file")
    code = "from game.compiled import compiled; from game.trig import wrap_angle as f; "
    run(code + "assert compiled(f)(9.0) == f(9.0)", tmp_path / "no folder")


@needs_numba
@pytest.mark.skipif(sys.platform != "linux", reason="the cache's folder is set by XDG here only")
def test_what_only_compiling_needs_is_not_loaded_with_code_that_is_kept(tmp_path):
    code = """if True:
        import sys
        from game.compiled import compiled
        from game.trig import wrap_angle
        assert abs(compiled(wrap_angle)(9.0) - 2.7168) < 1e-4
        found = {"numba.np.arraymath", "numba.typed.typedlist", "cffi"} & set(sys.modules)
        assert found == set(expected), found
    """
    run(f"expected = ['numba.np.arraymath', 'numba.typed.typedlist', 'cffi']\n{code}", tmp_path)
    run(f"expected = []\n{code}", tmp_path)


@needs_numba
@pytest.mark.skipif(sys.platform != "linux", reason="the cache's folder is set by XDG here only")
def test_code_that_makes_arrays_runs_when_it_is_compiled_and_when_it_is_kept(tmp_path):
    (tmp_path / "halving.py").write_text("def halves(values):\n    return 0.5 * values\n")
    code = f"""if True:
        import sys
        import numpy as np
        from game.compiled import machine_code
        from game.trig import wrap_angle
        sys.path.append({str(tmp_path)!r})
        from halving import halves
        found = machine_code(halves, wrap_angle)(np.array([1.0, 3.0]))
        assert found.tolist() == [0.5, 1.5]
    """
    run(code, tmp_path)
    run(code, tmp_path)


@needs_numba
@pytest.mark.skipif(sys.platform != "linux", reason="the cache's folder is set by XDG here only")
def test_of_two_processes_at_once_one_compiles_and_the_other_loads_what_it_made(tmp_path):
    code = """if True:
        import game.session  # as another command would have more imported
        from game.compiled import compiled
        from game.trig import wrap_angle
        twin = compiled(wrap_angle)
        print("ready", flush=True)
        input()
        twin(9.0)
        print(sum(twin.stats.cache_hits.values()))
    """
    codes = (code, code.replace("import game.session", ""))
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen([sys.executable, "-c", each], env=environment, stdin=pipe, stdout=pipe)
        for each in codes
    ]
    assert [each.stdout.readline() for each in running] == [b"ready\n", b"ready\n"]
    for each in running:
        each.stdin.write(b"\n")
        each.stdin.flush()
    assert sorted(each.communicate(timeout=120)[0] for each in running) == [b"0\n", b"1\n"]


@needs_numba
@pytest.mark.skipif(sys.platform != "linux", reason="the cache's folder is set by XDG here only")
def test_a_changed_constant_gets_another_folder(tmp_path):
    code = (
        "import game.trig as t; from game.compiled import compiled; {}; compiled(t.wrap_angle)(9.0)"
    )
    run(code.format("pass"), tmp_path)
    run(code.format("t.TAU = 6.0"), tmp_path)
    assert len(list((tmp_path / "leaf-rc" / "machine_code").iterdir())) == 2


@tick_function
def _doubled(value: float) -> float:
    return 2.0 * value


def test_damaged_machine_code_is_made_anew():
    assert compiled(_doubled)(3.0) == 6.0
    for kept in (cache_folder() / "machine_code").rglob("*_doubled*.nb*"):
        kept.write_bytes(kept.read_bytes()[:20])
    compiled.cache_clear()
    assert compiled(_doubled)(3.0) == 6.0


class Doubles(NamedTuple):
    """A kind of first argument."""

    factor: float


class Adds(NamedTuple):
    """Another kind of first argument."""

    summand: float


@tick_function
def double(kind, out):
    out[0] = 2.0 * kind.factor * out[0]


@tick_function
def add(kind, out):
    out[0] = kind.summand + out[0]


apply = dispatch_by_type({Doubles: double, Adds: add})


@tick_function
def apply_twice(kind, out):
    apply(kind, out)
    apply(kind, out)


@needs_numba
@pytest.mark.parametrize("kind", [Doubles(1.5), Adds(0.25)])
def test_a_case_that_is_first_met_while_numba_compiles_is_found(kind):
    plainly, compiled_numbers = np.array([1.0]), np.array([1.0])
    apply_twice(kind, plainly)
    compiled(apply_twice)(kind, compiled_numbers)
    assert compiled_numbers.tolist() == plainly.tolist()


@tick_function
def _tripled(value: float) -> float:
    return 3.0 * value


@tick_function
def _ninefold(value: float) -> float:
    return _tripled(_tripled(value))


@needs_numba
def test_it_is_told_how_much_is_compiled_and_nothing_once_all_is():
    for kept in (cache_folder() / "machine_code").rglob("*_ninefold*.nb*"):
        kept.unlink()  # of an earlier run
    shares = []
    with compiling_watched([_ninefold], shares.append):
        assert compiled(_ninefold)(2.0) == 18.0
    assert shares == [0.5, 1.0]
    with compiling_watched([_ninefold], shares.append):
        assert compiled(_ninefold)(2.0) == 18.0
    assert shares == [0.5, 1.0]


@needs_numba
def test_functions_run_plainly_where_that_is_wanted():
    assert uses_machine_code()
    with plainly():
        assert not uses_machine_code()
    assert uses_machine_code()


@needs_numba
def test_what_only_twins_can_call_is_not_given_to_anyone_else():
    with pytest.raises(ValueError, match="told_apart is called by twins only"):
        compiled(told_apart)


@needs_numba
def test_numba_is_loaded_without_linear_algebra_which_still_works_where_it_is_called():
    code = """if True:
        import sys
        import numpy as np
        from game.compiled import machine_code
        twin = machine_code(lambda a: np.dot(a, a), None)
        assert "scipy.linalg" not in sys.modules
        assert twin(np.full((2, 2), 1.0)).tolist() == [[2.0, 2.0], [2.0, 2.0]]
        assert "scipy.linalg" in sys.modules
    """
    subprocess.run([sys.executable, "-c", code], check=True)
