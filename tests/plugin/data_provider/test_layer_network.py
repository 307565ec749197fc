"""Layers of servers that are slow, down, locked or behind a proxy; and threads that end."""

from __future__ import annotations

import base64
import gc
import sys
import threading
import time
import zipfile

import numpy as np
import pytest
from flac_raster_qgis.engine.errors import Cancelled, InputError, RemoteError
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.storage import circuit_breaker
from flac_raster_qgis.engine.storage.cache import SHARED
from kits.qgis.layers import (
    block_values,
    flac_layer,
    image_array,
    open_provider,
    open_raster_of,
    random_array,
    read_block,
    render,
    valid_flac_layer,
    write_flac,
)
from kits.qgis.remote_layers import PARTS, our_threads, until
from kits.remote import HangUp, says
from kits.remote import part as good
from qgis.core import (
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsNetworkAccessManager,
    QgsProcessingException,
    QgsProject,
    QgsRasterBlockFeedback,
    QgsRasterFileWriter,
    QgsRasterPipe,
    QgsRasterRange,
    QgsSettings,
)
from qgis.PyQt.QtCore import QCoreApplication, QSize

from flac_raster_qgis import data_provider as layer_package
from flac_raster_qgis.core import network
from flac_raster_qgis.core.layer_uri import without_address
from flac_raster_qgis.data_provider import background_open, outage
from flac_raster_qgis.data_provider.open_raster import CACHE
from flac_raster_qgis.data_provider.shared_rasters import open_shared_raster

pytestmark = pytest.mark.usefixtures("only_memory", "provider_registered")


@pytest.fixture
def data(tmp_path):
    return write_flac(tmp_path / "x.flac", ARRAY).read_bytes()


ARRAY = random_array("uint16", height=400, width=500)


class Switch:
    """A step of a scripted server that can be changed while it runs."""

    def __init__(self, step):
        self.step = step

    def __call__(self, request):
        return self.step(request)


def refuse(request):
    """Hang up, as a server that is being restarted."""
    raise HangUp


def drawing(layer, width=500, height=400):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(width, height))
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    settings.setFlag(PARTS, True)
    return QgsMapRendererParallelJob(settings)


def drawn_with_errors(layer):
    job = drawing(layer)
    job.start()
    job.waitForFinished()
    QCoreApplication.processEvents()  # the log is written in this thread
    return image_array(job.renderedImage()), [error.message for error in job.errors()]


# ---------------------------------------------------------------- trouble while drawing


def test_an_outage_is_told_once_and_over_when_it_is_over(serve, data, messages, monkeypatch):
    monkeypatch.setattr(circuit_breaker, "_PAUSE", 0.2)
    switch = Switch(good(data))
    layer = valid_flac_layer(serve(always=switch).url)
    expected, errors = drawn_with_errors(layer)
    assert errors == []
    for _ in range(2):
        switch.step = says(404)
        for _ in range(3):
            forget_pixels()
            image, errors = drawn_with_errors(layer)
            assert (image != expected).any()
            assert errors == []  # QGIS would show them next to the layer for good
            time.sleep(0.25)
        assert len(messages) == 1 and "404" in messages.pop()
        assert "404" in outage_of(layer).reason  # which the layer tree shows instead
        switch.step = good(data)
        forget_pixels()
        image, errors = drawn_with_errors(layer)
        np.testing.assert_array_equal(image, expected)
        assert errors == messages == [] and not outage_of(layer).reason


def outage_of(layer):
    return open_raster_of(layer.dataProvider()).outage


def forget_pixels():
    CACHE.clear()
    SHARED.clear()


def test_a_server_that_fails_is_not_asked_for_every_band(serve, tmp_path):
    data = write_flac(tmp_path / "x.flac", random_array("uint16", bands=3, height=400, width=500))
    switch = Switch(good(data.read_bytes()))
    server = serve(always=switch)
    provider = open_provider(server.url)
    switch.step = says(404)
    before = len(server.requests)
    for band in (1, 2, 3):
        block = provider.block(band, provider.extent(), 500, 400)
        assert "404" in block.error().summary()
    assert len(server.requests) - before <= 6  # one wave


def test_a_file_made_in_an_outage_is_said_to_have_holes(serve, data, tmp_path, messages):
    switch = Switch(good(data))
    layer = valid_flac_layer(serve(always=switch).url)
    pipe = QgsRasterPipe()
    assert pipe.set(layer.dataProvider().clone())
    switch.step = says(404)
    forget_pixels()
    for _ in range(2):
        writer = QgsRasterFileWriter(str(tmp_path / "x.tif"))
        transforms = QgsProject.instance().transformContext()
        writer.writeRaster(pipe, 500, 400, layer.extent(), layer.crs(), transforms)
    QCoreApplication.processEvents()
    assert len(messages) == 2 and "is missing pixels" in messages[1]


def test_a_reload_that_fails_loses_nothing(serve, data, messages):
    switch = Switch(good(data))
    layer = valid_flac_layer(serve(always=switch).url)
    expected, _ = drawn_with_errors(layer)
    switch.step = says(404)
    layer.reload()
    assert layer.isValid() and len(messages) == 1
    np.testing.assert_array_equal(drawn_with_errors(layer)[0], expected)


def test_where_it_is_drawn_the_coarse_picture_stands_in(serve, data):
    switch = Switch(good(data))
    provider = open_provider(serve(always=switch).url)
    switch.step = says(404)
    feedback = QgsRasterBlockFeedback()
    assert not block_values(provider.block(1, provider.extent(), 500, 400)).any()
    feedback.setRenderPartialOutput(True)
    block = provider.block(1, provider.extent(), 500, 400, feedback)
    assert len(np.unique(block_values(block))) > 1000
    assert "404" in block.error().summary()


def test_a_replaced_file_is_said_to_be_and_read_after_reload(publish, nginx, messages):
    url = publish(ARRAY)
    layer = valid_flac_layer(url)
    path = nginx.folder / url.rpartition("/")[2]
    other = ARRAY[:, ::-1, ::-1].copy()
    write_flac(path, other, tile_size=128)
    drawn_with_errors(layer)
    assert "changed while it was open" in messages.pop() and not messages
    layer.reload()
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], other[0])
    assert messages == []


def test_cancelling_ends_what_hangs_within_a_second(serve, data):
    def silence(request):
        yield b""
        server.gone.wait(20)

    server = serve(always=Switch(good(data)))
    layer = valid_flac_layer(server.url)
    server.always.step = silence
    job = drawing(layer)
    job.start()
    time.sleep(0.3)
    assert job.isActive()
    started = time.monotonic()
    job.cancel()
    assert time.monotonic() - started < 1


def test_others_go_on_when_one_who_fetched_for_them_is_cancelled(serve, data):
    gate = threading.Event()

    def slowly(request):
        gate.wait(10)
        return good(data)(request)

    server = serve(always=Switch(good(data)))
    provider = open_provider(server.url)
    forget_pixels()
    server.always.step = slowly
    first, results = QgsRasterBlockFeedback(), {}

    def draw(name, feedback):
        block = provider.block(1, provider.extent(), 500, 400, feedback)
        results[name] = block_values(block)

    threads = [threading.Thread(target=draw, args=("first", first))]
    threads[0].start()
    time.sleep(0.2)
    threads.append(threading.Thread(target=draw, args=("second", QgsRasterBlockFeedback())))
    threads[1].start()
    time.sleep(0.2)
    first.cancel()
    threads[0].join(2)
    gate.set()
    threads[1].join(10)
    np.testing.assert_array_equal(results["second"], ARRAY[0])
    assert not results["first"].any()


# ---------------------------------------------------------------- opening


def test_projects_open_at_once_and_layers_come_when_the_server_does(
    serve, data, tmp_path, messages, monkeypatch
):
    monkeypatch.setattr(background_open, "OPEN_TIMEOUT", 0.3)
    gate = threading.Event()

    def late(request):
        gate.wait(20)
        return good(data)(request)

    switch = Switch(good(data))
    server = serve(always=switch)
    project = QgsProject.instance()
    for number in range(5):
        layer = valid_flac_layer(server.url)
        layer.setName(str(number))
        layer.renderer().contrastEnhancement().setMinimumValue(number)
        project.addMapLayer(layer)
    layers = []
    del layer
    assert project.write(str(tmp_path / "p.qgz"))
    project.clear()
    gc.collect()
    until(lambda: not our_threads())
    switch.step = late
    started = time.monotonic()
    project.read(str(tmp_path / "p.qgz"))
    assert time.monotonic() - started < 2  # five layers, one wait
    layers += project.mapLayers().values()
    for layer in layers:
        assert not layer.isValid()
        assert "has not answered within" in layer.dataProvider().error().summary()
    assert len(messages) == 1
    gate.set()
    until(lambda: all(one.isValid() for one in layers))
    for layer in layers:
        assert layer.renderer().contrastEnhancement().minimumValue() == int(layer.name())
        assert layer.extent().width() == 5000
    np.testing.assert_array_equal(read_block(layers[0].dataProvider())[0], ARRAY[0])
    layers.clear()
    del layer
    project.clear()


def test_a_project_opened_offline_recovers_on_reload(serve, data, tmp_path, messages):
    switch = Switch(good(data))
    server = serve(always=switch)
    project = QgsProject.instance()
    layer = valid_flac_layer(server.url)
    layer.renderer().contrastEnhancement().setMinimumValue(7)
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(5, 6)])
    project.addMapLayer(layer)
    assert project.write(str(tmp_path / "p.qgz"))
    del layer
    project.clear()
    gc.collect()
    switch.step = says(404)
    project.read(str(tmp_path / "p.qgz"))
    (layer,) = project.mapLayers().values()
    assert not layer.isValid() and "404" in layer.dataProvider().error().summary()
    assert len(messages) == 1
    layer.reload()
    assert not layer.isValid() and len(messages) == 2
    switch.step = good(data)
    layer.reload()
    until(layer.isValid)
    assert layer.renderer().contrastEnhancement().minimumValue() == 7
    (ranges,) = [layer.dataProvider().userNoDataValues(1)]
    assert [(r.min(), r.max()) for r in ranges] == [(5, 6)]
    image, errors = drawn_with_errors(layer)
    assert errors == [] and len(np.unique(image)) > 50
    del layer
    project.clear()


def test_what_is_behind_a_url_may_be_no_raster(serve, nginx, messages):
    (nginx.folder / "page.flac").write_text("<html></html>")
    layer = flac_layer(nginx.url("page.flac"))
    assert not layer.isValid() and "is not a FLAC raster" in layer.error().summary()
    layer = flac_layer("s3x://bucket/x.flac")
    assert not layer.isValid() and "scheme s3x are not opened" in layer.error().summary()
    assert len(messages) == 2


def test_opening_in_a_worker_can_be_cancelled(serve):
    def silence(request):
        yield b""
        server.gone.wait(20)

    server = serve(always=silence)
    started = time.monotonic()
    with pytest.raises(Cancelled):
        open_shared_raster(server.url, Job(is_cancelled=lambda: time.monotonic() - started > 0.2))
    assert time.monotonic() - started < 1
    until(lambda: not our_threads())


def test_who_opened_it_has_no_say_in_it_any_more(publish):
    cancelled = threading.Event()
    opened = open_shared_raster(publish(ARRAY), Job(is_cancelled=cancelled.is_set))
    cancelled.set()
    layer = valid_flac_layer(opened.raster.name)
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], ARRAY[0])


# ---------------------------------------------------------------- secrets


def test_authentication_by_the_id_of_a_configuration(publish, nginx, authcfg, tmp_path, messages):
    name = publish(ARRAY).rpartition("/")[2]
    url = nginx.url(f"locked/{name}")
    layer = flac_layer(url)
    assert not layer.isValid() and "401" in layer.error().summary()
    layer = valid_flac_layer(f"{url}|authcfg={authcfg}")
    assert without_address(layer.source()) == f"{url}|authcfg={authcfg}"
    values, errors = drawn_with_errors(layer)
    assert errors == []
    project = QgsProject()
    project.addMapLayer(layer.clone())
    assert project.write(str(tmp_path / "p.qgz"))
    with zipfile.ZipFile(tmp_path / "p.qgz") as archive:
        stored = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (b"secret", base64.b64encode(b"ann:secret")):
        assert secret not in stored
    assert authcfg.encode() in stored
    project.clear()
    assert project.read(str(tmp_path / "p.qgz"))
    (found,) = project.mapLayers().values()
    assert found.isValid()
    layer = flac_layer(f"{url}|authcfg=zzzzzzz")
    assert not layer.isValid() and "zzzzzzz cannot be used" in layer.error().summary()
    assert not any("secret" in text for text in messages)
    project.clear()


def test_tools_have_the_authentication_of_a_layer(
    publish, nginx, authcfg, plugin, run, project, tmp_path
):
    name = publish(ARRAY).rpartition("/")[2]
    uri = f"{nginx.url(f'locked/{name}')}|authcfg={authcfg}"
    layer = valid_flac_layer(uri)
    project.addMapLayer(layer)
    for value in (layer, uri):
        assert run("info", INPUT=value)["WIDTH"] == 500
    assert run("verify", INPUT=layer)["VALID"]
    run("extract", INPUT=layer, OUTPUT=str(tmp_path / "x.tif"))
    run("convert", INPUT=layer, OUTPUT=str(tmp_path / "y.tif"))
    for tif in ("x.tif", "y.tif"):
        assert run("compare", INPUT_A=layer, INPUT_B=str(tmp_path / tif))["PIXELS_IDENTICAL"]
    with pytest.raises(QgsProcessingException, match="401"):
        run("info", INPUT=nginx.url(f"locked/{name}"))


def test_credentials_stay_with_the_host_they_are_for(serve, data, authcfg):
    other = serve(always=good(data))
    server = serve(always=says(302, Location=other.url.replace("127.0.0.1", "localhost")))
    source = network.open_source(server.url, authcfg)
    source.close()
    assert "authorization" in server.requests[0].headers
    assert other.requests and not any("authorization" in r.headers for r in other.requests)


@pytest.fixture
def proxy_settings(qgis_app):
    """Return a function that sets QGIS's proxy."""
    settings = QgsSettings()

    def use(**values):
        for key, value in {"proxyEnabled": True, "proxyType": "HttpProxy", **values}.items():
            settings.setValue(f"proxy/{key}", value)
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()

    yield use
    settings.remove("proxy")
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()


def test_the_proxy_of_qgis(serve, data, proxy_settings, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    proxy = serve(always=good(data))
    proxy_settings(
        proxyHost="127.0.0.1", proxyPort=str(proxy.port), proxyUser="u", proxyPassword="p @"
    )
    url = "http://raster.example.org/x.flac"
    source = network.open_source(url)
    (request,) = proxy.requests
    assert request.path == url
    login = base64.b64encode(b"u:p @").decode()
    assert request.headers["proxy-authorization"] == f"Basic {login}"
    assert request.headers["user-agent"].startswith("Mozilla/5.0 QGIS/")
    source.close()
    direct = serve(always=good(data))
    proxy_settings(noProxyUrls=[direct.url[:21]])
    network.open_source(direct.url).close()
    assert len(direct.requests) == 1 and len(proxy.requests) == 1


def test_without_a_proxy_in_qgis_that_of_the_environment(serve, data, monkeypatch):
    proxy = serve(always=good(data))
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
    network.open_source("http://raster.example.org/x.flac").close()
    assert len(proxy.requests) == 1


def test_authentication_is_for_http_alone(authcfg):
    with pytest.raises(InputError, match="http and https only"):
        network.open_source("s3://bucket/x.flac", authcfg)


# ---------------------------------------------------------------- threads


def test_two_hundred_maps_at_once(publish, messages):
    layer = valid_flac_layer(publish(ARRAY))
    expected = image_array(render([layer], layer.extent(), 100, 80))
    for _ in range(10):
        forget_pixels()
        jobs = [drawing(layer, 100, 80) for _ in range(20)]
        for job in jobs:
            job.start()
        for job in jobs:
            job.waitForFinished()
        for job in jobs:
            np.testing.assert_array_equal(
                image_array(job.renderedImage())[..., 0], expected[..., 0]
            )
    assert messages == []


def test_removing_a_layer_while_it_is_drawn_ends_its_threads(serve, data, messages):
    def slowly(request):
        server.gone.wait(0.3)
        return good(data)(request)

    server = serve(always=Switch(good(data)))
    for _ in range(3):
        server.always.step = good(data)
        layer = valid_flac_layer(server.url)
        QgsProject.instance().addMapLayer(layer)
        forget_pixels()
        server.always.step = slowly
        job = drawing(layer)
        job.start()
        time.sleep(0.1)
        QgsProject.instance().removeMapLayer(layer)
        job.cancel()
        del layer, job
        gc.collect()
        until(lambda: not our_threads(), 2)
    assert messages == []


def test_unloading_while_it_fetches(serve, data, messages):
    def silence(request):
        yield b""
        server.gone.wait(20)

    server = serve(always=Switch(good(data)))
    layer = valid_flac_layer(server.url)
    forget_pixels()
    server.always.step = silence
    jobs = [drawing(layer)]
    jobs[0].start()
    time.sleep(0.2)
    started = time.monotonic()
    layer_package.unregister()
    until(lambda: not jobs[0].isActive(), 1)
    assert time.monotonic() - started < 1
    layer_package.register(sys.executable)
    server.always.step = good(data)
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], ARRAY[0])
    jobs.clear()
    del layer
    gc.collect()
    until(lambda: not our_threads(), 2)
    assert messages == []


def test_unloading_while_it_opens(serve, monkeypatch):
    monkeypatch.setattr(background_open, "OPEN_TIMEOUT", 0.1)

    def silence(request):
        yield b""
        server.gone.wait(20)

    server = serve(always=silence)
    assert not flac_layer(server.url).isValid()
    assert our_threads()
    layer_package.unregister()
    layer_package.register(sys.executable)
    until(lambda: not our_threads(), 2)


def test_a_server_that_refuses_is_not_waited_for(serve, data, tmp_path, messages, monkeypatch):
    server = serve(always=good(data))
    project = QgsProject.instance()
    for _ in range(5):
        project.addMapLayer(valid_flac_layer(server.url))
    assert project.write(str(tmp_path / "p.qgz"))
    project.clear()
    gc.collect()
    monkeypatch.setattr(background_open, "OPEN_TIMEOUT", 20)
    server.always = says(503)
    started = time.monotonic()
    project.read(str(tmp_path / "p.qgz"))
    assert time.monotonic() - started < 2
    layers = list(project.mapLayers().values())
    assert not any(layer.isValid() for layer in layers)
    assert "Tried 2 times" in layers[0].dataProvider().error().summary()
    server.always = good(data)  # before the last attempt
    until(lambda: all(layer.isValid() for layer in layers))
    assert not background_open._slow
    layers.clear()
    project.clear()


def test_errors_of_servers_are_remote_errors():
    trouble = outage.Outage()
    trouble.check()
    trouble.trip(RemoteError("remote.missing", "x"))
    with pytest.raises(RemoteError):
        trouble.check()
    trouble.reset()
    trouble.check()
