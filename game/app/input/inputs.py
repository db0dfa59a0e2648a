"""Keyboard, controllers and wheels: what the player holds, and what the player asks for once.

Events are turned into `Command`s; what is held goes into the `InputState` that the driver reads.
Controllers come and go at any time.
"""

from __future__ import annotations

from typing import Final

import pygame
from pygame._sdl2 import controller as pads

from game.app.input.commands import Command
from game.app.input.wheel import Wheel
from game.drivers.human import Device, InputState

_KEY_COMMANDS: Final = {
    pygame.K_ESCAPE: (Command.PAUSE,),
    pygame.K_r: (Command.RESTART,),
    pygame.K_p: (Command.RESET,),
    pygame.K_F11: (Command.FULLSCREEN,),
    pygame.K_F12: (Command.SCREENSHOT,),
    pygame.K_UP: (Command.UP,),
    pygame.K_w: (Command.UP,),
    pygame.K_DOWN: (Command.DOWN,),
    pygame.K_s: (Command.DOWN,),
    pygame.K_RETURN: (Command.CONFIRM,),
    pygame.K_KP_ENTER: (Command.CONFIRM,),
    pygame.K_SPACE: (Command.CONFIRM,),
}
_HELD_KEYS: Final = {
    pygame.K_LEFT: "left",
    pygame.K_a: "left",
    pygame.K_RIGHT: "right",
    pygame.K_d: "right",
    pygame.K_UP: "up",
    pygame.K_w: "up",
    pygame.K_DOWN: "down",
    pygame.K_s: "down",
}
_BUTTON_COMMANDS: Final = {
    pygame.CONTROLLER_BUTTON_START: Command.PAUSE,
    pygame.CONTROLLER_BUTTON_BACK: Command.RESTART,
    pygame.CONTROLLER_BUTTON_A: Command.CONFIRM,
    pygame.CONTROLLER_BUTTON_B: Command.PAUSE,
    pygame.CONTROLLER_BUTTON_Y: Command.RESET,
    pygame.CONTROLLER_BUTTON_DPAD_UP: Command.UP,
    pygame.CONTROLLER_BUTTON_DPAD_DOWN: Command.DOWN,
}
_FULL: Final = 32767.0
_AWAKE: Final = 0.3  # of an axis' travel: a device moved so far is the one to drive with


class Inputs:
    """All devices together."""

    def __init__(self) -> None:
        self.state = InputState()
        self._keys: set[int] = set()
        self._pads: dict[int, pads.Controller] = {}
        self._wheels: dict[int, Wheel] = {}
        self._active = -1  # instance of the pad or wheel that drives; none yet
        pads.init()
        pygame.joystick.init()

    def close(self) -> None:
        """Let go of all devices; before pygame ends, or its next start finds none."""
        for pad in self._pads.values():
            pad.quit()
        self._pads.clear()
        self._wheels.clear()
        pads.quit()
        pygame.joystick.quit()

    def hear(self, event: pygame.Event) -> tuple[Command, ...]:
        """Take note of an event; what it asks for."""
        if event.type == pygame.KEYDOWN:
            return self._key_down(event.key)
        if event.type == pygame.KEYUP:
            self._keys.discard(event.key)
        elif event.type == pygame.CONTROLLERBUTTONDOWN:
            command = _BUTTON_COMMANDS.get(event.button)
            return () if command is None else (command,)
        elif event.type == pygame.JOYDEVICEADDED:
            return self._plug(event.device_index)
        elif event.type == pygame.JOYDEVICEREMOVED:
            return self._unplug(event.instance_id)
        elif event.type == pygame.WINDOWFOCUSLOST:
            self.release()
            return (Command.FOCUS_LOST,)
        elif event.type == pygame.QUIT:
            return (Command.QUIT,)
        return ()

    def release(self) -> None:
        """Forget every held key; sticks and pedals are read anew at the next `read`."""
        self._keys.clear()
        self.state.release()

    def read(self) -> None:
        """Write what is held into the state. The device moved last is the one that drives."""
        state = self.state
        for name in ("left", "right", "up", "down"):
            setattr(state, name, any(_HELD_KEYS[key] == name for key in self._keys))
        if self._keys:
            state.device = Device.KEYBOARD
        for instance, pad in self._pads.items():
            x, y = (
                _axis(pad, pygame.CONTROLLER_AXIS_LEFTX),
                _axis(pad, pygame.CONTROLLER_AXIS_LEFTY),
            )
            throttle = max(_axis(pad, pygame.CONTROLLER_AXIS_TRIGGERRIGHT), 0.0)
            brake = max(_axis(pad, pygame.CONTROLLER_AXIS_TRIGGERLEFT), 0.0)
            if max(abs(x), throttle, brake) > _AWAKE and not self._keys:
                state.device, self._active = Device.PAD, instance
            if state.device is Device.PAD and self._active == instance:
                state.steering, state.stick_y = -x, y
                state.throttle, state.brake = throttle, brake
        for instance, wheel in self._wheels.items():
            turned = wheel.read()
            if max(abs(turned.steering), turned.throttle, turned.brake) > _AWAKE and not self._keys:
                state.device, self._active = Device.WHEEL, instance
            if state.device is Device.WHEEL and self._active == instance:
                state.steering, state.stick_y = turned.steering, 0.0
                state.throttle, state.brake = turned.throttle, turned.brake

    def _key_down(self, key: int) -> tuple[Command, ...]:
        if key in _HELD_KEYS:
            self._keys.add(key)
        return _KEY_COMMANDS.get(key, ())

    def _plug(self, index: int) -> tuple[Command, ...]:
        try:
            if pads.is_controller(index):
                pad = pads.Controller(index)
                self._pads[pad.as_joystick().get_instance_id()] = pad
            else:
                joystick = pygame.joystick.Joystick(index)
                if joystick.get_numaxes() < 2:
                    return ()
                self._wheels[joystick.get_instance_id()] = Wheel(joystick)
        except pygame.error:
            return ()  # gone again before it could be opened
        return (Command.PLUGGED,)

    def _unplug(self, instance: int) -> tuple[Command, ...]:
        gone = self._pads.pop(instance, None) or self._wheels.pop(instance, None)
        if gone is None:
            return ()
        if self._active == instance:
            self._active = -1
            self.state.device = Device.KEYBOARD
            self.release()
            return (Command.UNPLUGGED,)
        return ()


def _axis(pad: pads.Controller, axis: int) -> float:
    value = float(pad.get_axis(axis)) / _FULL
    return min(max(value, -1.0), 1.0)
