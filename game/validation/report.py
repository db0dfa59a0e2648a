"""Put judged figures into words, for the terminal, for JSON and for a page."""

from __future__ import annotations

import inspect
import math
from collections.abc import Sequence
from typing import Any, Final

from game.validation.commonroad import (
    BRAKING_G,
    PACKAGE,
    SPEED_KMH,
    STEP_G,
    TURN_G,
    PeerAnswer,
)
from game.validation.judging import JudgedFigure, Judgement
from game.validation.measurements import MEASUREMENTS
from game.validation.published import KINDS, PublishedFigure

PEERS_TITLE: Final = "Beside CommonRoad's vehicle models"
PEERS_NOTE: Final = (
    f"Its single-track and its multi-body car with our car's mass, inertia, geometry and tyres: "
    f"a step of the steering to {STEP_G:g} g at {SPEED_KMH:.0f} km/h, and brakes of {BRAKING_G:g} "
    f"g in a turn of {TURN_G:g} g on 100 m radius, without assists."
)
NO_PEERS: Final = (
    f"{PACKAGE} is not installed, so its cars do not stand beside ours: "
    "pip install 'leaf-rc[peers]'"
)
_PEER_FIGURES: Final = {
    "yaw_gain_1ps": ("yaw gain, 1/s", 2),
    "yaw_response_ms": ("90 % of the yaw rate after, ms", 0),
    "lateral_response_ms": ("90 % of the lateral acceleration after, ms", 0),
    "yaw_overshoot_percent": ("overshoot of the yaw rate, %", 1),
    "braked_yaw_ratio": ("braked: yaw rate after a second, of the circle's", 2),
    "braked_sideslip_deg": ("braked: greatest sideslip, deg", 1),
}


def claim_text(figure: PublishedFigure) -> str:
    """Return what is claimed, with its uncertainty and unit."""
    digits, unit = figure.digits, f" {figure.unit}" if figure.unit else ""
    if figure.value is not None and figure.uncertainty is not None:
        finer = digits
        while figure.uncertainty > 0.0 and round(figure.uncertainty, finer) == 0.0:
            finer += 1
        return f"{figure.value:.{digits}f} ± {figure.uncertainty:.{finer}f}{unit}"
    if figure.minimum is None:
        return f"at most {figure.maximum:.{digits}f}{unit}"
    if figure.maximum is None:
        return f"at least {figure.minimum:.{digits}f}{unit}"
    return f"{figure.minimum:.{digits}f} to {figure.maximum:.{digits}f}{unit}"


def simulated_text(judged: JudgedFigure) -> str:
    """Return the simulation's value, in as many digits as the claim."""
    if math.isnan(judged.simulated):
        return "-"
    return f"{_unsigned_zero(judged.simulated, judged.figure.digits):.{judged.figure.digits}f}"


def deviation_text(judged: JudgedFigure) -> str:
    """Return how far off it is, in the unit and, where that says something, in per cent."""
    off, value = judged.deviation, judged.figure.value
    if math.isnan(off) or (value is None and off == 0.0):
        return "-" if math.isnan(off) else "in range"
    off = _unsigned_zero(off, judged.figure.digits)
    text = f"{off:+.{judged.figure.digits}f}" if off else "0"
    if not value or judged.figure.unit == "%":
        return text
    return f"{text} ({off / value:+.1%})" if off else text


def judgement_text(judged: JudgedFigure) -> str:
    """Return the verdict; of a figure that is outside also whether it is known why."""
    known = judged.judgement is Judgement.OUTSIDE and judged.figure.known is not None
    return f"{judged.judgement.value}, known" if known else judged.judgement.value


def command_text(figure: PublishedFigure) -> str:
    """Return the command that measures a figure again."""
    return f"leaf-rc validate --only {figure.name}"


def method_text(figure: PublishedFigure) -> str:
    """Return how a figure is measured, and with which changes to the car."""
    if figure.measurement is None:
        return "not measured"
    words = " ".join((inspect.getdoc(MEASUREMENTS[figure.measurement]) or "").split())
    changes = [f"{name} = {value}" for name, value in figure.arguments.items()]
    changes += [f"setup {name} = {value}" for name, value in figure.setup.items()]
    changes += [f"{name} x {factor:g}" for name, factor in figure.scaled.items()]
    return f"{words} ({', '.join(changes)})" if changes else words


def details(judged: JudgedFigure) -> list[tuple[str, str]]:
    """Return all that is to be said of a figure, as names and words."""
    figure = judged.figure
    lines = [
        ("claimed", claim_text(figure)),
        ("kind", f"{figure.kind}: {KINDS[figure.kind]}"),
        ("source", figure.source),
        ("uncertainty", figure.uncertainty_from),
        ("simulated", " ".join(filter(None, (simulated_text(judged), figure.unit)))),
        ("measured", method_text(figure)),
        ("deviation", deviation_text(judged)),
        ("verdict", judgement_text(judged)),
    ]
    if judged.why_not:
        lines.append(("why not", judged.why_not))
    if figure.known is not None:
        lines.append(("known", figure.known))
    lines.append(("again", command_text(figure)))
    if figure.command is not None:
        lines.append(("or", figure.command))
    return lines


def summary(judged: Sequence[JudgedFigure]) -> str:
    """Return in one line how many figures are met."""
    found = [each.judgement for each in judged]
    known = sum(each.figure.known is not None for each in judged if _is_outside(each))
    return (
        f"{len(found)} figures: {found.count(Judgement.WITHIN)} within, "
        f"{found.count(Judgement.OUTSIDE)} outside ({known} of them known), "
        f"{found.count(Judgement.NO_VERDICT)} without a verdict, "
        f"{found.count(Judgement.NOT_COMPARABLE)} not comparable"
    )


def misses(judged: Sequence[JudgedFigure]) -> list[str]:
    """Return a line for each figure that the simulation misses, which says so."""
    return [
        f"{each.figure.title}: claimed {claim_text(each.figure)}, simulated "
        f"{simulated_text(each)}{' ' + each.figure.unit if each.figure.unit else ''}"
        + (f" ({each.figure.known})" if each.figure.known else "")
        for each in judged
        if _is_outside(each)
    ]


def as_data(judged: JudgedFigure) -> dict[str, Any]:
    """Return a judged figure as names and values."""
    figure = judged.figure
    return {
        "name": figure.name,
        "group": figure.group,
        "title": figure.title,
        "unit": figure.unit,
        "kind": figure.kind,
        "source": figure.source,
        "claimed": figure.value,
        "uncertainty": figure.uncertainty,
        "lowest": None if math.isinf(figure.low) else figure.low,
        "highest": None if math.isinf(figure.high) else figure.high,
        "uncertainty_from": figure.uncertainty_from,
        "simulated": _number(judged.simulated),
        "deviation": _number(judged.deviation),
        "verdict": judged.judgement.value,
        "known": figure.known,
        "why_not": judged.why_not or None,
        "measurement": figure.measurement,
        "arguments": figure.arguments,
        "setup": figure.setup,
        "scaled": figure.scaled,
        "command": command_text(figure),
        "other_command": figure.command,
    }


def peer_data(answer: PeerAnswer) -> dict[str, Any]:
    """Return what a car did beside others, as names and values."""
    return {
        "car": answer.name,
        "yaw_gain_1ps": answer.step.yaw_gain_1ps,
        "yaw_response_ms": 1e3 * answer.step.yaw_response_s,
        "lateral_response_ms": 1e3 * answer.step.lateral_response_s,
        "yaw_overshoot_percent": 100.0 * answer.step.yaw_overshoot,
        "braked_yaw_ratio": answer.braked.yaw_ratio,
        "braked_sideslip_deg": math.degrees(answer.braked.largest_sideslip_rad),
        "spins": answer.braked.spins,
    }


def peer_rows(answers: Sequence[PeerAnswer]) -> list[tuple[str, ...]]:
    """Return a table of cars side by side: its first row has their names."""
    data = [peer_data(answer) for answer in answers]
    return [
        ("", *(answer.name for answer in answers)),
        *(
            (words, *(f"{each[name]:.{digits}f}" for each in data))
            for name, (words, digits) in _PEER_FIGURES.items()
        ),
        ("spins", *("yes" if each["spins"] else "no" for each in data)),
    ]


def _is_outside(judged: JudgedFigure) -> bool:
    return judged.judgement is Judgement.OUTSIDE


def _unsigned_zero(value: float, digits: int) -> float:
    """Return a value rounded to digits, without the sign of a zero."""
    return round(value, digits) + 0.0


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
