"""Hold all that lives as long as the window is open: display, settings, inputs, sound, lessons."""
