"""Projects keep FLAC layers, and find them again after being moved."""

from __future__ import annotations

import shutil
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from kits.qgis.layers import (
    flac_layer,
    image_array,
    random_array,
    read_block,
    render,
    valid_flac_layer,
    write_flac,
)
from kits.qgis.remote_layers import until
from qgis.core import Qgis, QgsProject, QgsProviderRegistry, QgsRasterRange

from flac_raster_qgis import data_provider
from flac_raster_qgis.core.layer_uri import without_address
from flac_raster_qgis.data_provider import PROVIDER_KEY

pytestmark = pytest.mark.usefixtures("provider_registered")


@pytest.fixture
def project():
    project = QgsProject()
    yield project
    project.clear()


def set_paths(project: QgsProject, kind: str) -> None:
    if hasattr(Qgis, "FilePathType"):
        project.setFilePathStorage(getattr(Qgis.FilePathType, kind))
    else:
        project.writeEntryBool("Paths", "/Absolute", kind == "Absolute")


def stored_sources(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".qgs"))
        root = ElementTree.fromstring(archive.read(name))
    return [element.text for element in root.iter("datasource") if element.text]


def only_layer(project: QgsProject):
    (layer,) = project.mapLayers().values()
    return layer


def test_a_project_is_saved_and_loaded(tmp_path, project):
    array = random_array("int16")
    layer = valid_flac_layer(write_flac(tmp_path / "data" / "x.flac", array))
    layer.setName("Elevation")
    layer.renderer().contrastEnhancement().setMinimumValue(-123)
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(5, 6)])
    layer.setOpacity(0.5)
    project.addMapLayer(layer)
    assert project.write(str(tmp_path / "p.qgz"))
    project.clear()
    assert project.read(str(tmp_path / "p.qgz"))
    layer = only_layer(project)
    assert layer.isValid() and layer.providerType() == PROVIDER_KEY
    assert layer.name() == "Elevation" and layer.opacity() == 0.5
    assert layer.renderer().contrastEnhancement().minimumValue() == -123
    values, nodata = read_block(layer.dataProvider())
    np.testing.assert_array_equal(values, array[0])
    np.testing.assert_array_equal(nodata, (array[0] == 5) | (array[0] == 6))


def test_a_moved_folder_still_opens(tmp_path, project):
    array = random_array("uint8")
    home = tmp_path / "here"
    layer = valid_flac_layer(write_flac(home / "data" / "x.flac", array))
    project.addMapLayer(layer)
    project.setFileName(str(home / "p.qgz"))
    set_paths(project, "Relative")
    assert project.write()
    assert stored_sources(home / "p.qgz") == ["./data/x.flac"]
    project.clear()
    moved = tmp_path / "elsewhere" / "deeper"
    moved.parent.mkdir()
    shutil.move(home, moved)
    assert project.read(str(moved / "p.qgz"))
    layer = only_layer(project)
    assert layer.isValid()
    assert Path(without_address(layer.source())) == moved / "data" / "x.flac"
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], array[0])


def test_absolute_paths(tmp_path, project):
    path = write_flac(tmp_path / "data" / "x.flac", random_array("uint8"))
    project.addMapLayer(valid_flac_layer(path))
    project.setFileName(str(tmp_path / "home" / "p.qgz"))
    (tmp_path / "home").mkdir()
    set_paths(project, "Absolute")
    assert project.write()
    assert stored_sources(tmp_path / "home" / "p.qgz") == [str(path)]


def test_a_project_opens_although_a_raster_is_gone_and_finds_it_later(tmp_path, project, messages):
    array = random_array("uint8")
    path = write_flac(tmp_path / "x.flac", array)
    project.addMapLayer(valid_flac_layer(path))
    assert project.write(str(tmp_path / "p.qgz"))
    project.clear()
    path.rename(tmp_path / "y.flac")
    assert project.read(str(tmp_path / "p.qgz")) is not None
    layer = only_layer(project)
    assert not layer.isValid() and layer.providerType() == PROVIDER_KEY
    assert messages == [f"{path} does not exist. Check the path."]
    layer.setDataSource(str(tmp_path / "y.flac"), layer.name(), PROVIDER_KEY)
    assert layer.isValid()
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], array[0])


@pytest.mark.parametrize("paths", ["Absolute", "Relative"])
def test_layers_of_an_open_project_are_found_once_the_provider_is_there(tmp_path, paths):
    """As when missing Python packages are installed, or the plugin."""
    project = QgsProject.instance()  # the one whose layers are looked for
    array = random_array("uint8")
    layer = valid_flac_layer(write_flac(tmp_path / "data" / "x.flac", array))
    layer.setOpacity(0.5)
    layer.renderer().contrastEnhancement().setMinimumValue(12)
    project.addMapLayer(layer)
    project.setFileName(str(tmp_path / "p.qgz"))
    set_paths(project, paths)
    assert project.write()
    project.clear()
    data_provider.unregister()
    try:
        assert project.read(str(tmp_path / "p.qgz"))
        layer = only_layer(project)
        assert not layer.isValid()
    finally:
        data_provider.register(sys.executable)
    until(layer.isValid)
    assert without_address(layer.source()) == str(tmp_path / "data" / "x.flac")
    assert layer.opacity() == 0.5
    assert layer.renderer().contrastEnhancement().minimumValue() == 12
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], array[0])
    project.clear()


def test_a_style_is_saved_and_loaded(tmp_path):
    bands = (Band(colormap={0: (1, 2, 3, 255), 255: (9, 8, 7, 255)}),)
    path = write_flac(tmp_path / "x.flac", random_array("uint8"), bands=bands)
    layer, other = valid_flac_layer(path), valid_flac_layer(path)
    layer.renderer().setLabel(255, "water")
    layer.saveNamedStyle(str(tmp_path / "x.qml"))
    other.loadNamedStyle(str(tmp_path / "x.qml"))
    assert [c.label for c in other.renderer().classes()] == ["0", "water"]
    maps = [image_array(render([one], one.extent(), 50, 40)) for one in (layer, other)]
    np.testing.assert_array_equal(*maps)


def test_uris(tmp_path):
    registry = QgsProviderRegistry.instance()
    path = str(write_flac(tmp_path / "a b#c%20.flac", random_array("uint8")))
    assert registry.decodeUri(PROVIDER_KEY, path) == {"path": path}
    assert registry.encodeUri(PROVIDER_KEY, {"path": path}) == path
    url = Path(path).as_uri()
    assert registry.decodeUri(PROVIDER_KEY, url) == {"path": path}
    for uri in (path, url):
        layer = flac_layer(uri)
        assert layer.isValid(), layer.error().message()
        assert without_address(layer.source()) == path


def test_a_relative_path_is_one_of_the_working_folder(tmp_path, monkeypatch):
    write_flac(tmp_path / "x.flac", random_array("uint8"))
    monkeypatch.chdir(tmp_path)
    layer = valid_flac_layer("x.flac")
    monkeypatch.chdir("/")
    layer.reload()  # which then names the place it looked at
    assert not layer.dataProvider().isValid()
    assert "x.flac does not exist" in layer.dataProvider().lastError()
