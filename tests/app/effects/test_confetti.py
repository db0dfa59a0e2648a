"""A lap worth celebrating is driven on through paper, unless the player wants none."""

import numpy as np
import pytest

from game.app.context.settings import Settings, with_part
from game.app.driving.moments import Moment, MomentKind
from game.app.effects.confetti import Confetti
from game.app.view.camera import View

FRAME_S = 1.0 / 60.0
SPEED_MPS = 50.0
COLOURS = ((196, 204, 214), (232, 40, 56))


@pytest.fixture
def thrown(track):
    confetti = Confetti(track)
    confetti.throw(COLOURS, SPEED_MPS)
    return confetti


def places_m(confetti):
    flying = np.flatnonzero(confetti._age_s >= 0.0)
    return confetti._now(flying)[0]


def test_wherever_the_car_is_there_is_paper_in_the_air_before_it(thrown, track):
    for frame in range(180):
        thrown.update(FRAME_S)
        car_m = np.array(track.centreline.point(SPEED_MPS * FRAME_S * frame, 0.0))
        way = np.array(track.centreline.point(SPEED_MPS * FRAME_S * frame + 1.0, 0.0)) - car_m
        ahead_m = (places_m(thrown) - car_m) @ way
        assert np.sum((ahead_m > 0.0) & (ahead_m < 40.0)) > 40


def test_paper_falls_on_and_beside_the_road_and_is_gone_after_some_seconds(thrown, track):
    for _ in range(300):
        thrown.update(FRAME_S)
    middle_m = track.frames.along(np.zeros(len(track.frames.s_m)))
    apart_m = [np.hypot(*(middle_m - place).T).min() for place in places_m(thrown)[::20]]
    assert max(apart_m) < 30.0
    assert len(thrown) > 0
    for _ in range(600):
        thrown.update(FRAME_S)
    assert len(thrown) == 0


def test_paper_is_seen_from_above_in_its_colours(thrown, track, offscreen):
    surface = offscreen((640, 360))
    for _ in range(60):
        thrown.update(FRAME_S)
    surface.fill((90, 90, 90))
    x_m, y_m = track.centreline.point(50.0, 0.0)
    thrown.draw(surface, View(x_m, y_m, 8.0, 640, 360))
    pixels = {tuple(surface.get_at((x, y))[:3]) for x in range(640) for y in range(360)}
    assert set(COLOURS) <= pixels


@pytest.mark.parametrize(
    ("names", "value", "expected"),
    [
        (("effects", "confetti"), True, True),
        (("effects", "confetti"), False, False),
        (("camera", "reduced_motion"), True, False),
    ],
)
def test_only_who_wants_paper_gets_it(offscreen, new_routes, names, value, expected):
    offscreen((1280, 720))
    routes = new_routes(with_part(Settings(), value, *names))
    scene = routes.drive()
    scene.drive.followed.on_moment(Moment(MomentKind.NEW_BEST, 1, 92.0, 0.4))
    scene.picture.update(1.0)
    assert (len(scene.picture._confetti) > 0) is expected
    scene.restart()
    assert len(scene.picture._confetti) == 0


@pytest.mark.parametrize("kind", [MomentKind.SLOWER, MomentKind.NOT_VALID, MomentKind.SECTOR_BEST])
def test_a_lap_that_is_not_the_best_has_no_paper(routes, kind):
    scene = routes.drive()
    scene.drive.followed.on_moment(Moment(kind, 1, 92.0, -0.4))
    scene.picture.update(1.0)
    assert len(scene.picture._confetti) == 0
