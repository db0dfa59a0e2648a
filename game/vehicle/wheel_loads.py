"""The car's weight and downforce are shared by the four wheels."""

from dataclasses import dataclass

from game.compiled import tick_function
from game.scalars import clamp
from game.units import G_MPS2
from game.vehicle.spec import ChassisSpec
from game.vehicle.state import PerWheel


@dataclass(frozen=True, slots=True)
class LoadTransfer:
    """Holds what the wheel loads depend on, made ready for the tick."""

    front_weight_n: float
    rear_weight_n: float
    forward_kg: float  # load moved from front to rear per acceleration forwards
    front_left_kg: float  # load moved from left to right on the front axle, per acceleration left
    rear_left_kg: float
    time_s: float


def make_load_transfer(spec: ChassisSpec, mass_kg: float) -> LoadTransfer:
    """Return the chassis with `mass_kg` in all; the driver sits where the centre of gravity is."""
    leftward = mass_kg * spec.centre_of_gravity_height_m / spec.track_width_m
    return LoadTransfer(
        front_weight_n=mass_kg * G_MPS2 * spec.front_mass_share,
        rear_weight_n=mass_kg * G_MPS2 * (1.0 - spec.front_mass_share),
        forward_kg=mass_kg * spec.centre_of_gravity_height_m / spec.wheelbase_m,
        front_left_kg=leftward * spec.front_roll_stiffness_share,
        rear_left_kg=leftward * (1.0 - spec.front_roll_stiffness_share),
        time_s=spec.load_transfer_time_s,
    )


@tick_function
def wheel_loads(
    transfer: LoadTransfer,
    accel_forward_mps2: float,
    accel_left_mps2: float,
    front_downforce_n: float,
    rear_downforce_n: float,
) -> PerWheel[float]:
    """Return the load of each wheel, never below zero and always weight plus downforce in all."""
    front_n = transfer.front_weight_n + front_downforce_n
    rear_n = transfer.rear_weight_n + rear_downforce_n
    moved_n = clamp(transfer.forward_kg * accel_forward_mps2, -rear_n, front_n)
    front_n -= moved_n
    rear_n += moved_n
    front_half_n = 0.5 * front_n
    rear_half_n = 0.5 * rear_n
    front_moved_n = clamp(transfer.front_left_kg * accel_left_mps2, -front_half_n, front_half_n)
    rear_moved_n = clamp(transfer.rear_left_kg * accel_left_mps2, -rear_half_n, rear_half_n)
    return PerWheel(
        front_half_n - front_moved_n,
        front_half_n + front_moved_n,
        rear_half_n - rear_moved_n,
        rear_half_n + rear_moved_n,
    )
