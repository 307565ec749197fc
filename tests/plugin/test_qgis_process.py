"""The tools without a desktop, as a separate program with a profile of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sysconfig
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import compare
from kits.qgis.layers import write_flac
from kits.remote import part as good_part
from kits.remote import says, servers
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from rasterio import warp

from flac_raster_qgis import __path__ as package_folders
from flac_raster_qgis.data_provider import PROVIDER_KEY

pytestmark = pytest.mark.slow

# Debian's qgis_process is a wrapper around this one, and passes an option that it does not know.
PROGRAM = shutil.which("qgis_process.bin") or shutil.which("qgis_process")


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A QGIS profile in which the plugin is installed as the zip installs it."""
    base = tmp_path_factory.mktemp("qgis")
    profile = base / "config" / "profiles" / "default"
    plugin = profile / "python" / "plugins" / "flac_raster_qgis"
    plugin.mkdir(parents=True)
    package = Path(package_folders[0]).resolve()
    outside = [package.parent / name for name in ("engine", "resources", "metadata.txt")]
    for part in (*package.iterdir(), *(path for path in outside if path.exists())):
        if not (plugin / part.name).exists():
            (plugin / part.name).symlink_to(part)
    (profile / "QGIS").mkdir()
    (profile / "QGIS" / "QGIS3.ini").write_text("[PythonPlugins]\nflac_raster_qgis=true\n")
    run = base / "run"
    run.mkdir(mode=0o700)
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(base / "config"),
        "HOME": str(base),
        "XDG_RUNTIME_DIR": str(run),
        "PYTHONPATH": sysconfig.get_paths()["purelib"],
    }


@pytest.fixture
def command(environment):
    """Return a function that runs qgis_process and returns what it did."""

    def command(*arguments):
        return subprocess.run(
            [PROGRAM, *arguments], env=environment, capture_output=True, text=True, timeout=120
        )

    return command


def results(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["results"]


def test_convert_and_compare(command, geotiff, tmp_path):
    flac = tmp_path / "x.flac"
    convert = ("--json", "run", "flacraster:convert", "--")
    found = results(
        command(*convert, f"INPUT={geotiff}", f"OUTPUT={flac}", "OVERVIEW_RESAMPLING=mode")
    )
    assert found["OUTPUT"] == str(flac) and found["OUTPUT_SIZE"] == flac.stat().st_size
    assert compare(geotiff, flac).identical

    inputs = (f"INPUT_A={geotiff}", f"INPUT_B={flac}")
    found = results(command("--json", "run", "flacraster:compare", "--", *inputs))
    assert found["IDENTICAL"] is True and found["DIFFERING_PIXELS"] == 0


def tool_of_qgis(command, tool, *inputs):
    found = command("--json", "run", tool, *inputs)
    return rasterio.open(results(found)["OUTPUT"]).read()


@pytest.mark.parametrize(
    ("tool", "more"), [("native:slope", "Z_FACTOR=1"), ("gdal:hillshade", "BAND=1")]
)
def test_tools_of_qgis(plugin, command, geotiff, flac, tmp_path, tool, more):
    """By path, and by the name of a layer of a project."""
    output = f"OUTPUT={tmp_path / 'y.tif'}"
    expected = tool_of_qgis(command, tool, "--", f"INPUT={geotiff}", more, output)
    inputs = (f"INPUT=flacraster://{flac}", more, output)
    assert np.array_equal(tool_of_qgis(command, tool, "--", *inputs), expected)

    project = QgsProject()
    layer = QgsRasterLayer(str(flac), "relief", PROVIDER_KEY)
    assert layer.isValid() and project.addMapLayer(layer)
    assert project.write(str(tmp_path / "p.qgz"))
    project.clear()
    option = f"--PROJECT_PATH={tmp_path / 'p.qgz'}"
    inputs = ("INPUT=relief", more, output)
    assert np.array_equal(tool_of_qgis(command, tool, option, "--", *inputs), expected)


def test_query_and_extract(command, flac, tmp_path):
    tiles, part = tmp_path / "tiles.gpkg", tmp_path / "part.tif"
    area = (f"INPUT={flac}", "EXTENT=500650,501500,4999000,4999450 [EPSG:32633]")
    run = ("--json", "run")
    planned = results(command(*run, "flacraster:query", "--", *area, f"OUTPUT={tiles}"))
    assert planned["TILES"] == 4 and planned["OUTPUT"] == str(tiles) and tiles.exists()
    found = results(command(*run, "flacraster:extract", "--", *area, f"OUTPUT={part}"))
    assert (found["WIDTH"], found["HEIGHT"]) == (85, 45) and found["TILE_BYTES"] == planned[
        "TILE_BYTES"
    ]
    assert found["OUTPUT_SIZE"] == part.stat().st_size


def test_sample(command, flac, tmp_path):
    points, values = tmp_path / "points.geojson", tmp_path / "values.gpkg"
    points.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "a"}'
        ', "geometry": {"type": "Point", "coordinates": [15.002, 45.15]}}]}'
    )
    given = (f"INPUT={flac}", f"POINTS={points}", f"OUTPUT={values}")
    found = results(command("--json", "run", "flacraster:sample", "--", *given))
    assert found["POINTS_READ"] == 1 and found["POINTS_OUTSIDE"] == 0
    (feature,) = QgsVectorLayer(str(values), "values").getFeatures()
    x, y = (part[0] for part in warp.transform("EPSG:4326", "EPSG:32633", [15.002], [45.15]))
    with rasterio.open(flac.with_suffix(".tif")) as dataset:
        (expected,) = next(dataset.sample([(x, y)]))
    assert feature["value"] == expected and feature["name"] == "a"


def test_a_damaged_file_is_a_result(command, flac):
    data = bytearray(flac.read_bytes())
    data[-20] ^= 4
    flac.write_bytes(data)
    found = results(command("--json", "run", "flacraster:verify", "--", f"INPUT={flac}"))
    assert found["VALID"] is False and found["DAMAGED_TILES"] == 1


def test_an_error_is_status_1_and_a_sentence(command, tmp_path):
    done = command("--json", "run", "flacraster:info", "--", f"INPUT={tmp_path / 'none.flac'}")
    assert done.returncode == 1
    assert "none.flac does not exist. Check the path." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "tool, option, sentence",
    [
        ("query", "EXTENT=0,1,0,1 [EPSG:32633]", "whose bounds are (500000, 4998500, 502000, 5000"),
        (
            "extract",
            "EXTENT=500650,501500,4999000,4999450 [EPSG:99999999]",
            "EPSG:99999999, is unknown",
        ),
        ("query", "WHERE=mean > 3", "is not understood at 'mean'; expected comparisons such as"),
    ],
)
def test_wrong_areas_are_sentences_that_say_what_is_right(
    command, flac, tmp_path, tool, option, sentence
):
    inputs = [f"INPUT={flac}", option]
    if tool == "extract":
        inputs.append(f"OUTPUT={tmp_path / 'x.tif'}")
    done = command("--json", "run", f"flacraster:{tool}", "--", *inputs)
    assert done.returncode == 1 and sentence in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.tif").exists()


def test_help(command):
    done = command("help", "flacraster:convert")
    assert done.returncode == 0
    assert "Compression effort" in done.stdout and "multiple of 16" in done.stdout


def test_interrupt_is_a_failure_that_leaves_nothing(environment, noise, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    inputs = (f"INPUT={noise}", f"OUTPUT={folder / 'x.flac'}", "WORKERS=1", "EFFORT=small")
    process = subprocess.Popen(
        [PROGRAM, "run", "flacraster:convert", "--", *inputs],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not list(folder.iterdir()) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "cancelled; nothing was written" in said
    assert list(folder.iterdir()) == []


class Dying:
    """A server that goes when a raster has been opened."""

    def __init__(self, data):
        self._good, self._left = good_part(data), 1

    def __call__(self, request):
        self._left -= 1
        yield from (self._good if self._left >= 0 else says(404))(request)


@pytest.mark.parametrize(
    "tool, parameters",
    [
        ("rasterlayerstatistics", ["BAND=1"]),
        ("fillnodata", ["BAND=1", "FILL_VALUE=1", "OUTPUT=out.tif"]),
    ],
)
def test_a_server_that_goes_fails_a_tool_of_qgis(command, tmp_path, tool, parameters):
    """Nothing but the exit status says so: QGIS itself takes the pixels for there."""
    noise = np.random.default_rng(1).normal(size=(1, 600, 500)).astype("float32")
    path = tmp_path / "x.flac"
    write_flac(path, noise, tile_size=64)
    given = [text.replace("out.tif", str(tmp_path / "out.tif")) for text in parameters]
    with servers() as (start, _):
        server = start(always=Dying(path.read_bytes()))
        raster = f"INPUT=flacraster://{server.url}"
        done = command("--json", "run", f"native:{tool}", "--", raster, *given)
        assert done.returncode == 1, done
        assert "pixels of the raster are missing" in done.stderr and "404" in done.stderr
        assert done.stdout == ""
        good = start(always=good_part(path.read_bytes()))
        raster = f"INPUT=flacraster://{good.url}"
        results(command("--json", "run", f"native:{tool}", "--", raster, *given))
