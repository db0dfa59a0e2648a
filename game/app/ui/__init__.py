"""Make overlays of their parts: boxes, panels, text, menus."""
