"""The first scene of a sitting: the circuit is laid out, then comes the title or a drive."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

from game.app.camera import View
from game.app.players_drive import players_drive
from game.app.scenes.driving import DrivingScene
from game.app.scenes.loading import LoadingScene
from game.app.scenes.scene import Scene
from game.app.scenes.title import TitleScene
from game.app.stage import Stage

First = Callable[[Stage, tuple[int, int]], Scene]


def title_first(stage: Stage, size: tuple[int, int]) -> Scene:
    """Loading, then the title, in a window of this size."""
    title = TitleScene(stage)
    return LoadingScene(stage, _laid_out(stage, title.show.view(size)), lambda: _settled(title))


def drive_first(stage: Stage, size: tuple[int, int]) -> Scene:
    """Loading, then a drive."""
    scene = DrivingScene(stage, players_drive(stage))

    def steps() -> Iterator[float]:
        yield 0.0  # so that the window shows something first
        scene.prepare(size)

    return LoadingScene(stage, steps(), lambda: _settled(scene))


def settle_memory() -> None:
    """Spare the collector what was loaded and stays: it would stop frames for 10 ms."""
    gc.collect()
    gc.freeze()


def _laid_out(stage: Stage, view: View) -> Iterator[float]:
    yield 0.0
    stage.world_view.prepare(view)


def _settled(scene: Scene) -> Scene:
    settle_memory()
    return scene
