"""`python -m game` and the console script `leaf-rc`."""


def main() -> None:
    """Run the command line, imported only now: worker processes load this file and need none."""
    from game.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
