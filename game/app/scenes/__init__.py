"""Show what the window can show, one file each: a scene handles commands, is updated, draws.

Scenes answer a command with the scene that follows, or with `None` to close the window.
"""
