"""Turn a person's inputs into controls: keys, stick or wheel, filtered in every tick.

The window writes what is held into an `InputState`; the filter runs in the tick, so that a car
drives the same at every frame rate. A key or a stick asks for a share of the lateral grip, which
rises and falls at limited rates; `GripSteering` turns it into an angle.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Final, NamedTuple

from msgspec import Meta

from game.drivers.grip_steering import GripSteering
from game.drivers.observation import Observation
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S
from game.toml_files import TomlTable
from game.units import PI
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls, controls

_MIN_SPEED_MPS: Final = 3.0  # below this the body's slip says nothing about a slide
_PRESSED: Final = 0.05  # of a pedal: it is meant
_HELD_DOWN: Final = 0.3  # of the brake, that asks for reverse


class Device(Enum):
    """Names the kind of device that the player drives with."""

    KEYBOARD = "keyboard"
    PAD = "pad"
    WHEEL = "wheel"


ResponseSeconds = Annotated[float, Meta(ge=0.01, le=2.0)]
PositiveShare = Annotated[float, Meta(gt=0.0, le=1.0)]
Gain = Annotated[float, Meta(ge=1.0, le=5.0)]


class HumanSettings(TomlTable, frozen=True):
    """Holds the settings that smooth inputs. Times are from one end of the travel to the other.

    The defaults are estimates, found by driving.
    """

    raw: bool = False  # keys go from end to end at once, without limit or ramp
    grip: Annotated[float, Meta(ge=0.5, le=1.2)] = 1.06  # lateral, asked for by a held key
    steadying_1ps: Annotated[float, Meta(ge=0.0, le=12.0)] = 6.0  # of a yaw rate nobody asked for
    slow_rise_s: ResponseSeconds = 0.22  # middle to end, up to slow_mps ...
    slow_mps: Annotated[float, Meta(ge=0.0, le=30.0)] = 15.0
    fast_rise_s: ResponseSeconds = 0.38  # ... and at fast_mps and beyond
    fast_mps: Annotated[float, Meta(ge=31.0, le=100.0)] = 55.0
    opposite_gain: Gain = 1.45  # quicker against the present side
    return_s: ResponseSeconds = 0.12
    some_share: PositiveShare = 0.4  # with its key held
    most_share: PositiveShare = 0.7
    slide_rad: Annotated[float, Meta(ge=0.01, le=0.5)] = 3.0 * PI / 180.0  # the body's slip ...
    slide_gain: Gain = 2.0  # ... from which a key into the slide acts so much harder
    throttle_up_s: ResponseSeconds = 0.20
    throttle_down_s: ResponseSeconds = 0.08
    brake_up_s: ResponseSeconds = 0.15
    brake_down_s: ResponseSeconds = 0.05
    brake_grip: Annotated[float, Meta(ge=0.3, le=1.5)] = 1.0  # of all tyres, by a held key
    stick_slew_ps: Annotated[float, Meta(ge=1.0, le=50.0)] = 6.0  # middle to end, per second
    reverse_after_s: ResponseSeconds = 0.25  # of the brake held at standstill
    standstill_mps: Annotated[float, Meta(ge=0.05, le=2.0)] = 0.3


@dataclass(slots=True)
class InputState:
    """Holds the inputs of now. The window writes them, the driver reads them at its next tick."""

    device: Device = Device.KEYBOARD
    left: bool = False
    right: bool = False
    up: bool = False
    down: bool = False
    some: bool = False  # steer less than all the way: by the smaller share ...
    most: bool = False  # ... and by the larger one
    steering: float = 0.0  # stick or wheel, -1..1, left positive
    throttle: float = 0.0  # 0..1
    brake: float = 0.0  # 0..1
    settings: HumanSettings = field(default_factory=HumanSettings)

    def release(self) -> None:
        """Release all keys, sticks and pedals."""
        self.left = self.right = self.up = self.down = self.some = self.most = False
        self.steering = self.throttle = self.brake = 0.0


class FilteredInputs(NamedTuple):
    """Holds the inputs at the last tick and what the filter has made of them, to be plotted."""

    wanted: float = 0.0  # by key, stick or wheel, -1..1, left positive
    share: float = 0.0  # that it has reached, of the grip, or of the lock when raw
    target_rad: float = 0.0  # of the front wheels
    wheel_rad: float = 0.0  # where they are, at the rack's own speed
    throttle: float = 0.0
    brake: float = 0.0


class SavedInputs(NamedTuple):
    """Holds how far the filter of the inputs has come."""

    share: float
    throttle: float
    brake: float
    reverse: bool
    standing_ticks: int


class HumanDriver:
    """Drives one car as the player's inputs ask."""

    ticks_per_decision = 1

    def __init__(self, state: InputState, spec: CarSpec, setup: Setup) -> None:
        self.state = state
        self.filtered = FilteredInputs()
        car = make_car(spec, setup)
        self._grip_steering = GripSteering(car)
        self._lock_rad = car.steering.lock_rad
        self._share = 0.0
        self._throttle = 0.0
        self._brake = 0.0
        self._reverse = False
        self._standing_ticks = 0

    @property
    def settings(self) -> HumanSettings:
        """Return the settings by which inputs are smoothed now; they may change at any time."""
        return self.state.settings

    @property
    def reverse(self) -> bool:
        """Return whether reverse is engaged."""
        return self._reverse

    def saved(self) -> SavedInputs:
        """Return how far the filter has come, for `restore`; what is held is not part of it."""
        return SavedInputs(
            self._share, self._throttle, self._brake, self._reverse, self._standing_ticks
        )

    def restore(self, saved: SavedInputs) -> None:
        """Filter from where the filter was when it was saved."""
        self._share, self._throttle, self._brake, self._reverse, self._standing_ticks = saved

    def decide(self, seen: Observation) -> Controls:
        """Return the controls of the next tick."""
        now = seen.car
        self._shift(now.velocity_forward_mps)
        self._press(now)
        wanted = self._steering_wanted()
        if self._unfiltered:
            self._share = wanted
            target_rad = wanted * self._lock_rad
        else:
            catching = _catching(now, wanted, self.settings.slide_rad)
            self._steer(now, wanted, catching)
            target_rad = self._target_rad(now, catching)
        self.filtered = FilteredInputs(
            wanted, self._share, target_rad, now.steering_rad, self._throttle, self._brake
        )
        return controls(
            target_rad / self._lock_rad, self._throttle, self._brake, int(self._reverse)
        )

    @property
    def _unfiltered(self) -> bool:
        device = self.state.device
        return device is Device.WHEEL or (self.settings.raw and device is Device.KEYBOARD)

    def _press(self, now: Snapshot) -> None:
        """Move the pedals."""
        accelerate, slow_down = self._pedals_wanted()
        if self._reverse:
            accelerate, slow_down = slow_down, accelerate
        if self._unfiltered:
            self._throttle, self._brake = accelerate, slow_down
            return
        settings = self.settings
        if self.state.device is Device.KEYBOARD and now.velocity_forward_mps > _MIN_SPEED_MPS:
            slow_down *= min(settings.brake_grip * self._grip_steering.pedal(now, self._share), 1.0)
        self._throttle = _pressed(
            self._throttle, accelerate, settings.throttle_up_s, settings.throttle_down_s
        )
        self._brake = _pressed(self._brake, slow_down, settings.brake_up_s, settings.brake_down_s)

    def _pedals_wanted(self) -> tuple[float, float]:
        state = self.state
        if state.device is Device.KEYBOARD:
            return float(state.up), float(state.down)
        return state.throttle, state.brake

    def _shift(self, forward_mps: float) -> None:
        """Engage reverse after the brake was held at standstill; leave it for the throttle."""
        accelerate, slow_down = self._pedals_wanted()
        settings = self.settings
        standing = abs(forward_mps) < settings.standstill_mps
        if self._reverse:
            if accelerate > _PRESSED and forward_mps > -settings.standstill_mps:
                self._engage(reverse=False)
            return
        held = standing and slow_down > _HELD_DOWN and accelerate <= _PRESSED
        self._standing_ticks = self._standing_ticks + 1 if held else 0
        if self._standing_ticks * TICK_S >= settings.reverse_after_s:
            self._engage(reverse=True)

    def _engage(self, *, reverse: bool) -> None:
        self._reverse = reverse
        self._standing_ticks = 0
        self._throttle = self._brake = 0.0

    def _steer(self, now: Snapshot, wanted: float, catching: float) -> None:
        """Move the share towards what is wanted; both keys together hold it."""
        if self.state.device is Device.PAD:
            rate_ps = self.settings.stick_slew_ps
        elif self.state.left and self.state.right:
            return
        else:
            rate_ps = self._key_rate_ps(wanted, now.velocity_forward_mps)
        if catching > 0.0:
            rate_ps *= self.settings.slide_gain
        self._share = _towards(self._share, wanted, rate_ps * TICK_S)

    def _target_rad(self, now: Snapshot, catching: float) -> float:
        """Return the angle for the share. A slide is caught first, and hard, before the car turns
        again: the rack takes a third of a second back from the lock, in which it would swing over.
        """
        settings = self.settings
        share = settings.grip * self._share
        if share * now.velocity_left_mps > 0.0:
            share *= 1.0 - catching
        steadying_1ps = settings.steadying_1ps * (1.0 + (settings.slide_gain - 1.0) * catching)
        braking = 0.0 if self._reverse else self._brake
        return self._grip_steering.angle_rad(now, share, braking, steadying_1ps)

    def _key_rate_ps(self, wanted: float, speed_mps: float) -> float:
        settings = self.settings
        share = self._share
        if wanted == 0.0 or (wanted * share > 0.0 and abs(share) > abs(wanted)):
            return 1.0 / settings.return_s
        fast = (speed_mps - settings.slow_mps) / (settings.fast_mps - settings.slow_mps)
        fast = min(max(fast, 0.0), 1.0)
        rise_s = settings.slow_rise_s + fast * (settings.fast_rise_s - settings.slow_rise_s)
        return (settings.opposite_gain if wanted * share < 0.0 else 1.0) / rise_s

    def _steering_wanted(self) -> float:
        """Return the steering that is wanted, -1..1, left positive."""
        state = self.state
        if state.device is Device.WHEEL:
            return state.steering
        keys = state.device is Device.KEYBOARD
        steering = float(state.left) - float(state.right) if keys else state.steering
        if state.some:
            return self.settings.some_share * steering
        return self.settings.most_share * steering if state.most else steering


def _catching(now: Snapshot, wanted: float, slide_rad: float) -> float:
    """Return how far the car slides sideways while the player steers to where it goes: 0..1.

    It begins at a body slip of `slide_rad` and is all at twice that.
    """
    forward_mps = now.velocity_forward_mps
    if forward_mps < _MIN_SPEED_MPS or now.velocity_left_mps * wanted <= 0.0:
        return 0.0
    slip_rad = math.atan2(abs(now.velocity_left_mps), forward_mps)
    return min(max(slip_rad / slide_rad - 1.0, 0.0), 1.0)


def _pressed(pedal: float, wanted: float, up_s: float, down_s: float) -> float:
    return _towards(pedal, wanted, TICK_S / (up_s if wanted > pedal else down_s))


def _towards(value: float, target: float, max_step: float) -> float:
    return min(value + max_step, target) if target > value else max(value - max_step, target)
