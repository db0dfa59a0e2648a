"""Describe the values of a setup to people: what each is, does, and how far it goes.

The setup page, `leaf-rc setup`, `leaf-rc sweep` and messages all take it from here. Bounds,
choices and defaults are those of the car's file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, get_args

import msgspec

from game.errors import InputError
from game.translation import N_, _
from game.units import PI, bar
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec, Range, SplitLaw, SplitMode, Steps, TyreStateMode
from game.vehicle.split_map import SplitMap

_POINTS: Final = 21  # that a range is looked at in
_FINE: Final = 6  # digits that a value may have after the point
_MINUS: Final = "\N{MINUS SIGN}"

TORQUE: Final = N_("Torque")
BRAKING: Final = N_("Regeneration and brakes")
ASSISTS: Final = N_("Assists")
CHASSIS: Final = N_("Chassis")
SUSPENSION: Final = N_("Suspension")
TYRES: Final = N_("Tyres and battery")
PHASES: Final = N_("By phase of a corner")


PHASE_NAMES: Final = {
    "braking": N_("Braking"),
    "entry": N_("Entry"),
    "middle": N_("Middle"),
    "exit": N_("Exit"),
}
WORDS: Final = (  # that are values of an item
    N_("fixed"),
    N_("load-following"),
    N_("slip-balancing"),
    N_("limit"),
    N_("fill"),
    N_("slick"),
    N_("sport"),
    N_("wet"),
    N_("live"),
    N_("frozen"),
)
_LITERALS: Final = {"split_mode": SplitMode, "split_law": SplitLaw, "tyre_state": TyreStateMode}
_ON_LIVE_TYRES: Final = ("front_pressure_change_pa", "rear_pressure_change_pa")
_ON_SPLIT_LAW: Final = ("front_torque_share", "front_regen_share", "split_mode")


class ValueFormat(NamedTuple):
    """Says how the values of an item are written."""

    text: Callable[[Any], str] = str  # a value with its unit
    span: Callable[[float], str] | None = None  # a difference; None: like a value, without sign


class Item(NamedTuple):
    """An item is one value of a setup."""

    name: str  # the field of `Setup`, or `split_map.` and a phase
    label: str
    group: str
    note: str  # what it does, in a sentence or two
    value_format: ValueFormat
    step: float
    low: float
    high: float
    choices: tuple[Any, ...]  # empty: any number from low to high
    default: Any

    def text(self, value: Any) -> str:
        """Return a value with its unit."""
        return self.value_format.text(value)

    def value_in(self, setup: Setup) -> Any:
        """Return the value that a setup has."""
        return getattr(setup, self.name)

    def with_value(self, setup: Setup, value: Any) -> Setup:
        """Return a setup with another value."""
        return msgspec.structs.replace(setup, **{self.name: value})

    def over_range(self) -> tuple[Any, ...]:
        """Return values over the whole range: all choices, or numbers evenly spaced."""
        if self.choices:
            return self.choices
        if self.low == self.high:
            return (self.low,)
        width = (self.high - self.low) / (_POINTS - 1)
        return tuple(round(self.low + width * index, _FINE) for index in range(_POINTS))

    def difference(self, value: Any) -> str:
        """Return how a value differs from the default, with its unit; empty if it does not."""
        if value == self.default:
            return ""
        if self.choices:
            return _("instead of {value}").format(value=_(self.default_text))
        less = value < self.default
        return f"{_MINUS if less else '+'}{self.span_text(abs(value - self.default))}"

    def span_text(self, span: float) -> str:
        """Return a difference between two values with its unit, not negative."""
        return (
            self.value_format.span(span) if self.value_format.span else self.text(span).lstrip("+")
        )

    def accepts(self, value: Any) -> bool:
        """Return whether the value can be this."""
        if self.choices:
            return any(type(value) is type(each) and value == each for each in self.choices)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        return self.low <= value <= self.high

    @property
    def is_fixed(self) -> bool:
        """Return whether the car leaves nothing to choose, as the split of one driven axle."""
        return len(self.choices) == 1 or self.low == self.high

    @property
    def is_word(self) -> bool:
        """Return whether its values are words, which no line leads through."""
        return isinstance(self.default, (str, bool))

    @property
    def depends_on_split_law(self) -> bool:
        """Return whether what it does depends on the split law."""
        return self.name in _ON_SPLIT_LAW

    @property
    def acts_on_live_tyres_only(self) -> bool:
        """Return whether frozen tyres do not feel it, and with them no prediction."""
        return self.name in _ON_LIVE_TYRES

    @property
    def default_text(self) -> str:
        """Return the default with its unit."""
        return self.text(self.default)

    @property
    def bounds_text(self) -> str:
        """Return the range, or all choices."""
        if self.choices:
            return ", ".join(str(choice).lower() for choice in self.choices)
        return f"{self.low:g} to {self.high:g}"


class PhaseItem(Item):
    """Describes the front share in one phase of all corners, which the setup's split map holds."""

    __slots__ = ()

    @property
    def phase(self) -> str:
        """Return the field of `SplitMap`."""
        return self.name.rpartition(".")[2]

    @property
    def depends_on_split_law(self) -> bool:
        """Return that the split law acts on a share in a phase, too."""
        return True

    @property
    def default_text(self) -> str:
        """Return a word for no number: a phase has none by default."""
        return N_("the setup's own")

    def own(self, setup: Setup) -> float | None:
        """Return the phase's share in the map; None where the map has none."""
        share: float | None = getattr(setup.split_map or SplitMap(), self.phase)
        return share

    def value_in(self, setup: Setup) -> float:
        """Return the share that holds: the map's, or the setup's own."""
        own = self.own(setup)
        if own is not None:
            return own
        return setup.front_regen_share if self.phase == "braking" else setup.front_torque_share

    def with_value(self, setup: Setup, value: float | None) -> Setup:
        """Return a setup with another share in the phase; None: the setup's own holds there."""
        base = setup.split_map or SplitMap()
        changed = msgspec.structs.replace(base, **{self.phase: value})
        kept = None if changed == SplitMap() else changed
        return msgspec.structs.replace(setup, split_map=kept)


def law_text(setup: Setup) -> str:
    """Return the split law of a setup, as it stands beside what is said of its split."""
    return _("split law {law}").format(law=_(setup.split_law))


def law_beside(items: Sequence[Item], setup: Setup) -> str:
    """Return the split law that these items depend on; nothing if they do not, or it is one."""
    depends = any(item.depends_on_split_law for item in items)
    varies = any(item.name == "split_law" for item in items)
    return law_text(setup) if depends and not varies else ""


def axles_text(front: float) -> str:
    """Return both axles' shares, as they are spoken of: front to rear."""
    return f"{100.0 * front:.3g} : {100.0 - 100.0 * front:.3g}"


def _percent(value: float) -> str:
    return f"{100.0 * value:.3g} %"


def _unit(unit: str) -> ValueFormat:
    """Return how plain numbers with a unit are written."""
    return ValueFormat(lambda value: f"{value:g} {unit}")


def _scaled(unit: str, scale: float, digits: int) -> ValueFormat:
    """Return how SI numbers are written in a unit that drivers use, which `scale` of is one."""
    return ValueFormat(
        lambda value: f"{value / scale:.{digits}f} {unit}".replace("-", _MINUS),
    )


def _signed(value: float) -> str:
    return "0" if value == 0.0 else f"{value:+g}".replace("-", _MINUS)


def _bar(value_pa: float) -> str:
    if value_pa == 0.0:
        return N_("usual")
    return f"{_signed(round(bar(value_pa), 3))} bar"


def _level(value: int) -> str:
    return N_("off") if value == 0 else f"{value}"


def _driver(aboard: bool) -> str:
    return N_("on board") if aboard else N_("not on board")


_RATE: Final = _scaled("N/mm", 1000.0, 0)
_HEIGHT: Final = _scaled("mm", 0.001, 0)
_ANGLE: Final = _scaled("°", PI / 180.0, 2)
_AXLE_SHARES: Final = ValueFormat(axles_text, span=_percent)


class _Description(NamedTuple):
    """Describes one field of `Setup`, with all that the field itself does not say."""

    label: str
    group: str
    note: str
    value_format: ValueFormat = ValueFormat()
    step: float = 1.0


_DESCRIPTIONS: Final = {
    "front_torque_share": _Description(
        N_("Drive split"),
        TORQUE,
        N_(
            "How drive torque is divided, front : rear. More in front pulls the car straight out "
            "of corners, more at the rear turns it; 0 or 100 is one axle only. The split law says "
            "what a split costs at full throttle."
        ),
        _AXLE_SHARES,
        0.01,
    ),
    "split_mode": _Description(
        N_("Split mode"),
        TORQUE,
        N_(
            "Fixed holds the split. Load-following gives each axle what it carries, moved by the "
            "split's distance from 50 : 50. Slip-balancing takes from the axle that slips more."
        ),
    ),
    "split_law": _Description(
        N_("Split law"),
        TORQUE,
        N_(
            "Limit holds the split at full throttle, as the real car does: when one motor can give "
            "no more, the other is held back, so an uneven split has less power. With fill the "
            "other motor makes up what one cannot deliver: any split but 0 and 100 has all of it."
        ),
    ),
    "power_map": _Description(
        N_("Power map"),
        TORQUE,
        N_("1 gives all the power, a higher one less, for the wet or for range."),
    ),
    "front_regen_share": _Description(
        N_("Regeneration split"),
        BRAKING,
        N_(
            "How the motors' braking is divided, front : rear. It moves the balance under braking, "
            "and the rear brings little back when the load is in front."
        ),
        _AXLE_SHARES,
        0.01,
    ),
    "one_pedal_mps2": _Description(
        N_("One-pedal braking"),
        BRAKING,
        N_("How hard the motors brake when you lift off. The road car's e-Pedal does some 2 m/s²."),
        _unit("m/s²"),
        0.05,
    ),
    "regen_limit": _Description(
        N_("Regeneration limit"),
        BRAKING,
        N_(
            "How much of the battery's charging limit is used. The friction brakes do the rest, "
            "and their part is lost as heat."
        ),
        ValueFormat(_percent),
        0.05,
    ),
    "front_brake_bias": _Description(
        N_("Brake bias"),
        BRAKING,
        N_(
            "How the friction brakes' force is divided, front : rear. More in front is stable but "
            "understeers; more at the rear helps to turn in, but can lock the rear wheels."
        ),
        _AXLE_SHARES,
        0.01,
    ),
    "traction_control": _Description(
        N_("Traction control"),
        ASSISTS,
        N_("Cuts torque when tyres spin. 1 lets them slide a little, 5 hardly at all."),
        ValueFormat(_level),
    ),
    "abs": _Description(
        N_("ABS"),
        ASSISTS,
        N_("Releases brakes that lock. 1 lets tyres slide a little, 5 hardly at all."),
        ValueFormat(_level),
    ),
    "yaw_control": _Description(
        N_("Yaw control"),
        ASSISTS,
        N_(
            "Brakes single wheels when the car turns more or less than you steer. 5 is the "
            "strongest."
        ),
        ValueFormat(_level),
    ),
    "front_preload_nm": _Description(
        N_("Front differential preload"),
        CHASSIS,
        N_("Couples the front wheels, on or off throttle. More is steadier, but resists turning."),
        _unit("Nm"),
        5.0,
    ),
    "rear_preload_nm": _Description(
        N_("Rear differential preload"),
        CHASSIS,
        N_("Couples the rear wheels, on or off throttle. More is steadier off throttle."),
        _unit("Nm"),
        5.0,
    ),
    "wing": _Description(
        N_("Wing"),
        CHASSIS,
        N_("From flat to steep: grip in fast corners against speed on straights."),
        ValueFormat(_signed),
        0.05,
    ),
    "front_spring_npm": _Description(
        N_("Front springs"),
        SUSPENSION,
        N_(
            "Their rate at each wheel. Stiffer in front than at the rear makes the front lose grip "
            "first: understeer. Softer springs take kerbs better, but let the car dive and roll."
        ),
        _RATE,
        5000.0,
    ),
    "rear_spring_npm": _Description(
        N_("Rear springs"),
        SUSPENSION,
        N_(
            "Their rate at each wheel. Stiffer at the rear than in front makes the car turn more "
            "and the rear lose grip first: oversteer."
        ),
        _RATE,
        5000.0,
    ),
    "front_bar_npm": _Description(
        N_("Front anti-roll bar"),
        SUSPENSION,
        N_(
            "Holds the body up in corners only. Stiffer, the front tyres share their load less "
            "evenly: more understeer."
        ),
        _RATE,
        2500.0,
    ),
    "rear_bar_npm": _Description(
        N_("Rear anti-roll bar"),
        SUSPENSION,
        N_(
            "Holds the body up in corners only. Stiffer, the rear tyres share their load less "
            "evenly: more oversteer."
        ),
        _RATE,
        2500.0,
    ),
    "front_ride_height_m": _Description(
        N_("Front ride height"),
        SUSPENSION,
        N_(
            "Of the body at rest. Lower in front, the air presses the front down more, and the "
            "centre of gravity is lower."
        ),
        _HEIGHT,
        0.001,
    ),
    "rear_ride_height_m": _Description(
        N_("Rear ride height"),
        SUSPENSION,
        N_(
            "Of the body at rest. Lower at the rear, the air presses the rear down more, and the "
            "centre of gravity is lower."
        ),
        _HEIGHT,
        0.001,
    ),
    "front_camber_rad": _Description(
        N_("Front camber"),
        SUSPENSION,
        N_(
            "How far the wheels lean; below zero their tops lean inwards. As the body rolls, some "
            "lean makes the outer tyre stand well in corners; much of it costs braking."
        ),
        _ANGLE,
        PI / 1800.0,
    ),
    "rear_camber_rad": _Description(
        N_("Rear camber"),
        SUSPENSION,
        N_(
            "How far the wheels lean; below zero their tops lean inwards. As the body rolls, some "
            "lean makes the outer tyre stand well in corners; much of it costs traction."
        ),
        _ANGLE,
        PI / 1800.0,
    ),
    "front_toe_rad": _Description(
        N_("Front toe"),
        SUSPENSION,
        N_(
            "How far each wheel points inwards; below zero outwards. Inwards is steadier on the "
            "straight, outwards turns in more readily; both drag a little."
        ),
        _ANGLE,
        PI / 3600.0,
    ),
    "rear_toe_rad": _Description(
        N_("Rear toe"),
        SUSPENSION,
        N_(
            "How far each wheel points inwards; below zero outwards. Inwards keeps the rear "
            "steady, and drags a little."
        ),
        _ANGLE,
        PI / 3600.0,
    ),
    "tyre": _Description(
        N_("Tyres"),
        TYRES,
        N_(
            "Slicks; the road-legal sport tyre with about a tenth less grip; or wet tyres with "
            "grooves, for rain. On a dry road those overheat and tear."
        ),
    ),
    "tyre_state": _Description(
        N_("Tyre state"),
        TYRES,
        N_(
            "Live tyres have to be warmed up, wear, and get flat spots when they lock. Frozen ones "
            "always have all their grip: for comparing setups."
        ),
    ),
    "front_pressure_change_pa": _Description(
        N_("Front cold pressure"),
        TYRES,
        N_(
            "More or less than the front tyres' usual cold pressure. Heat adds some 0.5 bar: a "
            "tyre too soft or too hard by then loses grip. Frozen tyres do not feel it."
        ),
        ValueFormat(_bar),
        1000.0,
    ),
    "rear_pressure_change_pa": _Description(
        N_("Rear cold pressure"),
        TYRES,
        N_(
            "More or less than the rear tyres' usual cold pressure. Heat adds some 0.5 bar: a "
            "tyre too soft or too hard by then loses grip. Frozen tyres do not feel it."
        ),
        ValueFormat(_bar),
        1000.0,
    ),
    "driver_aboard": _Description(
        N_("Driver"),
        TYRES,
        N_("Whether the driver's weight is in the car. Published figures are often without."),
        ValueFormat(_driver),
    ),
    "initial_charge": _Description(
        N_("Charge at the start"),
        TYRES,
        N_("How full the battery is. Full, it allows no regeneration; empty, it gives less power."),
        ValueFormat(_percent),
        0.05,
    ),
}


def items_of(spec: CarSpec) -> tuple[Item, ...]:
    """Return every value but the split map, with the bounds and defaults of a car."""
    default = default_setup(spec)
    return tuple(
        _item(spec, name, each, getattr(default, name)) for name, each in _DESCRIPTIONS.items()
    )


def phase_items_of(spec: CarSpec) -> tuple[PhaseItem, ...]:
    """Return the front shares by phase of a corner."""
    return tuple(_phase_item(spec, *described) for described in _PHASES)


def _phase_item(spec: CarSpec, phase: str, label: str, note: str) -> PhaseItem:
    own = spec.setup.front_regen_share if phase == "braking" else spec.setup.front_torque_share
    return PhaseItem(
        f"split_map.{phase}",
        label,
        PHASES,
        note,
        _AXLE_SHARES,
        0.05,
        own.minimum,
        own.maximum,
        (),
        own.default,
    )


def _item(spec: CarSpec, name: str, described: _Description, default: Any) -> Item:
    bounds = getattr(spec.setup, name, None)
    low, high = 0.0, 1.0
    choices: tuple[Any, ...] = ()
    if isinstance(bounds, (Range, Steps)):
        low, high = float(bounds.minimum), float(bounds.maximum)
        if isinstance(bounds, Steps):
            choices = tuple(range(bounds.minimum, bounds.maximum + 1))
    elif name == "tyre":
        choices = tuple(spec.tyres)
    elif isinstance(default, bool):
        choices = (True, False)
    else:
        choices = tuple(sorted(get_args(_LITERALS[name]), key=lambda word: word != default))
    return Item(
        name,
        described.label,
        described.group,
        described.note,
        described.value_format,
        described.step,
        low,
        high,
        choices,
        default,
    )


_PHASES: Final = (
    (
        "braking",
        N_("Split when braking"),
        N_("The motors' braking in the last 120 m before a corner."),
    ),
    ("entry", N_("Split at entry"), N_("The drive torque in the first third of every corner.")),
    (
        "middle",
        N_("Split in the middle"),
        N_("The drive torque in the second third of every corner."),
    ),
    (
        "exit",
        N_("Split at exit"),
        N_("The drive torque in the last third and the first 40 m of the straight after it."),
    ),
)


def item_named(name: str, spec: CarSpec) -> Item:
    """Return the item of that name. Raises InputError for a name that is none."""
    known = (*items_of(spec), *phase_items_of(spec))
    for item in known:
        if item.name == name:
            return item
    names = ", ".join(item.name for item in known)
    raise InputError(f"'{name}' is not a value of a setup: choose one of {names}")
