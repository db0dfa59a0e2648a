"""Show a banner over the line: the lap or the sector that has just ended, held to be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pygame

from game.app.driving.moments import Moment, MomentKind
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.medals import MEDAL_COLOURS, draw_medal
from game.app.ui.palette import Colour
from game.app.ui.panel import draw_panel
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import Metrics, metrics
from game.translation import _
from game.units import lap_time_text

_TOP: Final = 14
_TITLE_PX: Final = 15
_MEDAL_PX: Final = 20  # of the title, where it names a medal
_DISC: Final = 0.86  # of a medal, of the height of title and time
_TIME_PX: Final = 34
_SECTOR_PX: Final = 22
_GAP_PX: Final = 20
_GOAL_PX: Final = 15
_PAD: Final = 16
_BETWEEN: Final = 18
_EDGE: Final = 5  # of the coloured edge
_DENSE: Final = 0.9
_FADE_IN_S: Final = 0.22
_FADE_OUT_S: Final = 0.35
_FALL: Final = 26  # that it comes down from
_SHINE_S: Final = 0.7
_HELD_S: Final = {
    MomentKind.FIRST_VALID: 6.0,
    MomentKind.NEW_BEST: 6.0,
    MomentKind.SLOWER: 4.0,
    MomentKind.NOT_VALID: 4.0,
    MomentKind.SECTOR_BEST: 2.4,
}
_COLOURS: Final[dict[MomentKind, Colour]] = {
    MomentKind.FIRST_VALID: palette.BLUE,
    MomentKind.NEW_BEST: palette.PURPLE,
    MomentKind.SLOWER: palette.LABEL,
    MomentKind.NOT_VALID: palette.VERMILION,
    MomentKind.SECTOR_BEST: palette.PURPLE,
}
_SHINING: Final = (MomentKind.FIRST_VALID, MomentKind.NEW_BEST)


class _Words(NamedTuple):
    """Holds the words of a banner."""

    title: str
    time: str
    gap: str
    goal: str


class MomentBanner:
    """Shows the latest moment for some seconds; one of a sector gives way to that of a lap."""

    def __init__(self) -> None:
        self.moment: Moment | None = None
        self._age_s = 0.0
        self._key: tuple[object, ...] = ()
        self._picture = pygame.Surface((0, 0))

    def show(self, moment: Moment) -> None:
        """Show a moment from now on."""
        self.moment, self._age_s = moment, 0.0

    def clear(self) -> None:
        """Show nothing: the drive begins anew."""
        self.moment = None

    def update(self, frame_s: float) -> None:
        """Move on by a frame."""
        self._age_s += frame_s
        if self.moment is not None and self._age_s > _HELD_S[self.moment.kind]:
            self.moment = None

    def draw(
        self,
        surface: pygame.Surface,
        text_scale: float,
        read: Sequence[Box] = (),
        *,
        calm: bool,
    ) -> Box | None:
        """Draw the banner at the upper edge, beside what is read; return where it comes to rest.

        calm: it neither falls nor shines.
        """
        if self.moment is None:
            return None
        sizes = metrics(surface.get_size(), text_scale)
        picture = self._painted(self.moment, sizes)
        come = 1.0 if calm else min(self._age_s / _FADE_IN_S, 1.0)
        left_s = _HELD_S[self.moment.kind] - self._age_s
        seen = min(come, left_s / _FADE_OUT_S, 1.0)
        top = sizes.space(_TOP) - round(sizes.space(_FALL) * (1.0 - come) ** 2)
        place = Box(0, sizes.space(_TOP), *picture.get_size())
        left = free_left(place, sizes, read)
        picture.set_alpha(round(255 * max(seen, 0.0)))
        surface.blit(picture, (left, top))
        if self.moment.kind in _SHINING and not calm and self._age_s < _SHINE_S:
            self._draw_shine(surface, picture.get_rect(topleft=(left, top)))
        return place._replace(left=left)

    def _draw_shine(self, surface: pygame.Surface, box: pygame.Rect) -> None:
        """Draw the light that runs over the banner once."""
        share = self._age_s / _SHINE_S
        width = box.height
        place = box.left - width + round(share * (box.width + width))
        light = pygame.Surface((1, 3))
        strength = round(110 * (1.0 - share))
        light.set_at((0, 1), (strength, strength, strength))
        shine = pygame.transform.smoothscale(
            pygame.transform.rotate(light, 90), (width, box.height)
        )
        clip = surface.get_clip()
        surface.set_clip(box)
        surface.blit(shine, (place, box.top), special_flags=pygame.BLEND_RGB_ADD)
        surface.set_clip(clip)

    def _painted(self, moment: Moment, sizes: Metrics) -> pygame.Surface:
        key = (moment, sizes)
        if key != self._key:
            self._key, self._picture = key, _picture(moment, sizes)
        return self._picture


def colour_of(moment: Moment) -> Colour:
    """Return the colour of a moment: that of the medal it has won, if any."""
    return _COLOURS[moment.kind] if moment.won is None else MEDAL_COLOURS[moment.won]


def words_of(moment: Moment) -> _Words:
    """Return what a banner says."""
    titles = {
        MomentKind.FIRST_VALID: _("FIRST VALID LAP"),
        MomentKind.NEW_BEST: _("NEW BEST LAP"),
        MomentKind.SLOWER: _("LAP {number}"),
        MomentKind.NOT_VALID: _("LAP {number} NOT VALID"),
        MomentKind.SECTOR_BEST: _("BEST SECTOR {number}"),
    }
    sector = moment.kind is MomentKind.SECTOR_BEST
    title = _("GOAL REACHED") if moment.reached else titles[moment.kind]
    return _Words(
        title.format(number=moment.number)
        if moment.won is None
        else _("{medal} MEDAL").format(medal=_(moment.won.title).upper()),
        f"{moment.time_s:.3f}" if sector else lap_time_text(moment.time_s),
        "" if moment.gained_s is None else _signed(-moment.gained_s),
        ""
        if moment.goal is None
        else _("{medal} in {gap} s").format(
            medal=_(moment.goal.name), gap=f"{moment.goal.gap_s:.2f}"
        ),
    )


def _signed(seconds: float) -> str:
    return f"{seconds:+.3f}".replace("-", "\N{MINUS SIGN}")


def _picture(moment: Moment, sizes: Metrics) -> pygame.Surface:
    """Paint a banner: the title over the time, the gaps beside them."""
    words, colour = words_of(moment), colour_of(moment)
    small = moment.kind is MomentKind.SECTOR_BEST
    title_px = _TITLE_PX if moment.won is None else _MEDAL_PX
    title = TextStyle(sizes.entry(title_px), colour, Weight.BOLD)
    time = TextStyle(sizes.entry(_SECTOR_PX if small else _TIME_PX), palette.BRIGHT, Weight.BOLD)
    faster = moment.gained_s is not None and moment.gained_s > 0.0
    gap = TextStyle(sizes.entry(_GAP_PX), palette.BLUE if faster else palette.ORANGE, Weight.BOLD)
    goal = TextStyle(sizes.entry(_GOAL_PX), palette.TEXT)
    left_width = max(_width(words.title, title), _width(words.time, time))
    right_width = max(_width(words.gap, gap), _width(words.goal, goal))
    between = sizes.space(_BETWEEN) if right_width else 0
    heights = line_height(title.px), line_height(time.px)
    disc = _DISC * sum(heights)
    pad, edge = sizes.space(_PAD), sizes.space(_EDGE) if moment.won is None else round(disc)
    width = edge + 2 * pad + left_width + between + right_width
    height = sum(heights) + pad // 2
    picture = pygame.Surface((width, height), pygame.SRCALPHA)
    draw_panel(picture, Box(0, 0, width, height), sizes.unit, _DENSE)
    if moment.won is None:
        bar = Box(pad // 2, pad // 2, edge, height - pad)
        pygame.draw.rect(picture, colour, bar, border_radius=max(edge // 2, 1))
    else:
        draw_medal(picture, (0.6 * pad + disc / 2, height / 2), disc, moment.won, won=True)
    left, top = edge + pad, pad // 4
    write_line(picture, words.title, Box(left, top, left_width, heights[0]), title)
    write_line(picture, words.time, Box(left, top + heights[0], left_width, heights[1]), time)
    right = left + left_width + between
    goal_box = Box(right, top, right_width, heights[0])
    write_line(picture, words.goal, goal_box, goal, Align.RIGHT)
    gap_box = Box(right, top + heights[0], right_width, heights[1])
    write_line(picture, words.gap, gap_box, gap, Align.RIGHT)
    return picture


def free_left(place: Box, sizes: Metrics, read: Sequence[Box]) -> int:
    """Return the left edge for a banner: in the middle, or right of what it would cover there."""
    middle = (sizes.width - place.width) // 2
    behind = (each.right + sizes.space(_TOP) for each in read)
    for left in (middle, *sorted(edge for edge in behind if edge > middle)):
        tried = place._replace(left=left)
        inside = tried.right <= sizes.width - sizes.space(_TOP)
        if inside and not any(tried.meets(each) for each in read):
            return left
    return middle


def _width(text: str, style: TextStyle) -> int:
    return line_width(text, style.px, style.weight) + 2 if text else 0
