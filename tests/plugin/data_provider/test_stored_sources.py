"""No file of QGIS has the address of a layer, and all open in other sessions and places."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from kits.qgis.layers import has_address, random_array, read_block, valid_flac_layer, write_flac
from kits.qgis.remote_layers import until
from kits.remote import part, says
from osgeo import gdal
from qgis.core import (
    QgsBookmark,
    QgsLayerDefinition,
    QgsLayerTreeGroup,
    QgsLayerTreeModel,
    QgsLayout,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsMapThemeCollection,
    QgsPrintLayout,
    QgsReferencedRectangle,
    QgsReport,
    QgsReportSectionLayout,
)
from qgis.PyQt.QtCore import QCoreApplication

from flac_raster_qgis.core import addresses
from flac_raster_qgis.core.layer_uri import LayerUri, without_address
from flac_raster_qgis.data_provider import project_sources

ARRAY = random_array("int16", 1, 60, 80)


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # which loading a layer definition changes
    return write_flac(tmp_path / "home" / "data" / "x.flac", ARRAY)


@pytest.fixture
def layer(project, path):
    layer = valid_flac_layer(path)
    project.addMapLayer(layer)
    return layer


def text_of(file):
    if file.suffix != ".qgz":
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".qgs"))
        return archive.read(name).decode()


def add_layout(project, layer):
    """Add a layout whose map and legend have layers and styles of their own."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("layout")
    item = QgsLayoutItemMap(layout)
    item.setKeepLayerSet(True)
    item.setLayers([layer])
    item.setKeepLayerStyles(True)
    item.storeCurrentLayerStyles()
    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    overview = QgsLayoutItemMap(layout)
    for one in (item, legend, overview):
        layout.addLayoutItem(one)
    overview.overview().setLinkedMap(item)
    project.layoutManager().addLayout(layout)
    return item


def add_report(project, layer):
    """Add a report with such a map in a section."""
    report = QgsReport(project)
    report.setName("report")
    section = QgsReportSectionLayout(report)
    body = QgsLayout(project)
    item = QgsLayoutItemMap(body)
    item.setKeepLayerSet(True)
    item.setLayers([layer])
    body.addLayoutItem(item)
    section.setBody(body)
    section.setBodyEnabled(True)
    report.appendChild(section)
    project.layoutManager().addLayout(report)


def add_theme_and_bookmark(project, layer):
    tree = QgsLayerTreeModel(project.layerTreeRoot())
    record = QgsMapThemeCollection.createThemeFromCurrentState(project.layerTreeRoot(), tree)
    project.mapThemeCollection().insert("theme", record)
    bookmark = QgsBookmark()
    bookmark.setExtent(QgsReferencedRectangle(layer.extent(), layer.crs()))
    project.bookmarkManager().addBookmark(bookmark)


def another_session(monkeypatch):
    monkeypatch.setattr(addresses, "_secret", os.urandom(32))


@pytest.mark.parametrize("name", ["p.qgs", "p.qgz"])
def test_projects(project, layer, path, tmp_path, monkeypatch, name):
    file, address = path.parent.parent / name, layer.source()
    item = add_layout(project, layer)
    add_report(project, layer)
    add_theme_and_bookmark(project, layer)
    for _ in range(2):  # the second time over the first
        assert project.write(str(file))
        text = text_of(file)
        assert text.count("./data/x.flac") >= 3 and str(path) in text
        assert "127.0.0.1" not in text and "vsicurl" not in text
    assert layer.source() == address and item.layers() == [layer]
    assert not project.isDirty()

    project.clear()
    another_session(monkeypatch)
    file.parent.rename(moved := tmp_path / "moved")
    assert project.read(str(moved / name)) and not project.isDirty()
    (layer,) = project.mapLayers().values()
    assert has_address(layer) and layer.source() != address
    assert LayerUri.parse(layer.source()).name == str(moved / "data" / "x.flac")
    (layout,) = project.layoutManager().printLayouts()
    item = max((i for i in layout.items() if isinstance(i, QgsLayoutItemMap)), key=len_of_layers)
    assert item.layers() == [layer] and item.layerStyleOverrides()
    assert project.mapThemeCollection().mapThemeVisibleLayers("theme") == [layer]
    assert project.write() and "127.0.0.1" not in text_of(moved / name)


def len_of_layers(item):
    return len(item.layers())


def test_the_working_folder_does_not_matter(project, layer, path, tmp_path, monkeypatch):
    """QGIS 3.22 takes the file of the same relative path there, also for GeoTIFFs."""
    other = write_flac(tmp_path / "other" / "data" / "x.flac", ARRAY)
    monkeypatch.chdir(other.parent.parent)
    file = path.parent.parent / "p.qgs"
    assert project.write(str(file)) and "<datasource>./data/x.flac<" in text_of(file)


def test_absolute_paths(project, layer, path):
    project.writeEntryBool("Paths", "/Absolute", True)
    file = path.parent.parent / "p.qgs"
    assert project.write(str(file))
    assert "127.0.0.1" not in text_of(file) and f"<datasource>{path}<" in text_of(file)


def test_a_project_that_cannot_be_written(project, layer, tmp_path):
    address = layer.source()
    add_layout(project, layer)
    assert not project.write(str(tmp_path / "none" / "p.qgs"))
    QCoreApplication.processEvents()
    assert layer.source() == address


def test_a_layer_that_is_changed_while_the_project_is_written(project, layer, tmp_path):
    other = write_flac(tmp_path / "other.flac", ARRAY)
    add_layout(project, layer)
    project_sources.hide_addresses(None)
    assert not has_address(layer)
    layer.setDataSource(str(other), "x", "flacraster", False)
    project_sources.show_addresses()
    assert without_address(layer.source()) == str(other) and has_address(layer)


def test_layer_definitions(project, layer, path, tmp_path, monkeypatch):
    file = path.parent.parent / "x.qlr"
    node = project.layerTreeRoot().findLayer(layer.id())
    assert QgsLayerDefinition.exportLayerDefinition(str(file), [node])[0]
    text = text_of(file)
    assert "127.0.0.1" not in text and "<datasource>./data/x.flac<" in text
    project.clear()
    another_session(monkeypatch)
    file.parent.rename(moved := tmp_path / "moved")
    root = QgsLayerTreeGroup()
    assert QgsLayerDefinition.loadLayerDefinition(str(moved / "x.qlr"), project, root)[0]
    (found,) = (tree.layer() for tree in root.findLayers())
    assert has_address(found)
    assert LayerUri.parse(found.source()).name == str(moved / "data" / "x.flac")


def test_parts_and_urls(project, publish, only_memory, path, tmp_path):
    part_of = LayerUri(str(path), extent=(500000, 4999700, 500400, 5000000))
    url = publish(ARRAY)
    project.addMapLayers([valid_flac_layer(part_of.text()), valid_flac_layer(url)])
    file = path.parent.parent / "p.qgs"
    assert project.write(str(file))
    text = text_of(file)
    assert "vsicurl" not in text and f"<datasource>{url}<" in text
    assert "<datasource>./data/x.flac|extent=500000.0,4999700.0," in text
    project.clear()
    assert project.read(str(file))
    assert all(map(has_address, project.mapLayers().values()))


def test_a_project_of_version_1_with_an_address(project, layer, path, tmp_path, monkeypatch):
    """As a project or layer definition has it that was written while the plugin was not there."""
    file = tmp_path / "p.qgs"
    assert project.write(str(file))
    relative = "./home/data/x.flac"
    text = text_of(file)
    assert relative in text
    file.write_text(text.replace(relative, layer.source()), encoding="utf-8")
    old = layer.source()
    project.clear()
    another_session(monkeypatch)
    assert project.read(str(file))
    (found,) = project.mapLayers().values()
    assert has_address(found) and found.source() != old
    assert LayerUri.parse(found.source()).name == str(path)


def test_a_project_is_saved_while_the_server_is_gone(project, layer, path):
    address, file = layer.source(), path.parent.parent / "p.qgs"
    server = addresses._server
    server.stop()
    assert project.write(str(file)) and "vsicurl" not in text_of(file)
    assert layer.source() == address
    project.clear()
    assert project.read(str(file))  # which starts it again
    (found,) = project.mapLayers().values()
    assert has_address(found)
    assert np.array_equal(gdal.Open(found.source()).ReadAsArray(), ARRAY[0])


def test_a_project_is_opened_offline_and_then_online(project, serve, only_memory, tmp_path, path):
    server = serve(always=part(path.read_bytes()))
    project.addMapLayer(layer := valid_flac_layer(server.url))
    layer.setOpacity(0.5)
    file = tmp_path / "p.qgs"
    assert project.write(str(file))
    project.clear()
    del layer
    server.always = says(503)
    assert project.read(str(file))
    (layer,) = project.mapLayers().values()
    assert not layer.isValid() and layer.source() == server.url
    assert project.write(str(file)) and f"<datasource>{server.url}<" in text_of(file)
    server.always = part(path.read_bytes())
    layer.reload()
    until(lambda: layer.isValid() and has_address(layer), 20)
    assert layer.opacity() == 0.5 and LayerUri.parse(layer.source()).name == server.url
    assert np.array_equal(gdal.Open(layer.source()).ReadAsArray(), ARRAY[0])


def test_two_windows_with_the_same_project(project, layer, path):
    file = path.parent.parent / "p.qgs"
    assert project.write(str(file))
    code = f"""
import sys
from qgis.core import QgsApplication, QgsProject
app = QgsApplication([], False)
app.initQgis()
from osgeo import gdal
from flac_raster_qgis import data_provider
data_provider.register(sys.executable)
project = QgsProject.instance()
assert project.read({str(file)!r})
(layer,) = project.mapLayers().values()
print(layer.source(), gdal.Open(layer.source()).ReadAsArray().sum(), flush=True)
assert project.write()
sys.stdin.readline()
project.clear()
data_provider.unregister()
"""
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, text=True)
    other, _, total = process.stdout.readline().rpartition(" ")
    assert other.startswith("/vsicurl/") and other != layer.source()
    assert int(total) == ARRAY.sum()
    assert np.array_equal(gdal.Open(layer.source()).ReadAsArray(), ARRAY[0])
    process.communicate("\n")
    assert process.returncode == 0
    assert project.write() and "vsicurl" not in text_of(file)
    # a layer that is copied from one window to the other
    copy = valid_flac_layer(other)
    assert has_address(copy) and without_address(copy.source()) == str(path)
    assert copy.source() == layer.source()
    assert np.array_equal(read_block(copy.dataProvider())[0], ARRAY[0])
