"""The streaming layout that we write, for those who read it with flac-raster."""

import json

import numpy as np
import pytest
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    FlacRaster,
    RasterMetadata,
    compare,
    convert,
    info,
    verify,
    write_raster,
)
from flac_raster_qgis.engine import flac as codec
from flac_raster_qgis.engine.errors import (
    Cancelled,
    InputError,
    MissingDependency,
    OutputExists,
    UnsupportedRaster,
)
from flac_raster_qgis.engine.flac import soundfile_backend
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.legacy.streaming_writer import StreamingOptions, write_streaming
from flac_raster_qgis.engine.parallel.processes import ProcessExecutor
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from kits import LEGACY_SAMPLES
from kits.legacy import plain, truth

PLACE = (10.0, 0.0, 500000.0, 0.0, -10.0, 5200000.0)


def raster_of(array, **band):
    count, height, width = array.shape
    bands = tuple(Band(**band) for _ in range(count))
    return ArrayRaster(
        RasterMetadata(width, height, array.dtype.name, bands, "EPSG:32633", PLACE), array
    )


def index_of(path):
    data = path.read_bytes()
    length = int.from_bytes(data[:4], "big")
    return json.loads(data[4 : 4 + length]), data[4 + length :]


@given(
    st.sampled_from(["uint8", "int8", "uint16", "int16"]).flatmap(
        lambda dtype: arrays.arrays(
            dtype,
            st.tuples(st.integers(1, 8), st.integers(1, 20), st.integers(1, 20)),
        )
    ),
    st.integers(1, 9),
)
@settings(max_examples=25)
def test_every_pixel_comes_back(tmp_path_factory, array, size):
    path = tmp_path_factory.mktemp("written") / "x.flac"
    write_streaming(raster_of(array), path, StreamingOptions(size, workers=1))
    with FlacRaster.open(path) as raster:
        assert (raster.read() == array).all() and raster.dtype == array.dtype
        assert raster.warnings == ()
    found = verify(path)
    assert (found.valid, found.has_md5, found.uncertain_values) == (True, True, 0)


def test_the_index_is_what_flac_raster_writes(tmp_path):
    path = tmp_path / "x.flac"
    convert(LEGACY_SAMPLES / "dem_i16.tif", path, layout="streaming", tile_size=32)
    document, tiles = index_of(path)
    theirs, _ = index_of(LEGACY_SAMPLES / "dem_i16_v02.streaming.flac")
    for ours, other in zip(document.pop("frames"), theirs.pop("frames")):
        assert ours["bbox"] == other["bbox"] and ours["window"] == other["window"]
        start = ours["byte_offset"]
        assert tiles[start : start + 4] == b"fLaC"
    document.pop("encoder")
    assert document == theirs
    assert ours["byte_offset"] + ours["byte_size"] == len(tiles)


def test_it_is_much_smaller_than_what_flac_raster_makes(tmp_path):
    path = tmp_path / "x.flac"
    convert(LEGACY_SAMPLES / "dem_i16.tif", path, layout="streaming", tile_size=32)
    assert (
        path.stat().st_size < 0.75 * (LEGACY_SAMPLES / "dem_i16_v01.streaming.flac").stat().st_size
    )
    assert info(path)["recovery"]["exact"] is True


def test_all_that_it_cannot_hold_is_warned_of(tmp_path):
    source = tmp_path / "in.flac"
    mask = np.ones((48, 64), bool)
    mask[0] = False
    metadata = raster_of(truth("dem_i16")).metadata
    described = RasterMetadata(
        64, 48, "int16", (Band(nodata=5, unit="m", scale=0.5),), metadata.crs, PLACE, has_mask=True
    )
    write_raster(ArrayRaster(described, truth("dem_i16"), mask), source)
    result = convert(source, tmp_path / "x.flac", layout="streaming")
    lost = " ".join(result.warnings)
    for word in ("mask", "unit", "scale"):
        assert word in lost
    assert "nodata" not in lost
    found = compare(source, tmp_path / "x.flac")
    assert found.bands[0].max_difference == 0


@pytest.mark.parametrize("nodata, kept", [(7, 7), (-9999, None), (1.5, None), (None, None)])
def test_nodata_that_no_pixel_can_have_is_left_out(tmp_path, nodata, kept):
    """For flac-raster's writer of GeoTIFF would refuse it."""
    path = tmp_path / "x.flac"
    write_streaming(raster_of(np.zeros((2, 3, 4), np.uint8), nodata=nodata), path)
    with FlacRaster.open(path) as raster:
        assert raster.metadata.nodata == (kept, kept)


@pytest.mark.parametrize("dtype", ["int32", "uint32", "float32", "float64", "int64", "complex64"])
def test_types_that_flac_raster_would_change_are_refused(tmp_path, dtype):
    path = tmp_path / "x.flac"
    with pytest.raises(UnsupportedRaster, match="would change.*usual layout"):
        write_streaming(raster_of(np.zeros((1, 3, 4), dtype)), path)
    assert not path.exists()


def test_too_many_bands_and_too_many_tiles_are_refused(tmp_path):
    with pytest.raises(UnsupportedRaster, match="9 bands.*at most 8"):
        write_streaming(raster_of(np.zeros((9, 3, 4), np.uint8)), tmp_path / "x.flac")
    with pytest.raises(UnsupportedRaster, match="Use larger tiles"):
        wide = raster_of(np.zeros((1, 300, 300), np.uint8))
        write_streaming(wide, tmp_path / "x.flac", StreamingOptions(1))


@pytest.mark.parametrize("options", [{"tile_size": 0}, {"tile_size": 9000}, {"level": 9}])
def test_options_that_cannot_be(tmp_path, options):
    with pytest.raises(InputError, match="expected"):
        convert(LEGACY_SAMPLES / "dem_i16.tif", tmp_path / "x.flac", layout="streaming", **options)


def test_layouts_that_cannot_be(tmp_path):
    with pytest.raises(InputError, match="tiled, streaming"):
        convert(LEGACY_SAMPLES / "dem_i16.tif", tmp_path / "x.flac", layout="spatial")
    with pytest.raises(InputError, match="Name it .flac"):
        convert(LEGACY_SAMPLES / "dem_i16.tif", tmp_path / "x.tif", layout="streaming")


def test_an_existing_file_stays_and_a_cancelled_one_leaves_nothing(tmp_path):
    path = tmp_path / "x.flac"
    path.write_bytes(b"old")
    with pytest.raises(OutputExists):
        convert(LEGACY_SAMPLES / "dem_i16.tif", path, layout="streaming")
    for when in (1, 3):
        seen = []
        with pytest.raises(Cancelled):
            convert(
                LEGACY_SAMPLES / "dem_i16.tif",
                path,
                layout="streaming",
                tile_size=16,
                overwrite=True,
                job=Job(
                    lambda done, total, seen=seen: seen.append(done),
                    lambda when=when, seen=seen: len(seen) >= when,
                ),
            )
        assert path.read_bytes() == b"old"
        assert [each.name for each in tmp_path.iterdir()] == ["x.flac"]


def test_processes_make_the_same_file(tmp_path):
    here, there = tmp_path / "a.flac", tmp_path / "b.flac"
    convert(LEGACY_SAMPLES / "rgb_u8.tif", here, layout="streaming", tile_size=16)
    with ProcessExecutor(2) as executor:
        convert(
            LEGACY_SAMPLES / "rgb_u8.tif",
            there,
            layout="streaming",
            tile_size=16,
            executor=executor,
            workers=2,
        )
    assert here.read_bytes() == there.read_bytes()


def test_where_only_soundfile_is_installed_what_cannot_be_checked_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(codec, "backend", lambda: soundfile_backend)
    path = tmp_path / "x.flac"
    write_streaming(raster_of(truth("rgb_u8")), path, StreamingOptions(32))
    with FlacRaster.open(path) as raster:  # ours have an MD5
        assert (raster.read() == truth("rgb_u8")).all()
    path.write_bytes(plain(truth("rgb_u8")))
    with FlacRaster.open(path) as raster, pytest.raises(MissingDependency, match="pyflac"):
        raster.read()
