"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Optional

import typer

from ..options import COMPRESSION_LEVELS
from ..parallel.dask import dask_executor
from ..parallel.processes import ProcessExecutor
from ..storage.cache import Cache

FLAC_FILE = typer.Argument(..., metavar="FILE", help="A FLAC raster: a file or a URL.")
GEOTIFF = typer.Option(..., "--output", "-o", metavar="OUTPUT.tif", help="The GeoTIFF to write.")
OVERWRITE = typer.Option(False, "--overwrite", "-f", help="Overwrite OUTPUT if it exists.")
WORKERS = typer.Option(
    None, metavar="N", min=1, help="Number of threads. Default: one per processor."
)


def _compression_level(help_text: str) -> Any:
    lowest, highest = COMPRESSION_LEVELS[0], COMPRESSION_LEVELS[-1]
    return typer.Option(
        None,
        "--compression-level",
        "-c",
        metavar="LEVEL",
        min=lowest,
        max=highest,
        help=help_text.format(lowest, highest),
    )


COMPRESSION_LEVEL = _compression_level(
    "Compression level of libFLAC, {} to {}. It hardly changes the size; --effort does. Default: "
    "depends on the coding of each tile."
)
STREAMING_COMPRESSION_LEVEL = _compression_level("{} to {} (default).")
JSON = typer.Option(False, "--json", help="Print the result as JSON.")
CACHE = typer.Option(
    None,
    metavar="FOLDER",
    envvar="FLAC_RASTER_CACHE",
    help="Cache downloaded tiles in this folder.",
)


def _megabytes(text: str | int) -> int:
    """Return a size in MB, from the command line or from the environment."""
    if not re.fullmatch("0*[1-9][0-9]{0,8}", str(text)):
        raise typer.BadParameter(f"it is {text!r}, expected a whole number of megabytes from 1 on.")
    return int(text)


CACHE_SIZE = typer.Option(
    1000,
    metavar="MB",
    parser=_megabytes,
    envvar="FLAC_RASTER_CACHE_SIZE",
    help="Maximum size of the cache.",
)


@contextmanager
def opened_cache(folder: Optional[Path], megabytes: int) -> Iterator[Optional[Cache]]:
    """Yield the cache that the options name, closed at the end."""
    if folder is None:
        yield None
        return
    # not at the top: diskcache need not be installed for anything else
    from ..storage.disk_cache import DiskCache

    with closing(DiskCache(folder, megabytes * 1_000_000)) as cache:
        yield cache


def chosen_workers(
    workers: Optional[int], processes: Optional[int], dask: Optional[str]
) -> AbstractContextManager[dict[str, Any]]:
    """Return a context that yields the engine's arguments ``workers`` and ``executor``."""
    if sum(option is not None for option in (workers, processes, dask)) > 1:
        raise typer.BadParameter("Give only one of --workers, --processes and --dask.")
    return _workers(workers, processes, dask)


@contextmanager
def _workers(
    workers: Optional[int], processes: Optional[int], dask: Optional[str]
) -> Iterator[dict[str, Any]]:
    if processes is not None:
        with ProcessExecutor(processes) as executor:
            yield {"executor": executor, "workers": processes}
    elif dask is not None:
        with dask_executor(dask) as (executor, count):
            yield {"executor": executor, "workers": count}
    else:
        yield {"executor": None, "workers": workers}
