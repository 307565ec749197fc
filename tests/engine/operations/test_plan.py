"""A plan is made once and carried out as it is; a source that has changed is not read."""

import importlib
import os

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, FlacRaster, extract, plan_area, query
from flac_raster_qgis.engine.errors import InputError
from kits.area import noise, write_flac

BOX = Area((500_100, 4_999_500, 500_400, 4_999_900))
PLACE = {"crs": "EPSG:32633", "transform": (10.0, 0.0, 500_000.0, 0.0, -10.0, 5_000_000.0)}


@pytest.fixture
def flac(tmp_path):
    return write_flac(tmp_path / "x.flac", noise(3, 90, 120), **PLACE)


def test_a_plan_of_a_name_is_that_of_the_open_raster(flac):
    with FlacRaster.open(flac) as raster:
        plan = plan_area(raster, BOX, level=1, bands=[3, 1])
        assert plan == query(flac, BOX, level=1, bands=[3, 1])
        assert plan.identity == raster.source.identity and plan.source is raster
        expected = raster.read(plan.window, 1, [3, 1])
        assert np.array_equal(plan.read(), expected)
        assert plan.uncompressed_bytes == expected.nbytes
    assert np.array_equal(query(flac, BOX, level=1, bands=[3, 1]).read(), expected)


@pytest.mark.parametrize("options", [{}, {"whole_tiles": True}])
@pytest.mark.parametrize("planned", [{}, {"level": 1, "bands": [2]}])
def test_extract_carries_out_a_plan(flac, tmp_path, planned, options):
    rasterio = pytest.importorskip("rasterio")
    plan = query(flac, BOX, **planned)
    by_plan = extract(plan, tmp_path / "a.tif", **options)
    by_name = extract(flac, tmp_path / "b.tif", BOX, **planned, **options)
    assert by_plan.plan == by_name.plan
    with rasterio.open(by_plan.output) as a, rasterio.open(by_name.output) as b:
        assert a.transform == b.transform and np.array_equal(a.read(), b.read())


def test_a_plan_is_not_planned_again(flac, tmp_path, monkeypatch):
    pytest.importorskip("rasterio")
    plan = query(flac, BOX)
    module = importlib.import_module("flac_raster_qgis.engine.operations.extract")
    monkeypatch.setattr(module, "plan_area", None)
    assert extract(plan, tmp_path / "a.tif").plan is plan


def test_a_file_that_changed_after_planning_is_not_read(flac, tmp_path):
    pytest.importorskip("rasterio")
    plan = query(flac, BOX)
    write_flac(flac, noise(3, 90, 120, seed=1), **PLACE)
    os.utime(flac, ns=(1, 1))
    with pytest.raises(InputError, match="changed after the area was planned. Plan the area again"):
        extract(plan, tmp_path / "a.tif")
    with pytest.raises(InputError, match="changed after"):
        plan.read()
    assert not (tmp_path / "a.tif").exists()
    extract(query(flac, BOX), tmp_path / "a.tif")


@pytest.mark.parametrize("option", [{"area": BOX}, {"level": 0}, {"resolution": 5}, {"bands": [1]}])
def test_a_plan_has_its_options_already(flac, tmp_path, option):
    with pytest.raises(InputError, match="A plan has its area, level and bands already"):
        extract(query(flac), tmp_path / "a.tif", **option)


def test_tiles_left_out_by_a_condition_cannot_be_extracted(flac, tmp_path):
    plan = query(flac, BOX, where="max > 65535")
    with pytest.raises(InputError, match="leaves out tiles"):
        extract(plan, tmp_path / "a.tif")
    with pytest.raises(InputError, match="without a condition"):
        plan.read()
