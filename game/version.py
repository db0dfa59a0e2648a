"""State the program's version, from which the package's metadata are made."""

__version__ = "0.1.0"
