"""A CRS of a stranger makes nobody open a file: neither GDAL nor PROJ is told where to look."""

import os
import threading

import pytest
from durability_kit import refused, retag, run_apart, write_flac
from flac_raster_qgis.engine import Area, convert, query
from flac_raster_qgis.engine.crs_text import names_a_file
from flac_raster_qgis.engine.errors import InputError, UnsupportedRaster
from rasterio.crs import CRS

MERCATOR = CRS.from_epsg(3857).to_wkt()
UTM = CRS.from_epsg(32633).to_wkt()


def with_grid(name):
    """Return WKT whose datum is to be shifted by a grid."""
    assert "+nadgrids=@null" in MERCATOR
    return MERCATOR.replace("+nadgrids=@null", f"+nadgrids={name}")


HOSTILE = {
    "absolute": with_grid("/etc/passwd"),
    "optional": with_grid("@/etc/passwd"),
    "second": with_grid("@null,../x.gsb"),
    "server": with_grid("http://127.0.0.1/x.tif"),
    "share": with_grid("\\\\host\\share\\x.gsb"),
    "spelled otherwise": with_grid("@null +Init = /etc/x:1").replace("Init = ", "INIT="),
    "quoted": with_grid('""/a""'),
    "WKT2": 'BOUNDCRS[SOURCECRS[GEOGCRS["x"]],ABRIDGEDTRANSFORMATION["y",METHOD["NTv2"],'
    'PARAMETERFILE["Latitude and longitude difference file","/etc/passwd"]]]',
    "WKT2, spaced": 'X[parameterfile [ "a ""b""" , "C:\\x.gsb" ] ]',
    "method of PROJ": 'CONVERSION["x",METHOD["PROJ-based operation method: proj=hgridshift '
    'grids=/etc/passwd"]]',
}
FRIENDLY = {
    "Mercator": MERCATOR,
    "UTM": UTM,
    "grid of PROJ": with_grid("us_noaa_conus.tif"),
    "two of them": with_grid("@conus,BETA2007.gsb"),
    "slash in a name": CRS.from_epsg(2955).to_wkt(),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_names_of_files(text):
    assert names_a_file(text)


@pytest.mark.parametrize("text", FRIENDLY.values(), ids=FRIENDLY)
def test_others(text):
    assert not names_a_file(text)


def test_neither_to_write_a_geotiff_nor_to_find_an_area(tmp_path):
    path = write_flac(tmp_path / "in.flac")
    retag(path, CRS=HOSTILE["absolute"])
    with refused(UnsupportedRaster, "names a file"):
        convert(path, tmp_path / "out.tif")
    with refused(InputError):
        query(path, Area(bbox=(0, 0, 1, 1), crs="EPSG:4326"))


def find_area(path):
    try:
        query(path, Area(bbox=(0, 0, 1, 1), crs="EPSG:4326"))
    except InputError:
        return "refused"
    return "found"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    """PROJ would open it and wait for ever for somebody to write."""
    pipe = tmp_path / "grid.gsb"
    os.mkfifo(pipe)
    opened = threading.Event()

    def writer():
        with open(pipe, "wb"):
            opened.set()

    threading.Thread(target=writer, daemon=True).start()
    path = write_flac(tmp_path / "in.flac")
    retag(path, CRS=with_grid(pipe))
    outcome = run_apart(find_area, path)
    assert outcome.text == "refused"
    assert outcome.seconds < 2 and not opened.is_set(), outcome
