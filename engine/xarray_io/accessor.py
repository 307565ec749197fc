"""The accessor ``.flac_raster`` of arrays and datasets."""

from __future__ import annotations

from typing import Any

import xarray

from ..storage.output import PathLike
from .raster import XarrayObject
from .write import to_flac


@xarray.register_dataarray_accessor("flac_raster")  # type: ignore[no-untyped-call]
@xarray.register_dataset_accessor("flac_raster")  # type: ignore[no-untyped-call]
class FlacRasterAccessor:
    """Methods of arrays and datasets, registered by xarray as ``.flac_raster``."""

    def __init__(self, obj: XarrayObject):
        self._obj = obj

    def to_flac(self, path: PathLike, **options: Any) -> None:
        """Write the array or dataset as a FLAC raster.

        Parameters
        ----------
        path : path
            ``.flac``.
        **options
            See `flac_raster_qgis.engine.xarray_io.write.to_flac`.
        """
        to_flac(self._obj, path, **options)
