"""Describe the moments that sound is made of: the followed car, and where others are."""

from __future__ import annotations

from typing import NamedTuple

from game.app.sound.ambience import SILENCE, AmbienceFeatures
from game.app.sound.audio_features import AudioFeatures
from game.app.sound.placement import HERE, SoundPlacement
from game.vehicle.spec import CarSpec


class HeardCar(NamedTuple):
    """A heard car is near the followed one; its number names its voice from moment to moment."""

    number: int
    spec: CarSpec
    features: AudioFeatures
    placement: SoundPlacement


class Soundscape(NamedTuple):
    """Holds all that is heard at one moment."""

    followed: AudioFeatures
    others: tuple[HeardCar, ...] = ()
    ambience: AmbienceFeatures = SILENCE
    placement: SoundPlacement = HERE  # of the followed car, to one side where two are followed

    def with_hits_of(self, earlier: Soundscape) -> Soundscape:
        """Return this moment with the hardest contacts of an earlier one, which nobody heard."""
        hits = {other.number: other.features.hit for other in earlier.others}
        return self._replace(
            followed=_with_hit(self.followed, earlier.followed.hit),
            others=tuple(
                other._replace(features=_with_hit(other.features, hits.get(other.number, 0.0)))
                for other in self.others
            ),
        )


def _with_hit(features: AudioFeatures, hit: float) -> AudioFeatures:
    return features._replace(hit=hit) if hit > features.hit else features
