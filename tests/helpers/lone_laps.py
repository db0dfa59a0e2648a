"""Laps of the bot alone on a circuit, by its compiled decisions."""

from game.bot.lone_follower import bind_follower
from game.bot.start import give_up_s
from game.drivers.driver import TICKS_PER_DECISION
from game.simulation.events import LapDone


def lone_laps(world, plan, count, noise=None, on_snapshot=None):
    """Return the laps that the only car of a world drives by a plan: `count` of them."""
    decide = bind_follower(world, plan, noise)
    laps, last_s = [], give_up_s(plan, count)
    while len(laps) < count:
        assert world.time_s < last_s
        events = world.advance([decide().controls], TICKS_PER_DECISION)
        laps += [event for event in events if isinstance(event, LapDone)]
        if on_snapshot is not None:
            on_snapshot(world.snapshots()[0])
    return laps
