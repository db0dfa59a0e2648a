"""See a drive as one of its players does: with a car of their own that is followed."""

from __future__ import annotations

from typing import Protocol

from game.app.driving.drive import Drive
from game.app.driving.driven_car import DrivenCar
from game.app.driving.qualifying_board import QualifyingBoard
from game.app.driving.race_board import RaceBoard
from game.app.ui.palette import Colour
from game.simulation.world import World
from game.track.track import Track


class SeenDrive(Protocol):
    """Is what camera, instruments and sound need to know of a drive."""

    cap_kwh: float
    own_colour: Colour  # of the followed car, where colours tell cars apart

    @property
    def track(self) -> Track:
        """Return the circuit."""
        ...

    @property
    def world(self) -> World:
        """Return the world of the cars."""
        ...

    @property
    def cars(self) -> tuple[DrivenCar, ...]:
        """Return all cars."""
        ...

    @property
    def followed(self) -> DrivenCar:
        """Return the car that is followed."""
        ...

    @property
    def time_s(self) -> float:
        """Return the simulated time since the start."""
        ...

    @property
    def race_board(self) -> RaceBoard | None:
        """Return the race that the cars are in, as it is shown; None without one."""
        ...

    @property
    def qualifying_board(self) -> QualifyingBoard | None:
        """Return the qualifying that the drive is, as it is shown; None if it is none."""
        ...


class PlayersDrive:
    """A drive of several players, as the one in this car sees it."""

    def __init__(self, drive: Drive, followed: DrivenCar) -> None:
        self.drive = drive
        self.followed = followed
        self.own_colour = followed.entry.livery.signal
        self.cap_kwh = 0.0  # laps beside another person's are compared by nothing but time

    @property
    def track(self) -> Track:
        """Return the circuit."""
        return self.drive.track

    @property
    def world(self) -> World:
        """Return the world of the cars."""
        return self.drive.world

    @property
    def cars(self) -> tuple[DrivenCar, ...]:
        """Return all cars."""
        return self.drive.cars

    @property
    def time_s(self) -> float:
        """Return the simulated time since the start."""
        return self.drive.time_s

    @property
    def race_board(self) -> RaceBoard | None:
        """Return the race as it is shown to the one in this car; None without one."""
        return self.drive.board_of(self.followed)

    @property
    def qualifying_board(self) -> QualifyingBoard | None:
        """Return the qualifying as it is shown to the one in this car; None if it is none."""
        return self.drive.find_qualifying(self.followed)
