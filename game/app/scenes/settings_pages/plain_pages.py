"""The pages that are nothing but rows: camera, instruments and accessibility, sound, display."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.app.context.app_context import AppContext
from game.app.menus.tab import Tab, choice, defaults, percent, slider, toggle
from game.app.ui.rows import Action, Heading, Remark
from game.app.view.render_scale import AUTOMATIC

_RENDER_PERCENT: Final = (AUTOMATIC, 50, 60, 70, 80, 90, 100, 125, 150, 200)
_CAPS_HZ: Final = (0, 30, 60, 75, 90, 100, 120, 144, 165, 240)


def camera_page(context: AppContext) -> Tab:
    """Make the page that sets how the camera follows the car."""
    views = (("north_up", "north up"), ("heading_up", "the car's way up"))
    rows = (
        Heading("While driving"),
        choice(
            context, "Direction", ("camera", "mode"), views, "North up keeps the circuit still."
        ),
        slider(
            context,
            "Distance",
            ("camera", "distance"),
            0.05,
            percent,
            "How much of the circuit is in view; at least two seconds of road at any speed.",
        ),
        slider(
            context, "Shaking", ("camera", "shake"), 0.05, percent, "From kerbs and loose ground."
        ),
        Heading(""),
        defaults(context, "camera"),
    )
    return Tab("Camera", rows)


def screen_page(context: AppContext, edit_hud: Callable[[], None]) -> Tab:
    """Instruments, and what makes the screen easier on the eyes."""
    units = (("km/h", "km/h"), ("mph", "mph"))
    rows = (
        Heading("Accessibility"),
        slider(
            context,
            "Text size",
            ("hud", "text_scale"),
            0.1,
            percent,
            "The size of all text, in the instruments and in menus.",
        ),
        toggle(
            context,
            "Reduced motion",
            ("camera", "reduced_motion"),
            "No zooming, rotating or shaking; menus change at once.",
        ),
        Heading("Instruments"),
        toggle(
            context,
            "Shown",
            ("hud", "shown"),
            "All of them; H, or the key bound to it, shows and hides them.",
        ),
        Action("Arrange the instruments", edit_hud, "Move, resize and hide each of them."),
        slider(
            context,
            "Background",
            ("hud", "opacity"),
            0.02,
            percent,
            "How opaque the background is.",
        ),
        choice(context, "Speed in", ("hud", "speed_unit"), units, ""),
        toggle(context, "Ghost", ("hud", "ghost"), "Your best lap drives with you."),
    )
    return Tab("Screen", rows)


def sound_page(context: AppContext) -> Tab:
    """Volumes."""
    groups = (
        ("All", "master", "All of the volumes below."),
        ("Motors", "motors", "The front and the rear motor."),
        ("Tyres", "tyres", "You hear them before they lose grip."),
        ("Surroundings", "surroundings", "Wind, kerbs, gravel, walls."),
        ("Crowd", "crowd", "On the grandstands; it cheers a new best lap."),
        ("Wind in the trees", "trees", "Heard best when you stand still."),
        ("Announcer", "announcer", "Loudspeakers at the start line."),
        ("Menus and signals", "interface", "Menu ticks, start lights, lap chimes."),
    )
    volumes = (
        slider(context, label, ("sound", name), 0.05, percent, note) for label, name, note in groups
    )
    rows = (
        toggle(context, "Mute", ("sound", "muted"), "Silent until you switch it off."),
        Heading("Volume"),
        *volumes,
        Heading(""),
        defaults(context, "sound"),
    )
    return Tab("Sound", rows)


def display_page(context: AppContext) -> Tab:
    """Make the page of the window and its frames."""
    modes = (("window", "window"), ("borderless", "borderless"), ("fullscreen", "full screen"))
    pacings = (("cap", "a fixed rate"), ("vsync", "the screen (vsync)"))
    caps = [(rate, f"{rate} a second" if rate else "the screen's own rate") for rate in _CAPS_HZ]
    rows = (
        Heading("Window"),
        choice(
            context,
            "Shown as",
            ("display", "mode"),
            modes,
            "F11, or the key bound to it, switches to full screen.",
        ),
        choice(
            context,
            "Render scale",
            ("display", "render_percent"),
            [(percent, f"{percent} %" if percent else "automatic") for percent in _RENDER_PERCENT],
            "How finely the world is painted. Text is always sharp. Automatic keeps 60 frames a"
            " second.",
        ),
        Heading("Frames"),
        choice(
            context,
            "Frame pacing",
            ("display", "pacing"),
            pacings,
            "Use one or the other; together they would interfere.",
        ),
        choice(context, "Fixed rate", ("display", "frame_rate_hz"), caps, "Without vsync."),
        Remark("The simulation takes 240 steps a second whatever the screen shows."),
        Heading(""),
        defaults(context, "display"),
    )
    return Tab("Display", rows)
