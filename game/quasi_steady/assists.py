"""Find the quasi-steady state of a car with ABS and yaw control at work, as it is driven.

What ABS releases of one wheel no other wheel gives, and yaw control brakes against the drive: the
pedals make up for both.
"""

from typing import Final, NamedTuple

from game.compiled import tick_function
from game.quasi_steady.axle import lateral_slip_of
from game.quasi_steady.cornering import (
    CorneringState,
    QuasiSteadyCar,
    SteadyMotion,
    cornering_state,
)
from game.quasi_steady.steady_state import (
    PedalDemand,
    SplitForce,
    SteadyState,
    axle_balance,
    axle_demand,
    clutch_forces,
    slip_control,
)
from game.quasi_steady.track_conditions import road_share
from game.quasi_steady.wheel_differences import AxleDemand, force_with_abs
from game.vehicle.assists import SlipControl, yaw_brakes
from game.vehicle.parts import Car
from game.vehicle.state import PerWheel

_RELAXATION: Final = 0.5  # of a change of what the assists do, from one place to the next


class AssistForces(NamedTuple):
    """Holds the forces of the assists, which add to those of the pedals."""

    front_outer_n: float  # with which yaw control brakes the outer front wheel ...
    rear_inner_n: float  # ... or the inner rear one
    front_released: float  # share of the inner front wheel's brakes that ABS releases
    rear_released: float
    compensation_n: float  # forward force of the pedals that makes up for all that


class _WheelForces(NamedTuple):
    """Holds the forward forces of an axle's wheels."""

    inner_n: float
    outer_n: float
    inner_demand_n: float  # before ABS


@tick_function
def no_assists() -> AssistForces:
    """Return a car with no assists at work."""
    return AssistForces(0.0, 0.0, 0.0, 0.0, 0.0)


@tick_function
def assisted_state(
    steady: QuasiSteadyCar, motion: SteadyMotion, assists: AssistForces
) -> tuple[SteadyState, AssistForces]:
    """Return a car's state with these assists at work, and what they do to it."""
    cornering = cornering_state(steady, motion)
    demand = axle_demand(steady, cornering, assists.compensation_n)
    clutches = clutch_forces(steady, cornering, demand)
    control = slip_control(steady.car, demand)
    front = _wheel_forces(
        steady.car,
        demand.front,
        clutches.front_n,
        assists.front_released,
        0.0,
        assists.front_outer_n,
    )
    rear = _wheel_forces(
        steady.car,
        demand.rear,
        clutches.rear_n,
        assists.rear_released,
        assists.rear_inner_n,
        0.0,
    )
    state = axle_balance(
        steady.car, cornering, demand, control, _split_force(front), _split_force(rear)
    )
    return state, _next_assists(steady, cornering, demand, (front, rear), state, assists)


@tick_function
def _wheel_forces(
    car: Car,
    demand: AxleDemand,
    clutch_n: float,
    released: float,
    inner_brake_n: float,
    outer_brake_n: float,
) -> _WheelForces:
    """Return an axle's wheels with yaw brakes and ABS, which releases the motor for both."""
    inner_demand_n = 0.5 * demand.forward_n + clutch_n - inner_brake_n
    inner_n = inner_demand_n
    outer_n = 0.5 * demand.forward_n - clutch_n - outer_brake_n
    if inner_demand_n < 0.0:
        inner_n -= released * inner_demand_n
    if demand.motor_nm < 0.0:
        per_motor = car.gear_ratio / (car.gear_efficiency * car.wheel.radius_m)
        outer_n -= released * 0.5 * demand.motor_nm * per_motor
    return _WheelForces(inner_n, outer_n, inner_demand_n)


@tick_function
def _split_force(wheels: _WheelForces) -> SplitForce:
    return SplitForce(wheels.inner_n + wheels.outer_n, 0.5 * (wheels.inner_n - wheels.outer_n))


@tick_function
def _next_assists(
    steady: QuasiSteadyCar,
    cornering: CorneringState,
    demand: PedalDemand,
    axles: tuple[_WheelForces, _WheelForces],
    state: SteadyState,
    before: AssistForces,
) -> AssistForces:
    """Return the next forces of the assists, half-way from the last ones so that they settle."""
    front, rear = axles
    compensation_n = (
        demand.front.forward_n
        + demand.rear.forward_n
        - (front.inner_n + front.outer_n)
        - (rear.inner_n + rear.outer_n)
    )
    front_slip = lateral_slip_of(steady.curve, state.front)
    rear_slip = lateral_slip_of(steady.curve, state.rear)
    brakes_nm = _yaw_brakes(steady, cornering, front_slip, rear_slip)
    control = slip_control(steady.car, demand)
    front_released = _released(
        steady, control, front.inner_demand_n, cornering.front_inner_grip_n, front_slip
    )
    rear_released = _released(
        steady, control, rear.inner_demand_n, cornering.rear_inner_grip_n, rear_slip
    )
    radius_m = steady.car.wheel.radius_m
    return AssistForces(
        _relaxed(before.front_outer_n, brakes_nm.front_right / radius_m),
        _relaxed(before.rear_inner_n, brakes_nm.rear_left / radius_m),
        _relaxed(before.front_released, front_released),
        _relaxed(before.rear_released, rear_released),
        compensation_n,
    )


@tick_function
def _yaw_brakes(
    steady: QuasiSteadyCar, cornering: CorneringState, front_slip: float, rear_slip: float
) -> PerWheel[float]:
    """Return yaw control's brakes for a car steered as far as the corner and its slips need."""
    car = steady.car
    speed_mps = cornering.speed_mps
    turning = (car.front_axle_m + car.rear_axle_m) * cornering.left_mps2 / (speed_mps * speed_mps)
    return yaw_brakes(
        car.yaw_control,
        turning + car.tyre.peak_slip_tangent * (front_slip - rear_slip),
        speed_mps,
        cornering.left_mps2 / speed_mps,
        car.tyre.friction_left * road_share(car, steady.conditions, speed_mps),
        car.wheel.radius_m,
        2.0 * car.half_track_m,
    )


@tick_function
def _released(
    steady: QuasiSteadyCar,
    control: SlipControl,
    demand_n: float,
    grip_n: float,
    lateral_slip: float,
) -> float:
    """Return the share of a wheel's braking that ABS releases."""
    kept_n = force_with_abs(steady, control, demand_n, grip_n, lateral_slip)
    return 1.0 - kept_n / demand_n if demand_n < kept_n else 0.0


@tick_function
def _relaxed(before: float, wanted: float) -> float:
    return before + _RELAXATION * (wanted - before)
