"""What rasterio 1.4 and later, and with it rioxarray, is given to open a FLAC raster."""

import io

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import Band, FlacRaster, rasterio_opener
from flac_raster_qgis.engine.errors import InputError
from kits.area import noise, write_flac
from kits.remote import part, servers

needs_openers = pytest.mark.skipif(
    tuple(map(int, rasterio.__version__.split(".")[:2])) < (1, 4), reason="needs rasterio 1.4"
)


@pytest.fixture
def serve():
    with servers() as (start, _):
        yield start


@pytest.fixture
def path(tmp_path):
    bands = (Band(nodata=1), Band(nodata=2))
    return str(write_flac(tmp_path / "x.flac", noise(2, 100, 140), 32, bands=bands))


def test_a_raster_and_its_sidecar(path):
    with rasterio_opener(path) as file:
        assert file.read(4) == b"II+\0"
    with rasterio_opener(path + ".aux.xml", "rb") as sidecar:
        assert b"<NoDataValue>2</NoDataValue>" in sidecar.read()


def test_other_names_are_not_there(path, tmp_path):
    plain = str(write_flac(tmp_path / "y.flac", noise(1, 20, 20)))
    for name in (path + ".ovr", path[:-5] + ".tif", path + ".msk", plain + ".aux.xml"):
        with pytest.raises(FileNotFoundError):
            rasterio_opener(name)
    upper = str(write_flac(tmp_path / "UP.FLAC", noise(1, 20, 20)))
    with rasterio_opener(upper) as file:
        assert file.read(4) == b"II+\0"
    with pytest.raises(FileNotFoundError):
        rasterio_opener(upper + ".OVR")
    with pytest.raises(InputError, match="does not exist"):
        rasterio_opener(str(tmp_path / "none.flac"))


def test_urls_with_a_query(path, serve):
    """GDAL puts the suffixes of other files behind the query, which servers may ignore."""
    with open(path, "rb") as file:
        data = file.read()
    server = serve(always=part(data))
    url = server.url + "?sig=1"
    with rasterio_opener(url) as file:
        assert file.read(4) == b"II+\0"
    with rasterio_opener(url + ".aux.xml") as sidecar:
        assert b"<NoDataValue>2</NoDataValue>" in sidecar.read()
    asked = len(server.requests)
    for beside in (".ovr", ".OVR", ".msk", ".aux", ".ovr.aux.xml"):
        with pytest.raises(FileNotFoundError):
            rasterio_opener(url + beside)
    assert len(server.requests) == asked
    with pytest.raises(FileNotFoundError):
        rasterio_opener(server.url.replace("x.flac", "x.tif?name=.flac"))


@pytest.mark.parametrize("mode", ["w", "wb", "r+", "r+b", "a"])
def test_nothing_is_written(path, mode):
    with pytest.raises(io.UnsupportedOperation, match="reading"):
        rasterio_opener(path, mode)


@needs_openers
def test_rasterio(path):
    with FlacRaster.open(path) as raster:
        pixels, coarse = raster.read(), raster.read(level=1)
    with rasterio.open(path, opener=rasterio_opener) as dataset:
        assert np.array_equal(dataset.read(), pixels)
        assert dataset.overviews(1) == [2, 4, 8]
        assert dataset.nodatavals == (1, 2)
    with rasterio.open(path, opener=rasterio_opener, overview_level=0) as dataset:
        assert np.array_equal(dataset.read(), coarse)
