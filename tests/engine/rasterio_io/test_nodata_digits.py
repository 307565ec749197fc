"""Nodata of any number of digits: exact, or said to be rounded."""

import math
import sys

import pytest
from flac_raster_qgis.engine import FlacRaster, compare, convert

rasterio = pytest.importorskip("rasterio", exc_type=ImportError)
MAX_FLOAT32, MAX_FLOAT64 = 3.4028234663852886e38, sys.float_info.max


def write_vrt(path, gdal_type, nodata):
    """Write a VRT without pixels, which are 0 or nodata then."""
    band = f'<VRTRasterBand dataType="{gdal_type}" band="1"><NoDataValue>{nodata}</NoDataValue>'
    path.write_text(
        f'<VRTDataset rasterXSize="4" rasterYSize="3">{band}</VRTRasterBand></VRTDataset>'
    )
    return path


def read_nodata(tmp_path, gdal_type, nodata):
    """Convert there and back; return nodata of the FLAC raster and what was said."""
    source, flac, back = (tmp_path / name for name in ("a.vrt", "a.flac", "back.tif"))
    said = convert(write_vrt(source, gdal_type, nodata), flac, overwrite=True).warnings
    said += convert(flac, back, overwrite=True).warnings
    if not said:
        assert compare(source, back).identical
    with FlacRaster.open(flac) as raster:
        return raster.metadata.nodata[0], said


@pytest.mark.parametrize("gdal_type", ["Byte", "UInt16", "Int16", "UInt32", "Int32", "Float32"])
@pytest.mark.parametrize(
    "nodata",
    [0, 255, 0.30000000000000004, -9999, 1e300, 4294967296, MAX_FLOAT32, -MAX_FLOAT64, MAX_FLOAT64],
)
def test_values_that_are_told_exactly(tmp_path, gdal_type, nodata):
    found, said = read_nodata(tmp_path, gdal_type, repr(nodata))
    assert said == ()
    assert found == nodata
    assert type(found) is (int if isinstance(nodata, int) and gdal_type != "Float32" else float)


@pytest.mark.parametrize("gdal_type", ["Int64", "UInt64"])
def test_whole_numbers_of_64_bits(tmp_path, gdal_type):
    assert read_nodata(tmp_path, gdal_type, 123456789012345678) == (123456789012345678, ())


@pytest.mark.parametrize(
    ("gdal_type", "nodata"),
    [
        ("UInt16", 123456789012345678),
        ("Int32", -1.2345678901234567e50),
        ("Float32", 1.2345678901234567e50),
    ],
)
def test_values_that_may_have_been_rounded_are_named(tmp_path, gdal_type, nodata):
    found, said = read_nodata(tmp_path, gdal_type, nodata)
    assert found == pytest.approx(nodata, rel=1e-15)
    if said:  # GDAL before 3.10
        assert "Nodata of band 1 of" in said[0] and f"is kept as {found};" in said[0]
    else:
        assert found == float(nodata)


@pytest.mark.parametrize("gdal_type", ["Byte", "Int16", "Float32"])
@pytest.mark.parametrize("nodata", [1.0000000000000001e126, -1.0000000000000001e126])
def test_a_value_just_above_a_power_of_ten(tmp_path, gdal_type, nodata):
    """GDAL before 3.10 prints it as 1e+126, which is the text of another float64 to all others."""
    found, _ = read_nodata(tmp_path, gdal_type, repr(nodata))
    assert found == nodata != math.copysign(1e126, nodata)
