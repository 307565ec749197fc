"""Write a part of a FLAC raster as GeoTIFF, fetching only the tiles that it touches."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ..errors import InputError
from ..job import NO_JOB, Job, Progress, ignore
from ..model.grid import Window
from ..model.metadata import RasterMetadata
from ..model.raster import Block
from ..reading.flac_raster import FlacRaster
from ..storage.cache import Cache
from ..storage.output import PathLike, check_output, file_size, local_output
from .area import Area, Selection, select
from .damaged_tiles import MaskNeeded, Skipping
from .geotiff import GEOTIFF_SUFFIXES, write_geotiff
from .opening import RasterName, once_more_if_changed, open_flac, suffix_of, text_of
from .passes import Passes, plan_passes
from .query import Query, queried
from .subset import part_metadata
from .verify import CheckedTile


@dataclass(frozen=True)
class ExtractResult:
    """What an extraction did.

    Parameters
    ----------
    query : Query
        What was read: tiles, requests, bytes.
    output : str
    output_bytes : int
    seconds : float
    warnings : tuple of str
        What of the area lies outside the raster, and what the output goes without, one sentence
        each.
    damaged : tuple of CheckedTile
        Tiles that were skipped, where that was asked for.
    downloaded_bytes : int
        Downloaded since the file was opened, opening it included; 0 of a local file.
    """

    query: Query
    output: str
    output_bytes: int
    seconds: float
    warnings: tuple[str, ...] = ()
    damaged: tuple[CheckedTile, ...] = ()
    downloaded_bytes: int = 0

    @property
    def saved(self) -> float:
        """Part of the file that was not needed."""
        return 1 - self.query.share

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            **self.query.totals(),
            "saved": self.saved,
            "downloaded_bytes": self.downloaded_bytes,
            "output": self.output,
            "output_bytes": self.output_bytes,
            "seconds": self.seconds,
            "warnings": list(self.warnings),
            "damaged": [tile.to_dict() for tile in self.damaged],
        }


@once_more_if_changed
def extract(
    source: RasterName,
    output: PathLike,
    area: Area = Area(),  # noqa: B008 (frozen)
    *,
    level: int | None = None,
    resolution: float | None = None,
    bands: Sequence[int] | None = None,
    whole_tiles: bool = False,
    skip_damaged: bool = False,
    cog: bool = False,
    overwrite: bool = False,
    workers: int | None = None,
    cache: Cache | None = None,
    fetched: Progress = ignore,
    job: Job = NO_JOB,
) -> ExtractResult:
    """Write a part of a FLAC raster as GeoTIFF, with all its metadata.

    The output lies where the area does: longitudes may be full turns away from the raster's, and it
    is one raster also where it goes on from one end of a global raster at the other.

    Parameters
    ----------
    source : path, URL or FlacRaster
    output : path
        ``.tif`` or ``.tiff``.
    area : Area
        Default all of the raster.
    level, resolution, whole_tiles : optional
        See `flac_raster_qgis.engine.operations.area.select`.
    bands : sequence of int, optional
        Band numbers from 1, in the order of the output; default all.
    skip_damaged : bool
        Go on where tiles are damaged, and say which. Their pixels are nodata in bands that have
        such a value. Where a band has none, or the raster has a mask, the output has a mask, and
        they are masked in all bands.
    cog : bool
        Write a Cloud Optimized GeoTIFF.
    overwrite : bool
        Replace an existing output.
    workers : int, optional
        Tiles decoded at once; default one per processor, or as the FlacRaster has it.
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    fetched : callable, optional
        Told bytes read, as ``fetched(done, total)``.
    job : Job, optional
        Its progress counts pixels written.

    Raises
    ------
    FlacRasterError
        Whatever goes wrong; an existing output is then as it was.
    """
    path = local_output(output)
    if path.suffix.lower() not in GEOTIFF_SUFFIXES:
        raise InputError(f"{path} has {suffix_of(path)}, expected .tif for a GeoTIFF.")
    started = time.monotonic()
    with open_flac(source, workers=workers, cache=cache, job=job) as raster:
        check_output(path, overwrite=overwrite, inputs=(text_of(source),))
        selection = select(
            raster, area, level=level, resolution=resolution, whole_tiles=whole_tiles
        )
        passes = plan_passes(raster, selection, bands)
        query = queried(raster, selection, bands)
        metadata, warnings = part_metadata(raster.metadata, selection, bands)
        warnings = query.warnings + warnings
        skipping = Skipping(raster, bands) if skip_damaged else None

        def write(described: RasterMetadata) -> tuple[str, ...]:
            return write_geotiff(
                path,
                described,
                _blocks(
                    raster,
                    selection,
                    bands,
                    passes,
                    described.mask,
                    skipping,
                    fetched,
                    job,
                ),
                operation="The extraction",
                threads=raster.workers,
                cog=cog,
                overviews="auto" if cog else "none",
                job=job,
            )

        try:
            warnings += write(metadata)
        except MaskNeeded:
            warnings += write(replace(metadata, mask=True))
        warnings += raster.warnings
        if skipping is not None:
            warnings += tuple(skipping.sentences(len(query.tiles), path))
        downloaded = raster.source.downloaded
    return ExtractResult(
        query=query,
        output=os.fspath(path),
        output_bytes=file_size(path),
        seconds=time.monotonic() - started,
        warnings=warnings,
        damaged=() if skipping is None else skipping.damaged,
        downloaded_bytes=downloaded,
    )


def _add_to(fetched: Progress, before: int, total: int, done: int, of: int) -> None:
    """Count the bytes of one pass on top of those of the passes before it."""
    fetched(min(before + done, total), total)


def _blocks(
    raster: FlacRaster,
    selection: Selection,
    bands: Sequence[int] | None,
    passes: Passes,
    with_mask: bool,
    skipping: Skipping | None,
    fetched: Progress,
    job: Job,
) -> Generator[tuple[Window, Block], None, None]:
    """Read as planned, and count pixels from the corner of the area.

    Raises
    ------
    MaskNeeded
    """
    reference = raster.reference()
    done, total = 0, sum(plan.request_bytes for plan in passes.plans_with_requests())
    for plan in passes:
        squares = raster.iter_blocks(
            plan,
            bands,
            on_damaged=None if skipping is None else skipping.note,
            job=job.reporting_to(partial(_add_to, fetched, done, total)),
        )
        with closing(squares):
            found = squares if skipping is None else skipping.masked(squares, with_mask)
            for window, block in found:
                yield from selection.placed(window, block)
        done += plan.request_bytes
        fetched(done, total)
    if reference is not None:
        reference.check_unchanged()
