"""Stand in for laps with a formula, which processes load by its name; some die of it."""

import os
import signal
import time

from game.tuning.measurement import Balance, CornerPass, Ledger, Measurement

BEST_SHARE = 0.42


def quick_laps(baseline, setup, laps):  # noqa: ARG001
    """Return laps fastest at a share of 0.42; the more in front, the less energy."""
    time.sleep(0.02)
    off = setup.front_torque_share - BEST_SHARE
    time_s = 100.0 + 20.0 * off**2 + 0.5 * (setup.wing - 0.3) ** 2 + 0.4 * (setup.tyre != "slick")
    ledger = Ledger(drawn_kwh=5.0 - setup.front_torque_share, regained_kwh=0.5)
    corners = tuple(
        CornerPass(number, 40.0, 30.0, 35.0, time_s / 2, Ledger(drawn_kwh=ledger.net_kwh / 2))
        for number in (1, 2)
    )
    times_s = tuple(time_s + 0.001 * lap for lap in range(laps))
    sectors_s = (time_s / 2, time_s / 2)
    return Measurement(times_s, sectors_s, ledger, Balance(0.3, 0.2, 0.1), corners)


def laps_with_an_accident(folder, baseline, setup, laps):
    """Kill one worker, once, whatever it is at."""
    try:
        (folder / "accident").touch(exist_ok=False)
    except FileExistsError:
        return quick_laps(baseline, setup, laps)
    return os.kill(os.getpid(), signal.SIGKILL)


def laps_with_a_killer(baseline, setup, laps):
    """Kill whoever drives with a wing of 0.5."""
    if setup.wing == 0.5:
        os.kill(os.getpid(), signal.SIGKILL)
    return quick_laps(baseline, setup, laps)


def slow_laps(folder, baseline, setup, laps):
    """Take long enough to be killed in the middle; each leaves a note."""
    (folder / f"{setup.wing:g} {time.monotonic_ns()}").touch()
    found = quick_laps(baseline, setup, laps)
    time.sleep(0.15)
    return found


def lost_laps(baseline, setup, laps):
    """Return no lap with sport tyres: with them nobody gets round."""
    if setup.tyre == "sport":
        return Measurement(lost="the car was lost at 930 m")
    return quick_laps(baseline, setup, laps)
