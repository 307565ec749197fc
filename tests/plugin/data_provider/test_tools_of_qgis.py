"""Every tool of QGIS gives on a FLAC raster, local or remote, what it gives on a GeoTIFF."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import numpy as np
import processing
import pytest
from flac_raster_qgis.engine import Band, FlacRaster
from kits.documents import DOCS
from kits.qgis.layers import valid_flac_layer, write_flac, write_geotiff
from kits.qgis.raster_tools import (
    CLASSES,
    IMAGE,
    IN_PLACE,
    LINES,
    OF_DESCRIPTION,
    OTHER,
    POINTS,
    RASTER,
    TABLE,
    TOOLS,
    WITHOUT_PIXELS,
    ZONES,
    raster_tools,
    takes_raster,
)
from kits.qgis.remote_layers import until
from kits.remote import part, says
from osgeo import gdal
from qgis.analysis import QgsAlignRaster
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSizeF

from flac_raster_qgis import data_provider

SUFFIXES = {
    "rasterDestination": ".tif",
    "vectorDestination": ".gpkg",
    "sink": ".gpkg",
    "fileDestination": ".html",
}
SUFFIX_PROVIDERS = {"tif": "gdal", "flac": data_provider.PROVIDER_KEY}
ALL_TOOLS = {**TOOLS, **IN_PLACE}
#: In reports, names of files, drivers and random ids.
_OF_FILE = r"Driver:.*|Files:.*\n( +/.*\n)*|Block=\S+|\n  Overviews:[^<\n]*|\b[0-9a-f-]{36}\b"


def hills(bands: int, phase: float) -> np.ndarray:
    y, x = np.mgrid[:240, :320] / 20
    planes = [90 + 60 * np.sin(y + phase + band) * np.cos(x) for band in range(bands)]
    # which makes the file larger than what is fetched at opening
    planes[-1] += np.random.default_rng(bands).integers(0, 100, x.shape)
    return np.stack(planes).round().astype("int16")


def vector_layer(kind: str, texts: list[str], fields: str = "&field=id:integer") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:32633{fields}", kind, "memory")
    for number, text in enumerate(texts):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(text))
        feature.setAttributes([number] * layer.fields().count())
        layer.dataProvider().addFeature(feature)
    return layer


@pytest.fixture(scope="module")
def given(plugin, tmp_path_factory):
    """Values of placeholders, apart from the rasters."""
    folder = tmp_path_factory.mktemp("given")
    (folder / "colors.txt").write_text("0 0 0 0\n300 255 200 100\n")
    polygon = "POLYGON((500205 4998505, 501495 4998605, 501205 4999795, 500205 4998505))"
    table = vector_layer(
        "NoGeometry", [""], "&field=low:double&field=high:double&field=value:double"
    )
    table.dataProvider().truncate()
    for row in ([0.0, 100.0, 1.0], [100.0, 300.0, 2.0]):
        feature = QgsFeature(table.fields())
        feature.setAttributes(row)
        table.dataProvider().addFeature(feature)
    return {
        ZONES: vector_layer("Polygon", [polygon]),
        POINTS: vector_layer("Point", ["POINT(500444 4999111)", "POINT(501111 4998888)"]),
        LINES: vector_layer("LineString", ["LINESTRING(500210 4998510, 501400 4999700)"]),
        TABLE: table,
        "FOLDER": str(folder),
    }


def classes() -> dict:
    """Return an array with a color table."""
    colormap = {value: (value * 60, 255 - value * 60, 90, 255) for value in range(4)}
    array = (hills(1, 0) // 70).astype("uint8")
    return {"array": array, "bands": (Band(color_interpretation="palette", colormap=colormap),)}


def image() -> dict:
    colors = ("red", "green", "blue")
    bands = tuple(Band(color_interpretation=color) for color in colors)
    return {"array": hills(3, 0).astype("uint8"), "bands": bands}


RASTERS = {
    RASTER: {"array": hills(2, 0)},
    OTHER: {"array": hills(2, 1)},
    CLASSES: classes(),
    IMAGE: image(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Folder of the rasters, each as GeoTIFF and FLAC."""
    folder = tmp_path_factory.mktemp("rasters")
    for name, described in RASTERS.items():
        write_geotiff(folder / f"{name}.tif", **described)
        write_flac(folder / f"{name}.flac", **described)
    return folder


@pytest.fixture
def add_layers(project, given, tool):
    """Return a function that makes the layers that the tool needs, and returns all placeholders."""

    def add(layer_of):
        layers = {}
        for name in {RASTER} | {name for name in RASTERS if name in repr(ALL_TOOLS[tool])}:
            layer = layer_of(name)
            assert layer.isValid()
            layer.setName(name)
            layers[name] = project.addMapLayer(layer)
        return {**given, **layers}

    return add


def put_in(value, given):
    """Return a parameter with what its placeholders stand for."""
    if isinstance(value, list):
        return [put_in(item, given) for item in value]
    if isinstance(value, str):
        return given.get(value, value.replace("FOLDER", given["FOLDER"]))
    return value


def run(name, given, folder: Path):
    """Run a tool; return all of its results, without names of files, and its log."""
    folder.mkdir()
    filled = {key: put_in(value, given) for key, value in ALL_TOOLS[name].items()}
    tool = QgsApplication.processingRegistry().algorithmById(name)
    outputs = {}
    for parameter in tool.parameterDefinitions():
        key, kind = parameter.name(), parameter.type()
        is_needed = not parameter.flags() & parameter.Flag.FlagOptional
        if parameter.isDestination() and is_needed:
            outputs[key] = str(folder / f"{key}{SUFFIXES.get(kind, '')}")
            if kind == "folderDestination":
                Path(outputs[key]).mkdir()
        elif key not in filled and is_needed:
            if takes_raster(parameter):
                filled[key] = given[RASTER]
            elif kind == "band":
                filled[key] = 1
    feedback = QgsProcessingFeedback(False)
    results = processing.run(name, {**filled, **outputs}, feedback=feedback)
    values = {key: rounded(value) for key, value in results.items() if key not in outputs}
    files = {key: digest(Path(path)) for key, path in outputs.items()}
    return values, files, feedback.textLog()


def digest(path: Path):
    """Return the contents of a file or folder, without what it has of the raster's file."""
    if path.is_dir():
        return {
            str(file.relative_to(path)).split(RASTER)[-1]: digest(file)
            for file in path.rglob("*.[cpt]*")
        }
    if path.suffix == ".tif":
        dataset = gdal.Open(str(path))
        array = dataset.ReadAsArray()
        return dataset.GetGeoTransform(), array.shape, hashlib.md5(array.tobytes()).hexdigest()
    if path.suffix == ".gpkg":
        layer = QgsVectorLayer(str(path), "x", "ogr")
        return [
            (feature.geometry().asWkt(9), [rounded(value) for value in feature.attributes()])
            for feature in layer.getFeatures()
        ]
    if path.suffix == ".html":
        return re.sub(_OF_FILE, "", path.read_text("utf-8")).split("\n")
    return path.read_bytes() if path.exists() else None


def rounded(value):
    """Return a number without its last digits, which depend on the order of a sum."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


@pytest.fixture
def tool(plugin, request):
    if QgsApplication.processingRegistry().algorithmById(request.param) is None:
        pytest.skip("not in this QGIS")
    return request.param


def test_the_tables_have_all_tools(plugin):
    """Of this version of QGIS; others have some more or fewer."""
    tables = [set(TOOLS), set(IN_PLACE), WITHOUT_PIXELS]
    assert raster_tools() - set().union(*tables) == set()
    assert sum(map(len, tables)) == len(set().union(*tables))


@pytest.mark.skipif(not DOCS.exists(), reason="no docs/ here: not a checkout")
def test_the_page_names_all_tools():
    page = (DOCS / "qgis-tools.md").read_text(encoding="utf-8")
    named = {*TOOLS, *IN_PLACE, *WITHOUT_PIXELS}
    assert {tool for tool in named if f"`{tool.partition(':')[2]}`" not in page} == set()


@pytest.mark.parametrize("tool", TOOLS, indirect=True)
def test_results_are_those_of_a_geotiff(
    folder, add_layers, nginx, only_memory, authcfg, tmp_path, tool
):
    def of_url(name):
        shutil.copy(folder / f"{name}.flac", nginx.folder / f"{tmp_path.name}_{name}.flac")
        return valid_flac_layer(nginx.url(f"{tmp_path.name}_{name}.flac"))

    of_tiff = add_layers(lambda name: QgsRasterLayer(str(folder / f"{name}.tif")))
    expected = run(tool, of_tiff, tmp_path / "of_tiff")
    assert expected[0] or any(expected[1].values()), expected[2]
    of_file = add_layers(lambda name: valid_flac_layer(folder / f"{name}.flac"))
    assert run(tool, of_file, tmp_path / "of_file")[:2] == expected[:2]
    assert run(tool, add_layers(of_url), tmp_path / "of_url")[:2] == expected[:2]


def test_align_rasters(folder, project, tmp_path):
    """Of the menu *Raster*."""
    found = []
    for suffix in ("tif", "flac"):
        sources = []
        for name in (RASTER, OTHER):
            file, provider = str(folder / f"{name}.{suffix}"), SUFFIX_PROVIDERS[suffix]
            sources.append(project.addMapLayer(QgsRasterLayer(file, name, provider)).source())
        outputs = [str(tmp_path / f"{number}.{suffix}.tif") for number in range(2)]
        aligning = QgsAlignRaster()
        aligning.setRasters([QgsAlignRaster.Item(*pair) for pair in zip(sources, outputs)])
        assert aligning.setParametersFromRaster(sources[0]), aligning.errorMessage()
        aligning.setCellSize(QSizeF(25, 25))
        assert aligning.run(), aligning.errorMessage()
        found.append([digest(Path(output)) for output in outputs])
    assert found[0] == found[1]


@pytest.mark.parametrize("tool", sorted(set(TOOLS) - OF_DESCRIPTION), indirect=True)
def test_damaged_tiles_fail_the_tool(folder, add_layers, tmp_path, messages, tool):
    def of_damaged_file(name):
        path = tmp_path / f"{name}.flac"
        shutil.copy(folder / path.name, path)
        damage(path)
        return valid_flac_layer(path)

    with pytest.raises(QgsProcessingException):
        run(tool, add_layers(of_damaged_file), tmp_path / "out")
    until(lambda: any(re.search("are missing.*damaged", message) for message in messages))


def damage(path: Path) -> None:
    """Damage each tile."""
    with FlacRaster.open(path) as raster:
        keys = [key for level in raster.grid.levels for key in level.keys()]
        ranges = [raster.head.index.byte_range(key) for key in keys]
    data = bytearray(path.read_bytes())
    for offset, size in ranges:
        if size:  # tiles of one value have no bytes
            data[offset + size - 20] ^= 0xFF  # the first one starts with the header of the file
    path.write_bytes(data)


@pytest.mark.parametrize("tool", sorted(set(TOOLS) - OF_DESCRIPTION), indirect=True)
def test_a_server_that_gives_no_more_fails_the_tool(
    folder, add_layers, serve, only_memory, tmp_path, messages, tool
):
    servers = []

    def of_url(name):
        servers.append(serve(always=part((folder / f"{name}.flac").read_bytes())))
        return valid_flac_layer(servers[-1].url)

    placeholders = add_layers(of_url)
    for server in servers:
        server.always = says(404)  # other errors are tried again for seconds
    with pytest.raises(QgsProcessingException):
        run(tool, placeholders, tmp_path / "out")
    until(lambda: any(re.search("are missing.*404", message) for message in messages))


@pytest.mark.parametrize("tool", IN_PLACE, indirect=True)
def test_tools_that_write_into_their_input_leave_it_as_it_is(folder, add_layers, tmp_path, tool):
    path = folder / f"{RASTER}.flac"
    before = path.read_bytes()
    log = run(tool, add_layers(lambda name: valid_flac_layer(path)), tmp_path / "out")[2]
    assert path.read_bytes() == before
    assert "ERROR" in log or "error" in log
