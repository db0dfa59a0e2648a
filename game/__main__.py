"""Start the command line: for `python -m game` and for the console script `leaf-rc`."""

import gc


def main() -> None:
    """Run the command line, imported only now: worker processes load this file and need none."""
    gc.disable()  # until `end_loading`
    from game.cli.main import main as run

    try:
        run()
    finally:
        gc.freeze()  # at its end Python would look through everything once more


if __name__ == "__main__":
    main()
