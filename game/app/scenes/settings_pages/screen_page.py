"""Set what the window shows: language, text, instruments, and how frames are drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec
import pygame

from game.app.context.app_context import AppContext
from game.app.context.language import language_options
from game.app.context.settings import with_part
from game.app.hud.presets import PRESET_NAMES, PresetName, preset_of, with_preset
from game.app.menus.tab import Tab, choice, defaults_row, percent, slider, toggle
from game.app.scenes.settings_pages.hud_preview import HudPreview
from game.app.setup.model.garage import Garage
from game.app.ui.backdrop import Picture
from game.app.ui.box import Box
from game.app.ui.controls import Choice, Toggle
from game.app.ui.rows import Action, Heading, Remark, Row, TextScale
from game.app.view.render_scale import AUTOMATIC
from game.recording.telemetry_stream import DEFAULT_PORT
from game.translation import N_

_RENDER_PERCENT: Final = (AUTOMATIC, 50, 60, 70, 80, 90, 100, 125, 150, 200)
_CAPS_HZ: Final = (0, 30, 60, 75, 90, 100, 120, 144, 165, 240)
_MODES: Final = (
    ("window", N_("window")),
    ("borderless", N_("borderless")),
    ("fullscreen", N_("full screen")),
)
_PACINGS: Final = (("cap", N_("a fixed rate")), ("vsync", N_("the screen (vsync)")))
_TELEMETRY_NOTE: Final = N_(
    "To dashboards and other programs on this computer, by UDP to port 20888, while you drive."
)
_UNITS: Final = (("km/h", "km/h"), ("mph", "mph"))


class HudPresetValue:
    """Changes the preset of the instruments; all of them keep the player's own arrangement."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    def get(self) -> PresetName:
        """Return the preset that is shown."""
        return preset_of(self._context.settings.hud)

    def put(self, value: PresetName) -> None:
        """Show another preset."""
        settings = self._context.settings
        hud = with_preset(settings.hud, value)
        self._context.apply(msgspec.structs.replace(settings, hud=hud))


class ScreenPage(Tab):
    """Shows the rows of the screen, and beside them the instruments in small."""

    plots = True

    def __init__(self, garage: Garage, behind: Picture, edit_hud: Callable[[], None]) -> None:
        context = garage.context
        self._preview = HudPreview(garage, behind)
        rows = (
            *_reading_rows(context),
            *_instrument_rows(context, edit_hud),
            *_window_rows(context),
        )
        super().__init__(N_("Screen"), rows)

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:  # noqa: ARG002
        """Draw the window in small."""
        self._preview.draw(surface, box)


def _reading_rows(context: AppContext) -> tuple[Row, ...]:
    return (
        choice(
            context,
            N_("Language"),
            ("language",),
            language_options(),
            N_("Of menus, instruments and messages."),
        ),
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
    )


class TelemetryValue:
    """Changes whether telemetry is sent; a port of the player's own stays until it is not."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    def get(self) -> bool:
        """Return whether it is sent."""
        return self._context.settings.drive.telemetry_port > 0

    def put(self, value: bool) -> None:
        """Send it, or do not."""
        settings, port = self._context.settings, DEFAULT_PORT if value else 0
        self._context.apply(with_part(settings, port, "drive", "telemetry_port"))


def _instrument_rows(context: AppContext, edit_hud: Callable[[], None]) -> tuple[Row, ...]:
    return (
        Heading(N_("Instruments")),
        Choice(
            N_("Preset"),
            HudPresetValue(context),
            tuple(PRESET_NAMES.items()),
            N_("H, or the key bound to it, goes through the presets while you drive."),
        ),
        Action(N_("Arrange the instruments"), edit_hud, N_("Move, resize and hide each of them.")),
        Toggle(N_("Send telemetry"), TelemetryValue(context), _TELEMETRY_NOTE),
        slider(
            context,
            N_("Background"),
            ("hud", "opacity"),
            0.02,
            percent,
            N_("How opaque the background is."),
        ),
        choice(context, N_("Speed unit"), ("hud", "speed_unit"), _UNITS, ""),
    )


def _window_rows(context: AppContext) -> tuple[Row, ...]:
    caps = [(rate, f"{rate} Hz" if rate else N_("the screen's own rate")) for rate in _CAPS_HZ]
    scales = [(each, f"{each} %" if each else N_("automatic")) for each in _RENDER_PERCENT]
    return (
        Heading(N_("Window")),
        choice(
            context,
            N_("Window mode"),
            ("display", "mode"),
            _MODES,
            N_("F11, or the key bound to it, switches to full screen."),
        ),
        choice(
            context,
            N_("Render scale"),
            ("display", "render_percent"),
            scales,
            N_(
                "How finely the world is painted. Text is always sharp. Automatic keeps 60 frames "
                "a second."
            ),
        ),
        choice(
            context,
            N_("Frame pacing"),
            ("display", "pacing"),
            _PACINGS,
            N_("Use one or the other; together they would interfere."),
        ),
        choice(context, N_("Frame rate"), ("display", "frame_rate_hz"), caps, N_("Without vsync.")),
        Remark(N_("The simulation takes 240 steps a second whatever the screen shows.")),
        defaults_row(context, "display"),
    )
