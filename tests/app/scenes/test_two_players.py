"""Two players choose, drive together in halves of the window, pause, and compare laps."""

import msgspec
import pygame
import pytest
from here_worker import HereWorker
from ui_drivers import Keys
from virtual_pad import WHEEL, A, VirtualPad, sdl

from game.app.context.settings import with_part
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.input.seat import ARROWS, LETTERS, SeatInput
from game.app.scenes.loading import LoadingScene
from game.app.scenes.seat_words import told_inputs
from game.app.scenes.split import SplitScene
from game.app.scenes.split_race import SplitRaceScene
from game.app.scenes.two_player_drive import drive_of_two, players_liveries
from game.app.sound.placement import HERE
from game.app.ui.input_words import input_words
from game.drivers.human_driver import HumanDriver
from game.recording.lap_recorder import Lap
from game.setups.presets import save
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow


@pytest.fixture
def keys(game):
    return Keys(game)


@pytest.fixture
def begin(monkeypatch, game, keys, slow_plan):
    """Takes the row of the page of two players that begins; returns the scene that it leads to."""
    monkeypatch.setattr("game.app.venue.background_work.Worker", HereWorker)
    monkeypatch.setattr("game.app.venue.field_ahead.make_plan", lambda *_, **__: slow_plan)

    def take(row):
        keys.choose("Two players")
        keys.choose(row)
        for _ in range(50):
            if not isinstance(game.scene, LoadingScene):
                break
            game.frames(1)
        return game.scene

    return take


@pytest.fixture
def driving(begin):
    scene = begin("Drive together")
    assert type(scene) is SplitScene
    return scene


@pytest.fixture
def racing(game, begin):
    game.context.settings = with_part(game.context.settings, 2, "race", "field")
    game.context.settings = with_part(game.context.settings, 1, "race", "laps")
    scene = begin("Race")
    assert isinstance(scene, SplitRaceScene)
    return scene


def hold(*keys):
    for key in keys:
        pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key))


def speeds_mps(scene):
    return [pane.car.now.velocity_forward_mps for pane in scene.panes]


def test_each_half_of_the_keyboard_drives_its_own_car(game, driving):
    hold(pygame.K_w)
    game.frames(60)
    first, second = speeds_mps(driving)
    assert first > 3.0
    assert abs(second) < 0.05
    hold(pygame.K_UP)
    game.frames(60)
    assert speeds_mps(driving)[1] > 3.0


def test_the_same_keys_alone_and_as_player_1_give_the_same_bits(game, driving, oval, spec):
    """As long as the cars do not touch."""
    hold(pygame.K_w, pygame.K_a)
    game.frames(90)
    together = driving.panes[0].car.now
    state, setup = game.context.seats.seats[0].state, driving.panes[0].car.setup
    alone = Drive(oval, [CarEntry(spec, setup, lambda: HumanDriver(state, spec, setup))])
    alone.step(together.tick)
    assert together.velocity_forward_mps > 3.0
    assert alone.followed.now == together


def test_the_cars_collide_in_one_world(game, driving):
    first, second = (pane.car for pane in driving.panes)
    for car, s_m in ((first, 100.0), (second, 110.0)):
        pose = driving.drive.track.centreline.pose(s_m)
        driving.drive.session.place(car.number, pose, s_m)
    hold(pygame.K_w)
    game.frames(180)
    assert second.now.s_m > 111.0


@pytest.mark.parametrize("layout", ["beside", "above"])
def test_both_views_stay_within_their_halves_and_follow_their_cars(game, driving, layout):
    game.context.settings = with_part(game.context.settings, layout, "two_players", "layout")
    hold(pygame.K_w)
    game.frames(120)
    size = (1280, 720)
    parts = driving.halves(size)
    views = game.venue.world_view.views[-2:]
    for pane, part, view in zip(driving.panes, parts, views, strict=True):
        assert (view.width, view.height) == part.size
        pose = pane.car.pose(1.0)
        x, y = view.to_screen(pose.x_m, pose.y_m)
        assert 0.0 < x < part.width
        assert 0.0 < y < part.height
    surface = pygame.Surface(size)
    surface.fill((1, 2, 3))
    for (pane, half), other in zip(driving._halves_on(surface), parts[::-1], strict=True):
        surface.fill((1, 2, 3))
        pane.draw_world(half, driving.picture, 0.0, driving.named_in(pane))
        pane.draw_over(half, 0.0, driving.others_in(pane), [])
        beyond = pygame.surfarray.array3d(surface.subsurface(other))
        assert (beyond == (1, 2, 3)).all()


def test_a_reset_puts_back_the_car_of_the_one_who_asks(game, driving):
    hold(pygame.K_w, pygame.K_UP)
    game.frames(120)
    hold(pygame.K_q)
    game.frames(2)
    first, second = speeds_mps(driving)
    assert first < 0.5
    assert second > 3.0


def test_a_controller_pulled_out_pauses_and_is_named_with_its_player(game, driving, keys):
    library = sdl()
    if library is None:
        pytest.skip("pygame's SDL library is not where it can be found")
    pad = VirtualPad(library)
    game.frames(2)
    (device,) = game.context.inputs.devices()
    game.context.seats.choose(game.context.seats.seats[1], SeatInput("device", device.instance))
    game.frames(2)
    pad.unplug()
    game.frames(2)
    paused = game.scene
    assert paused.under_title == f"Player 2: {device.name} is unplugged"
    assert paused.page.row.label == "Player 2"
    assert "joins" in paused.page.row.note
    keys.back()
    assert game.scene is paused
    seats = game.context.seats
    keys.press(pygame.K_RIGHT, pygame.K_RIGHT)
    assert seats.are_taken
    assert {seat.input for seat in seats} == {LETTERS, ARROWS}
    keys.back()
    assert game.scene is driving


def test_a_controller_joins_by_its_button_which_begins_nothing(game, keys):
    library = sdl()
    if library is None:
        pytest.skip("pygame's SDL library is not where it can be found")
    keys.choose("Two players")
    page = game.scene
    pad = VirtualPad(library)
    game.frames(2)
    pad.press(A)
    game.frames(2)
    assert game.scene is page
    kinds = [seat.input.kind for seat in game.context.seats]
    assert kinds == ["keyboard", "device"]
    pad.unplug()
    game.frames(2)
    keys.choose("Drive together")
    assert game.scene is page  # there is nothing that the second could drive with


def test_a_wheel_takes_a_seat_and_is_told_by_its_own_axes_and_buttons(game, keys):
    library = sdl()
    if library is None:
        pytest.skip("pygame's SDL library is not where it can be found")
    controls = game.context.settings.controls
    profile = msgspec.structs.replace(controls.wheel, brake="axis 3", buttons={"reset": "button 5"})
    game.context.settings = with_part(game.context.settings, profile, "controls", "wheel")
    keys.choose("Two players")
    wheel = VirtualPad(library, WHEEL)
    game.frames(2)
    wheel.press(A)
    game.frames(2)
    seats = game.context.seats
    assert [seat.input.kind for seat in seats] == ["keyboard", "device"]
    told = told_inputs(seats, seats.seats[1].input, game.context.settings.controls)
    assert [name for _, name in told] == [
        input_words(name) for name in ("axis 0-", "axis 1", "axis 3", "button 5")
    ]
    wheel.unplug()
    game.frames(2)


def test_the_second_drives_a_setup_of_their_own_that_has_a_name(game, begin):
    save("short gears", Setup(front_torque_share=0.2), game.garage.spec)
    settings = with_part(game.context.settings, "short gears", "two_players", "setup")
    game.context.settings = settings
    driving = begin("Drive together")
    assert [pane.car.setup.front_torque_share for pane in driving.panes] == [0.5, 0.2]


def test_a_setup_that_is_gone_is_told_of_and_is_that_of_player_1(game, begin):
    said = []
    game.context.notice.show = said.append
    game.context.settings = with_part(game.context.settings, "gone", "two_players", "setup")
    driving = begin("Drive together")
    assert len({pane.car.setup for pane in driving.panes}) == 1
    assert any("Player 2 has the setup of Player 1" in text for text in said)


def test_a_pause_by_either_lets_the_world_stand_still(game, driving, keys):
    hold(pygame.K_w)
    game.frames(30)
    keys.pause()
    tick = driving.drive.world.tick
    game.frames(10)
    assert driving.drive.world.tick == tick
    keys.choose("Resume")
    assert game.scene is driving


def test_both_cars_are_heard_each_on_its_side(game, driving):  # noqa: ARG001
    heard = []
    game.context.sound.hear = heard.append
    game.frames(2)
    (left, right), scape = heard[-1].placement.sides.ravel(), heard[-1]
    assert left > right
    (other,) = scape.others
    left, right = other.placement.sides.ravel()
    assert right > left
    assert scape.placement != HERE


def test_the_two_never_wear_the_same(game):
    settings = game.context.settings
    for livery in ("works", "azure", "lime"):
        game.context.settings = with_part(settings, livery, "two_players", "livery")
        first, second = players_liveries(game.context)
        assert first.number != second.number
        assert first.name != second.name
    game.context.settings = with_part(settings, 7, "car", "number")
    first, second = players_liveries(game.context)
    assert first.number == "7" != second.number


def test_laps_of_two_are_compared_watched_and_on_no_board(game, driving, keys):
    first, second = (pane.car for pane in driving.panes)
    for car, time_s in ((first, 61.5), (second, 60.25)):
        car.laps.laps = [Lap(1, time_s, (20.0,) * 3, True, 9e7, 1e6, 50.0, ())]
    keys.pause()
    keys.choose("End session")
    assert game.scene.under_title.startswith("Player 2 is faster by 1.250 s")
    game.frames(1)
    keys.choose("Replay")
    while isinstance(game.scene, LoadingScene):
        game.frames(1)
    liveries = [car.entry.livery for car in game.scene.replay_drive.cars]
    assert liveries == [pane.car.entry.livery for pane in driving.panes]


def test_two_race_alone_or_among_bots(racing):
    assert [each.name for each in racing.race.entrants] == ["Player 1", "Player 2"]
    boards = [racing.race.board_of(pane.car) for pane in racing.panes]
    assert [board.place for board in boards] == [1, 2]
    assert boards[0].behind.name == "Player 2"
    assert boards[1].ahead.name == "Player 1"


def test_a_pause_shows_the_standings_of_a_race_and_nothing_in_a_free_drive(game, racing, written):
    game.show(game.routes.pause_two(racing))
    assert written.count("Player 1") == 2  # in the row of the seat, and among the standings
    free = SplitScene(game.garage, game.routes, drive_of_two(game.garage))
    written.clear()
    game.show(game.routes.pause_two(free))
    assert written.count("Player 1") == 1


def test_each_is_told_of_their_own_race(game, racing):
    hold(pygame.K_w)  # too early
    game.frames(120)
    first, second = (banner.news for banner in racing._banners)
    assert "PENALTY" in first.title
    assert second is None
    pane, half = racing._halves_on(pygame.Surface((1280, 720)))[0]
    (banner,) = racing.draw_news(pane, half)
    assert not banner.meets(pane.name_box)


def test_the_result_names_both(game, racing, keys):
    racing.race.step(240 * 9)
    keys.pause()
    keys.choose("Player 1 retires")
    assert game.scene is racing
    keys.pause()
    keys.choose("Player 2 retires")
    game.frames(2)
    assert game.scene.under_title.startswith("Player 1: out · Player 2: out")
