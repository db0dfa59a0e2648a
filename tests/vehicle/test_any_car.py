"""A car file with any number in it is a car that drives, or is refused in one line."""

import copy
import math
import random
import tomllib

import pytest
import tomli_w

from game.errors import InputError
from game.files import assets_folder
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import default_setup
from game.vehicle.spec import load_car
from game.vehicle.state import controls

SHIPPED = tomllib.loads((assets_folder() / "cars" / "leaf_nismo_rc.toml").read_text())


def leaves(table, path=()):
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, key))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield (*path, key)


def with_number(path, number):
    car = copy.deepcopy(SHIPPED)
    table = car
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = number
    return car


def drives(spec):
    """Return whether all that is known of a car is a number after a second of driving."""
    world = World(None, [Start(spec, default_setup(spec), Pose(0.0, 0.0, 0.0))])
    world.step([controls(0.3, throttle=1.0)], 120)
    (car,) = world.step([controls(-0.3, brake=1.0)], 120).snapshots
    return all(map(math.isfinite, car))


@pytest.mark.slow
@pytest.mark.parametrize("number", [1e-300, 1e-6, 1e-3, 100.0, 1e9, 1e300, 0.0])
def test_a_car_with_any_number_drives_or_is_refused_in_one_line(tmp_path, number):
    path = tmp_path / "any.toml"
    refused = 0
    for place in random.Random(number).sample(list(leaves(SHIPPED)), 25):
        path.write_text(tomli_w.dumps(with_number(place, number)))
        try:
            spec = load_car(str(path))
        except InputError as error:
            refused += len(str(error).splitlines()) == 1
        else:
            assert drives(spec), place
    assert refused > 0


def test_a_part_that_its_coolant_would_make_ring_is_refused(tmp_path):
    path = tmp_path / "any.toml"
    path.write_text(tomli_w.dumps(with_number(("battery", "cooling_wpk"), 1e8)))
    with pytest.raises(InputError, match=r"the battery stores 290000 J/K and is cooled by 1e\+08"):
        load_car(str(path))
