"""Sets the simulation beside what is published of the car, and drives manoeuvres by ISO names."""
