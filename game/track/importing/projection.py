"""Project latitudes and longitudes onto the plane that touches the earth there, in metres.

pymap3d does the geodesy: it is 65 kB of plain Python, where the bindings to PROJ are 9 MB with a
data base of all the world's maps, of which a circuit needs the tangent plane alone. Over the 3 km
from the middle of a circuit to its end, that plane is true to a millimetre.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.translation import _

_MAX_SPAN_DEG: Final = 1.0  # some 100 km; no circuit has half of that


class Plane(NamedTuple):
    """Puts places on a plane, which touches the earth at one of them."""

    points_m: Array  # shape (n, 2), x east and y north
    origin_deg: tuple[float, float]


def on_plane(latitude_deg: Array, longitude_deg: Array) -> Plane:
    """Return places of shape (n,) on the plane that touches the earth in their middle.

    Raises ValueError with one line if they are no latitudes and longitudes, or too far apart.
    """
    from pymap3d.enu import geodetic2enu

    if np.abs(latitude_deg).max() > 90.0 or np.abs(longitude_deg).max() > 360.0:
        raise ValueError(_("has latitudes beyond 90 or longitudes beyond 180 degrees"))
    # A circuit on the date line has longitudes of 180 and -180.
    longitude_deg = longitude_deg[0] + (longitude_deg - longitude_deg[0] + 180.0) % 360.0 - 180.0
    spans_deg = [float(np.ptp(each)) for each in (latitude_deg, longitude_deg)]
    if max(spans_deg) > _MAX_SPAN_DEG:
        text = _("spans {span:.1f} degrees of the earth: no circuit does")
        raise ValueError(text.format(span=max(spans_deg)))
    middle = [
        round(float(0.5 * (each.min() + each.max())), 7) for each in (latitude_deg, longitude_deg)
    ]
    east_m, north_m, _up = geodetic2enu(latitude_deg, longitude_deg, 0.0, middle[0], middle[1], 0.0)
    return Plane(np.column_stack([east_m, north_m]), (middle[0], middle[1]))
