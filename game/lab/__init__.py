"""Headless studies: the published figures re-measured, the speed of the program itself."""
