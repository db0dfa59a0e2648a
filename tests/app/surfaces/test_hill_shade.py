"""Hills are seen in the ground: lighter where it faces the sun; a flat one is painted as ever."""

import numpy as np
from hilly_oval import hilly_oval

from game.app.surfaces.hill_shade import hill_shade


def test_a_flat_circuit_has_no_shade():
    assert hill_shade(hilly_oval([], [])) is None


def test_what_falls_towards_the_sun_is_lighter_than_what_falls_away():
    track = hilly_oval([(0.0, 0.0), (180.0, 12.0), (357.0, 24.0), (540.0, 12.0)], [])
    light = hill_shade(track).light
    # Shadows fall to the south-east, so that the first straight, eastwards uphill, faces the sun.
    east_uphill, west_uphill = light[50], light[300]
    assert east_uphill > 0.02
    assert west_uphill < -0.02
    assert np.abs(light).max() <= 0.16
