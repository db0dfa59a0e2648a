"""Example drivers: each stands alone and could be your own `my_bot.py`."""
