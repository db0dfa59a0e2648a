"""What a sky looks like: it lights the picture of a drive, and does not act on the drive."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from game.toml_files import Share, TomlTable

SunHeight = Annotated[float, Meta(ge=-6.0, le=90.0)]  # down to civil dusk
Bearing = Annotated[float, Meta(ge=0.0, le=360.0)]
Saturation = Annotated[float, Meta(ge=0.0, le=2.0)]
Contrast = Annotated[float, Meta(ge=-1.0, le=1.0)]

HEADLIGHTS_BELOW_DEG: Final = 5.0  # estimate: a low sun, by which drivers switch them on


class Sky(TomlTable, frozen=True, omit_defaults=True):
    """Describes the sky by how the ground below it is seen; what a file leaves out is of noon."""

    sun_height_deg: SunHeight = 50.0  # over the horizon
    sun_from_deg: Bearing = (
        318.4  # compass, in the picture: trees and houses are painted lit from it
    )
    cloud_cover: Share = 0.1  # of the sky; under 0.9 and more there are no shadows of single clouds
    light: tuple[Share, Share, Share] = (1.0, 1.0, 1.0)  # red, green, blue of what noon has
    saturation: Saturation = 1.0  # of colours, of noon's
    contrast: Contrast = 0.0  # more or less than noon's

    @property
    def is_dark(self) -> bool:
        """Return whether cars have their headlights on."""
        return self.sun_height_deg < HEADLIGHTS_BELOW_DEG
