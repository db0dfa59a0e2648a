"""After each lap, say in a sentence where it lost most."""

from __future__ import annotations

from game.app.driving.drive import Drive
from game.app.scenes.lap_comparisons import BEST, BOT, LapComparisons
from game.app.setup.model.garage import Garage


class LapFeedback:
    """Compares each finished lap with the bot's, or with the best other one until that is there.

    In the frame after the line the lap is made ready, in the next one it is compared: together they
    would be felt.
    """

    def __init__(self, garage: Garage, drive: Drive) -> None:
        self._context = garage.context
        self._comparisons = LapComparisons(drive, garage.reference_ahead)
        self._told = self._prepared = 0

    def update(self) -> None:
        """Go on by a frame."""
        laps = self._comparisons.laps
        if not laps:
            self._told = self._prepared = 0
            return
        number = laps[-1].number
        if number == self._told or not self._context.settings.hud.shown:
            return
        if number != self._prepared:
            self._prepared = number
            self._comparisons.profile(number)
            return
        if self._context.notice.box is not None:  # it says something else of the lap
            return
        self._told = number
        compared = self._comparisons.compared
        comparison = compared(number, BOT) or compared(number, BEST)
        sentences = [] if comparison is None else comparison.sentences(1)
        if sentences:
            self._context.notice.show(sentences[0])
