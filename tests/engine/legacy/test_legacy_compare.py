"""`compare --export` has the keys of flac-raster 0.1.2, with what the real one says under them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from flac_raster_qgis.engine import compare
from flac_raster_qgis.engine.cli.legacy_report import with_old_keys
from kits.cli import run, strict_json
from kits.geotiff import write_tif

#: Of both, but here of valid pixels alone.
SHARED = "max_difference"
PLACE = {"crs": "EPSG:32633"}


def made(dtype, bands=2, change=0, place=(-1, 3, 4)):
    """Values that differ so little that flac-raster's differences do not wrap around."""
    array = (np.arange(bands * 20 * 30).reshape(bands, 20, 30) % 100).astype(dtype)
    array[place] += np.dtype(dtype).type(change)
    return array


CASES = {
    "equal": (made("int16"), made("int16"), {}, {}),
    "differ": (made("int16"), made("int16", change=7), {}, {}),
    "one band": (made("uint16", 1, 3), made("uint16", 1), {}, {}),
    "float": (made("float32"), made("float32", change=0.25), {}, {}),
    "double": (made("float64"), made("float64", change=1e-9), {}, {}),
    "nodata": (made("int32"), made("int32", change=50), {"nodata": 4}, {"nodata": 99}),
    "other crs": (made("int16"), made("int16"), {}, {"crs": "EPSG:32634"}),
    "no crs": (made("int16"), made("int16"), {}, {"crs": None}),
    "other shape": (made("int16"), made("int16")[:, :10], {}, {}),
    "other bands": (made("int16"), made("int16", 3), {}, {}),
}


@pytest.fixture(scope="module")
def of_peer(peer, tmp_path_factory):
    """What the real program exports for each case, and the folder with the rasters."""
    folder = tmp_path_factory.mktemp("compare")
    commands = []
    for name, (a, b, about_a, about_b) in CASES.items():
        names = [folder / f"{name}.{side}.tif" for side in "ab"]
        write_tif(names[0], a, **{**PLACE, **about_a})
        write_tif(names[1], b, **{**PLACE, **about_b})
        commands.append(("compare", *names, "--export", folder / f"{name}.json"))
    peer(*commands)
    return folder


def about(value):
    """As exact as sums of float32 are, which flac-raster makes of float32."""
    is_number = isinstance(value, float) or (
        isinstance(value, list) and isinstance(value[0], float)
    )
    return pytest.approx(value, rel=1e-5) if is_number else value


@pytest.mark.parametrize("name", CASES)
def test_keys_and_values_of_the_real_one(of_peer, name):
    a, b = of_peer / f"{name}.a.tif", of_peer / f"{name}.b.tif"
    run("compare", a, b, "--export", of_peer / "ours.json")
    ours = strict_json((of_peer / "ours.json").read_text(encoding="utf-8"))
    theirs = json.loads((of_peer / f"{name}.json").read_text())
    assert theirs.keys() <= ours.keys()
    bands = theirs.pop("bands", [])
    for key, value in theirs.items():
        if key != SHARED or name != "nodata":
            assert ours[key] == about(value), key
    for mine, his in zip(ours["bands"], bands):
        for key, value in his.items():
            assert mine[key] == about(value), key
    assert len(bands) in (0, len(ours["bands"]))
    assert ours["identical"] == (name == "equal")


def test_what_is_said_of_nan_is_strict_json(tmp_path):
    array = made("float32")
    array[0, 0, 0] = np.nan
    write_tif(tmp_path / "a.tif", array)
    write_tif(tmp_path / "b.tif", np.nan_to_num(array))
    found = with_old_keys(compare(tmp_path / "a.tif", tmp_path / "b.tif", every_pixel=True))
    strict_json(json.dumps(found, allow_nan=False))
    assert found["arrays_equal"] is False and found["file1_min"] == "nan" == found["rmse"]
    assert (found["file2_min"], found["file2_max"], found["max_difference"]) == (0, 99, 0)
    assert [band["equal"] for band in found["bands"]] == [False, True]
    assert found["bands"][1]["file1_range"] == [0, 99]
    same = with_old_keys(compare(tmp_path / "a.tif", tmp_path / "a.tif", every_pixel=True))
    assert same["arrays_equal"] is True  # of 0.1.2, a file with NaN never equals itself


def test_differences_do_not_wrap_around(tmp_path):
    """Those of 0.1.2 do: of uint8, 2 less is 254 more."""
    write_tif(tmp_path / "a.tif", made("uint8", change=2))
    write_tif(tmp_path / "b.tif", made("uint8"))
    found = with_old_keys(compare(tmp_path / "b.tif", tmp_path / "a.tif", every_pixel=True))
    assert found["bands"][1]["max_diff"] == 2 and found["arrays_equal"] is False


def test_complex_numbers_have_no_smallest(tmp_path):
    write_tif(tmp_path / "a.tif", made("complex64"))
    found = with_old_keys(compare(tmp_path / "a.tif", tmp_path / "a.tif", every_pixel=True))
    assert found["file1_min"] is None and found["bands"][0]["file2_range"] == [None, None]
    assert found["arrays_equal"] is True
