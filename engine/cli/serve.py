"""``flac-raster serve``."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Optional

import typer

from .. import FlacRaster, FlacRasterError
from ..errors import InputError, NotFlacRaster
from ..operations.opening import local_name
from ..storage.cache import Cache
from ..storage.file_urls import local_path
from ..storage.urls import has_flac_suffix
from ..storage.virtual_addresses import GDAL_PREFIX, address
from ..virtual_tiff import LoopbackServer, ServedRasters, VirtualTiff, listen
from . import console, shared_options

#: Seconds between looks at signals, which Windows does not hand to a thread that waits.
_WAIT = 0.5


def command(
    names: list[str] = typer.Argument(
        ..., metavar="FILE|URL|FOLDER...", help="FLAC rasters, or folders of them."
    ),
    port: int = typer.Option(
        0, metavar="PORT", min=0, max=65535, help="Port of the server. Default: one that is free."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print names and addresses as JSON."),
    cache: Optional[Path] = shared_options.CACHE,
    cache_size: int = shared_options.CACHE_SIZE,
) -> None:
    """Serve FLAC rasters as GeoTIFF to other programs on this computer, until Ctrl-C.

    Prints an address for each: give it to gdal_translate, QGIS, R, GRASS or any other program that
    reads rasters through GDAL. Only programs on this computer that know an address can read it,
    and none can write.
    """
    with shared_options.opened_cache(cache, cache_size) as opened, console.interruptible() as stop:
        rasters = ServedRasters()
        try:
            listener = listen(port)
        except OSError as error:
            raise InputError("serve.port", found=port, reason=error.strerror) from error
        with LoopbackServer(rasters.find, lambda _, error: console.fail(error), listener) as server:
            addresses = []
            for name in _rasters_of(names, opened):
                token = rasters.add(partial(FlacRaster.open, name, cache=opened))
                url = address(server.server_port, token, local_name(name).stem)
                addresses.append((name, GDAL_PREFIX + url))
            if as_json:
                console.print_json([{"name": name, "address": text} for name, text in addresses])
            else:
                for _, text in addresses:
                    console.out.print(console.text(text), soft_wrap=True)
            sys.stdout.flush()
            many = console.count(len(addresses), "raster")
            console.err.print(f"Serving {many} to programs on this computer; Ctrl-C ends it.")
            threading.Thread(target=server.serve_forever, daemon=True).start()
            while not stop.wait(_WAIT):
                pass
            server.shutdown()


def _rasters_of(names: list[str], cache: Optional[Cache]) -> Iterator[str]:
    """Yield the rasters of all arguments; those of folders by name, other files there left out."""
    for name in names:
        path = Path(local_path(name))
        if path.is_dir():
            files = sorted(map(str, path.iterdir()))
            found = [file for file in files if has_flac_suffix(file) and _is_raster(file)]
            if not found:
                raise InputError("serve.no_rasters", name)
            yield from found
        else:
            # to say at once what is wrong with it, and so that the first reader need not wait
            with FlacRaster.open(name, cache=cache) as raster:
                VirtualTiff(raster)
            yield name


def _is_raster(name: str) -> bool:
    try:
        FlacRaster.open(name).close()
    except NotFlacRaster:  # music
        return False
    except FlacRasterError as error:
        console.warn(f"Not served: {error}")
        return False
    return True
