"""Tick functions for many cars at once: their source, read once, becomes vector instructions.

`compiled.py` makes the twin that runs for one car; here the same function becomes code for a block
of cars, one in each lane of the vectors, with the same bits for every car. `blocks.py` is what
others call; `reader.py` reads functions, `syntax.py` knows what is in their source, `vectors.py`
writes the instructions.
"""
