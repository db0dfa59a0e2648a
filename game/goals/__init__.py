"""Set goals for a driver: medal times for the lap and each corner, from laps of the reference bot.

Medals are those times by name; targets are what the bot drove, with a ghost for each; they are
shipped, kept in the cache, or driven anew. An attempt is a player's own drive through a corner, and
the practice log keeps the best of each; judges say how much of a lesson is done.
"""
