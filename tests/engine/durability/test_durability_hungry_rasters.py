"""Rasters of other formats whose few bytes ask for more than there is: said in a sentence."""

import pytest
from durability_kit import assert_sentence
from flac_raster_qgis.engine import convert
from flac_raster_qgis.engine.errors import UnsupportedRaster

pytest.importorskip("rasterio")


@pytest.mark.parametrize("side", [2**31 - 1, 2 * 10**9, 10**9])
def test_more_tiles_than_there_is_memory_for(tmp_path, side):
    vrt = tmp_path / "x.vrt"
    vrt.write_text(
        f'<VRTDataset rasterXSize="{side}" rasterYSize="{side}">'
        '<VRTRasterBand dataType="Float64" band="1"/></VRTDataset>'
    )
    with pytest.raises(UnsupportedRaster, match="more tiles of") as caught:
        convert(vrt, tmp_path / "x.flac")
    assert_sentence(str(caught.value))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.vrt"]
