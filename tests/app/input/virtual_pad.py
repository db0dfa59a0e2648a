"""A game controller that is not there, through the SDL library that pygame has loaded."""

import ctypes
from pathlib import Path

PAD = 1  # kinds of joystick, as SDL counts them
WHEEL = 2
AXES = {"left_x": 0, "left_y": 1, "right_x": 2, "right_y": 3, "left_trigger": 4, "right_trigger": 5}
START = 6


def sdl():
    """The library, or None where it cannot be found."""
    maps = Path("/proc/self/maps")
    if not maps.exists():
        return None
    names = {line.split()[-1] for line in maps.read_text().splitlines() if "libSDL2-" in line}
    return ctypes.CDLL(names.pop()) if names else None


class VirtualPad:
    """Plugged in when made."""

    def __init__(self, library, kind=PAD):
        self._sdl = library
        self._sdl.SDL_JoystickOpen.restype = ctypes.c_void_p
        self._index = self._sdl.SDL_JoystickAttachVirtual(kind, 6, 15, 0)
        assert self._index >= 0
        self._joystick = ctypes.c_void_p(self._sdl.SDL_JoystickOpen(self._index))
        self.move(left_trigger=-1.0, right_trigger=-1.0)

    def move(self, **axes):
        """Set axes, -1..1; triggers rest at -1."""
        for name, value in axes.items():
            self._sdl.SDL_JoystickSetVirtualAxis(
                self._joystick, AXES[name], ctypes.c_int16(round(value * 32767))
            )

    def press(self, button, *, down):
        """Press or release a button."""
        self._sdl.SDL_JoystickSetVirtualButton(self._joystick, button, int(down))

    def unplug(self):
        """Pull the plug."""
        self._sdl.SDL_JoystickClose(self._joystick)
        self._sdl.SDL_JoystickDetachVirtual(self._index)
