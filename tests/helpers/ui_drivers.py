"""A window on plain ground, and who works it: by keys, by a controller, by the mouse."""

from contextlib import contextmanager

import pygame

from game.app.input.bindings import COMMANDS, Bindings
from game.app.tiles.fine_ground import FineGround
from game.app.tiles.tiles import TILE_PX
from game.app.window import Window

FRAME_S = 1.0 / 60.0


class PlainGround:
    """A ground of one colour: what scenes do does not depend on how it looks."""

    error = ""
    progress = 1.0
    is_painting = False

    def __init__(self):
        self.views = []
        self.fine = None
        self.painted_finely = []

    def look_at(self, water, *, calm=False):
        pass

    def draw(self, surface, view, soon=None, number=0):  # noqa: ARG002
        self.views.append(view)
        surface.fill((60, 80, 50))

    def reserve(self, view, number=0):
        pass

    def load(self, view, number=0):  # noqa: ARG002
        self.views.append(view)
        return iter(())

    def poll(self):
        pass

    def close(self):
        pass

    def mark_tiles(self, on_ready):
        pass

    def tiles_touching(self, low_m, high_m):  # noqa: ARG002
        return ()

    def paint_in_view(self, view, number=0):  # noqa: ARG002
        self.views.append(view)

    def inset(self):
        return self

    def fine_ground(self):
        def paint(key):
            self.painted_finely.append(key)
            return pygame.Surface((TILE_PX, TILE_PX), 0, 32)

        return FineGround(paint, lambda *_: None)

    @contextmanager
    def drawn_finely(self, fine):
        self.fine = fine
        yield


class MarkedGround(PlainGround):
    """Plain ground that lets marks be drawn onto its tiles."""

    def __init__(self):
        super().__init__()
        self.markers = []

    def mark_tiles(self, on_ready):
        self.markers.append(on_ready)


class Game(Window):
    """A window whose frames are asked for."""

    def frames(self, count):
        for _ in range(count):
            self.frame(FRAME_S)

    def show(self, scene):
        self.scene = scene
        self.frames(1)
        return scene

    @property
    def garage(self):
        return self.routes.garage

    @property
    def venue(self):
        return self.routes.venue

    @property
    def name(self):
        return type(self.scene).__name__


class Keys:
    """A player who has only a keyboard."""

    def __init__(self, game):
        self._game = game

    def press(self, *keys):
        for key in keys:
            pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key))
            pygame.event.post(pygame.Event(pygame.KEYUP, key=key))
            self._game.frames(1)

    def type(self, text):
        """Write a text as the system's text input gives it."""
        pygame.event.post(pygame.Event(pygame.TEXTINPUT, text=text))
        self._game.frames(1)

    def choose(self, label):
        for _ in range(99):
            if self._game.scene.page.row.label == label:
                return self.press(pygame.K_RETURN)
            self.press(pygame.K_DOWN)
        raise AssertionError(f"no row '{label}'")

    def back(self):
        self.press(pygame.K_ESCAPE)

    pause = back

    def next_page(self):
        self.press(pygame.K_e)


class Pad:
    """A player who has only a controller: its buttons as they are bound at first."""

    def __init__(self, game):
        self._game = game

    def press(self, action):
        always = {"menu_up", "menu_down", "menu_left", "menu_right"}
        assert getattr(Bindings(), action).pad or action in always
        self._game.scene = self._game.scene.handle(COMMANDS[action])
        if self._game.scene is not None:
            self._game.frames(1)

    def choose(self, label):
        for _ in range(99):
            if self._game.scene.page.row.label == label:
                return self.press("confirm")
            self.press("menu_down")
        raise AssertionError(f"no row '{label}'")

    def back(self):
        self.press("back")

    def pause(self):
        self.press("pause")

    def next_page(self):
        self.press("next_tab")


class Mouse:
    """A player who has only a mouse."""

    def __init__(self, game):
        self._game = game

    def click(self, box):
        place = (box.left + box.width // 2, box.top + box.height // 2)
        self.event(pygame.MOUSEMOTION, place, buttons=(0, 0, 0), rel=(5, 5))
        self.event(pygame.MOUSEBUTTONDOWN, place, button=pygame.BUTTON_LEFT)
        self.event(pygame.MOUSEBUTTONUP, place, button=pygame.BUTTON_LEFT)

    def event(self, kind, place, **more):
        pygame.event.post(pygame.Event(kind, pos=place, touch=False, **more))
        self._game.frames(1)

    def choose(self, label):
        page = self._game.scene.page
        index = next(i for i, row in enumerate(page.rows) if row.label == label)
        for _ in range(99):
            if index in page.shown_rows():
                return self.click(page.row_box(index))
            self.wheel(-1)
        raise AssertionError(f"'{label}' is never in view")

    def wheel(self, lines):
        pygame.event.post(pygame.Event(pygame.MOUSEWHEEL, y=lines, x=0))
        self._game.frames(20)

    def hint(self, words):
        footer = getattr(self._game.scene, "footer", None)
        box = next(box for box, hint in footer.boxes if hint.words == words)
        self.click(box)

    def back(self):
        self.hint("Back")

    def pause(self):
        self.event(pygame.MOUSEBUTTONDOWN, (640, 360), button=pygame.BUTTON_LEFT)
        self.event(pygame.MOUSEBUTTONUP, (640, 360), button=pygame.BUTTON_LEFT)

    def next_page(self):
        self.hint("Page")


DEVICES = {"keys": Keys, "pad": Pad, "mouse": Mouse}
