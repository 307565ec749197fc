"""The options of all commands that read from a URL: where to keep what was fetched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Optional

import typer

CACHE = typer.Option(
    None,
    metavar="FOLDER",
    envvar="FLAC_RASTER_CACHE",
    help="Cache downloaded tiles in this folder.",
)
CACHE_SIZE = typer.Option(
    1000,
    metavar="MB",
    min=1,
    envvar="FLAC_RASTER_CACHE_SIZE",
    help="Maximum size of the cache.",
)


@contextmanager
def kept(folder: Optional[Path], megabytes: int) -> Iterator[dict[str, Any]]:
    """Yield the engine's argument ``cache``."""
    if folder is None:
        yield {"cache": None}
        return
    # not at the top: diskcache need not be installed for anything else
    from ..storage.disk_cache import DiskCache

    with closing(DiskCache(folder, megabytes * 1_000_000)) as cache:
        yield {"cache": cache}
