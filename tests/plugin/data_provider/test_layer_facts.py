"""What the layer says of its raster: names, colours, coordinate system, the information page."""

from __future__ import annotations

import re

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from kits.qgis.layers import open_provider, random_array, valid_flac_layer, write_flac
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsRaster
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from flac_raster_qgis.core.resources import resource_path
from flac_raster_qgis.data_provider import PROVIDER_KEY

pytestmark = pytest.mark.usefixtures("provider_registered")


def color(name: str):
    if hasattr(Qgis, "RasterColorInterpretation"):
        return getattr(Qgis.RasterColorInterpretation, name)
    old = {"Undefined": "UndefinedColorInterpretation"}
    return getattr(QgsRaster.ColorInterpretation, old.get(name, name))


def test_names_of_bands(tmp_path):
    bands = (Band(description="near infrared", color_interpretation="red"), Band())
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", random_array("uint8", 2), bands=bands))
    provider = layer.dataProvider()
    assert provider.name() == PROVIDER_KEY
    assert [provider.generateBandName(n) for n in (1, 2)] == ["Band 1: near infrared", "Band 2"]
    assert provider.displayBandName(1) == "Band 1: near infrared (Red)"
    assert [provider.bandDescription(n) for n in (1, 2)] == ["near infrared", ""]


@pytest.mark.parametrize(
    "name, expected",
    [
        ("undefined", "Undefined"),
        ("gray", "GrayIndex"),
        ("red", "RedBand"),
        ("alpha", "AlphaBand"),
        ("palette", "GrayIndex"),  # of which there is none
        ("something of later", "Undefined"),
    ],
)
def test_color_interpretation(tmp_path, name, expected):
    path = write_flac(
        tmp_path / "x.flac", random_array("uint8"), bands=(Band(color_interpretation=name),)
    )
    assert open_provider(path).colorInterpretation(1) == color(expected)


def test_color_table(tmp_path):
    colors = {7: (1, 2, 3, 4), 0: (9, 8, 7, 255)}
    path = write_flac(tmp_path / "x.flac", random_array("uint8"), bands=(Band(colormap=colors),))
    provider = open_provider(path)
    assert provider.colorInterpretation(1) == color("PaletteIndex")
    found = [(item.value, item.color.getRgb(), item.label) for item in provider.colorTable(1)]
    assert found == [(0.0, (9, 8, 7, 255), "0"), (7.0, (1, 2, 3, 4), "7")]
    assert provider.colorTable(2) == []


@pytest.mark.parametrize("code", ["EPSG:4326", "EPSG:25832", "ESRI:54009", "OGC:CRS84"])
def test_crs_by_its_code(tmp_path, code, messages):
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", random_array("uint8"), crs=code))
    assert layer.crs().authid() == code
    assert messages == []


def test_crs_by_its_wkt(tmp_path, messages):
    wkt = QgsCoordinateReferenceSystem("EPSG:32633").toWkt(
        QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED
    )
    own = wkt.replace('ID["EPSG",32633]', "").replace("WGS 84 / UTM zone 33N", "mine")
    own = own.rstrip("], ") + "]" * (own.rstrip(", ").count("[") - own.rstrip("], ").count("]"))
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", random_array("uint8"), crs=own))
    assert layer.crs().isValid() and not layer.crs().isGeographic()
    assert messages == []


def test_information_page(tmp_path):
    array = random_array("int16", bands=2, height=200, width=300)
    array[:, :, 64:128] = -1
    bands = (
        Band(nodata=-1, description="<heights>", unit="m", scale=0.1, offset=5.0),
        Band(nodata=-1, tags={"": {"SENSOR": "A&B"}}),
    )
    place = {"crs": "EPSG:32633", "transform": (10.0, 0.0, 500000.5, 0.0, -10.0, 5800000.0)}
    tags = {"": {"AREA_OR_POINT": "Area"}}
    path = write_flac(tmp_path / "x.flac", array, bands=bands, tags=tags, **place)
    layer = valid_flac_layer(path)
    page = layer.dataProvider().htmlMetadata()
    assert page in layer.htmlMetadata()
    for text in (
        "FLAC Raster 1.0",
        "int16",
        " kB, ",
        " % of 240 kB uncompressed",
        "29 of 64 × 64 pixels, 4 of them nothing but nodata",
        "Bands per tile</td><td>2<",
        "Origin</td><td>500000.5, 5800000<",
        "Pixel Size</td><td>10, -10<",
        "Compression</td><td>FLAC, lossless",
        "300 × 200 pixels, ",
        "38 × 25 pixels, ",
        "&lt;heights&gt;",
        "SENSOR=A&amp;B",
        "Scale: 0.1",
        "Nodata: -1",
        "AREA_OR_POINT=Area",
    ):
        assert text in page, text
    assert "<heights>" not in page
    whole = layer.htmlMetadata()
    assert whole.count(">Data type<") == 1
    found = layer.dataProvider().bandStatistics(1)
    low, high = found.minimumValue, found.maximumValue
    assert high == pytest.approx(5 + 0.1 * array[0].max())
    assert f"<td>{low:.10f}</td><td>{high:.10f}</td>" in whole, "the table of bands of QGIS"


def test_information_page_where_the_pixels_must_be_read(tmp_path):
    """The table of bands says "n/a" rather than read the pixels of a part of the raster."""
    path = write_flac(tmp_path / "x.flac", random_array("int16"))
    layer = valid_flac_layer(f"{path}|extent=500000,4999000,500200,5000000")
    assert not layer.dataProvider().hasStatistics(1)
    assert layer.htmlMetadata().count("<td>n/a</td><td>n/a</td>") == 1


@pytest.fixture
def german():
    QLocale.setDefault(QLocale("de_DE"))
    translator = QTranslator()
    assert translator.load(resource_path("i18n/flac_raster_de.qm"))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(QLocale.c())


def test_information_page_in_german(tmp_path, german):
    array = random_array("float32")
    band = Band(color_interpretation="gray", nodata=-0.5, scale=0.1)
    place = {"transform": (0.25, 0.0, 1000.5, 0.0, -0.25, 10.0)}
    path = write_flac(tmp_path / "x.flac", array, bands=(band,), **place)
    layer = valid_flac_layer(path)
    page = layer.dataProvider().htmlMetadata()
    for text in (
        "Farbinterpretation: grau",
        "Skalierung: 0,1",
        "NoData: -0,5",
        "Ursprung</td><td>1000,5; 10<",
        "Pixelgröße</td><td>0,25; -0,25<",
        "Kompression</td><td>FLAC, verlustfrei",
    ):
        assert text in page, text
    assert not re.search(r"\d\.\d", page.replace("FLAC Raster 1.0", ""))


def test_capabilities(tmp_path):
    provider = open_provider(write_flac(tmp_path / "x.flac", random_array("uint8")))
    if hasattr(Qgis, "RasterInterfaceCapability"):
        kinds, found = Qgis.RasterInterfaceCapability, provider.capabilities()
    else:
        kinds, found = type(provider).Capability, provider.capabilities()
    assert found & kinds.Size and found & kinds.Identify and found & kinds.IdentifyValue
    assert not found & kinds.Create
    assert np.isfinite(provider.extent().width())
