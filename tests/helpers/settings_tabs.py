"""The tabs of the settings, in their order."""

TABS = [
    *("Driving", "Controller", "Bindings", "Camera", "Ghosts", "Car", "Screen", "Effects"),
    "Sound",
]
