"""Data axes that are others than GDAL gives a CRS by itself cannot be kept, and are named."""

import html

import pytest
from flac_raster_qgis.engine import convert

rasterio = pytest.importorskip("rasterio", exc_type=ImportError)
from flac_raster_qgis.engine.rasterio_io.environment import quiet_rasterio  # noqa: E402

LOCAL = 'LOCAL_CS["here",UNIT["metre",1],AXIS["X",EAST],AXIS["Y",NORTH]]'
#: Of each CRS the axes that GDAL writes, and others.
CRS = {
    "EPSG:4326": ("2,1", ["1,2", "1,-2", "-2,1"]),  # latitude first
    "EPSG:4979": ("2,1,3", ["1,2,3"]),  # with heights
    "EPSG:4326+5773": ("2,1,3", ["1,2,3", "2,1,-3"]),  # compound
    "EPSG:31468": ("2,1", ["1,2"]),  # north first
    "EPSG:31468+5773": ("2,1,3", ["1,2,3"]),
    "EPSG:32631": ("1,2", ["2,1", "1,-2", "-1,2"]),  # east first
    "EPSG:3031": ("1,2", ["2,1"]),  # both axes lead north
    "EPSG:32761": ("2,1", ["1,2"]),
    "OGC:CRS84": ("1,2", ["2,1"]),  # longitude first
    LOCAL: ("1,2", []),
}
CASES = [(crs, usual, mapping) for crs, (usual, others) in CRS.items() for mapping in others]


def write_vrt(path, crs, mapping, gcps=False):
    """Write a VRT without pixels, whose CRS is that of its transform or of its GCPs."""
    with quiet_rasterio():
        wkt = rasterio.crs.CRS.from_user_input(crs).to_wkt()
    wkt, axes = html.escape(wkt), mapping and f'dataAxisToSRSAxisMapping="{mapping}"'
    points = "".join(
        f'<GCP Id="{n}" Pixel="{n}" Line="{n % 2}" X="{n}" Y="{n % 2}"/>' for n in range(4)
    )
    place = (
        f'<GCPList Projection="{wkt}" {axes}>{points}</GCPList>'
        if gcps
        else f"<SRS {axes}>{wkt}</SRS><GeoTransform>10, 1, 0, 20, 0, -1</GeoTransform>"
    )
    band = '<VRTRasterBand dataType="Byte" band="1"/>'
    path.write_text(f'<VRTDataset rasterXSize="4" rasterYSize="3">{place}{band}</VRTDataset>')
    return path


@pytest.mark.parametrize("gcps", [False, True])
@pytest.mark.parametrize(("crs", "usual", "mapping"), CASES)
def test_other_axes_are_named(tmp_path, crs, usual, mapping, gcps):
    vrt = write_vrt(tmp_path / "a.vrt", crs, mapping, gcps)
    (said,) = convert(vrt, tmp_path / "a.flac").warnings
    what = "GCPs" if gcps else "raster"
    assert f"The data axes of the {what} of {vrt} are the axes {mapping} of its CRS" in said
    assert f"in what is written they are {usual}, so" in said


@pytest.mark.parametrize("gcps", [False, True])
@pytest.mark.parametrize("crs", CRS)
def test_usual_axes_are_not(tmp_path, crs, gcps):
    for mapping in (CRS[crs][0], ""):
        vrt = write_vrt(tmp_path / "a.vrt", crs, mapping, gcps)
        assert convert(vrt, tmp_path / "a.flac", overwrite=True).warnings == ()


def test_the_order_is_put_in_words_where_there_are_some(tmp_path):
    found = {}
    for crs in ("EPSG:4326", "EPSG:4326+5773", "EPSG:31468", "EPSG:31468+5773"):
        vrt = write_vrt(tmp_path / "a.vrt", crs, "1,2,3" if "+" in crs else "1,2")
        (said,) = convert(vrt, tmp_path / "a.flac", overwrite=True).warnings
        found[crs] = said.partition("of its CRS, ")[2].partition(";")[0]
    assert set(found.values()) == {"latitude before longitude", "north before east"}
    assert all((value[0] == "l") == crs.startswith("EPSG:4326") for crs, value in found.items())


def test_gcps_without_a_crs_have_no_axes(tmp_path):
    vrt = write_vrt(tmp_path / "a.vrt", "EPSG:4326", "2,1", gcps=True)
    text = vrt.read_text()
    vrt.write_text(text[: text.index(" Projection")] + text[text.index("><GCP ") :])
    assert convert(vrt, tmp_path / "a.flac").warnings == ()
