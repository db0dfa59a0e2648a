"""What every overlay is made of: boxes, panels, text, menus."""
