"""Write a FLAC raster as GeoTIFF and as virtual TIFF, in a process of its own; a case a line."""

import json
import sys
import warnings
from pathlib import Path

from flac_raster_qgis.engine import FlacRaster, FlacRasterError, convert
from flac_raster_qgis.engine.virtual_tiff import VirtualTiff


def write_both(case):
    """Return the case with the paths of both, or why the raster cannot be converted."""
    folder = Path(case["path"]).parent
    flac, back = folder / "there.flac", folder / "back" / "x.tif"
    virtual = folder / "virtual" / "x.tif"
    try:
        convert(case["path"], flac, workers=1, overwrite=True)
        back.parent.mkdir()
        convert(flac, back, workers=1)
    except FlacRasterError as error:
        return {**case, "refused": str(error)}
    virtual.parent.mkdir()
    with FlacRaster.open(flac, workers=1) as raster:
        tiff = VirtualTiff(raster)
        virtual.write_bytes(b"".join(tiff.read(0, tiff.size)))
    if tiff.sidecar is not None:
        virtual.with_name("x.tif.aux.xml").write_bytes(tiff.sidecar)
    return {**case, "back": str(back), "virtual": str(virtual), "levels": len(raster.levels)}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        print(json.dumps(write_both(json.loads(line))), flush=True)
