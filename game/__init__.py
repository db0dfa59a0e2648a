"""leaf-rc lets a Nissan LEAF NISMO RC be driven, raced by bots and tuned on any circuit.

`game/README.md` draws the packages, and what each of them imports.
"""

import sys


def _refuse_to_run(module: str) -> None:
    """End `python -m game.lab.learn` and its like, which would do nothing."""
    sys.stderr.write(
        f"{module}: is not a program; the commands are those of 'leaf-rc', such as "
        "'leaf-rc learn'; 'leaf-rc --help' lists them\n"
    )
    raise SystemExit(2)


# While `python -m` looks for the module, the first argument is "-m", and the next is its name.
if sys.argv[:1] == ["-m"]:
    _name = sys.orig_argv[len(sys.orig_argv) - len(sys.argv)].removeprefix("-m")
    if _name.startswith("game.") and _name != "game.__main__":
        _refuse_to_run(_name)
