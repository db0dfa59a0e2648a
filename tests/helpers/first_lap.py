"""Pictures of the first lap: quicker to get at than the second, which shots show."""

from game.app.tools import shot as shot_module
from game.bot.start import start_on_line

RUN_UP_M = (285.0, 300.0)  # along the last straight of the small oval, where the car is put


def show_first_lap(monkeypatch):
    """Let shots show the car on its first lap of the small oval, with little of a run-up."""
    monkeypatch.setattr(shot_module, "_LAP", 1)
    monkeypatch.setattr(shot_module, "flying_start", lambda *car: start_on_line(*car, *RUN_UP_M))
