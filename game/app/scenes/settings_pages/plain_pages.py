"""The pages that are nothing but rows: camera, instruments and accessibility, sound, display."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.app.context.app_context import AppContext
from game.app.context.language import language_options
from game.app.menus.tab import Tab, choice, defaults, percent, slider, toggle
from game.app.ui.rows import Action, Heading, Remark, Row
from game.app.view.render_scale import AUTOMATIC
from game.translation import N_, _

_RENDER_PERCENT: Final = (AUTOMATIC, 50, 60, 70, 80, 90, 100, 125, 150, 200)
_CAPS_HZ: Final = (0, 30, 60, 75, 90, 100, 120, 144, 165, 240)


def camera_page(context: AppContext) -> Tab:
    """Make the page that sets how the camera follows the car."""
    views = (("north_up", N_("north up")), ("heading_up", N_("the car's way up")))
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
            N_("How much of the circuit is in view; at least two seconds of road at any speed."),
        ),
        slider(
            context,
            N_("Shaking"),
            ("camera", "shake"),
            0.05,
            percent,
            N_("From kerbs and loose ground."),
        ),
        Heading(""),
        defaults(context, "camera"),
    )
    return Tab(N_("Camera"), rows)


def screen_page(context: AppContext, edit_hud: Callable[[], None]) -> Tab:
    """Instruments, and what makes the screen easier on the eyes."""
    units = (("km/h", "km/h"), ("mph", "mph"))
    rows = (
        choice(
            context,
            N_("Language"),
            ("language",),
            language_options(),
            N_("Of menus, instruments and messages."),
        ),
        Heading(N_("Accessibility")),
        slider(
            context,
            N_("Text size"),
            ("hud", "text_scale"),
            0.1,
            percent,
            N_("The size of all text, in the instruments and in menus."),
        ),
        toggle(
            context,
            N_("Reduced motion"),
            ("camera", "reduced_motion"),
            N_("No zooming, rotating or shaking; menus change at once."),
        ),
        Heading(N_("Instruments")),
        toggle(
            context,
            N_("Shown"),
            ("hud", "shown"),
            N_("H, or the key bound to it, shows and hides them."),
        ),
        Action(N_("Arrange the instruments"), edit_hud, N_("Move, resize and hide each of them.")),
        slider(
            context,
            N_("Background"),
            ("hud", "opacity"),
            0.02,
            percent,
            N_("How opaque the background is."),
        ),
        choice(context, N_("Speed in"), ("hud", "speed_unit"), units, ""),
        *_ghost_rows(context),
    )
    return Tab(N_("Screen"), rows)


def _ghost_rows(context: AppContext) -> tuple[Row, ...]:
    """Return the rows that choose which laps drive along."""
    medals = (("next", N_("the next one")), ("all", N_("all")), ("none", N_("none")))
    return (
        toggle(context, N_("Your ghost"), ("hud", "ghost"), N_("Your best lap drives with you.")),
        choice(
            context,
            N_("Medal ghosts"),
            ("hud", "medal_ghosts"),
            medals,
            N_("The laps that set the medal times drive with you."),
        ),
    )


def sound_page(context: AppContext) -> Tab:
    """Volumes."""
    groups = (
        (N_("Master"), "master", N_("All of the volumes below.")),
        (N_("Motors"), "motors", N_("The front and the rear motor.")),
        (N_("Tyres"), "tyres", N_("You hear them before they lose grip.")),
        (N_("Surroundings"), "surroundings", N_("Wind, kerbs, gravel, walls.")),
        (N_("Crowd"), "crowd", N_("On the grandstands; it cheers a new best lap.")),
        (N_("Wind in the trees"), "trees", N_("Heard best when you stand still.")),
        (N_("Announcer"), "announcer", N_("Loudspeakers at the start line.")),
        (N_("Menus and signals"), "interface", N_("Menu ticks, start lights, lap chimes.")),
    )
    volumes = (
        slider(context, label, ("sound", name), 0.05, percent, note) for label, name, note in groups
    )
    rows = (
        toggle(context, N_("Mute"), ("sound", "muted"), N_("Silent until you switch it off.")),
        Heading(N_("Volume")),
        *volumes,
        Heading(""),
        defaults(context, "sound"),
    )
    return Tab(N_("Sound"), rows)


def display_page(context: AppContext) -> Tab:
    """Make the page of the window and its frames."""
    modes = (
        ("window", N_("window")),
        ("borderless", N_("borderless")),
        ("fullscreen", N_("full screen")),
    )
    pacings = (("cap", N_("a fixed rate")), ("vsync", N_("the screen (vsync)")))
    caps = [
        (rate, _("{rate} a second").format(rate=rate) if rate else N_("the screen's own rate"))
        for rate in _CAPS_HZ
    ]
    rows = (
        Heading(N_("Window")),
        choice(
            context,
            N_("Window mode"),
            ("display", "mode"),
            modes,
            N_("F11, or the key bound to it, switches to full screen."),
        ),
        choice(
            context,
            N_("Render scale"),
            ("display", "render_percent"),
            [
                (percent, f"{percent} %" if percent else N_("automatic"))
                for percent in _RENDER_PERCENT
            ],
            N_(
                "How finely the world is painted. Text is always sharp. Automatic keeps 60 frames "
                "a second."
            ),
        ),
        Heading(N_("Frames")),
        choice(
            context,
            N_("Frame pacing"),
            ("display", "pacing"),
            pacings,
            N_("Use one or the other; together they would interfere."),
        ),
        choice(context, N_("Frame rate"), ("display", "frame_rate_hz"), caps, N_("Without vsync.")),
        Remark(N_("The simulation takes 240 steps a second whatever the screen shows.")),
        Heading(""),
        defaults(context, "display"),
    )
    return Tab(N_("Display"), rows)
