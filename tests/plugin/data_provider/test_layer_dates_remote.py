"""Layers of dates behind a URL: a date costs its own tiles, with authentication and in part."""

from __future__ import annotations

import numpy as np
import pytest
from kits.qgis.dated_layers import (
    as_stored,
    dated,
    draw,
    gray,
    instant,
    months,
    random_bytes,
    time_range,
)
from kits.qgis.layers import open_raster_of, read_block, valid_flac_layer
from kits.qgis.remote_layers import until
from osgeo import gdal
from qgis.core import QgsDateTimeRange

from flac_raster_qgis.core.layer_uri import LayerUri
from flac_raster_qgis.data_provider.background_open import open_again

pytestmark = pytest.mark.usefixtures("only_memory", "provider_registered")

ARRAY = random_bytes(36, 200, 200)
BANDS = tuple(dated(month, label) for month in months(12) for label in ("red", "green", "blue"))


def month(number: int) -> QgsDateTimeRange:
    start = instant(months(12)[number])
    return QgsDateTimeRange(start, start.addDays(28), True, False)


def test_a_date_costs_its_own_tiles(publish, nginx):
    layer = valid_flac_layer(publish(ARRAY, bands=BANDS, tile_size=256) + "|time=all")
    opened = open_raster_of(layer.dataProvider())
    assert opened.grid.tile_bands == 3
    draw(layer, None)
    for number in (4, 7):
        plan = opened.raster.plan(bands=opened.dates.rows[number])
        nginx.forget()
        draw(layer, month(number))
        fetched = nginx.requests()
        assert len(fetched) == len(plan.requests) == 1  # all bands of the date
        assert int(fetched[0][3]) == plan.request_bytes
    nginx.forget()
    draw(layer, month(4))
    assert nginx.requests() == []


def test_colors_cost_nothing(publish, nginx):
    url = publish(ARRAY[:12], bands=tuple(map(dated, months(12))))
    layer = valid_flac_layer(f"{url}|time=2000-03..")
    nginx.forget()
    enhancement = layer.renderer().contrastEnhancement()
    assert enhancement.minimumValue() == ARRAY[2:12].min()
    assert enhancement.maximumValue() == ARRAY[2:12].max()
    assert nginx.requests() == []


def test_with_authentication_and_in_part(publish, authcfg, project):
    url = publish(ARRAY[:12], "x.flac", bands=tuple(map(dated, months(12))))
    uri = LayerUri(
        url.replace("/x.flac", "/locked/x.flac"),
        authcfg,
        (500100, 4998900, 501000, 4999800),
        "2000-03..2000-05",
    )
    layer = as_stored(valid_flac_layer(uri.text()))
    project.addMapLayer(layer)
    expected = ARRAY[:, 20:110, 10:100]
    for number, wanted in enumerate(map(month, range(12))):
        picture = gray(draw(layer, wanted))
        if number in (2, 3, 4):
            np.testing.assert_array_equal(picture, expected[number])
        else:
            assert picture is None
    np.testing.assert_array_equal(gdal.Open(layer.source()).ReadAsArray(), expected[4])
    assert LayerUri.parse(layer.source()) == uri


def test_a_file_with_more_dates_is_found_by_a_refresh(publish, project):
    bands = tuple(map(dated, months(12)))
    url = publish(ARRAY[:11], "x.flac", bands=bands[:11])
    layer = as_stored(valid_flac_layer(f"{url}|time=all"))
    project.addMapLayer(layer)
    assert gray(draw(layer, time_range("2000-12-01", "2001-01-01"))) is None
    publish(ARRAY[:12], "x.flac", bands=bands)
    before, ended = layer.source(), []
    open_again(LayerUri.parse(layer.source()), ended.append)
    until(lambda: ended)
    assert ended == [None]
    np.testing.assert_array_equal(gray(draw(layer, None)), ARRAY[11])
    full = layer.dataProvider().temporalCapabilities().availableTemporalRange()
    assert full.end().toString("yyyy-MM-dd") == "2001-01-01"
    until(lambda: layer.source() != before)  # what tools read follows, too
    np.testing.assert_array_equal(gdal.Open(layer.source()).ReadAsArray(), ARRAY[11])


def test_a_server_that_does_not_answer_leaves_the_rest(publish, nginx, project):
    url = publish(ARRAY[:12], bands=tuple(map(dated, months(12))))
    layer = as_stored(valid_flac_layer(f"{url}|time=all"))
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], ARRAY[11])
    (nginx.folder / url.rpartition("/")[2]).unlink()
    lost = draw(layer, month(2), has_errors=True)
    assert (lost == (255, 0, 255, 255)).all()  # nothing, and no other date
    np.testing.assert_array_equal(gray(draw(layer, month(11))), ARRAY[11])
