"""What the tests of the tools share: the plugin inside a real QGIS, small rasters, a feedback."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
import rasterio
from kits.qgis.feedback import RecordingFeedback
from kits.qgis.layers import messages, provider_registered  # noqa: F401
from kits.qgis.packages import index, profile  # noqa: F401
from kits.qgis.remote_layers import authcfg, only_memory, publish, serve  # noqa: F401
from kits.qgis.sources import interface, no_sources, registered  # noqa: F401
from qgis.core import QgsApplication, QgsProcessingContext, QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtWidgets import QApplication
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import from_origin

from flac_raster_qgis import classFactory, engine

warnings.filterwarnings("ignore", category=NotGeoreferencedWarning)
QLocale.setDefault(QLocale.c())  # numbers for users have the separators of the locale


@pytest.fixture(scope="session")
def plugin(qgis_app, qgis_processing):
    """The plugin as qgis_process loads it."""
    plugin = classFactory(None)
    plugin.initProcessing()
    yield plugin
    plugin.unload()


@pytest.fixture
def project(plugin):
    """The project, empty before and after."""
    QgsProject.instance().clear()
    yield QgsProject.instance()
    QgsProject.instance().clear()


@pytest.fixture
def no_desktop(plugin, monkeypatch):
    """Take away the mocked desktop of pytest-qgis, which Processing hands on to C++."""
    from processing.gui import ParametersPanel, Postprocessing

    for module in (ParametersPanel, Postprocessing):
        monkeypatch.setattr(module, "iface", None, raising=False)


@pytest.fixture
def open_dialog(plugin, no_desktop):
    """Return a function that opens the dialog of a tool, by its id."""
    from processing.gui.AlgorithmDialog import AlgorithmDialog

    opened = []

    def open_dialog(name: str):
        made = QgsApplication.processingRegistry().createAlgorithmById(name)
        dialog = AlgorithmDialog(made)
        dialog.show()
        opened.append(dialog)
        return dialog

    yield open_dialog
    for dialog in opened:
        if not sip.isdeleted(dialog):
            dialog.close()
            dialog.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def feedback(plugin):
    return RecordingFeedback()


@pytest.fixture
def algorithm(plugin):
    """Return a function that makes a tool by its name."""

    def create(name: str):
        made = QgsApplication.processingRegistry().createAlgorithmById(f"flacraster:{name}")
        assert made is not None
        return made

    return create


@pytest.fixture
def run(project, feedback):
    """Return a function that runs a tool as scripts do and returns its outputs."""

    def run(name: str, **parameters):
        import processing

        context = QgsProcessingContext()
        context.setProject(project)
        return processing.run(f"flacraster:{name}", parameters, context=context, feedback=feedback)

    return run


@pytest.fixture
def make_geotiff(tmp_path):
    """Return a function that writes a small GeoTIFF of a given array."""

    def make(name: str = "dem.tif", array: np.ndarray | None = None, tags=None, **options) -> Path:
        if array is None:
            y, x = np.mgrid[0:150, 0:200]
            array = (100 * np.sin(x / 30) + y).astype("int16")[None]
        described = {
            "crs": "EPSG:32633",
            "transform": from_origin(500000, 5000000, 10, 10),
            "nodata": None,
            **options,
        }
        count, height, width = array.shape
        path = tmp_path / name
        with rasterio.open(
            path, "w", "GTiff", width, height, count, dtype=array.dtype, **described
        ) as dataset:
            dataset.write(array)
            dataset.update_tags(**(tags or {}))
        return path

    return make


@pytest.fixture
def geotiff(make_geotiff) -> Path:
    return make_geotiff()


@pytest.fixture
def flac(geotiff) -> Path:
    """The same raster as FLAC, in small tiles so that there are several."""
    path = geotiff.with_suffix(".flac")
    engine.convert(geotiff, path, tile_size=64)
    return path


@pytest.fixture
def noise(make_geotiff) -> Path:
    """A raster that takes a moment: 24 megapixels that do not compress."""
    random = np.random.default_rng(7)
    return make_geotiff("noise.tif", random.integers(0, 65535, (1, 4000, 6000), dtype="uint16"))
