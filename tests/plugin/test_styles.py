"""Styles travel: beside outputs, inside files, and beside rasters on servers."""

from __future__ import annotations

import gc
import re
import time

import pytest
import rasterio
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.format.style import stored_style
from kits.qgis.layers import random_array, write_flac
from kits.qgis.remote_layers import until
from kits.remote import says
from qgis.core import (
    QgsContrastEnhancement,
    QgsProject,
    QgsProperty,
    QgsRasterLayer,
    QgsRasterPipe,
    QgsSettings,
    QgsSingleBandGrayRenderer,
)

from flac_raster_qgis.core.layer_styles import MAX_SIZE, apply_style, style_text
from flac_raster_qgis.core.layer_uri import LayerUri
from flac_raster_qgis.data_provider import source_styles
from flac_raster_qgis.gui.layers.layer_adder import AddLayerTask

pytestmark = pytest.mark.usefixtures("only_memory", "no_sources")

LOW, HIGH = 123.0, 4567.0


@pytest.fixture
def search_styles(only_memory):
    """Ask servers for styles, as QGIS does by default."""
    QgsSettings().remove(source_styles.ENABLED)


def give_style(layer, low=LOW):
    """Stretch the layer from ``low``, and make it half transparent."""
    stretch = QgsContrastEnhancement(layer.dataProvider().dataType(1))
    kinds = QgsContrastEnhancement.ContrastEnhancementAlgorithm
    stretch.setContrastEnhancementAlgorithm(kinds.StretchToMinimumMaximum)
    stretch.setMinimumValue(low)
    stretch.setMaximumValue(HIGH)
    renderer = QgsSingleBandGrayRenderer(layer.dataProvider(), 1)
    renderer.setContrastEnhancement(stretch)
    renderer.setOpacity(0.5)
    layer.setRenderer(renderer)
    return layer


def low_of(layer):
    """The value from which a layer is stretched, None if it is not half transparent."""
    renderer = layer.renderer()
    is_styled = isinstance(renderer, QgsSingleBandGrayRenderer) and renderer.opacity() == 0.5
    return renderer.contrastEnhancement().minimumValue() if is_styled else None


def layer_of(source, provider="flacraster"):
    layer = QgsRasterLayer(str(source), "x", provider)
    assert layer.isValid(), layer.error().message()
    return layer


def styled_text(path, low=LOW):
    return style_text(give_style(layer_of(path), low))


# ---------------------------------------------------------------- outputs of tools


def test_convert_takes_the_style_of_the_layer_along(run, geotiff, project, tmp_path):
    layer = give_style(layer_of(geotiff, "gdal"))
    project.addMapLayer(layer)
    output = tmp_path / "out" / "x.flac"
    output.parent.mkdir()
    for value in (layer, layer.id(), layer.name()):
        run("convert", INPUT=value, OUTPUT=str(output))
        assert output.with_suffix(".qml").exists()
        assert low_of(layer_of(output)) == LOW
        output.with_suffix(".qml").unlink()
        with FlacRaster.open(output) as raster:
            assert stored_style(raster.head.tags) == ""
    back = tmp_path / "out" / "back.tif"
    run("convert", INPUT=give_style(layer_of(output), 7.0), OUTPUT=str(back))
    assert low_of(layer_of(back, "gdal")) == 7.0


def test_convert_stores_the_style_in_the_file_if_asked(run, geotiff, project, tmp_path):
    layer = give_style(layer_of(geotiff, "gdal"))
    output = tmp_path / "x.flac"
    run("convert", INPUT=layer, OUTPUT=str(output), STORE_STYLE=True)
    beside = output.with_suffix(".qml")
    assert low_of(layer_of(output)) == LOW
    beside.write_text(styled_text(output, low=7.0))
    assert low_of(layer_of(output)) == 7.0, "the style beside comes first"
    beside.unlink()
    assert low_of(layer_of(output)) == LOW
    assert low_of(layer_of(f"{output}|extent={extent_text(layer_of(output))}")) == LOW


def extent_text(layer):
    extent = layer.extent()
    return ",".join(
        map(str, (extent.xMinimum(), extent.yMinimum(), extent.center().x(), extent.yMaximum()))
    )


def test_style_beside_a_file_is_taken_along(run, geotiff, tmp_path):
    geotiff.with_suffix(".qml").write_text(style_text(give_style(layer_of(geotiff, "gdal"))))
    output = tmp_path / "out.flac"
    run("convert", INPUT=str(geotiff), OUTPUT=str(output))
    assert low_of(layer_of(output)) == LOW


def test_style_of_another_file_is_left_alone(run, geotiff, tmp_path, feedback):
    """``x.qml`` is that of ``x.tif``, and would be that of ``x.flac``."""
    beside = geotiff.with_suffix(".qml")
    beside.write_text("of the GeoTIFF")
    layer = give_style(layer_of(geotiff, "gdal"))
    run("convert", INPUT=layer, OUTPUT=str(geotiff.with_suffix(".flac")))
    assert beside.read_text() == "of the GeoTIFF"
    assert any("x.qml" in line or beside.name in line for line in feedback.said)
    run("convert", INPUT=layer, OUTPUT=str(geotiff.with_suffix(".flac")))
    assert low_of(layer_of(geotiff.with_suffix(".flac"))) == LOW, "now it is that of the output"


def test_output_that_is_skipped_keeps_its_style(run, geotiff, tmp_path):
    layer, output = give_style(layer_of(geotiff, "gdal")), tmp_path / "y.flac"
    run("convert", INPUT=layer, OUTPUT=str(output))
    output.with_suffix(".qml").write_text("mine")
    run("convert", INPUT=layer, OUTPUT=str(output), SKIP_IDENTICAL=True)
    assert output.with_suffix(".qml").read_text() == "mine"


def test_extract_takes_the_style_along_unless_bands_change(run, tmp_path):
    path = write_flac(tmp_path / "x.flac", random_array("uint16", 2))
    layer = give_style(layer_of(path))
    run("extract", INPUT=layer, OUTPUT=str(tmp_path / "all.tif"))
    assert low_of(layer_of(tmp_path / "all.tif", "gdal")) == LOW
    run("extract", INPUT=layer, BANDS="2", OUTPUT=str(tmp_path / "one.tif"))
    assert not (tmp_path / "one.qml").exists()
    with rasterio.open(tmp_path / "one.tif") as made:
        assert made.count == 1


# ---------------------------------------------------------------- styles of servers


@pytest.fixture
def styled_url(nginx, publish):
    url = publish(random_array("uint16"))
    path = nginx.folder / url.rpartition("/")[2]
    beside = path.with_suffix(".qml")
    beside.write_text(styled_text(path))
    nginx.forget()
    yield url
    beside.unlink(missing_ok=True)


def test_style_beside_a_url_is_found(search_styles, nginx, styled_url):
    layer = layer_of(styled_url)
    assert low_of(layer) == LOW
    asked = [uri for uri, *_ in nginx.requests(1) if uri.endswith(".qml")]
    assert len(asked) == 1
    again = layer_of(styled_url)
    assert low_of(again) == LOW
    assert len([uri for uri, *_ in nginx.requests(1) if uri.endswith(".qml")]) == 1


def test_style_beside_a_url_is_found_in_the_background(search_styles, project, styled_url):
    task = AddLayerTask(styled_url)
    ended = []
    task.ended.connect(ended.append)
    task.start()
    until(lambda: ended)
    assert task.error is None
    (layer,) = project.mapLayers().values()
    assert low_of(layer) == LOW and layer.source() != styled_url, "it has its address too"


def test_authentication_finds_the_style(search_styles, nginx, styled_url, authcfg):
    url = nginx.url("locked/" + styled_url.rpartition("/")[2])
    assert low_of(layer_of(f"{url}|authcfg={authcfg}")) == LOW


def test_there_need_be_no_style(search_styles, nginx, publish, messages):
    url = publish(random_array("uint16"))
    assert low_of(layer_of(url)) is None
    assert len([uri for uri, *_ in nginx.requests(1) if uri.endswith(".qml")]) == 1
    assert messages == []


def test_a_setting_switches_the_search_off(nginx, styled_url):
    assert low_of(layer_of(styled_url)) is None
    assert not [uri for uri, *_ in nginx.requests(1) if uri.endswith(".qml")]


def test_project_keeps_the_style_of_the_user(search_styles, nginx, styled_url, project, tmp_path):
    project.addMapLayer(give_style(layer_of(styled_url), 7.0))
    assert project.write(str(tmp_path / "x.qgs"))
    project.clear()
    gc.collect()
    nginx.forget()
    assert QgsProject.instance().read(str(tmp_path / "x.qgs"))
    (layer,) = project.mapLayers().values()
    assert layer.isValid() and low_of(layer) == 7.0
    assert not [uri for uri, *_ in nginx.requests(0) if uri.endswith(".qml")]
    copy = layer.clone()
    assert low_of(copy) == 7.0


def test_default_style_that_the_user_saved_comes_first(search_styles, project, styled_url):
    layer = give_style(layer_of(styled_url), 7.0)
    assert layer.saveDefaultStyle()[1]
    until(lambda: low_of(layer_of(styled_url)) == 7.0)


def test_a_silent_server_delays_a_layer_by_a_third_of_a_second_at_most(
    search_styles, serve, tmp_path
):
    data = write_flac(tmp_path / "x.flac", random_array("uint8")).read_bytes()

    def answer(request):
        if request.path.endswith(".qml"):
            time.sleep(5)
        offset, size = request.range
        yield from says(
            206,
            data[offset : offset + size],
            Content_Range=f"bytes {offset}-{min(len(data), offset + size) - 1}/{len(data)}",
            ETag='"one"',
        )(request)

    server = serve(always=answer)
    QgsSettings().setValue(source_styles.ENABLED, False)
    started = time.monotonic()
    layer_of(server.url + "?without")
    usual = time.monotonic() - started
    QgsSettings().remove(source_styles.ENABLED)
    started = time.monotonic()
    layer = layer_of(server.url)
    assert time.monotonic() - started < usual + 0.6
    assert low_of(layer) is None


# ---------------------------------------------------------------- hostile styles


def test_expressions_do_not_travel(tmp_path):
    path = write_flac(tmp_path / "x.flac", random_array("uint16"))
    layer = give_style(layer_of(path))
    properties = layer.pipe().dataDefinedProperties()
    key = getattr(QgsRasterPipe, "Property", QgsRasterPipe).RendererOpacity
    properties.setProperty(key, QgsProperty.fromExpression("env('HOME')"))
    layer.pipe().setDataDefinedProperties(properties)
    layer.setCustomProperty("mine", "secret")
    layer.setMapTipTemplate("[% env('HOME') %]") if hasattr(layer, "setMapTipTemplate") else None
    text = style_text(layer)
    assert "env('HOME')" in text and "secret" not in text
    other = layer_of(path)
    assert apply_style(other, text) and low_of(other) == LOW
    assert not other.pipe().dataDefinedProperties().hasActiveProperties()
    assert other.mapTipTemplate() == "" if hasattr(other, "mapTipTemplate") else True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML",
        "<qgis/>",
        "<qgis><pipe/></qgis>",
        "<html><body>404</body></html>",
        '<!DOCTYPE qgis [<!ENTITY a "aaaa">]><qgis><pipe><rasterrenderer/></pipe></qgis>',
        "<qgis>" + " " * MAX_SIZE + "<pipe><rasterrenderer/></pipe></qgis>",
        "<qgis>" + "<a>" * 130_000,
        "<qgis><pipe><rasterrenderer type='singlebandgray'>" + "<a>" * 40_000,
        # whose symbols have expressions, and pictures of any server
        '<qgis><pipe><rasterrenderer type="contour"><symbol/></rasterrenderer></pipe></qgis>',
    ],
)
def test_what_is_no_style_is_refused(tmp_path, text):
    layer = give_style(layer_of(write_flac(tmp_path / "x.flac", random_array("uint16"))))
    assert not apply_style(layer, text)
    assert low_of(layer) == LOW


def test_symbols_and_costly_resampling_do_not_travel(tmp_path):
    layer = give_style(layer_of(write_flac(tmp_path / "x.flac", random_array("uint16"))))
    text = style_text(layer)
    assert "maxOversampling=" in text
    text = re.sub('maxOversampling="[^"]*"', 'maxOversampling="1000000"', text)
    text = text.replace("</qgis>", '<elevation><symbol type="line"/></elevation></qgis>')
    assert apply_style(layer, text)
    assert low_of(layer) == LOW and layer.resampleFilter().maxOversampling() < 10


@pytest.mark.parametrize("change", [('grayBand="1"', 'grayBand="99"'), ("singlebandgray", "?")])
def test_style_of_another_raster_draws_nothing_wrong(tmp_path, change):
    path = write_flac(tmp_path / "x.flac", random_array("uint16"))
    text = styled_text(path)
    assert change[0] in text
    layer = layer_of(path)
    apply_style(layer, text.replace(*change))
    block = layer.renderer().block(1, layer.extent(), 10, 10)
    assert block is not None and layer.isValid()


def test_a_page_instead_of_a_style_is_a_warning(search_styles, nginx, styled_url, messages):
    path = nginx.folder / styled_url.rpartition("/")[2]
    path.with_suffix(".qml").write_text("<html>Log in</html>")
    assert low_of(layer_of(styled_url)) is None
    assert "the style that comes with the raster cannot be used" in str(messages)


def test_urls_of_styles(search_styles):
    of = source_styles._url_beside
    assert of("https://example.org/a.b.flac?key=x") == "https://example.org/a.b.qml?key=x"
    for name in ("/data/x.flac", "s3://bucket/x.flac", "https://example.org/x"):
        assert of(name) == "", name
    assert LayerUri.parse("https://example.org/x.flac").is_remote
