"""Qualify in the window: alone, until all laps are driven or the player has enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.app.driving.qualifying import Qualifying
from game.app.hud.hud import Hud
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import PassingScene, Scene
from game.app.scenes.driving import DrivingScene
from game.app.scenes.qualifying_table import qualifying_table
from game.app.scenes.qualifying_watch import QualifyingWatch, planning_share
from game.app.setup.model.garage import Garage
from game.app.ui.rows import Action
from game.app.ui.table import Table
from game.app.venue.field_ahead import FieldWanted
from game.translation import N_


class QualifyingScene(DrivingScene, PassingScene):
    """Shows the player's qualifying."""

    teaches_keys = False
    restart_words = N_("Restart qualifying")
    other_setup_words = N_("Restart to qualify with the new setup")

    def __init__(
        self, garage: Garage, routes: Routes, qualifying: Qualifying, wanted: FieldWanted
    ) -> None:
        """wanted: the field whose bots have times in it once they are planned."""
        self.qualifying = qualifying
        self._wanted = wanted
        super().__init__(garage, routes, qualifying.drive)
        self._lap_to_beat_shown = True  # there is something else to say at the beginning
        self._watch = QualifyingWatch(garage.context, qualifying)

    def make_hud(self) -> Hud:
        """Return the instruments, with those of races."""
        return Hud(hidden=())

    def handle(self, command: Command) -> Scene | None:
        """Go to the grid once all laps are driven, besides what every drive does."""
        if command is Command.CONFIRM and self.qualifying.is_over:
            return self._routes.starting_grid(self)
        return super().handle(command)

    def handle_pointer(self, pointer: Pointer) -> Scene | None:
        """Pause on a click, or go to the grid."""
        if pointer.pressed and self.qualifying.is_over:
            return self._routes.starting_grid(self)
        return super().handle_pointer(pointer)

    def following(self) -> Scene:
        """Return the grid some seconds after the last lap, this scene until then."""
        return self._routes.starting_grid(self) if self._watch.is_grid_due else self

    def planning(self) -> Iterator[float]:
        """Yield how far the laps of the bots are planned, 0..1, until they are or cannot be."""
        return self.garage.field_ahead.wait(self._wanted)

    def pause(self, reason: str = "") -> Scene:
        """Return the menu over the qualifying, which stands still."""
        return self._routes.pause_race(self, reason)

    def board(self) -> Table:
        """Return the times so far."""
        return qualifying_table(self.qualifying.rows)

    def actions(self, menu: MenuScene) -> Sequence[Action]:
        """Return that the laps driven so far may be enough."""
        grid = Action(N_("To the grid"), lambda: menu.go_to(self._routes.starting_grid(self)))
        return (grid,)

    def anew(self, back: Scene) -> Scene:  # noqa: ARG002 - there is nothing to wait for
        """Return another qualifying, with what is set by now."""
        return self._routes.qualify()

    def choose_another(self, back: MenuScene) -> Scene:
        """Return where another race is chosen."""
        return self._routes.race_choice(back)

    def start(self) -> None:
        """Begin at once: nobody waits for a light."""

    def restart(self) -> None:
        """Qualify again, from the grid; the laps before are forgotten."""
        self.drive.restart()
        self._catch_up()
        self._watch.begin()

    def update(self, frame_s: float) -> None:
        """Drive on, and say after a lap which place it has."""
        super().update(frame_s)
        self._watch.update(frame_s)

    def background_shares(self) -> dict[str, float]:
        """Return what is being done beside the drive: the bots' laps are planned, too."""
        return {**super().background_shares(), **planning_share(self.garage, self.qualifying)}
