"""Give a waiting player short pieces of advice: one at a time, another one every few seconds."""

from __future__ import annotations

from typing import Final

from game.app.context.app_context import AppContext
from game.app.menus.menu import key_hint
from game.translation import N_, _

SHOWN_S: Final = 7.0
_TIPS: Final = (
    (N_("Holding a steering key asks for all the grip there is. Tap it for less."), ()),
    (N_("Brake in a straight line, then let go as you turn in."), ()),
    (N_("{key} starts the lap again at once."), ("restart",)),
    (N_("{key} shows the whole circuit, and {key} again brings you back."), ("whole_track",)),
    (N_("{key} turns the view with the car, or keeps north up."), ("camera",)),
    (N_("Lifting off charges the battery: what you regain now drives you out of the corner."), ()),
    (
        N_("Torque at the rear turns the car, at the front it pulls you out of the corner."),
        (),
    ),
    (N_("The white lines are the limit: with all four wheels beyond, the lap does not count."), ()),
    (N_("{key} takes you to photo mode, with filters and a frame."), ("photo",)),
    (N_("Tyres squeal before they let go. That is the sound of the limit."), ()),
    (N_("Setups have codes: type a friend's, or paste it."), ()),
)


def loading_tip(context: AppContext, number: int) -> str:
    """Return a tip with the keys as they are bound; after the last one comes the first."""
    text, actions = _TIPS[number % len(_TIPS)]
    if not actions:
        return _(text)
    hint = key_hint(context, "", actions)
    names = hint.buttons if context.inputs.last_device == "pad" else hint.keys
    if not names:
        return loading_tip(context, number + 1)
    return _(text).format(key=_(names[0]))
