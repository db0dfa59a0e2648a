"""A game controller that is not there, through the SDL library that pygame has loaded."""

import ctypes
from pathlib import Path

PAD = 1  # kinds of joystick, as SDL counts them
WHEEL = 2
AXES = {"left_x": 0, "left_y": 1, "right_x": 2, "right_y": 3, "left_trigger": 4, "right_trigger": 5}
A, B, X, Y, BACK, GUIDE, START, LEFT_STICK, RIGHT_STICK, LB, RB, UP, DOWN, LEFT, RIGHT = range(15)
ALL_THE_WAY = 32767

_Rumble = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_uint16, ctypes.c_uint16)


class _Description(ctypes.Structure):
    """`SDL_VirtualJoystickDesc`, version 1."""

    _fields_ = (
        *((name, ctypes.c_uint16) for name in ("version", "type", "naxes", "nbuttons", "nhats")),
        *((name, ctypes.c_uint16) for name in ("vendor_id", "product_id", "padding")),
        *((name, ctypes.c_uint32) for name in ("button_mask", "axis_mask")),
        ("name", ctypes.c_char_p),
        *((name, ctypes.c_void_p) for name in ("userdata", "update", "set_player_index")),
        ("rumble", _Rumble),
        *((name, ctypes.c_void_p) for name in ("rumble_triggers", "set_led", "send_effect")),
    )


def sdl():
    """Return the library, or None where it cannot be found."""
    maps = Path("/proc/self/maps")
    if not maps.exists():
        return None
    names = {line.split()[-1] for line in maps.read_text().splitlines() if "libSDL2-" in line}
    return ctypes.CDLL(names.pop()) if names else None


class VirtualPad:
    """A controller, plugged in when made. The commands to its motors are in `rumbled`, low and
    high, 0..1.
    """

    def __init__(self, library, kind=PAD, hats=0):
        self._sdl = library
        self._sdl.SDL_JoystickOpen.restype = ctypes.c_void_p
        self.plugged = True
        self.rumbled = []
        self._description = _Description(
            version=1, type=kind, naxes=6, nbuttons=15, nhats=hats, rumble=_Rumble(self._rumble)
        )
        self._index = self._sdl.SDL_JoystickAttachVirtualEx(ctypes.byref(self._description))
        assert self._index >= 0
        self._joystick = ctypes.c_void_p(self._sdl.SDL_JoystickOpen(self._index))
        self._instance = self._sdl.SDL_JoystickInstanceID(self._joystick)
        self.move(left_trigger=-1.0, right_trigger=-1.0)

    def move(self, **axes):
        """Set axes, -1..1; triggers rest at -1."""
        for name, value in axes.items():
            self._sdl.SDL_JoystickSetVirtualAxis(
                self._joystick, AXES[name], ctypes.c_int16(round(value * ALL_THE_WAY))
            )

    def press(self, button, *, down=True):
        """Press or release a button."""
        self._sdl.SDL_JoystickSetVirtualButton(self._joystick, button, int(down))

    def point(self, value):
        """Turn the first hat: 1 up, 2 right, 4 down, 8 left, 0 middle."""
        self._sdl.SDL_JoystickSetVirtualHat(self._joystick, 0, ctypes.c_uint8(value))

    def unplug(self):
        """Pull the plug."""
        index = next(
            index
            for index in range(self._sdl.SDL_NumJoysticks())
            if self._sdl.SDL_JoystickGetDeviceInstanceID(index) == self._instance
        )
        self._sdl.SDL_JoystickClose(self._joystick)
        self._sdl.SDL_JoystickDetachVirtual(index)
        self.plugged = False

    def _rumble(self, _, low, high):
        self.rumbled.append((low / 0xFFFF, high / 0xFFFF))
        return 0
