"""FLAC rasters in xarray: ``xarray.open_dataset("x.flac", engine="flac_raster")``.

Opening a dataset reads only the file header; indexing it reads only the tiles that it touches.
Names, coordinates and attributes are those of rioxarray's ``engine="rasterio"``, so that ``.rio``
works.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import xarray
from xarray.backends import BackendEntrypoint, CachingFileManager
from xarray.core import indexing

from ..model.arguments import checked_level
from ..model.data_types import Array
from ..reading.flac_raster import FlacRaster
from ..storage.file_urls import path_text
from ..storage.name_parts import scheme_of
from ..storage.urls import has_flac_suffix
from .arrays import Pixels, SharedRaster
from .layout import (
    band_coordinates,
    band_groups,
    describe_variable,
    grid_coordinates,
    tag_attributes,
)
from .times import ENDS, TIME, time_layout


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
            coordinates = grid_coordinates(
                metadata, raster.levels[level], raster.name, parse_coordinates
            )
            groups = band_groups(metadata, times, None if band_as_variable else default_name)
            variables = {}
            for name, (dimensions, bands) in groups.items():
                array = Pixels(manager, shared, level, bands, masked, mask_and_scale)
                variables[name] = _variable(array, raster, bands, dimensions)
                if dimensions[-1:] == ("band",):
                    coordinates |= band_coordinates(bands.shape[-1], times)
            if times is not None:
                used = {name for dimensions, _ in groups.values() for name in (*dimensions, ENDS)}
                coordinates |= {
                    key: value for key, value in times.coordinates.items() if used >= {*value.dims}
                }
            tags = tag_attributes(metadata.tags) if band_as_variable else {}
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


# ---------------------------------------------------------------- lazy variables


def _variable(
    array: Pixels, raster: FlacRaster, bands: Array, dimensions: tuple[str, ...]
) -> xarray.Variable:
    """Return a lazy variable with attributes and encoding."""
    grid = raster.grid
    attributes, encoding = describe_variable(
        raster.metadata, bands, dimensions, masked=array.is_masked, scaled=array.is_scaled
    )
    encoding["source"] = raster.name
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
