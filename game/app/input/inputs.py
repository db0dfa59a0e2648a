"""Read keyboard, controllers and wheels: what the player holds, and what is asked for once.

Events are turned into `Command`s; what is held goes into the `InputState` that the driver reads.
Controllers and wheels come and go at any time.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final, Literal, NamedTuple

import pygame
from pygame._sdl2 import controller as sdl_pads

from game.app.input.bindings import ACTIONS, COMMANDS, HELD, Binding, actions_by_input
from game.app.input.commands import Command
from game.app.input.keys import forget_layout, is_down, key_of
from game.app.input.listening import InputKind, Listening
from game.app.input.pad import PAD_EVENTS, PUSHED, STICK_AXES, TRIGGERS, Pad
from game.app.input.repeat import Repeat
from game.app.input.rumble import Rumble
from game.app.input.seat import ASKED_FOR, KEYS_OF_HALF, Seat
from game.app.input.settings import ControlSettings
from game.app.input.text_input import TextInput
from game.app.input.wheel import WHEEL_EVENTS, Wheel
from game.app.view.road_feel import RoadFeel
from game.drivers.human_driver import Device, InputState

DeviceKind = Literal["keyboard", "pad", "wheel", "mouse"]

_AWAKE: Final = 0.15  # of the way: a device moved so far is the one to drive with
_MIN_AXES: Final = 2  # of a wheel; mice and keyboards may call themselves joysticks
_MOUSE_MOVED: Final = 3  # pixels in one event: less is a table that shakes


class DeviceInfo(NamedTuple):
    """Names a controller or wheel that is plugged in; its profile goes by the identifier."""

    kind: Literal["pad", "wheel"]
    identifier: str
    name: str
    instance: int = -1  # of this one: two of a kind have one identifier


class Inputs:
    """Reads all devices together."""

    def __init__(self, controls: ControlSettings | None = None) -> None:
        self.state = InputState()
        self.last_device: DeviceKind = "keyboard"  # that the player touched, for hints on screen
        self._keys: set[str] = set()
        self._seen_down: set[str] = set()  # of these, which the system said are held
        # What went down since the last frame, also if it was let go at once: keys, and buttons
        # with the instances of their devices.
        self._went_down: set[str] = set()
        self._tapped: set[str] = set()  # the same of the last frame
        self._pads: dict[int, Pad] = {}
        self._wheels: dict[int, Wheel] = {}
        self._active = -1  # instance of the pad or wheel that drives; none yet
        self._seated: set[int] = set()  # instances of those that two players drive with
        self.asking = -1  # instance of the one whose button was pressed last; -1: a key was
        self.gone: dict[int, tuple[str, str]] = {}  # names and identifiers of those unplugged
        self._device_actions: dict[int, dict[str, tuple[str, ...]]] = {}  # by instance and input
        self._listening: Listening | None = None
        self._captured = ""
        self.text_input = TextInput()
        self._repeat = Repeat()
        self._rumble = Rumble()
        sdl_pads.init()
        pygame.joystick.init()
        self.apply(controls or ControlSettings())
        for index in range(pygame.joystick.get_count()):
            self._plug(index)

    def close(self) -> None:
        """Release all devices; before pygame ends, or its next start finds none."""
        for pad in self._pads.values():
            pad.close()
        self._pads.clear()
        self._wheels.clear()
        sdl_pads.quit()
        pygame.joystick.quit()

    def apply(self, controls: ControlSettings) -> None:
        """Apply these settings from now on."""
        self.controls = controls
        self.state.settings = controls.filter
        self._key_actions = actions_by_input(
            {action: self._binding(action).keys for action in ACTIONS}
        )
        for pad in self._pads.values():
            self._adopt_pad(pad)
        for wheel in self._wheels.values():
            self._adopt_wheel(wheel)

    def devices(self) -> list[DeviceInfo]:
        """Return the devices that are plugged in."""
        pads, wheels = self._pads.values(), self._wheels.values()
        found = [DeviceInfo("pad", each.identifier, each.name, each.instance) for each in pads]
        found += [DeviceInfo("wheel", each.identifier, each.name, each.instance) for each in wheels]
        return found

    def handle(self, event: pygame.Event) -> tuple[Command, ...]:
        """Take note of an event and return what it asks for."""
        if self.text_input.follows(event):
            self.last_device = "keyboard"
            return self.text_input.handle(event)
        if event.type == pygame.KEYDOWN:
            return self._key_down(key_of(event), getattr(event, "mod", 0))
        if event.type == pygame.KEYUP:
            self._key_up(key_of(event))
        elif event.type == pygame.KEYMAPCHANGED:
            forget_layout()
        elif event.type in PAD_EVENTS or event.type in WHEEL_EVENTS:
            return self._device_event(event)
        elif event.type == pygame.JOYDEVICEADDED:
            return self._plug(event.device_index)
        elif event.type == pygame.JOYDEVICEREMOVED:
            return self._unplug(event.instance_id)
        elif event.type == pygame.WINDOWFOCUSLOST:
            self.release()
            return (Command.FOCUS_LOST,)
        elif event.type == pygame.MOUSEMOTION:
            if max(map(abs, event.rel)) >= _MOUSE_MOVED:
                self.last_device = "mouse"
        elif event.type == pygame.MOUSEBUTTONDOWN:
            self.last_device = "mouse"
        elif event.type == pygame.QUIT:
            return (Command.QUIT,)
        return ()

    def update(self, frame_s: float) -> tuple[Command, ...]:
        """Move on by a frame: a menu direction that is held asks again.

        A key that the system no longer holds is let go, whatever became of its event.
        """
        self._tapped, self._went_down = self._went_down, set()
        down = {key for key in self._keys if is_down(key)}
        for key in self._seen_down - down:
            self._key_up(key)
        self._seen_down = down
        return self._repeat.update(frame_s)

    def release(self) -> None:
        """Forget all that is held; sticks and pedals are read again at the next `read`."""
        self._keys.clear()
        for pad in self._pads.values():
            pad.forget()
        self._repeat.stop()
        self.state.release()
        self._rumble.stop(self._driving_device())

    def listen(self, kind: InputKind) -> None:
        """Wait for the next input of a kind, instead of following inputs.

        "key": a key; "button": a button, or one side of a stick or trigger; "axis": a wheel's axis
        and the side to which it moves. When it comes, or Esc, `handle` gives `Command.CAPTURED`,
        and `captured` has its name as bindings and profiles want it, empty after Esc.
        """
        self._captured = ""
        self._keys.clear()
        self._repeat.stop()
        self._listening = Listening(kind)

    def stop_listening(self) -> None:
        """Follow inputs again, whatever was waited for."""
        self._captured, self._listening = "", None

    @property
    def listening(self) -> bool:
        """Return whether `listen` still waits."""
        return self._listening is not None

    @property
    def captured(self) -> str:
        """Return the name of what `listen` waited for; empty if that was cancelled."""
        return self._captured

    def held(self, action: str) -> float:
        """Return how far the input of an action is pressed, 0..1, by keys and all controllers."""
        keys = float(any(key in self._keys for key in self._binding(action).keys))
        pads = (pad.value(self._pad_input(pad, action)) for pad in self._pads.values())
        return max([keys, *pads])

    def sticks(self) -> tuple[float, float, float, float, float, float]:
        """Return left stick x, y, right stick x, y (right, down positive), left, right trigger.

        Of the controller that drives, or else of any; zeros without one.
        """
        pad = self._pads.get(self._active) or next(iter(self._pads.values()), None)
        if pad is None:
            return (0.0,) * 6
        left_x, left_y, right_x, right_y = (pad.stick(axis) for axis in STICK_AXES.values())
        left, right = (pad.value(name) for name in TRIGGERS.values())
        return left_x, left_y, right_x, right_y, left, right

    def rumble(self, feel: RoadFeel) -> None:
        """Let the device that drives be felt: kerbs by the low motor, slip by the high one."""
        device = self._driving_device()
        if device is not None:
            self._rumble.update(device, feel, device.profile.rumble)

    def rumble_seat(self, seat: Seat, feel: RoadFeel) -> None:
        """Let the device of one of two players be felt."""
        device = self._device(seat.input.instance)
        if device is not None:
            seat.rumble.update(device, feel, device.profile.rumble)

    def read_seat(self, seat: Seat) -> None:
        """Write what one of two players holds into the state of their seat."""
        state, instance = seat.state, seat.input.instance
        self._seated.add(instance)
        state.settings = self.controls.filter
        pad, wheel = self._pads.get(instance), self._wheels.get(instance)
        if pad is not None:
            state.device = Device.PAD
            self._write_pad(state, pad)
            names = {each: self._pad_input(pad, each) for each in ASKED_FOR}
            asked = self._pressed(pad, names)
        elif wheel is not None:
            state.device = Device.WHEEL
            state.steering, (state.throttle, state.brake) = wheel.steering, wheel.pedals
            names = {each: wheel.profile.buttons.get(each, "") for each in ASKED_FOR}
            asked = self._pressed(wheel, names)
        else:
            _write_keys(state, self._asked_in(seat, self._keys))
            asked = self._asked_in(seat, self._keys | self._tapped)
        seat.note(asked.intersection(ASKED_FOR))

    def read(self) -> None:
        """Write what is held into the state. The device moved last is the one that drives."""
        self._seated.clear()
        self._read_keys()
        for pad in self._pads.values():
            self._read_pad(pad)
        for wheel in self._wheels.values():
            self._read_wheel(wheel)

    def _driving_device(self) -> Pad | Wheel | None:
        if self.state.device is Device.KEYBOARD:
            return None
        return self._device(self._active)

    def _device(self, instance: int) -> Pad | Wheel | None:
        return self._pads.get(instance) or self._wheels.get(instance)

    def _pressed(self, device: Pad | Wheel, names: Mapping[str, str]) -> set[str]:
        """Return the actions of which the input, given by name, is pressed or was tapped."""
        return {
            action
            for action, name in names.items()
            if device.value(name) > PUSHED or _source(device.instance, name) in self._tapped
        }

    def _asked_in(self, seat: Seat, keys: Set[str]) -> set[str]:
        """Return what these keys ask for, as far as they belong to a seat."""
        half = KEYS_OF_HALF.get(seat.input.kind)
        if half is not None:
            return {action for key, action in half.items() if key in keys}
        return self._asked_by(keys) if seat.input.kind == "keyboard" else set()

    def _asked_by(self, keys: Set[str]) -> set[str]:
        return {action for key in keys for action in self._key_actions.get(key, ())}

    def _binding(self, action: str) -> Binding:
        found: Binding = getattr(self.controls.bindings, action)
        return found

    def _adopt_pad(self, pad: Pad) -> None:
        pad.profile = self.controls.pad_profile(pad.identifier)
        inputs = {action: (self._pad_input(pad, action),) for action in ACTIONS}
        self._device_actions[pad.instance] = actions_by_input(inputs)

    def _adopt_wheel(self, wheel: Wheel) -> None:
        wheel.profile = self.controls.wheel_profile(wheel.identifier)
        inputs = {action: (name,) for action, name in wheel.profile.buttons.items()}
        self._device_actions[wheel.instance] = actions_by_input(inputs)

    def _read_keys(self) -> None:
        held = self._asked_by(self._keys)
        _write_keys(self.state, held)
        if held.intersection(HELD):
            self.state.device = Device.KEYBOARD

    def _read_pad(self, pad: Pad) -> None:
        moved = max(pad.value(self._pad_input(pad, action)) for action in HELD[:4])
        if self._drives(Device.PAD, pad.instance, moved):
            self._write_pad(self.state, pad)

    def _write_pad(self, state: InputState, pad: Pad) -> None:
        left, right, throttle, brake, some, most = (
            pad.value(self._pad_input(pad, action)) for action in HELD
        )
        state.steering, state.throttle, state.brake = left - right, throttle, brake
        state.some, state.most = some > PUSHED, most > PUSHED

    def _read_wheel(self, wheel: Wheel) -> None:
        steering, (throttle, brake) = wheel.steering, wheel.pedals
        if self._drives(Device.WHEEL, wheel.instance, max(abs(steering), throttle, brake)):
            state = self.state
            state.steering, state.throttle, state.brake = steering, throttle, brake

    def _drives(self, device: Device, instance: int, moved: float) -> bool:
        """Return whether this device drives: it does once it moves while no key is held."""
        if moved > _AWAKE and not self._keys:
            self.state.device, self._active = device, instance
        return self.state.device is device and self._active == instance

    def _pad_input(self, pad: Pad, action: str) -> str:
        return pad.profile.buttons.get(action, self._binding(action).pad)

    def _key_up(self, name: str) -> None:
        self._keys.discard(name)
        self._seen_down.discard(name)
        self._repeat.release(name)

    def _key_down(self, name: str, with_keys: int) -> tuple[Command, ...]:
        if not name or (name == "tab" and with_keys & pygame.KMOD_ALT):
            return ()  # a key without a name cannot be bound; Alt and Tab leave the window
        self.last_device, self.asking = "keyboard", -1
        if self._listening is not None:
            return self._capture(self._listening.key(name))
        self._keys.add(name)
        self._went_down.add(name)
        return self._commands(name, self._key_actions.get(name, ()))

    def _device_event(self, event: pygame.Event) -> tuple[Command, ...]:
        """Take an event of a button, or of an axis that goes so far that it counts as one."""
        if event.type in PAD_EVENTS:
            device: Pad | Wheel | None = self._pads.get(event.instance_id)
        else:
            device = self._wheels.get(event.instance_id)
        if device is None:
            return ()
        if event.type == pygame.JOYAXISMOTION:
            if self._listening is None:
                return ()
            return self._capture(self._listening.axis(event.axis, event.value))
        commands: tuple[Command, ...] = ()
        for name, down in device.changes(event):
            source = _source(event.instance_id, name)
            if not down:
                self._repeat.release(source)
                continue
            self.last_device = "pad" if event.type in PAD_EVENTS else "wheel"
            self.asking = event.instance_id
            self._went_down.add(source)
            if self._listening is not None:
                return self._capture(self._listening.button(name))
            actions = self._device_actions[event.instance_id].get(name, ())
            commands += self._commands(source, actions)
        return commands

    def _commands(self, source: str, actions: tuple[str, ...]) -> tuple[Command, ...]:
        commands = tuple(dict.fromkeys(COMMANDS[each] for each in actions if each in COMMANDS))
        self._repeat.press(source, commands)
        return commands

    def _capture(self, name: str | None) -> tuple[Command, ...]:
        if name is None:
            return ()
        self._captured, self._listening = name, None
        return (Command.CAPTURED,)

    def _plug(self, index: int) -> tuple[Command, ...]:
        try:
            joystick = pygame.joystick.Joystick(index)
            instance = joystick.get_instance_id()
            if instance in self._pads or instance in self._wheels:
                return ()
            if sdl_pads.is_controller(index):
                self._pads[instance] = Pad(sdl_pads.Controller(index), self.controls.pad)
                self._adopt_pad(self._pads[instance])
            elif joystick.get_numaxes() >= _MIN_AXES:
                self._wheels[instance] = Wheel(joystick, self.controls.wheel)
                self._adopt_wheel(self._wheels[instance])
            else:
                return ()
        except pygame.error:
            return ()  # gone again before it could be opened
        return (Command.PLUGGED,)

    def _unplug(self, instance: int) -> tuple[Command, ...]:
        gone = self._pads.pop(instance, None) or self._wheels.pop(instance, None)
        if gone is None:
            return ()
        self.gone[instance] = (gone.name, gone.identifier)
        self._repeat.stop()
        if not (self._pads or self._wheels) and self.last_device in ("pad", "wheel"):
            self.last_device = "keyboard"  # or hints would name buttons that are not there
        commands: tuple[Command, ...] = ()
        if self._listening is not None and not self._has_inputs_of(self._listening.kind):
            commands = self._capture("")
        if instance in self._seated:
            self._seated.discard(instance)
            self.release()
            return (*commands, Command.UNPLUGGED)
        if self._active != instance:
            return commands
        self._active = -1
        if self.state.device is Device.KEYBOARD:
            return commands  # a player who drives by keys may pull a controller out
        self.state.device = Device.KEYBOARD
        self.release()
        return (*commands, Command.UNPLUGGED)

    def _has_inputs_of(self, kind: InputKind) -> bool:
        """Return whether there is a device that has inputs of a kind."""
        return {
            "key": True,
            "button": bool(self._pads or self._wheels),
            "axis": bool(self._wheels),
        }[kind]


def _source(instance: int, name: str) -> str:
    """Return the name of one device's button."""
    return f"{instance} {name}"


def _write_keys(state: InputState, held: Set[str]) -> None:
    """Write into a state what keys ask for."""
    state.left, state.right = "steer_left" in held, "steer_right" in held
    state.up, state.down = "throttle" in held, "brake" in held
    state.some, state.most = "steer_some" in held, "steer_most" in held
