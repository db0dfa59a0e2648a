"""The laps that a player chooses drive along, each with its livery and its name."""

import pytest

from game.app.car.livery import FILE_GHOSTS
from game.app.car.medal_liveries import MEDAL_LIVERIES
from game.app.context.settings import SettingsFile, with_part
from game.app.driving.driven_car import Best
from game.app.driving.rival import Rival
from game.app.driving.settings import GhostSettings
from game.app.scenes.rivals import MAX_RIVALS
from game.app.venue.bot_lap_ahead import PacedLapWanted, _lap_driver
from game.goals.medals import Medal
from game.goals.targets import Targets
from game.recording.ghost import GhostLap, TapedPose
from game.simulation.events import LapDone, LapStarted
from game.simulation.world import Step

pytestmark = pytest.mark.slow


def lap_of(time_s):
    pose = TapedPose(0.0, 0.0, 0.0, 0.0)
    return GhostLap(time_s, (0.0, time_s), (pose, pose))


@pytest.fixture
def chosen(routes):
    """A function that chooses ghosts."""

    def choose(**settings):
        context = routes.context
        context.apply(with_part(context.settings, GhostSettings(**settings), "ghosts"))

    return choose


@pytest.fixture
def everything(routes, monkeypatch):
    """A car with every kind of ghost there is, all of them wanted."""
    garage = routes.garage
    targets = Targets({medal: lap_of(60.0 - number) for number, medal in enumerate(Medal)}, ())
    monkeypatch.setattr(garage.targets_ahead, "of", lambda _: targets)
    monkeypatch.setattr(garage._bot_lap_ahead, "of", lambda _: lap_of(58.0))
    garage.rivals = tuple(Rival(each.name, each, lap_of(70.0)) for each in FILE_GHOSTS)
    car = routes.drive().drive.followed
    driven = car.ghost_recorder
    driven.best, driven.session_best, driven.last = (lap_of(each) for each in (61.0, 62.0, 63.0))
    return car


def names(car):
    return [rival.name for rival in car.ghosts]


def test_each_choice_lets_its_laps_drive_along_and_no_others(chosen, everything):
    nothing = dict.fromkeys(("best", "goal", "session", "last", "bot", "files"), False) | {
        "medals": "none"
    }
    chosen(**nothing)
    assert names(everything) == []
    for choice, shown in (
        ({"best": True}, ["Best"]),
        ({"goal": True}, ["Bronze"]),
        ({"session": True}, ["Session"]),
        ({"last": True}, ["Last lap"]),
        ({"bot": True, "bot_pace": 0.9}, ["Bot 90 %"]),
        ({"medals": "next"}, ["Bronze"]),
        ({"medals": "all"}, ["Bronze", "Silver", "Gold", "Author"]),
        ({"files": True}, [each.name for each in FILE_GHOSTS]),
    ):
        chosen(**nothing | choice)
        assert names(everything) == shown


def test_at_most_eight_drive_along_the_players_own_first_each_in_a_livery_of_its_own(
    chosen, everything, routes
):
    routes.garage.rivals = routes.garage.rivals[:2]
    chosen(session=True, last=True, bot=True, medals="all")
    assert names(everything)[:4] == ["Best", "Session", "Last lap", "Bronze"]
    assert len(everything.ghosts) == MAX_RIVALS == 8
    assert len({rival.livery.signal for rival in everything.ghosts}) == MAX_RIVALS


def test_liveries_of_files_differ_from_one_another():
    assert len(set(FILE_GHOSTS)) == MAX_RIVALS
    assert not set(FILE_GHOSTS) & set(MEDAL_LIVERIES.values())


def test_a_lap_that_is_the_best_and_the_last_drives_along_once(chosen, everything):
    driven = everything.ghost_recorder
    driven.best = driven.session_best = driven.last = lap_of(61.0)
    chosen(goal=False, session=True, last=True, medals="none", files=False)
    assert names(everything) == ["Best"]


def test_the_next_lap_is_driven_against_the_one_that_has_just_ended(chosen, everything):
    chosen(goal=False, last=True, medals="none", files=False)
    now = everything.now._replace(lap=1)

    def step(tick, *events):
        at = now._replace(tick=tick, lap_start_s=0.0)
        everything.ghost_recorder.on_step(Step((at,), events))

    step(0, LapStarted(0, 0, 0.0, 1))
    step(120)
    step(240, LapDone(0, 240, 59.0, True))
    assert [(rival.name, rival.lap.time_s) for rival in everything.ghosts] == [("Best", 59.0)]


def test_the_bot_drives_at_the_pace_that_is_asked_for(track, spec, setup):
    drive = _lap_driver(None, track, spec)
    fast, slow = (drive(PacedLapWanted(setup, pace)).time_s for pace in (1.0, 0.8))
    assert slow / fast == pytest.approx(1.0 / 0.8, rel=0.03)


def test_ghosts_that_an_earlier_version_was_told_to_show_or_hide_stay_so(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('[hud]\nghost = false\nmedal_ghosts = "all"\nopacity = 0.5\n')
    file = SettingsFile(path)
    assert not file.warning
    assert file.settings.ghosts == GhostSettings(best=False, medals="all")
    assert file.settings.hud.opacity == 0.5


def test_the_goal_drives_the_players_own_way_quicker_by_as_much_as_it_is_ahead(chosen, everything):
    poses = tuple(TapedPose(x_m, 0.0, 0.0, 0.0) for x_m in (0.0, 100.0, 400.0))
    everything.ghost_recorder.best = best = GhostLap(80.0, (0.0, 30.0, 80.0), poses)
    everything.best = Best(80.0, (80.0,))
    chosen(best=False, medals="none", files=False)
    (goal,) = everything.ghosts
    assert goal.name == "Goal"
    assert goal.lap.time_s == pytest.approx(79.2)  # a step of one in a hundred towards bronze
    assert goal.lap.pose_at(0.5 * 79.2).x_m == pytest.approx(best.pose_at(40.0).x_m)
    assert everything.ghosts[0].lap is goal.lap
