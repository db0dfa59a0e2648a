"""Share what scenes and menus have in common: the scene protocol, pages of rows, and tabs."""
