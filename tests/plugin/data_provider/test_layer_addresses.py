"""Layers of the project have a source that GDAL opens, and so every tool of QGIS works on them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import processing
import pytest
import requests
from flac_raster_qgis.engine import Band
from flac_raster_qgis.engine.storage.local_file import file_identity
from flac_raster_qgis.engine.virtual_tiff.recipes import RasterRecipe
from kits.qgis.layers import (
    has_address,
    open_raster_of,
    pixels,
    random_array,
    valid_flac_layer,
    write_flac,
    write_geotiff,
)
from kits.qgis.remote_layers import until
from kits.remote import part, says
from kits.server_processes import children, is_alive
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsLayerDefinition,
    QgsLayerTreeGroup,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt import sip

from flac_raster_qgis import data_provider
from flac_raster_qgis.core import addresses
from flac_raster_qgis.core.layer_uri import LayerUri
from flac_raster_qgis.core.main_thread import call_later
from flac_raster_qgis.core.network import authenticated_recipe, open_source
from flac_raster_qgis.core.tiff_server import TiffServer
from flac_raster_qgis.data_provider import layer_addresses

ARRAY = random_array("int16", 2, 300, 400)
#: Tools that open the source of a layer through GDAL, in C++ or in programs.
TOOLS = [
    ("native:slope", {}),
    ("native:hillshade", {}),
    ("native:fillnodata", {"BAND": 1}),
    ("gdal:hillshade", {"BAND": 1}),
    ("gdal:translate", {}),
    ("gdal:warpreproject", {"TARGET_CRS": "EPSG:3857"}),
]


@pytest.fixture
def path(tmp_path):
    return write_flac(tmp_path / "data" / "hill top.flac", ARRAY)


@pytest.fixture
def layer(project, path):
    layer = valid_flac_layer(path)
    project.addMapLayer(layer)
    return layer


def test_gdal_opens_the_source_and_the_provider_draws(layer, path):
    assert has_address(layer) and layer.source().endswith("/hill%20top.tif")
    assert layer.providerType() == data_provider.PROVIDER_KEY
    assert LayerUri.parse(layer.source()) == LayerUri(str(path))
    assert np.array_equal(pixels(layer.source()), ARRAY)
    assert layer.dataProvider().block(1, layer.extent(), 400, 300).isValid()


@pytest.mark.parametrize(("tool", "parameters"), TOOLS, ids=[tool for tool, _ in TOOLS])
def test_tools_give_what_they_give_for_a_geotiff(layer, tmp_path, tool, parameters):
    tiff = str(write_geotiff(tmp_path / "x.tif", ARRAY))
    results = [
        processing.run(tool, {"INPUT": given, "OUTPUT": str(tmp_path / name), **parameters})
        for given, name in ((layer, "of_layer.tif"), (tiff, "of_tiff.tif"))
    ]
    a, b = (pixels(result["OUTPUT"]) for result in results)
    assert a.size and np.array_equal(a, b)


def test_rasterio_opens_it_in_the_same_process(layer):
    import rasterio  # holds the interpreter lock meanwhile: a thread could not answer

    with rasterio.open(layer.source()) as dataset:
        assert np.array_equal(dataset.read(), ARRAY)


def test_parts_of_rasters(project, path):
    uri = LayerUri(str(path), extent=(500100, 4999000, 500905, 4999900))
    project.addMapLayer(layer := valid_flac_layer(uri.text()))
    assert has_address(layer)
    assert np.array_equal(pixels(layer.source()), ARRAY[:, 10:100, 10:91])
    assert LayerUri.parse(layer.source()) == uri


def test_projects_keep_the_plain_relative_source(layer, project, tmp_path):
    layer.setOpacity(0.5)
    file = tmp_path / "p.qgs"
    assert project.write(str(file))
    text = file.read_text(encoding="utf-8")
    assert "127.0.0.1" not in text and "./data/hill top.flac" in text
    assert has_address(layer)  # as before
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("data", "p.qgs"):
        (tmp_path / name).rename(moved / name)
    project.clear()
    assert project.read(str(moved / "p.qgs"))
    (found,) = project.mapLayers().values()
    assert has_address(found) and found.opacity() == 0.5
    assert LayerUri.parse(found.source()).name == str(moved / "data" / "hill top.flac")


def test_an_address_of_another_session_names_the_raster(layer, project, monkeypatch):
    old = layer.source()
    project.clear()
    monkeypatch.setattr(addresses, "_secret", b"another one")
    project.addMapLayer(again := valid_flac_layer(old))
    assert has_address(again) and again.source() != old


def test_layer_definitions_and_copies(layer, project, tmp_path):
    file = str(tmp_path / "x.qlr")
    node = project.layerTreeRoot().findLayer(layer.id())
    assert QgsLayerDefinition.exportLayerDefinition(file, [node])[0]
    root = QgsLayerTreeGroup()
    assert QgsLayerDefinition.loadLayerDefinition(file, project, root)[0]
    (found,) = (tree.layer() for tree in root.findLayers())
    project.addMapLayer(copy := layer.clone())
    assert has_address(found) and has_address(copy)
    for one in (found, copy):
        assert LayerUri.parse(one.source()) == LayerUri.parse(layer.source())


def test_layers_of_a_url(project, publish, only_memory, authcfg):
    url = publish(ARRAY)
    project.addMapLayer(layer := valid_flac_layer(url))
    assert has_address(layer)
    assert np.array_equal(pixels(layer.source()), ARRAY)


def test_layers_behind_a_password(project, publish, nginx, only_memory, authcfg):
    url = publish(ARRAY).replace(nginx.url(""), nginx.url("locked/"))
    project.addMapLayer(layer := valid_flac_layer(f"{url}|authcfg={authcfg}"))
    assert has_address(layer) and "secret" not in layer.source()
    assert np.array_equal(pixels(layer.source()), ARRAY)


@pytest.fixture
def netrc(tmp_path, monkeypatch):
    """Wrong secrets of the user for nginx, where a new server process finds them."""
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login ann password wrong\n")
    monkeypatch.setenv("NETRC", str(file))


def test_authentication_of_qgis_wins_over_netrc(netrc, publish, nginx, only_memory, authcfg):
    url = publish(ARRAY).replace(nginx.url(""), nginx.url("locked/"))
    errors = []
    for config, status in ((authcfg, 200), ("", 502)):
        name, session = authenticated_recipe(url, config)
        identity = open_source(url, authcfg).identity
        server = TiffServer(sys.executable, lambda token, error: errors.append(error))
        try:
            served = server.serve(RasterRecipe("t" * 32, name, identity, None, session), "x")
            assert requests.get(served, timeout=20).status_code == status
        finally:
            server.stop()
    assert [error.code for error in errors] == ["http.401"]


def test_a_file_that_was_replaced(layer, path):
    old = layer.source()
    other = ARRAY[:, ::-1].copy()
    write_flac(path.with_name("other.flac"), other)
    os.replace(path.with_name("other.flac"), path)
    layer.reload()
    until(lambda: layer.source() != old)
    assert np.array_equal(pixels(layer.source()), other)
    with pytest.raises(RuntimeError):  # what has the old address gets nothing instead of a mixture
        pixels(old.replace("hill%20top", "not_cached"))


def test_each_layer_asks_for_its_address_once(project, path, monkeypatch):
    asked, real = [], addresses.address_of

    def address_of(uri, *rest):
        asked.append(uri)
        return real(uri, *rest)

    monkeypatch.setattr(addresses, "address_of", address_of)
    layers = [valid_flac_layer(path) for _ in range(20)]
    project.addMapLayers(layers)
    ended = []
    call_later(lambda: ended.append(True))
    until(lambda: ended)
    assert all(map(has_address, layers)) and len(asked) == 20
    layers[0].reload()  # settings of the network may have changed
    ended.clear()
    call_later(lambda: ended.append(True))
    until(lambda: ended)
    assert len(asked) == 40


def test_the_pointers_of_layers_without_address_are_not_kept(project, path, tmp_path):
    before = set(layer_addresses._of_project)
    file = tmp_path / "p.qgs"
    project.addMapLayer(valid_flac_layer(path))
    assert project.write(str(file))
    project.clear()
    moved = path.rename(path.with_name("moved.flac"))
    assert project.read(str(file))
    (layer,) = project.mapLayers().values()
    assert not layer.isValid() and layer_addresses._of_project == before
    moved.rename(path)
    layer.reload()  # which reloads the invalid layers of the raster
    until(lambda: has_address(layer))
    (pointer,) = layer_addresses._of_project - before
    assert pointer == sip.unwrapinstance(layer)
    project.clear()
    assert layer_addresses._of_project == before


def damage(path):
    data = bytearray(path.read_bytes())
    data[-200:-100] = bytes(100)
    path.write_bytes(data)


@pytest.mark.parametrize("tool", ["native:slope", "gdal:hillshade"])
def test_a_damaged_tile_fails_tools_of_scripts(project, path, tmp_path, messages, tool):
    damage(path)
    project.addMapLayer(layer := valid_flac_layer(path))
    parameters = {"INPUT": layer, "OUTPUT": str(tmp_path / "y.tif")}
    with pytest.raises(QgsProcessingException):
        processing.run(tool, {**parameters, **({"BAND": 1} if tool.startswith("gdal") else {})})
    until(lambda: any("level 0" in message for message in messages))


@pytest.mark.parametrize("tool", ["native:slope", "gdal:hillshade"])
def test_a_damaged_tile_fails_tools_of_dialogs(project, path, tmp_path, tool):
    damage(path)
    project.addMapLayer(layer := valid_flac_layer(path))
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(tool)
    context, of_task = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(project)
    parameters = {"INPUT": layer.id(), "OUTPUT": str(tmp_path / "y.tif"), "BAND": 1, "Z_FACTOR": 1}
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, of_task)
    ended = []
    task.executed.connect(lambda is_ok, results: ended.append(is_ok))
    QgsApplication.taskManager().addTask(task)
    until(lambda: ended, 60)
    assert ended == [False]


@pytest.mark.parametrize("tool", ["native:slope", "gdal:hillshade"])
def test_a_dead_server_fails_tools(project, serve, tmp_path, only_memory, tool):
    data = write_flac(tmp_path / "x.flac", random_array("int16", 1, 1200, 1000)).read_bytes()
    server = serve(always=part(data))
    project.addMapLayer(layer := valid_flac_layer(server.url))
    assert gdal.Open(layer.source()).RasterXSize == 1000  # the process has it open
    server.always = says(503)
    parameters = {"INPUT": layer, "OUTPUT": str(tmp_path / "y.tif"), "BAND": 1}
    with pytest.raises(QgsProcessingException, match="503"):
        processing.run(tool, parameters)


@pytest.fixture
def remote(project, serve, tmp_path, only_memory):
    """A server, an answer of it, and a layer whose raster the process has not opened yet."""
    data = write_flac(tmp_path / "x.flac", random_array("int16", 1, 1200, 1000)).read_bytes()
    server = serve(always=part(data))
    project.addMapLayer(layer := valid_flac_layer(server.url))
    return server, part(data), layer


@pytest.mark.parametrize("tool", ["native:slope", "gdal:hillshade"])
def test_tools_work_again_when_the_server_is_back(remote, tmp_path, tool):
    server, answer, layer = remote
    source = layer.source()
    server.always = says(503)
    parameters = {"INPUT": layer, "OUTPUT": str(tmp_path / "y.tif"), "BAND": 1}
    with pytest.raises((QgsProcessingException, RuntimeError)):
        processing.run(tool, parameters)
    with pytest.raises(RuntimeError):
        gdal.Open(source).ReadAsArray()
    server.always = answer
    time.sleep(2.5)  # the pause after a failure
    result = processing.run(tool, parameters)  # of a script that leaves QGIS no time meanwhile
    assert pixels(result["OUTPUT"]).any()
    assert layer.source() == source and pixels(source).shape == (1200, 1000)


def test_a_raster_that_is_served_already_stays_open(remote):
    server, _, layer = remote
    source = layer.source()
    expected = pixels(source)
    count = len(server.requests)
    raster = open_raster_of(layer.dataProvider()).raster
    assert addresses.address_of(LayerUri.parse(source), raster.source.identity) == source
    gdal.VSICurlPartialClearCache(source)
    assert np.array_equal(pixels(source), expected)
    assert len(server.requests) == count


def test_nodata_of_bands_is_known_when_the_server_is_back(project, serve, tmp_path, only_memory):
    bands = (Band(nodata=1), Band(nodata=2))  # which GDAL reads from a file beside the raster
    data = write_flac(tmp_path / "x.flac", ARRAY, bands=bands).read_bytes()
    server = serve(always=part(data))
    project.addMapLayer(layer := valid_flac_layer(server.url))
    server.always = says(503)
    with pytest.raises(RuntimeError):
        gdal.Open(layer.source()).ReadAsArray()
    server.always = part(data)
    time.sleep(2.5)
    gdal.SetConfigOption("GDAL_PAM_ENABLED", None)  # as in QGIS
    try:
        dataset = gdal.Open(layer.source())
        assert [dataset.GetRasterBand(n).GetNoDataValue() for n in (1, 2)] == [1, 2]
    finally:
        gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")


def test_a_server_that_hangs_holds_up_no_other_layer(project, remote, layer, path):
    server, answer, slow = remote
    goes_on = threading.Event()

    def hang(request):
        goes_on.wait(60)
        yield from answer(request)

    server.always = hang
    before = len(server.requests)
    process = subprocess.Popen(
        ["gdalinfo", slow.source()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until(lambda: len(server.requests) > before, 20)
        start = time.monotonic()
        assert np.array_equal(pixels(layer.source()), ARRAY)
        project.addMapLayer(other := valid_flac_layer(write_flac(path.with_name("b.flac"), ARRAY)))
        assert np.array_equal(pixels(other.source()), ARRAY)
        assert time.monotonic() - start < 5 and process.poll() is None
    finally:
        goes_on.set()
    assert process.wait(30) == 0


def test_models_find_what_convert_wrote(plugin, project, tmp_path):
    from qgis.core import (
        QgsProcessingModelAlgorithm,
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelChildParameterSource,
        QgsProcessingModelOutput,
        QgsProcessingModelParameter,
        QgsProcessingParameterRasterLayer,
    )

    source = QgsProcessingModelChildParameterSource
    model = QgsProcessingModelAlgorithm()
    model.addModelParameter(
        QgsProcessingParameterRasterLayer("dem"), QgsProcessingModelParameter("dem")
    )
    convert = QgsProcessingModelChildAlgorithm("flacraster:convert")
    convert.setChildId("convert")
    convert.addParameterSources("INPUT", [source.fromModelParameter("dem")])
    slope = QgsProcessingModelChildAlgorithm("native:slope")
    slope.setChildId("slope")
    slope.addParameterSources("INPUT", [source.fromChildOutput("convert", "OUTPUT")])
    slope.addParameterSources("Z_FACTOR", [source.fromStaticValue(1)])
    output = QgsProcessingModelOutput("slope")
    output.setChildId("slope")
    output.setChildOutputName("OUTPUT")
    slope.setModelOutputs({"slope": output})
    for child in (convert, slope):
        model.addChildAlgorithm(child)
    tiff = str(write_geotiff(tmp_path / "x.tif", ARRAY[:1]))
    name = "slope:slope"
    result = processing.run(model, {"dem": tiff, name: str(tmp_path / "y.tif")})
    expected = processing.run("native:slope", {"INPUT": tiff, "OUTPUT": str(tmp_path / "z.tif")})
    assert np.array_equal(pixels(result[name]), pixels(expected["OUTPUT"]))


def answers(source):
    try:
        return requests.head(source[len("/vsicurl/") :], timeout=5).ok
    except requests.ConnectionError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes")
def test_a_server_that_died_is_started_again(layer, project, path):
    until(lambda: answers(layer.source()), 20)  # as it starts beside QGIS
    before = children()
    assert before
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    until(lambda: children() and not before & children())
    source = layer.source().replace("hill%20top", "again")  # which GDAL has not in its cache
    until(lambda: answers(source), 20)
    assert np.array_equal(pixels(source), ARRAY)
    project.addMapLayer(other := valid_flac_layer(write_flac(path.with_name("b.flac"), ARRAY)))
    assert np.array_equal(pixels(other.source()), ARRAY)
    assert LayerUri.parse(other.source()).name.endswith("b.flac")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes")
def test_the_same_address_works_when_the_server_process_is_back(layer):
    source = layer.source()
    assert np.array_equal(pixels(source), ARRAY)
    gdal.VSICurlPartialClearCache(source)
    before = children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    until(lambda: not before & children())
    with suppress(RuntimeError):  # unless the new one was quicker
        gdal.Open(source)
    until(lambda: answers(source), 20)
    time.sleep(1)
    assert np.array_equal(pixels(source), ARRAY)


def test_an_error_is_dealt_with_before_the_client_is_told(tmp_path):
    dealt_with, goes_on = [], threading.Event()

    def deal_with(token, error):
        time.sleep(0.5)
        dealt_with.append(token)

    server = TiffServer(sys.executable, deal_with)
    url = server.serve(RasterRecipe("t" * 32, str(tmp_path / "none.flac"), ""), "x")
    for number in (1, 2):
        assert requests.get(url, timeout=20).status_code == 502
        assert len(dealt_with) == number
    server.stop()
    # one that is busy, perhaps because it waits for the client, holds it up once
    server = TiffServer(sys.executable, lambda token, error: goes_on.wait(60))
    url = server.serve(RasterRecipe("t" * 32, str(tmp_path / "none.flac"), ""), "x")
    start = time.monotonic()
    for _ in range(5):
        assert requests.get(url, timeout=20).status_code == 502
    assert time.monotonic() - start < 4
    goes_on.set()
    server.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes")
def test_a_server_that_dies_is_an_error_of_what_reads(path):
    errors = []
    others = children()
    server = TiffServer(sys.executable, lambda token, error: errors.append((token, str(error))))
    recipe = RasterRecipe("t" * 32, str(path), file_identity(os.stat(path)))
    url = server.serve(recipe, "x")
    assert requests.get(url, timeout=20).status_code == 200 and errors == []
    (pid,) = children() - others
    os.kill(pid, signal.SIGKILL)
    until(lambda: errors and answers(f"/vsicurl/{url}"), 20)
    ((token, text),) = errors
    assert token == "" and "has ended" in text
    server.stop()
    assert len(errors) == 1


def files_of(pids, path):
    """Return how many files the processes have open under a path."""
    files = [file for pid in pids for file in Path(f"/proc/{pid}/fd").iterdir()]
    with suppress(OSError):
        return sum(os.readlink(file) == str(path) for file in files)
    return -1


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes")
def test_a_released_address_is_closed_and_can_be_given_again(layer, project, path):
    source = layer.source()
    dataset = gdal.Open(source)
    until(lambda: files_of(children(), path) == 1)
    addresses.release("/data/x.flac")  # not an address
    addresses.release(source)
    until(lambda: files_of(children(), path) == 0)
    assert np.array_equal(dataset.ReadAsArray(), ARRAY)  # what has it open goes on
    del dataset
    project.clear()
    project.addMapLayer(again := valid_flac_layer(path))
    assert again.source() == source
    assert np.array_equal(pixels(source), ARRAY)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes")
def test_a_file_is_closed_with_its_last_layer(layer, project, path):
    project.addMapLayer(other := valid_flac_layer(path))
    source = layer.source()
    assert other.source() == source
    dataset = gdal.Open(source)
    until(lambda: files_of(children(), path) == 1)
    project.removeMapLayer(other.id())
    time.sleep(0.3)
    assert files_of(children(), path) == 1
    project.removeMapLayer(layer.id())
    until(lambda: files_of(children(), path) == 0)
    assert np.array_equal(dataset.ReadAsArray(), ARRAY)  # a tool that is at work


def test_addresses_of_the_project_are_released(layer, project, monkeypatch):
    released = []
    monkeypatch.setattr(addresses, "release", released.append)
    source = layer.source()
    project.addMapLayer(copy := layer.clone())
    outside = layer.clone()
    project.removeMapLayer(layer)
    assert not released  # others have it
    project.takeMapLayer(copy)
    sip.delete(outside)
    assert not released  # it exists
    sip.delete(copy)
    assert released == [source]


def test_addresses_of_tools_stay(project, path, tmp_path, monkeypatch):
    """A virtual raster refers to them."""
    released = []
    monkeypatch.setattr(addresses, "release", released.append)
    given = {
        "INPUT": [f"flacraster://{path}"],
        "SEPARATE": False,
        "OUTPUT": str(tmp_path / "y.vrt"),
    }
    vrt = processing.run("gdal:buildvirtualraster", given)["OUTPUT"]
    assert not released and np.array_equal(pixels(vrt), ARRAY)


def test_expired_authentication_is_renewed(project, publish, nginx, only_memory, authcfg):
    url = publish(ARRAY).replace(nginx.url(""), nginx.url("locked/"))
    config = QgsAuthMethodConfig()
    manager = QgsApplication.authManager()
    assert manager.loadAuthenticationConfig(authcfg, config, True)
    project.addMapLayer(layer := valid_flac_layer(f"{url}|authcfg={authcfg}"))
    right = config.config("password")
    config.setConfig("password", "expired")
    assert manager.updateAuthenticationConfig(config)
    uri = LayerUri.parse(layer.source())
    addresses.address_of(uri, open_raster_of(layer.dataProvider()).raster.source.identity)
    config.setConfig("password", right)
    assert manager.updateAuthenticationConfig(config)
    address = layer.source()[len("/vsicurl/") :]
    assert requests.get(address, timeout=20).status_code == 502
    until(lambda: requests.get(address, timeout=20).status_code == 200, 20)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes")
def test_the_server_ends_with_qgis_however_that_ends(path):
    code = f"""
import sys, time
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
app = QgsApplication([], False)
app.initQgis()
from flac_raster_qgis import data_provider
data_provider.register(sys.executable)
layer = QgsRasterLayer({str(path)!r}, "x", "flacraster")
QgsProject.instance().addMapLayer(layer)
print(layer.source(), flush=True)
time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().startswith("/vsicurl/")
    own = children(process.pid)
    assert own
    process.kill()
    process.communicate()
    end = time.monotonic() + 10
    while any(map(is_alive, own)):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_proxies_are_not_asked_for_this_computer(layer):
    assert "127.0.0.1" in os.environ["no_proxy"].split(",")
    assert "127.0.0.1" in os.environ["NO_PROXY"].split(",")


def test_layers_outside_the_project_have_an_address_too(project, path, tmp_path):
    layer = valid_flac_layer(path)
    assert has_address(layer) and project.count() == 0
    results = processing.run("gdal:translate", {"INPUT": layer, "OUTPUT": str(tmp_path / "y.tif")})
    assert np.array_equal(pixels(results["OUTPUT"]), ARRAY)
