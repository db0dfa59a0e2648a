"""The weather of a drive: air, road and wind as data, and as tables that the tick reads."""
