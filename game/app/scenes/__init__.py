"""What the window can show, one file each: a scene hears commands, moves on by a frame, draws.

Scenes answer a command with the scene that follows, or with `None` to close the window.
"""
