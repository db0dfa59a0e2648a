"""Race several cars: the grid, the lights, who is where, what is judged, and the result."""
