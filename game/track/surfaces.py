"""Number the surfaces of a circuit, with their properties as a track file states them."""

from typing import Annotated, Final

import msgspec

from game.toml_files import TomlTable

TARMAC: Final = 0
KERB: Final = 1
PAINT: Final = 2  # painted run-off beside the kerbs
GRASS: Final = 3
GRAVEL: Final = 4
PIT_LANE: Final = 5  # pit lane and escape roads: tarmac that is no part of the track

SURFACE_NAMES: Final = ("tarmac", "kerb", "paint", "grass", "gravel", "pit_lane")

MAX_GRIP: Final = 1.5  # of any surface in a track file
# Estimates; of the grass and the gravel on which a car file states a compound's friction.
USUAL_GRASS_GRIP: Final = 0.45
USUAL_GRAVEL_GRIP: Final = 0.50


class Surface(TomlTable, frozen=True):
    """Holds the properties of one surface."""

    # A factor on the tyre's friction. On grass and gravel it is over the usual one above, of which
    # the car file says what friction a compound has.
    grip: Annotated[float, msgspec.Meta(gt=0.0, le=MAX_GRIP)]
    rolling_resistance: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]  # force per load
    roughness_m: Annotated[float, msgspec.Meta(ge=0.0, le=0.5)]  # height of its bumps
    counts_as_track: bool
    height_m: Annotated[float, msgspec.Meta(ge=0.0, le=0.2)] = 0.0  # above the tarmac
    # Of loose ground, through which wheels plough when they are slower than `slow_speed_mps`.
    slow_rolling_resistance: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] | None = None
    slow_speed_mps: Annotated[float, msgspec.Meta(ge=0.0, le=100.0)] = 0.0  # slow is below this

    @property
    def resistance_when_slow(self) -> float:
        """Return the rolling resistance below `slow_speed_mps`: as above it unless stated."""
        slow = self.slow_rolling_resistance
        return self.rolling_resistance if slow is None else slow


class Surfaces(TomlTable, frozen=True):
    """Holds the surfaces of one circuit, in the order of their numbers."""

    tarmac: Surface
    kerb: Surface
    paint: Surface
    grass: Surface
    gravel: Surface
    pit_lane: Surface

    def in_order(self) -> list[Surface]:
        """Return the surfaces, each at the index that is its number."""
        return [getattr(self, name) for name in SURFACE_NAMES]
