"""A hit is seen: where it was, its flash and sparks, scrapes that stay, tyres that spring back."""

import numpy as np
import pygame
import pytest
from ui_drivers import PlainGround

from game.app.canvas.patches import Piece
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.effects.contact import FrameContact, find_contact
from game.app.effects.effects import Effects
from game.app.effects.flashes import Flashes
from game.app.effects.scrapes import Scrapes
from game.app.effects.settings import EffectChoice
from game.app.effects.tyre_walls import TyreWalls
from game.app.objects.walls import tyre_places
from game.app.view.camera import View
from game.app.view.jolt import Jolt
from game.bot.examples.follower import Follower

FRAME_S = 1.0 / 60.0
VIEW = View(0.0, 0.0, 14.0, 320, 240)


def contact_at(x_m, y_m, share=1.0, direction=(1.0, 0.0)):
    return FrameContact(np.array([x_m, y_m]), np.array(direction), share, np.array([10.0, 0.0]))


@pytest.fixture(scope="module")
def standing(track, spec, setup):
    now = Drive(track, [CarEntry(spec, setup, Follower)]).followed.now
    return now._replace(x_m=0.0, y_m=0.0, heading_rad=0.0)


def test_a_car_that_is_pushed_back_was_hit_at_its_nose(spec, standing):
    before = standing._replace(velocity_forward_mps=20.0)
    contact = find_contact(spec.chassis, before, standing, 5000.0)
    assert contact.place_m == pytest.approx((spec.chassis.nose_m, 0.0))
    assert contact.direction == pytest.approx((1.0, 0.0))


def test_a_car_that_touched_nothing_has_no_contact(spec, standing):
    before = standing._replace(velocity_forward_mps=20.0)
    assert find_contact(spec.chassis, before, standing, 0.0) is None


def test_a_hard_hit_flashes_once_for_a_moment(offscreen):
    surface = offscreen((320, 240))
    flashes = Flashes()
    for _ in range(3):
        flashes.add(contact_at(0.0, 0.0))
    assert len(flashes) == 1
    flashes.draw(surface, VIEW)
    assert max(surface.get_at((160, 120))[:3]) > 150
    for _ in range(30):
        flashes.update(FRAME_S)
    assert len(flashes) == 0
    flashes.add(contact_at(0.0, 0.0, share=0.05))
    assert len(flashes) == 0


@pytest.mark.parametrize("calm", [False, True])
def test_reduced_motion_sees_no_flash(offscreen, spec, standing, calm):
    offscreen((320, 240))
    effects = Effects(spec.chassis, PlainGround())
    effects.choice = EffectChoice(calm=calm)
    effects.update(standing._replace(velocity_forward_mps=20.0), 0.0, FRAME_S)
    effects.update(standing._replace(tick=standing.tick + 4), 5000.0, FRAME_S)
    assert len(effects._flashes) == (0 if calm else 1)


def test_a_car_that_slides_along_a_wall_leaves_a_scrape_there(offscreen):
    offscreen((320, 240))
    scrapes = Scrapes()
    for step in range(20):
        scrapes.update(contact_at(0.5 * step, 0.0, share=0.5, direction=(0.0, 1.0)))
    scrapes.update(None)
    picture = pygame.Surface((400, 400))
    picture.fill((180, 180, 180))
    scrapes.draw_onto(picture, Piece(-5.0, -10.0, 20.0, 400))
    darker = (pygame.surfarray.array3d(picture) < 150).all(axis=2)
    columns = np.flatnonzero(darker.any(axis=1))
    assert columns[-1] - columns[0] > 20 * 8.0  # for metres along the wall
    before = len(scrapes)
    scrapes.update(contact_at(60.0, 0.0))  # elsewhere: not joined with what was before
    scrapes.update(None)
    assert len(scrapes) - before < 20


def test_a_hard_blow_gouges_and_a_light_touch_leaves_nothing_yet():
    hard, light = Scrapes(), Scrapes()
    hard.update(contact_at(0.0, 0.0, share=0.9))
    light.update(contact_at(0.0, 0.0, share=0.05))
    assert (len(hard) > 2, len(light)) == (True, 0)


@pytest.fixture
def walls(track):
    return TyreWalls(track)


def hit_a_stack(track, walls, share):
    place = tyre_places(track)[0]
    walls.hit(contact_at(*place, share=share))
    return place


def test_tyres_that_are_hit_move_and_spring_back(track, walls):
    hit_a_stack(track, walls, 0.8)
    assert walls.moving > 5
    farthest_m = 0.0
    for _ in range(240):
        walls.update(FRAME_S)
        farthest_m = max(farthest_m, float(np.hypot(*walls._moved_m.T).max()))
    assert 0.2 < farthest_m <= 1.0
    assert walls.moving == 0
    assert not walls._moved_m.any()


def test_a_harder_hit_moves_more_tyres(track, walls):
    hit_a_stack(track, walls, 0.1)
    light = walls.moving
    walls.rest()
    hit_a_stack(track, walls, 1.0)
    assert walls.moving > light > 0


def test_a_hit_far_from_all_tyres_moves_none(track, walls):
    walls.hit(contact_at(*track.centreline.point(0.0, 0.0)))
    assert walls.moving == 0


@pytest.mark.parametrize("frame_s", [1.0 / 240.0, 0.25])
def test_the_springs_are_stable_at_any_frame_rate(track, walls, frame_s):
    hit_a_stack(track, walls, 1.0)
    for _ in range(round(4.0 / frame_s)):
        walls.update(frame_s)
        assert np.abs(walls._moved_m).max() <= 1.0
    assert walls.moving == 0


def test_moved_tyres_are_drawn_elsewhere_and_those_at_rest_cost_nothing(offscreen, track, walls):
    surface = offscreen((320, 240))
    place = tyre_places(track)[0]
    view = View(*place.tolist(), 20.0, 320, 240)
    surface.fill((120, 110, 90))
    walls.draw(surface, view)
    untouched = pygame.surfarray.array3d(surface)
    assert (untouched == (120, 110, 90)).all()
    hit_a_stack(track, walls, 0.8)
    for _ in range(6):
        walls.update(FRAME_S)
    walls.draw(surface, view)
    assert (pygame.surfarray.array3d(surface) != untouched).any()


def test_a_jolt_moves_the_view_and_dies_away():
    jolt = Jolt()
    assert jolt.jolted(VIEW) == VIEW
    jolt.hit(1.0)
    moved = jolt.jolted(VIEW)
    away_px = np.hypot(moved.x_m - VIEW.x_m, moved.y_m - VIEW.y_m) * VIEW.pixels_per_m
    assert 0.01 * VIEW.height < away_px < 0.06 * VIEW.height
    for _ in range(60):
        jolt.update(FRAME_S)
    assert jolt.jolted(VIEW) == VIEW
    jolt.hit(0.02)
    assert jolt.jolted(VIEW) == VIEW
