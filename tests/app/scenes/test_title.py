"""Behind the title the bot drives, as soon as it can, and nobody waits for it."""

import math

import pytest

from game.app.context.settings import with_part
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.ui.theme import metrics

pytestmark = pytest.mark.slow


def test_the_bot_drives_behind_the_title(game):
    drive = game.scene.attract_mode.drive
    before = drive.followed.now
    game.frames(60)
    now = drive.followed.now
    assert math.hypot(now.x_m - before.x_m, now.y_m - before.y_m) == pytest.approx(15.0, rel=0.1)


def test_the_car_is_beside_the_menu_and_in_view(game):
    for _ in range(30):
        game.frames(10)
        view, pose = (
            game.venue.world_view.views[-1],
            game.scene.attract_mode.drive.followed.pose(1.0),
        )
        x, y = view.to_screen(pose.x_m, pose.y_m)
        assert 640 < x < 1240
        assert 100 < y < 620


@pytest.mark.parametrize("size", [(1280, 720), (1264, 672), (1920, 1080), (3840, 2160)])
def test_all_of_the_menu_is_seen_at_once(game, size):
    sizes, page = metrics(size, 1.0), game.scene.page
    game.scene.lay_out(sizes)
    first, last = page.row_box(0), page.row_box(len(page.rows) - 1)
    assert game.scene.below_title(sizes) <= first.top
    assert last.bottom <= sizes.height - game.scene.footer.height(sizes)
    assert page.shown_rows() == list(range(len(page.rows)))


@pytest.fixture
def unplanned(game):
    """A title whose bot has no plan yet."""
    game.venue.plan_ahead.plan = None
    game.venue.plan_ahead.poll = lambda: False
    return game.show(game.routes.title())


def test_without_a_plan_the_camera_glides_until_there_is_one(game, unplanned, slow_plan):
    places = []
    for _ in range(3):
        places.append(game.venue.world_view.views[-1][:2])
        game.frames(60)
        assert unplanned.attract_mode.drive is None
    assert math.dist(places[0], places[1]) > 10.0
    assert math.dist(places[1], places[2]) > 10.0
    game.venue.plan_ahead.plan = slow_plan
    game.frames(1)
    assert unplanned.attract_mode.drive is not None


def test_the_bots_drive_is_made_before_its_plan_is_there(game, unplanned, slow_plan):
    prepared = unplanned.attract_mode.prepare()
    game.frames(60)
    assert unplanned.attract_mode.drive is None
    game.venue.plan_ahead.plan = slow_plan
    game.frames(60)
    assert unplanned.attract_mode.picture is prepared
    assert unplanned.attract_mode.drive.followed.now.velocity_forward_mps > 10.0


def watch(game, title):
    next(row for row in title.page.rows if row.label == "Watch the bot").confirm()
    game.scene = title.handle_pointer(Pointer((0, 0)))
    game.frames(3)


def test_watching_the_bot_waits_for_its_plan_behind_a_line_that_fills(game, unplanned, slow_plan):
    watch(game, unplanned)
    assert game.name == "LoadingScene"
    game.venue.plan_ahead.plan = slow_plan
    game.frames(2)
    assert game.name == "DrivingScene"
    assert game.scene.drive.followed.now.velocity_forward_mps > 10.0


def test_nobody_has_to_wait_for_the_bot(game, unplanned):
    watch(game, unplanned)
    assert game.scene.handle(Command.BACK) is unplanned
    assert game.scene.handle_pointer(Pointer((9, 9), pressed=True)) is unplanned


def test_a_plan_that_cannot_be_made_leads_back_to_the_title(game, unplanned):
    game.venue.plan_ahead.error = "the disk is full"
    watch(game, unplanned)
    assert game.scene is unplanned


def test_a_bot_whose_charge_ends_sets_out_anew(game):
    attract = game.scene.attract_mode
    attract.drive.step(2400)
    far = attract.drive.world.tick
    attract.drive.session.snapshots = (attract.drive.followed.now._replace(charge=0.1),)
    attract.update(0.0)
    assert attract.drive.world.tick < far


def test_with_reduced_motion_the_view_does_not_breathe(game):
    game.context.apply(with_part(game.context.settings, True, "camera", "reduced_motion"))
    scales = set()
    for _ in range(10):
        game.frames(30)
        scales.add(game.venue.world_view.views[-1].pixels_per_m)
    assert len(scales) == 1
