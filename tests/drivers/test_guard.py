"""Whatever anyone's driver does wrong costs it the lap, with one line, and no more."""

import math
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.bot.examples.follower import Follower
from game.compiled import Backend
from game.drivers.discovery import find_driver
from game.drivers.driver import Course
from game.drivers.guard import HUNG_EXIT_CODE, GuardedDriver
from game.drivers.observation import Observation
from game.drivers.timing import LapResult
from game.errors import LostLapError
from game.session import Session
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS, Controls, controls

WORLD = World(None, [Start(load_car(), Setup(), Pose(0.0, 0.0, 0.0))])
SEEN = Observation(WORLD.snapshots()[0]._replace(s_m=1234.4))


class Returns:
    """Gives back always the same."""

    def __init__(self, given):
        self.decide = lambda _: given


def lost_by(body, tmp_path):
    """The line of a bot whose method `decide` has this body; it begins in the file's line 5."""
    path = tmp_path / "my_bot.py"
    path.write_text(
        "import sys\nfrom game.vehicle.state import controls, Controls\nclass MyBot:\n"
        "    def decide(self, seen):\n" + textwrap.indent(body, 8 * " ")
    )
    with pytest.raises(LostLapError) as lost:
        GuardedDriver(find_driver(str(path))).decide(SEEN)
    return str(lost.value)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("return 1 / 0", "my_bot.py:5: ZeroDivisionError: division by zero, at 1234 m"),
        (
            "return controls(float('nan'))",
            "my_bot.py:5: ValueError: cannot convert float NaN to integer, at 1234 m",
        ),
        ("x = {}\nreturn x['y']", "my_bot.py:6: KeyError: 'y', at 1234 m"),
        ("import math\nmath.sqrt(-1)", "my_bot.py:6: ValueError: math domain error, at 1234 m"),
        ("raise ValueError('one\\ntwo')", "my_bot.py:5: ValueError: one, at 1234 m"),
        ("raise ValueError", "my_bot.py:5: ValueError, at 1234 m"),
        (
            "class Mute(Exception):\n    def __str__(self):\n        1 / 0\nraise Mute",
            "my_bot.py:8: Mute, at 1234 m",
        ),
        ("sys.exit('bye')", "my_bot.py:5: SystemExit: bye, at 1234 m"),
        ("self.decide(seen)", "my_bot.py:5: RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_what_a_bot_raises_is_told_with_its_own_line_and_the_place(body, line, tmp_path):
    assert lost_by(body, tmp_path).startswith(line)


@pytest.mark.parametrize(
    ("body", "given"),
    [
        ("pass", "None"),
        ("return 0.1, 1.0, 0.0", "(0.1, 1.0, 0.0)"),
        ("return 'left'", "'left'"),
        ("return Controls(0.5, 1.0, 0.0)", "Controls(steering=0.5, throttle=1.0, brake=0.0, "),
        ("return Controls(float('nan'))", "Controls(steering=nan, throttle=0, brake=0, reverse=0)"),
        ("return Controls(float('inf'))", "Controls(steering=inf, throttle=0, brake=0, reverse=0)"),
        ("yield controls()", "<generator object MyBot.decide"),
    ],
)
def test_what_is_no_controls_is_told(body, given, tmp_path):
    line = lost_by(body, tmp_path)
    assert line.startswith(f"my_bot.py: decide returned {given}")
    assert line.endswith(", expected controls(steering, throttle, brake), at 1234 m")
    assert "\n" not in line


def test_a_bot_that_comes_back_late_is_told():
    class Slow:
        def decide(self, _):
            time.sleep(0.02)
            return controls()

    with pytest.raises(LostLapError, match=r"did not come back within 0\.001 s, at 1234 m"):
        GuardedDriver(Slow, time_limit_s=0.001).decide(SEEN)


def test_a_bot_that_never_comes_back_takes_only_its_process_with_it(tmp_path):
    bot = tmp_path / "my_bot.py"
    bot.write_text(
        "class MyBot:\n    def decide(self, seen):\n        while True:\n            pass\n"
    )
    code = f"""
        import os
        import sys
        from game.drivers.discovery import find_driver
        from game.drivers.guard import HUNG_EXIT_CODE, GuardedDriver
        from game.drivers.observation import Observation
        from game.simulation.world import Start, World
        from game.track.elements import Pose
        from game.vehicle.setup import Setup
        from game.vehicle.spec import load_car

        def end(line):
            print(line, file=sys.stderr, flush=True)
            os._exit(HUNG_EXIT_CODE)

        world = World(None, [Start(load_car(), Setup(), Pose(0.0, 0.0, 0.0))])
        driver = GuardedDriver(find_driver({str(bot)!r}), time_limit_s=0.2, on_hang=end)
        driver.decide(Observation(world.snapshots()[0]))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == HUNG_EXIT_CODE
    place, _, said = done.stderr.strip().partition(": ")
    assert place in ("my_bot.py:3", "my_bot.py:4")
    assert said == "did not come back within 0.2 s, at 0 m"


def test_nobody_is_told_of_a_bot_that_comes_back_in_time():
    hangs = []
    driver = GuardedDriver(lambda: Returns(controls()), time_limit_s=0.15, on_hang=hangs.append)
    driver.decide(SEEN)
    time.sleep(0.4)
    assert hangs == []


@pytest.mark.parametrize("question", ["made", "reset", "lap done"])
def test_making_reset_and_learning_are_guarded_too(question, ricardo_tormo, spec):
    class Stumbles:
        def __init__(self):
            assert question != "made"

        def decide(self, _):
            return controls()

        def reset(self, _):
            assert question != "reset"

        def lap_done(self, _):
            assert question != "lap done"

    def ask_everything():
        driver = GuardedDriver(Stumbles)
        driver.reset(Course(ricardo_tormo, spec, Setup(), seed=0))
        driver.lap_done(LapResult(1, 100.0, (50.0, 50.0), True))

    with pytest.raises(LostLapError, match=r"test_guard\.py:\d+: AssertionError"):
        ask_everything()


@pytest.mark.parametrize("ticks", [0, -4, 2.5, None, 241])
def test_turns_that_cannot_be_kept_are_told(ticks):
    class Turns(Follower):
        ticks_per_decision = ticks

    with pytest.raises(LostLapError, match=r"ticks_per_decision is .*, expected a whole number"):
        GuardedDriver(Turns)


def test_an_interrupt_is_not_the_bot_s_fault():
    class Interrupted:
        def decide(self, _):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        GuardedDriver(Interrupted).decide(SEEN)


def test_in_a_process_deaf_to_interrupts_one_is_the_bot_s_fault(tmp_path):
    heard_by = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        line = lost_by("raise KeyboardInterrupt", tmp_path)
    finally:
        signal.signal(signal.SIGINT, heard_by)
    assert line == "my_bot.py:5: KeyboardInterrupt, at 1234 m"


def test_what_a_bot_prints_stays_out_of_the_output(capsys):
    class Talks:
        def decide(self, _):
            print("turning")
            return controls()

    GuardedDriver(Talks).decide(SEEN)
    print("{}")
    assert capsys.readouterr() == ("{}\n", "turning\n")


whole_numbers = st.integers(-(10**9), 10**9)


@given(whole_numbers, whole_numbers, whole_numbers, st.booleans() | whole_numbers)
def test_controls_out_of_range_are_clipped_and_others_left_alone(steering, throttle, brake, back):
    asked = Controls(steering, throttle, brake, back)
    held = GuardedDriver(lambda: Returns(asked)).decide(SEEN)
    highest = Controls(STEERING_STEPS, PEDAL_STEPS, PEDAL_STEPS, 1)
    lowest = Controls(-STEERING_STEPS, 0, 0, 0)
    for got, wanted, low, high in zip(held, asked, lowest, highest, strict=True):
        assert type(got) is int
        assert got == wanted if low <= wanted <= high else got in (low, high)


@pytest.mark.slow
def test_a_sound_bot_drives_the_same_bits_guarded(ricardo_tormo, spec):
    def state_after(driver):
        start = Start(spec, Setup(), ricardo_tormo.centreline.pose(800.0), 800.0, 20.0)
        session = Session(World(ricardo_tormo, [start], backend=Backend.COMPILED), [driver])
        while session.world.time_s < 10.0:
            session.step()
        assert math.isfinite(session.snapshots[0].x_m)
        return session.world.state_bits()

    assert state_after(GuardedDriver(Follower)) == state_after(Follower())
