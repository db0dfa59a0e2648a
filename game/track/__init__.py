"""The circuit: its centreline, its surfaces and walls, and the files they are read from.

Geometry is a pure function of a frozen `Track`. The tables that the tick reads are lists of
floats sampled from it, so that the same look-up runs plainly and compiled.
"""
