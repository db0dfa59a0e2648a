"""The window: scenes, camera, drawing and input. The only package that imports pygame."""
