"""The list of the commands of ``flac-raster``, and the handling of their errors."""

from __future__ import annotations

import os
import sys
from typing import Any, Callable, NoReturn, Optional

import typer
from typer.core import TyperCommand

from .. import FlacRasterError, __version__
from ..errors import Cancelled
from . import (
    compare,
    console,
    convert,
    extract,
    index,
    info,
    legacy_commands,
    query,
    sample,
    serve,
    signals,
    verify,
)

app = typer.Typer(
    name="flac-raster",
    help="Geospatial rasters as lossless FLAC.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
#: In the order in which one meets them, with the line that the list of commands has for each: of
#: the texts of their own it would cut all but the first words.
_COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "convert": (convert.command, "Convert any raster to FLAC or back, without any loss."),
    "info": (info.command, "Describe a raster without reading its pixels."),
    "query": (query.command, "List the tiles that an area needs, without downloading."),
    "extract": (extract.command, "Write an area of a FLAC raster as GeoTIFF."),
    "sample": (sample.command, "Print the values of all bands at points."),
    "index": (index.command, "Make one collection of many FLAC rasters."),
    "compare": (compare.command, "Compare two rasters: every bit and all metadata."),
    "verify": (verify.command, "Decode every tile and check its MD5."),
    "serve": (serve.command, "Serve FLAC rasters as GeoTIFF to local programs."),
    **legacy_commands.COMMANDS,
}
#: Old names of options, which scripts use.
_RENAMED = {
    "--compression": "--compression-level",
    "--each-tile": "--all-tiles",
    "--force": "--overwrite",
    "--no-skip": "--no-skip-identical",
    "--overviews": "--overview-resampling",
    "--skip": "--skip-identical",
    "--tile-id": "--tile",
}


class _Command(TyperCommand):
    """A command that accepts old names of its options, without listing them in its help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Replace old names, then parse."""
        parts = [arg.partition("=") for arg in args]
        return super().parse_args(
            ctx, [_RENAMED.get(name, name) + equals + value for name, equals, value in parts]
        )


#: Commands whose arguments may begin with a minus, as coordinates do; they reject unknown options.
_OF_NUMBERS = ("sample",)

for _name, (_command, _line) in _COMMANDS.items():
    app.command(
        _name,
        cls=_Command,
        short_help=_line,
        rich_help_panel=None,
        context_settings={"ignore_unknown_options": _name in _OF_NUMBERS},
    )(_command)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"flac-raster-qgis {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: Optional[bool] = typer.Option(
        None, "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)  # versions of Typer differ in this, where they are left to do it


def run() -> NoReturn:
    """Run the command that the arguments of this process name."""
    for stream in (sys.stdout, sys.stderr):
        # whatever their encoding, show something
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # Python's own
    try:
        status = _run_command()
    except (signals.Interrupted, Cancelled):
        console.fail(signals.INTERRUPTED)
        sys.exit(signals.STATUS)
    except FlacRasterError as error:
        console.fail(error)
        sys.exit(2)
    except OSError as error:  # of standard output: all others are errors of the engine by now
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        console.fail(f"Standard output cannot be written: {error.strerror}.")
        sys.exit(2)
    sys.exit(status)


def _run_command() -> str | int | None:
    """Run the command and have its output out, so that a failure of that is noticed too."""
    try:
        app()
    except SystemExit as done:
        status = done.code
    else:
        status = 0
    sys.stdout.flush()
    return status
