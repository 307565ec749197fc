"""Data types are the same to every release of rasterio, of which those before 1.3.7 swap some.

`vectors/` has what rasterio 1.3.0 and 1.5.2 wrote, in the same bytes; ``make test-rasterio`` makes
them again, and has five releases read each other's files. What is TIFF here is written and read
without rasterio: two faults of one release may cancel.
"""

import struct

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, Window, compare, convert
from kits.sweep import runner

#: By GDAL's name: numpy's, TIFF's SampleFormat, and the type that a FLAC raster has.
TYPES = {
    "Byte": ("u1", 1, "uint8"),
    "UInt16": ("u2", 1, "uint16"),
    "Int16": ("i2", 2, "int16"),
    "UInt32": ("u4", 1, "uint32"),
    "Int32": ("i4", 2, "int32"),
    "UInt64": ("u8", 1, "uint64"),
    "Int64": ("i8", 2, "int64"),
    "Float32": ("f4", 3, "float32"),
    "Float64": ("f8", 3, "float64"),
    "CInt16": ("2i2", 5, "complex64"),
    "CInt32": ("2i4", 5, "complex128"),
    "CFloat32": ("c8", 6, "complex64"),
    "CFloat64": ("c16", 6, "complex128"),
}
NODATA = {"Int64": -(2**63), "UInt64": 2**64 - 1, "Float32": float(np.finfo("f4").min)}


def write_tiff(path, kind):
    """Write a TIFF of 4 x 3 pixels with the ends of its data type; return the pixels."""
    code, sample_format, _ = TYPES[kind]
    dtype = np.dtype(code).base
    values = np.arange(24).astype(dtype)
    ends = np.finfo(dtype) if dtype.kind in "fc" else np.iinfo(dtype)
    values[[0, 5, 13]] = ends.max, ends.min, ends.max // 3
    values = values[:12] if np.dtype(code).shape == () else values
    data = values.tobytes()
    bits = 8 * len(data) // 12
    tags = [(256, 4), (257, 3), (258, bits), (259, 1), (262, 1), (273, 8), (277, 1), (278, 3)]
    tags += [(279, len(data)), (339, sample_format)]
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    head = b"II*\0" + struct.pack("<I", 8 + len(data)) + data + struct.pack("<H", len(tags))
    path.write_bytes(head + directory + bytes(4))
    return values.reshape(3, 4, -1)


def type_of_tiff(path):
    """Return bits per sample and SampleFormat, which is 1 where it is not said."""
    data = path.read_bytes()
    assert data[:4] == b"II*\0"
    (start,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, start)
    tags = (struct.unpack_from("<HHIH", data, start + 2 + 12 * n) for n in range(count))
    found = {tag: value for tag, _, _, value in tags}
    return found[258], found.get(339, 1)


def test_there_is_a_file_of_each_type():
    assert {path.stem for path in runner.VECTORS.glob("*.flac")} == set(TYPES)
    assert sum(path.stat().st_size for path in runner.VECTORS.glob("*")) < 50_000


@pytest.mark.parametrize("kind", TYPES)
def test_files_of_other_releases(kind, tmp_path):
    code, sample_format, dtype = TYPES[kind]
    flac = runner.VECTORS / f"{kind}.flac"
    back, again = tmp_path / "back.tif", tmp_path / "again.flac"
    with FlacRaster.open(flac) as raster:
        metadata = raster.metadata
        pixels = raster.read(Window(0, 0, metadata.width, metadata.height))
    assert pixels.dtype == metadata.dtype == dtype
    assert metadata.nodata == (NODATA.get(kind, 1),)
    if np.dtype(code).kind in "iu":
        ends = np.iinfo(code)
        assert pixels.min() == (0 if kind == "Byte" else ends.min)
        assert pixels.max() == (199 if kind == "Byte" else ends.max)
    assert convert(flac, back).warnings == ()
    assert type_of_tiff(back) == (8 * np.dtype(code).itemsize, sample_format)
    assert compare(flac, back).identical
    convert(back, again)
    assert compare(flac, again).identical


@pytest.mark.parametrize("kind", TYPES)
def test_tiffs_written_without_rasterio(kind, tmp_path):
    _, sample_format, dtype = TYPES[kind]
    tif, flac, back = (tmp_path / name for name in ("a.tif", "a.flac", "back.tif"))
    pixels = write_tiff(tif, kind)
    convert(tif, flac)
    with FlacRaster.open(flac) as raster:
        found = raster.read(Window(0, 0, 4, 3))[0]
    assert found.dtype == dtype
    parts = [found.real, found.imag] if kind.startswith("CInt") else [found]
    assert np.array_equal(np.stack(parts, axis=-1).astype(pixels.dtype), pixels)
    convert(flac, back)
    assert type_of_tiff(back) == type_of_tiff(tif)
    assert compare(tif, back).identical
