"""What the tests of remote layers share: a real server, rasters on it, no cache but memory."""

from __future__ import annotations

import gc
import itertools
import threading
import time

import pytest
from flac_raster_qgis.engine.storage.cache import SHARED
from qgis.core import Qgis, QgsApplication, QgsAuthMethodConfig, QgsMapSettings, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication

from flac_raster_qgis.core import cache_settings
from flac_raster_qgis.data_provider import background_open, source_styles
from kits.qgis.layers import open_provider, write_flac
from kits.remote import servers

#: Draw as the map canvas does, which shows unfinished pictures.
PARTS = (
    Qgis.MapSettingsFlag.RenderPartialOutput
    if hasattr(Qgis, "MapSettingsFlag")
    else QgsMapSettings.Flag.RenderPartialOutput
)
_numbers = itertools.count()


@pytest.fixture
def only_memory(qgis_app):
    """Keep nothing on disk, and nothing from the test before; look for no styles on servers."""
    QgsSettings().setValue(cache_settings.ENABLED, False)
    QgsSettings().setValue(source_styles.ENABLED, False)
    SHARED.clear()
    background_open._slow.clear()
    yield
    QgsSettings().remove(cache_settings.ENABLED)
    QgsSettings().remove(source_styles.ENABLED)
    SHARED.clear()
    open_provider("/nothing.flac")  # which forgets a former one that Python owned
    gc.collect()


@pytest.fixture
def publish(nginx):
    """Return a function that writes a raster into the folder of the server and returns its URL."""

    def write(array, name=None, **options):
        name = name or f"{next(_numbers)}.flac"  # layers of earlier tests may live on
        path = write_flac(nginx.folder / name, array, **options)
        written.append(path)
        return nginx.url(name)

    written = []
    yield write
    for path in written:
        path.unlink(missing_ok=True)


@pytest.fixture
def serve():
    """Return a function that starts a scripted server."""
    with servers() as (start, _):
        yield start


@pytest.fixture
def authcfg(qgis_app):
    """The id of a configuration with the user and password of nginx's locked folder."""
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("of the tests", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("ann")
    config.setConfig("username", "ann")
    config.setConfig("password", "secret")
    assert manager.storeAuthenticationConfig(config)
    yield config.id()
    manager.removeAuthenticationConfig(config.id())


def until(condition, seconds=5.0):
    """Let QGIS work until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        QCoreApplication.processEvents()
        time.sleep(0.01)


def our_threads() -> list[str]:
    """Names of the threads of the plugin that run."""
    return [t.name for t in threading.enumerate() if t.name.startswith("flac-raster")]
