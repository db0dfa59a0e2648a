"""A car in a steady state, its tyres and motors in balance, and laps made of such states."""
