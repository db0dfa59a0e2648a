"""Watch a qualifying: tell drivers which place a lap has, and know when the grid is due."""

from __future__ import annotations

from typing import Final

from game.app.context.app_context import AppContext
from game.app.driving.driven_car import DrivenCar
from game.app.driving.qualifying import Qualifying
from game.app.driving.qualifying_board import QualifyingBoard, between_s
from game.app.setup.model.garage import Garage
from game.translation import N_, _

_OVER_S: Final = 6.0  # from the end of the last lap to the grid
_PLANNING: Final = N_("The bots are learning the circuit")
_SECOND: Final = 2


class QualifyingWatch:
    """Watches one qualifying for those who drive in it."""

    def __init__(self, context: AppContext, qualifying: Qualifying) -> None:
        self._context = context
        self._qualifying = qualifying
        self.begin()

    def begin(self) -> None:
        """Begin with a session in which no lap is driven yet, and say what it is about."""
        self._told = [0 for _ in self._qualifying.drive.cars]  # laps of each
        self._over_s = 0.0
        text = _("The best of {laps} laps counts; the pause leads to the grid earlier")
        self._context.notice.show(text.format(laps=self._qualifying.laps))

    @property
    def is_grid_due(self) -> bool:
        """Return whether it has been over for so long that the grid is shown."""
        return self._over_s > _OVER_S

    def update(self, frame_s: float) -> None:
        """Move on by a frame; say after a lap which place it has."""
        for number, car in enumerate(self._qualifying.drive.cars):
            laps = len(car.laps.laps)
            if laps != self._told[number]:
                self._told[number] = laps
                if laps <= self._qualifying.laps:
                    self._tell(car)
        if self._qualifying.is_over:
            self._over_s += frame_s

    def _tell(self, car: DrivenCar) -> None:
        board = self._qualifying.board_of(car)
        if board is None:
            return
        words = lap_words(board)
        if board.own.entrant.player:
            words = f"{board.own.entrant.name}: {words}"
        if self._qualifying.is_over:
            words = f"{_('Qualifying is over')} · {words}"
        self._context.notice.show(words)


def lap_words(board: QualifyingBoard) -> str:
    """Return what a driver is told after a lap: the place, and how far off the next ones are."""
    return " · ".join([_("P{place}").format(place=board.place), *_gaps(board)])


def planning_share(garage: Garage, qualifying: Qualifying) -> dict[str, float]:
    """Return how far the plans of the bots are, 0..1, with words, while they are worked out."""
    ahead = garage.field_ahead
    return {} if qualifying.has_bots or not ahead.is_working else {_PLANNING: ahead.progress}


def _gaps(board: QualifyingBoard) -> list[str]:
    own, ahead, behind = board.own, board.ahead, board.behind
    if not own.has_time:
        return [_("no valid lap yet")]
    if ahead is None:
        if behind is None or not behind.has_time:
            return []
        text = _("{gap} s before {name}")
        return [text.format(gap=f"{between_s(own, behind):.3f}", name=behind.entrant.name)]
    words = [_("{gap} s to pole").format(gap=f"{own.gap_s:.3f}")]
    if board.place > _SECOND:
        text = _("{gap} s to {name}")
        words.append(text.format(gap=f"{between_s(ahead, own):.3f}", name=ahead.entrant.name))
    return words
