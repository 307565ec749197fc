"""Files of flac-raster through every operation, as if they were any other FLAC raster."""

import json
import multiprocessing

import numpy as np
import pytest
from flac_raster_qgis.engine import (
    Area,
    FlacRaster,
    Window,
    compare,
    convert,
    extract,
    info,
    query,
    verify,
)
from flac_raster_qgis.engine.errors import CorruptFile, NotFlacRaster, UnsupportedRaster
from flac_raster_qgis.engine.legacy import stream_decoder as legacy_stream
from flac_raster_qgis.engine.parallel.processes import ProcessExecutor
from kits import LEGACY_SAMPLES
from kits.legacy import (
    NEW,
    OLD,
    TRANSFORM,
    plain,
    retagged,
    samples_of,
    spatial,
    stream,
    streaming,
    truth,
)

#: Recovered exactly, whichever release wrote them.
EXACT = ("dem_i16", "full_u16", "rgb_u8")
LAYOUTS = ("plain", "streaming")
VERSIONS = ("v01", "v02")


def sample(name, version, layout):
    return LEGACY_SAMPLES / f"{name}_{version}.{layout}.flac"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", EXACT)
def test_samples_that_are_restored_exactly(name, version, layout):
    array = truth(name)
    if (layout, version) == ("streaming", "v01"):
        array = array[:1]
    with FlacRaster.open(sample(name, version, layout)) as raster:
        assert raster.metadata.crs == "EPSG:32633"
        assert raster.metadata.transform == tuple(TRANSFORM[:6])
        assert raster.dtype == array.dtype
        assert (raster.read() == array).all()
        window = Window(20, 25, 30, 15)
        assert (raster.read(window) == array[(slice(None), *window.slices)]).all()
    found = verify(sample(name, version, layout))
    assert (found.valid, found.uncertain_values, found.has_md5) == (True, 0, False)
    assert found.values == array.size


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["full_i16", "dem_f32"])
def test_what_is_wrong_in_other_samples_is_counted(name, version, layout):
    array = truth(name)
    found = verify(sample(name, version, layout))
    with FlacRaster.open(sample(name, version, layout)) as raster:
        pixels = raster.read()
        sentences = raster.warnings
    wrong = np.count_nonzero(pixels.view(f"u{array.itemsize}") != array.view(f"u{array.itemsize}"))
    assert found.valid and wrong <= found.uncertain_values
    assert (found.uncertain_values > 0) == (name == "dem_f32" or version == "v01")
    assert any(
        f"{found.uncertain_values:,} of the 3,072 values" in text for text in sentences
    ) == bool(found.uncertain_values)
    assert found.warnings == sentences


def test_nodata_of_the_plain_layout():
    with FlacRaster.open(sample("dem_i16", "v01", "plain")) as raster:
        assert raster.metadata.nodata == (-9999,)


@pytest.mark.parametrize(
    "name, version, layout, exact",
    [
        ("dem_i16", "v01", "plain", True),
        ("full_u16", "v01", "plain", None),
        ("dem_f32", "v02", "plain", None),
        ("rgb_u8", "v01", "streaming", True),
        ("dem_i16", "v02", "streaming", None),
        ("dem_i16", "v01", "spatial", False),
    ],
)
def test_describe_says_whether_all_pixels_can_be_restored(name, version, layout, exact):
    found = info(sample(name, version, layout))
    json.dumps(found, allow_nan=False)
    restored = found["recovery"]
    assert (restored["layout"], restored["exact"]) == (layout, exact)
    assert restored["has_pixels"] == (layout != "spatial")
    only_band = [note for note in restored["notes"] if "only the first band" in note]
    assert bool(only_band) == ((layout, version) == ("streaming", "v01"))


def test_describe_of_our_own_files_says_that_nothing_had_to_be_restored(tmp_path):
    convert(LEGACY_SAMPLES / "rgb_u8.tif", tmp_path / "x.flac")
    assert info(tmp_path / "x.flac")["recovery"] is None


# ---------------------------------------------------------------- spatial


@pytest.mark.parametrize("version, reason", [("v01", "never stored"), ("v02", "did not store")])
@pytest.mark.parametrize("name", ["dem_i16", "dem_f32", "rgb_u8"])
def test_spatial_files_are_refused_but_described(tmp_path, name, version, reason):
    path = sample(name, version, "spatial")
    for attempt in (
        lambda: FlacRaster.open(path),
        lambda: verify(path),
        lambda: query(path),
        lambda: convert(path, tmp_path / "x.tif"),
        lambda: extract(path, tmp_path / "x.tif"),
        lambda: compare(path, LEGACY_SAMPLES / f"{name}.tif"),
    ):
        with pytest.raises(UnsupportedRaster, match=reason):
            attempt()
    assert not list(tmp_path.iterdir())
    found, array = info(path), truth(name)
    assert (found["data_min"], found["data_max"]) == (array.min(), array.max())
    assert (found["width"], found["height"]) == (64, 48)
    assert found["bounds"] == [500000, 5199520, 500640, 5200000]


@pytest.mark.parametrize("version", ["v01", "v02"])
@pytest.mark.parametrize("name", ["dem_i16", "dem_f32", "rgb_u8", "full_u16"])
def test_tiles_of_spatial_files_are_listed_where_they_are(name, version):
    """Their own index says where they were before tags were put in front of them."""
    path = sample(name, version, "spatial")
    data = path.read_bytes()
    with FlacRaster.open(path, allow_missing_pixels=True) as raster:
        tiles = query(raster).tiles
    windows = [(0, 0, 32, 32), (32, 0, 32, 32), (0, 32, 32, 16), (32, 32, 32, 16)]
    assert [tile.window for tile in tiles] == windows
    starts = [0, *(tile.offset for tile in tiles[1:])]
    assert [data[start : start + 4] for start in starts] == [b"fLaC"] * 4
    assert data.count(b"fLaC") == 4 and tiles[3].offset + tiles[3].size == len(data)


def test_made_spatial_files_are_like_real_ones(tmp_path):
    path = tmp_path / "x.flac"
    path.write_bytes(spatial(truth("full_u16")))
    with pytest.raises(UnsupportedRaster, match="never stored"):
        FlacRaster.open(path)


# ---------------------------------------------------------------- operations


@pytest.mark.parametrize("suffix", ["tif", "flac"])
def test_conversion_keeps_what_there_is_and_warns_of_the_rest(tmp_path, suffix):
    out = tmp_path / f"x.{suffix}"
    assert convert(sample("dem_i16", "v01", "plain"), out).warnings == ()
    assert compare(out, LEGACY_SAMPLES / "dem_i16.tif").identical
    warnings = convert(sample("rgb_u8", "v01", "streaming"), out, overwrite=True).warnings
    assert len(warnings) == 1 and "only the first band" in warnings[0]
    warnings = convert(sample("full_i16", "v01", "plain"), out, overwrite=True).warnings
    assert len(warnings) == 1 and "3,072 of the 3,072 values" in warnings[0]


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork")
def test_other_processes_do_not_lose_the_warning(tmp_path):
    with ProcessExecutor(2) as executor:
        result = convert(
            sample("full_i16", "v01", "plain"), tmp_path / "x.flac", executor=executor, workers=2
        )
    assert "3,072 of the 3,072 values" in result.warnings[0]


def test_compare_reads_them(tmp_path):
    assert compare(sample("dem_i16", "v02", "plain"), LEGACY_SAMPLES / "dem_i16.tif").identical
    found = compare(sample("full_i16", "v01", "plain"), LEGACY_SAMPLES / "full_i16.tif")
    assert not found.pixels_identical


def test_extract_crops_and_warns(tmp_path):
    area = Area(bbox=(500300, 5199600, 500400, 5199700))
    path = sample("full_i16", "v01", "streaming")
    result = extract(path, tmp_path / "x.tif", area)
    assert result.plan.window == Window(30, 30, 10, 10)
    assert any("values in the tiles" in text for text in result.warnings)
    result = extract(sample("dem_i16", "v01", "plain"), tmp_path / "y.tif", area)
    assert result.warnings == ()
    with FlacRaster.open(sample("dem_i16", "v01", "plain")) as raster:
        assert raster.warnings == ()


def test_query_of_a_streaming_file_names_the_bytes_of_tiles():
    path = sample("dem_i16", "v01", "streaming")
    found = query(path, Area(tile="last"))
    (tile,) = found.tiles
    data = path.read_bytes()
    assert data[tile.offset : tile.offset + 4] == b"fLaC"
    assert tile.offset + tile.size == len(data)
    everything = query(path)
    start = everything.tiles[0].offset
    assert data[start : start + 4] == b"fLaC"
    assert everything.ranges == ((start, len(data) - start),)


def test_query_of_a_plain_file_needs_all_of_it():
    path = sample("dem_i16", "v01", "plain")
    found = query(path, Area(bbox=(500010, 5199900, 500020, 5199950)))
    assert found.ranges == ((0, path.stat().st_size),)
    assert found.file_fraction == 1


# ---------------------------------------------------------------- reading in parts


def test_a_plain_file_that_is_read_in_parts_is_decoded_once(tmp_path, monkeypatch):
    calls = []
    decode = legacy_stream.flac.decode_channels
    monkeypatch.setattr(
        legacy_stream.flac,
        "decode_channels",
        lambda *args, **options: calls.append(1) or decode(*args, **options),
    )
    array = np.arange(300 * 40, dtype=np.uint16).reshape(1, 300, 40)
    path = tmp_path / "x.flac"
    path.write_bytes(plain(array))
    convert(path, tmp_path / "y.flac", tile_size=16, workers=2)
    assert len(calls) == 1
    with FlacRaster.open(tmp_path / "y.flac") as raster:
        assert (raster.read() == array).all()


def test_what_was_decoded_cannot_be_changed_by_its_reader():
    with FlacRaster.open(sample("dem_i16", "v01", "plain")) as raster:
        before = raster.read()
        tile = raster.read_tile(next(iter(raster.grid.keys())))
        with pytest.raises(ValueError):
            tile.pixels[...] = 0
        assert (raster.read() == before).all()


# ---------------------------------------------------------------- odd files


@pytest.mark.parametrize("release", [OLD, NEW])
def test_all_bands_and_odd_sizes(tmp_path, release):
    array = np.random.default_rng(0).integers(0, 5000, (5, 37, 71), np.uint16, endpoint=True)
    path = tmp_path / "x.flac"
    path.write_bytes(streaming(array, release))
    with FlacRaster.open(path) as raster:
        assert (raster.read() == (array[:1] if release == OLD else array)).all()
    path.write_bytes(plain(array, release))
    with FlacRaster.open(path) as raster:
        assert (raster.read() == array).all()
        assert (raster.read(bands=[4]) == array[3]).all()


def test_without_a_crs_and_without_a_place(tmp_path):
    array = truth("rgb_u8")
    path = tmp_path / "x.flac"
    path.write_bytes(plain(array, crs=None, transform=[1.0, 0, 0, 0, 1, 0, 0, 0, 1]))
    with FlacRaster.open(path) as raster:
        assert raster.metadata.crs is None
        assert raster.metadata.transform == (1, 0, 0, 0, 1, 0)


@pytest.mark.parametrize("nodata, expected", [(255.0, 255), ("nan", None), (-1.5, -1.5)])
def test_nodata_of_integers(tmp_path, nodata, expected):
    path = tmp_path / "x.flac"
    path.write_bytes(plain(truth("rgb_u8"), nodata=nodata))
    with FlacRaster.open(path) as raster:
        value = raster.metadata.nodata[0]
        assert value == expected or (expected is None and np.isnan(value))


def test_complex_pixels_are_refused(tmp_path):
    path = tmp_path / "x.flac"
    path.write_bytes(retagged(plain(truth("rgb_u8")), DTYPE="complex64"))
    with pytest.raises(UnsupportedRaster, match="cannot keep complex64"):
        FlacRaster.open(path)


# ---------------------------------------------------------------- the sidecar of 0.1.0


def write_with_sidecar(folder, array, **changes):
    path = folder / "x.flac"
    path.write_bytes(stream(samples_of(array, OLD)))
    described = {
        "width": array.shape[2],
        "height": array.shape[1],
        "count": array.shape[0],
        "dtype": array.dtype.name,
        "crs": "EPSG:32633",
        "transform": TRANSFORM,
        "bounds": {"left": 0, "bottom": 0, "right": 1, "top": 1},
        "data_min": float(array.min()),
        "data_max": float(array.max()),
        "nodata": -9999.0,
        "driver": "GTiff",
    }
    path.with_suffix(".json").write_text(json.dumps({**described, **changes}))
    return path


def test_a_sidecar_describes_a_file_without_tags(tmp_path):
    array = truth("dem_i16")
    with FlacRaster.open(write_with_sidecar(tmp_path, array)) as raster:
        assert (raster.read() == array).all()
        assert raster.metadata.crs == "EPSG:32633"
        assert raster.metadata.transform == tuple(TRANSFORM[:6])
        assert raster.metadata.nodata == (-9999,)
    path = write_with_sidecar(tmp_path, array, crs=None, nodata=None, transform=None)
    with FlacRaster.open(path) as raster:
        assert (raster.metadata.crs, raster.metadata.nodata) == (None, (None,))
        assert (raster.read() == array).all()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"width": []}', "[" * 100_000, "{" * 40, "x" * (2 << 20)]
)
def test_another_file_beside_music_is_no_sidecar(tmp_path, text):
    path = write_with_sidecar(tmp_path, truth("dem_i16"))
    path.with_suffix(".json").write_text(text)
    with pytest.raises((CorruptFile, NotFlacRaster)):
        FlacRaster.open(path)
