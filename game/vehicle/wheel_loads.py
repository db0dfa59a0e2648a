"""The car's weight and downforce are shared by the four wheels of a car in a steady motion."""

from dataclasses import dataclass

from game.compiled import tick_function
from game.scalars import clamp
from game.vehicle.spec import ChassisSpec
from game.vehicle.state import PerWheel
from game.vehicle.suspension import Suspension


@dataclass(frozen=True, slots=True)
class LoadTransfer:
    """Holds what steady wheel loads depend on."""

    front_weight_n: float
    rear_weight_n: float
    forward_kg: float  # load moved from front to rear per acceleration forwards
    front_left_kg: float  # load moved from left to right on the front axle, per acceleration left
    rear_left_kg: float
    time_s: float  # with which damped accelerations follow


def make_load_transfer(suspension: Suspension, chassis: ChassisSpec) -> LoadTransfer:
    """Return where the loads are once the springs have followed; the driver sits where the centre
    of gravity is.
    """
    front, rear = suspension.front, suspension.rear
    roll_s2pm = suspension.roll_kgm / suspension.roll_nmprad
    return LoadTransfer(
        front_weight_n=front.weight_n,
        rear_weight_n=rear.weight_n,
        forward_kg=suspension.pitch_kg + suspension.pitch_links_kg,
        front_left_kg=front.links_kg + front.roll_n * roll_s2pm,
        rear_left_kg=rear.links_kg + rear.roll_n * roll_s2pm,
        time_s=chassis.load_transfer_time_s,
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
