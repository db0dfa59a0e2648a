"""The command line as a whole: which commands there are, and how a run of one ends."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any, NoReturn

import typer

from game.cli.laps import lap, verify
from game.cli.measurements import bench, figures
from game.cli.setups import setup_app
from game.cli.studies import compare, sweep, tune
from game.cli.tracks import track_app
from game.cli.window import drive, shot, sound, title
from game.errors import InputError, UnfinishedLapError
from game.version import __version__

app = typer.Typer(
    name="leaf-rc",
    help="Drive an all-wheel-drive electric race car, run bots, tune the torque split.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)
for command in (drive, lap, sweep, tune, compare, figures, verify, bench, shot, sound):
    app.command()(command)
app.add_typer(track_app, name="track")
app.add_typer(setup_app, name="setup")

# What typer raises for wrong usage; it names only this one of the family.
_UsageError: Any = typer.BadParameter.__bases__[0]
_INTERRUPTED = 130


def main() -> None:
    """Run the command line; whatever the user got wrong becomes one line and exit code 2."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        if code == _INTERRUPTED:  # what some versions of typer make of an interrupt
            raise KeyboardInterrupt
    except (KeyboardInterrupt, typer.Abort):
        _stop("interrupted", _INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _stop(f"the output cannot be written ({error.strerror})", 2)
    except UnfinishedLapError as error:
        _stop(str(error), 1)
    except InputError as error:
        _stop(str(error), 2)
    except _UsageError as error:
        _stop(f"{error.format_message().rstrip('.')}; see 'leaf-rc --help'", 2)
    sys.exit(code)


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
        title()
