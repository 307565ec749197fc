"""Rasters of the size of a satellite scene: real pixels side by side, or generated terrain."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from flac_raster_qgis.engine import convert

from ..large_raster import make_raster

#: Side in pixels of a Sentinel-2 tile with its six bands of 20 m.
SCENE, BANDS_OF_SCENE = 10980, 5490
#: Sides of real rasters: no block of a COG may hold the same pixels twice, see `side_by_side`, and
#: of a scene no block of its overviews either.
SMALLEST, SMALLEST_SCENE = 258, 514


class Pair(NamedTuple):
    """A raster as FLAC and as COG."""

    flac: Path
    cog: Path


def prepare(folder: Path, corpus: Path | None) -> tuple[list[Pair], Pair]:
    """Create missing files.

    Returns
    -------
    scenes : list of Pair
        uint16, one band, 10980 x 10980: of each raster of uint16 in the folder, or terrain.
    six : Pair
        Six bands, 5490 x 5490: of a raster of six or more bands, or terrain.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scenes, six = [], None
    for path in sorted(corpus.glob("*.tif")) if corpus else []:
        kind = _suits(path)
        if kind == "scene":
            scenes.append(_pair(folder, path, SCENE, 1))
        elif kind == "six" and six is None:
            six = _pair(folder, path, BANDS_OF_SCENE, 6)
    if not scenes:
        scenes = [_pair(folder, None, SCENE, 1)]
    return scenes, six or _pair(folder, None, BANDS_OF_SCENE, 6)


def _suits(path: Path) -> str | None:
    import rasterio

    with rasterio.open(path) as dataset:
        if dataset.count >= 6 and min(dataset.shape) >= SMALLEST:
            return "six"
        suits = dataset.dtypes[0] == "uint16" and min(dataset.shape) >= SMALLEST_SCENE
        return "scene" if suits else None


def _pair(folder: Path, source: Path | None, size: int, bands: int) -> Pair:
    import rasterio.shutil

    stem = f"{'terrain_u16' if source is None else source.stem}-{size}-{bands}"
    pair = Pair(folder / f"{stem}.flac", folder / f"{stem}.tif")
    if not (pair.flac.exists() and pair.cog.exists()):
        whole = folder / f"{stem}.whole.tif"
        if source is not None:
            side_by_side(source, whole, size, bands)
        elif bands == 1:
            make_raster(whole, size, tiled=True)
        else:
            _terrain_in_bands(whole, size, bands)
        convert(whole, pair.flac, overwrite=True)
        rasterio.shutil.copy(
            whole,
            pair.cog,
            driver="COG",
            COMPRESS="ZSTD",
            PREDICTOR="YES",
            BLOCKSIZE="512",
            NUM_THREADS="ALL_CPUS",
        )
        whole.unlink()
    return pair


def side_by_side(source: Path, path: Path, size: int, bands: int | None = None) -> None:
    """Write a raster of copies of a real one, by default with all bands.

    Every other copy is mirrored across, and those of every other row of copies are turned on their
    diagonal: no block of a COG holds the same run of pixels twice, which its compression would
    find. The sides of copies are odd, so that overviews repeat no sooner.
    """
    import rasterio

    with rasterio.open(source) as dataset:
        chosen = dataset.indexes if bands is None else dataset.indexes[:bands]
        array, profile = dataset.read(chosen), dataset.profile
    side = min(array.shape[1:])
    side -= 1 - side % 2
    square = array[:, :side, :side]
    count = -(-size // side)
    strips = [
        np.concatenate([copy[..., :: -1 if n % 2 else 1] for n in range(count)], axis=2)
        for copy in (square, square.swapaxes(1, 2))
    ]
    profile.update(driver="GTiff", width=size, height=size, count=len(array), tiled=True)
    profile.update(blockxsize=512, blockysize=512)
    profile.pop("compress", None)
    with rasterio.open(path, "w", **profile) as dataset:
        for n, top in enumerate(range(0, size, side)):
            height = min(side, size - top)
            window = rasterio.windows.Window(0, top, size, height)
            dataset.write(strips[n % 2][:, :height, :size], window=window)


def _terrain_in_bands(path: Path, size: int, bands: int) -> None:
    """Write bands that resemble one another, as those of a scene do."""
    import rasterio

    single = path.with_suffix(".single.tif")
    make_raster(single, size, tiled=True)
    generator = np.random.default_rng(3)
    with rasterio.open(single) as dataset:
        profile = {**dataset.profile, "count": bands}
        with rasterio.open(path, "w", **profile) as made:
            for _, window in dataset.block_windows(1):
                pixels = dataset.read(1, window=window).astype(np.float32)
                noise = generator.normal(0, 20, (bands, *pixels.shape))
                slopes = np.arange(1, bands + 1)[:, np.newaxis, np.newaxis] / bands
                made.write((slopes * pixels + noise).clip(0, 65535).astype("u2"), window=window)
    single.unlink()
