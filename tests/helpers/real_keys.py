"""Press real keys on an X display, for whatever has the focus there."""

import ctypes
import ctypes.util

_NO_DELAY = 0
_NOW = 0
_TO_PARENT = 2


class RealKeys:
    """One connection to the display."""

    def __init__(self, display_name):
        self._x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display_name.encode()))
        self._held = set()

    def hold(self, names):
        """Hold these keys and no others; names as X calls them."""
        for name in self._held - set(names):
            self._fake(name, down=False)
        for name in set(names) - self._held:
            self._fake(name, down=True)
        self._held = set(names)
        self._x.XSync(self._display, 0)

    def press_place(self, code, *, down=True):
        """Press or release the key in a place, whatever the layout calls it."""
        self._test.XTestFakeKeyEvent(self._display, code, int(down), ctypes.c_ulong(_NO_DELAY))
        self._x.XSync(self._display, 0)

    def tap(self, name):
        """Press and release a key."""
        self._fake(name, down=True)
        self._fake(name, down=False)
        self._x.XSync(self._display, 0)

    def focus(self):
        """Return the window that has the focus."""
        window, revert = ctypes.c_ulong(), ctypes.c_int()
        self._x.XGetInputFocus(self._display, ctypes.byref(window), ctypes.byref(revert))
        return window

    def give_focus(self, window=None):
        """Give the focus to a window, or to none of them as Alt and Tab do."""
        window = window or ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._x.XSetInputFocus(self._display, window, _TO_PARENT, ctypes.c_ulong(_NOW))
        self._x.XSync(self._display, 0)

    def close(self):
        """Let go of all keys."""
        self.hold(())
        self._x.XCloseDisplay(self._display)

    def _fake(self, name, *, down):
        symbol = ctypes.c_ulong(self._x.XStringToKeysym(name.encode()))
        code = self._x.XKeysymToKeycode(self._display, symbol)
        assert code, name
        self._test.XTestFakeKeyEvent(self._display, code, int(down), ctypes.c_ulong(_NO_DELAY))
