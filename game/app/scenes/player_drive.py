"""Set up the drive of the player at the window."""

from __future__ import annotations

import datetime
from functools import partial

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry, DrivenCar
from game.app.driving.energy_cap import within_cap
from game.app.scenes.references import ChosenReference
from game.app.scenes.rivals import PlayersRivals, goal_after, medal_won_by
from game.app.setup.model.garage import Garage
from game.boards.kept_lap import FinishedLap
from game.boards.lap_writer import LapWriter
from game.drivers.driving_help import help_of
from game.drivers.human_driver import HumanDriver
from game.goals.day_target import Day
from game.recording.best_lap import BestLap
from game.recording.lap_recorder import Lap
from game.simulation.world import Start
from game.units import kwh


def player_drive(garage: Garage, *, goes_back: bool = True) -> Drive:
    """Return a car on pole that the player's inputs drive, against their best lap.

    goes_back: whether the player can go back in it, to practise.
    """
    spec, setup, state = garage.spec, garage.drive_setup, garage.context.inputs.state
    garage.context.telemetry.describe(garage.track.name, spec.id)
    player = CarEntry(
        spec,
        setup,
        lambda: HumanDriver(state, spec, setup),
        damage=garage.context.damage,
        cap_kwh=0.0 if garage.day is None else garage.day.target.cap_kwh,
        heard_by=(garage.context.telemetry,),
    )
    drive = Drive(garage.track, [player], goes_back=goes_back)
    car = drive.followed
    car.find_rivals = PlayersRivals(garage, car)
    car.trace.find_reference = ChosenReference(garage, car)
    car.moments.goal_after = partial(goal_after, garage)
    car.moments.won_by = partial(medal_won_by, garage)
    garage.reference_ahead.find_start = partial(_timed_start, drive)
    car.on_lap = partial(_record, garage, drive, car)
    best = garage.lap_writer.best(setup.tyre) if garage.lap_writer is not None else None
    if best is not None:
        car.race(best)
    return drive


def _timed_start(drive: Drive) -> Start | None:
    """Return the start of a drive as soon as its first lap is timed."""
    return drive.world.starts[0] if drive.followed.now.lap > 0 else None


def _record(garage: Garage, drive: Drive, car: DrivenCar, lap: Lap) -> None:
    """Record a lap, and show the player whether it kept the cap on energy, if there is one."""
    steering = garage.context.settings.controls.filter
    car.help_by_lap[lap.number] = help_of(car.spec, car.setup, steering)
    message = garage.workbench.driven_laps.record(car.setup, lap, garage.cap_kwh)
    if message:
        garage.context.notice.show(message)
    if garage.lap_writer is not None:
        _save(garage.lap_writer, drive, car, lap, garage.day)


def _save(
    writer: LapWriter, drive: Drive, car: DrivenCar, lap: Lap, day: Day | None = None
) -> None:
    """Hand a lap to the writer, which writes in a thread of its own and so holds up no frame.

    A lap over the cap of a day is kept, but not as one of that day.
    """
    is_counted = lap.valid and within_cap(kwh(lap.net_j), car.entry.cap_kwh)
    name = f"{drive.began:%Y%m%d-%H%M%S-%f}.replay"
    trace, ghost, best = car.trace.best, car.ghost_recorder.best, None
    if (
        is_counted
        and lap.valid
        and lap.time_s < car.best.time_s
        and trace is not None
        and ghost is not None
    ):
        now = datetime.datetime.now(datetime.UTC)
        best = BestLap(now, lap.time_s, lap.sectors_s, trace, ghost)
    help_name = car.help_by_lap[lap.number]
    date = day.conditions.name if day is not None and is_counted else ""
    writer.save(FinishedLap(lap, car.setup, name, help_name, date), drive.recording(), best)
