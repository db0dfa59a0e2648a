"""A circuit has a centreline, surfaces and walls, and is read from a file or made.

Geometry is a pure function of a frozen `Track`. The tables that the tick reads are lists of
floats sampled from it, so that the same look-up runs plainly and compiled.
"""
