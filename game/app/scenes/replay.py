"""Watch a replay: play, seek, step, compare, and drive on from any moment of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import pygame

from game.app.hud.hud import Hud
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import bound_hint
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.replays.clip_ahead import ClipAhead
from game.app.replays.clip_format import FilmedPart
from game.app.replays.replay_drive import ReplayDrive
from game.app.replays.survey_ahead import SurveyAhead
from game.app.replays.viewer_hud import ViewerHud
from game.app.replays.viewer_panel import ViewerPanel
from game.app.scenes.practice_commands import PRACTICE_COMMANDS
from game.app.scenes.replayed import ReplayedScene
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.backdrop import draw_bottom_shade
from game.app.ui.box import Box
from game.app.ui.caption import draw_caption
from game.app.ui.footer import D_PAD, Hint
from game.app.ui.theme import Metrics, metrics
from game.app.view.road_feel import road_feel_of
from game.recording.replay_survey import ComparedLap, ReplaySurvey, compared_lap
from game.translation import N_, _

SPEEDS: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
_RUN_UP_KEYFRAMES: Final = 4  # from which what comes before a clip is driven
_FRAME_S: Final = 1.0 / 60.0  # of the recorded drive, that one step is long
_JUMP_S: Final = 5.0
_SCROLL_S: Final = 1.0
_FILMED_S: Final = 15.0  # before the moment that is shown
_MIN_FILMED_S: Final = 1.0
_SEEK_BUDGET_S: Final = 0.02  # of a frame in which a moment is sought
_TIMES: Final = "\N{MULTIPLICATION SIGN}"
_MARKS: Final = {
    "contact": N_("contact"),
    "off track": N_("off track"),
    "reset": N_("reset to the track"),
    "void": N_("gates missed"),
    "lap": N_("a lap begins"),
}


class ReplayTitle(NamedTuple):
    """Says what a replay is called, and with which of its finished laps it begins; 0: at once."""

    name: str
    lap: int = 0


class ReplayScene(ReplayedScene):
    """Lets a replay be watched, with strips and a timeline below its instruments."""

    is_driven = False

    def __init__(
        self,
        garage: Garage,
        routes: Routes,
        drive: ReplayDrive,
        title: ReplayTitle,
        make_menu: Callable[[ReplayScene], Scene],
        clips: ClipAhead,
    ) -> None:
        """make_menu: gives the menu over the replay. clips: makes its clips."""
        self.ahead = SurveyAhead(drive.replay, garage.track, garage.spec)
        self.panel = ViewerPanel(drive, self.ahead.survey)
        super().__init__(garage, routes, drive)
        self.replay_drive = drive
        self.name = title.name
        self._make_menu = make_menu
        self._clips = clips
        self._wanted_lap = title.lap  # the one to begin with, as long as it is not found
        self.playing = True
        self.speed = 1.0
        self._other: SurveyAhead | None = None  # of the lap that is compared with
        self._other_name = ""
        self._dragging = False
        self._told = False  # that the drive is another than was recorded
        if drive.player.has_other_physics:
            text = _("driven with the physics of version {version}: it may go another way here")
            garage.context.notice.show(text.format(version=drive.replay.program))

    def make_hud(self) -> Hud:
        """Return the instruments, above the panel."""
        return ViewerHud(
            lambda size: self.panel.box(metrics(size, self.context.settings.hud.text_scale))
        )

    @property
    def ticks_per_s(self) -> float:
        """Return how many ticks of the replay a second has."""
        return 1.0 / self.replay_drive.replay.step_s

    def handle(self, command: Command) -> Scene | None:
        """Play, seek, choose what is seen, or open the menu."""
        actions = {
            Command.CONFIRM: self.toggle,
            Command.LEFT: lambda: self._go(-1),
            Command.RIGHT: lambda: self._go(1),
            Command.UP: lambda: self._change_speed(1),
            Command.DOWN: lambda: self._change_speed(-1),
            Command.NEXT_TAB: lambda: self._go_to_mark(1),
            Command.PREVIOUS_TAB: lambda: self._go_to_mark(-1),
            Command.RESTART: self._go_to_lap,
            Command.RESET: self.switch_alignment,
            Command.CLIP: self.film_last_seconds,
            Command.REFERENCE: self.follow_next,
            Command.FOCUS_LOST: self.stop,
            Command.UNPLUGGED: self.stop,
        }
        if command in actions:
            self._wanted_lap = 0
            actions[command]()
            return self
        if command in (Command.PAUSE, Command.BACK):
            return self.pause()
        if command in PRACTICE_COMMANDS:  # they mean nothing here
            return self
        return super().handle(command)

    def pause(self, reason: str = "") -> Scene:  # noqa: ARG002 - the replay just stands still
        """Return the menu over the replay."""
        self.stop()
        return self._make_menu(self)

    def handle_pointer(self, pointer: Pointer) -> Scene | None:
        """Seek on timeline and strips, press the hints; elsewhere a click plays or stops."""
        if pointer.scrolled:
            self._seek_by(-_SCROLL_S * pointer.scrolled)
        elif pointer.pressed:
            asked = self.panel.footer.command_at(pointer.place)
            if asked is not None:
                return self.handle(asked)
            tick = self.panel.tick_at(pointer.place)
            self._dragging, self._wanted_lap = tick is not None, 0
            if tick is None:
                tick = self.panel.tick_at_distance(pointer.place)
            if tick is not None:
                self.replay_drive.seek(tick)
            else:
                self.toggle()
        elif pointer.held and self._dragging:
            self.replay_drive.seek(self.panel.tick_of_column(pointer.place[0]))
        else:
            self._dragging = False
        return self

    def toggle(self) -> None:
        """Play, or stop; at the end, from the start again."""
        self.playing = not self.playing
        if self.playing and self.replay_drive.player.at_end:
            self.replay_drive.seek(0)

    def stop(self) -> None:
        """Let the replay stand still."""
        self.playing = False

    def resume(self) -> None:
        """Go on after a menu."""
        self._clock.reset()

    def start(self) -> None:
        """Begin at once: the recorded drive had its lights."""

    def restart(self) -> None:
        """Go to the start of the replay."""
        self.replay_drive.seek(0)

    def reset_to_track(self) -> None:
        """Leave the car where it was."""

    def close(self) -> None:
        """End the work beside the game."""
        self.ahead.close()
        if self._other is not None:
            self._other.close()

    def switch_alignment(self) -> None:
        """Let the other lap be seen at the same place, or at the same time."""
        drive = self.replay_drive
        drive.by_distance = not drive.by_distance
        text = (
            _("Other lap: at the same place")
            if drive.by_distance
            else _("Other lap: at the same time")
        )
        self.context.notice.show(text)

    def film_last_seconds(self) -> None:
        """Make a clip of what led to the moment that is shown."""
        tick = self.replay_drive.tick
        begin = max(tick - round(_FILMED_S * self.ticks_per_s), 0)
        if tick - begin < _MIN_FILMED_S * self.ticks_per_s:
            self.context.notice.show(_("nothing to film yet: this is how the replay begins"))
        else:
            self._film(begin, tick)

    def film_lap(self) -> None:
        """Make a clip of the lap that is shown, as far as it was driven."""
        lap = self.ahead.survey.lap_at(self.replay_drive.followed.number, self.replay_drive.tick)
        self._film(lap.begin, max(lap.end, self.replay_drive.tick))

    def _film(self, begin: int, end: int) -> None:
        """Make a clip beside the game, which goes on when the replay is left."""
        drive = self.replay_drive
        before = [each for each in drive.player.keyframes if each.tick <= begin]
        self._clips.begin(
            drive.replay,
            (drive.track, drive.followed.spec),
            FilmedPart(begin, end, drive.followed.number),
            self.context.settings,
            tuple(before[-_RUN_UP_KEYFRAMES:]),
        )

    def follow_next(self) -> None:
        """Follow the next car."""
        self.replay_drive.follow(self.replay_drive.followed.number + 1)
        self._jumped()

    def laps_to_compare(self) -> list[ComparedLap]:
        """Return the finished laps of the followed car in this replay."""
        drive, survey = self.replay_drive, self.ahead.survey
        found = []
        for lap in survey.laps[drive.followed.number]:
            name = _("Lap {number}").format(number=lap.number)
            points = survey.points_of(drive.followed.number, lap)
            made = compared_lap(name, lap, points, drive.track.length_m, drive.replay.step_s)
            if made is not None:
                found.append(made)
        return found

    def compare(self, lap: ComparedLap | None) -> None:
        """Show another lap beside the one that is watched, or none."""
        self.replay_drive.compared = lap

    def compare_with(self, other: SurveyAhead, name: str) -> None:
        """Show the best lap of another replay beside this one, once it is surveyed."""
        if self._other is not None:
            self._other.close()
        self._other, self._other_name = other, name
        text = _("{name}: looking for its best lap").format(name=name)
        self.context.notice.show(text)

    def update(self, frame_s: float) -> None:
        """Play on, or come closer to the moment that is sought."""
        drive = self.replay_drive
        drive.player.add(self.ahead.poll())
        self.garage.venue.report(self.ahead.error)
        self._poll_other()
        if self._wanted_lap:
            self._find_lap()
        if drive.is_seeking:
            if drive.approach(_SEEK_BUDGET_S):
                self._jumped()
        elif self.playing and not self._wanted_lap:
            super().update(frame_s * self.speed)
            self.playing = not drive.player.at_end
        else:
            self._stand(frame_s)
        if drive.player.diverged_tick is not None and not self._told:
            self._told = True
            text = _("from {time} s on this is another drive than the recorded one")
            time = f"{drive.player.diverged_tick * drive.replay.step_s:.1f}"
            self.context.notice.show(text.format(time=time))

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the drive, its instruments, and below them strips and timeline."""
        self.draw_world(surface)
        hud = self.context.settings.hud
        sizes = metrics(surface.get_size(), hud.text_scale)
        pad = self.context.inputs.last_device == "pad"
        box = self.panel.box(sizes)
        if hud.shown and self.seen.whole_share == 0.0:
            self._hud.draw(surface, self.drive, hud)
        draw_bottom_shade(surface)
        self.panel.draw(surface, sizes, self.hints(), pad=pad)
        state = self._draw_state(surface, sizes)
        self.context.notice.keep_clear([box, state, *self.read_boxes(surface.get_size())])

    def read_boxes(self, size: tuple[int, int]) -> list[Box]:
        """Return what notices are shown beside: the instruments above the panel."""
        return list(self._hud.layout_at(size, self.context.settings.hud).values())

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what can be done here."""
        context = self.context
        step = N_("5 s") if self.playing else N_("Frame")
        hints = [
            bound_hint(
                context, N_("Stop") if self.playing else N_("Play"), ("confirm",), Command.CONFIRM
            ),
            Hint(step, ("left", "right"), (D_PAD,)),
            Hint(N_("Speed"), ("up", "down"), (D_PAD,)),
            bound_hint(context, N_("Event"), ("previous_tab", "next_tab"), Command.NEXT_TAB),
            bound_hint(context, N_("Lap"), ("restart",), Command.RESTART),
            bound_hint(context, N_("Camera"), ("camera",), Command.CAMERA),
            bound_hint(context, N_("Film"), ("clip",), Command.CLIP),
            Hint(N_("Menu"), ("Esc",), ("B",), Command.BACK),
        ]
        if len(self.replay_drive.cars) > 1:
            next_car = bound_hint(context, N_("Next car"), ("reference",), Command.REFERENCE)
            hints.insert(5, next_car)
        if self.replay_drive.compared is not None:
            words = N_("By time") if self.replay_drive.by_distance else N_("By place")
            hints.insert(5, bound_hint(context, words, ("reset",), Command.RESET))
        return hints

    def _draw_state(self, surface: pygame.Surface, sizes: Metrics) -> Box:
        """Write at the top what is watched, and how fast; return where."""
        drive = self.replay_drive
        text = f"{self.name} · {self._state_words()}"
        if self._other is not None:
            text += f" · {_('beside')}: {_('looking for the lap')}"
        elif drive.compared is not None:
            text += f" · {_('beside')}: {drive.compared.name}"
        if len(drive.cars) > 1:
            text += f" · {drive.followed_name}"
        if self._clips.is_busy:
            percent = f"{100.0 * self._clips.progress:.0f}"
            text += f" · {_('filming {percent} %').format(percent=percent)}"
        verdict = self._hud.layout_at(surface.get_size(), self.context.settings.hud).get("verdict")
        top = sizes.space(14) if verdict is None else verdict.bottom + sizes.space(8)
        return draw_caption(surface, sizes, text, palette.BRIGHT, top)

    def _state_words(self) -> str:
        drive = self.replay_drive
        if self._wanted_lap:
            return _("looking for the lap")
        if drive.is_seeking:
            percent = 100.0 * min(drive.player.tick / max(drive.tick, 1), 1.0)
            return _("seeking {percent} %").format(percent=f"{percent:.0f}")
        speed = f"{self.speed:g}{_TIMES}"
        if self.playing:
            return speed
        return _("paused") if self.speed == 1.0 else f"{_('paused')} · {speed}"

    def _go(self, step: int) -> None:
        """Go by a frame while the replay stands, else by some seconds."""
        if self.playing:
            self._seek_by(step * _JUMP_S)
            return
        drive = self.replay_drive
        per_step = drive.replay.ticks_per_step
        steps = max(round(_FRAME_S * self.ticks_per_s / per_step), 1)
        if step > 0 and not drive.is_seeking:
            drive.step(steps)
            drive.followed.skip_motion()
            self.picture.update(_FRAME_S)
            return
        drive.seek(drive.tick + step * steps * per_step)

    def _seek_by(self, seconds: float) -> None:
        drive = self.replay_drive
        drive.seek(drive.tick + round(seconds * self.ticks_per_s))

    def _change_speed(self, step: int) -> None:
        place = min(max(SPEEDS.index(self.speed) + step, 0), len(SPEEDS) - 1)
        self.speed = SPEEDS[place]

    def _go_to_mark(self, step: int) -> None:
        """Go to the next event of the followed car or the one before, and stand there."""
        drive = self.replay_drive
        margin = round(_FRAME_S * self.ticks_per_s)
        mark = self.ahead.survey.neighbour(drive.followed.number, drive.tick + step * margin, step)
        if mark is None:
            self.context.notice.show(_("no further event"))
            return
        self.stop()
        drive.seek(mark.tick)
        self.context.notice.show(_(_MARKS[mark.kind]))

    def _go_to_lap(self) -> None:
        """Go to the line where this lap began, or right after it to the lap before."""
        drive = self.replay_drive
        early = drive.tick - round(self.ticks_per_s)
        lap = self.ahead.survey.lap_at(drive.followed.number, early)
        drive.seek(lap.begin)

    def _stand(self, frame_s: float) -> None:
        """Let a frame pass in which the replay stands still: only the camera moves."""
        self.context.inputs.read()
        self.context.sound.silence()
        surfaces = self.garage.track.tables.surfaces
        self.seen.follow(frame_s, road_feel_of(self.drive.followed.now, surfaces, 0.0))

    def _find_lap(self) -> None:
        """Go to the lap to begin with, once it is surveyed."""
        laps = [lap for lap in self.ahead.survey.laps[0] if lap.time_s is not None]
        if len(laps) >= self._wanted_lap:
            self.replay_drive.seek(laps[self._wanted_lap - 1].begin)
            self._wanted_lap = 0
        elif self.ahead.is_done:
            self._wanted_lap = 0

    def _poll_other(self) -> None:
        if self._other is None:
            return
        self._other.poll()
        self.garage.venue.report(self._other.error)
        if self._other.is_done:
            best = self._best_of(self._other.survey)
            if best is not None:
                self.compare(best)
            elif not self._other.error:
                text = _("{name}: has no valid lap").format(name=self._other_name)
                self.context.notice.show(text)
            self._other = None

    def _best_of(self, survey: ReplaySurvey) -> ComparedLap | None:
        """Return the best lap of the other replay; None if it has none that is valid."""
        best = survey.best_lap()
        if best is None:
            return None
        car, lap = best
        points, length_m = survey.points_of(car, lap), self.replay_drive.track.length_m
        return compared_lap(self._other_name, lap, points, length_m, survey.step_s)

    def _jumped(self) -> None:
        """Leave no marks on the way to where the car is now, and show it at once."""
        self.picture.forget_motion()
        self._clock.reset()
        self.settle()
