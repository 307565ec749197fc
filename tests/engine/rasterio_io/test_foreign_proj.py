"""rasterio works where the environment names the PROJ and GDAL data of another program.

The launchers of QGIS do so on Windows and macOS, where pip's rasterio brings its own.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest
import rasterio
from flac_raster_qgis.engine import convert
from rasterio.transform import from_origin

COMMAND = (sys.executable, "-c", "from flac_raster_qgis.engine.cli import main; main()")


@pytest.fixture
def foreign(tmp_path):
    """An environment that points to data of a PROJ and a GDAL that do not fit."""
    folder = tmp_path / "share" / "proj"
    folder.mkdir(parents=True)
    database = sqlite3.connect(folder / "proj.db")
    database.execute("CREATE TABLE metadata (key TEXT, value TEXT)")
    layout = (("DATABASE.LAYOUT.VERSION.MAJOR", "1"), ("DATABASE.LAYOUT.VERSION.MINOR", "0"))
    database.executemany("INSERT INTO metadata VALUES (?, ?)", layout)
    database.commit()
    database.close()
    return {**os.environ, **dict.fromkeys(("PROJ_LIB", "PROJ_DATA", "GDAL_DATA"), str(folder))}


def run(environment, *arguments):
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


@pytest.fixture
def geotiff(tmp_path, terrain):
    path = tmp_path / "x.tif"
    described = {"crs": "EPSG:32633", "transform": from_origin(500000, 5000000, 10, 10)}
    with rasterio.open(path, "w", "GTiff", 90, 70, 1, dtype="uint16", **described) as dataset:
        dataset.write(terrain(70, 90))
    return path


def test_the_foreign_data_does_not_fit(foreign):
    """Else the other tests would show nothing."""
    code = "import rasterio; print(rasterio.crs.CRS.from_epsg(32633).to_wkt())"
    done = subprocess.run([sys.executable, "-c", code], env=foreign, capture_output=True, text=True)
    assert done.returncode and "CRSError" in done.stderr


def test_converts_there_and_back(foreign, geotiff, tmp_path):
    flac, back, expected = (tmp_path / name for name in ("x.flac", "back.tif", "expected.flac"))
    convert(geotiff, expected)
    for workers in ("--workers", "--processes"):
        done = run(foreign, "convert", geotiff, "-o", flac, "--overwrite", workers, "2")
        assert done.returncode == 0, done.stderr
        assert flac.read_bytes() == expected.read_bytes()
    done = run(foreign, "convert", flac, "-o", back)
    assert done.returncode == 0, done.stderr
    done = run(foreign, "compare", geotiff, back)
    assert done.returncode == 0, done.stderr


def test_an_area_in_another_crs(foreign, geotiff, tmp_path):
    flac, part = tmp_path / "x.flac", tmp_path / "part.tif"
    convert(geotiff, flac)
    area = ("--bbox", "15.0,45.1484,15.005,45.15", "--crs", "EPSG:4326")
    here, there = (run(env, "query", flac, *area, "-f", "json") for env in (os.environ, foreign))
    assert here.returncode == 0 and there.stdout == here.stdout, there.stderr
    done = run(foreign, "extract", flac, *area, "-o", part)
    assert done.returncode == 0 and part.exists(), done.stderr
