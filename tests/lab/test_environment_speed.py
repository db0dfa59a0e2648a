"""The speeds of the environments are told with what they are relative to."""

import pytest
from pytest import approx

from game.compiled import numba_is_installed
from game.lab.environment_speed import environment_speed


@pytest.mark.filterwarnings("ignore:builtin type:DeprecationWarning")  # an error would crash SWIG
@pytest.mark.skipif(not numba_is_installed(), reason="the vector needs the extra `fast`")
def test_speeds_are_told_in_steps_in_real_time_and_beside_the_peer():
    speed = environment_speed(quick=True)
    for kind in ("rays", "pixels", "vector"):
        steps = speed[f"environment_{kind}_steps_per_s"]
        assert speed[f"environment_{kind}_realtime"] == approx(steps / 60.0)
        assert steps > 0.0
    peer = speed["peer_carracing_pixels_realtime"]
    assert peer == approx(speed["peer_carracing_pixels_steps_per_s"] / 50.0)
    assert speed["environment_rays_per_peer_carracing"] == approx(
        speed["environment_rays_realtime"] / peer
    )
