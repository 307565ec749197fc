"""Layers get an address, and keep everything that a user can set on them."""

from __future__ import annotations

import re

import pytest
from kits.qgis.layers import has_address, random_array, record_decoded, valid_flac_layer, write_flac
from qgis.core import (
    Qgis,
    QgsColorRampShader,
    QgsCoordinateReferenceSystem,
    QgsDataProvider,
    QgsDateTimeRange,
    QgsLayerNotesUtils,
    QgsMapLayer,
    QgsMapLayerDependency,
    QgsMapLayerServerProperties,
    QgsProject,
    QgsRasterDataProvider,
    QgsRasterLayer,
    QgsRasterLayerTemporalProperties,
    QgsRasterRange,
    QgsRasterShader,
    QgsRasterTransparency,
    QgsReadWriteContext,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtCore import QCoreApplication, QDateTime
from qgis.PyQt.QtGui import QColor, QPainter
from qgis.PyQt.QtWidgets import QUndoCommand
from qgis.PyQt.QtXml import QDomDocument

from flac_raster_qgis.core import addresses
from flac_raster_qgis.core.layer_uri import without_address
from flac_raster_qgis.data_provider import layer_addresses
from flac_raster_qgis.data_provider.provider import FlacRasterDataProvider

ARRAY = random_array("int16", 3, 60, 80)


@pytest.fixture
def path(tmp_path):
    return write_flac(tmp_path / "x.flac", ARRAY)


def set_renderer(layer):
    shader, function = QgsRasterShader(0, 50), QgsColorRampShader(0, 50)
    item = QgsColorRampShader.ColorRampItem
    function.setColorRampItemList([item(0, QColor("red"), "low"), item(50, QColor("blue"), "high")])
    shader.setRasterShaderFunction(function)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 2, shader)
    renderer.setClassificationMin(1)
    renderer.setClassificationMax(49)
    renderer.setOpacity(0.6)
    renderer.setAlphaBand(3)
    renderer.setNodataColor(QColor("green"))
    value = QgsRasterTransparency.TransparentSingleValuePixel()
    value.min, value.max, value.percentTransparent = 3, 4, 50
    transparency = QgsRasterTransparency()
    transparency.setTransparentSingleValuePixelList([value])
    renderer.setRasterTransparency(transparency)
    layer.setRenderer(renderer)


def set_drawing(layer):
    """What the pages *Symbology* and *Transparency* set."""
    set_renderer(layer)
    layer.setBlendMode(QPainter.CompositionMode.CompositionMode_Multiply)
    layer.brightnessFilter().setBrightness(12)
    layer.brightnessFilter().setContrast(-7)
    layer.brightnessFilter().setGamma(1.5)
    colors = layer.hueSaturationFilter()
    colors.setSaturation(20)
    colors.setColorizeOn(True)
    colors.setColorizeColor(QColor(1, 2, 3))
    colors.setInvertColors(True)
    method = QgsRasterDataProvider.ResamplingMethod
    provider = layer.dataProvider()
    provider.enableProviderResampling(True)
    provider.setZoomedInResamplingMethod(method.Cubic)
    provider.setZoomedOutResamplingMethod(method.Bilinear)
    provider.setMaxOversampling(3.5)
    layer.setResamplingStage(Qgis.RasterResamplingStage.Provider)
    provider.setUseSourceNoDataValue(1, False)
    provider.setUserNoDataValue(2, [QgsRasterRange(1, 2), QgsRasterRange(7, 7)])
    styles = layer.styleManager()
    styles.addStyleFromLayer("second")
    styles.setCurrentStyle("second")
    layer.setOpacity(0.7)


def set_information(layer):
    """What the pages *Information*, *Metadata*, *Legend* and *QGIS Server* set."""
    layer.setName(" the name\twith <markup> & spaces ")
    layer.setCustomProperty("key", {"a": [1, "2"]})
    metadata = layer.metadata()
    metadata.setTitle("title of the metadata")
    metadata.setAbstract("abstract")
    layer.setMetadata(metadata)
    own = getattr(layer, "serverProperties", lambda: layer)()
    for key in ("Title", "Abstract", "ShortName", "KeywordList", "DataUrl", "DataUrlFormat"):
        getattr(own if hasattr(own, f"set{key}") else layer, f"set{key}")(f"x{key}")
    for key in ("Attribution", "AttributionUrl", "LegendUrl", "LegendUrlFormat"):
        getattr(own if hasattr(own, f"set{key}") else layer, f"set{key}")(f"x{key}")
    url = QgsMapLayerServerProperties.MetadataUrl("https://example.org", "FGDC", "text/xml")
    layer.serverProperties().addMetadataUrl(url)
    layer.setLegendPlaceholderImage("/data/legend.png")
    QgsLayerNotesUtils.setLayerNotes(layer, "<b>note</b>")
    if hasattr(layer, "setMapTipTemplate"):
        layer.setMapTipTemplate("tip")


def set_behaviour(layer):
    """What the pages *Source*, *Rendering*, *Temporal* and *Elevation* set."""
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    layer.setScaleBasedVisibility(True)
    layer.setMinimumScale(50000)
    layer.setMaximumScale(100)
    layer.setAutoRefreshInterval(900_000)
    layer.setRefreshOnNotifyEnabled(True)
    layer.setRefreshOnNofifyMessage("message")
    layer.setFlags(QgsMapLayer.LayerFlag.Searchable)
    time = layer.temporalProperties()
    time.setIsActive(True)
    kinds = getattr(Qgis, "RasterTemporalMode", QgsRasterLayerTemporalProperties)
    name = "ModeFixedTemporalRange" if kinds is QgsRasterLayerTemporalProperties else None
    time.setMode(getattr(kinds, name or "FixedTemporalRange"))
    year = (QDateTime(2020, 1, 1, 0, 0), QDateTime(2021, 1, 1, 0, 0))
    time.setFixedTemporalRange(QgsDateTimeRange(*year))
    elevation = layer.elevationProperties()
    if elevation is not None:
        elevation.setEnabled(True)
        elevation.setZOffset(3)


def xml(layer):
    """What projects and style files store of a layer, but for its source and what is random."""
    document, style, context = QDomDocument(), QDomDocument(), QgsReadWriteContext()
    element = document.createElement("maplayer")
    document.appendChild(element)
    layer.writeLayerXml(element, document, context)
    element.firstChildElement("datasource").firstChild().setNodeValue("")
    layer.exportNamedStyle(style, context)
    return re.sub(r'id="{[-0-9a-f]+}"', "", document.toString(1) + style.toString(1))


def comparable(layer):
    """The same without what differs in any two layers; the colors of elevation profiles do."""
    return re.sub(r"<elevation .*?</elevation>", "", xml(layer).replace(layer.id(), ""), flags=re.S)


def decorated(path):
    layer = valid_flac_layer(path)
    plain = xml(layer)
    for change in (set_drawing, set_information, set_behaviour):
        change(layer)
        assert xml(layer) != plain
    return layer


def test_an_address_changes_nothing_but_the_source(project, path):
    other = valid_flac_layer(path)
    project.addMapLayer(other)
    layer = decorated(path)
    layer.setDependencies({QgsMapLayerDependency(other.id())})
    layer.undoStackStyles().push(QUndoCommand("style"))
    provider, renderer, legend = layer.dataProvider(), layer.renderer(), layer.legend()
    before, layer_id = xml(layer), layer.id()
    heard = []
    for signal in ("repaintRequested", "dataSourceChanged", "rendererChanged", "styleChanged"):
        getattr(layer, signal).connect(lambda *_, signal=signal: heard.append(signal))
    project.addMapLayer(layer)
    assert has_address(layer) and layer.id() == layer_id
    assert xml(layer) == before
    assert layer.dataProvider() is provider and layer.renderer() is renderer
    assert layer.legend() is legend
    assert layer.undoStackStyles().count() == 1 and not heard
    # the provider reads what it did
    assert provider.userNoDataValues(2) and not provider.useSourceNoDataValue(1)
    assert layer.crs().authid() == "EPSG:3035" and layer.dependencies()


def test_copies_keep_it_too(project, path):
    project.addMapLayer(layer := decorated(path))
    plain = valid_flac_layer(path)  # as QGIS copies a layer that has no address
    for change in (set_drawing, set_information, set_behaviour):
        change(plain)
    copy, expected = layer.clone(), plain.clone()
    before = xml(copy)
    project.addMapLayer(copy)
    assert has_address(copy) and xml(copy) == before
    assert comparable(copy) == comparable(expected)


def test_a_new_version_of_the_file_keeps_it(project, path, monkeypatch):
    project.addMapLayer(layer := decorated(path))
    before, old = xml(layer), layer.source()
    monkeypatch.setattr(addresses, "_secret", b"another one")
    layer_addresses.give_address(layer, again=True)
    assert has_address(layer) and layer.source() != old
    assert xml(layer) == before


def test_another_data_source_gets_its_address_at_once(project, path):
    """As by *Change Data Source…*."""
    project.addMapLayer(layer := decorated(path))
    other = write_flac(path.with_name("other.flac"), ARRAY)
    plain = decorated(path)
    for one in (layer, plain):
        options = QgsDataProvider.ProviderOptions()
        one.setDataSource(str(other), one.name(), "flacraster", options)
    assert has_address(layer) and without_address(layer.source()) == str(other)
    assert comparable(layer) == comparable(plain)


@pytest.mark.parametrize("name", ["p.qgs", "p.qgz"])
def test_projects_keep_it(project, path, tmp_path, name):
    project.addMapLayer(layer := decorated(path))
    before, provider = xml(layer), layer.dataProvider()
    assert project.write(str(tmp_path / name)) and not project.isDirty()
    assert has_address(layer) and layer.dataProvider() is provider and xml(layer) == before
    QCoreApplication.processEvents()
    assert has_address(layer)
    project.clear()
    # another project object, of which the plugin knows nothing
    for read in (project, QgsProject()):
        assert read.read(str(tmp_path / name)) and not read.isDirty()
        (layer,) = read.mapLayers().values()
        assert has_address(layer) and xml(layer) == before
        QCoreApplication.processEvents()
        assert not read.isDirty()
        read.clear()


def test_nothing_is_fetched_or_opened_again(project, publish, only_memory, monkeypatch):
    url = publish(ARRAY)
    layer = valid_flac_layer(url)
    decoded, made = record_decoded(monkeypatch), []
    opened = FlacRasterDataProvider._open
    monkeypatch.setattr(
        FlacRasterDataProvider,
        "_open",
        lambda *given, **how: made.append(0) or opened(*given, **how),
    )
    project.addMapLayer(layer)
    assert has_address(layer) and not decoded and not made


def test_scripts_may_keep_parts_of_a_layer(project, path):
    layer = valid_flac_layer(path)
    renderer, pipe, provider = layer.renderer(), layer.pipe(), layer.dataProvider()
    project.addMapLayer(layer)
    renderer.setOpacity(0.5)
    assert layer.opacity() == 0.5 and pipe.renderer() is renderer
    assert provider.block(1, layer.extent(), 4, 4).isValid()
    assert isinstance(layer, QgsRasterLayer)
