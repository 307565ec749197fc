"""Footprints as GeoJSON, against PROJ and RFC 7946."""

import numpy as np
import pytest
from flac_raster_qgis.engine.errors import InputError
from flac_raster_qgis.engine.operations.footprint import footprint
from flac_raster_qgis.engine.rasterio_io.crs import point_transform


def polygons(geometry):
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    assert geometry["type"] == "MultiPolygon"
    return geometry["coordinates"]


def area(ring):
    xs, ys = np.array(ring).T
    return (xs[:-1] * ys[1:] - xs[1:] * ys[:-1]).sum() / 2


CASES = {
    "a tile of Sentinel-2": ((10, 0, 600000, 0, -10, 5000000), 10980, "EPSG:32633"),
    "rotated": ((8, 6, 600000, 6, -8, 5000000), 1000, "EPSG:32633"),
    "south up": ((10, 0, 600000, 0, 10, 5000000), 1000, "EPSG:32633"),
    "beyond 180": ((0.1, 0, 175, 0, -0.1, 5), 100, "EPSG:4326"),
    "UTM beyond 180": ((100, 0, 200000, 0, -100, 5000000), 3000, "EPSG:32601"),
    "from 0 to 360": ((1, 0, 0, 0, -0.5, 90), 360, "EPSG:4326"),
    "the south pole": ((25000, 0, -2500000, 0, -25000, 2500000), 200, "EPSG:3031"),
    "Mercator": ((10000, 0, -2e7, 0, -10000, 2e7), 4000, "EPSG:3857"),
}


@pytest.mark.parametrize(("transform", "size", "crs"), CASES.values(), ids=CASES)
def test_every_pixel_lies_in_the_bbox(transform, size, crs):
    geometry, (west, south, east, north) = footprint(transform, size, size, crs)
    columns, rows = (axis.ravel() for axis in np.meshgrid(*[np.linspace(0, size, 40)] * 2))
    a, b, c, d, e, f = transform
    xs, ys = point_transform(crs, "EPSG:4326")(
        a * columns + b * rows + c, d * columns + e * rows + f
    )
    xs = (xs + 180) % 360 - 180
    margin = 1e-4
    inside = (xs >= west - margin) & (xs <= east + margin)
    if west > east:
        inside = (xs >= west - margin) | (xs <= east + margin)
    if east - west >= 360:
        inside[:] = True
    assert inside.all()
    assert ((ys >= south - margin) & (ys <= north + margin)).all()
    for rings in polygons(geometry):
        (ring,) = rings
        assert ring[0] == ring[-1]
        assert area(ring) > 0, "counterclockwise"
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


def test_two_parts_beyond_180():
    geometry, bbox = footprint((0.1, 0, 175, 0, -0.1, 5), 100, 100, "EPSG:4326")
    assert geometry["type"] == "MultiPolygon"
    assert bbox == [175, -5, -175, 5]
    assert sorted(area(rings[0]) for rings in polygons(geometry)) == [50, 50]


def test_no_place():
    with pytest.raises(InputError):
        footprint((1.0, 0, 0, 0, -1.0, 95.0), 10, 10, "EPSG:4326 is none")
