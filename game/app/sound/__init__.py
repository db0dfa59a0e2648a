"""Make the sound of cars as they drive, as it is heard in the followed one."""
