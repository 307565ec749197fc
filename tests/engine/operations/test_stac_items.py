"""Collections that others make: pystac writes them, and we read their pixels."""

from datetime import datetime, timezone

import numpy as np
import pystac
import pytest
import rasterio
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.errors import CorruptFile, InputError
from flac_raster_qgis.engine.operations.extract_collection import extract_collection
from flac_raster_qgis.engine.operations.footprint import footprint
from flac_raster_qgis.engine.operations.open_collection import open_collection
from kits.collections import NORTH, SIZE, scene
from kits.rasters import write_flac


def item(path, day, described=False):
    """Return an item of pystac for a file; one that is described says what opening would."""
    with FlacRaster.open(path) as raster:
        metadata = raster.metadata
    geometry, bbox = footprint(metadata.transform, metadata.width, metadata.height, metadata.crs)
    when = datetime(2021, 5, day, tzinfo=timezone.utc)
    made = pystac.Item(path.stem, geometry, bbox, when, {})
    asset = pystac.Asset(str(path), media_type="audio/flac", roles=["data"])
    if described:
        made.properties["proj:code"] = metadata.crs
        made.properties["proj:shape"] = [metadata.height, metadata.width]
        made.properties["proj:transform"] = list(metadata.transform)
        asset.extra_fields = {"data_type": "uint16", "bands": [{"name": "B04"}, {"name": "B08"}]}
    made.add_asset("flac", asset)
    return made


@pytest.fixture
def scenes(tmp_path):
    """Three scenes side by side, of two days; the pixels of all."""
    arrays = []
    for n in range(3):
        path = tmp_path / "in" / f"s{n}.flac"
        arrays.append(scene(path, 600_000 + n * SIZE * 10, seed=n, holes=False))
    return tmp_path, np.concatenate(arrays, axis=2)


def paths(folder):
    return sorted((folder / "in").glob("*.flac"))


def extracted(name, folder):
    extract_collection(name, folder / "o.tif", overwrite=True)
    with rasterio.open(folder / "o.tif") as out:
        return out.read()


@pytest.mark.parametrize("described", [False, True])
def test_item_collections(scenes, described):
    folder, right = scenes
    items = [item(path, n + 1, described) for n, path in enumerate(paths(folder))]
    pystac.ItemCollection(items).save_object(str(folder / "x.json"))
    assert (extracted(folder / "x.json", folder) == right).all()
    with open_collection(folder / "x.json") as members:
        collection = members.collection
        assert [collection.member(n).id for n in range(3)] == ["s2", "s1", "s0"]
        assert (collection.crs, collection.dtype, collection.count) == ("EPSG:32632", "uint16", 2)


def test_static_catalogs(scenes):
    """A catalog with a collection inside, whose names are relative to each document."""
    folder, right = scenes
    root = pystac.Catalog("root", "all")
    inner = pystac.Catalog("inner", "some")
    root.add_child(inner)
    for n, path in enumerate(paths(folder)):
        (inner if n else root).add_item(item(path, n + 1))
    root.normalize_hrefs(str(folder / "stac"))
    root.make_all_asset_hrefs_relative()
    root.save(pystac.CatalogType.SELF_CONTAINED)
    assert (extracted(folder / "stac" / "catalog.json", folder) == right).all()


def test_items_that_are_no_flac_rasters(scenes):
    folder, right = scenes
    items = [item(path, n + 1) for n, path in enumerate(paths(folder))]
    other = pystac.Item("other", items[0].geometry, items[0].bbox, items[0].datetime, {})
    other.add_asset("data", pystac.Asset("https://example.org/x.tif", media_type="image/tiff"))
    pystac.ItemCollection([other, *items]).save_object(str(folder / "x.json"))
    assert (extracted(folder / "x.json", folder) == right).all()
    pystac.ItemCollection([other]).save_object(str(folder / "y.json"))
    with pytest.raises(CorruptFile, match="no item"):
        extracted(folder / "y.json", folder)


def test_rasters_of_another_kind(scenes):
    folder, _ = scenes
    odd = folder / "in" / "odd.flac"
    write_flac(odd, crs="EPSG:32632", transform=(10.0, 0, 0, 0, -10.0, NORTH))
    items = [item(path, n + 1) for n, path in enumerate(paths(folder))]
    pystac.ItemCollection(items).save_object(str(folder / "x.json"))
    with pytest.raises(InputError, match="odd"):
        extracted(folder / "x.json", folder)


def test_a_catalog_that_names_itself(tmp_path):
    path = tmp_path / "catalog.json"
    link = '{"rel": "child", "href": "catalog.json"}'
    path.write_text(f'{{"type": "Catalog", "links": [{", ".join([link] * 20)}]}}')
    with pytest.raises(CorruptFile):
        extracted(path, tmp_path)


def test_a_missing_document(scenes):
    folder, _ = scenes
    path = folder / "catalog.json"
    path.write_text('{"type": "Catalog", "links": [{"rel": "item", "href": "gone.json"}]}')
    with pytest.raises(InputError, match=r"gone\.json"):
        extracted(path, folder)
