"""Feed the sound device with chunks from a thread, whatever the frames are doing.

One chunk plays and one waits. A chunk is made when the one before begins to play, so what the car
does is heard 33 to 57 ms later. No other module of this package imports pygame.
"""

from __future__ import annotations

import math
import sys
import threading
import time
from typing import Final

import pygame

from game.app.sound.library_messages import keep_library_silent
from game.app.sound.one_shots import OneShot
from game.app.sound.settings import SoundSettings
from game.app.sound.soundscape import Soundscape
from game.app.sound.synthesiser import RATE_HZ, Synthesiser
from game.translation import _
from game.vehicle.spec import CarSpec

_DEVICE_FRAMES: Final = 512  # a chunk is a whole multiple of these, or there would be gaps
_POLL_S: Final = 0.005
# A chunk takes some thirty turns with Python's lock. By Python's own 5 ms each, they would take
# longer than the chunk plays while a frame is busy.
_TURN_S: Final = 0.0005
_RETRY_S: Final = 5.0
# Between two chunks a channel is idle for a moment; for longer only if a chunk was queued just as
# the one before ended, which pygame may overlook.
_SWAP_S: Final = 0.05
_STUCK_S: Final = 1.0  # a device that takes nothing for so long is gone
_STOP_S: Final = 2.0
# A process has one mixer: who closes it while another stream plays takes memory from under it.
_DEVICE: Final = threading.Lock()


class Stream:
    """Plays a drive through the system's sound device, opened in the background."""

    def __init__(self, spec: CarSpec, settings: SoundSettings) -> None:
        self.underruns = 0  # how often the device had nothing to play while there was a drive
        self.synthesis_s = 0.0  # processor time spent on chunks
        self._spec = spec
        self._settings = settings
        self._soundscape: Soundscape | None = None
        self._heard_until_s = math.inf
        self._played: Soundscape | None = None
        self._one_shots: list[OneShot] = []
        self._error = ""
        self._wake = threading.Event()
        self._stopping = False
        self._reopen = False
        sys.setswitchinterval(_TURN_S)
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    def apply(self, settings: SoundSettings) -> None:
        """Play with these settings from now on."""
        self._settings = settings
        self._wake.set()

    def set_soundscape(self, soundscape: Soundscape | None, lasting_s: float = math.inf) -> None:
        """Play this moment until the next call, but no longer; without one, fall silent."""
        self._heard_until_s = time.perf_counter() + lasting_s
        waiting = self._soundscape if self._soundscape is not self._played else None
        if soundscape is not None and waiting is not None:
            soundscape = soundscape.with_hits_of(waiting)  # frames are shorter than chunks
        self._soundscape = soundscape
        if soundscape is not None:
            self._wake.set()

    def play(self, one_shot: OneShot) -> None:
        """Begin a sound of the menus."""
        self._one_shots.append(one_shot)
        self._wake.set()

    def reopen(self) -> None:
        """Look for a device again: the one that was there is gone."""
        self._reopen = True
        self._wake.set()

    def pop_error(self) -> str:
        """Give the latest error of the device once; empty if there is none."""
        error, self._error = self._error, ""
        return error

    def close(self) -> None:
        """End the thread and close the device."""
        self._stopping = True
        self._wake.set()
        self._thread.join(_STOP_S)

    def _run(self) -> None:
        synthesiser = Synthesiser(self._spec)
        reported = False
        while not self._stopping:
            if not _DEVICE.acquire(timeout=_POLL_S):
                continue
            try:
                self._feed(synthesiser)
            except pygame.error as error:
                if not reported:
                    reported = True
                    self._error = _("no sound: {reason}").format(reason=str(error).rstrip("."))
                self._wait_before_retry()
            finally:
                pygame.mixer.quit()
                _DEVICE.release()

    def _feed(self, synthesiser: Synthesiser) -> None:
        """Open the device and feed it until it is gone. Raises pygame.error."""
        self._reopen = False
        keep_library_silent()
        pygame.mixer.init(RATE_HZ, -16, 2, _DEVICE_FRAMES, allowedchanges=0)
        channel = pygame.mixer.Channel(0)
        flowing = False
        fed_s = time.perf_counter()
        while not (self._stopping or self._reopen):
            waited_s = time.perf_counter() - fed_s
            plays = channel.get_busy() or waited_s < _SWAP_S
            if flowing and plays and channel.get_queue() is not None:
                if waited_s > _STUCK_S:
                    raise pygame.error(_("the sound device has stopped"))
                time.sleep(_POLL_S)
                continue
            if time.perf_counter() > self._heard_until_s:
                self._soundscape = None
            if self._soundscape is None and not self._one_shots and synthesiser.silent:
                flowing = False
                self._wait_for_work()
                continue
            chunk = self._chunk(synthesiser)
            if channel.get_busy():
                channel.queue(chunk)
            else:
                self.underruns += flowing
                channel.play(chunk)
            flowing = True
            fed_s = time.perf_counter()

    def _chunk(self, synthesiser: Synthesiser) -> pygame.mixer.Sound:
        begin_s = time.thread_time()
        synthesiser.settings = self._settings
        while self._one_shots:
            synthesiser.play(self._one_shots.pop(0))
        self._played = self._soundscape
        chunk = pygame.mixer.Sound(buffer=synthesiser.chunk(self._played).tobytes())
        self.synthesis_s += time.thread_time() - begin_s
        return chunk

    def _wait_for_work(self) -> None:
        """Wait until there is something to play."""
        self._wake.clear()
        if self._soundscape is None and not (self._one_shots or self._stopping or self._reopen):
            self._wake.wait()

    def _wait_before_retry(self) -> None:
        until_s = time.perf_counter() + _RETRY_S
        while not self._stopping and time.perf_counter() < until_s:
            self._wake.clear()
            self._wake.wait(_RETRY_S)
        self._one_shots.clear()
