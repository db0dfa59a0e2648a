"""The page of what is seen and heard besides the car: starts, speed, and life beside the track."""

from __future__ import annotations

from typing import Final

import msgspec

from game.app.context.app_context import AppContext
from game.app.context.settings import Settings
from game.app.menus.tab import Tab, choice, toggle
from game.app.ui.rows import Action, Heading

_LIGHTS: Final = (
    ("first", "when a drive begins"),
    ("always", "at every restart"),
    ("off", "off"),
)
_LIGHTS_NOTE: Final = (
    "The car is held on the grid until five lights go out. The restart key is instant unless you"
    " want them every time."
)
_MOVING: Final = (
    (
        "Speed streaks",
        "speed_streaks",
        "Lines in the air, the faster the longer. Not with reduced motion.",
    ),
    ("Dust", "dust", "Raised from the edges of the road, off the line."),
    ("Grass", "grass", "Torn off by wheels, and blown about beside the road."),
)
_BESIDE: Final = (
    ("Flags and marshals", "flags", "They wave as the wind blows."),
    ("Cloud shadows", "cloud_shadows", "They drift over the land. Not with reduced motion."),
)


def effects_page(context: AppContext) -> Tab:
    """Make the page that switches waits and effects on and off."""

    def put_back() -> None:
        fresh, now = Settings(), context.settings
        context.apply(msgspec.structs.replace(now, drive=fresh.drive, effects=fresh.effects))

    moving, beside = (
        [toggle(context, label, ("effects", name), note) for label, name, note in group]
        for group in (_MOVING, _BESIDE)
    )
    rows = (
        Heading("Start and pause"),
        choice(context, "Start lights", ("drive", "start_lights"), _LIGHTS, _LIGHTS_NOTE),
        toggle(
            context,
            "Countdown after a pause",
            ("drive", "resume_countdown"),
            "3, 2, 1 before a moving car goes on; a slow one goes on at once.",
        ),
        Heading("While driving"),
        *moving,
        Heading("Beside the track"),
        *beside,
        Heading(""),
        Action("Reset to the defaults", put_back, "Resets everything on this page."),
    )
    return Tab("Effects", rows)
