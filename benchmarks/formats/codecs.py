"""The compared formats, each as two functions: write all pixels, and read them.

None writes overviews, so that sizes refer to the same pixels. Tiles are 512 x 512 in all formats.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

TILE = 512


class Codec(NamedTuple):
    """A way to write and read a raster.

    Parameters
    ----------
    write : callable
        ``write(source, target, threads)``, both paths.
    read : callable
        ``read(target, threads)`` gives an array of shape (bands, height, width).
    window : callable, optional
        ``window(target, threads)`` gives a function of column, row and size that reads a part.
    """

    write: Callable[[Path, Path, int], None]
    read: Callable[[Path, int], np.ndarray]
    window: Callable[[Path, int], Callable[[int, int, int], np.ndarray]] | None = None


# ---------------------------------------------------------------- this project


def _flac(effort: str) -> Codec:
    def write(source: Path, target: Path, threads: int) -> None:
        from flac_raster_qgis.engine import convert

        convert(
            source,
            target,
            effort=effort,
            overview_resampling="none",
            workers=threads,
            overwrite=True,
        )

    return Codec(write, _read_flac, _window_flac)


def _read_flac(path: Path, threads: int) -> np.ndarray:
    from flac_raster_qgis.engine import FlacRaster

    with FlacRaster.open(path, workers=threads) as raster:
        return raster.read()


def _window_flac(path: Path, threads: int) -> Callable[[int, int, int], np.ndarray]:
    from flac_raster_qgis.engine import FlacRaster, Window

    raster = FlacRaster.open(path, workers=threads)
    return lambda column, row, size: raster.read(Window(column, row, size, size))


# ---------------------------------------------------------------- GDAL


def _cog(compress: str, **options: str) -> Codec:
    def write(source: Path, target: Path, threads: int) -> None:
        import rasterio.shutil

        rasterio.shutil.copy(
            source,
            target,
            driver="COG",
            compress=compress,
            blocksize=TILE,
            overview_resampling="none",
            num_threads=threads,
            **options,
        )

    return Codec(write, _read_gdal, _window_gdal)


def _read_gdal(path: Path, threads: int) -> np.ndarray:
    import rasterio

    with rasterio.open(path, num_threads=threads) as dataset:
        return dataset.read()


def _window_gdal(path: Path, threads: int) -> Callable[[int, int, int], np.ndarray]:
    import rasterio

    dataset = rasterio.open(path, num_threads=threads)

    def read(column: int, row: int, size: int) -> np.ndarray:
        return dataset.read(window=rasterio.windows.Window(column, row, size, size))

    return read


# ---------------------------------------------------------------- image codecs, as limits


def _tiles(encode: Callable, decode: Callable) -> Codec:
    """Return a codec that writes tile after tile, each with its length, one stream per tile."""

    def write(source: Path, target: Path, threads: int) -> None:
        import rasterio

        with rasterio.open(source) as dataset:
            pixels = dataset.read()
        with open(target, "wb") as file:
            head = f"{pixels.dtype.name} {' '.join(map(str, pixels.shape))}\n"
            file.write(head.encode("ascii"))
            for row in range(0, pixels.shape[1], TILE):
                for column in range(0, pixels.shape[2], TILE):
                    tile = pixels[:, row : row + TILE, column : column + TILE]
                    data = encode(np.ascontiguousarray(tile), threads)
                    file.write(struct.pack("<I", len(data)) + data)

    def read(target: Path, threads: int) -> np.ndarray:
        with open(target, "rb") as file:
            dtype, *shape = file.readline().decode("ascii").split()
            pixels = np.empty(tuple(map(int, shape)), dtype)
            for row in range(0, pixels.shape[1], TILE):
                for column in range(0, pixels.shape[2], TILE):
                    (size,) = struct.unpack("<I", file.read(4))
                    tile = pixels[:, row : row + TILE, column : column + TILE]
                    tile[...] = decode(file.read(size), threads).reshape(tile.shape)
        return pixels

    return Codec(write, read)


def _each_band(encode: Callable, decode: Callable) -> Codec:
    """Return a codec whose tiles hold one image per band."""

    def write(tile: np.ndarray, threads: int) -> bytes:
        images = [encode(band, threads) for band in tile]
        return struct.pack(f"<I{len(images)}I", len(images), *map(len, images)) + b"".join(images)

    def read(data: bytes, threads: int) -> np.ndarray:
        (count,) = struct.unpack_from("<I", data)
        sizes = struct.unpack_from(f"<{count}I", data, 4)
        position, bands = 4 + 4 * count, []
        for size in sizes:
            bands.append(decode(data[position : position + size], threads))
            position += size
        return np.stack(bands)

    return _tiles(write, read)


def _jpegls_encode(band: np.ndarray, threads: int) -> bytes:
    import imagecodecs

    if band.dtype.kind not in "iu" or band.itemsize > 2:
        raise ValueError("JPEG-LS holds integers of at most 16 bits")
    unsigned = _unsigned(band) if band.dtype.kind == "i" else band
    return b"iu"[band.dtype.kind == "u" :][:1] + imagecodecs.jpegls_encode(unsigned)


def _jpegls_decode(data: bytes, threads: int) -> np.ndarray:
    import imagecodecs

    unsigned = imagecodecs.jpegls_decode(data[1:])
    if data[:1] == b"u":
        return unsigned
    return _unsigned(unsigned).view(f"i{unsigned.itemsize}")


def _unsigned(array: np.ndarray) -> np.ndarray:
    """Return signed integers as unsigned ones of the same order, or the reverse."""
    bits = array.view(f"u{array.itemsize}")
    return bits ^ bits.dtype.type(1 << (8 * bits.itemsize - 1))


def _jpegxl_encode(tile: np.ndarray, threads: int) -> bytes:
    """Encode a tile of 1, 3 or 4 bands as one image, which predicts them from each other."""
    import imagecodecs

    pixels = _unsigned(tile) if tile.dtype.kind == "i" else tile
    if pixels.dtype not in (np.uint8, np.uint16, np.float32):
        raise ValueError("JPEG XL holds 8 and 16-bit integers and float32")
    images = [np.moveaxis(pixels, 0, -1)] if len(tile) in (1, 3, 4) else list(pixels)
    streams = [
        imagecodecs.jpegxl_encode(
            np.ascontiguousarray(image), lossless=True, effort=5, numthreads=threads
        )
        for image in images
    ]
    head = struct.pack(
        f"<BB{len(streams)}I", tile.dtype.kind == "i", len(streams), *map(len, streams)
    )
    return head + b"".join(streams)


def _jpegxl_decode(data: bytes, threads: int) -> np.ndarray:
    import imagecodecs

    signed, count = struct.unpack_from("<BB", data)
    sizes = struct.unpack_from(f"<{count}I", data, 2)
    position, images = 2 + 4 * count, []
    for size in sizes:
        stream = data[position : position + size]
        images.append(imagecodecs.jpegxl_decode(stream, numthreads=threads))
        position += size
    if count > 1:
        pixels = np.stack(images)
    else:
        pixels = np.moveaxis(images[0].reshape(*images[0].shape[:2], -1), -1, 0)
    return _unsigned(pixels).view(f"i{pixels.itemsize}") if signed else pixels


# ---------------------------------------------------------------- flac-raster 0.1.2


def _legacy_write(source: Path, target: Path, threads: int) -> None:
    from flac_raster.converter import RasterFLACConverter

    RasterFLACConverter().tiff_to_flac(source, target)


def _legacy_read(target: Path, threads: int) -> np.ndarray:
    import rasterio
    from flac_raster.converter import RasterFLACConverter

    back = target.with_suffix(".tif")
    RasterFLACConverter().flac_to_tiff(target, back)
    with rasterio.open(back) as dataset:
        pixels = dataset.read()
    os.unlink(back)
    return pixels


CODECS = {
    "FLAC fast": _flac("fast"),
    "FLAC balanced": _flac("balanced"),
    "FLAC small": _flac("small"),
    "COG DEFLATE": _cog("deflate", predictor="yes"),
    "COG ZSTD": _cog("zstd", predictor="yes", level="9"),
    "COG LERC_ZSTD": _cog("lerc_zstd", max_z_error="0", level="9"),
    "JPEG-LS": _each_band(_jpegls_encode, _jpegls_decode),
    "JPEG XL": _tiles(_jpegxl_encode, _jpegxl_decode),
    "flac-raster 0.1.2": Codec(_legacy_write, _legacy_read),
}
