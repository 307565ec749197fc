"""A CRS from a file, in QGIS: known ones are taken, and none has QGIS open a file."""

from __future__ import annotations

import pytest
from kits import crs_texts
from kits.durability import retag
from kits.qgis.layers import random_array, valid_flac_layer, write_flac
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsPointXY,
)

from flac_raster_qgis.core.crs import to_qgis

pytestmark = pytest.mark.usefixtures("provider_registered")


def use(crs):
    """Have QGIS find a way to another CRS and go it."""
    other = QgsCoordinateReferenceSystem("EPSG:4979")
    for pair in [(crs, other), (other, crs)]:
        way = QgsCoordinateTransform(*pair, QgsCoordinateTransformContext())
        try:
            way.transform(QgsPointXY(1, 1))
        except QgsCsException:
            continue
    crs.userFriendlyIdentifier()


@pytest.fixture
def trap(tmp_path):
    folder = tmp_path / "trap"
    folder.mkdir()
    with crs_texts.trap(folder) as made:
        yield made


def test_the_trap_is_seen(trap):
    use(QgsCoordinateReferenceSystem.fromWkt(crs_texts.hostile(trap.path)["datum"]))
    assert trap.opened()


def test_qgis_opens_nothing(tmp_path, trap, messages, monkeypatch):
    monkeypatch.chdir(tmp_path / "trap")
    texts = [*crs_texts.hostile(trap.path).values(), str(trap.path), "trap:gsb", "PROJ:trap.gsb"]
    for number, text in enumerate(texts):
        crs = to_qgis(text, "x.flac")
        assert not crs.isValid()
        use(crs)
        path = write_flac(tmp_path / f"{number}.flac", random_array("uint8"))
        retag(path, CRS=text)  # this project writes none of these
        layer = valid_flac_layer(path)
        assert not layer.crs().isValid()
    assert not trap.opened()
    assert any("names a file" in message for message in messages)


@pytest.mark.parametrize("text", crs_texts.HONEST.values(), ids=crs_texts.HONEST)
def test_definitions_of_other_programs(text):
    assert to_qgis(text, "x.flac").isValid()


@pytest.mark.parametrize("code", ["EPSG:4326", "ESRI:54009", "IGNF:LAMB93"])
def test_codes(code):
    assert to_qgis(code, "x.flac").authid() == code
