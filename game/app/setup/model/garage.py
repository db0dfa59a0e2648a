"""Keep a car at a circuit: its specification and setup, the workbench, its laps' folder."""

from __future__ import annotations

import math
from functools import partial

from game.app.context.app_context import AppContext
from game.app.driving.rival import Rival
from game.app.menus.weather_words import weather_title
from game.app.setup.model.workbench import Workbench, WorkbenchFile
from game.app.venue.targets_ahead import TargetsAhead
from game.app.venue.venue import Venue
from game.boards.lap_writer import LapWriter
from game.errors import InputError
from game.goals.practice_log import PracticeLog
from game.goals.targets import Targets
from game.track.track import Track
from game.translation import _
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec


class Garage:
    """A garage belongs to one car, and can be exchanged while the window is open."""

    def __init__(
        self,
        venue: Venue,
        spec: CarSpec,
        setup: Setup,
        workbench_file: WorkbenchFile | None = None,
        lap_writer: LapWriter | None = None,
    ) -> None:
        """Save the player's setup and laps by the given file and writer; None saves nothing."""
        self.venue = venue
        self.spec = spec
        self.setup = setup
        self.workbench = Workbench(venue.track, spec, setup)
        self.targets_ahead = TargetsAhead(venue.track, spec)
        folder = None if lap_writer is None else lap_writer.folder
        self.practice_log = PracticeLog(venue.track, spec, folder)
        self.lap_writer = lap_writer
        self.rivals: tuple[Rival, ...] = ()  # laps that drive along with every drive of the player
        self._workbench_file = workbench_file
        if workbench_file is not None:
            self.workbench.driven_laps.cap_kwh = workbench_file.content.energy_cap_kwh
        self._saved_bench = self.workbench.content
        if lap_writer is not None:
            lap_writer.read(self.workbench.driven_laps.add_earlier)
            lap_writer.run(partial(self.workbench.driven_laps.add_measured, venue.track, spec))
        venue.plan_for(spec, setup)
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
        return f"{title} · {_(weather_title(weather.name))}" if weather.words else title

    @property
    def targets(self) -> Targets | None:
        """Return the medals' laps and corners on the setup's tyre; None until they are driven."""
        return self.targets_ahead.of(self.setup.tyre)

    @property
    def best_s(self) -> float:
        """Return the time of the player's best lap on the setup's tyre, infinite without one."""
        best = None if self.lap_writer is None else self.lap_writer.best(self.setup.tyre)
        return math.inf if best is None else best.time_s

    def apply_setup(self, setup: Setup) -> None:
        """Use this setup in drives that begin from now on, also for the bot's next plan."""
        self._save_bench()
        if setup != self.setup:
            self.setup = setup
            self.venue.plan_for(self.spec, setup)

    def poll(self) -> None:
        """Collect the results of the work in the background, the venue's too; once a frame."""
        self.venue.poll()
        self.workbench.what_if.poll()
        self.venue.report(self.workbench.what_if.error)
        if self.venue.plan_ahead.plan is not None:  # else the worker that plans is busy
            self.targets_ahead.begin(self.setup.tyre)
        self.targets_ahead.poll()
        self.venue.report(self.targets_ahead.error)
        self.venue.report(self.practice_log.message)
        if self.lap_writer is not None:
            self.venue.report(self.lap_writer.message)

    def at(self, track: Track, spec: CarSpec) -> Garage:
        """Close this garage and its venue; return the car at another circuit or in other weather.

        spec: the same car, in the weather there.
        """
        self.close()
        self.venue.close()
        venue = Venue(self.context, track, spec, self.setup)
        return self._successor(venue, spec, self.setup)

    def with_car(self, spec: CarSpec, setup: Setup) -> Garage:
        """Close this garage; return another car at the same circuit."""
        self.close()
        return self._successor(self.venue, spec, setup)

    def close(self) -> None:
        """Save what is on the workbench and end the work in the background; not the venue's."""
        self._save_bench()
        self.workbench.what_if.close()
        self.targets_ahead.close()
        if self.lap_writer is not None:
            self.lap_writer.close()

    def _successor(self, venue: Venue, spec: CarSpec, setup: Setup) -> Garage:
        """Return a garage with the same cap on energy, which saves to the files of the car."""
        lap_writer = None if self.lap_writer is None else LapWriter(venue.track, spec)
        file = self._workbench_file
        if file is not None and file.car_id != spec.id:
            file = WorkbenchFile(spec)
        successor = Garage(venue, spec, setup, file, lap_writer)
        successor.workbench.driven_laps.cap_kwh = self.workbench.driven_laps.cap_kwh
        return successor

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
