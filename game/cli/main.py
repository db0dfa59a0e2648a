"""Run the command line: which commands there are, and how a run of one ends."""

from __future__ import annotations

import codecs
import importlib
import io
import os
import sys
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from game.cli.defaults import keep_defaults
from game.errors import InputError, UnfinishedLapError
from game.files import reason
from game.garbage_collector import end_loading
from game.version import __version__


class _ListedCommand(NamedTuple):
    """Names the module whose `app` has a command, and says what the help of all says of it."""

    module: str
    summary: str  # the first sentence of the command itself, which is loaded only to be run


# In the order of the help.
_COMMANDS: Final = {
    "drive": _ListedCommand(
        "window",
        "Open the window and drive, with the setup that was edited last unless one is named.",
    ),
    "daily": _ListedCommand(
        "daily",
        "Show what a day prescribes to everybody, the bot's times, and the laps driven in it.",
    ),
    "lap": _ListedCommand("laps", "Drive laps with bots, without a window."),
    "race": _ListedCommand("race", "Race bots against each other, without a window."),
    "league": _ListedCommand(
        "league",
        "Race a season of bots over circuits and seeds: points, and how strong each bot is.",
    ),
    "sweep": _ListedCommand(
        "studies",
        "Measure many setups by laps: which is fastest, by how much, and its cost in energy.",
    ),
    "tune": _ListedCommand("studies", "Search for the best values of a setup by driving laps."),
    "compare": _ListedCommand(
        "studies", "Compare two setups by driving laps: the lap, its sectors and its corners."
    ),
    "optimum": _ListedCommand(
        "optimum",
        "Search the lap of minimum time of a car and its setup, which no driver can beat.",
    ),
    "figures": _ListedCommand(
        "figures",
        "Measure the car's published figures in the simulation, on tyres from the warmers.",
    ),
    "validate": _ListedCommand(
        "validation",
        "Set the simulation beside every published figure of the car, "
        "and drive manoeuvres by ISO names.",
    ),
    "watch": _ListedCommand(
        "window",
        "Open the window and watch a replay, from any moment of it, and drive on from there.",
    ),
    "clip": _ListedCommand(
        "clip",
        "Film a replay with your camera and instruments: .mp4 with sound, .gif, or PNG pictures.",
    ),
    "verify": _ListedCommand(
        "replays",
        "Drive a replay's inputs again and list its laps; exit 1 unless it ends in the same bits.",
    ),
    "telemetry": _ListedCommand(
        "telemetry",
        "Drive a replay again and write what its first car did: CSV, Parquet or MoTeC's .ld.",
    ),
    "report": _ListedCommand(
        "report",
        "Write laps as one page: curves over the distance, maps, corners, and why time is lost.",
    ),
    "bench": _ListedCommand(
        "bench", "Measure speeds: tick, lap, frame, dry and wet, environments, batch, and peers'."
    ),
    "learn": _ListedCommand(
        "learning",
        "Teach a driver from nothing by reinforcement learning, and report how far it gets.",
    ),
    "trials": _ListedCommand(
        "trials",
        "Try the reference bot with random setups, from random poses and on circuits made for it.",
    ),
    "agreement": _ListedCommand(
        "trials", "Set predictions against laps over the torque split, under both of its laws."
    ),
    "shot": _ListedCommand("window", "Render a scene to a picture; needs no display."),
    "sound": _ListedCommand(
        "window", "Write what a lap of the bot sounds like; needs no sound device."
    ),
}
# Those of two words.
_GROUPS: Final = {
    "track": _ListedCommand("tracks", "Circuits: list, check, draw, make, import and export them."),
    "car": _ListedCommand("cars", "Cars: list and show them."),
    "setup": _ListedCommand("setups", "Setups: list, show, share, save and delete them."),
    "board": _ListedCommand("boards", "Boards of laps: list, prove, export and import them."),
    "best": _ListedCommand("best_laps", "Your best laps: list them, forget one."),
}


class LazyGroup(TyperGroup):
    """Lists its commands by their summaries and imports a command's module only to run it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = {
            name: TyperCommand(name, help=command.summary)
            for name, command in (_COMMANDS | _GROUPS).items()
        }

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the name of the command that is to run, the command, and its arguments."""
        name, _summary, rest = super().resolve_command(ctx, args)
        return name, None if name is None else loaded_command(name), rest


def loaded_command(name: str) -> Any:
    """Return a command with all its options, or a group of commands, from its module."""
    if name in _GROUPS:
        return _loaded(_GROUPS[name].module, name)
    return _loaded(_COMMANDS[name].module).commands[name]


def _loaded(module: str, name: str | None = None) -> Any:
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
