"""Run one drive in the window: cars on a circuit with their drivers, restarts and resets."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from game.app.driving.driven_car import CarEntry, DrivenCar
from game.app.driving.qualifying_board import QualifyingBoard
from game.app.driving.race_board import RaceBoard
from game.app.ui.palette import RED, Colour
from game.recording.car_label import CarLabel
from game.recording.replay_recorder import Recording, ReplayRecorder
from game.recording.world_history import DriveMoment, SavedHistory, WorldHistory
from game.session import Listener, SavedSession, Session
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.track import Track


class Drive:
    """A drive has cars on a track and their drivers; camera and instruments follow one of them."""

    def __init__(
        self, track: Track, entries: Sequence[CarEntry], *, goes_back: bool = False
    ) -> None:
        """Put the cars on the grid in the order of the entries; the first one is followed.

        goes_back: whether `go_back` will be asked for, to moments of `history`.
        """
        self._goes_back = goes_back
        self.number = 0  # of the starts
        self.track = track
        self.cars = tuple(self.new_car(number, entry) for number, entry in enumerate(entries))
        self.followed = next(iter(self.cars))
        self.own_colour: Colour = RED  # of the followed car on maps, whatever it wears
        self.cap_kwh = 0.0  # on a lap's energy, what is regained taken off; 0: none
        # The qualifying that the drive is, as it is shown to the driver of a car.
        self.find_qualifying: Callable[[DrivenCar], QualifyingBoard | None] = _no_qualifying
        self._starts: tuple[Start, ...] = ()  # of the world that there is
        self.restart()

    def new_car(self, number: int, entry: CarEntry) -> DrivenCar:
        """Return a car of the drive."""
        return DrivenCar(number, entry, self.track)

    def restart(self) -> None:
        """Start again from the grid, as in a fresh world; the best laps are kept."""
        boxes = self.track.grid
        self.begin(
            *(
                car.start_at(Pose(*boxes[car.number][:3]), boxes[car.number].s_m)
                for car in self.cars
            )
        )

    def begin(self, *starts: Start) -> None:
        """Start again from these starts, one for each car."""
        if _enters_again(self._starts, starts):
            self.world.restart(*starts)
        else:
            self.world: World = self.new_world(starts)
        self._starts = starts
        self._inputs = ReplayRecorder(self.world, lambda: self.session.controls, self.labels())
        self.began = datetime.datetime.now()  # by the clock on the player's wall
        recorders = [each for car in self.cars for each in car.listeners()]
        self.session = self.new_session([*recorders, *self.judges(), self._inputs])
        self.number += 1
        self._before_practice: Recording | None = None
        self.history: WorldHistory | None = None
        if self._goes_back:
            self.history = WorldHistory(self.world, lambda: self.session.controls)
            self.session.listeners += (self.history,)
        for car in self.cars:
            car.begin(self.session)

    def labels(self) -> Sequence[CarLabel]:
        """Return what replays keep of the cars' names and looks; nothing for those of one car."""
        return ()

    def new_world(self, starts: Sequence[Start]) -> World:
        """Return a world of cars that start so."""
        return World(self.track, starts)

    def new_session(self, listeners: Sequence[Listener]) -> Session:
        """Return a session in the world, with the drivers of the cars."""
        drivers = [car.entry.make_driver() for car in self.cars]
        return Session(self.world, drivers, listeners, ticks_per_step=1)

    @property
    def is_practice(self) -> bool:
        """Return whether laps do not count: the drive went back, or time ran slowly."""
        return self.followed.is_practice

    def begin_practice(self) -> None:
        """Let no lap count any more, nor be recorded, until the next start."""
        if self.is_practice:
            return
        self._before_practice = self._inputs.recording()
        for car in self.cars:
            car.begin_practice()
        self.session.listeners = tuple(
            each for each in self.session.listeners if each is not self._inputs
        )

    def go_back(self, to: DriveMoment | SavedHistory, session: SavedSession) -> None:
        """Return to a moment of the history, or along another way, at which the session was as
        saved: it is practice from then on.

        Raises ValueError for a drive that does not go back.
        """
        if self.history is None:
            raise ValueError("the drive has no history")
        self.begin_practice()
        if isinstance(to, SavedHistory):
            self.history.restore(to)
        else:
            self.history.go_back(to)
        self.world = self.history.world
        self.session.resume(self.world, session)

    def judges(self) -> tuple[Listener, ...]:
        """Return those who judge the next session, from its start; nobody does a free drive."""
        return ()

    def reset_to_track(self, car: DrivenCar | None = None) -> None:
        """Put a car, or else the followed one, at rest on the centreline beside where it is."""
        car = car or self.followed
        s_m = car.now.s_m
        pose = self.track.centreline.pose(s_m)
        self.session.place(car.number, pose, s_m)
        self._inputs.place(car.number, pose, s_m)
        if self.history is not None:
            self.history.place(car.number, pose, s_m)
        car.skip_motion()

    def recording(self) -> Recording:
        """Return the drive up to now, or to where it became practice, to be replayed."""
        return self._before_practice or self._inputs.recording()

    def step(self, ticks: int) -> None:
        """Run the ticks of one frame."""
        for car in self.cars:
            car.begin_frame()
        for _ in range(ticks):
            for car in self.cars:
                car.before_tick()
            step = self.session.step()
            for car in self.cars:
                car.after_tick(step)

    @property
    def race_board(self) -> RaceBoard | None:
        """Return the race that the cars are in, as it is shown; None without one."""
        return self.board_of(self.followed)

    def board_of(self, car: DrivenCar) -> RaceBoard | None:  # noqa: ARG002
        """Return the race as it is shown to the driver of a car; None without one."""
        return None

    @property
    def qualifying_board(self) -> QualifyingBoard | None:
        """Return the qualifying that the drive is, as it is shown; None if it is none."""
        return self.find_qualifying(self.followed)

    @property
    def time_s(self) -> float:
        """Return the simulated time since the start."""
        return self.world.time_s


def _no_qualifying(_car: DrivenCar) -> None:
    """Show no qualifying."""


def _enters_again(before: Sequence[Start], after: Sequence[Start]) -> bool:
    """Return whether a lone car starts again, the same with the same setup.

    Its world restarts to the bit as a fresh one, which takes as long as a frame to build.
    """
    if not len(before) == len(after) == 1:
        return False
    was, now = before[0], after[0]
    return was.spec is now.spec and (was.setup, was.damage) == (now.setup, now.damage)
