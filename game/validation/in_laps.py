"""Measure what takes laps: of the reference bot, or by quasi-steady calculation on its line.

Each function is a figure in the unit of its name.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Final

import msgspec
import numpy as np

from game.bot.planning import make_plan
from game.lab.bot_lap import drive_bot_lap
from game.optimum.kept_laps import OptimalLap, kept_lap
from game.track.track import DEFAULT_TRACK, load_track
from game.tuning.baseline import Baseline, make_baseline
from game.tuning.measure import measure_setup
from game.tuning.prediction import predict_setup
from game.units import celsius, kmh, kwh
from game.validation.car_under_test import CarUnderTest
from game.validation.laps import FULL_THROTTLE, StintLog, drive_stint_log
from game.vehicle.setup import Setup, on_frozen_tyres

_STINT_LAPS: Final = 10
_SHORT_LAPS: Final = 3
_NEAR_FULL: Final = 0.95  # of full power
_QUIET_LAP: Final = 2  # of a stint, when the tyres are warm and the pack is not yet hot
_SPLITS: Final = tuple(round(0.05 * step, 2) for step in range(21))


def _stint(car: CarUnderTest, track: str) -> StintLog:
    return car.once(
        ("stint", track), lambda: drive_stint_log(car.car, load_track(track), _STINT_LAPS)
    )


def _best_s(car: CarUnderTest, track: str) -> float:
    return car.once(
        ("best", track), lambda: drive_stint_log(car.car, load_track(track), _SHORT_LAPS).best_s
    )


def lap_time_s(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Let the reference bot drive three laps, and take the best."""
    return _best_s(car, track)


def lap_time_ratio(car: CarUnderTest, tyre: str, track: str = DEFAULT_TRACK) -> float:
    """Return the best lap's time over that of the best lap on another tyre."""
    return _best_s(car, track) / _best_s(car.with_setup(tyre=tyre), track)


def full_throttle_percent(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the share of a lap's time with the pedal on the floor."""
    pedal = _stint(car, track).column("throttle", _QUIET_LAP)
    return 100.0 * float((pedal >= FULL_THROTTLE).mean())


def full_power_percent(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the share of a lap's time in which the motors give nearly all of their power."""
    stint = _stint(car, track)
    return 100.0 * float(
        (stint.column("shafts_w", _QUIET_LAP) >= _NEAR_FULL * stint.full_power_w).mean()
    )


def average_kmh(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the length of the circuit over the time of a lap."""
    return kmh(load_track(track).length_m / _stint(car, track).laps[_QUIET_LAP - 1].time_s)


def slowest_kmh(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the lowest speed of a lap."""
    return kmh(float(_stint(car, track).column("speed_mps", _QUIET_LAP).min()))


def fastest_kmh(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the highest speed of a lap."""
    return kmh(float(_stint(car, track).column("speed_mps", _QUIET_LAP).max()))


def drawn_kwh(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the energy that a lap draws from the pack."""
    return kwh(_stint(car, track).laps[_QUIET_LAP - 1].drawn_j)


def regained_kwh(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the energy that a lap gives back to the pack."""
    return kwh(_stint(car, track).laps[_QUIET_LAP - 1].regained_j)


def shafts_kwh(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the energy that the motors give at their shafts in a lap."""
    return kwh(_booked_j(car, track, "shafts_j"))


def slowing_kwh(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the energy that a lap takes from the car but by air and rolling: in the brakes, in the
    motors and by the tyres' slip.
    """
    names = ("brake_j", "braked_j", "tyres_j")
    return kwh(sum(_booked_j(car, track, name) for name in names))


def laps_of_pack(car: CarUnderTest, pack_kwh: float, track: str = DEFAULT_TRACK) -> float:
    """Return how many laps so much energy lasts, drawn less regained."""
    return pack_kwh / kwh(_stint(car, track).laps[_QUIET_LAP - 1].net_j)


def kwh_per_100_km(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return what a lap takes from the pack, over 100 km."""
    net_kwh = kwh(_stint(car, track).laps[_QUIET_LAP - 1].net_j)
    return net_kwh / load_track(track).length_m * 1e5


def pack_heat_kw(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the mean heat in the pack over a lap."""
    lap = _stint(car, track).laps[_QUIET_LAP - 1]
    return _booked_j(car, track, "battery_j") / lap.time_s / 1e3


def motor_heat_kw(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the mean heat in one motor with its inverter over a lap."""
    lap = _stint(car, track).laps[_QUIET_LAP - 1]
    return 0.5 * _booked_j(car, track, "motor_j") / lap.time_s / 1e3


def _booked_j(car: CarUnderTest, track: str, name: str) -> float:
    energy = _stint(car, track).energy
    return float(getattr(energy[_QUIET_LAP], name) - getattr(energy[_QUIET_LAP - 1], name))


def pack_rise_k(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return by how much a lap warms the pack."""
    pack_k = _stint(car, track).column("pack_k", _QUIET_LAP)
    return float(pack_k[-1] - pack_k[0])


def laps_to_pack_c(car: CarUnderTest, limit_c: float, track: str = DEFAULT_TRACK) -> float:
    """Return after how many laps the pack comes to a temperature, NaN if it does not in ten."""
    stint = _stint(car, track)
    pack_c = np.array([celsius(each) for each in stint.pack_k])
    hot = (pack_c >= limit_c) & (stint.lap >= 1)
    if not hot.any():
        return math.nan
    at = int(np.argmax(hot))
    of_lap = stint.lap == stint.lap[at]
    first = int(np.argmax(of_lap))
    return float(stint.lap[at] - 1 + (at - first) / of_lap.sum())


def fastest_lap_number(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Drive ten laps from cold, and return which one is the fastest."""
    laps = _stint(car, track).laps
    return float(min(laps, key=lambda lap: lap.time_s).number)


def tenth_lap_loss_percent(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Drive ten laps from cold, and return by how much the last is slower than the best."""
    stint = _stint(car, track)
    return 100.0 * (stint.laps[-1].time_s / stint.best_s - 1.0)


def first_lap_loss_percent(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Drive ten laps from cold, and return by how much the first is slower than the best."""
    stint = _stint(car, track)
    return 100.0 * (stint.laps[0].time_s / stint.best_s - 1.0)


def _baseline(car: CarUnderTest, track: str) -> Baseline:
    """Return the line of the car as it is shipped, on which all setups are measured."""
    plain = car.unscaled()
    return plain.once(("baseline", track), lambda: make_baseline(load_track(track), plain.spec))


def _split_lap_s(car: CarUnderTest, track: str, share: float) -> float:
    setup = on_frozen_tyres(msgspec.structs.replace(car.setup, front_torque_share=share))
    found = measure_setup(_baseline(car, track), setup)
    return math.nan if found.lost else found.lap_time_s


def split_cost_s(
    car: CarUnderTest, front_share: float, instead_of: float, track: str = DEFAULT_TRACK
) -> float:
    """Let the bot drive with two splits, on the same line: what the first costs a lap."""
    return _split_lap_s(car, track, front_share) - _split_lap_s(car, track, instead_of)


def best_front_share(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the front share with the shortest quasi-steady lap."""
    baseline = _baseline(car, track)
    setup = on_frozen_tyres(car.setup)
    return min(_SPLITS, key=lambda share: _predicted_s(baseline, setup, front_torque_share=share))


def lap_time_change_s(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return the quasi-steady lap time of the changed car less that of the car as it is."""
    baseline = _baseline(car, track)
    changed = dataclasses.replace(baseline, spec=car.spec)
    setup = on_frozen_tyres(car.setup)
    return _predicted_s(changed, setup) - _predicted_s(baseline, setup)


def _predicted_s(baseline: Baseline, setup: Setup, **values: float) -> float:
    return predict_setup(baseline, msgspec.structs.replace(setup, **values)).lap_time_s


def bot_above_optimum_percent(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Set the bot's lap beside the kept lap of minimum time, both on warm new tyres.

    NaN if `leaf-rc optimum` has not searched that lap yet.
    """
    lap = _optimum(car, track)
    if lap is None:
        return math.nan
    circuit, setup = load_track(track), on_frozen_tyres(car.setup)
    plan = make_plan(circuit, car.spec, setup)
    bot_s = drive_bot_lap(circuit, car.spec, setup, plan).lap_time_s
    return 100.0 * (bot_s / lap.lap_time_s - 1.0)


def quasi_steady_below_optimum_s(car: CarUnderTest, track: str = DEFAULT_TRACK) -> float:
    """Return by how much the quasi-steady lap of the bot's line is below the lap of minimum time.

    NaN if `leaf-rc optimum` has not searched that lap yet.
    """
    lap = _optimum(car, track)
    if lap is None:
        return math.nan
    plan = make_plan(load_track(track), car.spec, on_frozen_tyres(car.setup))
    return lap.lap_time_s - plan.quasi_steady_s


def optimal_split_cost_s(
    car: CarUnderTest, front_share: float, instead_of: float, track: str = DEFAULT_TRACK
) -> float:
    """Return what a split costs a lap of minimum time; NaN unless `leaf-rc optimum` has both."""
    laps = [
        _optimum(car.with_setup(front_torque_share=share), track)
        for share in (front_share, instead_of)
    ]
    slower, quicker = (math.nan if lap is None else lap.lap_time_s for lap in laps)
    return slower - quicker


def _optimum(car: CarUnderTest, track: str) -> OptimalLap | None:
    return kept_lap(load_track(track), car.spec, car.setup)
