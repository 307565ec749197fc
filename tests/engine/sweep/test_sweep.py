"""What GDAL says of a raster is still so after FLAC and back, or a warning names what is not.

A selection of ``make sweep``: every kind once in the format that holds all of them, and of every
driver that GDAL has here what it adds itself, every kind by some driver.
"""

import os
import tempfile
from pathlib import Path

import pytest
from kits.sweep import runner

pytestmark = pytest.mark.skipif(
    runner.python_of_gdal() is None, reason="there is no Python with GDAL's own bindings here"
)
ITEMS = [
    *("type", "NBITS", "geotransform", "CRS", "coordinate epoch", "GCPs", "RPCs", "AREA_OR_POINT"),
    *("nodata", "scale", "unit", "description", "color table", "color interpretation"),
    *("category names", "attribute table", "histogram", "statistics", "metadata", "mask"),
    *("overviews", "everything"),
]


@pytest.fixture(scope="module")
def of_kinds(folder):
    """Return the verdicts of every kind."""
    return runner.sweep(runner.kinds_once(), folder / "kinds")


@pytest.fixture(scope="module")
def of_drivers(folder):
    """Return the verdicts of the drivers, each of a few kinds."""
    return runner.sweep(runner.drivers_once(), folder / "drivers")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder in memory where there is one: a thousand files are put on disk otherwise."""
    if os.access("/dev/shm", os.W_OK):
        with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
            yield Path(name)
    else:
        yield tmp_path_factory.mktemp("sweep")


@pytest.mark.parametrize("item", ITEMS)
def test_kinds(of_kinds, item):
    cases = [case for case in of_kinds if case["kind"].partition(":")[0] == item]
    assert cases
    assert failures(cases) == []


def test_nothing_is_left_out(of_kinds, of_drivers):
    assert {case["kind"].partition(":")[0] for case in of_kinds} == set(ITEMS)
    assert len(of_kinds) > 0.9 * len(runner.about()["kinds"])
    drivers = {case["driver"] for case in of_drivers}
    assert len(drivers) > 0.8 * len(runner.about()["drivers"])
    assert len(of_drivers) > 3 * len(drivers)


def test_drivers(of_drivers):
    assert failures(of_drivers) == []


def test_command_line(tmp_path):
    cases = [("VRT", "everything: of one band", "set"), ("GTiff", "mask: per band", "copied")]
    found = runner.sweep(cases, tmp_path, command_line=True)
    assert failures(found) == []
    assert [case["verdict"] for case in found][1:] == ["refused"]


def failures(cases):
    return [
        f"{case['driver']}, {case['kind']}, {case['way']}: {wrong}"
        for case in cases
        for wrong in case["wrong"]
    ]
