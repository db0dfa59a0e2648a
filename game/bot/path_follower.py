"""Keeps a car to a planned line and speed, with preview, and minds its tyres' slip."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.bot.driver_noise import DriverNoise
from game.bot.plan import Plan
from game.bot.recovery import Recovery
from game.bot.traffic import Traffic, Way
from game.drivers.driver import TICKS_PER_DECISION
from game.drivers.observation import Observation
from game.quasi_steady.axle import slip_for, tyre_curve
from game.simulation.snapshot import Snapshot
from game.simulation.split_table import SplitMaps, shares_at
from game.track.surfaces import TARMAC
from game.track.track import Track
from game.units import G_MPS2
from game.vehicle.motor import torque_limit
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec, MotorSpec
from game.vehicle.state import AxlePair, Controls, controls
from game.vehicle.throttle_pedal import lift_off_force
from game.vehicle.torque_split import split_torque
from game.vehicle.tyre import Friction, friction

_STEERING_LEAD_S: Final = 0.09  # rack and tyres need so long to build a force
_LINE_RATE_RADPS: Final = 2.6  # a deviation dies away like a critically damped oscillator's
_LINE_DAMPING: Final = 1.0
_YAW_RATE_1PS: Final = 10.0  # a yaw-rate error dies away at this rate
_REAR_SLIP: Final = 1.0
_SLIDE_GAIN: Final = 4.0
_LEAST_GRIP_N: Final = 1.0  # guards the division for an axle in the air
_SPEED_LEAD_S: Final = 0.1  # the pedals act so much later
_SPEED_GAIN_1PS: Final = 7.5  # acceleration asked per speed missing
_DRIVE_SLIP: Final = 1.0  # the tyre slip from which the throttle is taken back
_BRAKE_SLIP: Final = 1.05
_SLIP_GAIN: Final = 1.5
_SLIPPING_SHARE: Final = 0.1  # of the peak slip ratio, from which a wheel is driven or braked
_LEAST_SPEED_MPS: Final = 5.0


class PathFollower:
    """Drives one car by a plan, exactly or with the noise of one who is not the quickest."""

    ticks_per_decision = TICKS_PER_DECISION

    def __init__(
        self,
        track: Track,
        spec: CarSpec,
        setup: Setup,
        plan: Plan,
        noise: DriverNoise | None = None,
    ) -> None:
        self.deviation_m = 0.0  # from the line, positive to its left, at the last decision
        self._recovery = Recovery()
        self._traffic = Traffic(track, spec.chassis)
        self._noise = noise
        maps = SplitMaps(track)
        self._car = maps.car(spec, setup)
        self._splits = maps.rows
        self._tables = track.tables
        self._plan = plan
        self._station_m = plan.station_m
        self._count = len(plan.offset_m)
        self._offset_m = plan.offset_m.tolist()
        self._curvature = plan.curvature_1pm.tolist()
        stations_m = [index * plan.station_m for index in range(self._count)]
        across = plan.heading_rad - track.centreline.heading_rad(stations_m)
        self._across_rad = [math.remainder(angle, math.tau) for angle in across.tolist()]
        self._speed_mps = plan.speed_mps.tolist()
        self._accel = plan.accel_mps2.tolist()
        self._front_bias = setup.front_brake_bias
        curve = tyre_curve(self._car.tyre)
        self._slips = curve.slips
        self._secants = [math.sqrt(square) for square in curve.secants]
        self._wheelbase_m = self._car.front_axle_m + self._car.rear_axle_m
        gear = self._car.gear_ratio * self._car.gear_efficiency
        self._road_per_motor = gear / self._car.wheel.radius_m
        spin_kg = self._car.wheels_inertia_kgm2 / self._car.wheel.radius_m**2
        self._moving_kg = self._car.mass_kg + spin_kg
        tarmac = self._tables.surfaces[TARMAC]
        self._grip = tarmac.grip
        self._rolling_n = tarmac.rolling_resistance * self._car.mass_kg * G_MPS2

    @property
    def lost(self) -> bool:
        """Whether the car is being brought back to its line."""
        return self._recovery.lost

    def decide(self, seen: Observation) -> Controls:
        """The controls for the next sixtieth of a second."""
        snapshot = seen.car
        wander_m, share = 0.0, 1.0
        if self._noise is not None:
            wander_m = self._noise.wander_m(snapshot.tick)
            share = self._noise.share(snapshot.tick)

        def line_at(s_m: float) -> float:
            return self._at(self._offset_m, s_m) + wander_m

        way = self._traffic.plan(seen, line_at, share, self.lost)
        deviation_m = snapshot.offset_m - line_at(snapshot.s_m) - way.aside_m
        self.deviation_m = deviation_m
        lost = self._recovery.controls(
            snapshot, deviation_m, self._at(self._across_rad, snapshot.s_m)
        )
        if lost is not None:
            return lost
        axles = self._axles(snapshot, deviation_m)
        force_n = self._within_grip(snapshot, self._force(snapshot, axles, way), axles)
        steering = self._steering(snapshot, axles, force_n)
        if force_n >= -lift_off_force(self._car.throttle_pedal, 0.0):
            return controls(steering, throttle=self._drive(snapshot, force_n))
        return controls(steering, brake=self._brake(snapshot, force_n))

    def _at(self, values: list[float], s_m: float) -> float:
        place = s_m / self._station_m
        index = math.floor(place)
        low = values[index % self._count]
        return low + (place - index) * (values[(index + 1) % self._count] - low)

    def _axles(self, now: Snapshot, deviation_m: float) -> _Axles:
        """The lateral force each axle has to give to bring the car onto the line and along it.

        Feed-forward of the line's curvature, feedback of deviation, course and yaw rate.
        """
        forward_mps = max(now.velocity_forward_mps, _LEAST_SPEED_MPS)
        slip_rad = math.atan2(now.velocity_left_mps, forward_mps)
        course_rad = now.heading_rad + slip_rad - now.track_heading_rad
        across_mps = forward_mps * math.sin(course_rad - self._at(self._across_rad, now.s_m))
        curvature = self._at(self._curvature, now.s_m + _STEERING_LEAD_S * forward_mps)
        left_mps2 = (
            forward_mps * forward_mps * curvature
            - _LINE_RATE_RADPS * _LINE_RATE_RADPS * deviation_m
            - 2.0 * _LINE_DAMPING * _LINE_RATE_RADPS * across_mps
        )
        car = self._car
        tyre = car.tyre
        rear_slip = 0.5 * (now.rear_left_slip_tangent + now.rear_right_slip_tangent)
        rear_slip /= tyre.peak_slip_tangent
        excess = max(0.0, abs(rear_slip) - _REAR_SLIP)
        turn_rate_radps = left_mps2 / forward_mps - math.copysign(
            _SLIDE_GAIN * excess * tyre.peak_slip_tangent, rear_slip
        )
        turn_radps2 = _YAW_RATE_1PS * (turn_rate_radps - now.yaw_rate_radps)
        left_n = car.mass_kg * left_mps2
        turn_n = car.yaw_inertia_kgm2 * turn_radps2 / self._wheelbase_m
        grips = [friction(tyre, load_n, self._grip) for load_n in now.load_n]
        rear_grip_n = grips[2].left_n + grips[3].left_n + _LEAST_GRIP_N
        uneven_n = self._uneven(now, grips)
        rear_left_n = left_n * car.front_axle_m / self._wheelbase_m + uneven_n
        front_left_n = left_n * car.rear_axle_m / self._wheelbase_m - uneven_n
        if excess > 0.0:
            held = min(1.0, rear_grip_n / (abs(rear_left_n) + _LEAST_GRIP_N))
            front_left_n *= held
        return _Axles(
            front_left_n=front_left_n + turn_n,
            rear_left_n=rear_left_n,
            front_grip_n=grips[0].left_n + grips[1].left_n + _LEAST_GRIP_N,
            rear_grip_n=rear_grip_n,
        )

    def _uneven(self, now: Snapshot, grips: list[Friction]) -> float:
        """What wheels that are driven or braked more on one side take over from the rear axle, N.

        Positive turns the car to the left, as the front axle's lateral force would.
        """
        tyre = self._car.tyre
        forward_n = [
            grip.forward_n * self._secant(normalised_slip) * slip_ratio
            for grip, normalised_slip, slip_ratio in zip(
                grips, now.normalised_slip, now.slip_ratio, strict=True
            )
        ]
        turning_n = forward_n[1] - forward_n[0] + forward_n[3] - forward_n[2]
        lever = self._car.half_track_m / self._wheelbase_m
        return lever * turning_n / tyre.peak_slip_ratio

    def _secant(self, normalised_slip: float) -> float:
        """A tyre's force over its slip, both as shares of those at the peak."""
        place = min(normalised_slip, 1.0) * (len(self._secants) - 1)
        index = min(int(place), len(self._secants) - 2)
        low = self._secants[index]
        return (low + (place - index) * (self._secants[index + 1] - low)) / max(
            normalised_slip, 1.0
        )

    def _force(self, now: Snapshot, axles: _Axles, way: Way) -> float:
        """Forward force at the tyres: the plan's acceleration and what the speed lacks, N."""
        speed_mps = now.velocity_forward_mps
        planned_mps = way.share * self._at(self._speed_mps, now.s_m)
        planned_mps2 = way.share**2 * self._at(self._accel, now.s_m + _SPEED_LEAD_S * speed_mps)
        wanted_mps2 = min(
            planned_mps2 + _SPEED_GAIN_1PS * (planned_mps - speed_mps),
            way.most_mps2,
        )
        resistance_n = (
            self._car.aero.drag_kgpm * speed_mps**2
            + self._rolling_n
            + self._cornering_drag(axles.front_left_n, axles.front_grip_n)
            + self._cornering_drag(axles.rear_left_n, axles.rear_grip_n)
        )
        return self._moving_kg * wanted_mps2 + resistance_n

    def _cornering_drag(self, left_n: float, grip_n: float) -> float:
        """What an axle's lateral force holds back by its slip angle, N."""
        used_n = min(abs(left_n), grip_n)
        slip = slip_for(self._slips, used_n / grip_n)
        return used_n * slip * self._car.tyre.peak_slip_tangent

    def _within_grip(self, now: Snapshot, force_n: float, axles: _Axles) -> float:
        """The force, less where an axle would leave its friction circle: both demands yield."""
        share = self._front_share(now, force_n)
        front = math.hypot(axles.front_left_n, share * force_n) / axles.front_grip_n
        rear = math.hypot(axles.rear_left_n, (1.0 - share) * force_n) / axles.rear_grip_n
        return force_n / max(1.0, front, rear)

    def _front_share(self, now: Snapshot, force_n: float) -> float:
        """The front axle's share of a forward force: of the drive, or of pedal and motors' braking.

        What the motors brake with now tells what the pedal leaves to the friction brakes.
        """
        if force_n >= 0.0:
            return self._drive_share(now, force_n)
        per_motor = self._road_per_motor / self._car.gear_efficiency**2
        regen_n = -(now.front_torque_nm + now.rear_torque_nm) * per_motor
        regen = min(max(regen_n / -force_n, 0.0), 1.0)
        shares = shares_at(self._tables, self._splits, self._car, now.s_m)
        return regen * shares.regen + (1.0 - regen) * self._front_bias

    def _drive_share(self, now: Snapshot, force_n: float) -> float:
        """The front axle's share of the drive, with what one motor gives in place of the other."""
        limits_nm = self._torque_limits(now)
        share = now.front_torque_share
        torque = split_torque(force_n / self._road_per_motor, share, limits_nm)
        given_nm = torque.front + torque.rear
        return torque.front / given_nm if given_nm > 0.0 else share

    def _steering(self, now: Snapshot, axles: _Axles, force_n: float) -> float:
        """The steering that gives the front tyres their lateral force beside the forward one.

        The tyre's own curve turns the force into slip; the slip angle is laid on top of the
        direction in which the front axle moves.
        """
        share = self._front_share(now, force_n)
        left = axles.front_left_n / axles.front_grip_n
        both = math.hypot(left, share * force_n / axles.front_grip_n)
        slip = slip_for(self._slips, both) * left / both if both > 0.0 else 0.0
        moving_rad = math.atan2(
            now.velocity_left_mps + self._car.front_axle_m * now.yaw_rate_radps,
            max(now.velocity_forward_mps, _LEAST_SPEED_MPS),
        )
        angle_rad = moving_rad + math.atan(self._car.tyre.peak_slip_tangent * slip)
        return angle_rad / self._car.steering.lock_rad

    def _drive(self, now: Snapshot, force_n: float) -> float:
        """The throttle for a force, taken back where a driven wheel slips beyond its peak."""
        share = shares_at(self._tables, self._splits, self._car, now.s_m).torque
        limits_nm = self._torque_limits(now)
        excess = max(0.0, self._normalised_slip(now, 1.0) - _DRIVE_SLIP)
        pedal = self._car.throttle_pedal
        idle = pedal.one_pedal_travel
        if force_n < 0.0:  # lifting off as far as it takes
            return idle * (1.0 + force_n / pedal.one_pedal_force_n)
        most_nm = limits_nm.front * (share > 0.0) + limits_nm.rear * (share < 1.0)
        most_n = most_nm * self._road_per_motor
        return idle + (1.0 - idle) * (1.0 - _SLIP_GAIN * excess) * force_n / most_n

    def _torque_limits(self, now: Snapshot) -> AxlePair[float]:
        """Torques that the motors can give cool at this speed, Nm."""
        motor_radps = max(now.velocity_forward_mps, 1.0) / self._car.wheel.radius_m
        motor_radps *= self._car.gear_ratio
        return AxlePair(
            self._torque_limit(self._car.front.motor, motor_radps),
            self._torque_limit(self._car.rear.motor, motor_radps),
        )

    def _torque_limit(self, motor: MotorSpec, motor_radps: float) -> float:
        cool_k = motor.coolant_temperature_k
        return torque_limit(motor, motor_radps, self._car.power_share, cool_k, cool_k)

    def _brake(self, now: Snapshot, force_n: float) -> float:
        """The brake pedal for a force, taken back where a braked wheel slips beyond its peak."""
        excess = max(0.0, self._normalised_slip(now, -1.0) - _BRAKE_SLIP)
        lift_n = lift_off_force(self._car.throttle_pedal, 0.0)
        asked_n = (_SLIP_GAIN * excess - 1.0) * force_n - lift_n
        return asked_n / self._car.brakes.full_pedal_force_n

    def _normalised_slip(self, now: Snapshot, direction: float) -> float:
        """The highest normalised_slip among the wheels that slip in this direction."""
        threshold = _SLIPPING_SHARE * self._car.tyre.peak_slip_ratio
        return max(
            normalised_slip if direction * slip > threshold else 0.0
            for normalised_slip, slip in zip(now.normalised_slip, now.slip_ratio, strict=True)
        )


class _Axles(NamedTuple):
    """Lateral force each axle has to give, and the most it can give in any direction."""

    front_left_n: float
    rear_left_n: float
    front_grip_n: float
    rear_grip_n: float
