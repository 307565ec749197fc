"""Side by side with the real flac-raster 0.1.2: what it writes is read, what we write it reads."""

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    FlacRaster,
    FlacRasterError,
    RasterMetadata,
    info,
    verify,
)
from flac_raster_qgis.engine import flac as codec
from flac_raster_qgis.engine.format.metadata_blocks import read_stream_metadata
from flac_raster_qgis.engine.legacy.streaming_writer import StreamingOptions, write_streaming
from kits.cli import run
from kits.legacy import OLD, samples_of

WIDTH, HEIGHT = 70, 50
NARROW = ("uint8", "int8", "uint16", "int16")


def ramp(low, high, dtype, bands=1):
    """Both ends and values between them, in an order that is no ramp."""
    count = bands * WIDTH * HEIGHT
    values = np.random.default_rng(3).integers(low, high, count, np.int64, endpoint=True)
    values[:2] = low, high
    return values.astype(dtype).reshape(bands, HEIGHT, WIDTH)


def floats(low, high, dtype):
    values = np.random.default_rng(4).uniform(low, high, WIDTH * HEIGHT)
    return values.astype(dtype).reshape(1, HEIGHT, WIDTH)


RASTERS = {
    "uint8-3": ramp(0, 255, "uint8", 3),
    "int8": ramp(-128, 127, "int8"),
    "uint16": ramp(0, 65535, "uint16"),
    "uint16-narrow": ramp(300, 17000, "uint16", 2),
    "int16": ramp(-32768, 32767, "int16"),
    "int16-dem": ramp(-400, 8800, "int16"),
    "int16-wrapped": ramp(-20000, 20001, "int16"),
    "int32": ramp(-4_000_000, 4_000_000, "int32"),
    "int32-full": ramp(-(2**31), 2**31 - 1, "int32"),
    "uint32": ramp(0, 16_000_000, "uint32"),
    "uint32-full": ramp(0, 2**32 - 1, "uint32"),
    "int64": ramp(-3_000_000, 3_000_000, "int64"),
    "float32": floats(1, 250, "float32"),
    "float32-unit": floats(-1, 1, "float32"),
    "float64": floats(-5, 5, "float64"),
}
#: All others are exact as the plain layout keeps them.
UNCERTAIN = {"int16", "int16-wrapped", "int32-full", "uint32-full", "float32-unit", "float64"}


@pytest.fixture(scope="module")
def written(peer, tmp_path_factory):
    """A folder with all rasters in the layouts of the real program."""
    folder = tmp_path_factory.mktemp("peer")
    commands = []
    for name, array in RASTERS.items():
        np.save(folder / f"{name}.npy", array)
        source, plain = folder / f"{name}.tif", folder / f"{name}.flac"
        commands += [
            ("make-tif", folder / f"{name}.npy", source),
            ("convert", source, "-o", plain),
            ("create-streaming", source, "--tile-size", "32"),
        ]
    for name in ("uint8-3", "int16", "float32"):
        spatial = folder / f"{name}_spatial.flac"
        commands.append(("convert", folder / f"{name}.tif", "-s", "--tile-size", 32, "-o", spatial))
    peer(*commands)
    return folder


def uncertain_and_wrong(path, array):
    found = verify(path)
    assert found.valid and not found.has_md5
    with FlacRaster.open(path) as raster:
        assert raster.metadata.crs == "EPSG:32633"
        pixels = raster.read()
    assert pixels.dtype == array.dtype
    wrong = np.count_nonzero(pixels.view(f"u{array.itemsize}") != array.view(f"u{array.itemsize}"))
    return found.uncertain_values, wrong


@pytest.mark.parametrize("name", RASTERS)
def test_plain_files_of_the_real_program(written, name):
    uncertain, wrong = uncertain_and_wrong(written / f"{name}.flac", RASTERS[name])
    assert wrong <= uncertain
    assert (uncertain > 0) == (name in UNCERTAIN)


@pytest.mark.parametrize("name", RASTERS)
def test_streaming_files_of_the_real_program(written, name):
    uncertain, wrong = uncertain_and_wrong(written / f"{name}_streaming.flac", RASTERS[name][:1])
    assert wrong <= uncertain
    if name not in UNCERTAIN:
        assert not uncertain


@pytest.mark.parametrize("name", ["uint8-3", "int16", "float32"])
def test_spatial_files_of_the_real_program(written, name):
    path = written / f"{name}_spatial.flac"
    with pytest.raises(FlacRasterError, match="never stored the pixels"):
        FlacRaster.open(path)
    found = info(path)
    assert found["crs"] == "EPSG:32633"
    assert (found["data_min"], found["data_max"]) == (RASTERS[name].min(), RASTERS[name].max())


@pytest.mark.parametrize("name", RASTERS)
def test_the_scaling_in_these_tests_is_that_of_the_real_program(written, name):
    path, array = written / f"{name}.flac", RASTERS[name]
    with FlacRaster.open(path) as raster:
        stream = read_stream_metadata(raster.source)
    info = stream.info.__class__(**{**vars(stream.info), "total_samples": WIDTH * HEIGHT})
    samples = codec.decode_channels(path.read_bytes(), info, check_md5=False)
    assert (samples == samples_of(array, OLD)).all()


# ---------------------------------------------------------------- the other way


@pytest.fixture(scope="module")
def extracted(peer, tmp_path_factory):
    """A folder with streaming files of ours, and their tiles as the real program extracts them."""
    folder = tmp_path_factory.mktemp("ours")
    arrays = {dtype: ramp(np.iinfo(dtype).min, np.iinfo(dtype).max, dtype) for dtype in NARROW}
    arrays |= {f"{dtype}-3": ramp(7, 120, dtype, 3) for dtype in NARROW}
    commands = []
    for name, array in arrays.items():
        metadata = RasterMetadata(
            WIDTH,
            HEIGHT,
            array.dtype.name,
            tuple(Band(nodata=7) for _ in array),
            "EPSG:32633",
            (10.0, 0.0, 500000.0, 0.0, -10.0, 5200000.0),
        )
        path = folder / f"{name}.flac"
        write_streaming(ArrayRaster(metadata, array), path, StreamingOptions(32))
        wanted = [("--tile-id", tile) for tile in range(6)]
        wanted += [("--last",), ("--bbox", "500330,5199790,500400,5199900")]
        for option, *value in wanted:
            target = folder / f"{name}{''.join(map(str, value[:1]))[:2]}{option}.tif"
            commands.append(("extract-streaming", path, option, *value, "-o", target))
    peer(*commands)
    return folder, arrays


@pytest.mark.parametrize("name", [*NARROW, *(f"{dtype}-3" for dtype in NARROW)])
def test_our_streaming_files_are_read_exactly_tile_by_tile(extracted, name):
    folder, arrays = extracted
    array = arrays[name]
    found = verify(folder / f"{name}.flac")
    assert (found.valid, found.has_md5, found.uncertain_values) == (True, True, 0)
    with FlacRaster.open(folder / f"{name}.flac") as raster:
        assert (raster.read() == array).all()
    tiles = [(f"{name}{tile}--tile-id", tile) for tile in range(6)]
    for target, tile in (*tiles, (f"{name}--last", 5), (f"{name}50--bbox", 1)):
        row, column = divmod(tile, 3)
        expected = array[:, 32 * row : 32 * row + 32, 32 * column : 32 * column + 32]
        with rasterio.open(folder / f"{target}.tif") as dataset:
            pixels = dataset.read()
            # older GDAL reads int8 as uint8
            assert pixels.dtype.itemsize == array.itemsize
            assert (pixels.view(array.dtype) == expected).all()
            assert dataset.crs.to_epsg() == 32633
            assert dataset.nodata == 7
            corner = 500000 + 320 * column, 5200000 - 320 * row
            assert (dataset.transform.c, dataset.transform.f) == corner


@pytest.mark.parametrize("name", ["uint8-3", "int16", "float32"])
def test_spatial_info_of_files_without_pixels(written, name):
    """Places are there, so it says them, and what is not."""
    done = run("spatial-info", written / f"{name}_spatial.flac")
    assert done.returncode == 0 and "never stored the pixels" in done.stderr
    assert "EPSG:32633" in done.stdout and "500000" in done.stdout
