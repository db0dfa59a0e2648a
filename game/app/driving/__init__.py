"""Run a drive in the window: its cars, the clock that turns frames into ticks, and its picture."""
