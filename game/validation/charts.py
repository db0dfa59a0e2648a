"""Draw the charts of a validation page, as SVG to stand inside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from game.pages.chart_style import INK, STYLE, svg_text
from game.units import G_MPS2, kmh
from game.validation.commonroad import PeerAnswer
from game.validation.double_lane_change import LaneChange, cones, lanes_for
from game.validation.judging import JudgedFigure, Judgement
from game.validation.manoeuvres import SINE_HZ, STEER_KMH, TURNING_G, Manoeuvres
from game.validation.report import PEERS_NOTE, PEERS_TITLE

_WIDTH_IN: Final = 7.2
_BLUE: Final = "#0b63a8"
_ORANGE: Final = "#c2570c"
_GREEN: Final = "#2e7d5b"
_FAINT: Final = "#8894a3"
_RED: Final = "#b3261e"
_BAND: Final = "#dfe8f1"
_COLOURS: Final = {
    Judgement.WITHIN: _GREEN,
    Judgement.OUTSIDE: _RED,
    Judgement.NO_VERDICT: _FAINT,
    Judgement.NOT_COMPARABLE: _FAINT,
}
_OVERVIEW_REACH: Final = 3.0  # uncertainties, beyond which an arrow stands at the edge
_OUTLINES_M: Final = 8.0  # between two outlines of the car in a lane change
_CONE_SIZE: Final = 18.0
_ASIDE: Final = 2.0  # times as large as along the lanes
_SHOWN_DEG: Final = (-1.5, 4.0)  # of understeer; beyond it the car slides


class Chart(NamedTuple):
    """Describes a chart with what it shows."""

    title: str
    note: str
    svg: str


def overview_chart(judged: Sequence[JudgedFigure]) -> Chart:
    """Draw every comparable figure by its deviation, in units of its stated uncertainty."""
    shown = [each for each in judged if each.judgement is not Judgement.NOT_COMPARABLE]

    half = max(1, (len(shown) + 1) // 2)

    def draw(figure: Any) -> None:
        for axes, part in zip(figure.subplots(1, 2), (shown[:half], shown[half:]), strict=True):
            axes.axvspan(-1.0, 1.0, color=_BAND, lw=0)
            for row, each in enumerate(part):
                place = _place_in_band(each)
                reach = max(-_OVERVIEW_REACH, min(_OVERVIEW_REACH, place))
                marker = "o" if reach == place else (">" if place > 0.0 else "<")
                axes.plot(reach, row, marker=marker, ms=4, color=_COLOURS[each.judgement], lw=0)
            axes.set_yticks(range(len(part)), [each.figure.name for each in part], fontsize=7)
            axes.set_ylim(half - 0.5, -0.5)
            axes.set_xlim(-1.1 * _OVERVIEW_REACH, 1.1 * _OVERVIEW_REACH)
        figure.supxlabel("deviation, in stated uncertainties or half ranges", fontsize=9)

    height_in = 0.8 + 0.15 * half
    note = (
        "The band is what is claimed. Green lies within it, red does not; arrows lie farther off. "
        "Grey stands for estimates, which judge nothing."
    )
    return Chart("All figures at a glance", note, _drawn("overview", height_in, draw))


def _place_in_band(judged: JudgedFigure) -> float:
    """Return where a value lies, -1 and 1 being the ends of what is claimed."""
    figure = judged.figure
    if math.isinf(figure.low) or math.isinf(figure.high):
        end = figure.high if math.isinf(figure.low) else figure.low
        off = judged.deviation / (abs(end) or 1.0)
        return 0.0 if off == 0.0 else math.copysign(1.0, off) * (1.0 + 10.0 * abs(off))
    half = 0.5 * (figure.high - figure.low)
    middle = 0.5 * (figure.high + figure.low)
    if half == 0.0:
        return 0.0 if judged.simulated == middle else math.copysign(math.inf, judged.deviation)
    return (judged.simulated - middle) / half


def manoeuvre_charts(driven: Manoeuvres) -> list[Chart]:
    """Draw the manoeuvres, in the order of their standards' numbers."""
    charts = [_lane_change_chart(driven.lane_change)] if driven.lane_change is not None else []
    return [*charts, *_circle_charts(driven), _step_chart(driven), _sine_chart(driven),
            _response_chart(driven), _brake_chart(driven)]  # fmt: skip


def _circle_charts(driven: Manoeuvres) -> list[Chart]:
    def draw_angles(figure: Any) -> None:
        axes = figure.subplots()
        for speed_kmh, turns in driven.at_speed.items():
            axes.plot(
                turns.lateral_mps2 / G_MPS2,
                np.degrees(turns.understeer_rad),
                label=f"{speed_kmh:.0f} km/h",
            )
        axes.set_xlabel("lateral acceleration, g")
        axes.set_ylabel("understeer angle, deg")
        axes.set_ylim(*_SHOWN_DEG)
        axes.legend(loc="best", fontsize=8)

    def draw_gradients(figure: Any) -> None:
        axes = figure.subplots()
        speeds = list(driven.at_speed)
        gradients = [turns.understeer_gradient() for turns in driven.at_speed.values()]
        axes.plot(speeds, np.degrees(gradients) * G_MPS2, color=_BLUE, marker="o", label="by speed")
        for radius_m, turns in driven.on_circle.items():
            low, high = (math.sqrt(each * G_MPS2 * radius_m) for each in (0.2, 0.6))
            gradient = math.degrees(turns.understeer_gradient()) * G_MPS2
            axes.plot(
                [kmh(low), kmh(high)], [gradient] * 2, marker="|", label=f"radius {radius_m:.0f} m"
            )
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        axes.set_xlabel("speed, km/h")
        axes.set_ylabel("understeer gradient, deg/g")
        axes.legend(loc="best", fontsize=8)

    angles = "The speed is held and the steering wound on: what it takes beyond the curvature."
    gradients = "Slope from 0.2 to 0.6 g, at a constant speed and on two circles."
    return [
        Chart("ISO 4138: steady-state circle", angles, _drawn("iso-4138-angles", 3.6, draw_angles)),
        Chart(
            "ISO 4138: understeer by speed",
            gradients,
            _drawn("iso-4138-gradients", 3.6, draw_gradients),
        ),
    ]


def _step_chart(driven: Manoeuvres) -> Chart:
    def draw(figure: Any) -> None:
        axes = figure.subplots()
        for colour, (lateral_g, step) in zip((_BLUE, _ORANGE), driven.steps.items(), strict=True):
            log = step.log
            axes.plot(
                log.time_s, log.yaw_rate_radps / step.yaw_rate_radps, color=colour,
                label=f"yaw rate, {lateral_g:g} g",
            )  # fmt: skip
            axes.plot(
                log.time_s, log.lateral_mps2 / step.lateral_mps2, color=colour, ls="--",
                label=f"lateral acceleration, {lateral_g:g} g",
            )  # fmt: skip
        axes.plot(log.time_s, log.steering_rad / step.steering_rad, color=_FAINT, label="steering")
        axes.axhline(0.9, color=INK, lw=0.6, ls=":")
        axes.set_xlim(-0.1, 0.8)
        axes.set_xlabel("time since half of the steering, s")
        axes.set_ylabel("share of the steady value")
        axes.legend(loc="lower right", fontsize=8)

    hard = list(driven.steps.values())[-1]
    note = (
        f"At {STEER_KMH:.0f} km/h, to {list(driven.steps)[-1]:g} g: 90 % of the yaw rate after "
        f"{1e3 * hard.yaw_response_s:.0f} ms, overshoot {hard.yaw_overshoot:.1%}, "
        f"gain {hard.yaw_gain_1ps:.2f} 1/s."
    )
    return Chart("ISO 7401: step steer", note, _drawn("iso-7401-step", 3.6, draw))


def _sine_chart(driven: Manoeuvres) -> Chart:
    def draw(figure: Any) -> None:
        log = driven.sine.log
        axes = figure.subplots()
        axes.plot(log.time_s, np.degrees(log.yaw_rate_radps), color=_BLUE, label="yaw rate, deg/s")
        axes.plot(
            log.time_s, 10.0 * np.degrees(log.steering_rad), color=_FAINT,
            label="front wheels, deg, times ten",
        )  # fmt: skip
        axes.plot(
            log.time_s, 20.0 * log.lateral_mps2 / G_MPS2, color=_ORANGE,
            label="lateral acceleration, g, times twenty",
        )  # fmt: skip
        axes.set_xlabel("time, s")
        axes.legend(loc="best", fontsize=8)

    sine = driven.sine
    note = (
        f"One period of {SINE_HZ:g} Hz at {STEER_KMH:.0f} km/h: yaw {1e3 * sine.yaw_lag_s:.0f} ms "
        f"and lateral acceleration {1e3 * sine.lateral_lag_s:.0f} ms behind the steering."
    )
    return Chart("ISO 7401: sine steer", note, _drawn("iso-7401-sine", 3.4, draw))


def _response_chart(driven: Manoeuvres) -> Chart:
    def draw(figure: Any) -> None:
        gain, lag = figure.subplots(2, 1, sharex=True)
        response = driven.response
        gain.plot(response.frequency_hz, response.yaw_gain_1ps, color=_BLUE, marker="o", ms=4)
        gain.set_ylabel("yaw gain, 1/s")
        gain.set_ylim(bottom=0.0)
        lag.plot(
            response.frequency_hz, np.degrees(response.yaw_lag_rad), color=_ORANGE, marker="o", ms=4
        )
        lag.set_ylabel("lag, deg")
        lag.set_xscale("log")
        lag.set_xticks([0.2, 0.5, 1.0, 2.0, 4.0], ["0.2", "0.5", "1", "2", "4"])
        lag.minorticks_off()
        lag.set_xlabel("frequency of the steering, Hz")

    note = f"Yaw rate over front-wheel angle at {STEER_KMH:.0f} km/h and 0.4 g."
    return Chart("ISO 7401: frequency response", note, _drawn("iso-7401-response", 4.0, draw))


def _brake_chart(driven: Manoeuvres) -> Chart:
    def draw(figure: Any) -> None:
        path, slip = figure.subplots(1, 2)
        for braking_g, run in driven.braked.items():
            log = run.log
            fast = log.speed_mps > 3.0
            turn_rad = -(log.heading_rad[0] + log.sideslip_rad[0])
            x_m, y_m = log.x_m - log.x_m[0], log.y_m - log.y_m[0]
            path.plot(
                x_m * math.cos(turn_rad) - y_m * math.sin(turn_rad),
                x_m * math.sin(turn_rad) + y_m * math.cos(turn_rad),
                label=f"{braking_g:g} g",
            )
            slip.plot(
                log.time_s[fast], np.degrees(log.sideslip_rad[fast]), label=f"{braking_g:g} g"
            )
        turned_rad = np.linspace(0.0, 1.4, 60)
        radius_m = run.radius_m
        path.plot(
            radius_m * np.sin(turned_rad),
            radius_m * (1.0 - np.cos(turned_rad)),
            color=_FAINT,
            ls="--",
        )
        path.set_aspect("equal")
        path.set_xlabel("m")
        path.set_ylabel("m")
        slip.set_xlabel("time since the brakes, s")
        slip.set_ylabel("sideslip, deg")
        slip.legend(loc="best", fontsize=8)

    note = (
        f"From {TURNING_G:g} g on a circle of 100 m radius (dashed), the wheel held and the brakes "
        "pressed for this deceleration, without assists."
    )
    return Chart("ISO 7975: braking in a turn", note, _drawn("iso-7975", 3.4, draw))


def _lane_change_chart(run: LaneChange) -> Chart:
    def draw(figure: Any) -> None:
        axes = figure.subplots()
        chassis = run.chassis
        lanes = lanes_for(chassis.width_m)
        x_m, y_m = np.array(cones(lanes)).T
        axes.scatter(x_m, y_m, s=_CONE_SIZE, marker="^", color=_ORANGE, label="cones", zorder=3)
        axes.plot(run.line.x_m, run.line.y_m, color=_FAINT, ls="--", lw=1, label="line")
        log = run.log
        axes.plot(log.x_m, log.y_m, color=_BLUE, label="middle of the car")
        last_m = -math.inf
        outline = [(chassis.nose_m, 1), (chassis.nose_m, -1), (chassis.tail_m, -1),
                   (chassis.tail_m, 1), (chassis.nose_m, 1)]  # fmt: skip
        for east_m, north_m, heading_rad in zip(log.x_m, log.y_m, log.heading_rad, strict=True):
            if east_m < last_m + _OUTLINES_M:
                continue
            last_m = east_m
            cos, sin = math.cos(heading_rad), math.sin(heading_rad)
            corners = [
                (
                    east_m + along_m * cos - side * 0.5 * chassis.width_m * sin,
                    north_m + along_m * sin + side * 0.5 * chassis.width_m * cos,
                )
                for along_m, side in outline
            ]
            axes.plot(*zip(*corners, strict=True), color=INK, lw=0.7)
        axes.set_xlim(-12.0, 70.0)
        axes.set_aspect(_ASIDE)
        axes.set_xlabel("m")
        axes.set_ylabel("m")
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, fontsize=8)

    note = (
        f"Fastest clean entry {kmh(run.entry_mps):.1f} km/h, the throttle released two metres "
        "behind the first cones. The car's outline every eight metres; sideways all is drawn "
        "twice as large."
    )
    return Chart("ISO 3888-2: double lane change", note, _drawn("iso-3888-2", 2.3, draw))


def peer_chart(answers: Sequence[PeerAnswer]) -> Chart:
    """Draw the yaw rates of our car and of others over a step of the steering."""

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        for answer, colour in zip(answers, (_BLUE, _FAINT, _ORANGE), strict=True):
            step = answer.step
            shares = step.log.yaw_rate_radps / step.yaw_rate_radps
            axes.plot(step.log.time_s, shares, color=colour, label=answer.name)
        axes.axhline(0.9, color=INK, lw=0.6, ls=":")
        axes.set_xlim(-0.1, 0.8)
        axes.set_xlabel("time since half of the steering, s")
        axes.set_ylabel("yaw rate, share of the steady value")
        axes.legend(loc="lower right", fontsize=8)

    return Chart(PEERS_TITLE, PEERS_NOTE, _drawn("commonroad", 3.4, draw))


def _drawn(name: str, height_in: float, draw: Callable[[Any], None]) -> str:
    """Return a figure that a function draws, as an element of a page."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(_WIDTH_IN, height_in), layout="constrained")
        draw(figure)
        return svg_text(figure, name)
