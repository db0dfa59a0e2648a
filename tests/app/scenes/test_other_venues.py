"""Another circuit, or another car, while the window stays open."""

import msgspec
import pygame
import pytest

from game.app.setup.model.workbench import WorkbenchFile
from game.vehicle.setup import Setup

MINE = Setup(front_torque_share=0.4)


@pytest.fixture
def closed(monkeypatch):
    """Return what was closed of the work in the background."""
    names = []
    for name in (
        "game.app.venue.plan_ahead.PlanAhead",
        "game.app.setup.model.what_if.WhatIf",
        "ui_drivers.PlainGround",
    ):
        monkeypatch.setattr(f"{name}.close", lambda _, name=name: names.append(name.split(".")[-1]))
    return names


def drive_off(game):
    """Full throttle for two seconds from the grid; how far the car has come."""
    scene = game.show(game.routes.drive())
    begin = scene.drive.followed.now
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_UP))
    game.frames(120)
    pygame.event.post(pygame.Event(pygame.KEYUP, key=pygame.K_UP))
    game.frames(1)
    now = scene.drive.followed.now
    assert scene.drive.track is game.garage.track
    return ((now.x_m - begin.x_m) ** 2 + (now.y_m - begin.y_m) ** 2) ** 0.5


@pytest.mark.slow
def test_the_car_drives_on_another_circuit_and_back_home_in_one_window(game, oval, track, closed):
    game.garage.workbench.driven_laps.cap_kwh = 4.1
    game.garage.apply_setup(MINE)
    for circuit in (track, oval):
        del closed[:]
        game.routes.change_circuit(circuit)
        assert sorted(closed) == ["PlainGround", "PlanAhead", "WhatIf"]
        assert game.venue.track is circuit
        assert game.garage.setup == game.garage.workbench.setup == MINE
        assert game.garage.workbench.driven_laps.cap_kwh == 4.1
        assert drive_off(game) > 10.0
        assert game.venue.world_view.views  # that the scene looked at this venue's ground


def test_another_car_stays_at_the_circuit_and_sounds_as_itself(game, oval, spec, closed):
    chassis = msgspec.structs.replace(spec.chassis, driver_mass_kg=120.0)
    heavy = msgspec.structs.replace(spec, name="Heavy", chassis=chassis)
    game.routes.change_car(heavy, MINE)
    assert "PlainGround" not in closed
    assert game.venue.track is oval
    assert drive_off(game) > 10.0
    assert game.scene.drive.followed.spec is heavy
    assert game.garage.spec is heavy


def test_what_is_on_the_workbench_is_saved_before_the_change(
    offscreen, new_routes, track, spec, monkeypatch, tmp_path
):
    offscreen((320, 240))
    monkeypatch.setattr("game.app.setup.model.workbench.player_folder", lambda: tmp_path)
    routes = new_routes(workbench_file=WorkbenchFile(spec))
    routes.garage.workbench.load(MINE)
    routes.change_circuit(track)
    assert WorkbenchFile(spec).content.setup == MINE
