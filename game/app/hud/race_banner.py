"""Show flags, penalties and the end of a race in a banner at the upper edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pygame

from game.app.driving.race_news import News, NewsKind
from game.app.hud.moment_banner import free_left
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.panel import draw_panel
from game.app.ui.text import Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import metrics

_TOP: Final = 14
_TITLE_PX: Final = 26
_WORDS_PX: Final = 16
_PAD: Final = 14
_FLAG: Final = (46, 34)
_DENSE: Final = 0.9
_HELD_S: Final = 4.5
_FADE_S: Final = 0.25
_WAVES: Final = 1.3  # of a flag, along its length
_WAVE_HZ: Final = 1.6
_SQUARES: Final = (6, 4)  # of a chequered flag
_WHITE: Final[Colour] = (244, 245, 247)
_BLACK: Final[Colour] = (22, 24, 28)
_FLAG_BLUE: Final[Colour] = (38, 110, 232)
_FLAG_YELLOW: Final[Colour] = (255, 206, 20)
_COLOURS: Final[dict[NewsKind, tuple[Colour, Colour]]] = {  # along and below the diagonal
    NewsKind.FINISH: (_WHITE, _BLACK),
    NewsKind.PENALTY: (_BLACK, _WHITE),
    NewsKind.WARNING: (_BLACK, _WHITE),
    NewsKind.RETIRED: (_BLACK, _BLACK),
    NewsKind.GIVE_BACK: (_BLACK, _WHITE),
    NewsKind.GIVEN_BACK: (_WHITE, _WHITE),
    NewsKind.LAST_LAP: (_WHITE, _WHITE),
    NewsKind.YELLOW: (_FLAG_YELLOW, _FLAG_YELLOW),
    NewsKind.BLUE: (_FLAG_BLUE, _FLAG_BLUE),
}


class RaceBanner:
    """Shows the latest news for some seconds, else the flag that is out."""

    def __init__(self) -> None:
        self.news: News | None = None
        self.flag: News | None = None
        self._age_s = 0.0
        self._time_s = 0.0

    @property
    def shown(self) -> News | None:
        """Return what is shown: of news that a flag repeats, the flag, whose words change."""
        news, flag = self.news, self.flag
        return flag if news is None or (flag is not None and flag.kind is news.kind) else news

    def show(self, news: News) -> None:
        """Show news from now on."""
        self.news, self._age_s = news, 0.0

    def clear(self) -> None:
        """Show nothing: the race begins anew."""
        self.news = self.flag = None

    def update(self, frame_s: float) -> None:
        """Move on by a frame."""
        self._age_s += frame_s
        self._time_s += frame_s
        if self._age_s > _HELD_S:
            self.news = None

    def draw(
        self,
        surface: pygame.Surface,
        text_scale: float,
        read: Sequence[Box] = (),
        *,
        calm: bool,
    ) -> Box | None:
        """Draw the banner beside what is read; return where. calm: its flag does not wave."""
        shown = self.shown
        if shown is None:
            return None
        sizes = metrics(surface.get_size(), text_scale)
        title = TextStyle(sizes.entry(_TITLE_PX), palette.BRIGHT, Weight.BOLD)
        words = TextStyle(sizes.entry(_WORDS_PX), palette.TEXT)
        wide = max(
            line_width(shown.title, title.px, title.weight), line_width(shown.words, words.px)
        )
        heights = line_height(title.px), line_height(words.px)
        pad, flag = sizes.space(_PAD), tuple(sizes.entry(each) for each in _FLAG)
        box = Box(0, sizes.space(_TOP), flag[0] + 3 * pad + wide + 2, sum(heights) + pad)
        box = box._replace(left=free_left(box, sizes, read))
        picture = pygame.Surface((box.width, box.height), pygame.SRCALPHA)
        draw_panel(picture, Box(0, 0, box.width, box.height), sizes.unit, _DENSE)
        self._draw_flag(picture, Box(pad, (box.height - flag[1]) // 2, *flag), calm=calm)
        line = Box(2 * pad + flag[0], pad // 2, wide + 2, heights[0])
        write_line(picture, shown.title, line, title)
        write_line(picture, shown.words, line._replace(top=line.bottom, height=heights[1]), words)
        if shown is self.news:
            seen = min(self._age_s, _HELD_S - self._age_s) / _FADE_S
            picture.set_alpha(round(255 * min(max(seen, 0.0), 1.0)))
        surface.blit(picture, (box.left, box.top))
        return box

    def _draw_flag(self, surface: pygame.Surface, box: Box, *, calm: bool) -> None:
        """Draw a flag column by column, each shifted and shaded as cloth is in wind."""
        shown = self.shown
        assert shown is not None
        cloth = _cloth(shown.kind, box.width, box.height)
        phase = 0.0 if calm else self._time_s * _WAVE_HZ
        reach = 0.06 * box.height
        for column in range(box.width):
            along = column / box.width
            angle_rad = 2.0 * math.pi * (_WAVES * along - phase)
            strip = cloth.subsurface((column, 0, 1, box.height)).copy()
            light = round(26 * math.cos(angle_rad) * min(3.0 * along, 1.0))
            blend = pygame.BLEND_RGB_ADD if light > 0 else pygame.BLEND_RGB_SUB
            strip.fill((abs(light),) * 3, special_flags=blend)
            top = box.top + reach * math.sin(angle_rad) * along
            surface.blit(strip, (box.left + column, round(top)))


def _cloth(kind: NewsKind, width: int, height: int) -> pygame.Surface:
    """Return a flag that does not wave."""
    first, second = _COLOURS[kind]
    cloth = pygame.Surface((width, height))
    cloth.fill(first)
    if kind is NewsKind.FINISH:
        across, down = _SQUARES
        for column in range(across):
            for row in range(down):
                left, top = column * width // across, row * height // down
                right, bottom = (column + 1) * width // across, (row + 1) * height // down
                if (column + row) % 2:
                    cloth.fill(second, (left, top, right - left, bottom - top))
    elif first != second:
        pygame.draw.polygon(cloth, second, ((0, height), (width, height), (width, 0)))
    return cloth
