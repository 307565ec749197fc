"""Nodata, masks and what the user declares nodata."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from kits.qgis.layers import (
    cloned,
    open_provider,
    random_array,
    read_block,
    valid_flac_layer,
    write_flac,
)
from qgis.core import QgsRasterRange, QgsRectangle

pytestmark = pytest.mark.usefixtures("provider_registered")


def quarter_mask() -> np.ndarray:
    """Upper left quarter masked, and single pixels elsewhere."""
    mask = np.ones((150, 200), bool)
    mask[:75, :100] = False
    mask[100, ::7] = False
    return mask


@pytest.mark.parametrize(
    "dtype, nodata",
    [
        ("uint8", 255),
        ("uint8", 0),
        ("int8", -128),
        ("uint16", 65535),
        ("int16", -32768),
        ("uint32", 2**32 - 1),
        ("int32", -(2**31)),
        ("int64", -9999),
        ("float16", -9999.0),
        ("float32", -9999.0),
        ("float32", -3.4028234663852886e38),
        ("float64", -1.7976931348623157e308),
    ],
)
def test_nodata_value(tmp_path, dtype, nodata):
    array = random_array(dtype)
    array[0, 10:20, 10:20] = nodata
    path = write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=nodata),))
    provider = open_provider(path)
    stored = np.dtype(dtype).type(nodata)
    assert provider.sourceHasNoDataValue(1)
    assert provider.sourceNoDataValue(1) == float(stored)
    values, found = read_block(provider)
    np.testing.assert_array_equal(found, array[0] == stored)
    np.testing.assert_array_equal(values, array[0].astype(values.dtype))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_nan_as_nodata(tmp_path, dtype):
    array = random_array(dtype)
    array[0, 10:20, 10:20] = np.nan
    path = write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=float("nan")),))
    provider = open_provider(path)
    assert provider.sourceHasNoDataValue(1) and np.isnan(provider.sourceNoDataValue(1))
    np.testing.assert_array_equal(read_block(provider)[1], np.isnan(array[0]))


def test_infinity_as_nodata(tmp_path):
    array = random_array("float32")
    array[0, 10:20, 10:20] = np.inf
    path = write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=float("inf")),))
    np.testing.assert_array_equal(read_block(open_provider(path))[1], np.isinf(array[0]))


@pytest.mark.parametrize("dtype", ["int64", "uint64"])
def test_nodata_beyond_what_a_double_tells_apart(tmp_path, dtype):
    top = np.iinfo(dtype).max
    array = np.full((1, 20, 20), top - 1, dtype)  # the same double as top
    array[0, 5] = top
    path = write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=int(top)),))
    np.testing.assert_array_equal(read_block(open_provider(path))[1], array[0] == top)


@pytest.mark.parametrize("nodata", [-1, 256, 0.5, float("nan")])
def test_nodata_no_pixel_can_have(tmp_path, nodata):
    path = write_flac(tmp_path / "x.flac", random_array("uint8"), bands=(Band(nodata=nodata),))
    provider = open_provider(path)
    assert not provider.sourceHasNoDataValue(1)
    assert not read_block(provider)[1].any()


def test_nodata_of_each_band(tmp_path):
    array = random_array("uint8", bands=3)
    bands = (Band(nodata=1), Band(nodata=2), Band())
    provider = open_provider(write_flac(tmp_path / "x.flac", array, bands=bands))
    assert [provider.sourceHasNoDataValue(n) for n in (1, 2, 3)] == [True, True, False]
    np.testing.assert_array_equal(read_block(provider, 1)[1], array[0] == 1)
    np.testing.assert_array_equal(read_block(provider, 2)[1], array[1] == 2)
    assert not read_block(provider, 3)[1].any()


def test_tiles_that_are_stored_as_no_bytes(tmp_path):
    array = random_array("int16")
    array[0, :, :128] = -32768
    path = write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=-32768),))
    values, found = read_block(open_provider(path))
    np.testing.assert_array_equal(values, array[0])
    np.testing.assert_array_equal(found, array[0] == -32768)


def test_nodata_switched_off(tmp_path):
    array = random_array("uint8")
    array[0, 50:, 50:] = 7
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=7),)))
    provider = layer.dataProvider()
    assert provider.useSourceNoDataValue(1)
    provider.setUseSourceNoDataValue(1, False)
    values, found = read_block(provider)
    np.testing.assert_array_equal(values, array[0])
    assert not found.any()
    outside = QgsRectangle(500000, 4999000, 500100, 5000100)
    _, found = read_block(provider, 1, outside, 10, 110)
    np.testing.assert_array_equal(found, np.arange(110)[:, None].repeat(10, 1) < 10)
    with cloned(provider) as clone:
        assert not clone.useSourceNoDataValue(1)
        assert not read_block(clone)[1].any()


def test_nodata_of_the_user(tmp_path):
    array = random_array("uint8", bands=2)
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    provider.setUserNoDataValue(1, [QgsRasterRange(10, 20), QgsRasterRange(200, 200)])
    declared = ((array[0] >= 10) & (array[0] <= 20)) | (array[0] == 200)
    with cloned(provider) as clone:
        for reader in (provider, clone):
            np.testing.assert_array_equal(read_block(reader)[1], declared)
            assert not read_block(reader, 2)[1].any()


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint32", "float32", "float64", "int64"])
def test_mask(tmp_path, dtype):
    array, mask = random_array(dtype), quarter_mask()
    path = write_flac(tmp_path / "x.flac", array, mask=mask)
    values, found = read_block(open_provider(path))
    np.testing.assert_array_equal(found, ~mask)
    np.testing.assert_array_equal(values[mask], array[0].astype(values.dtype)[mask])


def test_mask_where_every_value_is_a_value(tmp_path):
    array = np.arange(256, dtype="uint8").repeat(100)[: 150 * 160].reshape(1, 150, 160)
    array[0, -1] = 255
    mask = quarter_mask()[:, :160]
    mask[-1] = mask[0, 150:] = True
    array[0, 0, 150:] = 0
    path = write_flac(tmp_path / "x.flac", array, mask=mask)
    provider = open_provider(path)
    assert not provider.sourceHasNoDataValue(1)
    values, found = read_block(provider)
    np.testing.assert_array_equal(found, ~mask)
    np.testing.assert_array_equal(values[mask], array[0][mask])


@pytest.mark.parametrize(
    "dtype, low, high, expected",
    [("uint8", 1, 255, 0), ("uint8", 0, 254, 255), ("int16", 0, 9, -32768)],
)
def test_mask_takes_a_value_that_is_free(tmp_path, dtype, low, high, expected):
    array = np.linspace(low, high, 150 * 200).round().astype(dtype).reshape(1, 150, 200)
    mask = np.ones((150, 200), bool)
    mask[40:60, 40:60] = False
    array[0, 40:60, 40:60] = expected  # below the mask anything may lie
    provider = open_provider(write_flac(tmp_path / "x.flac", array, mask=mask))
    assert provider.sourceHasNoDataValue(1)
    assert provider.sourceNoDataValue(1) == expected
    np.testing.assert_array_equal(read_block(provider)[1], ~mask)


def test_mask_and_nodata(tmp_path):
    array, mask = random_array("uint8"), quarter_mask()
    path = write_flac(tmp_path / "x.flac", array, mask=mask, bands=(Band(nodata=3),))
    provider = open_provider(path)
    np.testing.assert_array_equal(read_block(provider)[1], ~mask | (array[0] == 3))
    provider.setUseSourceNoDataValue(1, False)
    np.testing.assert_array_equal(read_block(provider)[1], ~mask)


def test_mask_at_a_coarse_level(tmp_path):
    array = np.full((1, 256, 256), 9, "uint8")
    mask = np.ones((256, 256), bool)
    mask[:, :128] = False
    provider = open_provider(write_flac(tmp_path / "x.flac", array, mask=mask))
    _, found = read_block(provider, 1, None, 64, 64)
    np.testing.assert_array_equal(found, np.arange(64)[None].repeat(64, 0) < 32)


def test_mask_of_a_rotated_raster(tmp_path):
    array, mask = random_array("uint8"), quarter_mask()
    path = write_flac(
        tmp_path / "x.flac", array, mask=mask, transform=(8.0, 6.0, 0.0, 6.0, -8.0, 0.0)
    )
    plain = write_flac(tmp_path / "y.flac", array, transform=(8.0, 6.0, 0.0, 6.0, -8.0, 0.0))
    masked, unmasked = read_block(open_provider(path))[1], read_block(open_provider(plain))[1]
    assert (masked >= unmasked).all()
    assert abs((~masked).sum() / (~unmasked).sum() - mask.mean()) < 0.01


def test_nan_without_nodata_is_a_value_as_for_every_format(tmp_path):
    array = random_array("float32")
    array[0, 3, 4] = np.nan
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    values, _ = read_block(provider)
    np.testing.assert_array_equal(values, array[0])
    assert provider.bandStatistics(1).elementCount == array.size - 1
