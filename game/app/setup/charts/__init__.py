"""Draw charts, tables and maps of what a setup does to the lap."""
