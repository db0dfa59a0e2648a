"""The commands of `leaf-rc`. The window is imported only when one is asked for."""

from __future__ import annotations

import contextlib
import dataclasses
import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import msgspec
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from game.compiled import numba_is_installed
from game.files import InputError, UnfinishedLapError
from game.version import __version__

if TYPE_CHECKING:
    from game.headless import LapRun
    from game.track.track import Track
    from game.vehicle.setup import Setup

app = typer.Typer(
    name="leaf-rc",
    help="Drive an all-wheel-drive electric race car, run bots, tune the torque split.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)
track_app = typer.Typer(help="Circuits: list, check, draw and export them.")
app.add_typer(track_app, name="track")

_DEFAULT_TRACK = "ricardo_tormo"
# What typer raises for wrong usage; it names only this one of the family.
_UsageError: Any = typer.BadParameter.__bases__[0]

TrackName = Annotated[
    str, typer.Option("--track", metavar="T", help="Name of a circuit, or a path to one.")
]
SetupName = Annotated[
    str | None,
    typer.Option("--setup", metavar="S", help="Name of a saved setup, or a path to one."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def main() -> None:
    """Run the command line; whatever the user got wrong becomes one line and exit code 2."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        _stop("interrupted", 130)
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
        drive()


@app.command()
def drive(track: TrackName = _DEFAULT_TRACK, setup: SetupName = None) -> None:
    """Open the window and drive."""
    from game.app.window import run
    from game.track.track import load_track
    from game.vehicle.spec import load_car

    run(load_track(track), load_car(), _setup(setup))


@app.command()
def lap(
    track: TrackName = _DEFAULT_TRACK,
    setup: SetupName = None,
    bot: Annotated[str, typer.Option(metavar="B", help="Who drives.")] = "reference",
    laps: Annotated[int, typer.Option(min=1, max=1000, help="Flying laps to drive.")] = 1,
    pace: Annotated[
        float, typer.Option(min=0.5, max=1.0, help="Share of the bot's planned speeds.")
    ] = 1.0,
    tyre: Annotated[
        str | None, typer.Option(metavar="[slick|sport]", help="Instead of the setup's tyre.")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Do without machine code, even if it is installed.")
    ] = False,
    telemetry: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write every step as .csv or .parquet.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the inputs, for `leaf-rc verify`.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Drive flying laps with a bot, without a window."""
    from game.headless import drive_laps
    from game.track.track import load_track
    from game.vehicle.spec import load_car

    chosen = _setup(setup)
    if tyre is not None:
        chosen = _with_tyre(chosen, tyre)
    circuit = load_track(track)
    car = load_car()
    with _lap_progress(laps, machine_code=not plain) as progress:
        run = drive_laps(
            circuit,
            car,
            chosen,
            bot=bot,
            laps=laps,
            pace=pace,
            machine_code=not plain,
            telemetry=telemetry,
            replay=replay,
            progress=progress,
        )
    if json:
        _print_json(_lap_report(run, circuit, car.name, bot, chosen))
    else:
        _print_laps(run, circuit, car.name, bot)


@app.command()
def figures(setup: SetupName = None, json: AsJson = False) -> None:
    """Measure the car's published figures in the simulation."""
    from game.lab.figures import measure_figures
    from game.vehicle.spec import load_car

    base = _setup(setup)
    car = load_car()
    with _spinner("measuring") as tell:
        alone = measure_figures(
            car, msgspec.structs.replace(base, driver_aboard=False), on_drive=tell
        )
        with_driver = measure_figures(
            car, msgspec.structs.replace(base, driver_aboard=True), on_drive=tell
        )
    if json:
        report = dataclasses.asdict(alone)
        report["with_driver"] = dataclasses.asdict(with_driver)
        _print_json(report)
        return
    table = Table(title=f"{car.name}, {base.tyre} tyres", box=SIMPLE)
    table.add_column("figure")
    table.add_column("published mass", justify="right")
    table.add_column("with driver", justify="right")
    for name, value in dataclasses.asdict(alone).items():
        table.add_row(name, f"{value:.2f}", f"{getattr(with_driver, name):.2f}")
    Console().print(table)


@app.command()
def verify(replay: Annotated[Path, typer.Argument(help="A replay file.")]) -> None:
    """Re-simulate a replay's inputs; exit 1 unless it ends in the same state to the last bit."""
    from game.recording.replay import load_replay, resimulate, state_hash
    from game.track.track import load_track
    from game.vehicle.spec import load_car

    recorded = load_replay(replay)
    world = resimulate(recorded, load_track(recorded.track), load_car(), machine_code=True)
    found = state_hash(world)
    if found != recorded.state_hash:
        print(
            f"leaf-rc: {replay}: differs after {recorded.ticks} ticks: recorded by version "
            f"{recorded.program} as {recorded.state_hash}, now {found}",
            file=sys.stderr,
        )
        raise typer.Exit(1)
    print(f"{replay}: {world.time_s:.3f} s re-simulated, the same to the last bit")


@app.command()
def bench(
    json: AsJson = False,
    quick: Annotated[bool, typer.Option("--quick", help="A tenth of the work, rougher.")] = False,
) -> None:
    """Measure the speed of the tick, of a lap and of a frame."""
    from game.app.frame_bench import frame_times_ms
    from game.lab.benchmark import measure_speed

    with _spinner("measuring") as tell:
        speed = measure_speed(frame_times_ms, quick=quick, on_part=tell)
    if json:
        _print_json(speed)
        return
    table = Table(title="speed", box=SIMPLE)
    table.add_column("what")
    table.add_column("measured", justify="right")
    for name, value in speed.items():
        if isinstance(value, dict):
            for part, number in value.items():
                table.add_row(f"{name} {part}", f"{number:.2f}")
        else:
            table.add_row(name, "not installed" if value is None else f"{value:,.2f}")
    Console().print(table)


@app.command()
def shot(
    out: Annotated[Path, typer.Argument(metavar="OUT.png|.jpg")],
    track: TrackName = _DEFAULT_TRACK,
    setup: SetupName = None,
    at: Annotated[float, typer.Option(metavar="METRES", help="Where on the lap.")] = 0.0,
    size: Annotated[str, typer.Option(metavar="WxH", help="Size in pixels.")] = "1280x720",
    scene: Annotated[str, typer.Option(help="drive, pause or map.")] = "drive",
) -> None:
    """Render a scene to a picture; needs no display."""
    from game.app.shot import render_shot
    from game.track.track import load_track
    from game.vehicle.spec import load_car

    if not math.isfinite(at):
        raise InputError(f"--at {at}: is not a place on the lap")
    render_shot(load_track(track), load_car(), _setup(setup), at, _size(size), scene, out)


@track_app.command("list")
def track_list(json: AsJson = False) -> None:
    """Name the circuits that ship and those you have saved."""
    from game.track.track import load_track, track_names

    tracks = [load_track(name) for name in track_names()]
    if json:
        _print_json(
            {
                "tracks": [
                    {"track": one.name, "title": one.title, "length_m": one.length_m}
                    for one in tracks
                ]
            }
        )
        return
    for one in tracks:
        print(f"{one.name}: {one.title}, {one.length_m:.0f} m")


@track_app.command("check")
def track_check(track: Annotated[str, typer.Argument(metavar="T")], json: AsJson = False) -> None:
    """Check a circuit's geometry; exit 1 if something is wrong with it."""
    from game.track.check import check
    from game.track.track import load_track

    circuit = load_track(track)
    findings = check(circuit)
    if json:
        _print_json(
            {
                "track": circuit.name,
                "length_m": circuit.length_m,
                "findings": [finding._asdict() for finding in findings],
            }
        )
    else:
        for finding in findings:
            print(f"{circuit.name}: {finding.key}: {finding.message}")
        if not findings:
            print(f"{circuit.title}: {circuit.length_m:.3f} m, no findings")
    if findings:
        raise typer.Exit(1)


@track_app.command("draw")
def track_draw(
    track: Annotated[str, typer.Argument(metavar="T")],
    out: Annotated[Path, typer.Argument(metavar="OUT.png|.jpg")],
    size: Annotated[str, typer.Option(metavar="WxH", help="Size in pixels.")] = "1600x1600",
) -> None:
    """Draw a whole circuit to a picture."""
    from game.app.shot import render_shot
    from game.track.track import load_track
    from game.vehicle.setup import Setup
    from game.vehicle.spec import load_car

    render_shot(load_track(track), load_car(), Setup(), 0.0, _size(size), "map", out)


@track_app.command("export")
def track_export(
    track: Annotated[str, typer.Argument(metavar="T")],
    out: Annotated[Path, typer.Argument(metavar="OUT.csv")],
) -> None:
    """Write a circuit's centre line, a row every metre."""
    from game.files import write_text
    from game.track.export import centreline_csv
    from game.track.track import load_track

    write_text(out, centreline_csv(load_track(track)))


def _setup(name: str | None) -> Setup:
    from game.vehicle.setup import Setup, load_setup

    return Setup() if name is None else load_setup(name)


def _with_tyre(setup: Setup, tyre: str) -> Setup:
    try:
        return msgspec.convert({**msgspec.to_builtins(setup), "tyre": tyre}, type(setup))
    except msgspec.ValidationError:
        raise InputError(f"--tyre {tyre}: there is no such tyre; there are slick, sport") from None


def _size(text: str) -> tuple[int, int]:
    """A size such as 1280x720. Raises InputError for anything else."""
    width, _, height = text.lower().partition("x")
    if width.isdigit() and height.isdigit():
        size = int(width), int(height)
        if all(200 <= side <= 8192 for side in size):
            return size
    raise InputError(f"--size {text}: is not a size such as 1280x720, each side 200 to 8192")


def _print_json(report: dict[str, Any]) -> None:
    print(msgspec.json.encode(report).decode())


def _lap_report(run: LapRun, track: Track, car_name: str, bot: str, setup: Setup) -> dict[str, Any]:
    from game.units import kmh, kwh

    return {
        "track": track.name,
        "car": car_name,
        "bot": bot,
        "setup": msgspec.to_builtins(setup),
        "laps": [
            {
                "lap": one.number,
                "time_s": one.time_s,
                "sectors_s": one.sectors_s,
                "valid": one.valid,
                "energy_kwh": kwh(one.drawn_j),
                "regen_kwh": kwh(one.regained_j),
                "top_speed_kmh": kmh(one.top_speed_mps),
                "excursions": [dataclasses.asdict(each) for each in one.excursions],
            }
            for one in run.laps
        ],
        "best_s": min((one.time_s for one in run.laps if one.valid), default=None),
        "limit_s": run.limit_s,
        "ticks": run.ticks,
        "wall_s": run.wall_s,
        "realtime_factor": run.realtime_factor,
        "state_hash": run.state_hash,
        "compiled": run.compiled,
    }


def _print_laps(run: LapRun, track: Track, car_name: str, bot: str) -> None:
    from game.units import kmh, kwh, lap_time_text

    table = Table(title=f"{car_name}, {track.title}, bot {bot}", box=SIMPLE)
    sectors = [f"S{number}" for number in range(1, len(run.laps[0].sectors_s) + 1)]
    for name in ("lap", "time", *sectors, "valid", "kWh", "regen", "km/h"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in run.laps:
        table.add_row(
            str(one.number),
            lap_time_text(one.time_s),
            *(f"{sector:.3f}" for sector in one.sectors_s),
            "yes" if one.valid else "no",
            f"{kwh(one.drawn_j):.2f}",
            f"{kwh(one.regained_j):.2f}",
            f"{kmh(one.top_speed_mps):.1f}",
        )
    console = Console()
    console.print(table)
    form = "compiled" if run.compiled else "plain Python"
    console.print(
        f"limit of this line {lap_time_text(run.limit_s)}; {run.realtime_factor:,.0f} times real "
        f"time, {form}; state {run.state_hash}",
        highlight=False,
        soft_wrap=True,
    )


def _bar() -> Progress:
    """A progress bar on stderr, there only when a person looks at it."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


@contextlib.contextmanager
def _spinner(doing: str) -> Iterator[Any]:
    """Progress without a known end: a line that says what is being done."""
    with _bar() as bar:
        task = bar.add_task(doing, total=None)
        yield lambda part: bar.update(task, description=f"{doing}: {part}")


@contextlib.contextmanager
def _lap_progress(laps: int, machine_code: bool) -> Iterator[Any]:
    from game.headless import Progress as RunProgress

    with _bar() as bar:
        making = machine_code and numba_is_installed()
        task = bar.add_task("making machine code, once" if making else "driving", total=laps)

        class Shown(RunProgress):
            def planning(self, round_number: int, lap_time_s: float) -> None:
                bar.update(
                    task,
                    description=f"planning the line, round {round_number}: {lap_time_s:.2f} s",
                )

            def driving(self, lap: int, share: float) -> None:
                done = max(0, lap - 1) + share if lap else 0.0
                bar.update(task, description=f"lap {lap}" if lap else "run-up", completed=done)

        yield Shown()
