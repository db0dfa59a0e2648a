"""A replay driven again to its end."""

from game.recording.replay_player import ReplayPlayer


def resimulate(replay, track, spec, backend, listeners=()):
    """Return the world at the end of the replayed inputs; listeners are called with every step."""
    player = ReplayPlayer(replay, track, spec, backend)
    while not player.at_end:
        step = player.step()
        for on_step in listeners:
            on_step(step)
    return player.world
