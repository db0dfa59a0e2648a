"""Write laps as one page of HTML that needs nothing else: curves, maps, corners, causes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from game.analysis.corner_figures import CornerResult, corner_figures
from game.analysis.corner_stretches import corner_stretches
from game.analysis.findings import CAUSE_NAMES, LapComparison, compare_laps, why_invalid
from game.analysis.losses import CornerLoss
from game.lab.report_charts import (
    NamedLap,
    causes_chart,
    distance_chart,
    energy_chart,
    gain_map,
)
from game.pages.templates import rendered
from game.track.track import Track
from game.units import kmh, kwh, lap_time_text

_SPEEDS: Final = ("entry_mps", "min_mps", "exit_mps")
_MARKED: Final = 3  # corners


def report_page(
    heading: Mapping[str, Any], track: Track, laps: Sequence[NamedLap], reference: NamedLap
) -> str:
    """Return the page. heading: `command`, `version`, `car`, `setups`.

    reference: one of the laps, with which the others are compared.
    """
    others = [lap for lap in laps if lap is not reference]
    comparisons = [compare_laps(track, lap.profile, reference.profile) for lap in others]
    stretches = corner_stretches(track, [lap.profile for lap in laps])
    energies = [
        (lap.name, [row.net_j for row in corner_figures(lap.profile, stretches)]) for lap in laps
    ]
    numbers = [stretch.corner.number for stretch in stretches]
    return rendered(
        Path(__file__).with_suffix(".html"),
        title=_title(others, reference),
        circuit=track.title,
        tiles=[_tile(lap, reference) for lap in laps],
        invalid=[
            {"name": lap.name, "lines": why_invalid(lap.profile.lap, track)}
            for lap in laps
            if not lap.profile.lap.valid
        ],
        distance=distance_chart(track, laps, reference.profile),
        energy=energy_chart(energies, numbers) if numbers else "",
        compared=[
            _compared(track, lap, reference, comparison)
            for lap, comparison in zip(others, comparisons, strict=True)
        ],
        alone=_alone_rows(corner_figures(reference.profile, stretches)) if not others else [],
        **heading,
    )


def _title(others: Sequence[NamedLap], reference: NamedLap) -> str:
    time = lap_time_text(reference.profile.lap.time_s)
    if not others:
        return f"{reference.name}: {time}"
    first = lap_time_text(others[0].profile.lap.time_s)
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    return f"{others[0].name}, {first},{more} against {reference.name}, {time}"


def _tile(lap: NamedLap, reference: NamedLap) -> dict[str, str]:
    driven = lap.profile.lap
    gap_s = driven.time_s - reference.profile.lap.time_s
    words = [lap.name]
    words += [] if lap is reference else [f"{gap_s:+z.3f} s"]
    words += [f"{kwh(driven.net_j):.3f} kWh", f"{kmh(driven.top_speed_mps):.0f} km/h"]
    words += [] if driven.valid else ["does not count"]
    return {"figure": lap_time_text(driven.time_s), "words": " · ".join(words)}


def _compared(
    track: Track, lap: NamedLap, reference: NamedLap, comparison: LapComparison
) -> dict[str, Any]:
    causes = comparison.causes_text()
    said = [f"In all {comparison.time_s:+z.3f} s: {causes}."] if causes else []
    return {
        "title": f"{lap.name} against {reference.name}",
        "said": [*said, *comparison.sentences()],
        "map": gain_map(track, comparison, lap.name),
        "causes": causes_chart(comparison, lap.name) if comparison.losses else "",
        "cause_names": list(CAUSE_NAMES),
        "rows": _rows(comparison),
        "total": _total(comparison),
    }


def _rows(comparison: LapComparison) -> list[dict[str, Any]]:
    """Return the corners' rows, those marked that cost most."""
    worst = sorted((loss.time_s for loss in comparison.losses), reverse=True)[:_MARKED]
    return [
        {"cells": _cells(own, other, loss), "mark": "lost" if loss.time_s in worst else ""}
        for own, other, loss in zip(
            comparison.rows, comparison.reference_rows, comparison.losses, strict=True
        )
    ]


def _cells(own: CornerResult, other: CornerResult, loss: CornerLoss) -> list[str]:
    cells = [f"T{own.number}"]
    for name in _SPEEDS:
        mine, theirs = kmh(getattr(own, name)), kmh(getattr(other, name))
        cells += [f"{mine:.0f}", f"{mine - theirs:+z.1f}"]
    cells += [_metres(own.brake_m - other.brake_m), _metres(own.full_m - other.full_m)]
    cells += [f"{own.time_s:.3f}", f"{loss.time_s:+z.3f}"]
    cells += [f"{cause_s:+z.3f}" for cause_s in loss.causes]
    cells += [f"{own.net_j / 3600.0:.1f}", f"{(own.net_j - other.net_j) / 3600.0:+z.1f}"]
    return list(map(_signed, cells))


def _total(comparison: LapComparison) -> list[str]:
    own, other = comparison.profile.lap, comparison.reference.lap
    cells = ["lap", *[""] * 8, f"{own.time_s:.3f}", f"{comparison.time_s:+z.3f}"]
    cells += [f"{cause:+z.3f}" for cause in comparison.causes]
    cells += [f"{own.net_j / 3600.0:.1f}", f"{(own.net_j - other.net_j) / 3600.0:+z.1f}"]
    return list(map(_signed, cells))


def _alone_rows(rows: Sequence[CornerResult]) -> list[list[str]]:
    return [
        [
            f"T{row.number}",
            *(f"{kmh(getattr(row, name)):.0f}" for name in _SPEEDS),
            f"{row.time_s:.3f}",
            f"{row.net_j / 3600.0:.1f}",
        ]
        for row in rows
    ]


def _metres(later_m: float) -> str:
    return "" if math.isnan(later_m) else f"{later_m:+z.0f}"


def _signed(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}")
