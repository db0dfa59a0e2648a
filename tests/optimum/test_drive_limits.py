"""What the quasi-steady car can drive in a corner its equations of motion can keep there."""

import pytest
from pytest import approx

ca = pytest.importorskip("casadi")

from game.optimum.car_dynamics import (  # noqa: E402
    Commands,
    Motion,
    PlaceOnLap,
    Subject,
    dynamics,
)
from game.quasi_steady.axle import tyre_curve  # noqa: E402
from game.quasi_steady.cornering import QuasiSteadyCar  # noqa: E402
from game.quasi_steady.ggv_limits import FULL_PRECISION, max_longitudinal  # noqa: E402
from game.quasi_steady.track_conditions import TrackConditions  # noqa: E402
from game.simulation.split_table import own_shares  # noqa: E402
from game.vehicle.parts import make_car  # noqa: E402
from game.vehicle.setup import Setup  # noqa: E402
from game.vehicle.state import Ground  # noqa: E402

CHARGE = 0.9
ROLLING = 0.015
NO_KERB_M = 1000.0
SCALES = (1.0, 0.5, 10.0, 10.0, 0.1, 0.05, 0.05, 0.05, 0.05, 1.0, 10.0)  # of the unknowns


def kept(car, speed_mps, left_mps2, unknowns):
    """Return the car in steady motion, and by how much it misses that: all zero where it is one."""
    left_mps, yaw_radps, *others, pedal, along_mps2 = unknowns
    motion = Motion(0.0, 0.0, speed_mps, left_mps, yaw_radps, *others)
    kerb = tarmac = Ground(1.0, ROLLING)
    place = PlaceOnLap(0.0, NO_KERB_M, NO_KERB_M, car.front_torque_share, car.front_regen_share)
    moved = dynamics(Subject(car, CHARGE, tarmac, kerb), motion, Commands(pedal, 0.0), place)
    whole_mps = ca.sqrt(speed_mps**2 + left_mps**2)
    cos, sin = speed_mps / whole_mps, left_mps / whole_mps
    forward_mps2 = moved.rates[2] - yaw_radps * left_mps
    sideways_mps2 = moved.rates[3] + yaw_radps * speed_mps
    spins = zip(moved.rates[8:], moved.quantities[-4:], strict=True)
    return moved, [
        *moved.rates[4:7],
        sideways_mps2 * cos - forward_mps2 * sin - left_mps2,
        forward_mps2 * cos + sideways_mps2 * sin - along_mps2,
        yaw_radps - left_mps2 / whole_mps,
        *(0.01 * (rate - spin * along_mps2 / speed_mps) for rate, spin in spins),
    ]


def largest_drive_mps2(car, speed_mps, left_mps2):
    """Return the largest acceleration along the path at which no tyre slips beyond its peak."""
    scaled = ca.SX.sym("unknowns", len(SCALES))
    unknowns = [scaled[index] * scale for index, scale in enumerate(SCALES)]
    moved, missed = kept(car, speed_mps, left_mps2, unknowns)
    slips = moved.normalised_slips
    quiet = {"print_time": False, "ipopt.print_level": 0, "ipopt.sb": "yes"}
    search = ca.nlpsol(
        "search",
        "ipopt",
        {"x": scaled, "f": -unknowns[-1], "g": ca.vertcat(*missed, *slips)},
        quiet,
    )
    guess = [0.0, 2.0 * left_mps2 / speed_mps, 0.2, 0.1 * left_mps2, *[0.0] * 5, 0.5, 0.2]
    found = search(
        x0=guess,
        lbx=[*[-20.0] * 9, -1.0, -4.0],
        ubx=[*[20.0] * 9, 1.0, 4.0],
        lbg=[0.0] * len(missed) + [-5.0] * len(slips),
        ubg=[0.0] * len(missed) + [1.0] * len(slips),
    )
    assert search.stats()["success"]
    return -float(found["f"])


@pytest.mark.parametrize("share", [0.4545, 0.5])
@pytest.mark.parametrize(
    ("speed_mps", "left_mps2", "within_mps2"),
    [
        (18.0, 0.0, 0.04),  # limited by power
        (25.0, 6.0, 0.04),
        (35.0, 9.0, 0.04),
        (25.0, 12.0, 0.12),  # by the inner front tyre, that of 45:55 at 3.3 m/s2, of 50:50 at 3.1
        (35.0, 13.5, 0.12),
    ],
)
def test_the_quasi_steady_car_drives_as_hard_as_its_equations_of_motion(
    spec, share, speed_mps, left_mps2, within_mps2
):
    car = make_car(spec, Setup(front_torque_share=share, split_law="limit"))
    conditions = TrackConditions(1.0, ROLLING, charge_w=120e3, charge=CHARGE)
    steady = QuasiSteadyCar(car, tyre_curve(car.tyre), own_shares(car), conditions)
    found_mps2 = max_longitudinal(steady, speed_mps, left_mps2, 1.0, FULL_PRECISION)
    assert found_mps2 == approx(largest_drive_mps2(car, speed_mps, left_mps2), abs=within_mps2)
