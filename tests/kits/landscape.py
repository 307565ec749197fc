"""Rasters that look like something: a landscape of mountains, out of noise of all wavelengths."""

from __future__ import annotations

import numpy as np

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
