"""List and show setups, and turn them into files and codes and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from game.cli.options import AsJson, CarName, check_outputs, chosen_setup, json_text
from game.errors import InputError
from game.setups.items import Item, items_of, phase_items_of
from game.setups.presets import (
    delete,
    duplicate,
    presets,
    rename,
    restore,
    save,
    save_from_file,
)
from game.setups.setup_file import write_setup
from game.setups.share_code import code_of, is_code
from game.vehicle.setup import Setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, load_car

app = typer.Typer(help="Setups: list, show, share, save and delete them.")

Which = Annotated[str, typer.Argument(metavar="S", help="Name, path or code of a setup.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of a setup.")]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")]


@app.command("list")
def setup_list(car: CarName = DEFAULT_CAR, json: AsJson = False) -> None:
    """List the setups for a car: those that ship and those you have saved."""
    known = presets(load_car(car))
    if json:
        print(
            json_text(
                {
                    "setups": [
                        {"name": one.name, "shipped": one.shipped, "about": one.about}
                        | ({"error": one.error} if one.error else {})
                        for one in known
                    ]
                }
            )
        )
        return
    for one in known:
        whose = "shipped" if one.shipped else "yours"
        print(f"{one.name} ({whose})" + (f": {text}" if (text := one.error or one.about) else ""))


@app.command("show")
def setup_show(setup: Which, car: CarName = DEFAULT_CAR, json: AsJson = False) -> None:
    """Print a setup's values and how they differ from the default."""
    spec = load_car(car)
    shown = chosen_setup(setup, spec)
    code = code_of(shown, spec.id)
    if json:
        print(json_text({"car": spec.id, "setup": msgspec.to_builtins(shown), "code": code}))
        return
    _print_values(shown, spec)
    print(f"code: {code}")


@app.command("values")
def setup_values(car: CarName = DEFAULT_CAR, json: AsJson = False) -> None:
    """Explain every value of a setup: its name in files and after --vary, and its range."""
    spec = load_car(car)
    items = (*items_of(spec), *phase_items_of(spec))
    if json:
        print(json_text({"values": [_value_report(item) for item in items]}))
        return
    console = Console(highlight=False)
    for item in items:
        console.print(f"[bold]{item.name}[/bold]: {item.bounds_text}")
        text = f"{item.label}, {item.default_text} unless set. {item.note}"
        console.print(Padding(text, (0, 0, 0, 4)))


@app.command("code")
def setup_code(setup: Which, car: CarName = DEFAULT_CAR) -> None:
    """Print a setup as a short text that others can give to --setup or paste into the game."""
    spec = load_car(car)
    print(code_of(chosen_setup(setup, spec), spec.id))


@app.command("import")
def setup_import(
    setup: Which,
    car: CarName = DEFAULT_CAR,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Name to save it under.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Move your setup of that name to the trash.")
    ] = False,
) -> None:
    """Save the setup of a file or a code as one of yours."""
    spec = load_car(car)
    if setup.endswith(".toml"):
        kept = save_from_file(Path(setup), spec, name, replace=replace)
    elif name is not None:
        kept = save(name, chosen_setup(setup, spec), spec, replace=replace)
    elif is_code(setup):
        raise InputError("--name: a code has no name of its own: say one")
    else:
        chosen_setup(setup, spec)
        raise InputError(f"setup '{setup}': is one already: `leaf-rc setup duplicate` copies it")
    print(f"kept as {kept.name}: {kept.path}")


@app.command("export")
def setup_export(
    setup: Which,
    out: Annotated[Path, typer.Argument(metavar="OUT.toml")],
    car: CarName = DEFAULT_CAR,
) -> None:
    """Write a setup to a file."""
    if out.suffix != ".toml":
        raise InputError(f"{out}: setups are written as .toml")
    check_outputs(out)
    spec = load_car(car)
    write_setup(out, chosen_setup(setup, spec), spec.id)
    print(f"written to {out}")


@app.command("duplicate")
def setup_duplicate(name: Name, new: NewName, car: CarName = DEFAULT_CAR) -> None:
    """Copy a setup, shipped or yours, to one of yours."""
    print(f"kept as {duplicate(name, new, load_car(car)).name}")


@app.command("rename")
def setup_rename(name: Name, new: NewName) -> None:
    """Give one of yours another name."""
    print(f"now {rename(name, new)}")


@app.command("delete")
def setup_delete(name: Name) -> None:
    """Move one of yours to the trash; `leaf-rc setup undo` brings it back."""
    delete(name)
    print("deleted; `leaf-rc setup undo` brings it back")


@app.command("undo")
def setup_undo() -> None:
    """Restore the setup that was deleted or replaced last."""
    print(f"brought back as {restore()}")


def _value_report(item: Item) -> dict[str, Any]:
    """Return a value of a setup as programs read it."""
    limits = {"choices": item.choices} if item.choices else {"min": item.low, "max": item.high}
    return {
        "name": item.name,
        "label": item.label,
        "group": item.group,
        "default": item.default,
        **limits,
        "note": item.note,
    }


def _print_values(setup: Setup, spec: CarSpec) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("value", "is", "from the default", "range"):
        table.add_column(heading, overflow="fold")
    for item in items_of(spec):
        value: Any = item.value_in(setup)
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
