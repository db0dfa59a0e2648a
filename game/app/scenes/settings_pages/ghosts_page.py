"""Choose which laps drive along as ghosts."""

from __future__ import annotations

from typing import Final

from game.app.context.app_context import AppContext
from game.app.hud.reference_names import REFERENCES
from game.app.menus.tab import Tab, choice, defaults_row, percent, slider, toggle
from game.app.ui.rows import Heading, Remark
from game.translation import N_

_MEDALS: Final = (("next", N_("the next one")), ("all", N_("all")), ("none", N_("none")))
_OWN: Final = (
    (
        N_("Best lap"),
        "best",
        N_("Your best on this circuit with this car and tyre, in this weather."),
    ),
    (N_("Best of this session"), "session", N_("Your best valid lap since the drive began.")),
    (
        N_("Your goal"),
        "goal",
        N_("A little ahead of your best: the next medal if that is near, else a step towards it."),
    ),
    (N_("Last lap"), "last", N_("The lap before this one, whether it counted or not.")),
)
_PACE_STEP: Final = 0.01


def ghosts_page(context: AppContext) -> Tab:
    """Make the page of the laps that drive along."""
    rows = (
        choice(
            context,
            N_("Delta to"),
            ("hud", "delta_to"),
            tuple(REFERENCES.items()),
            N_(
                "The lap that yours is compared with while you drive; as long as there is none, "
                "your best. A key goes through them."
            ),
        ),
        Heading(N_("Your laps")),
        *(toggle(context, label, ("ghosts", name), note) for label, name, note in _OWN),
        Heading(N_("The bot")),
        choice(
            context,
            N_("Medals"),
            ("ghosts", "medals"),
            _MEDALS,
            N_("The laps that set the medal times drive with you."),
        ),
        toggle(
            context,
            N_("The bot in your car"),
            ("ghosts", "bot"),
            N_("It drives a lap in your setup, beside the game; some seconds later it is there."),
        ),
        slider(
            context,
            N_("Its pace"),
            ("ghosts", "bot_pace"),
            _PACE_STEP,
            percent,
            N_("At 90 % its lap takes a ninth longer than its best."),
        ),
        Heading(N_("Files")),
        toggle(
            context,
            N_("Replays"),
            ("ghosts", "files"),
            N_("Those that the game was started with: leaf-rc drive --ghost FILE, several times."),
        ),
        Remark(N_("Up to eight drive along; near your car they fade.")),
        defaults_row(context, "ghosts"),
    )
    return Tab(N_("Ghosts"), rows)
