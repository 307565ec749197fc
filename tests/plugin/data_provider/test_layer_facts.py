"""What the layer says of its raster: names, colours, coordinate system, the information page."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from kits.qgis.layers import open_provider, random_array, valid_flac_layer, write_flac
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsRaster

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
    path = write_flac(tmp_path / "x.flac", array, bands=bands, tags={"": {"AREA_OR_POINT": "Area"}})
    layer = valid_flac_layer(path)
    page = layer.dataProvider().htmlMetadata()
    assert page in layer.htmlMetadata()
    for text in (
        "FLAC Raster 1.0",
        "int16",
        " kB, ",
        "of the 240 kB of its pixels",
        "29 of 64 x 64 pixels, 4 of them nothing but nodata",
        "Bands of a tile</td><td>2<",
        "300 x 200",
        "38 x 25",
        "&lt;heights&gt;",
        "SENSOR=A&amp;B",
        "Scale: 0.1",
        "Nodata: -1",
        "AREA_OR_POINT=Area",
    ):
        assert text in page, text
    assert "<heights>" not in page


def test_capabilities(tmp_path):
    provider = open_provider(write_flac(tmp_path / "x.flac", random_array("uint8")))
    if hasattr(Qgis, "RasterInterfaceCapability"):
        kinds, found = Qgis.RasterInterfaceCapability, provider.capabilities()
    else:
        kinds, found = type(provider).Capability, provider.capabilities()
    assert found & kinds.Size and found & kinds.Identify and found & kinds.IdentifyValue
    assert not found & kinds.Create
    assert np.isfinite(provider.extent().width())
