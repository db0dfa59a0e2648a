"""Run the command line: which commands there are, and how a run of one ends."""

from __future__ import annotations

import codecs
import importlib
import io
import os
import sys
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from game.cli.defaults import keep_defaults
from game.errors import InputError, UnfinishedLapError
from game.files import reason
from game.garbage_collector import end_loading
from game.version import __version__

# The module of each command, in the order of the help; each has its commands in `app`.
_MODULES: Final = {
    "drive": "window",
    "lap": "laps",
    "sweep": "studies",
    "tune": "studies",
    "compare": "studies",
    "optimum": "optimum",
    "figures": "figures",
    "validate": "validation",
    "verify": "replays",
    "bench": "bench",
    "learn": "learning",
    "trials": "trials",
    "agreement": "trials",
    "shot": "window",
    "sound": "window",
}
_GROUPS: Final = {
    "track": "tracks",
    "car": "cars",
    "setup": "setups",
    "board": "boards",
    "best": "best_laps",
}  # whose commands have two words


class LazyGroup(TyperGroup):
    """Imports a command's module only when the command is named, so that each starts quickly."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the name is typer's
        """Return the names of all commands."""
        return [*_MODULES, *_GROUPS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as above
        """Return the command of this name, or None if there is none."""
        if cmd_name in _GROUPS:
            return _group(_GROUPS[cmd_name], cmd_name)
        if cmd_name in _MODULES:
            return _group(_MODULES[cmd_name]).commands[cmd_name]
        return None


def _group(module: str, name: str | None = None) -> Any:
    """Return the commands of a module of this package."""
    group: Any = typer.main.get_group(importlib.import_module(f"game.cli.{module}").app)
    group.name = name
    end_loading()
    return group


app = typer.Typer(
    name="leaf-rc",
    cls=LazyGroup,
    help="Drive an all-wheel-drive electric race car, run bots, tune the torque split.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)

# What typer raises for wrong usage; it names only this one of the family.
_UsageError: Any = typer.BadParameter.__bases__[0]
_INTERRUPTED = 130
_UNREAD = 141  # as of other programs that a broken pipe ends
_PLAIN: Final = str.maketrans(
    {
        "\u00b1": "+-",
        "\u2212": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2192": "->",
        "\u00d7": "x",
        "\u00b7": ".",
    }
)


def main() -> None:
    """Run the command line; whatever the user got wrong becomes one line and exit code 2."""
    keep_defaults()
    _open_missing_streams()
    _print_in_any_encoding()
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        if code == _INTERRUPTED:  # what some versions of typer make of an interrupt
            raise KeyboardInterrupt
    except (KeyboardInterrupt, typer.Abort):
        _stop("interrupted", _INTERRUPTED)
    except BrokenPipeError:
        _stop_unread()
    except SystemExit as ending:  # rich and typer end the program with 1, as if a check had failed
        if isinstance(ending.__context__, BrokenPipeError):
            _stop_unread()
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _stop(f"the output cannot be written ({reason(error)})", 2)
    except UnfinishedLapError as error:
        _stop(str(error), 1)
    except InputError as error:
        _stop(str(error), 2)
    except _UsageError as error:
        _stop(f"{error.format_message().rstrip('.')}; see 'leaf-rc --help'", 2)
    sys.exit(code)


def _open_missing_streams() -> None:
    """Let the streams that the program was started without lead nowhere.

    They have no object then, and the next file that is opened would get their number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - while it runs


def _print_in_any_encoding() -> None:
    """Let a terminal that lacks a character show one like it, rather than end the program."""
    codecs.register_error("leaf-rc", _like_it)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="leaf-rc")


def _like_it(error: UnicodeError) -> tuple[str, int]:
    """Return plain letters for the characters that an encoding lacks, and where to go on."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end].translate(_PLAIN)
    apart = unicodedata.normalize("NFKD", lacking)  # accents after their letters
    letters = (each if each.isascii() else "?" for each in apart if not unicodedata.combining(each))
    return "".join(letters), error.end


def _stop_unread() -> NoReturn:
    """End without a word: the reader of the output has gone, there is nobody left to write to."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(_UNREAD)


def _stop(message: str, code: int) -> NoReturn:
    print(f"leaf-rc: {message}", file=sys.stderr)
    sys.exit(code)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Open the window, unless a command is named."""
    if version:
        print(f"leaf-rc {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        window = importlib.import_module("game.cli.window")
        end_loading()
        window.title()
