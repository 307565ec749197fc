"""The tool sample: a point for each input point and band, judged by the pixels written."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import convert
from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDateTime, Qt

pytestmark = pytest.mark.usefixtures("provider_registered")

MONTHS = ["2020-01", "2020-02", "2020-03T12:00"]


def points(*texts, crs="EPSG:32633", fields="name:string"):
    """A layer in memory of points as WKT, named a, b, c."""
    kind = "MultiPoint" if any("Multi" in text for text in texts) else "Point"
    layer = QgsVectorLayer(f"{kind}?crs={crs}&field={fields}", "points", "memory")
    for name, text in zip("abc", texts):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(text))
        feature["name"] = name
        layer.dataProvider().addFeature(feature)
    return layer


def rows(layer, *names):
    return [tuple(feature[name] for name in names) for feature in layer.getFeatures()]


@pytest.fixture
def pixels():
    array = np.random.default_rng(3).integers(-999, 999, (3, 100, 120)).astype("int16")
    array[1, 10, 20] = -9999
    return array


@pytest.fixture
def cube(make_geotiff, pixels):
    source = make_geotiff("cube.tif", pixels, nodata=-9999)
    path = source.with_suffix(".flac")
    convert(source, path, tile_size=64, times=MONTHS)
    return path


def test_a_history(run, cube, pixels, tmp_path, feedback):
    output = tmp_path / "values.gpkg"
    layer = points("POINT(500205 4999895)", "POINT(501005 4999305)")
    found = run("sample", INPUT=str(cube), POINTS=layer, OUTPUT=str(output))
    made = QgsVectorLayer(str(output), "values")
    assert made.wkbType() == QgsWkbTypes.Type.Point and made.crs().authid() == "EPSG:32633"
    names = [field.name() for field in made.fields()]
    assert names == ["fid", "name", "point", "band", "time", "time_end", "label", "value"]
    values = [int(value) for value in pixels[:, [10, 69], [20, 100]].T.ravel()]
    values[1] = NULL
    assert rows(made, "name", "point", "band", "value") == [
        (name, number, band, values[3 * (number - 1) + band - 1])
        for number, name in ((1, "a"), (2, "b"))
        for band in (1, 2, 3)
    ]
    times = [(start.toUTC(), end) for start, end in rows(made, "time", "time_end")][:3]
    expected = [
        f"2020-0{month}-01T{hour}:00:00Z" for month, hour in ((1, "00"), (2, "00"), (3, "12"))
    ]
    assert [start.toString(Qt.DateFormat.ISODate) for start, _ in times] == expected
    assert times[0][1].toUTC() == QDateTime.fromString(expected[1], Qt.DateFormat.ISODate)
    assert times[2][1] == NULL
    assert [g.geometry().asPoint().x() for g in made.getFeatures()] == [500205] * 3 + [501005] * 3
    assert found["POINTS_READ"] == 2 and found["POINTS_OUTSIDE"] == 0 and found["TILES"] == 2
    assert feedback.said[0].startswith("2 points, 3 bands: 2 tiles, ")


def test_other_crs_time_and_a_layer(run, cube, pixels, project):
    raster = QgsRasterLayer(str(cube), "cube", "flacraster")
    project.addMapLayer(raster)
    layer = points("POINT(15.0025956 45.1525587)", crs="EPSG:4326")
    found = run("sample", INPUT=raster, POINTS=layer, TIME="2020-03", OUTPUT="memory:")
    assert found["OUTPUT"].crs().authid() == "EPSG:4326"
    ((value,),) = rows(found["OUTPUT"], "value")
    assert value in pixels[2, 8:13, 18:23]


def test_multipoints_points_outside_and_without_geometry(run, cube, pixels, feedback):
    layer = points("MultiPoint((500205 4999895),(0 0))", "MultiPoint EMPTY")
    found = run("sample", INPUT=str(cube), POINTS=layer, BANDS="3,1", OUTPUT="memory:")
    assert rows(found["OUTPUT"], "point", "band", "value") == [
        *((1, 1, int(pixels[0, 10, 20])), (1, 3, int(pixels[2, 10, 20]))),
        *((2, 1, NULL), (2, 3, NULL)),
    ]
    assert found["POINTS_OUTSIDE"] == 1
    assert "1 of 2 points lies outside" in feedback.warnings[0]


def test_no_points(run, cube, feedback):
    found = run("sample", INPUT=str(cube), POINTS=points(), OUTPUT="memory:")
    assert found["OUTPUT"].featureCount() == 0 and found["POINTS_READ"] == 0
    assert "no points" in feedback.warnings[0]


def test_fields_of_the_same_name(run, cube, tmp_path):
    """Keys of the input are no keys of the output, where each point is there several times."""
    layer = points("POINT(500205 4999895)", fields="name:string&field=fid:integer&field=value:int")
    output = tmp_path / "values.gpkg"
    run("sample", INPUT=str(cube), POINTS=layer, OUTPUT=str(output))
    made = QgsVectorLayer(str(output), "values")
    assert made.featureCount() == 3 and "value_2" in made.fields().names()


def test_kinds_of_values(run, make_geotiff):
    array = np.full((1, 20, 20), 0.1, "float32")
    for kind, expected in (
        ("float32", float(np.float32(0.1))),
        ("uint8", 7),
        ("complex64", "7+0j"),
        ("uint64", 7.0),
    ):
        pixels = array if kind == "float32" else np.full((1, 20, 20), 7, kind)
        path = make_geotiff(f"{kind}.tif", pixels) if kind != "uint64" else None
        if path is None:
            from kits.rasters import write_flac

            place = {"crs": "EPSG:32633", "transform": (10.0, 0, 5e5, 0, -10.0, 5e6)}
            flac = write_flac(make_geotiff("x.tif").with_name("u.flac"), pixels, **place)
        else:
            flac = path.with_suffix(".flac")
            convert(path, flac)
        layer = points("POINT(500105 4999905)")
        found = run("sample", INPUT=str(flac), POINTS=layer, OUTPUT="memory:")
        assert rows(found["OUTPUT"], "value", "time", "label") == [(expected, NULL, NULL)]


def test_scaled(run, make_geotiff):
    import rasterio

    path = make_geotiff("s.tif", np.full((1, 20, 20), 7, "int16"))
    with rasterio.open(path, "r+") as dataset:
        dataset.scales, dataset.offsets = (0.5,), (100.0,)
    convert(path, path.with_suffix(".flac"))
    given = {"INPUT": str(path.with_suffix(".flac")), "POINTS": points("POINT(500105 4999905)")}
    for scaled, expected in ((False, 7), (True, 103.5)):
        found = run("sample", **given, SCALED=scaled, OUTPUT="memory:")
        assert rows(found["OUTPUT"], "value") == [(expected,)]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"TIME": "2021"}, "2021"),
        ({"BANDS": "9"}, "bands 1 to 3"),
        ({"BANDS": "1", "TIME": "2020"}, "both"),
        ({"BANDS": "x"}, "Give band numbers"),
    ],
)
def test_errors(run, cube, given, text):
    layer = points("POINT(500205 4999895)")
    with pytest.raises(QgsProcessingException, match=text):
        run("sample", INPUT=str(cube), POINTS=layer, OUTPUT="memory:", **given)


def test_all_outside(run, cube):
    with pytest.raises(QgsProcessingException, match="lies outside"):
        run("sample", INPUT=str(cube), POINTS=points("POINT(0 0)"), OUTPUT="memory:")


def test_cancelled(run, cube, feedback):
    feedback.cancel()
    with pytest.raises(QgsProcessingException, match="cancelled"):
        run(
            "sample",
            INPUT=str(cube),
            POINTS=points("POINT(500205 4999895)"),
            OUTPUT="memory:",
        )
