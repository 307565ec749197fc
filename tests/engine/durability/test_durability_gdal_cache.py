"""GDAL's block cache belongs to the whole process, QGIS included: it must stay of a useful size."""

import rasterio
from flac_raster_qgis.engine import convert
from flac_raster_qgis.engine.rasterio_io.environment import quiet_rasterio
from kits.durability import noise, run_apart, write_flac, write_tif
from rasterio._env import get_gdal_config


def test_cache_while_rasters_are_read_and_written():
    """rasterio takes this option in bytes, unlike GDAL, where small numbers are megabytes."""
    with quiet_rasterio():
        assert int(get_gdal_config("GDAL_CACHEMAX")) >= 1 << 20


def cache_size():
    with rasterio.Env():
        return int(get_gdal_config("GDAL_CACHEMAX"))


def cache_before_and_after(path):
    before = cache_size()
    convert(path, path.with_suffix(".flac"))
    return [before, cache_size()]


def test_size_is_put_back(tmp_path):
    outcome = run_apart(cache_before_and_after, write_tif(tmp_path / "in.tif"))
    before, after = outcome.text
    assert before == after


def test_geotiff_has_no_dead_space(tmp_path):
    """A block written twice, because the cache could not hold it, takes its room twice."""
    array = noise(600, 600)
    source = write_flac(tmp_path / "in.flac", array, tile_size=64)
    at_once = write_tif(
        tmp_path / "at once.tif", array, tiled=True, compress="deflate", predictor=2
    )
    assert convert(source, tmp_path / "out.tif").output_bytes < 1.1 * at_once.stat().st_size
