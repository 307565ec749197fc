"""Everything in a GeoTIFF but pixels, as GDAL itself writes it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from ..model.metadata import RasterMetadata
from .environment import rasterio_environment
from .sidecar import SIDECAR, sidecars, write_sidecar
from .writer import GeoTiffWriter, copy_geotiff, needs_copy

#: Pixels of a side, and of the side of a block.
_SIDE = 16


def geotiff_template(metadata: RasterMetadata) -> tuple[bytes, bytes | None]:
    """Return an uncompressed GeoTIFF of 16 x 16 pixels with a raster's metadata, and its sidecar.

    Georeference, ground control points, colors, nodata and all other metadata do not depend on the
    number of pixels. The sidecar is None if there is nothing for it. Raises `UnsupportedRaster` if
    GDAL does not accept the metadata.
    """
    small = replace(metadata, width=_SIDE, height=_SIDE)
    layout = {"blockxsize": _SIDE, "blockysize": _SIDE, "compress": "none", "predictor": 1}
    with tempfile.TemporaryDirectory() as folder, rasterio_environment():
        path = Path(folder, "template.tif")
        GeoTiffWriter(path, path, small, 1, layout).close()
        if needs_copy(small):
            wide, path = path, path.with_name("copy.tif")
            copy_geotiff(wide, path, path, small, 1, None)
        for beside in sidecars(path):  # what GDAL left there is incomplete
            beside.unlink(missing_ok=True)
        sidecar = path.with_name(path.name + SIDECAR)
        return path.read_bytes(), sidecar.read_bytes() if write_sidecar(path, small) else None
