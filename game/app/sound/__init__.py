"""Make the sound of cars, as it is heard in the followed one, of the crowd and of the menus."""
