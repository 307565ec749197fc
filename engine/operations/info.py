"""Describe a raster without reading its pixels."""

from __future__ import annotations

import os
import warnings
from dataclasses import asdict, fields
from typing import Any

from ..errors import NotFlacRaster, UnsupportedVersion
from ..format.strict_json import parse_json
from ..job import NO_JOB, Job
from ..model.metadata import RasterMetadata, number_to_json, uncompressed_size
from ..reading.flac_raster import FlacRaster
from ..storage.cache import Cache
from .names import is_gdal_name
from .opening import (
    RasterName,
    display_name,
    file_bytes,
    is_flac_name,
    open_flac,
    open_raster,
    retry_on_change,
)
from .times import describe_times


@retry_on_change
def info(
    source: RasterName,
    /,
    *,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> dict[str, Any]:
    """Describe a raster of any format without reading its pixels.

    Parameters
    ----------
    source : path, URL or FlacRaster
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    job : Job, optional

    Returns
    -------
    dict
        Plain values, ready for strict JSON. Of a FLAC raster, whatever its name, also
        ``format_version``, tiles, levels and more. Its ``recovery`` is None for files of this
        project; for those of flac-raster it says whether all pixels can be recovered exactly
        (``exact``, None if only decoding them shows that: see `verify`) and what else the file has
        lost.

    Raises
    ------
    FlacRasterError
    """
    name = display_name(source)
    if not isinstance(source, FlacRaster) and (is_gdal_name(name) or os.path.isdir(name)):
        return gdal_info(source, job=job)
    try:
        with open_flac(source, cache=cache, job=job, allow_missing_pixels=True) as raster:
            return _flac_info(raster)
    except NotFlacRaster as error:
        if is_flac_name(source) or isinstance(error, UnsupportedVersion):
            raise
        return gdal_info(source, job=job)


def describe(source: RasterName, /, **options: Any) -> dict[str, Any]:
    """Call `info`, the new name of this function."""
    warnings.warn("describe is now named info", DeprecationWarning, stacklevel=2)
    return info(source, **options)


def gdal_info(source: RasterName, *, job: Job = NO_JOB) -> dict[str, Any]:
    """Describe a raster that GDAL opens: its metadata and its size."""
    with open_raster(source, job=job) as raster:
        return {
            **describe_metadata(raster.metadata),
            **describe_times(raster.metadata, raster.name),
            "name": raster.name,
            "warnings": list(raster.warnings),
            "subdatasets": list(getattr(raster, "subdatasets", ())),
            "file_bytes": file_bytes(source),
            "uncompressed_bytes": uncompressed_size(raster.metadata),
        }


def _flac_info(raster: FlacRaster) -> dict[str, Any]:
    statistics, recovery = raster.head.statistics, raster.head.recovery
    return {
        **_metadata_with_min_max(raster),
        **describe_times(raster.metadata, raster.name),
        "name": raster.name,
        "format_version": raster.head.version,
        "recovery": None if recovery is None else recovery.to_dict(),
        "file_bytes": raster.source.size,
        "uncompressed_bytes": uncompressed_size(raster.metadata),
        "size_ratio": raster.source.size / uncompressed_size(raster.metadata),
        "data_min": number_to_json(raster.head.data_min),
        "data_max": number_to_json(raster.head.data_max),
        "statistics_level": statistics and statistics.level,
        "tile_size": raster.grid.tile_size,
        "tile_width": raster.levels[0].tile_window(0, 0).width,
        "tile_height": raster.levels[0].tile_window(0, 0).height,
        "tile_bands": raster.grid.tile_bands,
        "tiles": raster.grid.tile_count,
        "empty_tiles": raster.head.index.empty_count,
        "codings": codings(raster),
        "levels": _levels(raster),
        "audio": {
            "sample_rate": raster.head.stream_info.sample_rate,
            "bits_per_sample": raster.head.stream_info.bits_per_sample,
        },
        "tags_shown_by_taggers": {
            key: value
            for key, value in raster.head.tags.items()
            if not key.startswith("GEOSPATIAL_")
        },
    }


def describe_metadata(metadata: RasterMetadata) -> dict[str, Any]:
    """Return metadata as plain values for JSON."""
    bands = []
    for band in metadata.bands:
        entry = dict(vars(band))  # asdict takes a microsecond for each number of a color
        entry["nodata"] = number_to_json(band.nodata)
        entry["scale"], entry["offset"] = number_to_json(band.scale), number_to_json(band.offset)
        if band.colormap is not None:
            entry["colormap"] = {str(k): list(v) for k, v in band.colormap.items()}
        if band.attribute_table is not None:
            entry["attribute_table"] = asdict(band.attribute_table)
        entry["histograms"] = tuple(map(asdict, band.histograms))
        bands.append(entry)
    values = {field.name: getattr(metadata, field.name) for field in fields(metadata)}
    return {
        **values,
        "count": metadata.count,
        "transform": list(metadata.transform),
        "bounds": list(metadata.bounds),
        "bands": bands,
        "gcps": [dict(vars(point)) for point in metadata.gcps],
    }


def _metadata_with_min_max(raster: FlacRaster) -> dict[str, Any]:
    """Describe the metadata, and of each band its smallest and largest valid pixel."""
    found = describe_metadata(raster.metadata)
    for number, band in enumerate(found["bands"], start=1):
        low, high = raster.min_max(number) or (None, None)
        band["minimum"], band["maximum"] = number_to_json(low), number_to_json(high)
    return found


def _levels(raster: FlacRaster) -> list[dict[str, Any]]:
    return [
        {
            "level": level.number,
            "width": level.width,
            "height": level.height,
            "rows": level.tile_rows,
            "columns": level.tile_columns,
            "tiles": level.tile_count,
            "bytes": raster.head.index.level_bytes(level.number),
        }
        for level in raster.levels
    ]


def codings(raster: FlacRaster) -> dict[str, dict[str, int]]:
    """Tiles and bytes of each coding, as the writer noted them; empty where it did not."""
    try:
        noted = parse_json(raster.head.tags.get("GEOSPATIAL_CODINGS", "{}"))
        return {
            name: {"tiles": _count(tiles), "bytes": _count(size)}
            for name, (tiles, size) in noted.items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise ValueError(f"{value!r} is not a count")
    return value
