"""What every overlay is made of: boxes, panels, lettering, menus."""
