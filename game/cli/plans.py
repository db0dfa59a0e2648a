"""Report the reference bot's plan of a circuit, and ship it with the circuit."""

from __future__ import annotations

from game.bot.plan import Plan
from game.bot.planning import make_plan, work_out_plan
from game.bot.shipped_plan import ship_plan
from game.cli.progress import spinner
from game.track.track import Track
from game.vehicle.setup import default_setup
from game.vehicle.spec import CarSpec


def plan_of(track: Track, spec: CarSpec) -> Plan:
    """Return the plan: shipped, kept, or worked out now and kept."""
    with spinner("the bot learns the circuit") as show:
        return make_plan(track, spec, default_setup(spec), lambda activity, _: show(activity))


def ship_plan_of(track: Track, spec: CarSpec) -> Plan:
    """Work the plan out anew and write it beside the circuit.

    Raises InputError if it cannot be written.
    """
    setup = default_setup(spec)
    with spinner("the bot learns the circuit") as show:
        plan = work_out_plan(track, spec, setup, lambda activity, _: show(activity))
    ship_plan(plan, track, spec, setup)
    return plan
