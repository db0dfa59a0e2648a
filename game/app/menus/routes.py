"""Lead from scene to scene: a scene names where to go next, not how that scene is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from game.app.car.livery import Livery
from game.app.driving.drive import Drive
from game.app.driving.drive_picture import DrivePicture
from game.app.driving.qualifying import Qualifying
from game.app.driving.race_drive import RaceDrive
from game.app.driving.race_field import RaceEntrant
from game.app.menus.menu import MenuScene
from game.app.menus.scene import Scene
from game.app.ui.backdrop import Picture
from game.app.ui.rows import Action
from game.app.ui.table import Table
from game.goals.day_target import Day
from game.goals.targets import CornerTarget, Targets
from game.recording.replay_recorder import Recording
from game.weather.weather import Weather


class DriveScene(Scene, Protocol):
    """A drive scene shows a drive, which other scenes can stop, restart and go on with."""

    @property
    def drive(self) -> Drive:
        """Return the drive."""
        ...

    @property
    def picture(self) -> DrivePicture:
        """Return the drive as it is drawn through any view."""
        ...

    @property
    def world(self) -> Picture:
        """Return the drive without instruments, as it lies behind menus."""
        ...

    def start(self) -> None:
        """Hold the drive on the grid until the start lights go out, if the player wants that."""
        ...

    def restart(self) -> None:
        """Start again from the grid."""
        ...

    def reset_to_track(self) -> None:
        """Put the car back on the track."""
        ...

    def resume(self) -> None:
        """Continue after a pause, as if no time had passed."""
        ...


class ExerciseDriving(DriveScene, Protocol):
    """Shows an exercise, which was chosen from a list."""

    back: MenuScene
    back_words: str  # of the row that leads there

    def actions(self) -> Sequence[Action]:
        """Return what the menu over the exercise offers besides going on and leaving."""
        ...


class SessionDriving(DriveScene, Protocol):
    """Shows a race or the qualifying for one, which have a board."""

    restart_words: str  # of the row that begins it again
    other_setup_words: str  # when that would be with another setup

    def board(self) -> Table:
        """Return how all lie now."""
        ...

    def actions(self, menu: MenuScene) -> Sequence[Action]:
        """Return what the menu over it offers besides going on and leaving."""
        ...

    def anew(self, back: Scene) -> Scene:
        """Return the way to another one of its kind, with what is set by now."""
        ...


class RaceDriving(DriveScene, Protocol):
    """Shows a race."""

    @property
    def race(self) -> RaceDrive:
        """Return the race, which is the drive that is shown."""
        ...

    def anew(self, back: Scene) -> Scene:
        """Return the way to another race from the same grid, with what is set by now."""
        ...

    def qualify(self, back: Scene) -> Scene:
        """Return the way to a qualifying for another race of its kind."""
        ...

    def choose_another(self, back: MenuScene) -> Scene:
        """Return where another race of its kind is chosen."""
        ...


class QualifyingDriving(DriveScene, Protocol):
    """Shows a qualifying."""

    qualifying: Qualifying

    def planning(self) -> Iterator[float]:
        """Yield how far the laps of the bots are planned, 0..1, until they are or cannot be."""
        ...

    def pause(self, reason: str = "") -> Scene:
        """Return the menu over the qualifying; the reason is why, if the player did not ask."""
        ...

    def anew(self, back: Scene) -> Scene:
        """Return the way to another qualifying of its kind, with what is set by now."""
        ...

    def choose_another(self, back: MenuScene) -> Scene:
        """Return where another race of its kind is chosen."""
        ...


class SplitDriving(DriveScene, Protocol):
    """Shows a drive of two players."""

    def actions(self, menu: MenuScene) -> Sequence[Action]:
        """Return what the menu over the drive offers besides going on and leaving."""
        ...

    def board(self) -> Table | None:
        """Return how all lie now in a race or a qualifying; None in a free drive."""
        ...

    def put_person_back(self, number: int) -> None:
        """Put the car of a person, by their number from 0, back on the track if it can be."""
        ...

    def anew(self, back: Scene) -> Scene:
        """Return the way to another drive of its kind, with what is set by now."""
        ...


class Routes(Protocol):
    """Makes every scene that another one leads to."""

    def title(self) -> MenuScene:
        """Return the title, with the bot on the circuit behind it."""
        ...

    def drive(self) -> Scene:
        """Return the player's drive, on the grid with the garage's setup."""
        ...

    def race_choice(self, back: MenuScene) -> Scene:
        """Return the choice of a race."""
        ...

    def race(self, back: Scene) -> Scene:
        """Return the way to the race of the settings; `back`: for who does not want to wait."""
        ...

    def race_from(self, grid: Sequence[RaceEntrant], back: Scene) -> Scene:
        """Return the way to a race from a grid, of one player or of two."""
        ...

    def qualify(self) -> Scene:
        """Return the player's qualifying for the race of the settings."""
        ...

    def starting_grid(self, driving: QualifyingDriving) -> Scene:
        """Return the grid that a qualifying comes to, or the wait until bots have their times."""
        ...

    def two_players(self, back: MenuScene) -> Scene:
        """Return the choice of what two players at this machine do together."""
        ...

    def drive_two(self, back: Scene) -> Scene:
        """Return the way to the free drive of two players."""
        ...

    def race_two(self, back: Scene) -> Scene:
        """Return the way to the race of the settings for two players."""
        ...

    def qualify_two(self, back: Scene) -> Scene:
        """Return the way to the qualifying of two players for the race of the settings."""
        ...

    def pause_two(self, driving: SplitDriving, reason: str = "") -> Scene:
        """Return the menu over a drive of two players that stands still."""
        ...

    def result_of_two(self, driving: SplitDriving) -> Scene:
        """Return the laps of a free drive of two players that is over."""
        ...

    def pause_race(self, racing: SessionDriving, reason: str = "") -> Scene:
        """Return the menu over a race, or a qualifying, that stands still."""
        ...

    def race_result(self, racing: RaceDriving) -> Scene:
        """Return the result of a race, which goes on meanwhile for cars that have not finished."""
        ...

    def watch(self, drive: Drive) -> Scene:
        """Return a drive that is under way."""
        ...

    def pause(self, driving: DriveScene, reason: str = "") -> Scene:
        """Return the menu over a drive that stands still; reason: why, unless the player asked."""
        ...

    def result(self, driving: DriveScene) -> Scene:
        """Return the laps of a drive that is over."""
        ...

    def lap_page(self, driving: DriveScene, back: MenuScene) -> Scene:
        """Return the comparison of a drive's finished laps."""
        ...

    def circuits(self, back: MenuScene, *, to_drive: bool = False) -> Scene:
        """Return the choice of a circuit, which leads to a drive there or to its title."""
        ...

    def open_circuit(
        self, name: str, back: MenuScene, *, weather: Weather | None = None, to_drive: bool
    ) -> Scene:
        """Return the way to another circuit: loading, then a drive there or its title.

        weather: there; None leaves it as it is. The scenes of the circuit before are no longer of
        use. The circuit that is open already, in the same weather, leads back. Raises InputError,
        and all stays, if there is no such circuit.
        """
        ...

    def daily(self, back: MenuScene) -> Scene:
        """Return the conditions of today, and what has been driven in them."""
        ...

    def open_day(self, day: Day) -> Scene:
        """Return the way to a drive in the conditions of a day: loading, then the drive.

        The scenes of the circuit before are no longer of use. Raises InputError, and all stays, if
        the car or the circuit cannot have them.
        """
        ...

    def practice(self, back: MenuScene) -> Scene:
        """Return the list of corners to practise."""
        ...

    def practise_corner(self, target: CornerTarget, back: MenuScene) -> Scene:
        """Return the drive of one corner, again and again."""
        ...

    def lessons(self, back: MenuScene) -> Scene:
        """Return the list of lessons."""
        ...

    def lesson(self, name: str, targets: Targets, back: MenuScene) -> Scene:
        """Return the lesson of this name, driven through the corners of the targets."""
        ...

    def pause_exercise(self, exercise: ExerciseDriving, reason: str = "") -> Scene:
        """Return the menu over an exercise that stands still."""
        ...

    def replays(self, back: MenuScene, choose: Callable[[Path, str], Scene] | None = None) -> Scene:
        """Return the list of kept laps; `choose` takes file and name of one, else it is watched."""
        ...

    def open_replay(self, path: Path, back: MenuScene, name: str = "", lap: int = 0) -> Scene:
        """Return the way to a replay in a file: loading, then the replay, from one of its laps.

        name: what it is called on the screen, else as its file. On another circuit, or in other
        weather, the scenes made before are no longer of use. Raises InputError, and all stays, if
        the file is no replay, or is of a circuit or car that is not here as it was.
        """
        ...

    def open_recording(
        self,
        recording: Recording,
        back: MenuScene,
        liveries: Sequence[Livery] = (),
        followed: int = 0,
    ) -> Scene:
        """Return the way to a drive up to now as a replay.

        liveries: of its cars, if they are not the usual ones; followed: the car that is followed.
        """
        ...

    def photo(self, picture: DrivePicture, back: Scene) -> Scene:
        """Return photo mode for a drive that stands still."""
        ...

    def settings(self, back: MenuScene) -> Scene:
        """Return the settings."""
        ...

    def hud_editor(self, back: Scene, behind: Picture) -> Scene:
        """Return the editor of the instruments over a picture."""
        ...

    def setup(self, back: MenuScene) -> Scene:
        """Return the setup."""
        ...

    def loading(
        self, steps: Iterator[float], then: Callable[[], Scene], activity: str, back: Scene
    ) -> Scene:
        """Return a wait for work in steps, which the player can leave."""
        ...
