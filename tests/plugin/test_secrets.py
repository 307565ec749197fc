"""Passwords in addresses: refused with what to use instead, and written nowhere."""

import zipfile

import pytest
from flac_raster_qgis.engine.errors import InputError
from kits.qgis.layers import flac_layer, random_array, valid_flac_layer
from qgis.core import QgsDataProvider, QgsProcessingContext, QgsProject, QgsProviderRegistry
from qgis.PyQt.QtCore import QCoreApplication

from flac_raster_qgis.algorithms.raster_input import RasterInput
from flac_raster_qgis.core import network
from flac_raster_qgis.core.layer_uri import LayerUri, remove_credentials, without_address
from flac_raster_qgis.data_provider import PROVIDER_KEY, project_secrets
from flac_raster_qgis.gui.connections.recent_sources import add_recent_source, recent_sources
from flac_raster_qgis.gui.connections.settings import CONNECTIONS, Connection, UnusableConnection

pytestmark = pytest.mark.usefixtures("only_memory", "provider_registered")


SECRET = "hush-hush"
LOGINS = [f"ann:{SECRET}@", f"ann:/{SECRET}@", f"ann:1/{SECRET}@", f"ann:#{SECRET}@", f"{SECRET}@"]
LOGINS += [f"ann:a@{SECRET}@", f"ann: {SECRET}@", f"ann:?{SECRET}@"]


@pytest.fixture
def project():
    yield QgsProject.instance()
    QgsProject.instance().clear()


def with_login(url, login):
    return url.replace("://", f"://{login}")


def stored(project, path):
    assert project.write(str(path))
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")


@pytest.mark.parametrize("login", LOGINS)
def test_a_layer_says_what_to_use_instead(publish, login, project, tmp_path, messages):
    url = publish(random_array("uint8", height=20, width=20))
    layer = flac_layer(with_login(url, login))
    assert not layer.isValid()
    error, own_uri = layer.dataProvider().error().summary(), layer.dataProvider().dataSourceUri()
    assert "authentication configuration" in error
    project.addMapLayer(layer)
    QCoreApplication.processEvents()
    texts = {
        "error of the provider": error,
        "source of the provider": own_uri,
        "its source now": layer.dataProvider().dataSourceUri(),
        "source": layer.source(),
        "public source": layer.publicSource(),
        "properties": layer.htmlMetadata(),
        "name": layer.name(),
        "error": layer.error().summary(),
        "project": stored(project, tmp_path / "p.qgz"),
        "log": "\n".join(messages),
    }
    assert not [where for where, text in texts.items() if SECRET in text]
    assert len(messages) >= 1


def test_the_rest_of_the_address_stays(publish, project):
    url = publish(random_array("uint8", height=20, width=20))
    layer = flac_layer(with_login(f"{url}?v=1", f"ann:{SECRET}@") + "|extent=0,0,50,50")
    project.addMapLayer(layer)
    assert layer.source() == f"{url}?v=1|extent=0.0,0.0,50.0,50.0"


@pytest.mark.parametrize("login", LOGINS[:3])
def test_a_project_that_has_a_password_loses_it(publish, login, project, tmp_path, messages):
    url = publish(random_array("uint8", height=20, width=20))
    layer = valid_flac_layer(url)
    layer.renderer().contrastEnhancement().setMinimumValue(7)
    project.addMapLayer(layer)
    project.write(str(tmp_path / "p.qgs"))
    del layer
    project.clear()
    text = (tmp_path / "p.qgs").read_text()
    gone = url.replace(".flac", "-gone.flac")
    (tmp_path / "p.qgs").write_text(text.replace(url, with_login(gone, login)))
    assert SECRET in (tmp_path / "p.qgs").read_text()
    project.read(str(tmp_path / "p.qgs"))
    (layer,) = project.mapLayers().values()
    QCoreApplication.processEvents()
    assert not layer.isValid() and any("authentication configuration" in m for m in messages)
    texts = [layer.source(), layer.htmlMetadata(), *messages, stored(project, tmp_path / "q.qgz")]
    assert not [text for text in texts if SECRET in text]
    project.read(str(tmp_path / "q.qgz"))
    (layer,) = project.mapLayers().values()
    layer.setDataSource(url, "x", PROVIDER_KEY, QgsDataProvider.ProviderOptions())
    assert layer.isValid() and layer.renderer().contrastEnhancement().minimumValue() == 7


@pytest.mark.parametrize("login", LOGINS[:3])
@pytest.mark.parametrize("before", [PROVIDER_KEY, "gdal"])
def test_a_changed_data_source_loses_its_password(
    publish, login, before, project, tmp_path, messages
):
    """As by *Change Data Source…*, of a layer of whatever provider; its style stays."""
    url = publish(random_array("uint8", height=20, width=20))
    layer = valid_flac_layer(url)
    layer.renderer().contrastEnhancement().setMinimumValue(7)
    project.addMapLayer(layer)
    if before != PROVIDER_KEY:
        layer.setDataSource("/no/x.tif", "x", before, QgsDataProvider.ProviderOptions())
        assert layer.providerType() == before
    gone = with_login(url.replace(".flac", "-gone.flac"), login)
    layer.setDataSource(gone, "x", PROVIDER_KEY, QgsDataProvider.ProviderOptions())
    QCoreApplication.processEvents()
    assert not layer.isValid() and any("authentication configuration" in m for m in messages)
    texts = [layer.source(), layer.publicSource(), layer.htmlMetadata(), layer.error().summary()]
    texts += [layer.error().message(), stored(project, tmp_path / "p.qgz"), *messages]
    assert not [text for text in texts if SECRET in text]
    layer.setDataSource(url, "x", PROVIDER_KEY, QgsDataProvider.ProviderOptions())
    assert layer.isValid() and without_address(layer.source()) == url
    if before == PROVIDER_KEY:
        assert layer.renderer().contrastEnhancement().minimumValue() == 7


def test_layers_that_were_there_before_the_plugin_are_watched(publish, project):
    url = publish(random_array("uint8", height=20, width=20))
    layer = valid_flac_layer(url)
    project_secrets.unwatch()
    project.addMapLayer(layer)
    project_secrets.watch()
    options = QgsDataProvider.ProviderOptions()
    layer.setDataSource(with_login(url, LOGINS[0]), "x", PROVIDER_KEY, options)
    assert layer.source() == url
    project_secrets.unwatch()
    layer.setDataSource(with_login(url, LOGINS[0]), "x", PROVIDER_KEY, options)
    assert layer.source() != url
    project_secrets.watch()
    layer.setDataSource(url, "x", PROVIDER_KEY, options)


@pytest.mark.parametrize(
    "start",
    ["https:/", "https:", "/vsicurl/ftp://", "/vsicurl?url=https%3A%2F%2F", "file://", "file:/"],
)
def test_what_is_nearly_a_url_loses_its_password(start, project, tmp_path, messages):
    layer = flac_layer(f"{start}ann:{SECRET}@a.example/x.flac")
    assert not layer.isValid()
    project.addMapLayer(layer)
    QCoreApplication.processEvents()
    texts = [layer.source(), layer.publicSource(), layer.htmlMetadata(), layer.error().message()]
    texts += [layer.name(), stored(project, tmp_path / "p.qgz"), *messages]
    assert messages and not [text for text in texts if SECRET in text]


def test_metadata_and_relative_paths_of_the_registry():
    uri = f"https://ann:{SECRET}@a.example/x.flac|authcfg=abc1234"
    registry = QgsProviderRegistry.instance()
    assert SECRET not in str(registry.decodeUri("flacraster", uri))
    assert remove_credentials(uri) == "https://a.example/x.flac|authcfg=abc1234"
    assert remove_credentials("file:///a@b.flac") == "file:///a@b.flac"


def test_a_name_for_what_has_none_holds_no_secret():
    for url in (
        f"https://ann:{SECRET}@a.example/?key={SECRET}",
        f"https://ann:/{SECRET}@a.example",
    ):
        assert SECRET not in LayerUri(url).title


@pytest.mark.parametrize("login", LOGINS)
def test_tools_history_and_connections(login):
    uri = f"https://{login}a.example/x.flac"
    for name in (uri, uri.replace("https", "s3")):
        with pytest.raises(InputError, match="authentication configuration") as caught:
            network.open_source(name)
        assert SECRET not in str(caught.value)
    parameter, context = RasterInput("INPUT", "in"), QgsProcessingContext()
    assert SECRET not in parameter.valueAsPythonString(uri, context)
    assert SECRET not in str(parameter.valueAsJsonObject(uri, context))
    assert SECRET not in parameter.valueAsString(uri, context)[0]
    add_recent_source(uri)
    assert recent_sources() == []
    with pytest.raises(UnusableConnection, match="authentication configuration"):
        CONNECTIONS.save(Connection("a", uri))


@pytest.mark.parametrize("query", ["key=1", "v=1&X-Amz-Signature=1", "access_token=1", "SIG=1"])
def test_a_key_in_an_address_is_warned_of(publish, project, query, messages):
    url = publish(random_array("uint8", height=20, width=20))
    project.addMapLayer(valid_flac_layer(f"{url}?{query}"))
    QCoreApplication.processEvents()
    (message,) = messages
    assert "API Header" in message and query not in message


SIGNED = [f"token={SECRET}", f"v=1&X-Amz-Signature={SECRET}", f"sv=2020&sig={SECRET}"]


@pytest.mark.parametrize("query", SIGNED)
def test_a_key_in_an_address_is_not_shown(publish, project, query, messages, tmp_path):
    """A layer needs it, and a project keeps it; QGIS itself shows the source of a layer."""
    url = publish(random_array("uint8", height=20, width=20))
    layer = valid_flac_layer(f"{url}?{query}")
    project.addMapLayer(layer)
    gone = flac_layer(url.replace(".flac", f"-gone.flac?{query}"))
    assert not gone.isValid()
    QCoreApplication.processEvents()
    texts = {
        "name": layer.name() + LayerUri.parse(layer.source()).title,
        "description": layer.dataProvider().htmlMetadata(),
        "error": gone.dataProvider().error().summary(),
        "log": "\n".join(messages),
    }
    assert not [where for where, text in texts.items() if SECRET in text]
    assert SECRET in stored(project, tmp_path / "p.qgz")
    project.read(str(tmp_path / "p.qgz"))
    (layer,) = project.mapLayers().values()
    assert layer.isValid() and query in without_address(layer.source())


@pytest.mark.parametrize("query", SIGNED)
@pytest.mark.parametrize("start", ["https://a.example", "/vsicurl/https://a.example", "s3://a"])
def test_a_key_in_an_address_is_not_logged_by_processing(query, start):
    uri = f"{start}/x.flac?{query}"
    parameter, context = RasterInput("INPUT", "in"), QgsProcessingContext()
    written = parameter.valueAsPythonString(uri, context)
    assert SECRET not in written and f"{start}/x.flac?" in written
    assert SECRET not in str(parameter.valueAsJsonObject(uri, context))
    assert SECRET not in parameter.valueAsString(uri, context)[0]
    part = f"{uri}|authcfg=abc1234|extent=0,0,1,1"
    assert parameter.valueAsString(part, context)[0].endswith(
        "…|authcfg=abc1234|extent=0.0,0.0,1.0,1.0"
    )


@pytest.mark.parametrize("tool", ["info", "query", "verify"])
def test_a_key_in_an_address_is_in_no_report(publish, run, feedback, tool, tmp_path):
    url = publish(random_array("uint8", height=20, width=20))
    outputs = {f"OUTPUT_{kind}": str(tmp_path / f"x.{kind.lower()}") for kind in ("HTML", "JSON")}
    results = run(tool, INPUT=f"{url}?token={SECRET}", **outputs)
    written = [path.read_text() for path in tmp_path.iterdir()]
    assert len(written) == 2 and url in "".join(written)
    assert SECRET not in "".join([feedback.textLog(), str(results), *written])


def test_another_parameter_is_not(publish, project, messages):
    url = publish(random_array("uint8", height=20, width=20))
    project.addMapLayer(valid_flac_layer(f"{url}?version=1&keyword=2"))
    QCoreApplication.processEvents()
    assert not messages


def test_a_port_that_is_none_is_an_error_of_the_layer(messages):
    """Opening it in the main thread takes the address apart as well."""
    for url in ("https://a.example:99999/x.flac", "https://[::1/x.flac", "http://a..b/x.flac"):
        layer = flac_layer(url)
        assert not layer.isValid() and "not a valid URL" in layer.error().summary()
