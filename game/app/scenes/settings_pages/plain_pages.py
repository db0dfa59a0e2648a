"""Make the pages that are nothing but rows: camera and sound."""

from __future__ import annotations

from game.app.context.app_context import AppContext
from game.app.menus.tab import Tab, choice, defaults, percent, slider, toggle
from game.app.ui.rows import Heading, Remark
from game.translation import N_


def camera_page(context: AppContext) -> Tab:
    """Make the page that sets how the camera follows the car."""
    views = (("north_up", N_("north up")), ("heading_up", N_("heading up")))
    rows = (
        Heading(N_("While driving")),
        choice(
            context,
            N_("Direction"),
            ("camera", "mode"),
            views,
            N_("North up keeps the circuit still."),
        ),
        slider(
            context,
            N_("Distance"),
            ("camera", "distance"),
            0.05,
            percent,
            N_("100 % and above show two seconds of road at any speed; below, the car is larger."),
        ),
        slider(
            context,
            N_("Shaking"),
            ("camera", "shake"),
            0.05,
            percent,
            N_("From kerbs and loose ground."),
        ),
        Remark(
            N_(
                "While you drive, C turns the view and Tab shows the whole circuit, unless other "
                "keys are bound to it."
            )
        ),
        defaults(context, "camera"),
    )
    return Tab(N_("Camera"), rows)


def sound_page(context: AppContext) -> Tab:
    """Make the page of the volumes."""
    groups = (
        (N_("Master"), "master", N_("All of the volumes below.")),
        (N_("Motors"), "motors", N_("The front and the rear motor.")),
        (N_("Tyres"), "tyres", N_("You hear them before they lose grip.")),
        (N_("Surroundings"), "surroundings", N_("Wind, kerbs, gravel, walls.")),
        (N_("Crowd"), "crowd", N_("On the grandstands; it cheers a new best lap.")),
        (N_("Wind in the trees"), "trees", N_("Heard best when you stand still.")),
        (N_("Announcer"), "announcer", N_("Loudspeakers at the start line.")),
        (N_("Signals"), "interface", N_("Menu ticks, start lights, lap chimes.")),
    )
    volumes = (
        slider(context, label, ("sound", name), 0.05, percent, note) for label, name, note in groups
    )
    rows = (
        toggle(context, N_("Mute"), ("sound", "muted"), N_("Silent until you switch it off.")),
        Heading(N_("Volume")),
        *volumes,
        Remark(N_("M mutes at any time, unless another key is bound to it.")),
        defaults(context, "sound"),
    )
    return Tab(N_("Sound"), rows)
