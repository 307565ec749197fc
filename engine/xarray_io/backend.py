"""FLAC rasters in xarray: ``xarray.open_dataset("x.flac", engine="flac_raster")``.

Opening a dataset reads only the file header; indexing it reads only the tiles that it touches.
Names, coordinates and attributes are those of rioxarray's ``engine="rasterio"``, so that ``.rio``
works.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

import numpy as np
import xarray
from xarray.backends import BackendArray, BackendEntrypoint, CachingFileManager
from xarray.core import indexing

from ..errors import InputError, MissingDependency
from ..model.arguments import checked_level
from ..model.band_times import LABEL as BAND_LABEL
from ..model.data_types import Array
from ..model.metadata import Band, RasterMetadata, Tags
from ..model.nodata import alpha_band, cast_nodata
from ..model.transform import Transform, level_transform, pixel_to_map
from ..reading.flac_raster import FlacRaster
from ..storage.file_urls import path_text
from ..storage.name_parts import scheme_of
from ..storage.urls import has_flac_suffix
from .arrays import Pixels, SharedRaster, positions
from .times import BOUNDS, ENDS, LABEL, TIME, TimeLayout, time_layout

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


class FlacRasterBackend(BackendEntrypoint):
    """Entry point for xarray, registered under the name ``flac_raster``."""

    description = "Open FLAC rasters, local or remote, without reading their pixels"
    url = "https://github.com/flac-raster/flac-raster-qgis"

    def open_dataset(  # type: ignore[override]  # `guess_can_open` lets only names through
        self,
        filename_or_obj: str | os.PathLike[str],
        *,
        drop_variables: str | Iterable[str] | None = None,
        mask_and_scale: bool = True,
        masked: bool = False,
        parse_coordinates: bool = True,
        band_as_variable: bool = False,
        default_name: str = "band_data",
        level: int = 0,
        decode_times: Any = True,
    ) -> xarray.Dataset:
        """Open a FLAC raster.

        Parameters
        ----------
        filename_or_obj : path or URL
        drop_variables : str or iterable of str, optional
            Variables to leave out.
        mask_and_scale : bool
            Whether invalid pixels become NaN, and scale and offset are applied; integers of up to
            16 bits become float32, longer ones float64. False returns the pixels bit for bit.
        masked : bool
            With ``mask_and_scale=False``: whether invalid pixels become NaN, unscaled.
        parse_coordinates : bool
            Whether to create coordinates of pixel centers.
        band_as_variable : bool
            Whether bands are variables ``band_1``, ``band_2``, … of dimensions (y, x) instead of
            one variable of dimensions (band, y, x); those of several times are named by their
            labels.
        default_name : str
            Name of that variable.
        level : int
            Pyramid level: 0 is full resolution, each further level has half of it.
        decode_times : bool
            Whether bands of several times become a dimension ``time``: variables have dimensions
            (time, y, x), or (time, band, y, x) with several bands a time. ``time_bnds`` are the
            intervals, where all times are some. Bands that are not complete keep their dimension,
            and have their times as a coordinate.

        Returns
        -------
        xarray.Dataset

        Raises
        ------
        InputError
            If the file or the level does not exist.
        NotFlacRaster, CorruptFile, RemoteError
        """
        masked = masked or mask_and_scale
        name = os.fspath(filename_or_obj)
        if scheme_of(name) is None:  # workers may have another current folder
            name = os.path.abspath(os.path.expanduser(name))
        # a mode, because xarray compares its default by identity, which pickles lose
        manager: Any = CachingFileManager(SharedRaster, name, mode="r")
        try:
            shared: SharedRaster = manager.acquire()
            raster = shared.raster
            checked_level(raster.levels, level, raster.name)
            metadata = raster.metadata
            times = time_layout(metadata) if decode_times is not False else None
            coordinates = _coordinates(raster, level, parse_coordinates)
            groups = _groups(metadata, times, None if band_as_variable else default_name)
            variables = {}
            for name, (dimensions, bands) in groups.items():
                array = Pixels(manager, shared, level, bands, masked, mask_and_scale)
                variables[name] = _variable(array, raster, bands, dimensions)
                if dimensions[-1:] == ("band",):
                    coordinates |= _band_coordinates(bands.shape[-1], times)
            if times is not None:
                used = {name for dimensions, _ in groups.values() for name in (*dimensions, ENDS)}
                coordinates |= {
                    key: value for key, value in times.coordinates.items() if used >= {*value.dims}
                }
            tags = _tags(metadata.tags) if band_as_variable else {}
            dataset = xarray.Dataset(variables, coordinates, tags)
        except BaseException:
            manager.close()
            raise
        dataset.set_close(manager.close)
        return dataset if drop_variables is None else dataset.drop_vars(drop_variables)

    def guess_can_open(self, filename_or_obj: Any) -> bool:
        """Return whether a name ends in ``.flac``, so that ``engine=`` is not needed."""
        return isinstance(filename_or_obj, (str, os.PathLike)) and has_flac_suffix(
            path_text(filename_or_obj)
        )


# ---------------------------------------------------------------- variables and coordinates

#: Labels that cannot be names of variables, because dimensions and coordinates have them.
_RESERVED = ("", TIME, BOUNDS, ENDS, LABEL, "band", "x", "y", "xc", "yc", "spatial_ref")
#: Dimensions before those of pixels, and the bands along them, counted from 0.
_Group = tuple[tuple[str, ...], Array]


def _groups(
    metadata: RasterMetadata, times: TimeLayout | None, name: str | None
) -> dict[str, _Group]:
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


def _band_coordinates(count: int, times: TimeLayout | None) -> dict[str, Any]:
    found: dict[str, Any] = {"band": ("band", np.arange(1, count + 1))}
    if times is not None and any(times.labels):
        found[LABEL] = ("band", np.array(times.labels, object))
    return found


def _variable(
    array: Pixels, raster: FlacRaster, bands: Array, dimensions: tuple[str, ...]
) -> xarray.Variable:
    """Return a lazy variable with attributes and encoding."""
    metadata, grid = raster.metadata, raster.grid
    described = [metadata.bands[band] for band in bands.flat]
    attributes: dict[str, Any] = _tags(metadata.tags)
    if len(described) == 1:
        attributes.update(_tags(described[0].tags))
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
    encoding["source"] = raster.name
    (encoding if array._scaled else attributes).update(decoding)
    if fill is not None:
        (encoding if array._masked else attributes)["_FillValue"] = fill
    if array._masked and (fill is not None or _all_are_valid(metadata)):
        encoding["dtype"] = metadata.dtype  # else NaN could not be written in that type
    # a tile has as many bands; those of a time are next to each other
    of_a_time = bands.shape[1] if bands.ndim == 2 else 1
    chunks = {"band": grid.tile_bands, TIME: max(1, grid.tile_bands // of_a_time)}
    dimensions = (*dimensions, "y", "x")
    encoding["preferred_chunks"] = {
        name: min(chunks.get(name, grid.tile_size), size)
        for name, size in zip(dimensions, array.shape)
    }
    data = indexing.LazilyIndexedArray(array)
    return xarray.Variable(dimensions, data, attributes, encoding)


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


def _tags(domains: Tags) -> dict[str, str]:
    """Return the tags of the default domain."""
    return {key: text for key, text in domains.get("", {}).items() if key not in _DECODING}


def _common_tags(bands: list[Band]) -> dict[str, str]:
    """Return the tags that say the same of all bands, but for their label."""
    first, *others = (_tags(band.tags) for band in bands)
    return {
        key: text
        for key, text in first.items()
        if key != BAND_LABEL and all(each.get(key) == text for each in others)
    }


def _coordinates(raster: FlacRaster, level: int, wanted: bool) -> dict[str, Any]:
    metadata = raster.metadata
    transform = level_transform(metadata.transform, level)
    size = raster.levels[level]
    found: dict[str, Any] = {"spatial_ref": _spatial_ref(metadata, transform)}
    if not wanted or metadata.gcps:
        return found
    a, b, c, d, e, f = transform
    if b == d == 0:
        if size.width + size.height > _MAX_COORDINATES:
            raise InputError(
                "xarray.coordinates", raster.name, width=size.width, height=size.height, level=level
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
