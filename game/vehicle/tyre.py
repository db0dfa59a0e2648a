"""Model the tyre: Magic Formula over one combined slip; no force leaves its friction ellipse.

Equation numbers are those of Pacejka, Tyre and Vehicle Dynamics (2012). Similarity of pure slips as
in Perantoni & Limebeer, Vehicle System Dynamics 52 (2014).
"""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import absolute, clamp, maximum
from game.track.surfaces import USUAL_GRASS_GRIP, USUAL_GRAVEL_GRIP
from game.trig import arc_tangent, sine
from game.vehicle.spec import GripsInWater, SharesInWater, TyreSpec, WheelSpec
from game.vehicle.state import WheelState

# Beyond these a slip says no more about the force; the kinematic slip may still exceed them.
_SLIP_RATIO_BOUND: Final = 0.35
_SLIP_TANGENT_BOUND: Final = 0.5
_MIN_SLIP: Final = 1e-6  # below it the force is linear to the last bit
_MIN_SPEED_MPS: Final = 1e-3  # guards the kinematic slip's division at rest
_USUAL_PRESSURE_PA: Final = 2.2e5  # estimate: of compounds without a state
_MIN_STIFFNESS_N: Final = 1.0  # guards the damping's division for a wheel in the air


@dataclass(frozen=True, slots=True)
class WetTyre:
    """Holds what water leaves of a compound's grip; fields as in `WaterSpec`."""

    grip: GripsInWater
    afloat: SharesInWater
    painted_grip: float
    rubbered_grip: float
    loose_grip: float


@dataclass(frozen=True, slots=True)
class Tyre:
    """Holds a compound made ready for the tick."""

    friction_forward: float
    friction_left: float
    reference_load_n: float
    load_sensitivity: float
    min_friction_share: float
    peak_slip_ratio: float
    peak_slip_tangent: float
    stiffness: float  # B, such that the force peaks at combined slip 1
    shape: float  # C
    curvature: float  # E
    relaxation_forward_m: float
    relaxation_left_m: float
    grass_grip: float  # of the compound, as a factor on the grip of the ground
    gravel_grip: float
    camber_slip: float
    camber_gain: float
    camber_loss: float
    pressure_pa: float  # which it usually has in the window
    green_grip: float
    wet: WetTyre


class FrictionEllipse(NamedTuple):
    """Holds the half axes of the friction ellipse."""

    forward_n: float
    left_n: float


class TyreContact(NamedTuple):
    """Describes a tyre on the ground before its wheel's spin has moved in this tick.

    Slips are relaxed, as the carcass follows the rim. Velocities are of the contact point over the
    ground, forces those of the road, both in the wheel's own axes.
    """

    slip_ratio: float
    slip_tangent: float
    forward_mps: float
    left_mps: float
    forward_n: float
    left_n: float
    normalised_slip: float
    secant_stiffness_n: float  # forward force per slip ratio
    relaxed_per_spin_s: float  # change of the relaxed slip ratio for a change of spin
    damped_per_spin_s: float  # the same with the standstill damper's share
    limit_forward_n: float  # what the friction ellipse leaves beside the left force


def make_tyre(spec: TyreSpec) -> Tyre:
    """Return the compound with its stiffness factor B solved so that the peak is at slip 1."""
    return Tyre(
        friction_forward=spec.friction_forward,
        friction_left=spec.friction_left,
        reference_load_n=spec.reference_load_n,
        load_sensitivity=spec.load_sensitivity,
        min_friction_share=spec.min_friction_share,
        peak_slip_ratio=spec.peak_slip_ratio,
        peak_slip_tangent=spec.peak_slip_tangent,
        stiffness=_stiffness_with_peak_at_one(spec.shape, spec.curvature),
        shape=spec.shape,
        curvature=spec.curvature,
        relaxation_forward_m=spec.relaxation_forward_m,
        relaxation_left_m=spec.relaxation_left_m,
        grass_grip=spec.grass_friction / (USUAL_GRASS_GRIP * spec.friction_forward),
        gravel_grip=spec.gravel_friction / (USUAL_GRAVEL_GRIP * spec.friction_forward),
        camber_slip=spec.camber_slip,
        camber_gain=spec.camber_gain,
        camber_loss=spec.camber_loss,
        pressure_pa=spec.state.best_pressure_pa if spec.state else _USUAL_PRESSURE_PA,
        green_grip=spec.green_grip,
        wet=WetTyre(
            grip=spec.water.grip,
            afloat=spec.water.afloat,
            painted_grip=spec.water.painted_grip,
            rubbered_grip=spec.water.rubbered_grip,
            loose_grip=spec.water.loose_grip,
        ),
    )


def _stiffness_with_peak_at_one(shape: float, curvature: float) -> float:
    """Return the B for which C atan(B - E (B - atan B)) = pi/2, by bisection."""
    wanted = math.tan(math.pi / (2.0 * shape))
    low, high = 0.0, 1e3
    for _ in range(200):
        middle = 0.5 * (low + high)
        if middle - curvature * (middle - math.atan(middle)) < wanted:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


@tick_function
def magic_formula(slip: float, stiffness: float, shape: float, curvature: float) -> float:
    """Return the force as a share of its peak: sin(C atan(Bx - E (Bx - atan Bx)))."""
    x = stiffness * slip
    if curvature != 0.0:
        x -= curvature * (x - arc_tangent(x))
    return sine(shape * arc_tangent(x))  # (4.E9), without shifts


@tick_function
def friction(tyre: Tyre, load_n: float, grip: float) -> FrictionEllipse:
    """Return the largest forces the tyre can give at this load, on ground of this grip."""
    scale = _grip_load(tyre, load_n, grip)
    return FrictionEllipse(tyre.friction_forward * scale, tyre.friction_left * scale)


@tick_function
def _grip_load(tyre: Tyre, load_n: float, grip: float) -> float:
    """Return the load as friction counts it: a heavily loaded tyre grips less for each newton."""
    share = 1.0 - tyre.load_sensitivity * (load_n / tyre.reference_load_n - 1.0)
    if share < tyre.min_friction_share:
        share = tyre.min_friction_share
    return share * grip * load_n


@tick_function
def camber_share(tyre: Tyre, inclination_rad: float, slip_tangent: float) -> float:
    """Return the share of its grip that a leaning tyre has.

    One that leans to where it pushes has more, the more so the harder it pushes up to its peak (as
    SVy in 4.E30); one that leans far stands on its edge (as pDy3 in 4.E23).
    """
    push = clamp(slip_tangent / tyre.peak_slip_tangent, -1.0, 1.0)
    return 1.0 + inclination_rad * (tyre.camber_gain * push - tyre.camber_loss * inclination_rad)


@tick_function
def relaxed(
    slip: float,
    speed_mps: float,
    slip_speed_mps: float,
    length_m: float,
    bound: float,
    step_s: float,
) -> float:
    """Return the slip a tick later: length * slip' + |speed| * slip = slip_speed (7.7), implicitly.

    Bounded by the larger of `bound` and the kinematic slip, so that a locked or a spinning wheel
    is not held back.
    """
    abs_speed_mps = speed_mps if speed_mps >= 0.0 else -speed_mps
    after = (slip + step_s * slip_speed_mps / length_m) / (1.0 + step_s * abs_speed_mps / length_m)
    if -bound <= after <= bound:
        return after
    kinematic = absolute(slip_speed_mps) / maximum(abs_speed_mps, _MIN_SPEED_MPS)
    limit = maximum(bound, kinematic)
    return clamp(after, -limit, limit)


@tick_function
def tyre_contact(
    tyre: Tyre,
    spec: WheelSpec,
    wheel: WheelState,
    forward_mps: float,
    left_mps: float,
    grip: float,
    step_s: float,
) -> TyreContact:
    """Return a wheel's loaded tyre after a tick in which its contact point moves so.

    Near standstill a damper in the contact keeps the relaxation spring from ringing.
    """
    abs_speed_mps = forward_mps if forward_mps >= 0.0 else -forward_mps
    slip_speed_mps = wheel.spin_radps * spec.radius_m - forward_mps
    length_m = tyre.relaxation_forward_m
    bound = _SLIP_RATIO_BOUND
    slip_ratio = relaxed(wheel.slip_ratio, forward_mps, slip_speed_mps, length_m, bound, step_s)
    aside_mps = tyre.camber_slip * wheel.inclination_rad * forward_mps - left_mps
    bound = _SLIP_TANGENT_BOUND
    left_m = tyre.relaxation_left_m
    slip_tangent = relaxed(wheel.slip_tangent, forward_mps, aside_mps, left_m, bound, step_s)
    grip *= camber_share(tyre, wheel.inclination_rad, slip_tangent)
    grip_n = _grip_load(tyre, wheel.load_n, grip)
    limit_forward_n = tyre.friction_forward * grip_n
    damped_ratio = slip_ratio
    damped_tangent = slip_tangent
    relaxed_per_speed = damped_per_speed = step_s / (length_m + step_s * abs_speed_mps)
    if abs_speed_mps < spec.low_speed_damping_end_mps:
        damping = _standstill_damping(tyre, spec, grip_n, abs_speed_mps)
        damped_ratio += damping.forward_spm * slip_speed_mps
        damped_tangent -= damping.left_spm * left_mps
        damped_per_speed += damping.forward_spm
    ratio = damped_ratio / tyre.peak_slip_ratio
    tangent = damped_tangent / tyre.peak_slip_tangent
    slip = math.sqrt(ratio * ratio + tangent * tangent)
    slope = tyre.shape * tyre.stiffness  # force over slip, as shares of the peak's
    if slip > _MIN_SLIP:
        slope = magic_formula(slip, tyre.stiffness, tyre.shape, tyre.curvature) / slip
    secant_stiffness_n = limit_forward_n * slope / tyre.peak_slip_ratio
    left_share = slope * tangent
    return TyreContact(
        slip_ratio,
        slip_tangent,
        forward_mps,
        left_mps,
        secant_stiffness_n * damped_ratio,
        tyre.friction_left * grip_n * left_share,
        slip,
        secant_stiffness_n,
        relaxed_per_speed * spec.radius_m,
        damped_per_speed * spec.radius_m,
        limit_forward_n * math.sqrt(maximum(1.0 - left_share * left_share, 0.0)),
    )


class _Damping(NamedTuple):
    """Holds the standstill damper's slip per speed of the contact point."""

    forward_spm: float
    left_spm: float


@tick_function
def _standstill_damping(
    tyre: Tyre, spec: WheelSpec, grip_n: float, abs_speed_mps: float
) -> _Damping:
    """Return the damper at this speed, with which it fades out."""
    fade = spec.low_speed_damping_nspm * (1.0 - abs_speed_mps / spec.low_speed_damping_end_mps)
    slope = tyre.shape * tyre.stiffness
    forward_n = tyre.friction_forward * grip_n
    left_n = tyre.friction_left * grip_n
    return _Damping(
        fade / (forward_n * slope / tyre.peak_slip_ratio + _MIN_STIFFNESS_N),
        fade / (left_n * slope / tyre.peak_slip_tangent + _MIN_STIFFNESS_N),
    )
