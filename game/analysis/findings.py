"""Say in words where a lap loses time on a reference, and why."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.analysis.corner_figures import CornerResult, corner_figures
from game.analysis.corner_stretches import CornerStretch, corner_stretches
from game.analysis.lap_profile import LapProfile
from game.analysis.losses import Causes, CornerLoss, behind_s, corner_losses, lap_causes
from game.arrays import Array
from game.recording.lap_recorder import Lap
from game.track.track import Track
from game.translation import N_, _
from game.units import kmh

WORTH_S: Final = 0.02  # lost or gained in a corner, worth a sentence
_WORTH_M: Final = 3.0  # of difference between two places
CAUSE_NAMES: Final = (  # in the order of `Causes`
    *(N_("line"), N_("arrival speed"), N_("braking"), N_("minimum speed"), N_("traction")),
)


class LapComparison(NamedTuple):
    """Compares a lap with a reference: corner by corner, with what is lost there and why."""

    profile: LapProfile
    reference: LapProfile
    rows: tuple[CornerResult, ...]
    reference_rows: tuple[CornerResult, ...]
    losses: tuple[CornerLoss, ...]
    stretches: tuple[CornerStretch, ...]

    @property
    def time_s(self) -> float:
        """Return the time lost over the lap."""
        return self.profile.lap.time_s - self.reference.lap.time_s

    @property
    def behind_s(self) -> Array:
        """Return how far the lap is behind at each mark."""
        return behind_s(self.profile, self.reference)

    @property
    def causes(self) -> Causes:
        """Return the causes over the lap."""
        return lap_causes(self.losses)

    def sentences(self, most: int = 3) -> list[str]:
        """Return the corners with the most loss, up to so many, and the one with the most gain."""
        worst = sorted(self.losses, key=lambda loss: -loss.time_s)[:most]
        said = [self._corner_text(loss) for loss in worst if loss.time_s >= WORTH_S]
        best = min(self.losses, key=lambda loss: loss.time_s, default=None)
        if best is not None and best.time_s <= -WORTH_S:
            at = min(range(len(best.causes)), key=lambda place: best.causes[place])
            text, time = _("T{corner}: {time} s gained, mostly {cause}."), f"{-best.time_s:.2f}"
            said.append(text.format(corner=best.number, time=time, cause=_(CAUSE_NAMES[at])))
        return said

    def causes_text(self) -> str:
        """Return the causes over the lap, the largest first; empty if none is worth a word."""
        pairs = sorted(zip(self.causes, CAUSE_NAMES, strict=True), key=lambda pair: -abs(pair[0]))
        return ", ".join(
            f"{_(name)} {time_s:+.2f} s".replace("-", "\N{MINUS SIGN}")
            for time_s, name in pairs
            if abs(time_s) >= WORTH_S
        )

    def _corner_text(self, loss: CornerLoss) -> str:
        at = [each.number for each in self.losses].index(loss.number)
        text = _("T{corner}: {time} s lost, mostly {cause}{detail}.")
        return text.format(
            corner=loss.number,
            time=f"{loss.time_s:.2f}",
            cause=_(CAUSE_NAMES[loss.main]),
            detail=_detail(Causes._fields[loss.main], self.rows[at], self.reference_rows[at]),
        )


def compare_laps(track: Track, profile: LapProfile, reference: LapProfile) -> LapComparison:
    """Return the comparison of a lap with a reference on its circuit."""
    stretches = corner_stretches(track, (profile, reference))
    return LapComparison(
        profile,
        reference,
        corner_figures(profile, stretches),
        corner_figures(reference, stretches),
        corner_losses(profile, reference, stretches),
        stretches,
    )


def why_invalid(lap: Lap, track: Track) -> list[str]:
    """Return why a lap does not count, as where it left the track; empty if it counts."""
    if lap.valid:
        return []
    said = [
        _("{place}: all four wheels off by {distance} m, for {time} s").format(
            place=lap_place_text(track, each.s_m),
            distance=f"{each.farthest_m:.2f}",
            time=f"{each.duration_s:.1f}",
        )
        for each in lap.excursions
    ]
    if lap.is_practice:
        said.insert(0, _("it was driven in practice"))
    return said or [_("it left the track before the line")]


def lap_place_text(track: Track, s_m: float) -> str:
    """Return a place of the lap in words: the corner that is near, and the distance."""
    corner = track.corner_near(s_m)
    return f"T{corner.number} ({s_m:.0f} m)" if corner else f"{s_m:.0f} m"


def _detail(main: str, own: CornerResult, other: CornerResult) -> str:
    """Return what is to be seen of the main cause, to go on behind it; empty if it is small."""
    early_m, late_m = other.brake_m - own.brake_m, own.full_m - other.full_m
    text, number = "", 0.0
    if main == "braking_s" and early_m > _WORTH_M:
        text, number = _(", which begins {number} m earlier"), early_m
    elif main == "traction_s" and late_m > _WORTH_M:
        text, number = _(", with full power {number} m later"), late_m
    elif main == "minimum_s":
        words = _(", {own} against {other} km/h")
        return words.format(own=f"{kmh(own.min_mps):.0f}", other=f"{kmh(other.min_mps):.0f}")
    elif main == "arrival_s" and own.entry_mps < other.entry_mps:
        text, number = (
            _(", {number} km/h less where it begins"),
            kmh(other.entry_mps - own.entry_mps),
        )
    elif main == "line_s":
        text, number = _(", {number} m more"), own.way_m - other.way_m
    return text.format(number=f"{number:.0f}")
