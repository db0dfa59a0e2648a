"""Show the laps of a drive as a table, and what they come to."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from game.app.driving.drive import Drive
from game.app.driving.energy_cap import within_cap
from game.app.hud.excursion_text import excursion_text, farthest
from game.app.ui.table import Column, Table
from game.app.ui.text import Align
from game.drivers.driving_help import HELP_NAMES, HelpName
from game.recording.lap_recorder import Lap, LapDamage, damage_of
from game.track.track import Track
from game.translation import N_, _
from game.units import celsius, kmh, kwh, lap_time_text
from game.vehicle.damage import damage_cost
from game.vehicle.spec import CarSpec
from game.vehicle.state import DamageState


def lap_table(
    laps: Sequence[Lap],
    track: Track,
    cap_kwh: float = 0.0,
    help_by_lap: Mapping[int, HelpName] = MappingProxyType({}),
) -> Table:
    """Return number, time, sectors, validity, energy and top speed of every lap, the best one lit.

    With a cap on the energy, also by how much each lap kept or broke it; of tyres that wear, how
    warm their treads were at the line, in the mean, and what the most worn one had left; of a car
    that was bent, where it was hit last and how far its worst part is destroyed.
    """
    valid = [index for index, lap in enumerate(laps) if lap.valid]
    best = min(valid, key=lambda index: laps[index].time_s) if valid else None
    count = len(track.sectors_m)
    sectors = [
        Column(f"S{number + 1}", [_sector(lap, number) for lap in laps], rank=2)
        for number in range(count)
    ]
    columns = (
        Column(N_("LAP"), [str(lap.number) for lap in laps]),
        Column(N_("TIME"), [lap_time_text(lap.time_s) for lap in laps]),
        Column(N_("GAP"), [_gap(lap, laps, best) for lap in laps], rank=1),
        *sectors,
        Column("", [validity_text(lap, track) for lap in laps], rank=1, align=Align.LEFT),
        Column(N_("ENERGY"), [_energy(lap.net_j) for lap in laps], rank=3),
        *([Column(N_("CAP"), [_against(lap, cap_kwh) for lap in laps], rank=1)] if cap_kwh else []),
        *([Column(N_("TYRES"), [_tyres(lap) for lap in laps], rank=4)] if _wear(laps) else []),
        *(
            [Column(N_("DAMAGE"), [_damage(lap, track) for lap in laps], rank=2)]
            if any(lap.damage for lap in laps)
            else []
        ),
        Column(N_("HELP"), [_help(lap, help_by_lap) for lap in laps], rank=3),
        Column(N_("TOP SPEED"), [f"{kmh(lap.top_speed_mps):.0f} km/h" for lap in laps], rank=4),
    )
    return Table(columns, best, frozenset(range(len(laps))) - frozenset(valid))


def lap_summary(drive: Drive) -> list[tuple[str, str]]:
    """Return the summary of the laps: names and values."""
    car = drive.followed
    laps = car.laps.laps
    times_s = [lap.time_s for lap in laps if lap.valid]
    facts = []
    if times_s:
        facts.append((N_("Best lap"), lap_time_text(min(times_s))))
    if car.against is not None:
        facts.append((N_("To beat"), lap_time_text(car.against.time_s)))
    if drive.cap_kwh and times_s:
        kept = sum(lap.valid and within_cap(kwh(lap.net_j), drive.cap_kwh) for lap in laps)
        facts.append(
            (
                _("Within {cap} kWh").format(cap=f"{drive.cap_kwh:.1f}"),
                _("{kept} of {count}").format(kept=kept, count=len(times_s)),
            )
        )
    if len(times_s) > 1:
        facts.append((N_("Average"), lap_time_text(statistics.fmean(times_s))))
        spread = f"\N{PLUS-MINUS SIGN} {statistics.stdev(times_s):.3f} s"
        facts.append((N_("Spread"), spread))
    facts.append((N_("Distance"), f"{distance_m(drive) / 1000.0:.1f} km"))
    used_j = car.now.battery_drawn_j - car.now.battery_regained_j
    facts.append((N_("Energy"), _energy(used_j)))
    damage = damage_of(car.now)
    if damage is not None:
        facts.append((N_("Damage"), damage_text(damage, car.spec)))
    return facts


def validity_text(lap: Lap, track: Track) -> str:
    """Say whether the lap counts; if not, where and by how much it exceeded the track limits."""
    if lap.valid:
        return _("valid")
    if not lap.excursions:
        return _("not valid")
    worst = farthest(lap.excursions)
    corner = track.corner_near(worst.s_m)
    place = f"T{corner.number}" if corner else f"{worst.s_m:.0f} m"
    return _("off at {place}, {distance}").format(
        place=place, distance=excursion_text(worst.farthest_m)
    )


def distance_m(drive: Drive) -> float:
    """Return how far the followed car has come along the circuit since its start."""
    car = drive.followed
    start = drive.world.starts[car.number]
    return max(car.now.lap * drive.track.length_m + car.now.s_m - start.s_m, 0.0)


def _gap(lap: Lap, laps: Sequence[Lap], best: int | None) -> str:
    """Say how much slower than the best lap one was; nothing of the best itself."""
    if best is None or lap is laps[best]:
        return ""
    gap_s = lap.time_s - laps[best].time_s
    return f"{gap_s:+.3f}".replace("-", "\N{MINUS SIGN}")


def _help(lap: Lap, help_by_lap: Mapping[int, HelpName]) -> str:
    name = help_by_lap.get(lap.number)
    return _(HELP_NAMES[name]) if name else "\N{EN DASH}"


def _wear(laps: Sequence[Lap]) -> bool:
    """Return whether the laps were driven on tyres that wear."""
    return any(lap.tyres is not None and max(lap.tyres.wear) > 0.0 for lap in laps)


def _tyres(lap: Lap) -> str:
    if lap.tyres is None:
        return "\N{EN DASH}"
    mean_c = celsius(statistics.fmean(lap.tyres.tread_k))
    left = 100.0 * (1.0 - max(lap.tyres.wear))
    return f"{mean_c:.0f} \N{DEGREE SIGN}C, {left:.0f} %"


def damage_text(damage: LapDamage, spec: CarSpec) -> str:
    """Say what damage costs a car in drag and in downforce of both axles together."""
    cost = damage_cost(spec.damage, DamageState(*damage))
    front = spec.aero.front_downforce_share
    downforce = front * cost.front_downforce + (1.0 - front) * cost.rear_downforce
    return _("drag +{drag} %, downforce \N{MINUS SIGN}{downforce} %").format(
        drag=f"{100.0 * cost.drag:.0f}", downforce=f"{100.0 * downforce:.0f}"
    )


def _damage(lap: Lap, track: Track) -> str:
    if lap.damage is None:
        return "\N{EN DASH}"
    bent = f"{100.0 * max(lap.damage[:4]):.0f} %"
    if not lap.hits:
        return bent
    s_m = lap.hits[-1].s_m
    corner = track.corner_near(s_m)
    return f"{f'T{corner.number}' if corner else f'{s_m:.0f} m'}, {bent}"


def _energy(energy_j: float) -> str:
    return f"{kwh(energy_j):.2f} kWh".replace("-", "\N{MINUS SIGN}")


def _against(lap: Lap, cap_kwh: float) -> str:
    """Say how far over the cap, or under it, a lap's energy is."""
    over_kwh = kwh(lap.net_j) - cap_kwh
    return f"{abs(over_kwh):.2f} {_('over') if over_kwh > 0.0 else _('under')}"


def _sector(lap: Lap, number: int) -> str:
    known = number < len(lap.sectors_s) and math.isfinite(lap.sectors_s[number])
    return f"{lap.sectors_s[number]:.3f}" if known else "\N{EN DASH}"
