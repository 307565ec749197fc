"""Write an area of a FLAC raster as GeoTIFF or NetCDF, downloading only tiles that it touches."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from ..errors import InputError
from ..job import NO_JOB, Job, Progress, ignore
from ..model.band_times import with_found_times
from ..model.grid import Window
from ..model.metadata import RasterMetadata
from ..model.raster import MaskedPixels
from ..reading.flac_raster import FlacRaster
from ..storage.cache import Cache
from ..storage.output import PathLike, check_output, file_size, local_output
from .area import Area
from .damaged_tiles import DamageRecorder, MaskNeeded
from .geotiff import GEOTIFF_SUFFIXES, write_geotiff
from .netcdf import NETCDF_SUFFIX, write_netcdf
from .notes import unused_options
from .opening import RasterName, display_name, open_flac, retry_on_change, suffix_of
from .plan import AreaPlan, plan_area
from .subset import subset_metadata
from .times import with_dated_descriptions
from .verify import TileCheck


@dataclass(frozen=True)
class ExtractResult:
    """Result of an extraction.

    Parameters
    ----------
    plan : AreaPlan
        What was read: tiles, requests, bytes.
    output : str
    output_bytes : int
    seconds : float
    warnings : tuple of str
        What of the area lies outside the raster, and what the output could not keep, one sentence
        each.
    damaged_tiles : tuple of TileCheck
        Tiles that were skipped, if requested.
    downloaded_bytes : int
        Bytes downloaded since the file was opened, including to open it; 0 for a local file.
    """

    plan: AreaPlan
    output: str
    output_bytes: int
    seconds: float
    warnings: tuple[str, ...] = ()
    damaged_tiles: tuple[TileCheck, ...] = ()
    downloaded_bytes: int = 0

    @property
    def saved_fraction(self) -> float:
        """Fraction of the file that was not needed."""
        return 1 - self.plan.file_fraction

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            **self.plan.totals(),
            "saved_fraction": self.saved_fraction,
            "downloaded_bytes": self.downloaded_bytes,
            "output": self.output,
            "output_bytes": self.output_bytes,
            "seconds": self.seconds,
            "warnings": list(self.warnings),
            "damaged_tiles": [tile.to_dict() for tile in self.damaged_tiles],
        }


@retry_on_change
def extract(
    source: RasterName | AreaPlan,
    /,
    output: PathLike,
    area: Area | None = None,
    *,
    level: int | None = None,
    resolution: float | None = None,
    bands: Sequence[int] | None = None,
    time: str | None = None,
    whole_tiles: bool = False,
    skip_damaged: bool = False,
    cog: bool = False,
    overwrite: bool = False,
    workers: int | None = None,
    cache: Cache | None = None,
    fetched: Progress = ignore,
    job: Job = NO_JOB,
) -> ExtractResult:
    """Write an area of a FLAC raster as GeoTIFF with all its metadata, or as NetCDF.

    Descriptions of bands that have a time begin with it in GeoTIFF. NetCDF, which needs xarray and
    one of netCDF4, h5netcdf and scipy, has them as a dimension by the conventions of CF; all pixels
    are in memory at once.

    The output lies where the area does: longitudes may be full turns away from the raster's, and it
    is one raster even where it continues from one end of a global raster at the other.

    Parameters
    ----------
    source : path, URL, FlacRaster or AreaPlan
        A plan, such as `query` returns, is carried out as it is.
    output : path
        ``.tif`` or ``.tiff``, or ``.nc`` for NetCDF.
    area, level, resolution, bands, time : optional
        See `flac_raster_qgis.engine.operations.plan.plan_area`; part of a plan already.
    whole_tiles : bool
        Keep all pixels of the tiles that the area touches.
    skip_damaged : bool
        Continue if tiles are damaged, and report which. Their pixels are nodata in bands that have
        a nodata value. If a band has none, or the raster has a mask, the output has a mask, and
        they are masked in all bands.
    cog : bool
        Write a Cloud Optimized GeoTIFF.
    overwrite : bool
        Replace an existing output.
    workers : int, optional
        Tiles decoded at once; default one per processor, or that of the FlacRaster.
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    fetched : callable, optional
        Called with the number of bytes read, as ``fetched(done, total)``.
    job : Job, optional
        Its progress counts pixels written.

    Raises
    ------
    RemoteChanged, InputError
        If the source has changed since it was planned.
    FlacRasterError
        On any other failure; an existing output is left unchanged.
    """
    path = local_output(output)
    is_netcdf = path.suffix.lower() == NETCDF_SUFFIX
    if not is_netcdf and path.suffix.lower() not in GEOTIFF_SUFFIXES:
        raise InputError("output.extract_suffix", path, found=suffix_of(path))
    started = monotonic()
    if isinstance(source, AreaPlan):
        if any(each is not None for each in (area, level, resolution, bands, time)):
            raise InputError("area.plan_is_complete")
        source.check_complete()
        opened = source.open(workers=workers, cache=cache, job=job)
    else:
        opened = open_flac(source, workers=workers, cache=cache, job=job)
    with opened as raster:
        name = source.name if isinstance(source, AreaPlan) else display_name(source)
        check_output(path, overwrite=overwrite, inputs=(name,))
        if isinstance(source, AreaPlan):
            plan = source
        else:
            plan = plan_area(
                raster,
                area or Area(),
                level=level,
                resolution=resolution,
                bands=bands,
                time=time,
                source=source,
            )
        if whole_tiles:
            plan = plan.with_whole_tiles()
        recorder = DamageRecorder(raster, plan.tiles.bands) if skip_damaged else None
        warnings = plan.warnings + _write(
            raster, plan, path, recorder, cog=cog, fetched=fetched, job=job
        )
        warnings += raster.warnings
        if is_netcdf:
            warnings += unused_options(path, "netcdf", {"cog": cog})
        if recorder is not None:
            warnings += tuple(recorder.sentences(len(plan.tiles), path))
        downloaded = raster.source.downloaded
    return ExtractResult(
        plan=plan,
        output=os.fspath(path),
        output_bytes=file_size(path),
        seconds=monotonic() - started,
        warnings=warnings,
        damaged_tiles=() if recorder is None else recorder.damaged,
        downloaded_bytes=downloaded,
    )


def _write(
    raster: FlacRaster,
    plan: AreaPlan,
    path: Path,
    recorder: DamageRecorder | None,
    *,
    cog: bool,
    fetched: Progress,
    job: Job,
) -> tuple[str, ...]:
    """Write a plan's pixels, and return a sentence for each item that the output cannot keep."""

    is_netcdf = path.suffix.lower() == NETCDF_SUFFIX
    dated = with_found_times(plan.metadata, [])  # before bands are left out that show other times
    plan = replace(plan, metadata=dated if is_netcdf else with_dated_descriptions(dated))

    def write(metadata: RasterMetadata) -> tuple[str, ...]:
        blocks = _blocks(raster, plan, metadata.has_mask, recorder, fetched, job)
        if is_netcdf:
            return write_netcdf(path, metadata, blocks, operation="operation.extraction", job=job)
        return write_geotiff(
            path,
            metadata,
            blocks,
            operation="operation.extraction",
            threads=raster.workers,
            cog=cog,
            overview_resampling="auto" if cog else "none",
            job=job,
        )

    metadata, warnings = subset_metadata(plan)
    try:
        return warnings + write(metadata)
    except MaskNeeded:
        return warnings + write(replace(metadata, has_mask=True))


def _add_to(fetched: Progress, before: int, total: int, done: int, of: int) -> None:
    """Report the bytes of one pass on top of those of the passes before it."""
    fetched(min(before + done, total), total)


def _blocks(
    raster: FlacRaster,
    plan: AreaPlan,
    with_mask: bool,
    recorder: DamageRecorder | None,
    fetched: Progress,
    job: Job,
) -> Generator[tuple[Window, MaskedPixels], None, None]:
    """Yield the planned pixels, with their windows in the area; raises `MaskNeeded`."""
    reference, passes = raster.reference(), plan.passes(raster)
    done, total = 0, sum(each.request_bytes for each in passes.plans_with_requests())
    for each in passes:
        blocks = raster.iter_blocks(
            each,
            plan.tiles.bands,
            on_damaged=None if recorder is None else recorder.record,
            job=job.reporting_to(partial(_add_to, fetched, done, total)),
        )
        with closing(blocks):
            found = blocks if recorder is None else recorder.masked(blocks, with_mask)
            for window, block in found:
                yield from plan.placed(window, block)
        done += each.request_bytes
        fetched(done, total)
    if reference is not None:
        reference.check_unchanged()
