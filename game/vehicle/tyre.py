"""The tyre: Magic Formula over one combined slip, so that no force leaves its friction ellipse.

Pacejka, Tyre and Vehicle Dynamics (2012): Magic Formula (4.E9), relaxation length (7.7).
Similarity of pure slips as in Perantoni & Limebeer, Vehicle System Dynamics 52 (2014).
"""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.trig import arc_tangent, sine
from game.vehicle.spec import TyreSpec

# Beyond these a slip says no more about the force; the kinematic slip may still exceed them.
_SLIP_RATIO_BOUND: Final = 0.35
_SLIP_TANGENT_BOUND: Final = 0.5
_LEAST_SLIP: Final = 1e-6  # below it the force is linear to the last bit
_LEAST_SPEED_MPS: Final = 1e-3  # guards the kinematic slip's division at rest
_LEAST_STIFFNESS_N: Final = 1.0  # guards the damping's division for a wheel in the air


@dataclass(frozen=True, slots=True)
class Tyre:
    """A compound made ready for the tick."""

    friction_forward: float
    friction_left: float
    reference_load_n: float
    load_sensitivity: float
    least_friction_share: float
    peak_slip_ratio: float
    peak_slip_tangent: float
    stiffness: float  # B, such that the force peaks at combined slip 1
    shape: float  # C
    curvature: float  # E
    relaxation_forward_m: float
    relaxation_left_m: float


class Friction(NamedTuple):
    """The half axes of the friction ellipse."""

    forward_n: float
    left_n: float


class Contact(NamedTuple):
    """A tyre on the ground before its wheel's spin has moved in this tick."""

    slip_ratio: float  # relaxed
    slip_tangent: float  # relaxed
    forward_n: float
    left_n: float
    normalised_slip: float
    secant_n: float  # forward force per slip ratio
    relaxed_per_spin_s: float  # change of the relaxed slip ratio for a change of spin
    felt_per_spin_s: float  # the same with the standstill damper's share
    forward_mps: float  # of the contact point over the ground, in the wheel's axes
    left_mps: float
    limit_forward_n: float  # what the friction ellipse leaves beside the left force


def make_tyre(spec: TyreSpec) -> Tyre:
    """The compound with its stiffness factor B solved so that the peak stands at slip 1."""
    return Tyre(
        friction_forward=spec.friction_forward,
        friction_left=spec.friction_left,
        reference_load_n=spec.reference_load_n,
        load_sensitivity=spec.load_sensitivity,
        least_friction_share=spec.least_friction_share,
        peak_slip_ratio=spec.peak_slip_ratio,
        peak_slip_tangent=spec.peak_slip_tangent,
        stiffness=_stiffness_with_peak_at_one(spec.shape, spec.curvature),
        shape=spec.shape,
        curvature=spec.curvature,
        relaxation_forward_m=spec.relaxation_forward_m,
        relaxation_left_m=spec.relaxation_left_m,
    )


def _stiffness_with_peak_at_one(shape: float, curvature: float) -> float:
    """B for which C atan(B - E (B - atan B)) = pi/2, by bisection."""
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
    """Force as a share of its peak: sin(C atan(Bx - E (Bx - atan Bx)))."""
    x = stiffness * slip
    if curvature != 0.0:
        x -= curvature * (x - arc_tangent(x))
    return sine(shape * arc_tangent(x))


@tick_function
def friction(tyre: Tyre, load_n: float, grip: float) -> Friction:
    """The largest forces the tyre can give at this load, on ground of this grip."""
    share = 1.0 - tyre.load_sensitivity * (load_n / tyre.reference_load_n - 1.0)
    if share < tyre.least_friction_share:
        share = tyre.least_friction_share
    scale = share * grip * load_n
    return Friction(tyre.friction_forward * scale, tyre.friction_left * scale)


@tick_function
def relaxed(
    slip: float,
    speed_mps: float,
    slip_speed_mps: float,
    length_m: float,
    bound: float,
    step_s: float,
) -> float:
    """The slip after a tick: length * slip' + |speed| * slip = slip_speed, solved implicitly.

    Bounded by the larger of `bound` and the kinematic slip, so that a locked or a spinning wheel
    is not held back.
    """
    pace = speed_mps if speed_mps >= 0.0 else -speed_mps
    after = (slip + step_s * slip_speed_mps / length_m) / (1.0 + step_s * pace / length_m)
    if -bound <= after <= bound:
        return after
    reach = slip_speed_mps if slip_speed_mps >= 0.0 else -slip_speed_mps
    kinematic = reach / (pace if pace > _LEAST_SPEED_MPS else _LEAST_SPEED_MPS)
    limit = bound if bound > kinematic else kinematic
    if after > limit:
        return limit
    return -limit if after < -limit else after


@tick_function
def touch(
    tyre: Tyre,
    slip_ratio: float,
    slip_tangent: float,
    rim_speed_mps: float,
    forward_mps: float,
    left_mps: float,
    load_n: float,
    grip: float,
    radius_m: float,
    damping_nspm: float,
    damping_end_mps: float,
    step_s: float,
) -> Contact:
    """A tyre's slips and forces with the contact point moving at (forward, left) m/s.

    Near standstill a damper in the contact, faded out at `damping_end_mps`, keeps the relaxation
    spring from ringing.
    """
    kappa = relaxed(
        slip_ratio,
        forward_mps,
        rim_speed_mps - forward_mps,
        tyre.relaxation_forward_m,
        _SLIP_RATIO_BOUND,
        step_s,
    )
    tangent = relaxed(
        slip_tangent,
        forward_mps,
        -left_mps,
        tyre.relaxation_left_m,
        _SLIP_TANGENT_BOUND,
        step_s,
    )
    limit = friction(tyre, load_n, grip)
    pace = forward_mps if forward_mps >= 0.0 else -forward_mps
    relaxed_per_speed = step_s / (tyre.relaxation_forward_m + step_s * pace)
    felt_per_speed = relaxed_per_speed
    felt_kappa = kappa
    felt_tangent = tangent
    slope = tyre.shape * tyre.stiffness
    if pace < damping_end_mps:
        fade = damping_nspm * (1.0 - pace / damping_end_mps)
        stiffness_forward = limit.forward_n * slope / tyre.peak_slip_ratio + _LEAST_STIFFNESS_N
        stiffness_left = limit.left_n * slope / tyre.peak_slip_tangent + _LEAST_STIFFNESS_N
        felt_kappa += fade / stiffness_forward * (rim_speed_mps - forward_mps)
        felt_tangent -= fade / stiffness_left * left_mps
        felt_per_speed += fade / stiffness_forward
    ratio = felt_kappa / tyre.peak_slip_ratio
    side = felt_tangent / tyre.peak_slip_tangent
    normalised_slip = math.sqrt(ratio * ratio + side * side)
    if normalised_slip > _LEAST_SLIP:
        slope = (
            magic_formula(normalised_slip, tyre.stiffness, tyre.shape, tyre.curvature)
            / normalised_slip
        )
    secant_n = limit.forward_n * slope / tyre.peak_slip_ratio
    left_share = slope * side
    left_over = 1.0 - left_share * left_share
    return Contact(
        kappa,
        tangent,
        secant_n * felt_kappa,
        limit.left_n * left_share,
        normalised_slip,
        secant_n,
        relaxed_per_speed * radius_m,
        felt_per_speed * radius_m,
        forward_mps,
        left_mps,
        limit.forward_n * math.sqrt(left_over) if left_over > 0.0 else 0.0,
    )
