"""What is bent of a car is felt by who drives it: drag, grip in fast corners, heat, direction."""

import math

from pytest import approx

from game.vehicle.damage import damage_cost
from game.vehicle.parts import make_car
from game.vehicle.spec import DamageSpec
from game.vehicle.state import DamageState, controls


def damaged(rig, spec, speed_mps, **parts):
    """A car whose parts are bent so far."""
    car = rig(speed_mps)
    car.car = make_car(spec, car.setup, damage="full")
    for part, value in parts.items():
        setattr(car.state.damage, part, value)
    return car


def coasting_n(car):
    """The force that slows the car down with both pedals released."""
    return -car.step(controls(), 24).force.forward_n


def test_without_nose_and_tail_the_air_drags_three_tenths_more_at_200_kmh(rig, spec):
    whole, wreck = (
        coasting_n(damaged(rig, spec, 200.0 / 3.6, **parts))
        for parts in ({}, {"nose": 0.99, "tail": 0.99})
    )
    drag_n = 0.5 * spec.aero.air_density_kgpm3 * spec.aero.drag_area_m2 * (200.0 / 3.6) ** 2
    # The tyres roll more lightly under less downforce.
    assert wreck - whole == approx(0.3 * drag_n, rel=0.12)


def test_without_its_tail_the_rear_axle_carries_less_at_200_kmh(rig, spec):
    loads = []
    for tail in (0.0, 0.99):
        car = damaged(rig, spec, 200.0 / 3.6, tail=tail).step(controls(), 96)
        loads.append(car.wheels.rear_left.load_n + car.wheels.rear_right.load_n)
    aero = spec.aero
    dynamic_pa = 0.5 * aero.air_density_kgpm3 * (200.0 / 3.6) ** 2
    rear_n = dynamic_pa * aero.downforce_area_m2 * (1.0 - aero.front_downforce_share)
    assert loads[0] - loads[1] == approx(0.8 * rear_n, rel=0.1)


def test_without_its_nose_the_car_turns_less_at_200_kmh(rig, spec):
    whole, wreck = (
        damaged(rig, spec, 200.0 / 3.6, nose=nose).step(controls(0.12), 120).motion.yaw_rate_radps
        for nose in (0.0, 0.99)
    )
    assert 0.0 < wreck < 0.97 * whole


def test_with_radiators_crushed_motors_and_pack_cool_less(rig, spec):
    cooled = []
    for nose in (0.0, 0.99):
        car = damaged(rig, spec, 30.0, nose=nose)
        hot_k = spec.front_motor.coolant_temperature_k + 60.0
        car.state.front.winding_temperature_k = hot_k
        car.state.battery.temperature_k = spec.battery.ambient_temperature_k + 30.0
        car.step(controls(), 240)
        cooled.append(
            (
                hot_k - car.state.front.winding_temperature_k,
                spec.battery.ambient_temperature_k + 30.0 - car.state.battery.temperature_k,
            )
        )
    for whole_k, wreck_k in zip(*cooled, strict=True):
        assert wreck_k < 0.35 * whole_k


def test_bent_front_wheels_lead_the_car_round_a_circle_at_50_kmh(rig, spec):
    bent_rad = 0.01
    car = damaged(rig, spec, 50.0 / 3.6, nose=0.3, steering_rad=bent_rad)
    course_rad = aside_m = 0.0
    for _ in range(240):
        car.step(controls())
        course_rad += car.motion.yaw_rate_radps / 240.0
        aside_m += car.speed_mps * math.sin(course_rad) / 240.0
    # A circle with the radius of wheelbase over angle, a little wider by slip.
    radius_m = spec.chassis.wheelbase_m / bent_rad
    assert aside_m == approx((50.0 / 3.6) ** 2 / (2.0 * radius_m), rel=0.25)
    assert aside_m > 0.0


def test_what_damage_costs_is_told_as_the_car_feels_it():
    cost = damage_cost(DamageSpec(), DamageState(nose=0.5, tail=0.2))
    assert cost.drag == approx(0.3 * 0.35)
    assert cost.front_downforce == approx(0.3)
    assert cost.rear_downforce == approx(0.16)
    assert cost.cooling == approx(0.4)
    assert damage_cost(DamageSpec(), DamageState()) == (0.0, 0.0, 0.0, 0.0)
