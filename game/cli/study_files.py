"""A study's results are written for programs: JSON, and a CSV table with a row a setup."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from game.setups.share_code import code_of
from game.tuning.baseline import Baseline
from game.tuning.comparison import Comparison
from game.tuning.measurement import Measurement
from game.tuning.outcome import Outcome
from game.units import kmh
from game.vehicle.setup import Setup
from game.version import __version__


class StudyTerms(NamedTuple):
    """Holds the terms of a study. No clock, no number of workers: two runs give equal files."""

    command: str
    baseline: Baseline
    laps: int

    def code(self, setup: Setup) -> str:
        """Return the code of a setup for the car of the study."""
        return code_of(setup, self.baseline.spec.id)

    def heading(self) -> dict[str, Any]:
        """Return the lines at the top of a file."""
        return {
            "command": self.command,
            "version": __version__,
            "track": self.baseline.track.name,
            "circuit": self.baseline.track.title,
            "car": self.baseline.spec.name,
            "car_id": self.baseline.spec.id,
            "weather": self.baseline.spec.weather.name,
            "laps_per_setup": self.laps,
        }


def study_report(terms: StudyTerms, outcome: Outcome) -> dict[str, Any]:
    """Return the whole study: the setups with the best first, those that finished no lap last."""
    best = outcome.ranked[0] if outcome.ranked else None
    return terms.heading() | {
        "goal": outcome.goal.text,
        "cap_kwh": outcome.goal.cap_kwh if outcome.goal.is_capped else None,
        "varied": [item.name for item in outcome.items],
        "start": _whole(outcome.start, terms),
        "best": None if best is None else _row(terms, outcome, best) | _whole(best, terms),
        "trade_offs": [terms.code(setup) for setup in outcome.trade_offs],
        "setups": list(_rows(terms, outcome)),
        "answer": outcome.answer(),
    }


def study_table(terms: StudyTerms, outcome: Outcome) -> str:
    """Return the setups as CSV, in the same order."""
    rows = list(_rows(terms, outcome))
    stream = io.StringIO(newline="")
    table = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return stream.getvalue()


def comparison_report(
    terms: StudyTerms, names: tuple[str, str], setups: tuple[Setup, Setup], gap: Comparison
) -> dict[str, Any]:
    """Return two setups side by side; differences are B less A."""
    return terms.heading() | {
        "a": {"name": names[0]} | _whole(setups[0], terms) | _figures(gap.a),
        "b": {"name": names[1]} | _whole(setups[1], terms) | _figures(gap.b),
        "difference": {
            "lap_time_s": gap.time_s,
            "spread_s": gap.spread_s,
            "energy_kwh": gap.energy_kwh,
            "sectors_s": gap.sectors_s,
            "corners": [
                {
                    "corner": each.number,
                    "entry_kmh": kmh(each.entry_mps),
                    "least_kmh": kmh(each.min_mps),
                    "exit_kmh": kmh(each.exit_mps),
                    "time_s": each.time_s,
                    "energy_kwh": each.energy_kwh,
                }
                for each in gap.corners
            ],
        },
        "verdict": gap.verdict(*names),
    }


def _rows(terms: StudyTerms, outcome: Outcome) -> Iterator[dict[str, Any]]:
    for setup in (*outcome.ranked, *outcome.lost):
        yield _row(terms, outcome, setup)


def _row(terms: StudyTerms, outcome: Outcome, setup: Setup) -> dict[str, Any]:
    measured = outcome.found[setup]
    return outcome.values(setup) | _figures(measured) | {"code": terms.code(setup)}


def _whole(setup: Setup, terms: StudyTerms) -> dict[str, Any]:
    return {"code": terms.code(setup), "setup": msgspec.to_builtins(setup)}


def _figures(measured: Measurement) -> dict[str, Any]:
    driven = bool(measured.laps_s)
    return {
        "lap_time_s": measured.lap_time_s if driven else None,
        "spread_s": measured.spread_s if driven else None,
        "energy_kwh": measured.ledger.net_kwh if driven else None,
        "drawn_kwh": measured.ledger.drawn_kwh if driven else None,
        "regained_kwh": measured.ledger.regained_kwh if driven else None,
        "understeer_deg_per_g": measured.balance.understeer_deg_per_g if driven else None,
        "front_limited": measured.balance.front_limited if driven else None,
        "rear_limited": measured.balance.rear_limited if driven else None,
        "lost": measured.lost,
    }
