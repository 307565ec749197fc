"""A raster behind a URL is an ordinary layer, and fetches what it shows, once."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, Window
from flac_raster_qgis.engine.job import NO_JOB
from kits.qgis.layers import (
    EXTREMES,
    IDENTIFY_VALUE,
    MAGENTA,
    block_values,
    cloned,
    flac_layer,
    image_array,
    open_raster_of,
    random_array,
    read_block,
    render,
    square,
    valid_flac_layer,
)
from kits.qgis.remote_layers import PARTS, until
from qgis.analysis import QgsZonalStatistics
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRasterBlockFeedback,
    QgsRasterFileWriter,
    QgsRasterLayer,
    QgsRasterPipe,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize

from flac_raster_qgis.data_provider import read_cancellation
from flac_raster_qgis.data_provider.open_raster import CACHE
from flac_raster_qgis.data_provider.shared_rasters import open_shared_raster

pytestmark = pytest.mark.usefixtures("only_memory", "provider_registered")


RGB = tuple(Band(color_interpretation=name) for name in ("red", "green", "blue"))


class Drawing(QgsRasterBlockFeedback):
    """What QGIS's canvas gives a provider: it looks at the preview whenever there is new data."""

    def __init__(self, look=lambda: None):
        super().__init__()
        self.setRenderPartialOutput(True)
        self.look, self.looks = look, 0

    def onNewData(self):
        self.looks += 1
        self.look()


def preview_of(provider, extent, width, height, band=1):
    feedback = QgsRasterBlockFeedback()
    feedback.setPreviewOnly(True)
    return block_values(provider.block(band, extent, width, height, feedback))


def part(layer, left, top, width, height) -> QgsRectangle:
    """The extent of some pixels."""
    whole = layer.extent()
    x, y = whole.xMinimum() + 10 * left, whole.yMaximum() - 10 * top
    return QgsRectangle(x, y - 10 * height, x + 10 * width, y)


def test_everything_that_a_local_file_gives(publish, nginx, messages):
    array = random_array("int16", bands=2, height=300, width=400)
    nginx.forget()
    bands = (Band(nodata=-5), Band(description="b"))
    layer = valid_flac_layer(publish(array, bands=bands, tile_size=256))
    assert len(nginx.requests()) <= 2  # the first read, and the coarsest level
    provider = layer.dataProvider()
    assert layer.crs().authid() == "EPSG:32633" and layer.bandCount() == 2
    assert (provider.xSize(), provider.ySize()) == (400, 300)
    assert layer.bandName(2) == "Band 2: b"
    nginx.forget()
    statistics = provider.bandStatistics(1, EXTREMES)
    assert statistics.minimumValue == array[0][array[0] != -5].min()
    assert nginx.requests() == []
    for band in (1, 2):
        np.testing.assert_array_equal(read_block(provider, band)[0], array[band - 1])
    point = QgsPointXY(500000 + 10 * 123 + 5, 5000000 - 10 * 210 - 5)
    found = provider.identify(point, IDENTIFY_VALUE).results()
    assert [found[1], found[2]] == array[:, 210, 123].tolist()
    assert provider.sample(point, 2) == (array[1, 210, 123], True)
    exact = provider.bandStatistics(2)
    assert exact.mean == pytest.approx(array[1].mean())
    assert sum(provider.histogram(2, 10, -32768, 32767).histogramVector) == array[1].size
    assert messages == []


def test_save_as_and_zonal_statistics(publish, tmp_path):
    array = random_array("uint16", height=300, width=400)
    layer = valid_flac_layer(publish(array))
    pipe = QgsRasterPipe()
    assert pipe.set(layer.dataProvider().clone())
    writer = QgsRasterFileWriter(str(tmp_path / "x.tif"))
    transforms = QgsProject.instance().transformContext()
    assert writer.writeRaster(pipe, 400, 300, layer.extent(), layer.crs(), transforms) == 0
    saved = QgsRasterLayer(str(tmp_path / "x.tif"), "saved")
    np.testing.assert_array_equal(read_block(saved.dataProvider())[0], array[0])
    zones = QgsVectorLayer("Polygon?crs=EPSG:32633", "zones", "memory")
    feature = square(zones, part(layer, 100, 50, 80, 60))
    assert feature.hasGeometry()
    statistics = QgsZonalStatistics(
        zones, layer.dataProvider(), layer.crs(), 10.0, 10.0, "_", 1, QgsZonalStatistics.Mean
    )
    assert statistics.calculateStatistics(None) == 0
    (zone,) = zones.getFeatures()
    assert zone["_mean"] == pytest.approx(array[0, 50:110, 100:180].mean())


def test_maps_are_those_of_the_local_file(publish, nginx):
    array = random_array("uint8", bands=3, height=300, width=400)
    url = publish(array, bands=RGB)
    remote, local = valid_flac_layer(url), valid_flac_layer(nginx.folder / url.rpartition("/")[2])
    crs = QgsCoordinateReferenceSystem("EPSG:4326")
    extent = QgsCoordinateTransform(remote.crs(), crs, QgsProject.instance()).transformBoundingBox(
        remote.extent()
    )
    for one in (remote, local):
        one.setOpacity(0.7)
    for arguments in [(remote.extent(), 200, 150), (extent, 300, 200, crs)]:
        maps = [image_array(render([one], *arguments)) for one in (remote, local)]
        np.testing.assert_array_equal(*maps)


@pytest.mark.parametrize("interleave", ["pixel", "band"])
def test_a_view_is_one_fetch_and_drawn_again_none(publish, nginx, interleave):
    array = random_array("uint16", bands=3, height=500, width=500)
    layer = valid_flac_layer(publish(array, bands=RGB, interleave=interleave))
    extent = part(layer, 64, 64, 192, 128)
    nginx.forget()
    for _ in range(3):
        render([layer], extent, 192, 128)
    opened = open_raster_of(layer.dataProvider())
    keys = opened.grid.levels[0].keys_in(Window(64, 64, 192, 128), range(3))
    sizes = sum(size for _, size in opened.raster.head.index.stored(keys).ranges)
    fetched = nginx.requests()
    assert all(status == "206" for _, _, status, _ in fetched)
    assert len(fetched) <= (2 if interleave == "pixel" else 6)
    # what lies between two rows of tiles is fetched along where it is little
    assert sizes <= sum(int(count) for *_, count in fetched)
    nginx.forget()
    render([layer], extent, 192, 128)
    assert nginx.requests() == []


def test_panning_fetches_new_tiles_only(publish, nginx):
    array = random_array("uint16", height=1000, width=1000)
    layer = valid_flac_layer(publish(array, tile_size=128))
    opened = open_raster_of(layer.dataProvider())
    first, second = part(layer, 256, 256, 256, 256), part(layer, 384, 256, 256, 256)
    render([layer], first, 256, 256)
    new = opened.grid.levels[0].keys_in(Window(512, 256, 128, 256))
    plan = opened.raster.source.planned_requests(opened.raster.head.index.stored(new).ranges)
    nginx.forget()
    render([layer], second, 256, 256)
    found = nginx.requests()
    assert sorted(int(count) for *_, count in found) == sorted(size for _, size in plan)


def test_a_preview_asks_no_server(publish, nginx):
    url = publish(random_array("uint16", height=500, width=500))
    opened = open_shared_raster(url)  # waits for the coarsest level, unlike QGIS in its main thread
    layer = valid_flac_layer(url)
    assert open_raster_of(layer.dataProvider()) is opened
    nginx.forget()
    values = preview_of(layer.dataProvider(), layer.extent(), 200, 200)
    assert len(np.unique(values)) > 100  # the coarsest level, which came with the first read
    CACHE.clear()
    assert not preview_of(layer.dataProvider(), layer.extent(), 200, 200).any()
    assert nginx.requests() == []


def test_the_picture_comes_piece_by_piece(publish, nginx):
    array = random_array("uint16", height=320, width=320)
    url = publish(array)
    opened = open_shared_raster(url)
    layer = valid_flac_layer(url)
    assert open_raster_of(layer.dataProvider()) is opened
    provider, extent = layer.dataProvider(), layer.extent()
    nginx.forget()
    shown = []
    feedback = Drawing(lambda: shown.append(preview_of(provider, extent, 320, 320)))
    values = block_values(provider.block(1, extent, 320, 320, feedback))
    np.testing.assert_array_equal(values, array[0])
    right = [(one == array[0]).mean() for one in shown]
    assert len(shown) == 26 and right == sorted(right)
    assert right[0] < 0.05 and shown[0].any()  # coarse, and before anything was fetched
    assert right[-1] == 1
    again = Drawing()
    provider.block(1, extent, 320, 320, again)
    assert again.looks == 0  # nothing new


def test_the_preview_of_a_band_that_was_not_warmed_up(publish):
    array = random_array("uint16", bands=5, height=320, width=320)
    layer = valid_flac_layer(publish(array, interleave="band"))
    provider, extent = layer.dataProvider(), layer.extent()
    shown = []
    feedback = Drawing(lambda: shown.append(preview_of(provider, extent, 60, 60, 5)))
    small = part(layer, 0, 0, 100, 100)
    np.testing.assert_array_equal(
        block_values(provider.block(5, small, 100, 100, feedback)), array[4, :100, :100]
    )
    assert not shown[0].any() and shown[1].all()  # the coarsest level comes first


def test_layers_made_after_opening_in_a_worker_ask_no_server(publish, nginx):
    array = random_array("uint16", bands=3, height=1500, width=1500)
    url = publish(array, bands=RGB, tile_size=256)
    opened = open_shared_raster(url)
    nginx.forget()
    layer = valid_flac_layer(url)  # with its colours: the percentiles of the coarsest level
    assert open_raster_of(layer.dataProvider()) is opened
    clone = layer.clone()
    assert clone.isValid()
    assert nginx.requests() == []


def test_a_clipped_layer(publish, nginx, tmp_path, messages):
    array = random_array("uint16", bands=2, height=500, width=600)
    url = publish(array)
    whole = valid_flac_layer(url)
    extent = "500101,4997003,502955.5,4999000"  # a little more than columns 11 to 295
    for name in (url, str(nginx.folder / url.rpartition("/")[2])):
        layer = valid_flac_layer(f"{name}|extent={extent}")
        provider = layer.dataProvider()
        assert layer.extent() == QgsRectangle(500100, 4997000, 502960, 4999000)
        assert (provider.xSize(), provider.ySize()) == (286, 200)
        expected = array[:, 100:300, 10:296]
        for band in (1, 2):
            np.testing.assert_array_equal(read_block(provider, band)[0], expected[band - 1])
        # outside there is nothing
        values, nodata = read_block(provider, 1, whole.extent(), 600, 500)
        assert nodata.sum() == 600 * 500 - 286 * 200
        outside, inside = QgsPointXY(500095, 4998995), QgsPointXY(500105, 4998995)
        assert not provider.sample(outside, 1)[1] and provider.sample(inside, 1)[1]
        exact = provider.bandStatistics(1)
        assert (exact.minimumValue, exact.maximumValue) == (expected[0].min(), expected[0].max())
        assert exact.elementCount == expected[0].size
        rough = provider.bandStatistics(1, EXTREMES, QgsRectangle(), 1000)
        assert array.min() <= rough.minimumValue < rough.maximumValue <= array.max()
        with cloned(provider) as clone:
            assert clone.extent() == layer.extent()
    if open_raster_of(whole.dataProvider()).is_remote:
        assert open_raster_of(layer.dataProvider()) is not open_raster_of(whole.dataProvider())
    assert messages == []
    layer = flac_layer(f"{url}|extent=0,0,10,10")
    assert not layer.isValid() and "lies outside" in layer.error().summary()


class SlowDrawing:
    """A map of a layer as the canvas draws it."""

    def __init__(self, layer, width=300, height=300):
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setOutputSize(QSize(width, height))
        settings.setDestinationCrs(layer.crs())
        settings.setExtent(layer.extent())
        settings.setBackgroundColor(MAGENTA)
        settings.setFlag(PARTS, True)
        self.job = QgsMapRendererParallelJob(settings)
        self.job.start()

    def share_drawn(self) -> float:
        image = image_array(self.job.renderedImage())
        return (image != [255, 0, 255, 255]).any(axis=2).mean()


def test_a_map_shows_the_coarse_picture_while_the_server_is_slow(publish, nginx, serve):
    from kits.remote import part as good_part

    url = publish(random_array("uint16", height=600, width=600))
    data = (nginx.folder / url.rpartition("/")[2]).read_bytes()

    def silence(request):
        yield b""
        server.gone.wait(20)

    server = serve(good_part(data), always=silence)
    layer = valid_flac_layer(server.url)
    drawing = SlowDrawing(layer)
    until(lambda: drawing.share_drawn() > 0.99)
    assert drawing.job.isActive()
    drawing.job.cancelWithoutBlocking()
    until(lambda: not drawing.job.isActive(), 1.0)


def test_rounds_do_not_cancel_what_comes_later():
    earlier = read_cancellation.add_global_cancel(NO_JOB)
    assert not earlier.is_cancelled()
    read_cancellation.cancel_all_reads()
    assert earlier.is_cancelled()
    assert not read_cancellation.add_global_cancel(NO_JOB).is_cancelled()
