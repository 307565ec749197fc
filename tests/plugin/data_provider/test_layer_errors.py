"""What is wrong with a file reaches the user as a sentence, once."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, flac
from flac_raster_qgis.engine.flac.stream import Settings
from flac_raster_qgis.engine.reading.tile_pipeline import TilePipeline
from kits.durability import retag
from kits.qgis.layers import (
    block_nodata,
    block_values,
    cloned,
    flac_layer,
    open_provider,
    random_array,
    read_block,
    render,
    valid_flac_layer,
    write_flac,
)
from mutagen.flac import FLAC, Picture
from qgis.core import (
    QgsPointXY,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterBlockFeedback,
    QgsRasterLayer,
)

from flac_raster_qgis.data_provider import PROVIDER_KEY

pytestmark = pytest.mark.usefixtures("provider_registered")


def write_music(path):
    samples = (1000 * np.sin(np.arange(44100) / 20)).astype(np.int16)
    path.write_bytes(flac.encode(samples, Settings()))
    tags = FLAC(path)
    tags["TITLE"], tags["ARTIST"] = "A sine", "A loudspeaker"
    tags.save()
    return path


def damage_a_tile(path) -> None:
    """Flip bits in the middle of the last tile of level 0, the lower right one."""
    with FlacRaster.open(path) as raster:
        offset, size = raster.head.index.byte_range(list(raster.grid.levels[0].keys())[-1])
    data = bytearray(path.read_bytes())
    for position in range(offset + size // 2, offset + size // 2 + 8):
        data[position] ^= 0xFF
    path.write_bytes(bytes(data))


def bad_files(tmp_path):
    good = write_flac(tmp_path / "good.flac", random_array("uint8")).read_bytes()
    contents = {
        "empty": (b"", "is empty"),
        "text": (b"<html>Not found</html>", "is not a FLAC raster. It starts with b'<htm'"),
        "cut": (good[:-100], "is truncated"),
        "long": (good + b"x", "has trailing data"),
        "future": (good.replace(b"_VERSION=1.0", b"_VERSION=2.0"), "format version 2.0"),
        "edited": (good.replace(b"WIDTH=200", b"WIDTH=201"), "do not match their checksum"),
    }
    for name, (data, sentence) in contents.items():
        path = tmp_path / f"{name}.flac"
        path.write_bytes(data)
        yield path, sentence
    yield write_music(tmp_path / "music.flac"), "is a FLAC audio file"
    yield tmp_path / "missing.flac", "does not exist. Check the path."
    yield tmp_path, "is a folder; a file was expected."
    path = write_flac(
        tmp_path / "flat.flac", random_array("uint8"), transform=(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    )
    yield path, "pixels have no area"


def test_files_that_cannot_be_opened(tmp_path, messages):
    for path, sentence in bad_files(tmp_path):
        messages.clear()
        layer = flac_layer(path)
        assert not layer.isValid()
        assert sentence in layer.error().summary() and str(path) in layer.error().summary()
        assert messages == [layer.error().summary()]
        flac_layer(path)
        assert len(messages) == 1


def test_an_invalid_provider_answers_everything(tmp_path):
    provider = open_provider(tmp_path / "missing.flac")
    assert not provider.isValid()
    assert provider.bandCount() == provider.xSize() == provider.ySize() == 0
    assert provider.xBlockSize() == provider.yBlockSize() == 0
    assert provider.extent().isEmpty() and not provider.crs().isValid()
    assert provider.block(1, provider.extent(), 3, 3).isEmpty()
    assert provider.htmlMetadata() == ""
    assert provider.lastErrorTitle() == "FLAC Raster"
    assert provider.lastError().endswith("missing.flac does not exist. Check the path.")
    assert provider.colorTable(1) == [] and not provider.sourceHasNoDataValue(1)
    assert provider.bandStatistics(1).elementCount == 0
    assert provider.sample(QgsPointXY(0, 0), 1)[1] is False
    with cloned(provider) as clone:
        assert not clone.isValid()


def test_a_damaged_tile_leaves_a_hole_and_says_so(tmp_path, messages):
    array = random_array("uint8")
    path = write_flac(tmp_path / "x.flac", array)
    damage_a_tile(path)
    provider = open_provider(path)
    feedback = QgsRasterBlockFeedback()
    block = provider.block(1, provider.extent(), 200, 150, feedback)
    expected = np.zeros((150, 200), bool)
    expected[128:, 192:] = True
    np.testing.assert_array_equal(block_nodata(block), expected)
    (sentence,) = feedback.errors()
    assert "level 0, row 2, column 3" in sentence and str(path) in sentence
    assert block.error().summary() == sentence == provider.lastError()
    read_block(provider)
    assert messages == [sentence]
    # statistics of the rest must not pass for those of the whole
    assert provider.bandStatistics(1).elementCount == 0
    assert provider.sample(QgsPointXY(501990, 4998510), 1)[1] is False
    assert provider.sample(QgsPointXY(500000, 5000000), 1)[1] is True
    assert messages == [sentence]


def test_a_damaged_raster_is_drawn_as_far_as_it_goes(tmp_path, messages):
    path = write_flac(tmp_path / "x.flac", random_array("uint8"))
    damage_a_tile(path)
    layer = valid_flac_layer(path)
    with pytest.raises(AssertionError, match="column 3"):  # the errors that the map reports
        render([layer], layer.extent(), 200, 150)


def test_a_raster_that_is_cut_off_while_it_is_open_is_drawn_as_far_as_it_goes(tmp_path, messages):
    array = random_array("uint8")
    path = write_flac(tmp_path / "x.flac", array)
    provider = open_provider(path)
    with FlacRaster.open(path) as raster:
        offset, _ = raster.head.index.byte_range(list(raster.grid.levels[0].keys())[5])
    with open(path, "r+b") as file:
        file.truncate(offset)
    block = provider.block(1, provider.extent(), 200, 150)
    values = block_values(block)
    np.testing.assert_array_equal(values[:64], array[0, :64])
    np.testing.assert_array_equal(values[64:128, :64], array[0, 64:128, :64])
    assert not values[128:].any()
    assert "is truncated" in block.error().summary()


def test_anything_unforeseen_becomes_an_error_of_the_block(tmp_path, messages, monkeypatch):
    provider = open_provider(write_flac(tmp_path / "x.flac", random_array("uint8")))
    monkeypatch.setattr(TilePipeline, "run", lambda *_, **__: 1 / 0)
    block = provider.block(1, provider.extent(), 200, 150)
    assert block_nodata(block).all()
    assert "ZeroDivisionError" in block.error().summary()
    assert len(messages) == 1


def test_reload_after_the_file_was_repaired(tmp_path, messages):
    array = random_array("uint8")
    path = write_flac(tmp_path / "x.flac", array)
    good = path.read_bytes()
    damage_a_tile(path)
    layer = valid_flac_layer(path)
    assert read_block(layer.dataProvider())[1].any()
    path.write_bytes(good)
    changes = []
    layer.dataProvider().dataChanged.connect(lambda: changes.append(1))
    layer.reload()
    assert changes == [1]
    values, nodata = read_block(layer.dataProvider())
    np.testing.assert_array_equal(values, array[0])
    assert not nodata.any()
    assert layer.dataProvider().lastError() == ""


def test_reload_after_the_file_was_replaced(tmp_path):
    path = write_flac(tmp_path / "x.flac", random_array("uint8"))
    layer = valid_flac_layer(path)
    read_block(layer.dataProvider())
    other = np.full((1, 90, 80), 5, "int16")
    write_flac(path, other)
    layer.reload()
    provider = layer.dataProvider()
    assert (provider.xSize(), provider.ySize()) == (80, 90)
    np.testing.assert_array_equal(read_block(provider)[0], other[0])


def test_reload_after_the_file_was_lost(tmp_path, messages):
    path = write_flac(tmp_path / "x.flac", random_array("uint8"))
    layer = valid_flac_layer(path)
    path.unlink()
    layer.reload()
    assert not layer.dataProvider().isValid()
    assert messages == [f"{path} does not exist. Check the path."]
    write_flac(path, random_array("uint8"))
    layer.reload()
    assert layer.dataProvider().isValid()
    assert layer.dataProvider().error().isEmpty()


def test_which_files_qgis_is_offered(tmp_path):
    registry = QgsProviderRegistry.instance()
    raster = write_flac(tmp_path / "elevation.flac", random_array("uint8"))
    upper = tmp_path / "UPPER.FLAC"
    upper.write_bytes(raster.read_bytes())
    for path in (raster, upper):
        (found,) = registry.querySublayers(str(path))
        assert found.providerKey() == PROVIDER_KEY
        assert (found.uri(), found.name()) == (str(path), path.stem)
        options = found.LayerOptions(QgsProject.instance().transformContext())
        opened = found.toLayer(options)
        assert isinstance(opened, QgsRasterLayer) and opened.isValid()
        assert registry.preferredProvidersForUri(str(path))[0].metadata().key() == PROVIDER_KEY


def test_music_and_other_files_are_left_alone(tmp_path):
    registry = QgsProviderRegistry.instance()
    metadata = registry.providerMetadata(PROVIDER_KEY)
    other = tmp_path / "x.txt"
    other.write_text("GEOSPATIAL_")
    renamed = tmp_path / "raster.bin"
    renamed.write_bytes(write_flac(tmp_path / "r.flac", random_array("uint8")).read_bytes())
    for path in (
        write_music(tmp_path / "music.flac"),
        other,
        renamed,
        tmp_path,
        tmp_path / "missing.flac",
    ):
        assert registry.querySublayers(str(path)) == []
        assert metadata.priorityForUri(str(path)) == 0


def test_a_cover_picture_in_front_of_the_tags_does_not_hide_a_raster(tmp_path):
    path = write_flac(tmp_path / "x.flac", random_array("uint8"))
    data = path.read_bytes()
    picture = Picture()
    picture.mime, picture.data = "image/png", bytes(200_000)
    body = picture.write()
    block = b"\x06" + len(body).to_bytes(3, "big") + body
    end_of_streaminfo = 4 + 4 + 34
    path.write_bytes(data[:end_of_streaminfo] + block + data[end_of_streaminfo:])
    (found,) = QgsProviderRegistry.instance().querySublayers(str(path))
    assert found.providerKey() == PROVIDER_KEY


def test_damaged_rasters_are_offered_so_that_opening_them_says_why(tmp_path):
    path = write_flac(tmp_path / "x.flac", random_array("uint8"))
    path.write_bytes(path.read_bytes()[:-10])
    (found,) = QgsProviderRegistry.instance().querySublayers(str(path))
    assert found.providerKey() == PROVIDER_KEY


def test_a_crs_qgis_does_not_know(tmp_path, messages):
    for name, crs in [("a", "EPSG:999999"), ("b", "/etc/passwd"), ("c", 'GEOGCS["broken')]:
        path = write_flac(tmp_path / f"{name}.flac", random_array("uint8"))
        retag(path, CRS=crs)  # this project writes only the first
        layer = valid_flac_layer(path)
        assert not layer.crs().isValid()
        assert any(f"unknown CRS {crs}. Set the layer CRS manually" in text for text in messages)
