"""Move the rigid bodies, cars and walls, in a pymunk space. No other module knows pymunk.

The tick reads a body's motion and writes one force and one torque, in the body's own memory.

Design: pymunk solves contacts with friction between many bodies, which nobody wants to write again.
But its Python properties took more than half of a compiled tick (3.7 of 7.0 us), so the tick reads
and writes the body's memory, and the compiled form calls the C step function itself. Both forms
step the same space, so contacts are the same to the bit, and who touched whom is read through
pymunk's public arbiters between two ticks.

Private parts of pymunk used here: `Body._body`, `Space._space`, and `ffi` and `lib` of
`pymunk._chipmunk_cffi` with `cpSpaceStep`. The layout of a body is not assumed: known values are
written and looked for.

On an upgrade of pymunk: if a body holds its numbers elsewhere, they are found there; if they are
not found, worlds run plainly, with the same bits and slowly (`test_determinism.py` fails, since it
wants a compiled world). If one of the names is gone, importing this module or making a compiled
world raises ImportError or AttributeError. If Chipmunk solves contacts differently, the recorded
drives with contacts end in other bits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, Final, NamedTuple, NoReturn

import pymunk
from pymunk import Vec2d
from pymunk._chipmunk_cffi import ffi, lib

from game.compiled import code_for_twins, machine_form, tick_function
from game.garbage_collector import collector_paused
from game.simulation.crush import (
    CrushLaw,
    crush_between,
    crush_law,
    crushed_mps,
    max_restitution,
    rebound_mps,
)
from game.simulation.events import HitCar, HitOn, HitWall
from game.simulation.space_box import ShapeBounds, SpaceBox
from game.simulation.space_log import BoxesMade, BoxMade, SpaceLog
from game.track.elements import Pose
from game.track.levels import BRIDGE, GROUND, RAMP
from game.track.walls import Wall
from game.vehicle.spec import ChassisSpec

_COLLISION_SLOP_M: Final = 0.005  # overlap left alone, so that a leaning car does not jitter
_SOLVER_ITERATIONS: Final = 20
# Radius of a corner that is cut off as far as one with a chamfer of 1.
_ROUNDING: Final = 0.5 / (1.0 - math.sqrt(0.5))
_MAX_ROUNDING: Final = 0.8  # of half the width
_WALL: Final = 0  # collision types
_CAR: Final = 1
_LEVELS: Final = {GROUND: 0b01, RAMP: 0b11, BRIDGE: 0b10}  # that a tier belongs to, one a bit
_TOUCHES_NOTHING: Final = pymunk.ShapeFilter(mask=0)
_NO_TIME_S: Final = 1e-300  # adds nothing to a number, and is none to the space
_SEARCHED_NUMBERS: Final = 24  # of a body's memory, in doubles; the body is larger


# What the plain tick knows of a body: pointers to its numbers, those of `WorldMotion`, then the
# force's x and y and the torque. A number is read and written as `pointer[0]`.
BodyNumbers = Sequence[Any]


class WorldMotion(NamedTuple):
    """Holds a body's place and motion in the world's axes."""

    x_m: float
    y_m: float
    heading_rad: float
    velocity_x_mps: float
    velocity_y_mps: float
    yaw_rate_radps: float


@tick_function
def body_motion(bodies: Sequence[BodyNumbers], index: int) -> WorldMotion:
    """Return a body's place and motion."""
    x_m, y_m, heading_rad, velocity_x_mps, velocity_y_mps, yaw_rate_radps, *_ = bodies[index]
    return WorldMotion(
        x_m[0], y_m[0], heading_rad[0], velocity_x_mps[0], velocity_y_mps[0], yaw_rate_radps[0]
    )


@tick_function
def push_body(
    bodies: Sequence[BodyNumbers], index: int, x_n: float, y_n: float, yaw_nm: float
) -> None:
    """Set the force and torque that act on a body in the next step."""
    body = bodies[index]
    body[6][0] = x_n
    body[7][0] = y_n
    body[8][0] = yaw_nm


@tick_function
def step_space(space: pymunk.Space, step_s: float) -> None:
    """Move every body and solve contacts.

    The C function is called as the compiled form calls it: what `pymunk.Space.step` does around it
    is for bodies that callbacks add or remove during a step, and took 3 us a tick.
    """
    lib.cpSpaceStep(space._space, step_s)


class Hit(NamedTuple):
    """Says how two bodies met that have been touching since."""

    closing_mps: float
    parting_mps: float
    impulse_ns: float  # that stops and parts them


class BodySave(NamedTuple):
    """Holds a body, to be put back to the last bit."""

    motion: WorldMotion
    box_mps: tuple[float, float]  # velocity with which the space made its box around the body
    hits: tuple[tuple[int, Hit], ...]  # on walls, by the numbers of their pieces


class SpaceSave(NamedTuple):
    """Holds all bodies of a space in which none touches anything."""

    motions: tuple[WorldMotion, ...]
    boxes: int  # how many times the space had made boxes anew
    hits: tuple[tuple[int, int, Hit], ...]  # by the numbers of both shapes, of what parted since


class GivenWay(NamedTuple):
    """Holds the velocity that an impulse gives a shape where it acts, for each newton second."""

    along_1pkg: float  # the impulse
    across_1pkg: float


_STANDING: Final = GivenWay(0.0, 0.0)


class Chassis:
    """Moves one body a car in a space with its walls."""

    def __init__(self, walls: Sequence[Wall]) -> None:
        self.space = pymunk.Space()
        self.space.iterations = _SOLVER_ITERATIONS
        self.space.collision_slop = _COLLISION_SLOP_M
        # Chipmunk keeps a contact's impulses for as many steps. One that lets go for a step and
        # touches again starts from the kept impulse without having been given it, and is pulled by
        # it as it is taken back: cars gained up to 36 kJ along a wall. 1 keeps none across a gap.
        self.space.collision_persistence = 1
        self.bodies: list[pymunk.Body] = []
        self.body_numbers: list[BodyNumbers] = []
        self._boxes: list[SpaceBox] = []
        self._specs: list[ChassisSpec] = []
        self._masses: list[tuple[float, float]] = []  # kg, kg m2: quicker than a body's own
        self._hits: dict[tuple[pymunk.Shape, pymunk.Shape], Hit] = {}
        self._walls: dict[pymunk.Shape, HitWall] = {}
        self._cars: dict[pymunk.Shape, int] = {}
        self._tiers: dict[int, int] = {}  # of the cars on a circuit with bridges
        with collector_paused():
            for number, wall in enumerate(walls):
                self._walls.update(dict.fromkeys(self._segments(wall), HitWall(number, wall.kind)))
            self.space.add(*self._walls)
        for other in (_WALL, _CAR):
            self.space.on_collision(_CAR, other, pre_solve=self._crush)

    def _segments(self, wall: Wall) -> list[pymunk.Shape]:
        """Return the shapes of a wall, one from point to point, in its order."""
        body, radius_m = self.space.static_body, wall.half_thickness_m
        friction, restitution = wall.friction, wall.restitution
        levels = pymunk.ShapeFilter(categories=_LEVELS[wall.tier])
        points = wall.points_m.tolist()
        if wall.closed:
            points = [points[-1], *points, *points[:2]]
        else:
            points = [points[0], *points, points[-1]]
        segments: list[pymunk.Shape] = []
        for before, start, end, after in zip(
            points, points[1:], points[2:], points[3:], strict=False
        ):
            segment = pymunk.Segment(body, start, end, radius_m)
            segment.friction = friction
            segment.elasticity = restitution
            segment.set_neighbors(before, after)
            segment.filter = levels
            segments.append(segment)
        return segments

    def add_car(self, spec: ChassisSpec, mass_kg: float, pose: Pose, speed_mps: float) -> None:
        """Put a car's body into the space, moving along its heading."""
        body = pymunk.Body(mass_kg, spec.yaw_inertia_kgm2)
        nose_m, tail_m = spec.nose_m, spec.tail_m
        half_m = 0.5 * spec.width_m
        # A rectangle with round corners: as long as only its rounding overlaps a wall, the space
        # has the normal from the nearest points. From deeper overlaps it guesses, and cars that
        # were crushed at the joint of two pieces of a wall were pushed through it.
        round_m = min(_ROUNDING * spec.corner_cut_m, _MAX_ROUNDING * half_m)
        core = [
            (nose_m - round_m, half_m - round_m),
            (tail_m + round_m, half_m - round_m),
            (tail_m + round_m, round_m - half_m),
            (nose_m - round_m, round_m - half_m),
        ]
        shape = pymunk.Poly(body, core, radius=round_m)
        shape.friction = spec.contact_friction
        shape.elasticity = spec.contact_restitution
        shape.collision_type = _CAR
        self.space.add(body, shape)
        self._cars[shape] = len(self.bodies)
        self.bodies.append(body)
        self.body_numbers.append(_body_numbers(body))
        self._boxes.append(SpaceBox(_bounds(body)))
        self._specs.append(spec)
        self._masses.append((mass_kg, spec.yaw_inertia_kgm2))
        self.place(len(self.bodies) - 1, pose, speed_mps)

    def set_tier(self, index: int, tier: int) -> None:
        """Let a car's body touch only what is on this tier of the road or the next to it."""
        if self._tiers.get(index) != tier:
            self._tiers[index] = tier
            levels = pymunk.ShapeFilter(categories=_LEVELS[tier], mask=_LEVELS[tier])
            for shape in self.bodies[index].shapes:
                shape.filter = levels

    def place(self, index: int, pose: Pose, speed_mps: float) -> None:
        """Move a car's body to a pose, rolling straight ahead."""
        body = self.bodies[index]
        # Takes back the move that a contact in the last step wants in the next.
        pymunk.Body.update_position(body, 0.0)
        body.position = (pose.x_m, pose.y_m)
        body.angle = pose.heading_rad
        velocity_mps = (
            speed_mps * math.cos(pose.heading_rad),
            speed_mps * math.sin(pose.heading_rad),
        )
        body.velocity = velocity_mps
        body.angular_velocity = 0.0
        self.space.reindex_shapes_for_body(body)
        self._boxes[index].follow(_bounds(body), velocity_mps)
        self._forget_hits(body)

    def restart(self, index: int, pose: Pose, speed_mps: float) -> None:
        """Put a car's body to a pose as if it came into the space only now.

        Forgotten is what the space remembers of it, such as what it was near.
        """
        self._enter(index, Pose(0.0, 0.0, 0.0), (0.0, 0.0))
        self.place(index, pose, speed_mps)

    def restore(self, index: int, saved: BodySave) -> None:
        """Put a body back as it was saved; what it touched is forgotten."""
        motion, walls = saved.motion, list(self._walls)
        self._enter(index, Pose(motion.x_m, motion.y_m, motion.heading_rad), saved.box_mps)
        body = self.bodies[index]
        body.velocity = (motion.velocity_x_mps, motion.velocity_y_mps)
        body.angular_velocity = motion.yaw_rate_radps
        (shape,) = body.shapes
        self._hits.update({(shape, walls[piece]): hit for piece, hit in saved.hits})

    def saved(self, index: int) -> BodySave:
        """Return a body as it is, to be restored in this space or in one with the same walls."""
        (shape,) = self.bodies[index].shapes
        pieces = {wall: piece for piece, wall in enumerate(self._walls)} if self._hits else {}
        return BodySave(
            body_motion(self.body_numbers, index),
            self._boxes[index].made_at_mps,
            tuple(
                (pieces[other], hit)
                for (one, other), hit in self._hits.items()
                if one is shape and other in pieces
            ),
        )

    def follow_box(self, index: int, before_mps: tuple[float, float]) -> None:
        """Follow the space's box around a body by a step that it began with this velocity."""
        self._boxes[index].follow(_bounds(self.bodies[index]), before_mps)

    def follow_space(
        self, log: SpaceLog, tick: int, before_mps: Sequence[tuple[float, float]]
    ) -> None:
        """Follow a step of all bodies, which they began with these velocities."""
        motions = [self._box_made(*moving) for moving in enumerate(before_mps)]
        log.note_boxes(tick, [_bounds(body) for body in self.bodies], motions)
        touching: list[pymunk.Arbiter] = []
        for body in self.bodies:
            body.each_arbiter(touching.append)
        log.note_touches(
            [
                tuple(self._cars[shape] for shape in arbiter.shapes if shape in self._cars)
                for arbiter in touching
            ]
        )

    def follow_place(self, log: SpaceLog, tick: int, index: int) -> None:
        """Follow that a body was put elsewhere."""
        box = self._boxes[index]
        if box.is_new:
            log.note_made(tick, [self._box_made(index, box.made_at_mps)])

    def _box_made(self, index: int, velocity_mps: tuple[float, float]) -> BoxMade:
        return BoxMade(index, *body_motion(self.body_numbers, index)[:3], velocity_mps)

    def velocities(self) -> list[tuple[float, float]]:
        """Return how fast every body moves."""
        return [body_motion(self.body_numbers, index)[3:5] for index in range(len(self.bodies))]

    def saved_space(self, log: SpaceLog) -> SpaceSave:
        """Return all bodies as they are, to be restored with the same log."""
        numbers = {shape: number for number, shape in enumerate((*self._cars, *self._walls))}
        return SpaceSave(
            tuple(body_motion(self.body_numbers, index) for index in range(len(self.bodies))),
            len(log.made),
            tuple((numbers[one], numbers[other], hit) for (one, other), hit in self._hits.items()),
        )

    def restore_space(self, saved: SpaceSave, made: Sequence[BoxesMade]) -> SpaceLog:
        """Bring the bodies of a new space to where they were; return the log so far.

        The space makes all boxes again in the order in which it made them, in steps of no time in
        which the bodies touch nothing.
        """
        shapes = [*self._cars, *self._walls]
        filters = [shape.filter for shape in self._cars]
        for shape in self._cars:
            shape.filter = _TOUCHES_NOTHING
        motions: dict[int, BoxMade] = {}
        for boxes in made[: saved.boxes]:
            for box in boxes:
                motions[box.car] = box
                _put(self.body_numbers[box.car], box[1:4], (*box.velocity_mps, 0.0))
            step_space(self.space, _NO_TIME_S)
        for index, box in motions.items():
            self._boxes[index].make(_bounds(self.bodies[index]), box.velocity_mps)
        for numbers, motion in zip(self.body_numbers, saved.motions, strict=True):
            _put(numbers, motion[:3], motion[3:])
        for shape, levels in zip(self._cars, filters, strict=True):
            shape.filter = levels
        self._hits = {(shapes[one], shapes[other]): hit for one, other, hit in saved.hits}
        return SpaceLog(self._boxes, made[: saved.boxes])

    def space_log(self) -> SpaceLog:
        """Return a log of the space from now on, in which all bodies have just been put."""
        return SpaceLog(self._boxes)

    def lose_boxes(self) -> None:
        """Take note that bodies were not followed: where their boxes are is not known any more."""
        for box in self._boxes:
            box.lose()

    def can_be_saved(self, index: int) -> bool:
        """Return whether the space remembers nothing of a body now that is not saved."""
        return self._boxes[index].is_new and not self._touches(index)

    def _touches(self, index: int) -> bool:
        touching: list[pymunk.Arbiter] = []
        self.bodies[index].each_arbiter(touching.append)
        return bool(touching)

    def _enter(self, index: int, pose: Pose, velocity_mps: tuple[float, float]) -> None:
        """Take a body out of the space and let it come in again, at a pose and with a velocity."""
        body = self.bodies[index]
        shapes = body.shapes
        self.space.remove(body, *shapes)
        # Takes back the move that a contact in the last step wants in the next.
        pymunk.Body.update_position(body, 0.0)
        body.position = (pose.x_m, pose.y_m)
        body.angle = pose.heading_rad
        body.velocity = velocity_mps
        body.angular_velocity = 0.0
        self.space.add(body, *shapes)
        self._boxes[index].make(_bounds(body), velocity_mps)
        self._forget_hits(body)

    def _forget_hits(self, body: pymunk.Body) -> None:
        self._hits = {
            shapes: hit for shapes, hit in self._hits.items() if body.shapes.isdisjoint(shapes)
        }

    def __reduce__(self) -> NoReturn:
        """Refuse to be copied or pickled: a copy would keep the addresses of the original."""
        raise TypeError("the bodies of a world cannot be copied or pickled")

    def hit_on(self, index: int) -> HitOn:
        """Return what a car's body touched with the greatest impulse in the tick just made.

        Raises ValueError for a car that touched nothing. The space keeps its contacts until the
        next tick, in the same order whether the tick ran plainly or compiled.
        """
        touched: list[tuple[float, pymunk.Shape, float]] = []

        def note(arbiter: pymunk.Arbiter) -> None:
            one, other = arbiter.shapes
            shape = other if one.body is self.bodies[index] else one
            hit = self._hits.get((one, other)) or self._hits.get((other, one))
            whole_ns = hit.impulse_ns if hit else 0.0
            touched.append((arbiter.total_impulse.length, shape, whole_ns))

        self.bodies[index].each_arbiter(note)
        _, shape, whole_ns = max(touched, key=lambda touch: touch[0])
        if shape in self._walls:
            return HitOn(self._walls[shape], whole_ns)
        return HitOn(HitCar(self._cars[shape]), whole_ns)

    def _crush(self, arbiter: pymunk.Arbiter, space: pymunk.Space, _data: object) -> None:
        """Let the space take as much of a closing speed in this step as the car gives way.

        With a restitution of -k the solver leaves k of the closing speed.
        """
        touch = arbiter.contact_point_set
        if not touch.points:
            return
        one, other = shapes = arbiter.shapes
        normal = touch.normal
        closing_mps, place = self._closing(shapes, touch.points, normal)
        if closing_mps <= 0.0:
            return
        here = self._given_way(one, place, normal)
        there = self._given_way(other, place, normal)
        mass_kg = 1.0 / (here.along_1pkg + there.along_1pkg)
        law = self._law(one, normal)
        if other in self._cars:
            law = crush_between(law, self._law(other, normal))
        hit = self._hits.get((one, other))
        if hit is None or arbiter.is_first_contact or closing_mps > hit.closing_mps:
            parting_mps = rebound_mps(law, arbiter.restitution, closing_mps)
            hit = Hit(closing_mps, parting_mps, mass_kg * (closing_mps + parting_mps))
            self._hits[one, other] = hit
        crushed_m = -min(point.distance for point in touch.points)
        left_mps = crushed_mps(law, closing_mps, crushed_m, mass_kg, space.current_time_step)
        if left_mps > hit.parting_mps:
            arbiter.restitution = -left_mps / closing_mps
        else:
            coupling = mass_kg * (here.across_1pkg + there.across_1pkg)
            most = max_restitution(arbiter.friction, coupling)
            arbiter.restitution = min(hit.parting_mps / closing_mps, most)
            del self._hits[one, other]

    def _closing(
        self,
        shapes: tuple[pymunk.Shape, pymunk.Shape],
        points: Sequence[pymunk.ContactPoint],
        normal: Vec2d,
    ) -> tuple[float, tuple[float, float]]:
        """Return how fast two shapes close where they do so fastest, and where they push, on the
        average.

        Of the one or two points where they touch one may open while the other one closes, as when
        a car turns. The restitution holds for each point's own speed.
        """
        one, other = shapes
        (normal_x, normal_y), fastest_mps, all_mps, x_m, y_m = normal, 0.0, 0.0, 0.0, 0.0
        for point in points:
            place = point.point_a
            here, there = self._motion_at(one, place), self._motion_at(other, place)
            closing_mps = normal_x * (here[0] - there[0]) + normal_y * (here[1] - there[1])
            if closing_mps > 0.0:
                fastest_mps = max(fastest_mps, closing_mps)
                all_mps += closing_mps
                x_m += closing_mps * place[0]
                y_m += closing_mps * place[1]
        if all_mps == 0.0:
            return 0.0, (x_m, y_m)
        return fastest_mps, (x_m / all_mps, y_m / all_mps)

    def _motion_at(self, shape: pymunk.Shape, place: tuple[float, float]) -> tuple[float, float]:
        """Return the velocity of a shape at a place; a wall stands."""
        index = self._cars.get(shape)
        if index is None:
            return 0.0, 0.0
        numbers = self.body_numbers[index]
        yaw_radps = numbers[5][0]
        return (
            numbers[3][0] - (place[1] - numbers[1][0]) * yaw_radps,
            numbers[4][0] + (place[0] - numbers[0][0]) * yaw_radps,
        )

    def _given_way(
        self, shape: pymunk.Shape, place: tuple[float, float], normal: Vec2d
    ) -> GivenWay:
        """Return how a shape gives way at a place to an impulse along a normal; a wall stands."""
        index = self._cars.get(shape)
        if index is None:
            return _STANDING
        mass_kg, inertia_kgm2 = self._masses[index]
        numbers = self.body_numbers[index]
        x_m, y_m = place[0] - numbers[0][0], place[1] - numbers[1][0]
        arm_m = x_m * normal[1] - y_m * normal[0]
        along_m = x_m * normal[0] + y_m * normal[1]
        return GivenWay(
            1.0 / mass_kg + arm_m * arm_m / inertia_kgm2, arm_m * along_m / inertia_kgm2
        )

    def _law(self, shape: pymunk.Shape, normal: Vec2d) -> CrushLaw:
        """Return how a car gives way to a push along this normal."""
        index = self._cars[shape]
        return crush_law(self._specs[index], normal.dot(self.bodies[index].rotation_vector))

    def machine_bodies(self) -> Any:
        """Return the bodies for the compiled tick: addresses of their numbers, int64, shape (n, 9).

        The numbers are those of `WorldMotion`, then force x, force y and torque. None if this
        pymunk lays its bodies out in a way that is not recognised; the tick then runs plainly.
        """
        import numpy as np

        layout = _body_layout()
        if layout is None:
            return None
        return np.array(
            [
                [int(ffi.cast("intptr_t", body._body)) + offset for offset in layout]
                for body in self.bodies
            ],
            np.int64,
        )

    def machine_space(self) -> tuple[int, int]:
        """Return the space for the compiled tick: its step function's address and its own."""
        return (
            int(ffi.cast("intptr_t", ffi.addressof(lib, "cpSpaceStep"))),
            int(ffi.cast("intptr_t", self.space._space)),
        )


def _put(body: BodyNumbers, place: Sequence[float], velocity: Sequence[float]) -> None:
    """Let a body be somewhere, in its own memory: the space follows in its next step."""
    for pointer, number in zip(body, (*place, *velocity), strict=False):
        pointer[0] = number


def _bounds(body: pymunk.Body) -> ShapeBounds:
    (shape,) = body.shapes
    bounds: ShapeBounds = shape.bb
    return bounds


def _body_numbers(body: pymunk.Body) -> BodyNumbers:
    """Return pointers to a body's numbers, or where none are found its properties: slower."""
    layout = _body_layout()
    if layout is None:
        return _numbers_by_property(body)
    start = ffi.cast("char *", body._body)
    return tuple(ffi.cast("double *", start + offset) for offset in layout)


class _Property:
    """Reads and writes a number of a body through pymunk as if by a pointer."""

    def __init__(self, body: pymunk.Body, name: str, part: int | None = None) -> None:
        self._body, self._name, self._part = body, name, part

    def __getitem__(self, _: int) -> float:
        value: Any = getattr(self._body, self._name)
        number: float = value if self._part is None else value[self._part]
        return number

    def __setitem__(self, _: int, number: float) -> None:
        value: Any = number
        if self._part is not None:
            parts = list(getattr(self._body, self._name))
            parts[self._part] = number
            value = tuple(parts)
        setattr(self._body, self._name, value)


def _numbers_by_property(body: pymunk.Body) -> BodyNumbers:
    return (
        _Property(body, "position", 0),
        _Property(body, "position", 1),
        _Property(body, "angle"),
        _Property(body, "velocity", 0),
        _Property(body, "velocity", 1),
        _Property(body, "angular_velocity"),
        _Property(body, "force", 0),
        _Property(body, "force", 1),
        _Property(body, "torque"),
    )


@cache
def _body_layout() -> tuple[int, ...] | None:
    """Return byte offsets of where a body first holds its numbers, or None if one is nowhere."""
    body = pymunk.Body(3.0, 5.0)
    body.position = (1.0625, 2.0625)
    body.angle = 3.0625
    body.velocity = (4.0625, 5.0625)
    body.angular_velocity = 6.0625
    body.force = (7.0625, 8.0625)
    body.torque = 9.0625
    memory = ffi.cast("double *", body._body)
    numbers = [memory[index] for index in range(_SEARCHED_NUMBERS)]
    layout = []
    for value in (1.0625, 2.0625, 3.0625, 4.0625, 5.0625, 6.0625, 7.0625, 8.0625, 9.0625):
        if numbers.count(value) == 0:
            return None
        layout.append(8 * numbers.index(value))
    return tuple(layout)


@machine_form(body_motion)
def _compiled_body_motion() -> Any:
    load = _load_double()

    def body_motion(bodies: Any, index: int) -> WorldMotion:
        return WorldMotion(
            load(bodies[index, 0]),
            load(bodies[index, 1]),
            load(bodies[index, 2]),
            load(bodies[index, 3]),
            load(bodies[index, 4]),
            load(bodies[index, 5]),
        )

    return code_for_twins(body_motion)


@machine_form(push_body)
def _compiled_push_body() -> Any:
    store = _store_double()

    def push_body(bodies: Any, index: int, x_n: float, y_n: float, yaw_nm: float) -> None:
        store(bodies[index, 6], x_n)
        store(bodies[index, 7], y_n)
        store(bodies[index, 8], yaw_nm)

    return code_for_twins(push_body)


@machine_form(step_space)
def _compiled_step_space() -> Any:
    call = _call_step()

    def step_space(space: tuple[int, int], step_s: float) -> None:
        call(space[0], space[1], step_s)

    return code_for_twins(step_space)


def _load_double() -> Any:
    from llvmlite import ir
    from numba import types
    from numba.extending import intrinsic

    @intrinsic
    def load_double(typing_context: Any, address: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return builder.load(builder.inttoptr(args[0], ir.DoubleType().as_pointer()))

        return types.float64(types.int64), generate

    return load_double


def _store_double() -> Any:
    from llvmlite import ir
    from numba import types
    from numba.extending import intrinsic

    @intrinsic
    def store_double(typing_context: Any, address: Any, value: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            pointer = builder.inttoptr(args[0], ir.DoubleType().as_pointer())
            builder.store(args[1], pointer)
            return context.get_dummy_value()

        return types.void(types.int64, types.float64), generate

    return store_double


def _call_step() -> Any:
    from llvmlite import ir
    from numba import types
    from numba.extending import intrinsic

    @intrinsic
    def call_step(typing_context: Any, function: Any, space: Any, step_s: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            kind = ir.FunctionType(ir.VoidType(), [ir.IntType(64), ir.DoubleType()])
            builder.call(builder.inttoptr(args[0], kind.as_pointer()), [args[1], args[2]])
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, types.float64), generate

    return call_step
