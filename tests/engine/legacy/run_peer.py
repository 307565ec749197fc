"""Run commands of flac-raster 0.1.2, given as JSON; in its own environment, without this project.

Besides its own commands there is ``make-tif IN.npy OUT.tif``, since its rasterio knows more types.
"""

import json
import sys

import numpy as np
import rasterio
from flac_raster.cli import app


def make_tif(source, target):
    array = np.load(source)
    place = rasterio.Affine(10, 0, 500000, 0, -10, 5200000)
    count, height, width = array.shape
    with rasterio.open(
        target, "w", "GTiff", width, height, count, "EPSG:32633", place, array.dtype.name
    ) as dataset:
        dataset.write(array)


def main():
    for name, *arguments in json.load(sys.stdin):
        if name == "make-tif":
            make_tif(*arguments)
        elif app([name, *arguments], standalone_mode=False):
            sys.exit(f"{name} {arguments} failed")


if __name__ == "__main__":
    main()
