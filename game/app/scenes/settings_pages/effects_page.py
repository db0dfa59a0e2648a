"""Set what is seen and heard besides the car: starts, speed, and life beside the track."""

from __future__ import annotations

from typing import Final

import msgspec

from game.app.context.app_context import AppContext
from game.app.context.settings import Settings, with_part
from game.app.menus.tab import Tab, choice, toggle
from game.app.ui.rows import Action, Heading
from game.translation import N_

_LIGHTS: Final = (
    ("first", N_("when a drive begins")),
    ("always", N_("at every restart")),
    ("off", N_("off")),
)
_LIGHTS_NOTE: Final = N_(
    "The car is held on the grid until five lights go out. The restart key is instant unless you"
    " want them every time."
)
_MOVING: Final = (
    (
        N_("Speed streaks"),
        "speed_streaks",
        N_("Lines in the air, the faster the longer. Not with reduced motion."),
    ),
    (N_("Dust"), "dust", N_("Raised from the edges of the road, off the line.")),
    (N_("Spray"), "spray", N_("Thrown up by wheels on a wet road.")),
    (
        N_("Raindrops"),
        "rain",
        N_("The road is as wet without them. Not with reduced motion."),
    ),
    (N_("Grass"), "grass", N_("Torn off by wheels, and blown about beside the road.")),
)
_BESIDE: Final = (
    (N_("Flags and marshals"), "flags", N_("They wave as the wind blows.")),
    (
        N_("Cloud shadows"),
        "cloud_shadows",
        N_("They drift over the land. Not with reduced motion."),
    ),
    (
        N_("Confetti"),
        "confetti",
        N_("Over the road, when a lap is your best so far. Not with reduced motion."),
    ),
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
        Heading(N_("Start and pause")),
        choice(context, N_("Start lights"), ("drive", "start_lights"), _LIGHTS, _LIGHTS_NOTE),
        toggle(
            context,
            N_("Countdown after a pause"),
            ("drive", "resume_countdown"),
            N_("3, 2, 1 before a moving car goes on; a slow one goes on at once."),
        ),
        Heading(N_("While driving")),
        *moving,
        Heading(N_("Beside the track")),
        *beside,
        Heading(N_("Key hints")),
        toggle(
            context,
            N_("Show keys when they help"),
            ("drive", "key_hints"),
            N_("Each once, unless you have used the key already."),
        ),
        Action(
            N_("Show them all again"),
            lambda: context.apply(with_part(context.settings, (), "drive", "keys_taught")),
            N_("Each will appear again when it helps."),
        ),
        Heading(""),
        Action(N_("Reset to the defaults"), put_back, N_("Resets everything on this page.")),
    )
    return Tab(N_("Effects"), rows)
