"""The weather's light falls on the world, and not on the instruments."""

import msgspec
import numpy as np
import pygame

from game.app.context.settings import Settings
from game.app.driving.settings import DriveSettings
from game.app.effects.settings import EffectSettings
from game.app.hud.settings import HudSettings
from game.app.view.camera import CameraSettings
from game.vehicle.spec import in_weather
from game.weather.weather import CLEAR_NOON, load_weather

SIZE = (1280, 720)
RAIN_ALONE = EffectSettings(flags=False, cloud_shadows=False, speed_streaks=False)


def picture(offscreen, routes, weather):
    """A drive's first frame in a weather, and where its instruments are."""
    surface = offscreen(SIZE)
    routes.garage.spec = in_weather(routes.garage.spec, weather)
    scene = routes.drive()
    scene.update(1.0 / 60.0)
    scene.draw(surface)
    boxes = scene._hud.layout_at(SIZE, routes.context.settings.hud)
    return pygame.surfarray.array3d(surface).astype(int), boxes


def settings(**more):
    hud = HudSettings(opacity=1.0)
    return Settings(drive=DriveSettings(start_lights="off"), hud=hud, effects=RAIN_ALONE, **more)


def test_dusk_darkens_the_world_and_leaves_the_instruments_alone(offscreen, new_routes):
    noon, boxes = picture(offscreen, new_routes(settings()), CLEAR_NOON)
    dusk, _ = picture(offscreen, new_routes(settings()), load_weather("dusk"))
    box = boxes["speed"]
    inner = np.s_[box.left + 12 : box.right - 12, box.top + 12 : box.bottom - 12]
    assert np.abs(noon[inner] - dusk[inner]).max() <= 2  # panels are not quite opaque
    beside = np.s_[400:800, 30:90]
    assert dusk[beside].mean() < 0.8 * noon[beside].mean()


def test_reduced_motion_and_its_own_switch_leave_out_the_drops(offscreen, new_routes):
    storm = msgspec.structs.replace(CLEAR_NOON, rain_mmph=40.0, water_m=5e-4, name="storm")
    dry = msgspec.structs.replace(CLEAR_NOON, humidity=0.5, name="dry")
    calm = settings(camera=CameraSettings(reduced_motion=True))
    off = settings()
    off = msgspec.structs.replace(off, effects=msgspec.structs.replace(off.effects, rain=False))
    middle = np.s_[300:900, 30:90]
    changed = {
        name: np.count_nonzero(
            picture(offscreen, new_routes(each), storm)[0][middle]
            != picture(offscreen, new_routes(each), dry)[0][middle]
        )
        for name, each in {"on": settings(), "calm": calm, "off": off}.items()
    }
    assert changed["on"] > 100
    assert changed["calm"] == changed["off"] == 0
