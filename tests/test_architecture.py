"""The packages stand in one line, each importing only from itself and from those before it."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import game
from game.garbage_collector import collector_paused

LINE = (
    {
        "arrays",
        "garbage_collector",
        "errors",
        "file_lock",
        "pages",
        "progress",
        "records",
        "short_digest",
        "sources",
        "translation",
        "units",
        "version",
    },
    {"files", "quadratic_program"},
    {"catalogues", "kept_results", "program_digest", "toml_files"},
    {"workers"},
    {"callee_pipeline"},
    {"compiled"},
    {"lanes", "scalars", "trig"},
    {"trig_arrays"},
    {"track"},
    {"weather"},
    {"vehicle"},
    {"setups"},
    {"digests"},
    {"simulation"},
    {"quasi_steady"},
    {"drivers"},
    {"bot"},
    {"optimum"},
    {"recording"},
    {"boards"},
    {"session"},
    {"headless"},
    {"racing"},
    {"goals"},
    {"tuning"},
    {"analysis"},
    {"lab"},
    {"league", "validation"},
    {"app"},
    {"cli"},
    {"__main__"},
)
APP_LINE = (
    {"view"},
    {"input"},
    {"ui"},
    {"canvas"},
    {"surfaces"},
    {"objects"},
    {"tiles"},
    {"car"},
    {"effects"},
    {"sound"},
    {"driving"},
    {"hud"},
    {"context"},
    {"venue"},
    {"menus"},
    {"setup"},
    {"replays"},
    {"scenes"},
    {"window"},
    {"tools"},
)
SETUP_LINE = ({"model"}, {"charts"}, {"pages"}, {"setup_scene"})
RANK = {name: rank for rank, names in enumerate(LINE) for name in names}
ROOT = Path(game.__file__).parent
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
MODULES = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


class Import(NamedTuple):
    """An import statement."""

    file: str
    line: int
    module: str
    in_function: bool  # or for the type checker only


@pytest.fixture(scope="module", autouse=True)
def no_garbage_among_syntax_trees():
    """Keep all syntax trees for this module's claims only: looking through them takes seconds."""
    with collector_paused():
        yield
    for made in (parsed, nodes, imports):
        made.cache_clear()


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path):
    """All nodes of a module's syntax tree: most claims go through them."""
    return list(ast.walk(parsed(path)))


def module_name(path):
    parts = ("game", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(path):
    """The package, or the module at the top, that a file belongs to."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def arrows_against(line, package):
    """Imports among the members of a package that do not go to the own member or to the left.

    Imports inside functions and those for the type checker count as well.
    """
    rank = {name: place for place, names in enumerate(line) for name in names}
    prefix = ("game", *package.split("."))[: None if package else 1]
    folder = ROOT.joinpath(*prefix[1:])
    wrong = []
    for path in sorted(folder.rglob("*.py")):
        if path == folder / "__init__.py":
            continue
        here = path.relative_to(folder).with_suffix("").parts[0]
        assert here in rank, f"{path} has no place in the line"
        for found in imports(path):
            parts = tuple(found.module.split("."))
            if parts[: len(prefix)] != prefix or len(parts) == len(prefix):
                continue
            there = parts[len(prefix)]
            if here != there and rank[there] >= rank[here]:
                wrong.append(found)
    return wrong


@cache
def imports(path):
    inside = set()  # lines of functions, and of what is for the type checker only
    for node in nodes(path):
        if isinstance(node, FUNCTIONS) or (
            isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        ):
            inside |= lines_of(node)
    found = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            names = [node.module]
            if (ROOT.parent / node.module.replace(".", "/")).is_dir():
                names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        file = str(path.relative_to(ROOT))
        found += [Import(file, node.lineno, name, node.lineno in inside) for name in names]
    return found


def all_imports():
    return [(path, found) for path in MODULES for found in imports(path)]


def of(library):
    return [
        (path, found)
        for path, found in all_imports()
        if found.module == library or found.module.startswith(f"{library}.")
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "line"), [("", LINE), ("app", APP_LINE), ("app.setup", SETUP_LINE)]
)
def test_imports_go_only_to_the_own_package_or_to_the_left(package, line):
    assert arrows_against(line, package) == []


def test_no_two_modules_import_each_other_in_a_circle_even_inside_functions():
    assert circle(module_arrows()) == []


@cache
def module_arrows():
    """The modules that each module imports."""
    names = {module_name(path): path for path in MODULES}
    return {
        name: {found.module for found in imports(path)} & set(names) - {name}
        for name, path in names.items()
    }


def circle(arrows):
    """Names that cannot be put in an order in which each has only arrows to earlier ones."""
    settled = set()
    while len(settled) < len(arrows):
        free = {name for name in arrows if name not in settled and arrows[name] <= settled}
        if not free:
            return sorted(set(arrows) - settled)
        settled |= free
    return []


@pytest.mark.slow
@pytest.mark.parametrize(("package", "line"), [("", LINE), ("app", APP_LINE)])
def test_the_readme_draws_the_same_packages_with_the_same_arrows(package, line):
    drawn = drawn_arrows(nested=bool(package))
    assert drawn == nearest_only(member_arrows(package))
    places = list(drawn)
    rank = {name: place for place, names in enumerate(line) for name in names}
    assert places == sorted(places, key=lambda name: rank[name])


def drawn_arrows(*, nested):
    """Return what each package imports by the picture in game/README.md, in its order."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    picture = text.split("## The packages and their arrows")[1].split("```")[1]
    arrows = {}
    for row in picture.splitlines():
        cells = row.lstrip("├└│ ").split("  ", 1)
        if len(cells) == 2 and nested == row.lstrip().startswith(("├", "└")):
            arrows[cells[0]] = set(cells[1].strip().split("  ")[0].split()) - {"-"}
    return arrows


def test_every_module_that_the_readme_names_exists():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`(?:game/)?([a-z_/0-9]+\.py)`", text)
    found = {path.as_posix() for path in [*ROOT.rglob("*.py"), *ROOT.parent.glob("tests/**/*.py")]}
    assert [name for name in named if not any(path.endswith(f"/{name}") for path in found)] == []
    assert len(named) > 100


def member_arrows(package):
    """Return which other members of a package each of its members imports."""
    prefix = f"game.{package}." if package else "game."

    def member(name):
        return name.removeprefix(prefix).split(".")[0]

    arrows = {}
    for name, imported in module_arrows().items():
        if name.startswith(prefix):
            within = {member(other) for other in imported if other.startswith(prefix)}
            arrows.setdefault(member(name), set()).update(within - {member(name)})
    return arrows


def nearest_only(arrows):
    """Return the arrows without those that lead where others lead by several steps."""

    @cache
    def reached(name):
        return set().union(*({other} | reached(other) for other in arrows[name]))

    return {
        name: {
            other
            for other in targets
            if not any(other in reached(between) for between in targets - {other})
        }
        for name, targets in arrows.items()
    }


@pytest.mark.parametrize(
    "package", sorted({module_name(path.parent / "__init__.py") for path in MODULES})
)
def test_no_two_members_of_a_package_import_each_other_in_a_circle(package):
    assert circle(member_arrows(package.removeprefix("game").lstrip("."))) == []


MAX_LINES, MAX_PARAMETERS = 50, 7
LONG = {
    "cli/bench.py bench": "most of it are the options of the command line, which are parameters",
    "cli/laps.py lap": "most of it are the options of the command line, which are parameters",
    "simulation/tick.py snapshot_of": "one line for each quantity, the only place that reads it",
    "vehicle/car.py step_car": "the parts of the car in the order of the tick, at a glance",
}
MANY_PARAMETERS = {
    "cli/bench.py bench": "the options of the command",
    "cli/clip.py clip": "the options of the command",
    "cli/imported_tracks.py track_import": "the options of the command",
    "cli/laps.py lap": "the options of the command",
    "cli/made_tracks.py track_make": "the options of the command",
    "cli/optimum.py optimum": "the options of the command",
    "cli/race.py race": "the options of the command",
    "cli/trials.py trials": "the options of the command",
    "cli/validation.py validate": "the options of the command",
    "cli/window.py drive": "the options of the command",
    "cli/window.py shot": "the options of the command",
}


def functions():
    """Every function of the program with its file and name."""
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, FUNCTIONS):
                yield f"{path.relative_to(ROOT)} {node.name}", node


def lines_without_docstring(node):
    lines = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node) is not None:
        lines -= node.body[0].end_lineno - node.body[0].lineno + 1
    return lines


def parameters(node):
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([one for one in arguments if one.arg not in ("self", "cls")])


def test_only_functions_with_a_reason_are_long_or_take_many_parameters():
    found = list(functions())
    assert {name for name, node in found if lines_without_docstring(node) > MAX_LINES} == set(LONG)
    assert {name for name, node in found if parameters(node) > MAX_PARAMETERS} == set(
        MANY_PARAMETERS
    )


def test_no_two_classes_have_the_same_name():
    places = {}
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                places.setdefault(node.name.lstrip("_"), []).append(place)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


SHARED_NAMES = {
    "learn": "a command, and the function that does it",
    "main": "python -m game, and the command line that it runs",
    "tune": "a command, and the function that does it",
    "curvature_at": "of an element of a centreline, and of many elements that are fitted at once",
}


def test_no_two_modules_have_public_functions_of_the_same_name():
    places = {}
    for path in MODULES:
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name for name, found in places.items() if len(found) > 1} == set(SHARED_NAMES)


MAX_REPEATED_LINES = 5


@pytest.mark.slow
def test_no_six_lines_outside_declarations_stand_in_two_places():
    places = {}
    for path in MODULES:
        lines = code_lines(path)
        for first in range(len(lines) - MAX_REPEATED_LINES):
            run = lines[first : first + MAX_REPEATED_LINES + 1]
            place = f"{path.relative_to(ROOT)}:{run[0][0]}"
            places.setdefault(tuple(line for _, line in run), []).append(place)
    assert [found for found in places.values() if len(found) > 1] == []


def code_lines(path):
    """The lines of a module with their numbers, without imports, declarations and docstrings."""
    declared = set()
    for node in nodes(path):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            declared |= lines_of(node)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            decorators = [each.lineno for each in node.decorator_list]
            declared |= set(range(min([node.lineno, *decorators]), node.body[0].lineno))
            if isinstance(node, ast.ClassDef):
                fields = (ast.AnnAssign, ast.Assign)
                for field in [each for each in node.body if isinstance(each, fields)]:
                    declared |= lines_of(field)
            if ast.get_docstring(node):
                declared |= lines_of(node.body[0])
    return [
        (number, line.strip())
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if number not in declared and line.strip(" .") and not line.strip().startswith("#")
    ]


def lines_of(node):
    return set(range(node.lineno, node.end_lineno + 1))


def test_pygame_is_imported_in_the_window_only():
    assert {room(path) for path, _ in of("pygame")} <= {"app"}


def test_pymunk_is_imported_in_chassis_only():
    assert {found.file for _, found in of("pymunk")} == {"simulation/chassis.py"}


@pytest.mark.parametrize("library", ["numba", "llvmlite"])
def test_numba_is_imported_by_what_writes_machine_code_and_only_when_asked_for(library):
    files = {found.file for _, found in of(library)}
    subclasses = "callee_pipeline.py"  # of numba's own, imported only when asked for itself
    assert {file for file in files if not file.startswith("lanes/")} <= {
        subclasses,
        "compiled.py",
        "simulation/chassis.py",
    }
    assert all(found.in_function for _, found in of(library) if found.file != subclasses)
    assert all(found.in_function for _, found in of("game.callee_pipeline"))


def test_matplotlib_is_imported_in_functions_where_charts_are_made():
    assert all(found.in_function for _, found in of("matplotlib"))
    assert {room(path) for path, _ in of("matplotlib")} <= {
        "pages",
        "lab",
        "league",
        "validation",
        "app",
        "cli",
    }


def test_the_tick_knows_no_numpy():
    assert {room(path) for path, _ in of("numpy")}.isdisjoint({"vehicle", "units", "trig"})
    in_simulation = [found for path, found in of("numpy") if room(path) == "simulation"]
    assert {found.file for found in in_simulation} <= {
        "simulation/batch.py",
        "simulation/chassis.py",
    }
    assert all(found.in_function for found in in_simulation)


def test_no_clock_and_no_dice_in_the_car_and_the_world():
    for library in ("time", "datetime", "random", "secrets"):
        assert {room(path) for path, _ in of(library)}.isdisjoint(
            {"track", "vehicle", "simulation"}
        )


def test_every_package_says_what_it_is_and_imports_nothing():
    packages = [*ROOT.rglob("__init__.py")]
    assert len(packages) >= 8
    for path in packages:
        tree = parsed(path)
        assert ast.get_docstring(tree), path
        if path == ROOT / "__init__.py":  # is run before any module: no other can refuse for all
            assert [found.module for found in imports(path)] == ["sys"]
        else:
            assert len(tree.body) == 1, f"{path} holds more than its paragraph"


def test_every_module_opens_with_a_sentence():
    for path in MODULES:
        assert ast.get_docstring(parsed(path)), path


def test_every_class_says_what_it_is():
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                assert ast.get_docstring(node), f"{path}:{node.lineno}"


@pytest.mark.slow
def test_all_modules_up_to_the_lab_load_without_screen_compiler_or_plots():
    only_asked_for = "callee_pipeline"
    modules = [
        module_name(path)
        for path in MODULES
        if RANK[room(path)] <= RANK["lab"] and room(path) != only_asked_for
    ]
    code = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "heavy = {'pygame', 'numba', 'llvmlite', 'matplotlib'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_command_line_loads_without_the_window_and_the_compiler():
    code = (
        "import sys, game.cli.main\n"
        "heavy = {'pygame', 'numba', 'matplotlib'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
