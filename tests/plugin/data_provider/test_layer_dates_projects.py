"""Projects keep layers of dates: relative paths, ranges with dots, other time zones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest
from kits.qgis.dated_layers import (
    as_stored,
    draw,
    drawn,
    frames,
    gray,
    months,
    random_bytes,
    time_range,
    unit,
    write_dated,
)
from kits.qgis.layers import read_block, valid_flac_layer
from qgis.core import QgsInterval, QgsLayerDefinition, QgsProviderRegistry

from flac_raster_qgis.core.layer_uri import LayerUri, without_address
from flac_raster_qgis.data_provider import PROVIDER_KEY

pytestmark = pytest.mark.usefixtures("provider_registered")

ARRAY = random_bytes(36)
TIMES = ["all", "2001-02", "2000-03..2001-02", "..2000-12", "2002-01..", "2000-01-01T00:00..2001"]


@pytest.fixture
def path(tmp_path):
    return write_dated(tmp_path / "here" / "data" / "x.flac", ARRAY, months(36))


@pytest.mark.parametrize("time", TIMES)
def test_projects_keep_the_time(path, project, tmp_path, time):
    layer = as_stored(valid_flac_layer(f"{path}|time={time}"))
    before = list(drawn(layer, frames(layer, QgsInterval(1, unit("Months")))))
    layer.setOpacity(0.999)
    project.addMapLayer(layer)
    file = tmp_path / "here" / "p.qgs"
    assert project.write(str(file))
    text = file.read_text(encoding="utf-8")
    assert f"./data/x.flac|time={time}<" in text and "127.0.0.1" not in text
    project.clear()
    moved = tmp_path / "moved"
    shutil.move(tmp_path / "here", moved)
    assert project.read(str(moved / "p.qgs"))
    (found,) = project.mapLayers().values()
    assert found.isValid() and found.temporalProperties().isActive()
    assert LayerUri.parse(found.source()) == LayerUri(str(moved / "data" / "x.flac"), time=time)
    as_stored(found)
    found.setOpacity(1)
    after = list(drawn(found, frames(found, QgsInterval(1, unit("Months")))))
    assert len(before) == len(after)
    for a, b in zip(before, after):
        np.testing.assert_array_equal(a, b)


def test_a_project_of_before_has_all_bands(path, project, tmp_path):
    project.addMapLayer(valid_flac_layer(path))
    assert project.write(str(tmp_path / "p.qgs"))
    project.clear()
    assert project.read(str(tmp_path / "p.qgs"))
    (found,) = project.mapLayers().values()
    assert found.bandCount() == 36 and not found.temporalProperties().isActive()
    assert without_address(found.source()) == str(path)


def test_layer_definitions_and_copies_keep_the_time(path, project, tmp_path):
    layer = valid_flac_layer(f"{path}|time=2000-03..2001-02")
    project.addMapLayer(layer)
    assert QgsLayerDefinition.exportLayerDefinition(
        str(tmp_path / "here" / "x.qlr"), [project.layerTreeRoot().findLayer(layer)]
    )[0]
    assert "./data/x.flac|time=2000-03..2001-02" in (tmp_path / "here" / "x.qlr").read_text()
    (found,) = QgsLayerDefinition.loadLayerDefinitionLayers(str(tmp_path / "here" / "x.qlr"))
    copy = as_stored(layer.clone())
    for each in (as_stored(found), copy):
        assert each.isValid() and each.bandCount() == 1
        picture = gray(draw(each, time_range("2000-05-01", "2000-06-01")))
        np.testing.assert_array_equal(picture, ARRAY[4])
        assert gray(draw(each, time_range("2002-05-01", "2002-06-01"))) is None


def test_a_time_is_a_part_of_the_uri(path):
    registry = QgsProviderRegistry.instance()
    parts = registry.decodeUri(PROVIDER_KEY, f"{path}|time=2000..2001")
    assert parts == {"path": str(path), "time": "2000..2001"}
    assert registry.encodeUri(PROVIDER_KEY, parts) == f"{path}|time=2000..2001"
    both = f"{path}|extent=500000.0,4999900.0,500100.0,5000000.0|time=2000-07"
    assert LayerUri.parse(both).text() == both
    assert valid_flac_layer(both).dataProvider().xSize() == 10


def test_a_layer_follows_a_file_that_is_written_again(path):
    layer = valid_flac_layer(f"{path}|time=all")
    write_dated(path, 255 - ARRAY[:24], months(24, "2010-01"))
    layer.reload()
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], 255 - ARRAY[23])
    full = layer.dataProvider().temporalCapabilities().availableTemporalRange()
    assert full.begin().toString("yyyy-MM") == "2010-01"


_PLAY = """
import json, sys
from qgis.core import QgsApplication, QgsInterval, QgsProject
app = QgsApplication([], True)
app.initQgis()
import numpy as np
from flac_raster_qgis import data_provider
data_provider.register(sys.executable)
from kits.qgis.dated_layers import as_stored, drawn, frames, unit
file, step, count = sys.argv[1:]
assert QgsProject.instance().read(file)
(layer,) = QgsProject.instance().mapLayers().values()
assert layer.isValid()
ranges = frames(as_stored(layer), QgsInterval(int(count), unit(step)))
pictures = [None if found is None else found[:, :2].tolist() for found in drawn(layer, ranges)]
print(json.dumps(pictures))
data_provider.unregister()
del layer
QgsProject.instance().clear()
app.exitQgis()
"""


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "UTC"])
@pytest.mark.parametrize(("step", "count"), [("Months", 1), ("Hours", 6)])
def test_frames_are_the_same_in_every_time_zone(tmp_path, project, zone, step, count):
    if step == "Months":
        times = months(36)
    else:  # across the night in which New York changes its clocks
        times = [f"2021-03-{13 + n // 4}T{n % 4 * 6:02d}:00:00" for n in range(16)]
    path = write_dated(tmp_path / "x.flac", array := random_bytes(len(times)), times)
    project.addMapLayer(valid_flac_layer(f"{path}|time=all"))
    assert project.write(str(tmp_path / "p.qgz"))
    environment = {**os.environ, "TZ": zone, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    script = tmp_path / "play.py"
    script.write_text(_PLAY)
    done = subprocess.run(
        [sys.executable, script, tmp_path / "p.qgz", step, str(count)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    pictures = json.loads(done.stdout.splitlines()[-1])
    assert [picture for picture in pictures if picture is None] == pictures[len(times) :]
    np.testing.assert_array_equal(pictures[: len(times)], array[:, :, :2])
