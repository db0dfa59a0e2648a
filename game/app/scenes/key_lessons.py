"""Teach keys when they matter: each once, by what the player does, unless it was used already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.app.context.app_context import AppContext
from game.app.context.settings import with_part
from game.app.driving.drive import Drive
from game.app.input.commands import Command
from game.app.menus.menu import key_hint
from game.drivers.human_driver import HumanDriver
from game.simulation.snapshot import Snapshot
from game.translation import N_

_STANDS_MPS: Final = 0.5
_DRIVES_MPS: Final = 8.0
_PAUSE_S: Final = 9.0  # between two lessons


@dataclass(slots=True)
class Situation:
    """Says what the player has been doing, and for how long."""

    now: Snapshot
    driven_s: float = 0.0  # faster than a crawl, in all
    stood_s: float = 0.0  # still, without a break
    off_s: float = 0.0  # beyond the track limits, without a break
    driven_off: bool = False  # since the car stood still for the last time


class KeyLesson(NamedTuple):
    """A key lesson is about a few keys: what they do, and when that matters."""

    name: str
    hints: tuple[tuple[str, tuple[str, ...]], ...]  # words, and the actions whose keys are shown
    due: Callable[[Situation], bool]
    known_by: Command | None = None  # asking for this shows that the key is known
    by_person: bool = True  # of no use to those who watch the bot
    at_once: bool = False  # however short a time ago another one was shown


LESSONS: Final = (
    KeyLesson(
        "driving",
        (
            (N_("Throttle"), ("throttle",)),
            (N_("Brake"), ("brake",)),
            (N_("Steer"), ("steer_left", "steer_right")),
            (N_("Pause"), ("pause",)),
        ),
        lambda seen: seen.driven_s == 0.0 and seen.stood_s > 2.5,
    ),
    KeyLesson(
        "reverse",
        ((N_("Hold at a standstill: reverse"), ("brake",)),),
        lambda seen: seen.driven_off and seen.stood_s > 1.5,
    ),
    KeyLesson(
        "reset",
        ((N_("Back to the track"), ("reset",)),),
        lambda seen: seen.off_s > 4.0,
        Command.RESET,
    ),
    KeyLesson(
        "restart",
        ((N_("Start the lap again"), ("restart",)),),
        lambda seen: seen.now.lap >= 1 and not seen.now.lap_valid,
        Command.RESTART,
        at_once=True,  # beside the message that the lap does not count
    ),
    KeyLesson(
        "whole_track",
        ((N_("See the whole circuit"), ("whole_track",)),),
        lambda seen: seen.driven_s > 25.0,
        Command.WHOLE_TRACK,
        by_person=False,
    ),
    KeyLesson(
        "camera",
        ((N_("Turn the view with the car"), ("camera",)),),
        lambda seen: seen.driven_s > 55.0,
        Command.CAMERA,
        by_person=False,
    ),
    KeyLesson(
        "hud",
        ((N_("Change the instruments"), ("hud",)),),
        lambda seen: seen.driven_s > 85.0,
        Command.HUD,
        by_person=False,
    ),
    KeyLesson(
        "photo",
        ((N_("Take a photo"), ("photo",)),),
        lambda seen: seen.now.lap >= 2 and seen.driven_s > 110.0,
        Command.PHOTO,
        by_person=False,
    ),
)


class KeyTeacher:
    """Watches a drive and shows the keys that would help now."""

    def __init__(self, context: AppContext, drive: Drive) -> None:
        self._context = context
        self._drive = drive
        self._seen = Situation(drive.followed.now)
        self._wait_s = 0.0
        self._by_person = isinstance(drive.session.drivers[drive.followed.number], HumanDriver)

    def on_command(self, command: Command) -> None:
        """Count what the player asks for as known."""
        for lesson in LESSONS:
            if lesson.known_by is command:
                self._tick_off(lesson)

    def update(self, frame_s: float, *, quiet: bool = False) -> None:
        """Follow the drive, and show the first lesson that is due.

        quiet: something else is being read.
        """
        self._follow(frame_s)
        self._wait_s -= frame_s
        settings = self._context.settings.drive
        if quiet or not settings.key_hints or self._context.notice.shown:
            return
        for lesson in LESSONS:
            if lesson.name not in settings.keys_taught and self._is_due(lesson):
                self._wait_s = _PAUSE_S
                hints = [key_hint(self._context, *each) for each in lesson.hints]
                pad = self._context.inputs.last_device == "pad"
                self._context.notice.show_hints(hints, pad=pad)
                self._tick_off(lesson)
                return

    def _follow(self, frame_s: float) -> None:
        seen, now = self._seen, self._drive.followed.now
        speed_mps = abs(now.velocity_forward_mps)
        seen.now = now
        stands = speed_mps < _STANDS_MPS
        seen.stood_s = seen.stood_s + frame_s if stands else 0.0
        if speed_mps > _DRIVES_MPS:
            seen.driven_s += frame_s
            seen.driven_off = True
        seen.off_s = seen.off_s + frame_s if now.beyond_limit_m > 0.0 else 0.0

    def _is_due(self, lesson: KeyLesson) -> bool:
        helps = self._by_person or not lesson.by_person
        return helps and (lesson.at_once or self._wait_s <= 0.0) and lesson.due(self._seen)

    def _tick_off(self, lesson: KeyLesson) -> None:
        settings = self._context.settings
        taught = settings.drive.keys_taught
        if lesson.name not in taught:
            changed = (*taught, lesson.name)
            self._context.apply(with_part(settings, changed, "drive", "keys_taught"))
