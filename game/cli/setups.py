"""The commands about setups: what there is, what is in it, to and from files and codes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from game.cli.options import AsJson, check_outputs, chosen_setup, json_text
from game.errors import InputError
from game.setups.items import ITEMS, PHASE_ITEMS, Item
from game.setups.presets import (
    delete,
    duplicate,
    import_file,
    presets,
    rename,
    restore,
    save,
)
from game.setups.setup_file import write_setup
from game.setups.share_code import code_of, is_code
from game.vehicle.setup import Setup

app = typer.Typer(help="Setups: list, show, share, keep and throw them away.")

Which = Annotated[str, typer.Argument(metavar="S", help="Name, path or code of a setup.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of a setup.")]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")]


@app.command("list")
def setup_list(json: AsJson = False) -> None:
    """Name the setups that ship and those you have saved."""
    if json:
        print(
            json_text(
                {
                    "setups": [
                        {"name": one.name, "shipped": one.shipped, "about": one.about}
                        | ({"complaint": one.complaint} if one.complaint else {})
                        for one in presets()
                    ]
                }
            )
        )
        return
    for one in presets():
        whose = "shipped" if one.shipped else "yours"
        print(
            f"{one.name} ({whose})" + (f": {text}" if (text := one.complaint or one.about) else "")
        )


@app.command("show")
def setup_show(setup: Which, json: AsJson = False) -> None:
    """Print a setup's values and how they differ from the default."""

    shown = chosen_setup(setup)
    if json:
        print(json_text({"setup": msgspec.to_builtins(shown), "code": code_of(shown)}))
        return
    _print_values(shown)
    print(f"code: {code_of(shown)}")


@app.command("values")
def setup_values(json: AsJson = False) -> None:
    """Explain every value that a setup has: its name in files and after --vary, what it may be."""

    items = (*ITEMS, *PHASE_ITEMS)
    if json:
        print(json_text({"values": [_value_report(item) for item in items]}))
        return
    console = Console(highlight=False)
    for item in items:
        console.print(f"[bold]{item.name}[/bold]: {item.bounds_text}")
        text = f"{item.label}, {item.default_text} unless set. {item.note}"
        console.print(Padding(text, (0, 0, 0, 4)))


@app.command("code")
def setup_code(setup: Which) -> None:
    """Print a setup as a short text that others can give to --setup or paste into the game."""
    print(code_of(chosen_setup(setup)))


@app.command("import")
def setup_import(
    setup: Which,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="To keep it under.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="One of yours of that name goes to the trash.")
    ] = False,
) -> None:
    """Keep the setup of a file or of a code as one of yours."""
    if setup.endswith(".toml"):
        kept = import_file(Path(setup), name, replace=replace)
    elif name is not None:
        kept = save(name, chosen_setup(setup), replace=replace)
    elif is_code(setup):
        raise InputError("--name: a code has no name of its own: say one")
    else:
        raise InputError(f"setup '{setup}': is one already: `leaf-rc setup duplicate` copies it")
    print(f"kept as {kept.name}: {kept.path}")


@app.command("export")
def setup_export(setup: Which, out: Annotated[Path, typer.Argument(metavar="OUT.toml")]) -> None:
    """Write a setup to a file."""
    if out.suffix != ".toml":
        raise InputError(f"{out}: setups are written as .toml")
    check_outputs(out)
    write_setup(out, chosen_setup(setup))
    print(f"written to {out}")


@app.command("duplicate")
def setup_duplicate(name: Name, new: NewName) -> None:
    """Copy a setup, shipped or yours, to one of yours."""
    print(f"kept as {duplicate(name, new).name}")


@app.command("rename")
def setup_rename(name: Name, new: NewName) -> None:
    """Give one of yours another name."""
    print(f"now {rename(name, new).name}")


@app.command("delete")
def setup_delete(name: Name) -> None:
    """Move one of yours to the trash; `leaf-rc setup undo` brings it back."""
    delete(name)
    print("deleted; `leaf-rc setup undo` brings it back")


@app.command("undo")
def setup_undo() -> None:
    """Bring back what was deleted or replaced last."""
    print(f"brought back as {restore().name}")


def _value_report(item: Item) -> dict[str, Any]:
    """A value of a setup as programs read it."""
    limits = {"choices": item.choices} if item.choices else {"least": item.low, "most": item.high}
    return {
        "name": item.name,
        "label": item.label,
        "group": item.group,
        "default": item.default,
        **limits,
        "note": item.note,
    }


def _print_values(setup: Setup) -> None:

    table = Table(box=None, pad_edge=False)
    for heading in ("value", "is", "from the default", "range"):
        table.add_column(heading, overflow="fold")
    for item in ITEMS:
        value: Any = item.of(setup)
        mark = "[bold]" if value != item.default else ""
        table.add_row(
            item.name,
            f"{mark}{item.text(value)}",
            item.difference(value) or "the same",
            item.bounds_text,
        )
    Console(highlight=False).print(table)
    if setup.split_map is not None:
        print(f"split_map: {setup.split_map}")
