"""Rasters of several dates, maps of ranges of time, and the frames of the temporal controller."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from flac_raster_qgis.engine import Band
from flac_raster_qgis.engine.model.times import Time, add_months, format_time, parse_time
from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsInterval,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
    QgsTemporalNavigationObject,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt

from kits.qgis.layers import MAGENTA, image_array, write_flac


def months(count: int, first: str = "2000-01") -> list[str]:
    start = parse_time(first).start
    return [f"{add_months(start, number):%Y-%m}" for number in range(count)]


def days(count: int, first: str = "2001-01-01") -> list[str]:
    start = parse_time(first).start
    return [f"{start + timedelta(days=number):%Y-%m-%d}" for number in range(count)]


def dated(time: str | Time, label: str = "", **more) -> Band:
    """The metadata of a band of a time."""
    found = parse_time(time) if isinstance(time, str) else time
    tags = {"TIME_START": format_time(found.start)}
    if found.end is not None:
        tags["TIME_END"] = format_time(found.end)
    if label:
        tags["TIME_BAND"] = label
    return Band(tags={"": tags}, **more)


def write_dated(path: Path, array: np.ndarray, times: Sequence[str], labels=("",), **more) -> Path:
    """Write a raster date by date, with a band for each label."""
    bands = tuple(dated(time, label) for time in times for label in labels)
    return write_flac(path, array, bands=bands, **more)


def random_bytes(bands: int, height: int = 20, width: int = 30) -> np.ndarray:
    return np.random.default_rng(bands).integers(0, 256, (bands, height, width), "uint8")


def instant(text: str) -> QDateTime:
    when = parse_time(text).start
    seconds = (when - datetime(1970, 1, 1)) // timedelta(seconds=1)
    return QDateTime.fromMSecsSinceEpoch(1000 * seconds, Qt.TimeSpec.UTC)


def time_range(start: str, end: str) -> QgsDateTimeRange:
    """From a time until another one, as of a frame of the controller."""
    return QgsDateTimeRange(instant(start), instant(end), True, False)


def unit(name: str):
    if hasattr(Qgis, "TemporalUnit"):
        return getattr(Qgis.TemporalUnit, name)
    return getattr(QgsUnitTypes.TemporalUnit, f"Temporal{name}")


def frames(layer: QgsRasterLayer, step: QgsInterval) -> list[QgsDateTimeRange]:
    """The ranges that the controller plays, set to the full range of the layer."""
    controller = QgsTemporalNavigationObject()
    full = layer.dataProvider().temporalCapabilities().availableTemporalRange()
    controller.setTemporalExtents(full)
    mode = getattr(Qgis, "TemporalNavigationMode", QgsTemporalNavigationObject)
    controller.setNavigationMode(mode.Animated)
    controller.setFrameDuration(step)
    count = controller.totalFrameCount()
    return [controller.dateTimeRangeForFrameNumber(number) for number in range(count)]


def as_stored(layer: QgsRasterLayer) -> QgsRasterLayer:
    """Draw bytes as they are."""
    layer.setRenderer(QgsSingleBandGrayRenderer(layer.dataProvider(), 1))
    return layer


def draw(
    layer: QgsRasterLayer, wanted: QgsDateTimeRange | None, *, has_errors: bool = False
) -> np.ndarray:
    """A map of a range, shape (height, width, 4), on magenta."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(layer.width(), layer.height()))
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    settings.setBackgroundColor(MAGENTA)
    if wanted is not None:
        settings.setIsTemporal(True)
        settings.setTemporalRange(wanted)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert bool(job.errors()) is has_errors, [error.message for error in job.errors()]
    return image_array(job.renderedImage())


def gray(picture: np.ndarray) -> np.ndarray | None:
    """The bytes of a map of one band; None if nothing is drawn."""
    if (picture == (255, 0, 255, 255)).all():
        return None
    assert (picture[..., 0] == picture[..., 1]).all() and (picture[..., 0] == picture[..., 2]).all()
    return picture[..., 0]


def drawn(layer: QgsRasterLayer, ranges: Sequence[QgsDateTimeRange]) -> Iterator:
    """Yield the bytes of a map of each range."""
    for wanted in ranges:
        yield gray(draw(layer, wanted))
