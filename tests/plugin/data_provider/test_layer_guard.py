"""Whatever goes wrong in a method that QGIS calls, QGIS gets an answer that it can go on with."""

from __future__ import annotations

import inspect
import math

import pytest
from kits.qgis.layers import (
    IDENTIFY_VALUE,
    flac_layer,
    open_provider,
    random_array,
    render,
    valid_flac_layer,
    write_flac,
)
from qgis.core import (
    Qgis,
    QgsDataProvider,
    QgsPointXY,
    QgsProviderRegistry,
    QgsReadWriteContext,
    QgsRectangle,
)
from qgis.PyQt import sip

from flac_raster_qgis.data_provider import PROVIDER_KEY
from flac_raster_qgis.data_provider.guard import never_raises
from flac_raster_qgis.data_provider.provider import FlacRasterDataProvider
from flac_raster_qgis.data_provider.provider_metadata import FlacRasterProviderMetadata
from flac_raster_qgis.data_provider.raster_properties import RasterProperties

pytestmark = pytest.mark.usefixtures("provider_registered")


CLASSES = [RasterProperties, FlacRasterDataProvider, FlacRasterProviderMetadata]


def overrides(cls):
    return [
        name
        for name, method in vars(cls).items()
        if inspect.isfunction(method) and not name.startswith("_")
    ]


METHODS = [(cls, name) for cls in CLASSES for name in overrides(cls)]
ARGUMENTS = {
    "number": 1,
    "bandNo": 1,
    "bandNumber": 1,
    "boundingBox": QgsRectangle(0, 0, 1, 1),
    "width": 2,
    "height": 2,
    "point": QgsPointXY(0, 0),
    "format": IDENTIFY_VALUE,
    "band": 1,
    "lowerCount": 0.1,
    "upperCount": 0.9,
    "uri": "/x.flac",
    "options": QgsDataProvider.ProviderOptions(),
    "parts": {},
    "context": QgsReadWriteContext(),
}


def boom(*args, **kwargs):
    raise ZeroDivisionError("unforeseen")


@pytest.mark.parametrize("cls, name", METHODS, ids=[f"{c.__name__}.{n}" for c, n in METHODS])
def test_every_method_has_an_answer(tmp_path, messages, cls, name):
    inner = vars(cls)[name].__wrapped__
    guarded = never_raises_again(inner, vars(cls)[name])
    if cls is FlacRasterProviderMetadata:
        target = QgsProviderRegistry.instance().providerMetadata(PROVIDER_KEY)
    else:
        path = write_flac(tmp_path / "x.flac", random_array("uint8"))
        target = open_provider(path)
    needed = [p for p in inspect.signature(inner).parameters.values() if p.name != "self"]
    given = [ARGUMENTS[p.name] for p in needed if p.default is p.empty]
    result = inner(target, *given)
    usual = type(result)
    messages.clear()
    answer = guarded(target, *given)
    assert len(messages) == 1 and "unforeseen" in messages[0]
    assert answer is None if name == "createProvider" else isinstance(answer, usual)
    for provider in (result, answer, target):  # that nobody owns
        if isinstance(provider, FlacRasterDataProvider):
            sip.delete(provider)


def never_raises_again(inner, guarded):
    """The same guard around something that fails."""
    answer = inspect.getclosurevars(guarded).nonlocals["answer"]

    def failing(self, *args):
        return boom()

    failing.__qualname__ = inner.__qualname__
    made = type("Made", (), {inner.__name__: failing})
    return vars(never_raises(**{inner.__name__: answer})(made))[inner.__name__]


def test_a_map_of_a_provider_that_fails(tmp_path, messages, monkeypatch):
    """QGIS gets an empty block, not none: it would read what is not there."""
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", random_array("uint8")))
    monkeypatch.setattr(FlacRasterDataProvider, "_values", boom)
    monkeypatch.setattr(FlacRasterDataProvider, "_nodata", boom)
    render([layer], layer.extent(), 20, 20)
    provider = layer.dataProvider()
    assert provider.sample(QgsPointXY(500005, 4999995), 1)[1] is False
    assert provider.bandStatistics(1).elementCount == 0
    assert provider.dataType(1) == Qgis.DataType.UnknownDataType
    assert messages and all("unforeseen" in message for message in messages)


def test_a_layer_whose_opening_fails(tmp_path, messages, monkeypatch):
    path = write_flac(tmp_path / "x.flac", random_array("uint8"))
    monkeypatch.setattr(FlacRasterDataProvider, "_use", boom)
    layer = flac_layer(path)
    assert not layer.isValid()
    assert any("unforeseen" in message for message in messages)


def test_a_method_without_an_answer_is_a_mistake():
    with pytest.raises(TypeError, match="name its return value"):

        @never_raises()
        class Some:
            def size(self) -> Qgis.DataType:
                return Qgis.DataType.Byte

    @never_raises()
    class Other:
        def width(self) -> float:
            return 1 / 0

    assert math.isnan(Other().width())
