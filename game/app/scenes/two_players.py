"""Choose what two players at one machine do together, and what each of them drives with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.car.livery import Livery
from game.app.driving.race_field import COLOUR_NAMES, player_name
from game.app.input.commands import Command
from game.app.input.seat import Seat
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.menus.tab import choice
from game.app.scenes.race_rows import MIN_CARS, race_rows
from game.app.scenes.seat_rows import SeatRow
from game.app.scenes.seat_words import seat_words, told_inputs
from game.app.scenes.two_player_drive import players_liveries, setup_names
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.footer import BACK, CHANGE, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.panel import draw_panel
from game.app.ui.rows import Action, Heading
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import Metrics
from game.translation import N_, _

_ROW_PX: Final = 16
_COLUMN_EM: Final = 27.0
_NAME_PX: Final = 22
_INPUT_PX: Final = 17
_TOLD_PX: Final = 14
_PAD: Final = 14
_GAP: Final = 14
_EDGE: Final = 6
_LAYOUTS: Final = (
    ("auto", N_("automatic")),
    ("beside", N_("side by side")),
    ("above", N_("one above the other")),
)


class TwoPlayersScene(MenuScene):
    """Leads to a drive or a race of two players on the circuit that is open."""

    title = N_("Two players")
    entry_px = _ROW_PX
    column_em = _COLUMN_EM

    def __init__(self, garage: Garage, routes: Routes, back: MenuScene) -> None:
        self.garage = garage
        self._routes = routes
        self._back = back
        self.under_title = garage.place_text
        context = garage.context
        context.seats.deal()
        self._seat_rows = tuple(SeatRow(context.seats, seat) for seat in context.seats)
        boxes = len(garage.track.grid)
        rows = (
            Action(N_("Drive together"), self._drive, N_("A free drive, as long as you like.")),
            Action(N_("Race"), self._race, N_("Against each other, and bots if there are more.")),
            *self._seat_rows,
            choice(
                context,
                N_("Car of Player 2"),
                ("two_players", "livery"),
                tuple(COLOUR_NAMES.items()),
                N_("Player 1 has that of the settings; never are both the same."),
            ),
            choice(
                context,
                N_("Setup of Player 2"),
                ("two_players", "setup"),
                (("", N_("that of Player 1")), *((name, name) for name in setup_names(garage))),
                N_("One that is kept by a name, on the page Presets of the setup."),
            ),
            choice(context, N_("Halves"), ("two_players", "layout"), _LAYOUTS),
            Heading(N_("Race")),
            *race_rows(context, boxes, N_("With yours; two race alone, more are bots.")),
            Action(N_("Circuits"), lambda: self.go_to(routes.circuits(self))),
            Action(N_("Setup"), lambda: self.go_to(routes.setup(self))),
        )
        super().__init__(context, Page(rows), back.seen)
        self.share_backdrop(back)

    def handle(self, command: Command) -> Scene | None:
        """Let a controller that nobody has yet take a seat, besides what every menu does."""
        if command is Command.CONFIRM and self.context.seats.join(self.context.inputs.asking):
            self.context.sound.play("confirm")
            return self
        return super().handle(command)

    def leave(self) -> None:
        """Return to where the player came from."""
        self.go_to(self._back)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what can be done here."""
        return (SELECT, BACK, CHANGE, CHOOSE)

    def update(self, frame_s: float) -> None:
        """Follow controllers that come and go."""
        super().update(frame_s)
        self.context.seats.update()
        for row in self._seat_rows:
            row.look()

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw a card for each person: name, colours, and what does what."""
        box, top = self.box_beside(sizes), self.below_title(sizes)
        box = box._replace(top=top, height=box.bottom - top)
        wide = (box.width - sizes.space(_GAP)) // 2
        self.read_beside = []
        cards = [self._card(seat) for seat in self.context.seats]
        if any(card.width(sizes) > wide or card.height(sizes) > box.height for card in cards):
            return
        self.read_beside = [box]
        liveries = players_liveries(self.context)
        for number, (card, livery) in enumerate(zip(cards, liveries, strict=True)):
            left = box.left + number * (wide + sizes.space(_GAP))
            card.draw(surface, Box(left, box.top, wide, card.height(sizes)), sizes, livery)

    def _card(self, seat: Seat) -> _Card:
        seats, controls = self.context.seats, self.context.settings.controls
        told = told_inputs(seats, seat.input, controls)
        return _Card(player_name(seat.number), seat_words(seats, seat.input), told)

    def _drive(self) -> None:
        if self._can_begin():
            self.go_to(self._routes.drive_two(self))

    def _race(self) -> None:
        if self._can_begin():
            self.go_to(self._routes.race_two(self))

    def _can_begin(self) -> bool:
        """Return whether there are two boxes and two seats taken, and say what is missing."""
        if len(self.garage.track.grid) < MIN_CARS:
            self.context.notice.show(_("The grid of this circuit has no place for another car"))
            return False
        for seat in self.context.seats:
            if seat.input.kind == "none":
                text = _("{player} has nothing to drive with: press a button of a controller")
                self.context.notice.show(text.format(player=player_name(seat.number)))
                return False
        return True


class _Card:
    """A card says of one person what they drive with, and what does what."""

    def __init__(self, name: str, device: str, told: Sequence[tuple[str, str]]) -> None:
        self._name = name
        self._device = device
        self._told = told

    def width(self, sizes: Metrics) -> int:
        """Return how wide it has to be."""
        told = sizes.text(_TOLD_PX)
        lines = [
            line_width(self._name, sizes.text(_NAME_PX), Weight.BOLD),
            line_width(self._device, sizes.text(_INPUT_PX), Weight.BOLD),
            *(line_width(f"{action}   {name}", told, Weight.BOLD) for action, name in self._told),
        ]
        return max(lines) + 2 * sizes.space(_PAD) + sizes.space(_EDGE)

    def height(self, sizes: Metrics) -> int:
        """Return how high it is."""
        pixels = (_NAME_PX, _INPUT_PX, *[_TOLD_PX] * len(self._told))
        return (
            sum(line_height(sizes.text(px)) for px in pixels)
            + 2 * sizes.space(_PAD)
            + sizes.space(_PAD) // 2
        )

    def draw(self, surface: pygame.Surface, box: Box, sizes: Metrics, livery: Livery) -> None:
        """Draw it on a panel with an edge in the colour of the person's car."""
        draw_panel(surface, box, sizes.unit)
        edge = Box(box.left, box.top, sizes.space(_EDGE), box.height)
        fill_rounded(surface, edge, livery.signal, 0)
        left, pad = edge.right + sizes.space(_PAD), sizes.space(_PAD)
        line = Box(left, box.top + pad, box.right - pad - left, 0)
        for text, px, colour in (
            (self._name, sizes.text(_NAME_PX), palette.BRIGHT),
            (self._device, sizes.text(_INPUT_PX), livery.signal),
        ):
            line = line._replace(top=line.bottom, height=line_height(px))
            write_line(surface, text, line, TextStyle(px, colour, Weight.BOLD))
        px = sizes.text(_TOLD_PX)
        line = line._replace(top=line.top + sizes.space(_PAD) // 2)
        for action, name in self._told:
            line = line._replace(top=line.bottom, height=line_height(px))
            write_line(surface, action, line, TextStyle(px, palette.DIM))
            style = TextStyle(px, palette.BRIGHT, Weight.BOLD)
            write_line(surface, name, line, style, Align.RIGHT)
