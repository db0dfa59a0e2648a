"""Gather what is heard of a drive in the followed car, or in those of two players at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.app.driving.driven_car import DrivenCar
from game.app.driving.seen_drive import SeenDrive
from game.app.driving.trackside_sounds import TracksideSounds
from game.app.sound.ambience import louder_of
from game.app.sound.audio_features import AudioFeatures, audio_features
from game.app.sound.placement import SoundPlacement, placement_of
from game.app.sound.soundscape import HeardCar, Soundscape
from game.app.view.road_feel import road_feel_of

_MAX_CARS: Final = 4  # other cars at once: in a crowd the nearer ones drown the rest
# Two players hear their cars from the sides of their halves: far apart, but not in one ear alone.
_PERSONS: Final = (SoundPlacement(0.8, right=0.2), SoundPlacement(0.8, right=0.8))
_ASIDE: Final = 0.4  # of the way to a side, from a person's own, that other cars are heard


def soundscape_in(drive: SeenDrive, trackside: TracksideSounds) -> Soundscape:
    """Return the followed car, those near it, and what is beside the track, as they are now."""
    ambience = trackside.heard_at(drive.followed.now)
    return Soundscape(_features(drive, drive.followed), others_heard(drive), ambience)


def shared_soundscape(
    drive: SeenDrive, players: Sequence[DrivenCar], trackside: TracksideSounds
) -> Soundscape:
    """Return what two players hear at one machine: each car on its side, others by the nearer."""
    first, second = players
    own = HeardCar(second.number, second.spec, _features(drive, second), _PERSONS[1])
    near = []
    for car in drive.cars:
        if car in players:
            continue
        heard = [placement_of(person.now, car.now) for person in players]
        louder = max(range(len(heard)), key=lambda number: heard[number].gain)
        placement = heard[louder]
        if placement.gain > 0.0:
            right = _PERSONS[louder].right + _ASIDE * (placement.right - 0.5)
            near.append((placement._replace(right=right), car))
    ambience = louder_of(*(trackside.heard_at(person.now) for person in players))
    others = (own, *_loudest(drive, near))
    return Soundscape(_features(drive, first), others, ambience, _PERSONS[0])


def others_heard(drive: SeenDrive) -> tuple[HeardCar, ...]:
    """Return the other cars near enough to be heard, the loudest ones if there are many."""
    listener = drive.followed.now
    near = []
    for car in drive.cars:
        if car is not drive.followed:
            placement = placement_of(listener, car.now)
            if placement.gain > 0.0:
                near.append((placement, car))
    return _loudest(drive, near)


def _loudest(
    drive: SeenDrive, near: Sequence[tuple[SoundPlacement, DrivenCar]]
) -> tuple[HeardCar, ...]:
    """Return the loudest of the cars that can be heard."""
    loudest = sorted(near, key=lambda found: -found[0].gain)[:_MAX_CARS]
    return tuple(
        HeardCar(car.number, car.spec, _features(drive, car), placement)
        for placement, car in loudest
    )


def _features(drive: SeenDrive, car: DrivenCar) -> AudioFeatures:
    feel = road_feel_of(car.now, drive.track.tables.surfaces, car.hit_ns)
    return audio_features(car.now, feel, car.spec)
