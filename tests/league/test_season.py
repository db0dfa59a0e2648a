"""A season: read from its file, driven in any number of processes, gone on with after a kill."""

import dataclasses
import json
import shutil
import textwrap
from pathlib import Path

import faulty_bots
import pytest
from html_page import PageReader
from oval import make_oval

from game.errors import InputError
from game.league.league_file import read_league
from game.league.rounds import rounds_of
from game.league.season import LocalRaces, Season
from game.racing.guarded_race import NumberedRace, drive_guarded_races
from game.racing.race_length import RaceLength

pytestmark = pytest.mark.slow

FAULTY = faulty_bots.__file__
FILE = """
title = "Evening"
laps = 1
seeds = [1, 2]
points = [3, 1]

[[bot]]
bot = "own.py:Chatters"
name = "Anna"

[[bot]]
bot = "own.py:Chatters"
name = "Berta"
tyre = "sport"

[[circuit]]
track = "sandeby"
"""


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A league of two bots beside its file, whose circuit is an oval."""
    monkeypatch.setattr("game.league.league_file.load_track", lambda _name: make_oval())
    (tmp_path / "own.py").write_text(Path(FAULTY).read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "evening.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


class Counting:
    """Drives races here, or ends with an interrupt after some."""

    def __init__(self, executor, stop_after=99):
        self.driven = []
        self._executor = executor
        self._stop_after = stop_after

    def drive(self, races, on_run, on_share):
        def counted(number, run):
            on_run(number, run)
            self.driven.append(number)
            if len(self.driven) == self._stop_after:
                raise KeyboardInterrupt

        self._executor.drive(races, counted, on_share)


def test_a_season_that_is_killed_goes_on_and_ends_the_same_in_any_number_of_processes(path):
    rounds = rounds_of(read_league(path))
    assert [[entry.name for entry in each.race.entries] for each in rounds] == [
        ["Anna", "Berta"], ["Berta", "Anna"],
    ]  # fmt: skip
    first = Counting(LocalRaces(1), stop_after=1)
    with pytest.raises(KeyboardInterrupt):
        Season(rounds).drive(first)
    shares = []
    season = Season(rounds, lambda share, done: shares.append((share, done)))
    results = season.drive(Counting(LocalRaces(1)))
    assert (season.from_cache, season.driven) == (1, 1)
    assert shares[0] == (1.0, 1)
    assert shares[-1] == (2.0, 2)
    assert [place.laps for each in results for place in each.places] == [1, 1, 1, 1]
    rounds[0].kept.write_bytes(b"damaged")
    rounds[1].kept.unlink()
    again = Season(rounds)
    assert again.drive(LocalRaces(2)) == results
    assert again.driven == 2


def test_another_bot_setup_or_rule_is_another_race(path):
    def kept():
        return [each.kept.name for each in rounds_of(read_league(path))]

    before = kept()
    assert len(set(before)) == 2
    assert kept() == before
    path.write_text(FILE.replace("points = [3, 1]", "points = [9]"), encoding="utf-8")
    assert kept() == before  # points do not change a race
    for old, new in (
        ("laps = 1", "laps = 2"),
        ("laps = 1", "minutes = 9"),
        ("sport", "slick"),
        ("Anna", "Anne"),
    ):
        path.write_text(FILE.replace(old, new), encoding="utf-8")
        assert not set(kept()) & set(before)
    path.write_text(FILE, encoding="utf-8")
    with (path.parent / "own.py").open("a", encoding="utf-8") as own:
        own.write("\n# another bot\n")
    assert not set(kept()) & set(before)


def test_a_bot_has_its_own_racecraft_or_that_of_the_league(path):
    def levels():
        return [entry.level for entry in read_league(path).entries]

    assert levels() == ["keen", "keen"]
    fair = FILE.replace("laps = 1", 'laps = 1\nracecraft = "fair"')
    path.write_text(fair, encoding="utf-8")
    assert levels() == ["fair", "fair"]
    before = {each.kept.name for each in rounds_of(read_league(path))}
    careful = fair.replace('name = "Berta"', 'name = "Berta"\nracecraft = "careful"')
    path.write_text(careful, encoding="utf-8")
    assert levels() == ["fair", "careful"]
    assert not before & {each.kept.name for each in rounds_of(read_league(path))}


def test_a_league_by_minutes_has_on_each_circuit_the_laps_of_its_fastest_bot(path):
    planned = []

    def as_planned(minutes, _track, _spec, cars):
        planned.append((minutes, cars))
        return RaceLength(3, minutes)

    path.write_text(FILE.replace("laps = 1", "minutes = 2.5"), encoding="utf-8")
    read = read_league(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.league.league_file.planned_length", as_planned)
        assert [each.race.length for each in rounds_of(read)] == [RaceLength(3, 2.5)] * 2
    assert planned == [(2.5, [(each.setup, each.pace) for each in read.entries])]


def test_bots_that_end_their_process_or_hang_are_out_and_the_season_goes_on(path):
    race = rounds_of(read_league(path))[0].race
    spoilt = [
        dataclasses.replace(
            race,
            length=RaceLength(2),
            entries=(race.entries[0], race.entries[1]._replace(bot=f"own.py:{name}")),
            conditions=dataclasses.replace(race.conditions, time_limit_s=0.5),
        )
        for name in ("Exits", "Hangs")
    ]
    runs = {}
    races = [NumberedRace(number, each) for number, each in enumerate(spoilt)]
    drive_guarded_races(races, 2, runs.__setitem__)
    ended, hung = (runs[number].result.classified for number in (0, 1))
    assert (ended[0].car, ended[0].laps, ended[0].retired) == (0, 2, "")
    assert ended[1].retired == "its process ended with exit code 3"
    assert ended[1].laps == hung[1].laps == 1
    assert "did not come back" in hung[1].retired


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "Berta"', 'name = "Anna"', "two bots are called 'Anna'"),
        ('tyre = "sport"', 'tyre = "wood"', "bot[1]: Nissan LEAF NISMO RC: tyre: is 'wood'"),
        ("Chatters", "Nobody", "there is no class 'Nobody'"),
        ('track = "sandeby"', "", "circuit[0]: name a circuit by track, or by made"),
        ('track = "sandeby"', 'made = 1\ntrack = "x"', "circuit[0]: name a circuit by track"),
        ('track = "sandeby"', "made = 1\nlength_m = 10", "circuit[0].length_m"),
        ("laps = 1", "laps = 0", "laps: expected"),
        ("laps = 1", "minutes = 0", "minutes: expected"),
        ("laps = 1", "laps = 1\nminutes = 2", "leave out laps or minutes"),
        ("laps = 1", 'racecraft = "rude"', "racecraft"),
        ("laps = 1", "lap = 1", "unknown field `lap`"),
        ("seeds = [1, 2]", "seeds = []", "seeds: expected"),
        ("points = [3, 1]", "points = [-1]", "points"),
        ("[[circuit]]", "[circuit]", "circuit: expected"),
        ("laps = 1", "laps = [", "is not valid TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(path, old, new, said):
    path.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as wrong:
        read_league(path)
    assert said in str(wrong.value)
    assert "\n" not in str(wrong.value)
    assert path.name in str(wrong.value) or "own.py" in str(wrong.value)


def test_the_command_prints_and_writes_the_season(path, tmp_path, run_command):
    pytest.importorskip("matplotlib")
    page = tmp_path / "page.html"
    code, out, _ = run_command("league", path, "--html", page, "--json", "--workers", 1)
    assert code == 0
    report = json.loads(out)
    assert [each["points"] for each in report["standings"]] in ([6.0, 2.0], [4.0, 4.0])
    assert [each["seed"] for each in report["rounds"]] == [1, 2]
    reader = PageReader()
    reader.feed(page.read_text(encoding="utf-8"))
    assert reader.open == []
    assert reader.counts["svg"] == 2
    assert all(link.startswith(("#", "data:")) for link in reader.links)
    assert {"Anna", "Berta", "Standings", "Results"} <= set(reader.words)
    code, out, _ = run_command("league", path)  # all of it is kept
    assert code == 0
    assert "wins with" in out


def test_the_league_of_the_readme_can_be_raced(path):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    after = readme.split("`evening.toml` says who and where:\n")[1]
    text = after.split("\n`car`, `weather`")[0]
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    shutil.copy(path.with_name("own.py"), path.with_name("my_bot.py"))
    path.write_text(path.read_text().replace("my_bot.py", "my_bot.py:Chatters"), encoding="utf-8")
    league = read_league(path)
    assert [entry.name for entry in league.entries] == ["my_bot", "Reference"]
    assert [entry.setup.tyre for entry in league.entries] == ["sport", "slick"]
    assert len(league.tracks) == 2
    assert league.tracks[1].length_m == pytest.approx(2400.0, rel=1e-3)


def test_a_file_that_is_not_there_is_named(run_command):
    code, out, err = run_command("league", "nowhere.toml")
    assert (code, out) == (2, "")
    assert "nowhere.toml" in err
