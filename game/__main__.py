"""`python -m game` and the console script `leaf-rc`."""

from game.cli import main

if __name__ == "__main__":
    main()
