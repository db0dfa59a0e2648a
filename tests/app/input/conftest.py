"""The player's devices without a game: events are pumped by device."""

import pygame
import pytest
from virtual_pad import sdl

from game.app.input.inputs import Inputs

FRAME_S = 1.0 / 60.0


class Player:
    """All devices, and what was asked for since the last look."""

    def __init__(self, controls=None):
        self.inputs = Inputs(controls)
        self.state = self.inputs.state

    def frames(self, count=1):
        """Pump events for a number of frames; the commands that they gave."""
        commands = []
        for _ in range(count):
            for event in pygame.event.get():
                commands += self.inputs.handle(event)
            commands += self.inputs.update(FRAME_S)
            self.inputs.read()
        return commands

    def press(self, *keys):
        """Key presses that were not let go yet; the commands that they gave."""
        for key in keys:
            pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key))
        return self.frames()

    def let_go(self, *keys):
        for key in keys:
            pygame.event.post(pygame.Event(pygame.KEYUP, key=key))
        return self.frames()


@pytest.fixture
def make_player(offscreen):
    """Makes player by control settings; the last ones are closed at the end."""
    offscreen((64, 64))
    made = []

    def make(controls=None):
        made.append(Player(controls))
        made[-1].frames()
        return made[-1]

    yield make
    for player in made:
        player.inputs.close()


@pytest.fixture
def player(make_player):
    return make_player()


@pytest.fixture
def library(offscreen):
    """SDL, with its joysticks switched on."""
    offscreen((64, 64))
    pygame.joystick.init()
    found = sdl()
    if found is None:
        pytest.skip("pygame's SDL library is not where it can be found")
    yield found
    pygame.joystick.quit()
