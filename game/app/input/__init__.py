"""Keyboard, controllers and wheels."""
