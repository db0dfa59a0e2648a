"""Drivers to learn from: each stands alone and could be anyone's `my_bot.py`."""
