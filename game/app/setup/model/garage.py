"""Keep a car at a circuit: its specification and setup, the workbench, its laps' folder."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from game.app.context.app_context import AppContext
from game.app.driving.rival import Rival
from game.app.menus.weather_words import weather_title
from game.app.setup.model.workbench import Workbench, WorkbenchFile
from game.app.venue.bot_lap_ahead import BotLapAhead, PacedLapWanted
from game.app.venue.field_ahead import FieldAhead, FieldWanted
from game.app.venue.reference_ahead import ReferenceAhead
from game.app.venue.targets_ahead import TargetsAhead
from game.app.venue.venue import Venue
from game.boards.lap_writer import LapWriter
from game.errors import InputError
from game.goals.day_target import Day
from game.goals.practice_log import PracticeLog
from game.goals.targets import Targets
from game.recording.ghost import GhostLap
from game.track.track import Track
from game.translation import _
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.workers.budget import beside_the_game


class Garage:
    """A garage belongs to one car, and can be exchanged while the window is open."""

    def __init__(
        self,
        venue: Venue,
        spec: CarSpec,
        setup: Setup,
        workbench_file: WorkbenchFile | None = None,
        lap_writer: LapWriter | None = None,
        day: Day | None = None,
    ) -> None:
        """Save the player's setup and laps by the given file and writer; None saves nothing.

        day: whose conditions are driven; None: the player's own.
        """
        self.venue = venue
        self.spec = spec
        self.setup = setup
        self.workbench = Workbench(venue.track, spec, setup)
        self.targets_ahead = TargetsAhead(venue.track, spec)
        self._bot_lap_ahead = BotLapAhead(venue.track, spec)
        self.reference_ahead = ReferenceAhead(venue.track)
        self.field_ahead = FieldAhead(venue.track, spec)
        self._field_wanted: FieldWanted | None = None
        self._drives_ahead = (
            self.field_ahead,
            self._bot_lap_ahead,
            self.reference_ahead,
            self.targets_ahead,
        )
        folder = None if lap_writer is None else lap_writer.folder
        self.practice_log = PracticeLog(venue.track, spec, folder)
        self.lap_writer = lap_writer
        self.day = day
        self._day_targets = None if day is None else day.target.targets
        self.rivals: tuple[Rival, ...] = ()  # laps of files that drive along with the player
        self._workbench_file = workbench_file
        if workbench_file is not None:
            self.workbench.driven_laps.cap_kwh = workbench_file.content.energy_cap_kwh
        self._saved_bench = self.workbench.content
        if lap_writer is not None:
            lap_writer.read(self.workbench.driven_laps.add_earlier)
            lap_writer.run(partial(self.workbench.driven_laps.add_measured, venue.track, spec))
        venue.plan_for(spec, self.drive_setup)
        venue.context.sound.set_car(spec)

    @property
    def context(self) -> AppContext:
        """Return what lives as long as the window."""
        return self.venue.context

    @property
    def track(self) -> Track:
        """Return the circuit that the car is at."""
        return self.venue.track

    @property
    def place_text(self) -> str:
        """Return the circuit's title, and the weather there if it is not the usual one."""
        title, weather = self.track.title, self.spec.weather
        place = f"{title} · {_(weather_title(weather.name))}" if weather.words else title
        return f"{place} · {self.day.conditions.name}" if self.day is not None else place

    @property
    def drive_setup(self) -> Setup:
        """Return the player's setup as it is driven: with what the day prescribes, if it is one."""
        return self.as_driven(self.setup)

    def as_driven(self, setup: Setup) -> Setup:
        """Return a setup as it is driven here: with what the day prescribes, if it is one."""
        return _as_driven(setup, self.day)

    @property
    def cap_kwh(self) -> float:
        """Return the cap on a lap's energy that is looked at: the day's, or the player's own."""
        return self.workbench.driven_laps.cap_kwh if self.day is None else self.day.target.cap_kwh

    @property
    def targets(self) -> Targets | None:
        """Return the medals' laps and corners to beat; None until they are driven."""
        return self.circuit_targets if self._day_targets is None else self._day_targets

    @property
    def circuit_targets(self) -> Targets | None:
        """Return those of the circuit on the tyre that is driven, whatever the day."""
        return self.targets_ahead.of(self.drive_setup.tyre)

    @property
    def bot_lap(self) -> GhostLap | None:
        """Return the bot's lap in the player's setup at the pace of the settings, once driven."""
        return self._bot_lap_ahead.of(self._bot_lap_wanted)

    @property
    def _bot_lap_wanted(self) -> PacedLapWanted:
        return PacedLapWanted(self.drive_setup, self.context.settings.ghosts.bot_pace)

    @property
    def best_s(self) -> float:
        """Return the time of the player's best lap to compare with, infinite without one."""
        tyre = self.drive_setup.tyre
        best = None if self.lap_writer is None else self.lap_writer.best(tyre)
        return math.inf if best is None else best.time_s

    def apply_setup(self, setup: Setup) -> None:
        """Use this setup in drives that begin from now on, also for the bot's next plan."""
        self._save_bench()
        if setup != self.setup:
            self.setup = setup
            self.venue.plan_for(self.spec, self.drive_setup)

    def prepare_field(self, wanted: FieldWanted) -> None:
        """Prepare a race beside the game, before whatever else: it will probably be driven."""
        self._field_wanted = wanted

    def poll(self) -> None:
        """Collect the results of the work in the background, the venue's too; once a frame."""
        self.venue.poll()
        self.workbench.what_if.poll()
        self.venue.report(self.workbench.what_if.error)
        for work in self._drives_ahead:
            work.poll()
            self.venue.report(work.error)
        self._begin_drives()
        self.venue.report(self.practice_log.message)
        if self.lap_writer is not None:
            self.venue.report(self.lap_writer.message)

    def move_to(self, track: Track, spec: CarSpec, day: Day | None = None) -> Garage:
        """Close this garage and its venue; return that of another circuit or other weather.

        spec: the same car, in the weather there. day: whose conditions are driven there.
        """
        self.close()
        self.venue.close()
        venue = Venue(self.context, track, spec, _as_driven(self.setup, day))
        return self._successor(venue, spec, self.setup, day)

    def with_car(self, spec: CarSpec, setup: Setup) -> Garage:
        """Close this garage; return another car at the same circuit."""
        self.close()
        return self._successor(self.venue, spec, setup)

    def close(self) -> None:
        """Save what is on the workbench and end the work in the background; not the venue's."""
        self._save_bench()
        self.workbench.what_if.close()
        for work in self._drives_ahead:
            work.close()
        if self.lap_writer is not None:
            self.lap_writer.close()

    def _successor(
        self, venue: Venue, spec: CarSpec, setup: Setup, day: Day | None = None
    ) -> Garage:
        """Return a garage with the same cap on energy, which saves to the files of the car."""
        date = "" if day is None else day.conditions.name
        lap_writer = None if self.lap_writer is None else LapWriter(venue.track, spec, date)
        file = self._workbench_file
        if file is not None and file.car_id != spec.id:
            file = WorkbenchFile(spec)
        successor = Garage(venue, spec, setup, file, lap_writer, day)
        successor.workbench.driven_laps.cap_kwh = self.workbench.driven_laps.cap_kwh
        return successor

    def _begin_drives(self) -> None:
        """Have the bot drive what is wanted, what the player asked for first.

        All of it needs the plan. No more is driven at once than leaves the game its processor.
        """
        if self.venue.plan_ahead.plan is None:
            return
        tyre = self.drive_setup.tyre
        wanted: list[Callable[[], None]] = [
            self.reference_ahead.begin,
            partial(self.targets_ahead.begin, tyre),
        ]
        settings = self.context.settings
        if settings.ghosts.bot or settings.hud.delta_to == "bot":
            wanted.insert(0, partial(self._bot_lap_ahead.begin, self._bot_lap_wanted))
        if self._field_wanted is not None:
            wanted.insert(0, partial(self.field_ahead.begin, self._field_wanted))
        most = beside_the_game(len(self._drives_ahead))
        for begin in wanted:
            if sum(work.is_working for work in self._drives_ahead) < most:
                begin()

    def _save_bench(self) -> None:
        """Save what was changed: a setup that was only named on the command line was not."""
        content = self.workbench.content
        if self._workbench_file is None or content == self._saved_bench:
            return
        self._saved_bench = content
        try:
            self._workbench_file.keep(content)
        except InputError as error:
            self.context.notice.show(str(error))


def _as_driven(setup: Setup, day: Day | None) -> Setup:
    """Return a setup with what a day prescribes, if it is driven on one."""
    return setup if day is None else day.conditions.applied(setup)
