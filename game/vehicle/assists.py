"""Control the slip of wheels (traction control, ABS) and yaw, from level 0 (off) to 5."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import clamp, minimum
from game.units import G_MPS2
from game.vehicle.spec import AssistSpec
from game.vehicle.state import PerWheel

LEVELS = 5


@dataclass(frozen=True, slots=True)
class SlipControl:
    """Keeps the tyre's slip near a target by taking torque away: traction control or ABS."""

    level: int
    slip_target: float  # of the peak slip
    proportional: float
    integral_hz: float
    largest_cut: float


@dataclass(frozen=True, slots=True)
class YawControl:
    """Holds the yaw rate near what the steering asks for by braking single wheels."""

    level: int
    moment_nmsprad: float
    moment_limit_nm: float
    deadband_radps: float
    min_speed_mps: float
    understeer_gradient_s2pm: float
    grip_share: float
    wheelbase_m: float


class SlipCut(NamedTuple):
    """Holds the cut that slip control makes in this tick."""

    cut: float  # 0..1 of the torque
    integral: float  # to be kept for the next tick


def make_slip_control(spec: AssistSpec, level: int) -> SlipControl:
    """Return the control at a level; a higher level holds the slip lower."""
    step = (level - 1) / (LEVELS - 1) if level > 0 else 0.0
    return SlipControl(
        level=level,
        slip_target=spec.gentlest_slip_target
        + step * (spec.strictest_slip_target - spec.gentlest_slip_target),
        proportional=spec.proportional,
        integral_hz=spec.integral_hz,
        largest_cut=spec.largest_cut,
    )


def make_yaw_control(spec: AssistSpec, level: int, wheelbase_m: float) -> YawControl:
    """Return the control at a level; a higher level brakes harder for the same error."""
    return YawControl(
        level=level,
        moment_nmsprad=spec.yaw_moment_nmsprad * level / LEVELS,
        moment_limit_nm=spec.yaw_moment_limit_nm * level / LEVELS,
        deadband_radps=spec.yaw_deadband_radps,
        min_speed_mps=spec.yaw_min_speed_mps,
        understeer_gradient_s2pm=spec.understeer_gradient_s2pm,
        grip_share=spec.yaw_grip_share,
        wheelbase_m=wheelbase_m,
    )


_NO_CUT: Final = SlipCut(0.0, 0.0)
_NO_BRAKES: Final = PerWheel(0.0, 0.0, 0.0, 0.0)


@tick_function
def slip_cut(
    control: SlipControl, normalised_slip: float, integral: float, step_s: float
) -> SlipCut:
    """Return the cut by slip beyond the target: proportional and integral, never adding."""
    if control.level == 0 or (integral == 0.0 and normalised_slip < control.slip_target):
        return _NO_CUT
    excess = normalised_slip / control.slip_target - 1.0
    integral = clamp(integral + control.integral_hz * excess * step_s, 0.0, control.largest_cut)
    cut = integral + (control.proportional * excess if excess > 0.0 else 0.0)
    return SlipCut(minimum(cut, control.largest_cut), integral)


@tick_function
def yaw_brakes(
    control: YawControl,
    steering_rad: float,
    forward_mps: float,
    yaw_rate_radps: float,
    friction: float,
    radius_m: float,
    track_width_m: float,
) -> PerWheel[float]:
    """Return extra brake torque on each wheel, Nm, that turns the car towards a wanted yaw rate.

    The wanted rate is the steady one of a bicycle with this understeer gradient, within the grip.
    Too much rotation is met at the outer front wheel, too little at the inner rear one.
    """
    if control.level == 0 or forward_mps < control.min_speed_mps:
        return _NO_BRAKES
    wanted = (
        forward_mps
        * steering_rad
        / (control.wheelbase_m + control.understeer_gradient_s2pm * forward_mps * forward_mps)
    )
    limit = control.grip_share * friction * G_MPS2 / forward_mps
    error = clamp(wanted, -limit, limit) - yaw_rate_radps
    if error > control.deadband_radps:
        error -= control.deadband_radps
    elif error < -control.deadband_radps:
        error += control.deadband_radps
    else:
        return _NO_BRAKES
    moment_nm = clamp(
        control.moment_nmsprad * error, -control.moment_limit_nm, control.moment_limit_nm
    )
    torque_nm = moment_nm / (0.5 * track_width_m) * radius_m
    rotating_too_much = error * yaw_rate_radps < 0.0
    if torque_nm > 0.0:
        if rotating_too_much:
            return PerWheel(torque_nm, 0.0, 0.0, 0.0)
        return PerWheel(0.0, 0.0, torque_nm, 0.0)
    if rotating_too_much:
        return PerWheel(0.0, -torque_nm, 0.0, 0.0)
    return PerWheel(0.0, 0.0, 0.0, -torque_nm)
