"""Any part of a virtual TIFF is what GDAL finds the raster's pixels in."""

import tracemalloc
from contextlib import contextmanager

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import Band, FlacRaster, Window, WriteOptions, write_raster
from flac_raster_qgis.engine.errors import CorruptTile, InputError
from flac_raster_qgis.engine.virtual_tiff import VirtualFile, VirtualTiff
from hypothesis import given
from hypothesis import strategies as st
from kits.area import noise, write_flac
from kits.strategies import rasters
from rasterio.io import MemoryFile

#: Of which RPCs have offsets and scales.
RPC_NAMES = ("LINE", "SAMP", "LAT", "LONG", "HEIGHT")


def whole(tiff):
    return b"".join(tiff.read(0, tiff.size))


@contextmanager
def opened(tiff, level=None):
    """Let GDAL open the bytes of a virtual TIFF."""
    options = {} if level is None else {"overview_level": level - 1}
    with MemoryFile(whole(tiff), ext=".tif") as memory, memory.open(**options) as dataset:
        yield dataset


def same_bits(a, b):
    return a.astype(b.dtype).tobytes() == b.tobytes()  # GDAL 3.6 has no int8 and half floats


@given(
    raster=rasters(max_bands=4, shapes=st.tuples(st.integers(1, 90), st.integers(1, 90))),
    tile_size=st.sampled_from([16, 32, 48]),
    interleave=st.sampled_from(["auto", "pixel", "band"]),
)
def test_pixels_and_masks_of_all_levels(tmp_path_factory, raster, tile_size, interleave):
    path = tmp_path_factory.mktemp("x") / "x.flac"
    write_raster(raster, path, WriteOptions(tile_size=tile_size, interleave=interleave))
    with FlacRaster.open(path) as flac:
        tiff = VirtualTiff(flac)
        with opened(tiff) as dataset:
            factors = dataset.overviews(1)
        assert len(factors) == len(flac.levels) - 1
        for level in flac.levels:
            pixels, mask = flac.read_masked(level=level.number)
            with opened(tiff, level.number or None) as dataset:
                found = dataset.read()
                assert found.shape == pixels.shape
                assert same_bits(found, pixels) or found.dtype != pixels.dtype
                if mask is not None:
                    assert np.array_equal(dataset.read_masks(1) > 0, mask)


@given(
    raster=rasters(max_bands=6, shapes=st.tuples(st.integers(1, 60), st.integers(1, 60))),
    interleave=st.sampled_from(["auto", "pixel", "band"]),
    data=st.data(),
)
def test_some_bands(tmp_path_factory, raster, interleave, data):
    path = tmp_path_factory.mktemp("x") / "x.flac"
    write_raster(raster, path, WriteOptions(tile_size=16, interleave=interleave))
    numbers = st.integers(1, raster.metadata.count)
    bands = data.draw(st.lists(numbers, min_size=1, unique=True))
    with FlacRaster.open(path) as flac:
        tiff = VirtualTiff(flac, bands=bands)
        for level in flac.levels:
            pixels, mask = flac.read_masked(level=level.number, bands=bands)
            with opened(tiff, level.number or None) as dataset:
                found = dataset.read()
                assert found.shape == pixels.shape
                assert same_bits(found, pixels) or found.dtype != pixels.dtype
                if mask is not None:
                    assert np.array_equal(dataset.read_masks(1) > 0, mask)
        with pytest.raises(InputError):
            VirtualTiff(flac, bands=[raster.metadata.count + 1])


@pytest.fixture
def flac(tmp_path):
    mask = np.arange(100 * 140).reshape(100, 140) % 7 > 0
    path = write_flac(
        tmp_path / "x.flac",
        noise(3, 100, 140),
        32,
        interleave="band",
        mask=mask,
        crs="EPSG:32633",
    )
    with FlacRaster.open(path) as raster:
        yield raster


@given(ends=st.lists(st.floats(0, 1), min_size=2, max_size=2))
def test_any_range_is_a_slice_of_the_file(tmp_path_factory, ends):
    path = tmp_path_factory.mktemp("x") / "x.flac"
    write_flac(path, noise(2, 70, 50), 16)
    with FlacRaster.open(path) as raster:
        tiff = VirtualTiff(raster)
        data = whole(tiff)
        assert len(data) == tiff.size
        start, stop = sorted(round(end * (tiff.size + 5)) for end in ends)
        assert b"".join(tiff.read(start, stop)) == data[start:stop]


def test_parts_have_the_pixels_and_the_place_of_the_part(tmp_path):
    transform = (10.0, 0.0, 500.0, 0.0, -10.0, 900.0)
    path = write_flac(
        tmp_path / "x.flac", noise(2, 100, 140), 32, crs="EPSG:32633", transform=transform
    )
    window = Window(24, 12, 77, 50)
    with FlacRaster.open(path) as raster:
        tiff = VirtualTiff(raster, window)
        with opened(tiff) as dataset:
            assert np.array_equal(dataset.read(), raster.read(window))
            assert tuple(dataset.transform)[:6] == (10.0, 0.0, 740.0, 0.0, -10.0, 780.0)
            assert dataset.overviews(1) == [2, 4]  # 8 would begin within a pixel
        with opened(tiff, 2) as dataset:
            assert np.array_equal(dataset.read(), raster.read(Window(6, 3, 20, 13), level=2))
        for wrong in (Window(0, 0, 141, 100), Window(5, 5, 0, 3), Window(-1, 0, 5, 5)):
            with pytest.raises(InputError, match="140"):
                VirtualTiff(raster, wrong)


def test_points_of_parts_count_from_the_part(tmp_path):
    numbers = {f"{name}_{kind}": "1" for name in RPC_NAMES for kind in ("OFF", "SCALE")}
    terms = {f"{name}_{kind}_COEFF": "1 " * 20 for name in RPC_NAMES[:2] for kind in ("NUM", "DEN")}
    rpcs = {**numbers, **terms, "LINE_OFF": "30", "SAMP_OFF": "50"}
    path = write_flac(tmp_path / "x.flac", noise(1, 100, 140), 32, rpcs=rpcs)
    with FlacRaster.open(path) as raster, opened(VirtualTiff(raster, Window(20, 10, 9, 9))) as tiff:
        assert (tiff.rpcs.line_off, tiff.rpcs.samp_off) == (20, 30)


@pytest.mark.parametrize("interleave", ["pixel", "band"])
@pytest.mark.parametrize("tile_size", [16, 2048])
def test_tiles_of_nothing_but_nodata_take_no_bytes(tmp_path, interleave, tile_size):
    array = np.full((2, 2060, 40), 7, "int16")
    array[:, :20, :20] = noise(2, 20, 20, "int16")
    array[1, 2050:] = 1
    bands = (Band(nodata=7), Band(nodata=7))
    path = write_flac(tmp_path / "x.flac", array, tile_size, interleave=interleave, bands=bands)
    with FlacRaster.open(path) as raster:
        tiff = VirtualTiff(raster)
        with opened(tiff) as dataset:
            assert np.array_equal(dataset.read(), array)


def test_nodata_of_each_band_is_in_the_sidecar(tmp_path):
    bands = (Band(nodata=1), Band(nodata=2))
    path = write_flac(tmp_path / "x.flac", noise(2, 20, 20), bands=bands)
    with FlacRaster.open(path) as raster:
        tiff = VirtualTiff(raster)
        (tmp_path / "v.tif").write_bytes(whole(tiff))
    (tmp_path / "v.tif.aux.xml").write_bytes(tiff.sidecar)
    with rasterio.open(tmp_path / "v.tif") as dataset:
        assert dataset.nodatavals == (1, 2)


def test_very_many_tiles_take_little_memory(tmp_path):
    array = np.zeros((1, 16, 16 * 4096), "uint8")
    array[0, 0, 0] = 1
    path = write_flac(tmp_path / "x.flac", array, 16, bands=(Band(nodata=0),))
    with FlacRaster.open(path) as raster:
        VirtualTiff(raster)  # imports what it needs
        tracemalloc.start()
        tiff = VirtualTiff(raster)
        last = b"".join(tiff.read(tiff.size - 1, tiff.size))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert last == b"\0"
    assert tiff.size > 4096 * (256 + 16)  # pixels, offsets and byte counts
    assert peak < 200_000


def test_damage_is_an_error_and_the_rest_is_read(tmp_path):
    path = write_flac(tmp_path / "x.flac", noise(1, 64, 64), 32)
    with FlacRaster.open(path) as raster:
        key = raster.levels[0].keys_in(Window(32, 32, 1, 1))[0]
        offset, size = raster.head.index.byte_range(key)
    data = bytearray(path.read_bytes())
    data[offset + size // 2] ^= 1
    path.write_bytes(data)
    with FlacRaster.open(path) as raster:
        tiff = VirtualTiff(raster)
        with pytest.raises(CorruptTile):
            whole(tiff)
        with VirtualFile(tiff) as file, pytest.raises(OSError, match="level 0, row 1, column 1"):
            file.read()


def test_virtual_file_is_a_file(flac):
    tiff = VirtualTiff(flac)
    data = whole(tiff)
    file = VirtualFile(tiff)
    assert file.readable() and file.seekable() and not file.writable()
    assert file.read(10) == data[:10] and file.tell() == 10
    assert file.seek(-7, 2) == len(data) - 7
    assert file.read() == data[-7:]
    assert file.read(5) == b""
    assert file.seek(3) == 3 and file.seek(4, 1) == 7
    with pytest.raises(ValueError, match="negative"):
        file.seek(-1)
    file.close()
    with pytest.raises(ValueError, match="closed"):
        file.read()
