"""Show what the window can show: a scene handles commands, is updated and draws.

Beside the scenes stand the boards, rows and words that they are made of.

Scenes answer a command with the scene that follows, or with `None` to close the window.
"""
