"""Write a season as one page of HTML that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from game.league.league_charts import points_chart, strength_chart
from game.league.rounds import RoundResult
from game.league.standings import SeasonStanding
from game.league.strength import MEAN_STRENGTH, win_chance
from game.pages.templates import rendered

STANDING_COLUMNS: Final = (
    *("", "bot", "points", "wins", "mean place", "out", "kWh/lap", "hits/race", "strength"),
)


def league_page(
    heading: Mapping[str, str], table: Sequence[SeasonStanding], results: Sequence[RoundResult]
) -> str:
    """Return the page. heading: `title`, `car`, `about`, `points`, `command`, `version`."""
    return rendered(
        Path(__file__).with_suffix(".html"),
        answer=season_words(table),
        tiles=_tiles(table, results),
        charts=[
            {
                "title": "Points",
                "note": "Those of all rounds so far.",
                "svg": points_chart(table),
            },
            {
                "title": "Strength",
                "note": "What the finishing orders say, with its spread.",
                "svg": strength_chart(table),
            },
        ],
        columns=list(STANDING_COLUMNS),
        rows=[standing_cells(place, each) for place, each in enumerate(table, start=1)],
        names=[each.name for each in table],
        rounds=[
            {
                "circuit": result.circuit,
                "seed": result.seed,
                "cells": [str(result.place_of(each.name) or "-") for each in table],
            }
            for result in results
        ],
        out=list(retirements(results)),
        mean=f"{MEAN_STRENGTH:.0f}",
        **heading,
    )


def standing_cells(place: int, each: SeasonStanding) -> list[str]:
    """Return a bot's row of the standings, below `STANDING_COLUMNS`."""
    return [
        str(place),
        each.name,
        f"{each.points:g}",
        str(each.wins),
        "" if each.mean_place is None else f"{each.mean_place:.1f}",
        str(each.retirements),
        "" if each.net_kwh_per_lap is None else f"{each.net_kwh_per_lap:.2f}",
        f"{each.contacts_per_race:.1f}",
        f"{each.strength.points:.0f} ± {each.strength.spread:.0f}",
    ]


def season_words(table: Sequence[SeasonStanding]) -> list[str]:
    """Return who has won, and whether the strengths say so, too."""
    first, second = table[0], table[1]
    won = f"{first.name} wins with {first.points:g} points, ahead of {second.name}"
    strongest = max(table, key=lambda each: each.strength.points)
    others = [each for each in table if each is not strongest]
    next_one = max(others, key=lambda each: each.strength.points)
    chance = win_chance(strongest.strength, next_one.strength)
    return [
        f"{won} with {second.points:g}.",
        f"{strongest.name} is the strongest: in front of {next_one.name} in {chance:.0%} of races.",
    ]


def retirements(results: Sequence[RoundResult]) -> list[str]:
    """Return a line for each bot that did not finish a round, and for each round that was lost."""
    lines = []
    for number, result in enumerate(results, start=1):
        place = f"round {number}, {result.circuit}"
        lines += [f"{place}: {each.name}: {each.retired}" for each in result.places if each.retired]
        if result.lost:
            lines.append(f"{place}: no result: {result.lost}")
    return lines


def _tiles(table: Sequence[SeasonStanding], results: Sequence[RoundResult]) -> list[dict[str, str]]:
    contacts = sum(each.contacts for result in results for each in result.places)
    starts = max(sum(len(result.places) for result in results), 1)
    tiles = [
        (table[0].name, "has won the season"),
        (f"{table[0].points:g}", f"points, {table[1].points:g} the second"),
        (str(len(results)), f"rounds of {len(table)} bots"),
        (f"{contacts / starts:.2f}", "contacts a car and race"),
        (str(sum(each.retirements for each in table)), "retirements"),
    ]
    return [{"figure": figure, "words": words} for figure, words in tiles]
