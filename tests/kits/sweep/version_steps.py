"""What one release of rasterio makes of rasters and files: ``python version_steps.py write|read``.

Runs where the engine is, with the rasterio that is to be tried. Every line that comes in is a case,
every line that goes out what came of it, in JSON.
"""

import hashlib
import json
import sys
import warnings

from flac_raster_qgis.engine import FlacRaster, FlacRasterError, Window, compare, convert


def write(case):
    """Convert a raster to FLAC."""
    convert(case["path"], case["flac"], workers=1, overwrite=True)
    return {}


def read(case):
    """Read a FLAC raster, hold it against its source, and convert it back."""
    with FlacRaster.open(case["flac"]) as raster:
        metadata = raster.metadata
        pixels, mask = raster.read_window(Window(0, 0, metadata.width, metadata.height))
    result = convert(case["flac"], case["back"], workers=1, overwrite=True)
    # of complex integers FLAC has complex floats, and says what they were
    found = compare(case["path"], case["flac"])
    return {
        "dtype": metadata.dtype,
        "nodata": [repr(value) for value in metadata.nodata],
        "pixels": hashlib.sha256(pixels.tobytes()).hexdigest(),
        "mask": mask is not None and hashlib.sha256(mask.tobytes()).hexdigest(),
        "identical": found.identical,
        "differences": [str(d)[:200] for d in found.differences],
        "warnings": result.warnings,
    }


def main():
    warnings.simplefilter("ignore")
    step = {"write": write, "read": read}[sys.argv[1]]
    for line in sys.stdin:
        try:
            answer = step(json.loads(line))
        except FlacRasterError as error:
            answer = {"refused": str(error)}
        except Exception as error:
            answer = {"crash": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
