"""Let two players qualify at one machine, both at once, each in a half of the window."""

from __future__ import annotations

from game.app.menus.menu import MenuScene
from game.app.menus.scene import Scene
from game.app.scenes.qualifying import QualifyingScene
from game.app.scenes.split import SplitScene


class SplitQualifyingScene(QualifyingScene, SplitScene):
    """Shows a qualifying of two players; it is over when both have driven their laps."""

    def pause(self, reason: str = "") -> Scene:
        """Return the menu over the drive of two."""
        return self._routes.pause_two(self, reason)

    def anew(self, back: Scene) -> Scene:
        """Return the way to another qualifying of two, with what is set by now."""
        return self._routes.qualify_two(back)

    def choose_another(self, back: MenuScene) -> Scene:
        """Return where another race of two is chosen."""
        return self._routes.two_players(back)
