"""An output is skipped only where it is proven to hold the raster."""

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, FlacRaster, WriteOptions, compare, convert, write_raster
from flac_raster_qgis.engine.errors import CorruptTile, OutputExists
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.model.metadata import Histogram


@pytest.fixture
def source(tmp_path, make_raster, terrain):
    mask = np.ones((70, 90), bool)
    mask[5:9] = False
    path = tmp_path / "in.flac"
    raster = make_raster(terrain(70, 90), mask, nodata=3, crs="EPSG:32633")
    write_raster(raster, path, WriteOptions(tile_size=48))
    return path


def again(source, output, **options):
    return convert(source, output, tile_size=16, skip_identical=True, **options)


@pytest.mark.parametrize("suffix", [".flac", ".tif"])
def test_what_is_there_is_skipped(source, tmp_path, suffix):
    output = tmp_path / f"out{suffix}"
    first, told = again(source, output), []
    assert not first.skipped
    data = output.read_bytes()
    second = again(source, output, job=Job(lambda *args: told.append(args)))
    assert second.skipped and output.read_bytes() == data
    assert (second.output_bytes, second.size_ratio) == (first.output_bytes, first.size_ratio)
    assert told[-1][0] == told[-1][1]


def test_other_options_make_no_other_raster(source, tmp_path):
    convert(source, tmp_path / "out.flac", tile_size=64, effort="small", overview_resampling="none")
    assert again(source, tmp_path / "out.flac").skipped


def altered(make_raster, terrain, what):
    array, mask, facts = terrain(70, 90), np.ones((70, 90), bool), {"crs": "EPSG:32633"}
    mask[5:9] = False
    nodata = 3
    if what == "pixel":
        array[0, 60, 80] += 1
    elif what == "mask":
        mask[60, 80] = False
    elif what == "crs":
        facts["crs"] = "EPSG:32634"
    elif what == "nodata":
        nodata = 4
    elif what == "size":
        array, mask = array[:, :-1], mask[:-1]
    elif what == "dtype":
        array = array.astype(np.int32)
    return make_raster(np.ascontiguousarray(array), mask, nodata=nodata, **facts)


@pytest.mark.parametrize("what", ["pixel", "mask", "crs", "nodata", "size", "dtype"])
def test_any_difference_is_noticed_and_named(source, tmp_path, make_raster, terrain, what):
    output = tmp_path / "out.flac"
    write_raster(altered(make_raster, terrain, what), output)
    data = output.read_bytes()
    named = {"pixel": "pixels", "mask": "pixels", "nodata": "band 1 nodata", "size": "height"}
    found = rf"exactly what .*in.flac does \(different {named.get(what, what)}\)"
    with pytest.raises(OutputExists, match=f"out.flac exists already and does not hold {found}"):
        again(source, output)
    assert output.read_bytes() == data
    assert not again(source, output, overwrite=True).skipped
    assert again(source, output).skipped


STATISTICS = {"STATISTICS_MAXIMUM": "7", "STATISTICS_MINIMUM": "0"}
HISTOGRAM = Histogram(-0.5, 255.5, tuple(range(256)))


@pytest.mark.parametrize("suffix", [".flac", ".tif"])
@pytest.mark.parametrize(
    ("there", "wanted", "missing"),
    [
        ({}, {"tags": {"": STATISTICS}}, "statistics"),
        ({"tags": {"": {**STATISTICS, "STATISTICS_MAXIMUM": "8"}}}, {"tags": {"": STATISTICS}}, 0),
        ({}, {"histograms": (HISTOGRAM,)}, "histograms"),
    ],
    ids=["no statistics", "other statistics", "no histograms"],
)
def test_an_output_without_the_statistics_of_the_raster_is_not_left_alone(
    tmp_path, make_raster, terrain, suffix, there, wanted, missing
):
    """What a viewer has left beside the source since it was converted is kept the next time."""
    for name, band in (("old", there), ("new", wanted)):
        write_raster(make_raster(terrain(9, 9), bands=(Band(**band),)), tmp_path / f"{name}.flac")
    output = tmp_path / f"out{suffix}"
    convert(tmp_path / "old.flac", output)
    found = rf"not hold exactly what .*new.flac does \(different band 1 {missing or 'statistics'}\)"
    with pytest.raises(OutputExists, match=found):
        again(tmp_path / "new.flac", output)
    assert not again(tmp_path / "new.flac", output, overwrite=True).skipped
    assert compare(tmp_path / "new.flac", output).statistics_differences == ()
    assert again(tmp_path / "new.flac", output).skipped


@pytest.mark.parametrize("suffix", [".flac", ".tif"])
def test_an_output_with_statistics_that_the_raster_has_not_is_left_alone(
    tmp_path, make_raster, terrain, suffix
):
    for name, band in (
        ("more", Band(tags={"": STATISTICS}, histograms=(HISTOGRAM,))),
        ("less", Band()),
    ):
        write_raster(make_raster(terrain(9, 9), bands=(band,)), tmp_path / f"{name}.flac")
    convert(tmp_path / "more.flac", tmp_path / f"out{suffix}")
    assert again(tmp_path / "less.flac", tmp_path / f"out{suffix}").skipped


@pytest.mark.parametrize("data", [b"", b"no raster", b"fLaC"])
def test_what_cannot_be_read_holds_nothing(source, tmp_path, data):
    output = tmp_path / "out.flac"
    output.write_bytes(data)
    with pytest.raises(OutputExists, match=r"in.flac does \(not readable\)"):
        again(source, output)
    assert not again(source, output, overwrite=True).skipped


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_damaged_tile_of_any_level_is_noticed(source, tmp_path, level):
    output = tmp_path / "out.flac"
    again(source, output)
    with FlacRaster.open(output) as raster:
        key = list(raster.levels[level].keys())[-1]
        offset, size = raster.head.index.byte_range(key)
    data = bytearray(output.read_bytes())
    data[offset + size - 5] ^= 0xFF
    output.write_bytes(data)
    with pytest.raises(OutputExists):
        again(source, output)


def test_a_damaged_source_is_the_error_that_is_told(source, tmp_path):
    output = tmp_path / "out.flac"
    again(source, output)
    data = bytearray(source.read_bytes())
    data[-5] ^= 0xFF
    source.write_bytes(data)
    with pytest.raises(CorruptTile, match="in.flac"):
        again(source, output, overwrite=True)
