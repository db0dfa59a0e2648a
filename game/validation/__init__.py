"""Compare the simulation with published figures of the car, and drive manoeuvres by ISO names."""
