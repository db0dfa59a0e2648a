"""A car file that is wrong is refused in one line that names file, key and remedy."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, raises

from game.errors import InputError
from game.files import assets_folder
from game.vehicle.parts import initial_state, make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

SHIPPED = (assets_folder() / "cars" / "leaf_nismo_rc.toml").read_text(encoding="utf-8")


def refusal(path, text):
    """The one line with which this text is refused as a car."""
    path.write_text(text, encoding="utf-8")
    with raises(InputError) as refused:
        load_car(str(path))
    line = str(refused.value)
    assert "\n" not in line
    assert line.startswith(f"{path}: ")
    return line


def changed(pattern, replacement):
    text, count = re.subn(pattern, replacement, SHIPPED, count=1, flags=re.MULTILINE)
    assert count == 1
    return text


def test_the_shipped_car_has_the_published_size_mass_and_power():
    car = load_car()
    assert car.chassis.mass_kg == 1220.0
    assert (car.chassis.length_m, car.chassis.width_m) == (4.546, 1.942)
    assert car.chassis.wheelbase_m == 2.750
    assert car.front_motor.peak_power_w + car.rear_motor.peak_power_w == 240_000.0
    assert car.front_motor.peak_torque_nm + car.rear_motor.peak_torque_nm == 640.0


def test_a_copy_of_the_shipped_car_under_another_path_is_the_same_car(tmp_path):
    (tmp_path / "copy.toml").write_text(SHIPPED, encoding="utf-8")
    copy = load_car(str(tmp_path / "copy.toml"))
    assert copy.id == "copy"
    leaf = load_car()
    assert msgspec.structs.replace(copy, id=leaf.id, folder=leaf.folder) == leaf


@pytest.mark.parametrize(
    ("pattern", "replacement", "named"),
    [
        (r"^mass_kg = .*", "mass_kg = 0.0", "chassis.mass_kg"),
        (r"^mass_kg = .*", 'mass_kg = "heavy"', "chassis.mass_kg"),
        (r"^mass_kg = .*", "mass_gk = 1220.0", "mass_gk"),
        (r"^gear_efficiency = .*", "gear_efficiency = 97.0", "motors[...].gear_efficiency"),
        (r"^front_mass_share = .*", "front_mass_share = 1.1", "chassis.front_mass_share"),
        (r"^shape = .*", "shape = 2.5", "tyres[...].shape"),
        (r"^lock_rad = .*", "", "lock_rad"),
        (r"^\[steering\]", "[stearing]", "stearing"),
        (r"^\[brakes\][^\[]*", "", "brakes"),
        (r"^power_map_shares = .*", "power_map_shares = [1.0, 0.9]", "power_map_shares"),
        (r"^radius_m = .*", "radius_m = nan", "wheel.radius_m"),
        (r"^peak_torque_nm = .*", "peak_torque_nm = inf", "motors.em57.peak_torque_nm"),
        (r"^loss_speed_w = .*", "loss_speed_w = nan", "motors.em57.loss_speed_w"),
        (r"^cell_voltage_v = .*", "cell_voltage_v = [3.0, 4.0]", "battery.cell_voltage_v"),
    ],
)
def test_a_wrong_misspelt_or_missing_key_is_named(tmp_path, pattern, replacement, named):
    assert named in refusal(tmp_path / "car.toml", changed(pattern, replacement))


def test_broken_toml_is_refused_with_its_line_number(tmp_path):
    assert "line" in refusal(tmp_path / "car.toml", SHIPPED + "\n[motor\n")


def test_a_missing_car_is_named(tmp_path):
    with raises(InputError, match="no such file"):
        load_car(str(tmp_path / "gone.toml"))
    with raises(InputError, match="gt_r"):
        load_car("gt_r")


def test_a_folder_is_no_car(tmp_path):
    (tmp_path / "folder.toml").mkdir()
    with raises(InputError, match=r"folder\.toml: cannot be read"):
        load_car(str(tmp_path / "folder.toml"))


def test_the_driver_weighs_75_kg_where_the_centre_of_gravity_is(spec):
    with_driver = make_car(spec, Setup(driver_aboard=True))
    without = make_car(spec, Setup(driver_aboard=False))
    assert with_driver.mass_kg - without.mass_kg == approx(75.0)
    assert with_driver.front_axle_m == without.front_axle_m


def test_wheels_and_rotors_add_about_six_percent_to_the_inertia(spec):
    car = make_car(spec, Setup(driver_aboard=False))
    turning_kg = car.wheels_inertia_kgm2 / car.wheel.radius_m**2
    assert 1.0 + turning_kg / car.mass_kg == approx(1.06, abs=0.005)


@given(st.floats(0.0, 60.0))
def test_a_rolling_start_has_the_wheels_at_the_speed_of_the_road(spec, speed_mps):
    state = initial_state(spec, Setup(), speed_mps)
    assert state.rear_left.spin_radps * 0.318 == approx(speed_mps)
    assert state.battery.charge == 0.9


def test_a_pressure_that_a_tyre_cannot_be_driven_with_is_refused(spec):
    soft = msgspec.structs.replace(spec.tyres["slick"].state, cold_pressure_pa=45_000.0)
    tyres = {"slick": msgspec.structs.replace(spec.tyres["slick"], state=soft)}
    with pytest.raises(ValueError, match=r"front_pressure_change_pa: -30000 Pa leave the slick"):
        msgspec.structs.replace(spec, tyres=tyres)
