"""Providers live as long as QGIS needs them, files and memory no longer; threads do not meet."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from contextlib import suppress

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from flac_raster_qgis.engine.errors import Cancelled, FlacRasterError, RemoteError
from kits.qgis.layers import (
    cloned,
    image_array,
    open_provider,
    open_raster_of,
    random_array,
    read_block,
    record_decoded,
    render,
    valid_flac_layer,
    write_flac,
)
from kits.qgis.sources import delete_now
from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsProviderRegistry, QgsRasterLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QSize

from flac_raster_qgis import data_provider as layer_package
from flac_raster_qgis.core import ownership
from flac_raster_qgis.data_provider.open_raster import CACHE
from flac_raster_qgis.data_provider.provider_metadata import FlacRasterProviderMetadata
from flac_raster_qgis.data_provider.tile_cache import CachedTile, LayerTileCache

pytestmark = pytest.mark.usefixtures("provider_registered", "others_alive")

#: Providers that are alive before: QGIS 3.22 never deletes that of a raster which it has tried to
#: open as a vector layer first, as for lists of sources that a tool is given.
_others: list[int] = []


@pytest.fixture(scope="module")
def others_alive():
    gc.collect()
    delete_now()  # such as tasks that have ended
    _others[:] = [ownership.providers_alive()]


def providers_alive() -> int:
    """Return the number of providers that the tests of this module keep alive."""
    return ownership.providers_alive() - _others[0]


RGB = tuple(Band(color_interpretation=name) for name in ("red", "green", "blue"))


@pytest.fixture
def rgb(tmp_path):
    array = random_array("uint8", bands=3, height=400, width=500)
    return write_flac(tmp_path / "rgb.flac", array, bands=RGB), array


def open_files(path) -> int:
    """Count how often this process has a file open; -1 where the system does not tell."""
    if not os.path.isdir("/proc/self/fd"):
        return -1
    names = (os.path.join("/proc/self/fd", name) for name in os.listdir("/proc/self/fd"))
    return sum(os.path.exists(name) and os.path.realpath(name) == str(path) for name in names)


def test_a_deleted_layer_closes_its_file_and_frees_its_tiles(rgb):
    path, _ = rgb
    CACHE.clear()  # the last provider of the tests before lives until there is a new one
    layer = valid_flac_layer(path)
    render([layer], layer.extent(), 500, 400)
    assert CACHE.bytes > 0 and open_files(path) in (1, -1)
    del layer
    gc.collect()
    assert CACHE.bytes == 0 and open_files(path) in (0, -1)
    assert providers_alive() == 0


def test_layers_of_one_file_share_it(rgb):
    path, _ = rgb
    layers = [valid_flac_layer(path) for _ in range(3)]
    for layer in layers:
        read_block(layer.dataProvider(), width=10, height=10)
    assert open_files(path) in (1, -1)
    assert len({id(open_raster_of(layer.dataProvider())) for layer in layers}) == 1


def test_a_tile_is_decoded_once_for_all_bands_and_threads(rgb, monkeypatch):
    path, array = rgb
    provider = open_provider(path)
    CACHE.clear()
    decoded = record_decoded(monkeypatch)
    clones = [provider.clone() for _ in range(6)]
    results = {}

    def draw(number):
        band = number % 3 + 1
        block = clones[number].block(band, provider.extent(), 500, 400)
        results[number] = np.frombuffer(bytes(block.data()), "u1").reshape(400, 500)

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, found in results.items():
        np.testing.assert_array_equal(found, array[number % 3])
    assert len(results) == 6
    assert len(decoded) == len(set(decoded)) == 7 * 8
    for clone in clones:
        sip.delete(clone)


def test_many_maps_at_once_draw_what_one_draws(rgb, messages):
    path, _ = rgb
    layers = [valid_flac_layer(path) for _ in range(4)]
    extent = layers[0].extent()
    expected = image_array(render(layers[:1], extent, 250, 200))
    alive = providers_alive()
    for _ in range(3):
        CACHE.clear()
        jobs = []
        for layer in layers:
            settings = QgsMapSettings()
            settings.setLayers([layer])
            settings.setOutputSize(QSize(250, 200))
            settings.setDestinationCrs(layer.crs())
            settings.setExtent(extent)
            jobs.append(QgsMapRendererParallelJob(settings))
        for job in jobs:
            job.start()
        for job in jobs:
            job.waitForFinished()
        for job in jobs:  # not before: Qt converts images in the same threads, with Python locked
            np.testing.assert_array_equal(image_array(job.renderedImage()), expected)
            assert not job.errors()
        del jobs, job
    gc.collect()
    assert providers_alive() == alive == 4
    assert messages == []


def test_drawing_cancelled_at_any_moment_does_no_harm(rgb, messages):
    path, _ = rgb
    layer = valid_flac_layer(path)
    expected = image_array(render([layer], layer.extent(), 500, 400))
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(500, 400))
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    for delay in np.linspace(0, 0.03, 12):
        CACHE.clear()
        job = QgsMapRendererParallelJob(settings)
        job.start()
        threading.Event().wait(delay)
        job.cancel()
        del job
    np.testing.assert_array_equal(image_array(render([layer], layer.extent(), 500, 400)), expected)
    assert providers_alive() == 1
    assert messages == []


def test_clones_and_deletions_by_the_hundred(rgb):
    path, _ = rgb
    layer = valid_flac_layer(path)
    for _ in range(200):
        with cloned(layer.dataProvider()) as clone:
            clone.block(1, clone.extent(), 4, 4)
    assert providers_alive() == 1
    for _ in range(20):
        copy = layer.clone()
        assert copy.isValid()
        del copy
    gc.collect()
    assert providers_alive() == 1
    assert open_files(path) in (1, -1)


def test_a_provider_that_python_owns_goes_with_its_last_reference(rgb):
    path, _ = rgb
    provider = open_provider(path)
    assert provider.isValid() and providers_alive() == 0
    del provider
    open_provider(path.with_name("missing.flac"))  # opening another one forgets the first
    gc.collect()
    assert open_files(path) in (0, -1)


def test_a_clone_outlives_its_layer(rgb):
    path, array = rgb
    layer = valid_flac_layer(path)
    clone = layer.dataProvider().clone()
    del layer
    gc.collect()
    np.testing.assert_array_equal(read_block(clone, 3)[0], array[2])
    sip.delete(clone)


def test_registering_twice_and_again_after_unregistering(rgb):
    path, array = rgb
    registry = QgsProviderRegistry.instance()
    layer_package.register(sys.executable)
    entry = registry.providerMetadata(layer_package.PROVIDER_KEY)
    assert registry.providerList().count(layer_package.PROVIDER_KEY) == 1
    layer = valid_flac_layer(path)
    layer_package.unregister()
    layer_package.unregister()
    assert CACHE.bytes == 0
    assert registry.querySublayers(str(path)) == []
    assert not QgsRasterLayer(str(path), "x", layer_package.PROVIDER_KEY).isValid()
    # what is open stays open
    np.testing.assert_array_equal(read_block(layer.dataProvider(), 2)[0], array[1])
    layer_package.register(sys.executable)
    assert registry.providerMetadata(layer_package.PROVIDER_KEY) is entry
    assert QgsRasterLayer(str(path), "x", layer_package.PROVIDER_KEY).isValid()


def test_after_an_upgrade_the_new_code_opens_layers(rgb, monkeypatch):
    """The registry keeps the entry of the old version; it must not keep its code."""
    path, _ = rgb
    opened = []

    class Upgraded(FlacRasterProviderMetadata):
        def createProvider(self, *arguments):
            opened.append(arguments[0])
            return super().createProvider(*arguments)

    entry = QgsProviderRegistry.instance().providerMetadata(layer_package.PROVIDER_KEY)
    monkeypatch.setattr(layer_package, "FlacRasterProviderMetadata", Upgraded)
    try:
        layer_package.register(sys.executable)
        assert QgsRasterLayer(str(path), "x", layer_package.PROVIDER_KEY).isValid()
        assert opened == [str(path)]
    finally:
        entry.__class__ = FlacRasterProviderMetadata


def planes(size: int, *bands: int) -> CachedTile:
    return CachedTile({band: np.zeros(size, "u1") for band in bands}, None)


def load(cache: LayerTileCache, key, *bands: int, size: int = 10) -> None:
    with cache.claim([key]) as claim:
        claim.deliver(key, planes(size, *bands))


def test_the_cache_keeps_within_its_bytes():
    cache = LayerTileCache(30)
    for key in range(9):
        load(cache, ("a", key), 1)
        assert cache.bytes <= cache.limit
    assert cache.peek(("a", 0), (1,)) is None
    cache.peek(("a", 6), (1,))  # the oldest one, used again
    load(cache, ("a", 9), 1)
    assert [key for key in range(10) if cache.peek(("a", key), (1,))] == [6, 8, 9]
    load(cache, ("b", 0), 1, size=31)  # never fits
    assert cache.peek(("b", 0), (1,)) is None
    cache.forget("b")
    assert cache.bytes == 30
    cache.forget("a")
    assert cache.bytes == 0


def test_a_tile_takes_the_place_of_one_without_the_band_asked_for():
    cache = LayerTileCache(100)
    load(cache, ("a", 0), 1, 2)
    assert cache.peek(("a", 0), (2,)) and cache.peek(("a", 0), (3,)) is None
    load(cache, ("a", 0), 3)
    assert cache.peek(("a", 0), (3,)) and cache.bytes == 10


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (None, None),
        (Cancelled("x"), None),
        (RemoteError("remote.missing", "x"), RemoteError),
        (KeyError(), None),
    ],
)
def test_what_is_claimed_is_claimed_once_and_never_for_ever(error, told):
    cache = LayerTileCache()
    with suppress(FlacRasterError, KeyError), cache.claim([("a", 1), ("a", 2)]) as first:
        second = cache.claim([("a", 2), ("a", 3)])
        assert list(first.claimed) == [("a", 1), ("a", 2)] and not first.others
        assert list(second.claimed) == [("a", 3)] and list(second.others) == [("a", 2)]
        first.deliver(("a", 1), planes(3, 1))
        assert not second.others[("a", 2)].done()
        if error:
            raise error
    outcome = second.others[("a", 2)].result(0)
    assert outcome is None if told is None else isinstance(outcome, told)
    assert list(cache.claim([("a", 2)]).claimed) == [("a", 2)]


def test_views_larger_than_the_cache_do_not_decode_every_tile_for_every_band(tmp_path, monkeypatch):
    array = random_array("uint8", bands=10, height=256, width=256)
    provider = open_provider(write_flac(tmp_path / "x.flac", array, interleave="pixel"))
    CACHE.clear()
    monkeypatch.setattr(CACHE, "limit", 4 * 256 * 256)  # four of ten bands
    decoded = record_decoded(monkeypatch)

    def draw(*bands):
        decoded.clear()
        for band in bands:
            np.testing.assert_array_equal(read_block(provider, band)[0], array[band - 1])
            assert CACHE.bytes <= CACHE.limit
        return len(decoded) / 16

    draw(9, 5, 1)
    assert draw(9, 5, 1) <= 1  # QGIS draws the same three bands again and again
    assert draw(9, 5, 1) <= 1
    CACHE.clear()
    assert draw(*range(1, 11)) <= 4  # and exports all of them one after the other


def test_reloading_the_plugin_as_qgis_does(rgb):
    """QGIS drops the plugin's modules and imports them again; the registry keeps its entry."""
    script = f"""
import gc, sys
from qgis.core import QgsApplication, QgsRasterLayer

application = QgsApplication([], True)
application.initQgis()
layers = []
for _ in range(3):
    from flac_raster_qgis import data_provider as layer
    layer.register(sys.executable)
    layers.append(QgsRasterLayer({str(rgb[0])!r}, "x", layer.PROVIDER_KEY))
    provider = sys.modules["flac_raster_qgis.data_provider.provider"].FlacRasterDataProvider
    assert type(layers[-1].dataProvider()) is provider
    layer.unregister()
    assert not QgsRasterLayer({str(rgb[0])!r}, "x", layer.PROVIDER_KEY).isValid()
    del layer, provider
    for name in [name for name in sys.modules if name.startswith("flac_raster_qgis")]:
        del sys.modules[name]
    gc.collect()
for one in layers:
    block = one.dataProvider().block(1, one.extent(), 500, 400)
    assert block.value(0, 0) == {rgb[1][0, 0, 0]}
del layers, one
application.exitQgis()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
