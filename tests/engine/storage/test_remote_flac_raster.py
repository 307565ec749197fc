"""Files of the package flac-raster on a web server: what is fetched, and how often."""

import shutil

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import (
    Area,
    ArrayRaster,
    Band,
    FlacRaster,
    RasterMetadata,
    Window,
    convert,
    extract,
    flac,
    info,
    query,
)
from flac_raster_qgis.engine.errors import UnsupportedRaster
from flac_raster_qgis.engine.flac.stream import Settings
from flac_raster_qgis.engine.legacy.streaming_writer import StreamingOptions, write_streaming
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from flac_raster_qgis.engine.storage.cache import SHARED
from kits import LEGACY_SAMPLES
from kits.remote import noise
from mutagen.flac import FLAC


@pytest.fixture
def sample(nginx):
    def put(name):
        shutil.copy(LEGACY_SAMPLES / name, nginx.folder)
        return nginx.url(name)

    return put


def truth(name):
    with rasterio.open(LEGACY_SAMPLES / f"{name}.tif") as dataset:
        return dataset.read()


@pytest.mark.parametrize("layout", ["plain", "streaming"])
@pytest.mark.parametrize("version", ["v01", "v02"])
def test_the_same_pixels_as_from_disk(sample, layout, version):
    with FlacRaster.open(sample(f"dem_i16_{version}.{layout}.flac")) as raster:
        assert (raster.read() == truth("dem_i16")).all()


def test_spatial_files_are_refused_but_described(sample):
    url = sample("dem_i16_v01.spatial.flac")
    with pytest.raises(UnsupportedRaster, match="never stored"):
        FlacRaster.open(url)
    assert info(url)["data_max"] == 1899


def streaming(nginx, tile_size=64):
    array = noise()
    metadata = RasterMetadata(
        320, 320, "uint16", (Band(),), "EPSG:32633", (1.0, 0.0, 0.0, 0.0, -1.0, 320.0)
    )
    path = nginx.folder / "many.flac"
    write_streaming(ArrayRaster(metadata, array), path, StreamingOptions(tile_size))
    return array, path, nginx.url(path.name)


def test_of_a_streaming_file_only_the_tiles_of_an_area_are_fetched(nginx, tmp_path):
    array, path, url = streaming(nginx)
    nginx.forget()
    area = Area(bbox=(200, 10, 210, 20))
    with FlacRaster.open(url) as raster:
        planned = query(raster, area)
        assert len(nginx.requests()) == 1
        result = extract(raster, tmp_path / "x.tif", area)
    requests = nginx.requests()
    assert [uri_range[1] for uri_range in requests] == [
        f"bytes=0-{FIRST_READ - 1}",
        *(f"bytes={start}-{start + size - 1}" for start, size in planned.requests),
    ]
    assert result.saved_fraction > 0.9
    with rasterio.open(tmp_path / "x.tif") as dataset:
        assert (dataset.read() == array[:, 300:310, 200:210]).all()


def test_a_plain_file_is_fetched_once_however_it_is_read(nginx, tmp_path, monkeypatch):
    """As long as it is open, even where it is too long for the cache that all share."""
    monkeypatch.setattr(SHARED, "limit", 100_000)
    array = noise()
    path = nginx.folder / "plain.flac"
    samples = (array.astype(np.int32) - 32768).astype(np.int16).reshape(1, -1)
    path.write_bytes(flac.encode(samples, Settings()))
    file = FLAC(path)
    tags = {"WIDTH": 320, "HEIGHT": 320, "COUNT": 1, "DTYPE": "uint16", "CRS": "None"}
    tags |= {"DATA_MIN": 0.0, "DATA_MAX": 65535.0, "SAMPLE_OFFSET": -32768}
    for key, value in tags.items():
        file[f"GEOSPATIAL_{key}"] = str(value)
    file.save()
    nginx.forget()
    with FlacRaster.open(nginx.url("plain.flac")) as raster:
        plan = raster.plan(Window(0, 0, 1, 1))
        assert plan.tile_bytes == path.stat().st_size
        for start in range(0, 320, 64):
            window = Window(0, start, 320, 64)
            assert (raster.read(window) == array[:, start : start + 64]).all()
        assert raster.plan().requests == ()
    fetched = sum(int(size) for *_, size in nginx.requests())
    assert fetched <= path.stat().st_size + FIRST_READ
    result = convert(nginx.url("plain.flac"), tmp_path / "y.flac", tile_size=64)
    assert result.warnings == ()
    with FlacRaster.open(tmp_path / "y.flac") as raster:
        assert (raster.read() == array).all()
