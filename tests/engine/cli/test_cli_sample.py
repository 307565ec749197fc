"""``flac-raster sample``: points in all forms, and what it prints for people and programs."""

import csv
import io
import subprocess
from dataclasses import replace

import numpy as np
import pytest
from flac_raster_qgis.engine import ArrayRaster, WriteOptions, write_raster
from flac_raster_qgis.engine.cli.text_chart import Series, draw
from flac_raster_qgis.engine.model.band_times import with_times
from flac_raster_qgis.engine.model.times import parse_time
from kits.cli import COMMAND, ENVIRONMENT, run, strict_json, succeed
from kits.rasters import array_raster, write_flac
from kits.remote import noise

PLACE = {"crs": "EPSG:32633", "transform": (1.0, 0.0, -20.0, 0.0, -1.0, 20.0)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Four months of 40 x 40 pixels around 0,0, two bands each; and bands without times."""
    folder = tmp_path_factory.mktemp("sample")
    array = noise(40, 40, 8, "int16").copy()
    array[2, 15, 25] = -9999
    raster = array_raster(array, nodata=-9999, unit="mm", scale=0.1, **PLACE)
    times = [parse_time(f"2020-0{month}") for month in (1, 2, 3, 5) for _ in "ab"]
    metadata = with_times(raster.metadata, times, ["rain", "snow"] * 4)
    write_raster(ArrayRaster(metadata, array), folder / "cube.flac", WriteOptions(tile_size=16))
    write_flac(folder / "plain.flac", noise(40, 40, 3, "float32"), nodata=-1, **PLACE)
    np.save(folder / "cube.npy", array)
    return folder


@pytest.fixture
def pixels(folder):
    """Values of the cube at a column and row."""
    array = np.load(folder / "cube.npy")
    return lambda column, row: array[:, row, column].tolist()


def test_for_people(folder, pixels):
    first, header, *rows = succeed("sample", "cube.flac", "5.5,4.5", cwd=folder).splitlines()
    assert first.startswith("1 point, 8 bands of 4 dates: 2 tiles, ")
    assert first.endswith("; from a server nothing to fetch after opening it.")
    assert header.split() == ["band", "time", "label", "value", "unit"]
    values = [str(value) for value in pixels(25, 15)]
    values[2] = "–"
    assert [row.split() for row in rows] == [
        [str(n), f"2020-0{month}", label, value, "mm"]
        for n, month, label, value in zip(
            range(1, 9), [1, 1, 2, 2, 3, 3, 5, 5], ["rain", "snow"] * 4, values
        )
    ]


def test_points_with_minus_and_several(folder):
    lines = succeed("sample", "plain.flac", "-3.5,-4", "-.5,1e1", cwd=folder).splitlines()
    assert lines[0].startswith("2 points, 3 bands: ")
    assert lines[1].split() == ["point", "x", "y", "band", "value"]
    assert [line.split()[:4] for line in lines[2:5]] == [
        ["1", "-3.5", "-4.0", str(n)] for n in (1, 2, 3)
    ]
    assert lines[5].split()[1:3] == ["-0.5", "10.0"]


def test_a_long_list_is_cut(folder):
    points = [f"{n},{n}" for n in range(-10, 10)]
    lines = succeed("sample", "plain.flac", *points, cwd=folder).splitlines()
    assert len(lines) == 43 and lines[-1] == "... and 20 more; --csv and --json have all."


def test_csv(folder, pixels):
    text = succeed("sample", "cube.flac", "5.5,4.5", "0,0", "--csv", cwd=folder)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [*rows[0]] == ["point", "x", "y", "band", "start", "end", "label", "value"]
    assert [row["value"] for row in rows] == [
        "" if value == -9999 else str(value) for value in pixels(25, 15) + pixels(20, 20)
    ]
    assert rows[9]["point"] == "2" and rows[9]["label"] == "snow"
    assert (rows[2]["start"], rows[2]["end"]) == ("2020-02-01T00:00:00Z", "2020-03-01T00:00:00Z")


def test_json_with_scale(folder, pixels):
    text = succeed("sample", "cube.flac", "5.5,4.5", "--scaled", "--json", cwd=folder)
    document = strict_json(text)
    values = [None if value == -9999 else value * 0.1 for value in pixels(25, 15)]
    assert document["points"][0]["values"] == values
    assert document["bands"][0]["unit"] == "mm"


def test_time_and_bands(folder):
    some = ["sample", "cube.flac", "0,0", "--csv"]
    assert succeed(*some, "--time", "2020-02..", cwd=folder).count("\n") == 7
    assert succeed(*some, "--bands", "3,1", cwd=folder).count("\n") == 3
    assert "both given" in run(*some, "--time", "2020", "--bands", "1", cwd=folder).stderr


def test_plan(folder):
    text = succeed("sample", "cube.flac", "0,0", "--plan", cwd=folder)
    assert text.count("\n") == 1 and text.startswith("1 point, 8 bands of 4 dates: 2 tiles, ")
    document = strict_json(succeed("sample", "cube.flac", "0,0", "--plan", "--json", cwd=folder))
    assert document["tile_count"] == 2 and "points" not in document


@pytest.mark.parametrize(
    "text",
    [
        "0,0\n5.5,4.5\n",
        "[0, 0]\n[5.5, 4.5, 100.0]\r\n",
        "lon;lat;name\n0;0;a\n\n5.5;4.5;b\n",
        "\ufeffx\ty\n0\t0\n5.5\t4.5",
        "0 0\n  5.5   4.5  \n",
    ],
)
def test_points_from_standard_input(folder, text):
    command = [*COMMAND, "sample", "cube.flac", "-", "--csv"]
    found = subprocess.run(
        command, input=text.encode(), cwd=folder, env=ENVIRONMENT, capture_output=True, check=True
    )
    expected = succeed("sample", "cube.flac", "0,0", "5.5,4.5", "--csv", cwd=folder)
    assert found.stdout.decode() == expected


def test_a_wrong_line_of_standard_input(folder):
    command = [*COMMAND, "sample", "cube.flac", "-"]
    for text, expected in (("0,0\nhere\n", "Line 2 of the points is 'here'"), ("", "pairs of")):
        found = subprocess.run(
            command, input=text.encode(), cwd=folder, env=ENVIRONMENT, capture_output=True
        )
        assert found.returncode == 2 and expected in found.stderr.decode()


@pytest.mark.parametrize(
    "text, words",
    [
        ("7,44;46,95\n", "Line 1 of the points is '7,44;46,95', expected x,y or [x, y], with dec"),
        ("47N,8\n5.5,4.5\n", "Line 1 of the points is '47N,8'"),
        ("id,x,y\n1,5.5,4.5\n", "x (longitude) must be the first"),
        ('"Lat";"Lon"\n4.5;5.5\n', "x (longitude) must be the first"),
    ],
)
def test_wrong_lines_of_standard_input(folder, text, words):
    """What would be read as another place is an error."""
    command = [*COMMAND, "sample", "cube.flac", "-", "--csv"]
    result = subprocess.run(
        command, input=text.encode(), cwd=folder, env=ENVIRONMENT, capture_output=True
    )
    assert result.returncode == 2 and result.stdout == b""
    assert words in " ".join(result.stderr.decode().split())


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["1"], "'1' is no point"),
        (["1,2,3"], "'1,2,3' is no point"),
        (["nan,2"], "is no point"),
        (["1,2", "--crss"], "There is no option --crss"),
        (["1,2", "-z"], "There is no option -z"),
        (["1,2", "--csv", "--json"], "Give only one of"),
        (["1,2", "--plan", "--plot"], "--plan has neither"),
        (["999,2"], "lies outside"),
        ([], "Missing argument"),
    ],
)
def test_wrong_usage(folder, arguments, text):
    done = run("sample", "cube.flac", *arguments, cwd=folder)
    assert done.returncode == 2 and text in " ".join(done.stderr.replace("│", " ").split())
    assert done.stdout == ""


def test_some_points_outside(folder):
    done = run("sample", "cube.flac", "0,0", "999,0", "--csv", cwd=folder)
    assert done.returncode == 0 and "1 of 2 points lies outside" in done.stderr
    assert done.stdout.splitlines()[-1].endswith(",snow,")


# ---------------------------------------------------------------- charts


def test_plot(folder):
    lines = succeed("sample", "cube.flac", "0,0", "--plot", "--scaled", cwd=folder).splitlines()
    assert lines[1] == "mm" and lines[-1].split() == ["•", "rain", "+", "snow"]
    assert lines[-2].split() == ["2020-01", "2020-05"]
    body = "".join(line.partition("┤")[2] + line.partition("│")[2] for line in lines[2:-3])
    assert 6 <= body.count("•") + body.count("+") <= 8  # some may hide others
    raw = succeed("sample", "cube.flac", "0,0", "--plot", cwd=folder).splitlines()
    assert raw[1] != "mm"  # of scaled values
    assert "band 3" in succeed("sample", "plain.flac", "0,0", "--plot", cwd=folder)


def test_a_chart_for_each_unit(tmp_path):
    array = noise(20, 20, 4, "int16")
    raster = array_raster(array, **PLACE)
    times = [parse_time(f"2020-0{month}") for month in (1, 2) for _ in "ab"]
    metadata = with_times(raster.metadata, times, ["tas", "pr"] * 2)
    bands = [replace(b, unit=unit) for b, unit in zip(metadata.bands, ["K", "mm"] * 2)]
    metadata = replace(metadata, bands=tuple(bands))
    write_raster(ArrayRaster(metadata, array), tmp_path / "a.flac", WriteOptions())
    lines = succeed("sample", "a.flac", "-10.5,10.5", "--plot", cwd=tmp_path).splitlines()
    assert (lines[1], lines[20]) == ("K", "mm")
    for chart in (lines[2:20], lines[21:]):
        assert sum(line.count("•") for line in chart) == 2  # the values; one line has no legend


def test_plot_without_values(tmp_path):
    write_flac(tmp_path / "a.flac", np.full((2, 20, 20), 7, "uint8"), nodata=7)
    assert succeed("sample", "a.flac", "1,1", "--plot", cwd=tmp_path).endswith(
        "\nNo values to draw.\n"
    )


def test_a_chart_has_gaps_and_places_values():
    lines = draw([Series("", [0.0, None, 2.0, float("nan")])], [0, 1, 2, 3], ("a", "d"), 16, 7)
    assert lines == [
        "  2 ┤       •",
        "1.5 ┤",
        "    │",
        "0.5 ┤",
        "  0 ┤•",
        "    ┼───────────",
        "     a         d",
    ]


@pytest.mark.parametrize("values", [[5.0, 5.0], [1.7e308, -1.7e308], [1e-300, 2e-300]])
def test_charts_of_odd_values(values):
    lines = draw([Series("", values)], [0, 1], ("a", "b"), 40, 10)
    assert sum(line.count("•") for line in lines) == 2
    assert all(len(line) <= 41 for line in lines)


def test_a_chart_of_one_position_or_none():
    assert sum(line.count("•") for line in draw([Series("", [3.0])], [7], ("a", "a"), 40, 10)) == 1
    assert draw([Series("", [None])], [7], ("a", "a"), 40, 10) == []


def test_a_chart_in_ascii():
    lines = draw([Series("a", [1.0]), Series("b", [2.0])], [7], ("a", "a"), 40, 10, "ascii")
    assert "\n".join(lines).isascii() and lines[-1].split() == ["*", "a", "+", "b"]
