"""Reproducible generated rasters for measurements without a folder of real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np

SIZE = 1500


def make(folder: Path) -> list[Path]:
    """Write missing rasters, and return all paths."""
    import rasterio

    paths = []
    for name, pixels in _arrays().items():
        path = folder / "made" / f"{name}.tif"
        paths.append(path)
        if path.exists():
            continue
        path.parent.mkdir(exist_ok=True)
        with rasterio.open(
            path,
            "w",
            driver="GTiff",
            width=SIZE,
            height=SIZE,
            count=len(pixels),
            dtype=pixels.dtype,
            crs="EPSG:32633",
            transform=rasterio.Affine(10, 0, 4e5, 0, -10, 5e6),
        ) as dataset:
            dataset.write(pixels)
    return paths


def _arrays() -> dict[str, np.ndarray]:
    random = np.random.default_rng(5)
    rows, columns = np.mgrid[:SIZE, :SIZE] / 200
    relief = sum(
        np.sin(rows * 1.7**k + k) * np.cos(columns * 1.6**k - k) / 1.8**k for k in range(8)
    )
    light = np.gradient(relief, axis=1)
    image = [
        128 + 900 * light + 20 * relief * b + random.normal(0, 2, relief.shape) for b in (1, 2, 3)
    ]
    return {
        "terrain_i16": (800 + 400 * relief + random.normal(0, 0.7, relief.shape)).astype("i2")[
            None
        ],
        "terrain_cm_f32": np.round(300 + 90 * relief, 2).astype("f4")[None],
        "smooth_f32": (40 * np.sin(rows / 3) * np.cos(columns / 4)).astype("f4")[None],
        "image_u8": np.clip(image, 0, 255).astype("u1"),
        "classes_u8": np.digitize(relief, [-1, -0.4, 0, 0.3, 0.9]).astype("u1")[None],
    }
