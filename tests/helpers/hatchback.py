"""A second car, unlike the shipped one: small, driven in front, on tyres of other names."""

from pathlib import Path

import msgspec
import tomli_w

from game.vehicle.spec import CarSpec, Range, load_car

ONLY_FRONT = Range(1.0, 1.0, 1.0)


def make_hatchback() -> CarSpec:
    """Return a front-driven car of 950 kg, made of the shipped one's parts."""
    leaf = load_car()
    replace = msgspec.structs.replace
    slick = leaf.tyres["slick"]
    return replace(
        leaf,
        id="hatchback",
        name="Hatchback",
        chassis=replace(
            leaf.chassis,
            mass_kg=950.0,
            front_mass_share=0.58,
            wheelbase_m=2.4,
            track_width_m=1.48,
            length_m=3.6,
            width_m=1.7,
            front_overhang_m=0.65,
            yaw_inertia_kgm2=900.0,
        ),
        tyres={
            "road": replace(slick, friction_forward=1.0, friction_left=1.0),
            "rain": replace(slick, friction_forward=0.8, friction_left=0.8),
        },
        motors={"small": replace(leaf.front_motor, peak_torque_nm=200.0, peak_power_w=80_000.0)},
        front_motor_name="small",
        rear_motor_name=None,
        power_map_shares=leaf.power_map_shares,
        setup=replace(leaf.setup, front_torque_share=ONLY_FRONT, front_regen_share=ONLY_FRONT),
    )


def write_car(spec: CarSpec, path: Path) -> Path:
    """Write a car as a file that `load_car` reads; where it is."""
    content = msgspec.to_builtins(spec)
    for name in ("id", "folder"):
        del content[name]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(tomli_w.dumps(_given(content)), encoding="utf-8")
    return path


def _given(content):
    """The values that are there, of tables within tables, too."""
    if not isinstance(content, dict):
        return content
    return {name: _given(value) for name, value in content.items() if value is not None}
