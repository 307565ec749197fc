"""Names of rasters: what file URLs mean, and what to call that which only GDAL can name."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from flac_raster_qgis.engine.errors import InputError
from flac_raster_qgis.engine.operations.batch import output_paths
from flac_raster_qgis.engine.operations.convert import default_output
from flac_raster_qgis.engine.operations.names import is_gdal_name
from flac_raster_qgis.engine.storage.file_urls import local_path
from hypothesis import given
from hypothesis import strategies as st

posix = pytest.mark.skipif(os.name == "nt", reason="as on Linux and macOS")


@posix
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("file:///data/a%20b.tif", "/data/a b.tif"),
        ("FILE://localhost/data/a.tif", "/data/a.tif"),
        ("file:/data/a.tif", "/data/a.tif"),
        ("file:///data/a.tif?x=1#y", "/data/a.tif"),
        ("file:///data/a%23%3F%25.tif", "/data/a#?%.tif"),
        ("file:///data/ü.tif", "/data/ü.tif"),
        ("file:///data/%C3%BC.tif", "/data/ü.tif"),
        ("file:///data/%FC.tif", os.fsdecode(b"/data/\xfc.tif")),
        (os.fsdecode(b"file:///data/\xfc.tif"), os.fsdecode(b"/data/\xfc.tif")),
        ("file://server/share/a.tif", "//server/share/a.tif"),
        ("file:a.tif", "file:a.tif"),
        ("files:///a.tif", "files:///a.tif"),
        ("https://example.org/a%20b.tif", "https://example.org/a%20b.tif"),
        ("a%20b.tif", "a%20b.tif"),
    ],
)
def test_what_a_file_url_means(name, path):
    assert local_path(name) == path


@posix
@given(path=st.binary(min_size=1).filter(lambda b: b"\0" not in b))
def test_any_path_has_a_file_url(path):
    assert local_path("file:///" + quote(path)) == os.fsdecode(b"/" + path)


def test_drives_of_windows(monkeypatch):
    monkeypatch.setattr(os, "name", "nt")
    assert local_path("file:///C:/data/a.tif") == "C:/data/a.tif"
    assert local_path("file://server/share/a.tif") == "//server/share/a.tif"


CASES = {
    "netcdf:cube.nc:Band1": "cube_Band1.flac",
    'NETCDF:"cube.nc":Band1': "cube_Band1.flac",
    'NETCDF:"data/cube.nc":t.2m': "data/cube_t.2m.flac",
    "NETCDF:../data/cube.nc:temp": "../data/cube_temp.flac",
    'ZARR:"cube.zarr":/group/temp': "cube_group_temp.flac",
    'ZARR:"cube.zarr":/temp:3': "cube_temp_3.flac",
    'HDF5:"a b.h5"://grid/var': "a b_grid_var.flac",
    'HDF4_SDS:UNKNOWN:"f.hdf":3': "f_UNKNOWN_3.flac",
    "GTIFF_DIR:2:/data/file.tif": "/data/file_2.flac",
    "GPKG:a.gpkg:table?": "a_table.flac",
    'NETCDF:"/vsizip/data/x.zip/cube.nc":t': "cube_t.flac",
    'NETCDF:"https://example.org/x/cube.nc":t': "cube_t.flac",
    "SENTINEL2_L1C:/vsizip/a.zip/MTD_MSIL1C.xml:10m:EPSG_32632": "MTD_MSIL1C_10m_EPSG_32632.flac",
    "/vsizip/data/x.zip/dem.tif": "dem.flac",
    "/vsicurl/https://example.org/x/dem.tif?key=1": "dem.flac",
    "https://example.org/x/dem.tif": "dem.flac",
    "dem.tif": "dem.flac",
    "data/dem.flac": "data/dem.tif",
}


@posix
@pytest.mark.parametrize("name", CASES)
def test_output_of_a_name(name):
    assert default_output(name) == Path(CASES[name])


@posix
@pytest.mark.parametrize("name", [n for n in CASES if ":" in n])
def test_names_of_outputs_are_valid_everywhere(name):
    assert not set(default_output(name).name) & set('<>:"/\\|?*')


@pytest.mark.parametrize("name", ["<VRTDataset></VRTDataset>", "PG:dbname=x", "NETCDF:", 'ZARR:""'])
def test_what_says_no_name_asks_for_one(name):
    with pytest.raises(InputError, match="no name for an output. Give the output a name"):
        default_output(name)


def test_a_file_that_is_called_like_a_variable(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert is_gdal_name("netcdf:x.nc:t")
    Path("netcdf:x.nc:t").touch()
    assert not is_gdal_name("netcdf:x.nc:t")


def test_variables_of_a_file_do_not_collide(tmp_path):
    names = [f'NETCDF:"cube.nc":{v}' for v in ("t", "t_2", "t2")] + ['NETCDF:"cube_t.nc":2']
    with pytest.raises(InputError, match="would both become"):
        output_paths(tmp_path, names)
    assert len(set(output_paths(tmp_path, names[:3]))) == 3
