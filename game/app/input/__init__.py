"""Read keyboard, controllers and wheels."""
