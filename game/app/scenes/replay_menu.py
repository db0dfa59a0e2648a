"""Show what can be done with a replay that stands still."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.replays.opened import opened_beside
from game.app.scenes.handed_over import bot_drives_on, person_drives_on
from game.app.scenes.replay import ReplayScene
from game.app.setup.model.garage import Garage
from game.app.ui.controls import Choice
from game.app.ui.footer import BACK, CHANGE, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, Row
from game.app.venue.plan_ahead import PlanAhead
from game.recording.replay_survey import ComparedLap
from game.translation import N_
from game.units import lap_time_text

_LEARNING: Final = N_("The bot is learning the circuit")
_SLEEP_S: Final = 0.005  # while there is nothing to do but wait


class ReplayMenuScene(MenuScene):
    """The replay stands still until the player chooses."""

    title = N_("Replay")
    entry_px = 21
    column_em = 25.0

    def __init__(
        self, garage: Garage, routes: Routes, replay: ReplayScene, back: MenuScene
    ) -> None:
        """back: where the replay was chosen."""
        self.garage = garage
        self.back = back
        self._routes = routes
        self.replay = replay
        drive = replay.replay_drive
        rows: list[Row] = [Action(N_("Continue"), self.leave)]
        if len(drive.cars) == 1:
            rows.append(Action(N_("Drive on from here"), self._drive_on))
            rows.append(Action(N_("The bot drives on from here"), self._let_the_bot))
        else:
            rows.append(Action(N_("Follow the next car"), self._follow_next))
        rows += [
            Choice(N_("Beside it"), _Compared(replay), self._laps()),
            Action(N_("Another replay beside it"), self._choose_other),
            Action(N_("Film this lap"), self._film_lap),
            Action(N_("Photo mode"), self._photograph),
            Action(N_("Settings"), lambda: self.go_to(routes.settings(self))),
            Action(N_("Leave the replay"), self._quit),
        ]
        super().__init__(garage.context, Page(rows), replay.world)
        self.under_title = replay.name
        garage.context.sound.silence()

    def hints(self) -> Sequence[Hint]:
        """Return the hints of a menu with a row whose value changes."""
        return (SELECT, BACK._replace(words=N_("Continue")), CHANGE, CHOOSE)

    def leave(self) -> None:
        """Go back to the replay."""
        self.replay.resume()
        self.go_to(self.replay)

    def _laps(self) -> list[tuple[ComparedLap | None, str]]:
        """Return the laps that can be seen beside the replay, with their names."""
        laps = self.replay.laps_to_compare()
        shown = self.replay.replay_drive.compared
        if shown is not None and shown.name not in [lap.name for lap in laps]:
            laps.append(shown)
        named = [(lap, f"{lap.name} · {lap_time_text(lap.traced.time_s)}") for lap in laps]
        return [(None, N_("no other lap")), *named]

    def _follow_next(self) -> None:
        self.replay.follow_next()
        self.leave()

    def _drive_on(self) -> None:
        self.go_to(person_drives_on(self.garage, self._routes, self.replay.replay_drive, self))

    def _let_the_bot(self) -> None:
        setup = self.replay.replay_drive.replay.starts[0].setup
        plan = PlanAhead(self.garage.track, self.garage.spec, setup)

        def steps() -> Iterator[float]:
            try:
                plan.begin()
                while plan.plan is None and not plan.error:
                    plan.poll()
                    yield min(0.99, plan.progress)
                    time.sleep(_SLEEP_S)
            finally:  # the player may not wait for it
                plan.close()

        def then() -> Scene:
            if plan.plan is None:
                self.garage.venue.report(plan.error)
                return self
            return bot_drives_on(self.garage, self._routes, self.replay.replay_drive, self)

        self.go_to(self._routes.loading(steps(), then, _LEARNING, self))

    def _choose_other(self) -> None:
        self.go_to(self._routes.replays(self, self._show_beside))

    def _show_beside(self, path: Path, name: str) -> Scene:
        """Show the best lap of a file beside this replay."""
        self.replay.compare_with(opened_beside(path, self.garage), name)
        return self.replay

    def _film_lap(self) -> None:
        self.replay.film_lap()
        self.leave()

    def _photograph(self) -> None:
        self.go_to(self._routes.photo(self.replay.picture, self))

    def _quit(self) -> None:
        self.replay.close()
        self.go_to(self.back)


class _Compared:
    """The lap that is seen beside a replay, as the value of a row."""

    def __init__(self, replay: ReplayScene) -> None:
        self._replay = replay

    def get(self) -> ComparedLap | None:
        """Return the lap; laps are the same if they have the same name."""
        return self._replay.replay_drive.compared

    def put(self, value: ComparedLap | None) -> None:
        """Show another lap, or none."""
        self._replay.compare(value)
