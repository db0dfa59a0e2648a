"""The page of what is seen and heard besides the car: starts, speed, and life beside the track."""

from __future__ import annotations

from game.app.context.app_context import AppContext
from game.app.menus.tab import Tab, choice, defaults, toggle
from game.app.ui.rows import Heading

_LIGHTS = (
    ("first", "when a drive begins"),
    ("always", "at every restart"),
    ("off", "off"),
)


def effects_page(context: AppContext) -> Tab:
    """Make the page that switches waits and effects on and off."""
    rows = (
        Heading("Start and pause"),
        choice(
            context,
            "Start lights",
            ("drive", "start_lights"),
            _LIGHTS,
            "The car is held on the grid until five lights go out. The restart key is instant"
            " unless you want them every time.",
        ),
        toggle(
            context,
            "Countdown after a pause",
            ("drive", "resume_countdown"),
            "3, 2, 1 before a moving car goes on; a slow one goes on at once.",
        ),
        Heading(""),
        defaults(context, "drive"),
    )
    return Tab("Effects", rows)
