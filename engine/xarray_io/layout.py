"""Datasets of xarray for rasters: dimensions, coordinates, attributes and encodings."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import xarray
from xarray.backends import BackendArray
from xarray.core import indexing

from ..errors import InputError, MissingDependency
from ..model.band_times import LABEL as BAND_LABEL
from ..model.data_types import Array
from ..model.grid import Level
from ..model.metadata import Band, RasterMetadata, Tags
from ..model.nodata import alpha_band, cast_nodata
from ..model.transform import Transform, level_transform, pixel_to_map
from .arrays import positions
from .times import BOUNDS, ENDS, LABEL, TIME, TimeLayout

#: Limit of columns and rows, whose coordinates take 8 bytes each; xarray needs all of them.
_MAX_COORDINATES = 1 << 23

#: Tags for which xarray would decode the pixels again, and which bands have as properties.
_DECODING = {
    "_FillValue",
    "missing_value",
    "scale_factor",
    "add_offset",
    "grid_mapping",
    "coordinates",
}

#: Labels that cannot be names of variables, because dimensions and coordinates have them.
_RESERVED = ("", TIME, BOUNDS, ENDS, LABEL, "band", "x", "y", "xc", "yc", "spatial_ref")
#: Dimensions before those of pixels, and the bands along them, counted from 0.
BandGroup = tuple[tuple[str, ...], Array]


def band_groups(
    metadata: RasterMetadata, times: TimeLayout | None, name: str | None
) -> dict[str, BandGroup]:
    """Return the bands of each variable: all in one of a name, or without a name in several."""
    if times is None or not times.has_dimension:
        bands = np.arange(metadata.count)
        if name is not None:
            return {name: (("band",), bands)}
        return {f"band_{band + 1}": ((), np.asarray(band)) for band in bands}
    if name is None:
        columns = zip(times.labels, times.bands.T)
        return {
            f"band_{label or number}" if label in _RESERVED else label: ((TIME,), bands)
            for number, (label, bands) in enumerate(columns, start=1)
        }
    if len(times.labels) == 1:
        return {name: ((TIME,), times.bands[:, 0])}
    return {name: ((TIME, "band"), times.bands)}


def band_coordinates(count: int, times: TimeLayout | None) -> dict[str, Any]:
    """Return the numbers of bands, and their labels."""
    found: dict[str, Any] = {"band": ("band", np.arange(1, count + 1))}
    if times is not None and any(times.labels):
        found[LABEL] = ("band", np.array(times.labels, object))
    return found


def describe_variable(
    metadata: RasterMetadata,
    bands: Array,
    dimensions: tuple[str, ...],
    *,
    masked: bool,
    scaled: bool,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return attributes and encoding of the variable of some bands, counted from 0.

    ``masked`` says whether invalid pixels are NaN, ``scaled`` whether scale and offset are applied.
    """
    described = [metadata.bands[band] for band in bands.flat]
    attributes: dict[str, Any] = tag_attributes(metadata.tags)
    if len(described) == 1:
        attributes.update(tag_attributes(described[0].tags))
    elif dimensions == (TIME,):
        attributes.update(_common_tags(described))
    decoding: dict[str, Any] = {}
    for key, plural, values in (
        ("scale_factor", "scales", tuple(band.scale for band in described)),
        ("add_offset", "offsets", tuple(band.offset for band in described)),
    ):
        same = len(set(values)) == 1
        decoding[key if same else plural] = values[0] if same else values
    fill = _fill_value(metadata, described)
    for key, texts in (
        ("long_name", tuple(band.description or "" for band in described)),
        ("units", tuple(band.unit or "" for band in described)),
    ):
        if TIME in dimensions and len(set(texts)) > 1:
            texts = _of_labels(texts, bands)
        if any(texts):
            attributes[key] = texts[0] if len(set(texts)) == 1 else texts
    encoding: dict[str, Any] = {"grid_mapping": "spatial_ref", "rasterio_dtype": metadata.dtype}
    (encoding if scaled else attributes).update(decoding)
    if fill is not None:
        (encoding if masked else attributes)["_FillValue"] = fill
    if masked and (fill is not None or _all_are_valid(metadata)):
        encoding["dtype"] = metadata.dtype  # else NaN could not be written in that type
    return attributes, encoding


def _of_labels(texts: tuple[str, ...], bands: Array) -> tuple[str, ...]:
    """Return the text of the bands of each label, empty where it differs between their times."""
    columns = np.array(texts, object).reshape(bands.shape[0], -1).T
    return tuple(column[0] if len({*column}) == 1 else "" for column in columns)


def _fill_value(metadata: RasterMetadata, bands: list[Band]) -> Any:
    """Return nodata in the data type of the raster, if it is the same for all bands."""
    first = bands[0].nodata
    if first is None or any(repr(band.nodata) != repr(first) for band in bands):
        return None
    return cast_nodata(np.dtype(metadata.dtype), first)


def _all_are_valid(metadata: RasterMetadata) -> bool:
    has_nodata = any(band.nodata is not None for band in metadata.bands)
    return not (metadata.has_mask or has_nodata or alpha_band(metadata) is not None)


def tag_attributes(domains: Tags) -> dict[str, str]:
    """Return the tags of the default domain."""
    return {key: text for key, text in domains.get("", {}).items() if key not in _DECODING}


def _common_tags(bands: list[Band]) -> dict[str, str]:
    """Return the tags that say the same of all bands, but for their label."""
    first, *others = (tag_attributes(band.tags) for band in bands)
    return {
        key: text
        for key, text in first.items()
        if key != BAND_LABEL and all(each.get(key) == text for each in others)
    }


def grid_coordinates(
    metadata: RasterMetadata, size: Level, name: str, wanted: bool = True
) -> dict[str, Any]:
    """Return the coordinates of pixel centers of a level, if wanted, and the grid mapping."""
    transform = level_transform(metadata.transform, size.number)
    found: dict[str, Any] = {"spatial_ref": _spatial_ref(metadata, transform)}
    if not wanted or metadata.gcps:
        return found
    a, b, c, d, e, f = transform
    if b == d == 0:
        if size.width + size.height > _MAX_COORDINATES:
            raise InputError(
                "xarray.coordinates",
                name,
                width=size.width,
                height=size.height,
                level=size.number,
            )
        columns, rows = np.arange(size.width) + 0.5, np.arange(size.height) + 0.5
        found["x"] = ("x", a * columns + c)
        found["y"] = ("y", e * rows + f)
    else:  # each pixel has its own, so they are lazy
        for name, axis in (("xc", 0), ("yc", 1)):
            centers = indexing.LazilyIndexedArray(
                _Centers(transform, axis, size.height, size.width)
            )
            found[name] = xarray.Variable(("y", "x"), centers)
    return found


class _Centers(BackendArray):
    """One map coordinate of all pixel centers of a rotated raster."""

    def __init__(self, transform: Transform, axis: int, height: int, width: int):
        self._transform, self._axis = transform, axis
        self.shape, self.dtype = (height, width), np.dtype("f8")

    def __getitem__(self, key: indexing.ExplicitIndexer) -> Any:
        return indexing.explicit_indexing_adapter(
            key, self.shape, indexing.IndexingSupport.BASIC, self._compute
        )

    def _compute(self, key: tuple[int | slice, int | slice]) -> Array:
        rows, columns = (positions(k, size) + 0.5 for k, size in zip(key, self.shape))
        if np.ndim(rows) and np.ndim(columns):
            rows = rows[:, None]
        return pixel_to_map(self._transform, columns, rows)[self._axis]


def _spatial_ref(metadata: RasterMetadata, transform: Transform) -> xarray.Variable:
    """Return the grid mapping: CRS and transform as CF, GDAL and rioxarray expect them."""
    a, b, c, d, e, f = transform
    attributes = {"GeoTransform": " ".join(map(str, (c, a, b, f, d, e)))}
    crs = metadata.crs or (metadata.gcps_crs if metadata.gcps else None)
    if crs:
        attributes["crs_wkt"] = attributes["spatial_ref"] = _wkt(crs)
    if metadata.gcps:
        points = [
            {
                "type": "Feature",
                "properties": {"id": p.id, "info": p.info, "row": p.row, "col": p.col},
                "geometry": {"type": "Point", "coordinates": [p.x, p.y, p.z]},
            }
            for p in metadata.gcps
        ]
        attributes["gcps"] = json.dumps({"type": "FeatureCollection", "features": points})
    return xarray.Variable((), 0, attributes)


def _wkt(crs: str) -> str:
    """Return a CRS as WKT, or unchanged without rasterio, which readers accept too."""
    from ..rasterio_io.crs import crs_to_wkt

    try:
        return crs_to_wkt(crs)
    except MissingDependency:
        return crs
