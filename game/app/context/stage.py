"""What all scenes share: the circuit and its picture, the car, the settings, hands and ears."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt

from game.app.context import display
from game.app.context.frame_log import FrameLog
from game.app.context.settings import Settings, SettingsFile
from game.app.effects.effects import Effects
from game.app.input.inputs import Inputs
from game.app.setup.model.workbench import BenchFile, Workbench
from game.app.sound.sound import Sound
from game.app.tiles.world_view import WorldView
from game.app.ui.notice import Notice
from game.app.venue.plan_ahead import PlanAhead
from game.bot.plan import Plan
from game.errors import InputError
from game.recording.lap_writer import LapKeeper
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec


class Stage:
    """One sitting in the window."""

    def __init__(
        self,
        track: Track,
        spec: CarSpec,
        setup: Setup,
        settings: Settings,
        inputs: Inputs,
        settings_file: SettingsFile | None = None,
        bench_file: BenchFile | None = None,
        lap_keeper: LapKeeper | None = None,
    ) -> None:
        """With files and a keeper, what the player sets, tunes and drives is kept there."""
        self.track = track
        self.spec = spec
        self.setup = setup
        self.settings = settings
        self.inputs = inputs
        self._settings_file = settings_file
        self.lap_keeper = lap_keeper
        self.plan_ahead = PlanAhead(track, spec, setup)
        self.workbench = Workbench(track, spec, setup)
        self._bench_file = bench_file
        if bench_file is not None:
            self.workbench.logbook.cap_kwh = bench_file.content.energy_cap_kwh
        self._bench_kept = self.workbench.content
        if lap_keeper is not None:
            lap_keeper.read(self.workbench.logbook.take_earlier)
            lap_keeper.do(partial(self.workbench.logbook.take_measured, track, spec))
        self.world_view = WorldView(track, _line_of(self.plan_ahead.plan))
        self._lined = self.plan_ahead.plan is not None  # whether the ground shows a line
        self.notice = Notice()
        self.effects = Effects(spec.chassis, self.world_view)
        self.sound = Sound(settings.sound, spec, self.notice.say)
        self.frame_log = FrameLog()
        self._said: set[str] = set()  # of what background work complained of

    def take(self, settings: Settings) -> None:
        """Go on with these settings."""
        self.settings = settings
        self.sound.take(settings.sound)
        self.inputs.take(settings.controls)
        try:
            display.show_as(settings.display)
            if self._settings_file is not None:
                self._settings_file.keep(settings)
        except InputError as error:
            self.notice.say(str(error))

    def take_setup(self, setup: Setup) -> None:
        """Let drives that begin from now on have this setup, the bot's too: it needs a new plan."""
        self._keep_bench()
        if setup == self.setup:
            return
        self.setup = setup
        self.plan_ahead.close()
        self.plan_ahead = PlanAhead(self.track, self.spec, setup)

    def attend(self) -> None:
        """Take over what work in the background has brought; once a frame.

        The ground keeps the line it has: the road was darkened by many cars, not by this setup.
        """
        if self.plan_ahead.attend() and not self._lined:
            self._lined = True
            self.world_view.take_line(_line_of(self.plan_ahead.plan))
        self.workbench.what_if.attend()
        self.world_view.attend()
        rooms = (self.plan_ahead, self.world_view, self.workbench.what_if, self.lap_keeper)
        for complaint in (room.complaint for room in rooms if room is not None):
            if complaint and complaint not in self._said:
                self._said.add(complaint)
                self.notice.say(complaint)

    def close(self) -> None:
        """Let go of devices and of work in the background."""
        self._keep_bench()
        self.plan_ahead.close()
        self.workbench.what_if.close()
        self.world_view.close()
        self.sound.close()
        if self.lap_keeper is not None:
            self.lap_keeper.close()

    def _keep_bench(self) -> None:
        """Keep what was changed: a setup that was only asked for on the command line was not."""
        content = self.workbench.content
        if self._bench_file is None or content == self._bench_kept:
            return
        self._bench_kept = content
        try:
            self._bench_file.keep(content)
        except InputError as error:
            self.notice.say(str(error))


def _line_of(plan: Plan | None) -> npt.NDArray[np.float64] | None:
    """The line of a plan as places in the world, shape (n, 2)."""
    return None if plan is None else np.column_stack([plan.x_m, plan.y_m])
