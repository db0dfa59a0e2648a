"""Make the scenes, in the one place that knows for which circuit and car."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from game.app.car.livery import Livery
from game.app.car.settings import chosen_livery
from game.app.context import display
from game.app.context.app_context import AppContext
from game.app.context.settings import with_part
from game.app.driving.drive import Drive
from game.app.driving.drive_picture import DrivePicture
from game.app.driving.race_field import RaceEntrant
from game.app.menus.menu import MenuScene
from game.app.menus.routes import (
    DriveScene,
    ExerciseDriving,
    QualifyingDriving,
    RaceDriving,
    SessionDriving,
    SplitDriving,
)
from game.app.menus.scene import Scene
from game.app.replays.clip_ahead import ClipAhead, ClipMaker, no_clips
from game.app.replays.opened import OpenedReplay, opened, opened_replay
from game.app.replays.replay_drive import ReplayDrive
from game.app.scenes.circuits import CircuitsScene
from game.app.scenes.corner_practice import CornerPracticeScene
from game.app.scenes.daily import DailyScene
from game.app.scenes.driving import DrivingScene
from game.app.scenes.exercise import ExercisePausedScene
from game.app.scenes.hud_editor import HudEditorScene
from game.app.scenes.lap_page import LapPageScene
from game.app.scenes.lesson import LessonScene
from game.app.scenes.lesson_plan import LESSONS
from game.app.scenes.lessons import LessonsScene
from game.app.scenes.loading import LoadingScene
from game.app.scenes.loading_steps import loading_steps, settled
from game.app.scenes.paused import PausedScene
from game.app.scenes.photo import PhotoScene
from game.app.scenes.player_drive import player_drive
from game.app.scenes.player_qualifying import player_qualifying, qualifying_of_two
from game.app.scenes.player_race import chosen_grid, field_of, field_wanted, race_from, race_steps
from game.app.scenes.practice import PracticeScene
from game.app.scenes.qualifying import QualifyingScene
from game.app.scenes.race import RaceScene
from game.app.scenes.race_choice import RaceChoiceScene
from game.app.scenes.race_paused import RacePausedScene
from game.app.scenes.race_result import RaceResultScene
from game.app.scenes.replay import ReplayScene, ReplayTitle
from game.app.scenes.replay_menu import ReplayMenuScene
from game.app.scenes.replays import ReplaysScene
from game.app.scenes.result import ResultScene
from game.app.scenes.settings import SettingsScene
from game.app.scenes.split import SplitScene
from game.app.scenes.split_paused import SplitPausedScene
from game.app.scenes.split_qualifying import SplitQualifyingScene
from game.app.scenes.split_race import SplitRaceScene
from game.app.scenes.split_result import SplitResultScene
from game.app.scenes.starting_grid import StartingGridScene
from game.app.scenes.title import TitleScene
from game.app.scenes.two_player_drive import drive_of_two, split_steps, ticks_wanted
from game.app.scenes.two_players import TwoPlayersScene
from game.app.setup.model.exchange import SETUP_SUFFIX, import_and_load
from game.app.setup.model.garage import Garage
from game.app.setup.setup_scene import SetupScene
from game.app.ui.backdrop import Picture
from game.app.venue.circuit_import import CIRCUIT_SUFFIXES, CircuitImport, is_circuit
from game.app.venue.circuit_survey import CircuitSurvey
from game.app.venue.field_ahead import FieldWanted
from game.app.venue.venue import Venue
from game.errors import InputError
from game.goals.day_target import Day, day_car
from game.goals.targets import CornerTarget, Targets
from game.recording.replay import REPLAY_SUFFIX
from game.recording.replay_recorder import Recording, replay_of
from game.track.track import Track, load_track
from game.translation import N_, _
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec, in_weather
from game.weather.weather import Weather, weather_names

_LEARNING: Final = N_("The bots are learning the circuit")


class SceneRoutes:
    """Makes scenes for the garage there is; scenes made before a change are no longer of use."""

    def __init__(self, garage: Garage, make_clip: ClipMaker = no_clips) -> None:
        """make_clip: films a part of a replay in a worker."""
        self.garage = garage
        self._clips = ClipAhead(make_clip, garage.context.notice.show)
        self._survey = CircuitSurvey()
        self._imports = CircuitImport(garage.context.notice.show)

    @property
    def venue(self) -> Venue:
        """Return the circuit that scenes are made for."""
        return self.garage.venue

    @property
    def context(self) -> AppContext:
        """Return what lives as long as the window."""
        return self.garage.context

    def change_circuit(self, track: Track) -> None:
        """Move the car to another circuit; ends all work in the background for this one."""
        self.garage = self.garage.move_to(track, self.garage.spec)

    def change_car(self, spec: CarSpec, setup: Setup) -> None:
        """Put another car into the garage; ends all work in the background for this one."""
        self.garage = self.garage.with_car(spec, setup)

    def poll(self) -> None:
        """Collect the results of all work in the background; once a frame."""
        self.garage.poll()
        self._imports.poll()
        self._clips.poll()

    def take_file(self, path: Path, scene: Scene) -> Scene:
        """Take a file that was dropped on a scene, a circuit or a setup; return the next scene."""
        if path.suffix == REPLAY_SUFFIX:
            return self._take_replay(path, scene)
        if not is_circuit(path):
            self._take_setup(path)
            return scene
        self._imports.begin(path)
        if isinstance(scene, TitleScene | PausedScene):
            return self.circuits(scene, to_drive=isinstance(scene, PausedScene))
        if not isinstance(scene, CircuitsScene):
            text = _("importing {file}; it will be among the circuits")
            self.context.notice.show(text.format(file=path.name))
        return scene

    def _take_replay(self, path: Path, scene: Scene) -> Scene:
        """Watch a replay that was dropped on a scene; a drive under way is left."""
        watched: Scene = scene
        back = scene if isinstance(scene, MenuScene) else self.title()
        if isinstance(scene, ReplayMenuScene):
            watched, back = scene.replay, scene.back
        try:
            replay = self.open_replay(path, back)
        except InputError as error:
            self.context.notice.show(str(error))
            return scene
        if isinstance(watched, ReplayScene):
            watched.close()
        return replay

    def _take_setup(self, path: Path) -> None:
        if path.suffix == SETUP_SUFFIX:
            import_and_load(self.garage, path)
            return
        text = _("{path}: is neither setup ({suffix}), replay ({replay}) nor circuit ({suffixes})")
        suffixes = ", ".join(CIRCUIT_SUFFIXES)
        self.context.notice.show(
            text.format(path=path, suffix=SETUP_SUFFIX, replay=REPLAY_SUFFIX, suffixes=suffixes)
        )

    def close(self) -> None:
        """Close the garage, the venue and the context."""
        self._survey.stop()
        self._imports.close()
        self._clips.close()
        self.garage.close()
        self.venue.close()
        self.context.close()

    def title(self) -> TitleScene:
        """Return the title, with the bot on the circuit behind it."""
        return TitleScene(self.garage, self)

    def drive(self) -> DrivingScene:
        """Return the player's drive, on the grid with the garage's setup."""
        driving = self.watch(player_drive(self.garage))
        driving.start()
        return driving

    def race_choice(self, back: MenuScene) -> RaceChoiceScene:
        """Return the choice of a race; its field is prepared meanwhile."""
        self.garage.prepare_field(field_wanted(self.garage))
        return RaceChoiceScene(self.garage, self, back)

    def race(self, back: Scene) -> Scene:
        """Return the way to the race of the settings: plans, the field's cars, then the grid; or
        the qualifying before all that.

        back: for a player who does not want to wait for the bots' plans.
        """
        if self.context.settings.race.grid == "qualifying":
            return self.qualify()
        return self._race(1, back)

    def race_from(self, grid: Sequence[RaceEntrant], back: Scene) -> LoadingScene:
        """Return the way to a race from a grid, of one player or of two."""
        wanted = field_of(self.garage, grid)
        return self._with_field(wanted, lambda _: self._lined_up(grid), back)

    def _race(self, players: int, back: Scene) -> LoadingScene:
        """Return the way to a race whose grid is found without qualifying."""
        garage = self.garage

        def line_up(laps_s: Sequence[float]) -> LoadingScene:
            return self._lined_up(chosen_grid(garage, players, laps_s))

        return self._with_field(field_wanted(garage, players), line_up, back)

    def _lined_up(self, grid: Sequence[RaceEntrant]) -> LoadingScene:
        """Return the last wait before a race: its cars are painted, and the ground in view."""
        garage, race = self.garage, race_from(self.garage, grid)
        racing: RaceScene | SplitRaceScene
        if len(race.players) == 1:
            racing = RaceScene(garage, self, race)
            steps = race_steps(racing, racing.view(display.window_size()))
        else:
            racing = SplitRaceScene(garage, self, race)
            steps = split_steps(racing, display.window_size())
        return self.loading(steps, lambda: settled(racing), N_("The field lines up"))

    def qualify(self) -> QualifyingScene:
        """Return the player's qualifying for the race of the settings."""
        garage = self.garage
        wanted = field_wanted(garage)
        garage.prepare_field(wanted)
        return QualifyingScene(garage, self, player_qualifying(garage, wanted), wanted)

    def starting_grid(self, driving: QualifyingDriving) -> Scene:
        """Return the grid that a qualifying comes to, or the wait until bots have their times."""
        if driving.qualifying.has_bots:
            return StartingGridScene(self.garage, self, driving)
        back = driving.pause()

        def then() -> Scene:
            if driving.qualifying.has_bots:
                return StartingGridScene(self.garage, self, driving)
            self.context.notice.show(self.garage.field_ahead.error)
            return back

        return self.loading(driving.planning(), then, _LEARNING, back)

    def _with_field(
        self,
        wanted: FieldWanted,
        line_up: Callable[[Sequence[float]], Scene],
        back: Scene,
        activity: str = _LEARNING,
    ) -> LoadingScene:
        """Return the wait for a field's plans; `line_up` takes the laps that its bots plan."""
        ahead = self.garage.field_ahead

        def then() -> Scene:
            laps_s = ahead.laps_s(wanted)
            if laps_s is None:
                self.context.notice.show(ahead.error)
                return back
            return line_up(laps_s)

        steps = ahead.wait(wanted)
        return LoadingScene(self.venue, steps, then, activity, back, shows_first=True)

    def two_players(self, back: MenuScene) -> TwoPlayersScene:
        """Return the choice of what two players at this machine do together."""
        return TwoPlayersScene(self.garage, self, back)

    def drive_two(self, back: Scene) -> LoadingScene:
        """Return the way to the free drive of two players."""
        garage = self.garage

        def line_up(_laps_s: Sequence[float]) -> LoadingScene:
            driving = SplitScene(garage, self, drive_of_two(garage))
            driving.start()
            steps = split_steps(driving, display.window_size())
            return self.loading(steps, lambda: settled(driving))

        return self._with_field(ticks_wanted(garage), line_up, back, N_("The field lines up"))

    def race_two(self, back: Scene) -> LoadingScene:
        """Return the way to the race of the settings for two players."""
        if self.context.settings.race.grid == "qualifying":
            return self.qualify_two(back)
        return self._race(2, back)

    def qualify_two(self, back: Scene) -> LoadingScene:
        """Return the way to the qualifying of two players, whose field is prepared meanwhile."""
        garage = self.garage
        wanted = field_wanted(garage, players=2)

        def line_up(_laps_s: Sequence[float]) -> LoadingScene:
            garage.prepare_field(wanted)
            qualifying = qualifying_of_two(garage, wanted)
            driving = SplitQualifyingScene(garage, self, qualifying, wanted)
            steps = split_steps(driving, display.window_size())
            return self.loading(steps, lambda: settled(driving))

        return self._with_field(ticks_wanted(garage), line_up, back, N_("The field lines up"))

    def pause_two(self, driving: SplitDriving, reason: str = "") -> SplitPausedScene:
        """Return the menu over a drive of two players that stands still."""
        return SplitPausedScene(self.garage, self, driving, reason)

    def result_of_two(self, driving: SplitDriving) -> SplitResultScene:
        """Return the laps of a free drive of two players that is over."""
        return SplitResultScene(self.garage, self, driving)

    def pause_race(self, racing: SessionDriving, reason: str = "") -> RacePausedScene:
        """Return the menu over a race, or a qualifying, that stands still."""
        return RacePausedScene(self.garage, self, racing, reason)

    def race_result(self, racing: RaceDriving) -> RaceResultScene:
        """Return the result of a race, which goes on meanwhile for cars that have not finished."""
        return RaceResultScene(self.garage, self, racing)

    def watch(self, drive: Drive) -> DrivingScene:
        """Return a drive that is under way."""
        return DrivingScene(self.garage, self, drive)

    def pause(self, driving: DriveScene, reason: str = "") -> PausedScene:
        """Return the menu over a drive that stands still; reason: why, unless the player asked."""
        return PausedScene(self.garage, self, driving, reason)

    def result(self, driving: DriveScene) -> ResultScene:
        """Return the laps of a drive that is over."""
        return ResultScene(self.garage, self, driving)

    def lap_page(self, driving: DriveScene, back: MenuScene) -> LapPageScene:
        """Return the comparison of a drive's finished laps."""
        return LapPageScene(self.garage, driving, back)

    def circuits(self, back: MenuScene, *, to_drive: bool = False) -> CircuitsScene:
        """Return the choice of a circuit, which leads to a drive there or to its title."""
        return CircuitsScene(
            self.garage, self, self._survey, self._imports, back, to_drive=to_drive
        )

    def open_circuit(
        self, name: str, back: MenuScene, *, weather: Weather | None = None, to_drive: bool
    ) -> Scene:
        """Return the way to another circuit: loading, then a drive there or its title.

        weather: there; None leaves it as it is.

        Raises InputError, and all stays, if there is no such circuit.
        """
        track = load_track(name)
        spec = self.garage.spec if weather is None else in_weather(self.garage.spec, weather)
        is_here = track is self.garage.track and spec == self.garage.spec
        if is_here and self.garage.day is None:
            return back
        self.garage = self.garage.move_to(track, spec)
        settings = msgspec.structs.replace(self.context.settings, circuit=name)
        if weather is not None and weather.name in weather_names():  # else it has no place there
            settings = with_part(settings, weather.name, "drive", "weather")
        self.context.apply(settings)
        return self.opened(display.window_size(), to_drive=to_drive)

    def daily(self, back: MenuScene) -> DailyScene:
        """Return the conditions of today, and what has been driven in them."""
        return DailyScene(self.garage, self, self._survey, back)

    def open_day(self, day: Day) -> Scene:
        """Return the way to a drive in the conditions of a day: loading, then the drive.

        Raises InputError, and all stays, if the car or the circuit cannot have them.
        """
        track, spec = load_track(day.conditions.track), day_car(day.conditions, self.garage.spec)
        self.garage = self.garage.move_to(track, spec, day)
        return self.opened(display.window_size(), to_drive=True)

    def opened(self, size: tuple[int, int], *, to_drive: bool) -> LoadingScene:
        """Return loading, then a drive or the title, in a window of this size."""
        if to_drive:
            driving = self.drive()
            return self.loading(
                loading_steps(driving, driving.view(size)), lambda: settled(driving)
            )
        title = self.title()
        view = title.attract_mode.view(size)

        def then() -> Scene:
            title.attract_mode.begin_if_ready()
            return settled(title)

        return self.loading(loading_steps(title, view), then)

    def replays(
        self, back: MenuScene, choose: Callable[[Path, str], Scene] | None = None
    ) -> ReplaysScene:
        """Return the list of kept laps; `choose` takes file and name of one, else it is watched."""
        return ReplaysScene(self.garage, self, back, choose)

    def open_replay(self, path: Path, back: MenuScene, name: str = "", lap: int = 0) -> Scene:
        """Return the way to a replay in a file: loading, then the replay, from one of its laps.

        Raises InputError, and all stays, if the file is no replay, or is of a circuit or car that
        is not here as it was.
        """
        return self._replayed(
            opened_replay(path, self.garage), back, ReplayTitle(name or path.stem, lap)
        )

    def open_recording(
        self,
        recording: Recording,
        back: MenuScene,
        liveries: Sequence[Livery] = (),
        followed: int = 0,
    ) -> LoadingScene:
        """Return the way to a drive up to now as a replay.

        liveries: of its cars, if they are not the usual ones; followed: the car that is followed.
        """
        title = ReplayTitle(_("This drive"))
        found = opened(replay_of(recording), self.garage, title.name)
        return self._replayed(found, back, title, liveries, followed)

    def _replayed(
        self,
        found: OpenedReplay,
        back: MenuScene,
        title: ReplayTitle,
        liveries: Sequence[Livery] = (),
        followed: int = 0,
    ) -> LoadingScene:
        """Return loading, then a replay, where it was driven."""
        if found.track is not self.garage.track or found.spec != self.garage.spec:
            self.garage = self.garage.move_to(found.track, found.spec)
            back = self.title()  # that of the circuit before is no longer of use
        garage, own = self.garage, chosen_livery(self.context.settings.car)
        drive = ReplayDrive(found.replay, garage.track, garage.spec, liveries or (own,))
        drive.follow(followed)
        scene = ReplayScene(
            garage,
            self,
            drive,
            title,
            lambda replay: ReplayMenuScene(garage, self, replay, back),
            self._clips,
        )
        return self.loading(
            loading_steps(scene, scene.view(display.window_size())), lambda: settled(scene)
        )

    def practice(self, back: MenuScene) -> PracticeScene:
        """Return the list of corners to practise."""
        return PracticeScene(self.garage, self, back)

    def practise_corner(self, target: CornerTarget, back: MenuScene) -> CornerPracticeScene:
        """Return the practice of one corner."""
        return CornerPracticeScene(self.garage, self, target, back)

    def lessons(self, back: MenuScene) -> LessonsScene:
        """Return the list of lessons."""
        return LessonsScene(self.garage, self, back)

    def lesson(self, name: str, targets: Targets, back: MenuScene) -> LessonScene:
        """Return the lesson of this name, driven through the corners of the targets."""
        lesson = next(each for each in LESSONS if each.name == name)
        return LessonScene(self.garage, self, lesson, targets, back)

    def pause_exercise(self, exercise: ExerciseDriving, reason: str = "") -> ExercisePausedScene:
        """Return the menu over an exercise that stands still."""
        return ExercisePausedScene(self.garage, self, exercise, reason)

    def photo(self, picture: DrivePicture, back: Scene) -> PhotoScene:
        """Return photo mode for a drive that stands still."""
        return PhotoScene(self.venue, picture, back)

    def settings(self, back: MenuScene) -> SettingsScene:
        """Return the settings."""
        return SettingsScene(self.garage, self, back)

    def hud_editor(self, back: Scene, behind: Picture) -> HudEditorScene:
        """Return the scene for arranging the instruments over a picture."""
        return HudEditorScene(self.garage, back, behind)

    def setup(self, back: MenuScene) -> SetupScene:
        """Return the setup."""
        return SetupScene(self.garage, self, back)

    def loading(
        self,
        steps: Iterator[float],
        then: Callable[[], Scene],
        activity: str = N_("Painting the circuit"),
        back: Scene | None = None,
    ) -> LoadingScene:
        """Return a wait for work in steps; with a scene to go back to, the player can leave it."""
        return LoadingScene(self.venue, steps, then, activity, back)
