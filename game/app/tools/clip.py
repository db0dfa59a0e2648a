"""Film a replay, or a part of it, as its drive was seen and heard in the window."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Final, NamedTuple

from game.app.context import display  # first: it settles how pygame starts

import pygame  # isort: skip
import msgspec
import numpy as np

from game.app.car.settings import chosen_livery
from game.app.context.app_context import AppContext
from game.app.context.display import DisplaySettings
from game.app.context.settings import Settings
from game.app.driving.heard_cars import soundscape_in
from game.app.driving.trackside_sounds import TracksideSounds
from game.app.input.inputs import Inputs
from game.app.replays.clip_format import ClipFormat, FilmedPart
from game.app.replays.replay_drive import ReplayDrive
from game.app.scenes.replayed import ReplayedScene
from game.app.scenes.routes import SceneRoutes
from game.app.setup.model.garage import Garage
from game.app.sound.settings import SoundSettings
from game.app.sound.synthesiser import RATE_HZ, Pcm
from game.app.tools.sound_render import SoundTrack
from game.app.venue.venue import Venue
from game.errors import InputError
from game.recording.keyframed_player import Keyframe
from game.recording.replay import Replay
from game.recording.replay_player import ReplayPlayer
from game.track.track import Track
from game.vehicle.spec import CarSpec

_RUN_UP_S: Final = 1.5  # before the first picture, in which the camera comes to where it would be


class Filmed(NamedTuple):
    """Holds a picture, which is painted over for the next one, and what is heard meanwhile."""

    picture: pygame.Surface
    samples: Pcm


class FilmedScene(ReplayedScene):
    """Shows a replay as its drive was seen, without a word to whoever drives."""

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the drive and its instruments."""
        self.draw_world(surface)
        hud = self.context.settings.hud
        if hud.shown:
            self._hud.draw(surface, self.drive, hud)


def picture_count(replay: Replay, part: FilmedPart, fps: int) -> int:
    """Return how many pictures a part of a replay has."""
    return max(round((part.end - part.begin) * replay.step_s * fps), 1)


def check_is_recorded(player: ReplayPlayer) -> None:
    """Raise InputError if a drive was found to be another one than was recorded."""
    if player.diverged_tick is not None:
        time_s = player.diverged_tick * player.replay.step_s
        raise InputError(
            f"from {time_s:.1f} s on this replay is another drive here than was recorded; "
            "see 'leaf-rc verify'"
        )


def film(
    replay: Replay,
    place: tuple[Track, CarSpec],
    part: FilmedPart,
    clip: ClipFormat,
    settings: Settings,
    keyframes: Sequence[Keyframe] = (),
) -> Generator[Filmed]:
    """Yield the pictures of a part with their sound, by the player's camera and instruments.

    keyframes: of the replay, from which it is found sooner.

    Raises InputError if the replay was driven on another circuit or with another car, or goes
    another way here than it was recorded.
    """
    track, spec = place
    surface = display.open_offscreen(clip.size)
    shown = msgspec.structs.replace(
        settings,
        display=DisplaySettings(render_percent=100),
        sound=SoundSettings(muted=True),  # no device
    )
    context = AppContext(shown, Inputs(shown.controls))
    setup = replay.starts[0].setup
    routes = SceneRoutes(Garage(Venue(context, track, spec, setup), spec, setup))
    try:
        drive = ReplayDrive(replay, track, spec, [chosen_livery(shown.car)])
        drive.player.add(keyframes)
        drive.follow(part.car)
        scene = FilmedScene(routes.garage, routes, drive)
        _run_up(scene, drive, part, clip.fps)
        sound = _ClipSound(drive, clip.fps)
        for number in range(picture_count(replay, part, clip.fps)):
            if number:
                scene.update(1.0 / clip.fps)
            check_is_recorded(drive.player)
            scene.paint_in_view(clip.size)
            scene.draw(surface)
            yield Filmed(surface, sound.next_samples())
    finally:
        routes.close()
        context.inputs.close()
        display.close()


def _run_up(scene: FilmedScene, drive: ReplayDrive, part: FilmedPart, fps: int) -> None:
    """Drive up to a part, so that marks are on the road and the camera moves as it would."""
    frames = min(round(_RUN_UP_S * fps), int(part.begin * drive.replay.step_s * fps))
    drive.seek(part.begin - round(frames / fps / drive.replay.step_s))
    while not drive.approach(1.0):
        pass
    scene.picture.prepare()
    scene.picture.forget_motion()
    scene.settle()
    for _ in range(frames):
        scene.update(1.0 / fps)


class _ClipSound:
    """Makes the sound of a drive, as much of it as a picture lasts at a time."""

    def __init__(self, drive: ReplayDrive, fps: int) -> None:
        self._drive = drive
        self._fps = fps
        self._trackside = TracksideSounds(drive.track, drive.followed.spec.weather)
        self._track = SoundTrack(drive.followed.spec, SoundSettings(), fps)
        self._ahead = np.zeros((0, 2), np.int16)  # made, and to be heard with the next picture
        self._pictures = self._given = 0

    def next_samples(self) -> Pcm:
        """Return what is heard from now on until the next picture."""
        chunks = self._track.add(soundscape_in(self._drive, self._trackside))
        self._ahead = np.concatenate([self._ahead, *chunks])
        self._pictures += 1
        count = round(self._pictures * RATE_HZ / self._fps) - self._given
        samples, self._ahead = self._ahead[:count], self._ahead[count:]
        self._given += count
        return samples
