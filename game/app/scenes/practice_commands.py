"""Follow the keys of practice in a drive, and say what they did."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.app.driving.practice import Practice
from game.app.hud.practice_panel import PracticeFigures
from game.app.input.commands import Command
from game.translation import _

PRACTICE_COMMANDS: Final = (
    Command.KEEP_STATE,
    Command.RETURN_TO_STATE,
    Command.REWIND,
    Command.SLOW_MOTION,
    Command.LOOP_CORNER,
)


class Practised(NamedTuple):
    """Says what a key of practice did."""

    words: str
    went_back: bool = False


def practise(practice: Practice, command: Command) -> Practised:
    """Follow one of `PRACTICE_COMMANDS`."""
    match command:
        case Command.KEEP_STATE:
            practice.keep()
            return Practised(_("Kept: once you come back to here, laps no longer count"))
        case Command.RETURN_TO_STATE if practice.go_back():
            return Practised(_("Back at the kept state"), went_back=True)
        case Command.RETURN_TO_STATE:
            return Practised(_("No state is kept yet"))
        case Command.REWIND if practice.rewind():
            words = _("Back at the start") if practice.is_at_start else _("Five seconds back")
            return Practised(words, went_back=True)
        case Command.REWIND:
            return Practised(_("There is nothing to rewind yet"))
        case Command.SLOW_MOTION:
            percent = round(100.0 * practice.slow_down())
            return Practised(_("Time at {percent} %").format(percent=percent))
        case Command.LOOP_CORNER if practice.loop_corner():
            return Practised(_("From here to the end of the next corner, again and again"))
    return Practised(_("Loop off"))


def practice_figures(practice: Practice) -> PracticeFigures:
    """Return what the panel of practice shows."""
    return PracticeFigures(practice.speed, practice.is_looping)
