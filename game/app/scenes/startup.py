"""Begin with the first scene: the circuit is loaded, then comes the title or a drive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from game.app.context import display  # noqa: F401  # first: it settles how pygame starts

# isort: split
from game.app.menus.scene import Scene
from game.app.scenes.routes import SceneRoutes

FirstScene = Callable[[SceneRoutes, tuple[int, int]], Scene]


def title_first(routes: SceneRoutes, size: tuple[int, int]) -> Scene:
    """Return loading, then the title, in a window of this size."""
    return routes.opened(size, to_drive=False)


def drive_first(routes: SceneRoutes, size: tuple[int, int]) -> Scene:
    """Return loading, then a drive."""
    return routes.opened(size, to_drive=True)


def replay_first(path: Path) -> FirstScene:
    """Return what makes loading, then the replay in a file."""
    return lambda routes, _size: routes.open_replay(path, routes.title())
