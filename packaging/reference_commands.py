"""Write the reference in docs/command-line.md, from what the commands say of themselves.

It is taken from the signatures, not from Typer's help, whose look differs between versions.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import typer.models
from flac_raster_qgis.engine.cli.commands import app
from generated import DOCS, in_cell, update

PAGE = DOCS / "command-line.md"


def reference() -> str:
    """Return the commands with their arguments and options, as Markdown."""
    return "\n\n".join(
        part for info in app.registered_commands for part in _command(info.name, info.callback)
    )


def _command(name: str, callback: Any) -> Iterator[str]:
    parameters = [
        (parameter.name, parameter.default)
        for parameter in inspect.signature(callback).parameters.values()
    ]
    arguments = [p for p in parameters if isinstance(p[1], typer.models.ArgumentInfo)]
    options = [p for p in parameters if isinstance(p[1], typer.models.OptionInfo)]
    required = [
        f"{_flags(key, option)[0]} {option.metavar}"
        for key, option in options
        if option.default is ...
    ]
    usage = [info.metavar for _, info in arguments] + required
    yield f"### {name}"
    yield f"`flac-raster {name} {' '.join(usage)} [OPTIONS]`"
    yield inspect.cleandoc(callback.__doc__)
    rows = ["| argument or option | means |", "|---|---|"]
    rows += [f"| `{info.metavar}` | {in_cell(info.help)} |" for _, info in arguments]
    rows += [_row(key, option) for key, option in options]
    yield "\n".join(rows)


def _flags(key: str, option: typer.models.OptionInfo) -> list[str]:
    """Return the long name first; Typer makes one of the parameter's where none is given."""
    flags = list(option.param_decls or (f"--{key.replace('_', '-')}",))
    return sorted(flags, key=lambda flag: not flag.startswith("--"))


def _row(key: str, option: typer.models.OptionInfo) -> str:
    flags = [flag for flags in _flags(key, option) for flag in flags.split("/")]
    flags[0] += f" {option.metavar}" if option.metavar else ""
    notes = []
    if isinstance(option.default, (int, str)) and not isinstance(option.default, bool):
        notes.append(f"Default: `{option.default}`.")
    if option.envvar:
        notes.append(f"In the environment: `{option.envvar}`.")
    names = ", ".join(f"`{flag}`" for flag in flags).replace("|", "\\|")
    return f"| {names} | {' '.join([in_cell(option.help), *notes])} |"


if __name__ == "__main__":
    update(PAGE, reference())
