"""Order the setups of a study: the best, its cost, the best trade-offs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from game.setups.items import Item, law_beside
from game.tuning.comparison import Comparison
from game.tuning.goal import Goal
from game.tuning.measurement import Measurement
from game.tuning.trade_off import MUCH_SLOWER, comparable, trade_off
from game.units import lap_time_text
from game.vehicle.setup import Setup

ON_ONE_LINE: Final = (
    "All on the same line, that of the car as it ships; with a line of its own each, as in "
    "leaf-rc lap, setups differ by a tenth of a second more or less."
)


class _Cost(NamedTuple):
    """A cost is what a lap with a setup takes in time and energy."""

    setup: Setup
    time_s: float
    energy_kwh: float


class Outcome:
    """Holds setups and their measurements. The setups differ from `start` in the items only."""

    def __init__(
        self,
        items: tuple[Item, ...],
        start: Setup,
        found: Mapping[Setup, Measurement],
        goal: Goal,
    ) -> None:
        """found: the start too, in an order that is the same in every run."""
        self.items, self.start, self.found, self.goal = items, start, found, goal

    @cached_property
    def ranked(self) -> list[Setup]:
        """Return the setups with which laps were driven, the best first."""
        driven = [setup for setup, measured in self.found.items() if measured.laps_s]
        return sorted(driven, key=lambda setup: self.goal.score(self.found[setup]))

    @property
    def lost(self) -> list[Setup]:
        """Return the setups with which no lap was driven."""
        return [setup for setup, measured in self.found.items() if not measured.laps_s]

    @cached_property
    def trade_offs(self) -> list[Setup]:
        """Return the setups that none beats both in time and in energy, the fastest first.

        Setups that are much slower than the fastest do not count.
        """
        costs = [
            _Cost(setup, self.found[setup].lap_time_s, self.found[setup].ledger.net_kwh)
            for setup in self.ranked
        ]
        return [cost.setup for cost in trade_off(comparable(costs))]

    def against_start(self, setup: Setup) -> Comparison | None:
        """Return a setup compared with the start; None if no lap was driven with the start."""
        start = self.found[self.start]
        return Comparison(start, self.found[setup]) if start.laps_s else None

    @property
    def law_text(self) -> str:
        """Return the split law of all setups where it matters to what is varied, else nothing."""
        return law_beside(self.items, self.start)

    def values_text(self, setup: Setup) -> str:
        """Return the values that are varied, as people speak of them."""
        return self._text(self.items, setup)

    def values(self, setup: Setup) -> dict[str, Any]:
        """Return the values that are varied, by name, and the split law with those of a split."""
        law = {"split_law": setup.split_law} if self.law_text else {}
        return {item.name: item.value_in(setup) for item in self.items} | law

    def answer(self) -> list[str]:
        """Return which setup is best here, by how much, and what it costs: in sentences."""
        if not self.ranked:
            return ["No setup finished a lap."]
        best = self.ranked[0]
        lines = [f"{self.goal.title}: {self._figures(best)}."]
        if self.found[best].ledger.net_kwh > self.goal.cap_kwh:
            lines = [
                f"No setup keeps to {self.goal.cap_kwh:g} kWh; nearest: {self._figures(best)}."
            ]
        against = self.against_start(best)
        if best == self.start and len(self.ranked) > 1:
            against = Comparison(self.found[self.ranked[1]], self.found[best])
            next_words = f"the next ({self.values_text(self.ranked[1])})"
            lines.append(f"It is the start, and {against.verdict(next_words, 'it')[3:]}.")
        elif best != self.start and against is not None:
            lines.append(f"{against.verdict(f'the start ({self.values_text(self.start)})', 'It')}.")
        lines += [
            *self._with_other_choices(best),
            *self._lowest_energy(best),
            *self._at_end_of_range(best),
        ]
        return [*lines, ON_ONE_LINE] if len(self.ranked) > 1 else lines

    def _with_other_choices(self, best: Setup) -> list[str]:
        """Return the best with every other choice, such as the other tyre, if one varies."""
        words = [item for item in self.items if item.is_word]
        if len(words) != 1 or len(self.items) == 1:
            return []
        firsts: dict[Any, Setup] = {}
        for setup in self.ranked:
            firsts.setdefault(words[0].value_in(setup), setup)
        return [
            f"{self.goal.title} with {self._text(words, setup)}: {self._gain(setup)}."
            for setup in firsts.values()
            if setup != best
        ]

    def _gain(self, setup: Setup) -> str:
        """Return time and energy of a setup, and the gap to the start with the same choices."""
        start = self.start
        for item in self.items:
            if item.is_word:
                start = item.with_value(start, item.value_in(setup))
        numbers = [item for item in self.items if not item.is_word]
        text = f"{self._text(numbers, setup)}, {self._cost(setup)}"
        if start == setup or start not in self.found or not self.found[start].laps_s:
            return text
        gap = Comparison(self.found[start], self.found[setup])
        more = f"{gap.time_s:+.3f} s and {gap.energy_kwh:+.3f} kWh"
        return f"{text}, {more} against {self._text(numbers, start)}"

    def _lowest_energy(self, best: Setup) -> list[str]:
        """Return the setup of minimum energy that is not much slower, unless it is the best."""
        most_efficient = self.trade_offs[-1]
        if best not in self.trade_offs or most_efficient == best or self.goal.text == "energy":
            return []
        gap = Comparison(self.found[best], self.found[most_efficient])
        figures = self._figures(most_efficient)
        return [
            f"Lowest energy at most {100.0 * MUCH_SLOWER:.0f} % slower: {figures}: "
            f"{-gap.energy_kwh:.3f} kWh less than the best for {gap.time_s:.3f} s a lap."
        ]

    def _at_end_of_range(self, best: Setup) -> list[str]:
        """Return which values of the best are the last that were tried, though there are more."""
        lines = []
        for item in self.items:
            value = item.value_in(best)
            tried = {item.value_in(setup) for setup in self.found}
            if item.choices or value in (item.low, item.high) or len(tried) < 3:
                continue
            if value in (min(tried), max(tried)):
                lines.append(
                    f"{item.label} {item.text(value)} is the last that was tried: "
                    "there may be better beyond it."
                )
        return lines

    def _figures(self, setup: Setup) -> str:
        texts = (self.values_text(setup), self.law_text, self._cost(setup))
        return ", ".join(text for text in texts if text)

    def _cost(self, setup: Setup) -> str:
        measured = self.found[setup]
        time = lap_time_text(measured.lap_time_s)
        return f"{time} with {measured.ledger.net_kwh:.3f} kWh a lap"

    def _text(self, items: Sequence[Item], setup: Setup) -> str:
        return ", ".join(
            f"{item.label.lower()} {item.text(item.value_in(setup))}" for item in items
        )
