"""List cars from the command line."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from game.cli.options import AsJson, json_text
from game.errors import InputError
from game.vehicle.spec import CarSpec, car_names, load_car

app = typer.Typer(help="Cars: list and show them.")


@app.command("list")
def car_list(json: AsJson = False) -> None:
    """Name the cars that ship and those you have saved."""
    names: dict[str, str] = {}
    faults: dict[str, str] = {}
    for car in car_names():
        try:
            names[car] = load_car(car).name
        except InputError as error:
            faults[car] = str(error)
    if json:
        rows = [{"car": car, "name": name} for car, name in names.items()]
        rows += [{"car": car, "fault": fault} for car, fault in faults.items()]
        print(json_text({"cars": rows}))
        return
    for car, name in names.items():
        print(f"{car}: {name}")
    for car, fault in faults.items():
        print(f"{car}: cannot be driven: {fault}")


@app.command("show")
def car_show(
    car: Annotated[str, typer.Argument(metavar="C", help="Name of a car, or a path to its file.")],
    json: AsJson = False,
) -> None:
    """Print what a car is: its size, mass, motors and tyres."""
    spec = load_car(car)
    if json:
        print(json_text(_report(spec)))
        return
    chassis, power_w = spec.chassis, spec.front_motor.peak_power_w + spec.rear_motor.peak_power_w
    print(f"{spec.id}: {spec.name}")
    print(f"{chassis.length_m:.2f} x {chassis.width_m:.2f} m, {chassis.mass_kg:.0f} kg")
    print(f"{power_w / 1000.0:.0f} kW, {_driven_axles(spec)}")
    print(f"tyres: {', '.join(spec.tyres)}")
    print(f"source: {spec.source}")


def _report(spec: CarSpec) -> dict[str, Any]:
    return {
        "car": spec.id,
        "name": spec.name,
        "source": spec.source,
        "length_m": spec.chassis.length_m,
        "width_m": spec.chassis.width_m,
        "mass_kg": spec.chassis.mass_kg,
        "front_power_w": spec.front_motor.peak_power_w,
        "rear_power_w": spec.rear_motor.peak_power_w,
        "tyres": list(spec.tyres),
    }


def _driven_axles(spec: CarSpec) -> str:
    if spec.rear_motor_name is None:
        return "front motor only"
    return "rear motor only" if spec.front_motor_name is None else "front and rear motor"
