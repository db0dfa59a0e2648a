"""Find whether a car's tyres, motors and brakes can keep a motion: its steady state.

The brakes of an axle are taken together: what ABS releases of the inner wheel, the outer one gives.
"""

from typing import NamedTuple

from game.compiled import tick_function
from game.quasi_steady.axle import SteadyAxle, lateral_slip_near, within_grip
from game.quasi_steady.axle_torques import forward_forces
from game.quasi_steady.cornering import (
    CorneringState,
    QuasiSteadyCar,
    SteadyMotion,
    axle_slips,
    cornering_state,
)
from game.quasi_steady.wheel_differences import AxleDemand, clutch_force, force_with_abs
from game.vehicle.assists import SlipControl
from game.vehicle.parts import Car


class SteadyState(NamedTuple):
    """Holds the axles of a car that keeps a speed and an acceleration."""

    front: SteadyAxle
    rear: SteadyAxle


class PedalDemand(NamedTuple):
    """Holds what the pedals demand of both axles."""

    front: AxleDemand
    rear: AxleDemand
    deliverable: bool  # whether the motors can give that much


class ClutchForces(NamedTuple):
    """Holds the forward force that each differential moves from outer to inner wheel."""

    front_n: float
    rear_n: float


class SplitForce(NamedTuple):
    """Holds the forward force of an axle, and what its inner wheel gets of it beyond a half."""

    forward_n: float
    inner_extra_n: float


@tick_function
def can_keep(steady: QuasiSteadyCar, motion: SteadyMotion) -> bool:
    """Return whether a motion takes no tyre beyond its peak and no more of a motor than it has."""
    cornering = cornering_state(steady, motion)
    demand = axle_demand(steady, cornering, 0.0)
    if not demand.deliverable:
        return False
    state = _without_assists(steady, cornering, demand)
    if demand.front.forward_n + demand.rear.forward_n > 0.0:
        state = _without_assists(steady, cornering, _at_slips_of(steady, demand, state))
    return within_grip(steady.curve, state.front) and within_grip(steady.curve, state.rear)


@tick_function
def _without_assists(
    steady: QuasiSteadyCar, cornering: CorneringState, demand: PedalDemand
) -> SteadyState:
    """Return the axles with what pedals and differentials give them, less braking under ABS."""
    clutches = clutch_forces(steady, cornering, demand)
    control = slip_control(steady.car, demand)
    return axle_balance(
        steady.car,
        cornering,
        demand,
        control,
        SplitForce(
            demand.front.forward_n,
            _inner_extra(steady, control, demand.front, clutches.front_n),
        ),
        SplitForce(
            demand.rear.forward_n,
            _inner_extra(steady, control, demand.rear, clutches.rear_n),
        ),
    )


@tick_function
def axle_demand(
    steady: QuasiSteadyCar, cornering: CorneringState, compensation_n: float
) -> PedalDemand:
    """Return what the pedals demand of the axles, at the slips which those forces need."""
    slips = axle_slips(steady, cornering, 0.0, 0.0)
    forces = forward_forces(steady, cornering, slips, compensation_n)
    slips = axle_slips(steady, cornering, forces.front_n, forces.rear_n)
    forces = forward_forces(steady, cornering, slips, compensation_n)
    return PedalDemand(
        AxleDemand(
            forces.front_n,
            forces.front_nm,
            slips.front_lateral,
            cornering.front_inner_grip_n,
            cornering.front_outer_grip_n,
        ),
        AxleDemand(
            forces.rear_n,
            forces.rear_nm,
            slips.rear_lateral,
            cornering.rear_inner_grip_n,
            cornering.rear_outer_grip_n,
        ),
        forces.deliverable,
    )


@tick_function
def _at_slips_of(steady: QuasiSteadyCar, demand: PedalDemand, state: SteadyState) -> PedalDemand:
    """Return the demand at the lateral slips of axles whose two tyres are driven unequally.

    `axle_demand` takes each axle as one tyre, which slips less than two do near their limit: there
    the inner wheel turns faster, and the differential gives it less of the drive.
    """
    return PedalDemand(
        _at_slip_of(steady, demand.front, state.front),
        _at_slip_of(steady, demand.rear, state.rear),
        demand.deliverable,
    )


@tick_function
def _at_slip_of(steady: QuasiSteadyCar, demand: AxleDemand, axle: SteadyAxle) -> AxleDemand:
    return AxleDemand(
        demand.forward_n,
        demand.motor_nm,
        lateral_slip_near(steady.curve, axle, demand.lateral_slip),
        demand.inner_grip_n,
        demand.outer_grip_n,
    )


@tick_function
def clutch_forces(
    steady: QuasiSteadyCar, cornering: CorneringState, demand: PedalDemand
) -> ClutchForces:
    """Return the forces of the differentials, which add to those of the pedals."""
    car = steady.car
    rolling_difference = (
        2.0 * car.half_track_m * cornering.left_mps2 / (cornering.speed_mps * cornering.speed_mps)
    )
    return ClutchForces(
        clutch_force(steady, car.front.differential, demand.front, rolling_difference),
        clutch_force(steady, car.rear.differential, demand.rear, rolling_difference),
    )


@tick_function
def slip_control(car: Car, demand: PedalDemand) -> SlipControl:
    """Return traction control for a car that is driven, ABS for one that is braked."""
    driven = demand.front.forward_n + demand.rear.forward_n > 0.0
    return car.traction_control if driven else car.anti_lock


@tick_function
def _inner_extra(
    steady: QuasiSteadyCar, control: SlipControl, demand: AxleDemand, clutch_n: float
) -> float:
    """Return the inner wheel's part of an axle's force beyond a half; less braking under ABS."""
    if demand.forward_n >= 0.0:
        return clutch_n
    demand_n = 0.5 * demand.forward_n + clutch_n
    kept_n = force_with_abs(steady, control, demand_n, demand.inner_grip_n, demand.lateral_slip)
    return clutch_n if kept_n == demand_n else kept_n - 0.5 * demand.forward_n


@tick_function
def axle_balance(
    car: Car,
    cornering: CorneringState,
    demand: PedalDemand,
    control: SlipControl,
    front: SplitForce,
    rear: SplitForce,
) -> SteadyState:
    """Return the forces of each axle in balance, with these forward forces.

    Beside the plain balance of forces, three things take from the front axle: its lateral force
    holds the car back by the slip angle; it does so more on the outer wheel, where it turns the car
    out of the corner; and so do wheels of an axle that are driven or braked unequally. Its wheels
    are turned, so that drive helps them to the left and brakes hinder them.
    """
    wheelbase_m = car.front_axle_m + car.rear_axle_m
    inner_grip_n = cornering.front_inner_grip_n
    outer_grip_n = cornering.front_outer_grip_n
    lever = car.half_track_m / wheelbase_m
    outer_share = (outer_grip_n - inner_grip_n) / (inner_grip_n + outer_grip_n)
    steered = wheelbase_m * cornering.left_mps2 / (
        cornering.speed_mps * cornering.speed_mps
    ) + car.tyre.peak_slip_tangent * (demand.front.lateral_slip - demand.rear.lateral_slip)
    turned_n = (cornering.front_left_n * (0.5 * steered) - front.forward_n) * steered
    scrub_n = outer_share * cornering.front_left_n * steered
    yaw_n = lever * (2.0 * (front.inner_extra_n + rear.inner_extra_n) + scrub_n)
    max_slip = 1.0
    if control.level > 0 and control.slip_target < 1.0:
        max_slip = control.slip_target
    return SteadyState(
        _axle(car, demand.front, front, cornering.front_left_n + turned_n + yaw_n, max_slip),
        _axle(car, demand.rear, rear, cornering.rear_left_n - yaw_n, max_slip),
    )


@tick_function
def _axle(
    car: Car, demand: AxleDemand, force: SplitForce, left_n: float, max_slip: float
) -> SteadyAxle:
    """Return the axle as its tyres see it: forward forces in newtons of lateral grip."""
    ellipse = car.tyre.friction_left / car.tyre.friction_forward
    return SteadyAxle(
        left_n,
        (0.5 * force.forward_n + force.inner_extra_n) * ellipse,
        (0.5 * force.forward_n - force.inner_extra_n) * ellipse,
        demand.inner_grip_n,
        demand.outer_grip_n,
        max_slip,
        demand.motor_nm,
    )
