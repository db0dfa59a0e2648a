"""Hold a circuit as it is shown and driven in the window: its track, its ground, the bot's plan."""

from __future__ import annotations

from game.app.context.app_context import AppContext
from game.app.driving.car_view import CarView
from game.app.driving.drive import Drive
from game.app.driving.drive_picture import DrivePicture
from game.app.driving.driven_car import DrivenCar
from game.app.driving.world_screen import WorldScreen
from game.app.effects.effects import Effects
from game.app.effects.road_water import RoadWater
from game.app.effects.roadside import Roadside
from game.app.effects.settings import EffectChoice
from game.app.objects.decks import Decks
from game.app.tiles.world_view import WorldView
from game.app.venue.plan_ahead import PlanAhead
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec, ChassisSpec


class Venue:
    """Holds what belongs to a circuit.

    It can be exchanged while the window is open: close it, open the next.
    """

    def __init__(self, context: AppContext, track: Track, spec: CarSpec, setup: Setup) -> None:
        """Plan for this car and setup until `plan_for` asks for another."""
        self.context = context
        self.track = track
        self.plan_ahead = PlanAhead(track, spec, setup)
        self._planned_for = (spec, setup)
        self.world_view = WorldView(track, weather=spec.weather)
        self.world_screen = WorldScreen(context.render_scale)
        self._effects: dict[tuple[int, ChassisSpec], Effects] = {}
        self._reported: set[str] = set()

    def plan_for(self, spec: CarSpec, setup: Setup) -> None:
        """Give up the plan there is unless it is for this car and setup, and look for theirs."""
        if (spec, setup) != self._planned_for:
            self._planned_for = (spec, setup)
            self.plan_ahead.close()
            self.plan_ahead = PlanAhead(self.track, spec, setup)

    def picture_of(self, drive: Drive) -> DrivePicture:
        """Return a drive on this circuit as a picture."""
        views = [CarView(car, self._effects_of(car)) for car in drive.cars]
        return DrivePicture(
            drive,
            self.world_view,
            views,
            self.world_screen,
            self.context.frame_log.done,
            self._effect_choice,
        )

    def _effect_choice(self) -> EffectChoice:
        settings = self.context.settings
        return EffectChoice(settings.effects, settings.camera.reduced_motion)

    def _effects_of(self, car: DrivenCar) -> Effects:
        """Return what the car in this place of a drive leaves behind, with its marks of earlier
        drives.
        """
        key = (car.number, car.spec.chassis)
        if key not in self._effects:
            self._effects[key] = Effects(
                car.spec.chassis,
                self.world_view,
                Roadside(self.track, car.spec.chassis),
                Decks(self.track),
                car.spec.weather,
                RoadWater(self.track, car.spec.weather) if car.spec.weather.is_wet else None,
            )
        return self._effects[key]

    def poll(self) -> None:
        """Collect the results of the work in the background; once a frame."""
        self.plan_ahead.poll()
        self.world_view.poll()
        self.report(self.plan_ahead.error)
        self.report(self.world_view.error)

    def report(self, warning: str) -> None:
        """Show the player what went wrong in the background, each warning once."""
        if warning and warning not in self._reported:
            self._reported.add(warning)
            self.context.notice.show(warning)

    def close(self) -> None:
        """End the work in the background."""
        self.plan_ahead.close()
        self.world_view.close()
