"""Rasters that look like something: a landscape of mountains, out of noise of all wavelengths."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
from flac_raster_qgis.engine import ArrayRaster, WriteOptions, write_raster
from flac_raster_qgis.engine.model.band_times import with_times
from flac_raster_qgis.engine.model.times import Time, add_months

from kits import rasters

#: Pixels of 10 m in UTM zone 32, in the Alps.
PLACE = (10.0, 0.0, 380000.0, 0.0, -10.0, 5140000.0)
UTM = "EPSG:32632"


def mountains(height: int, width: int, seed: int = 4) -> np.ndarray:
    """Elevations in metres as uint16, shape (1, height, width)."""
    random = np.random.default_rng(seed)
    rows, columns = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None]
    wavelength = np.maximum(np.hypot(rows, columns), 1 / max(height, width))
    spectrum = wavelength**-1.9 * np.exp(2j * np.pi * random.random(wavelength.shape))
    relief = np.fft.irfft2(spectrum, (height, width))
    relief = 1 - np.abs(relief - relief.mean()) / np.abs(relief).max()  # ridges
    relief = (relief - relief.min()) / (relief.max() - relief.min())
    return (400 + 3200 * relief**2 + random.normal(0, 0.6, relief.shape)).astype(np.uint16)[None]


def write_flac(path, array, tile_size=256, **described):
    """Write an array, in the Alps unless something else is said; return the path."""
    described = {"crs": UTM, "transform": PLACE, **described}
    return rasters.write_flac(path, array, tile_size, **described)


def temperatures(months: int = 60) -> np.ndarray:
    """Mean temperatures of months in mountains as float32; two months are missing (-99)."""
    height = mountains(400, 500)[0].astype("float32")
    numbers = np.arange(months)[:, None, None]
    noise = np.random.default_rng(5).normal(0, 0.8, (months, 1, 1))
    array = 18 - 0.0065 * height + 9 * np.sin(2 * np.pi * (numbers - 3) / 12) + noise
    array[26:28] = -99
    return np.round(array, 2).astype("float32")


def write_temperatures(path: Path, array: np.ndarray) -> Path:
    """Write `temperatures` of months since 2018, in tiles of 64 pixels."""
    raster = rasters.array_raster(array, nodata=-99, unit="°C", crs=UTM, transform=PLACE)
    starts = [add_months(datetime(2018, 1, 1), number) for number in range(len(array))]
    times = [Time(when, add_months(when, 1)) for when in starts]
    metadata = with_times(raster.metadata, times)
    write_raster(ArrayRaster(metadata, array), path, WriteOptions(tile_size=64))
    return path
