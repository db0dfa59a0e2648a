"""Gather what is heard of a drive in the followed car."""

from __future__ import annotations

from typing import Final

from game.app.driving.drive import Drive
from game.app.driving.driven_car import DrivenCar
from game.app.driving.trackside_sounds import TracksideSounds
from game.app.sound.audio_features import AudioFeatures, audio_features
from game.app.sound.placement import placement_of
from game.app.sound.soundscape import HeardCar, Soundscape
from game.app.view.road_feel import road_feel_of

_MAX_CARS: Final = 4  # other cars at once: in a crowd the nearer ones drown the rest


def soundscape_in(drive: Drive, trackside: TracksideSounds) -> Soundscape:
    """Return the followed car, those near it, and what is beside the track, as they are now."""
    ambience = trackside.heard_at(drive.followed.now)
    return Soundscape(_features(drive, drive.followed), others_heard(drive), ambience)


def others_heard(drive: Drive) -> tuple[HeardCar, ...]:
    """Return the other cars near enough to be heard, the loudest ones if there are many."""
    listener = drive.followed.now
    near = []
    for car in drive.cars:
        if car is not drive.followed:
            placement = placement_of(listener, car.now)
            if placement.gain > 0.0:
                near.append((placement, car))
    near.sort(key=lambda found: -found[0].gain)
    return tuple(
        HeardCar(car.number, car.spec, _features(drive, car), placement)
        for placement, car in near[:_MAX_CARS]
    )


def _features(drive: Drive, car: DrivenCar) -> AudioFeatures:
    feel = road_feel_of(car.now, drive.track.tables.surfaces, car.hit_ns)
    return audio_features(car.now, feel, car.spec)
