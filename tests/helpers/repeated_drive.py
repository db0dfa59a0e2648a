"""Drive a world on from a saved state and from its start."""

from game.simulation.world import World
from game.vehicle.state import controls


def assert_repeats(world: World) -> None:
    """Claim that a drive repeats to the bit, from a restored state and after a restart."""
    held = [controls(throttle=1.0)]
    world.step(held, 480)
    saved = world.saved()
    world.step(held, 480)
    first = world.state_bits()
    world.restore(saved)
    world.step(held, 480)
    assert world.state_bits() == first
    world.restart(world.starts[0])
    world.step(held, 960)
    assert world.state_bits() == first
