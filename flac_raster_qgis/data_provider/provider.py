"""The QGIS raster data provider: a FLAC raster as an ordinary raster layer."""

from __future__ import annotations

import math
import traceback
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from qgis.core import (
    QgsError,
    QgsPointXY,
    QgsRasterBandStats,
    QgsRasterBlock,
    QgsRasterBlockFeedback,
    QgsRasterIdentifyResult,
    QgsRectangle,
)

from ..core import crs
from ..core.error_text import error_text
from ..core.layer_uri import LayerUri, remove_credentials
from ..core.main_thread import call_later
from ..core.message_log import TAG, forget_messages, log_error, log_warning, show_error
from ..core.ownership import transfer_ownership
from ..core.plain_text import neutralize_markup
from ..core.translation import tr
from ..engine.errors import Cancelled, FlacRasterError, RemoteError
from ..engine.job import NO_JOB, Job
from ..engine.model.grid import Bounds
from . import qgis_versions
from .background_open import PROVIDER_KEY, open_with_timeout, reload_layers
from .band_statistics import Nodata, listed_extremes, measure
from .band_values import BandValues
from .blocks import empty_block, make_block
from .guard import never_raises
from .moments import Moments
from .open_raster import OpenRaster
from .raster_properties import RasterProperties
from .runs import fail_run, is_failing
from .view import plan_view
from .view_reader import preview, read_pixel, read_view

DESCRIPTION = "FLAC raster data provider"
#: Pixels for estimates of a remote raster: the coarsest level has them, which is in memory early.
_REMOTE_SAMPLE = 1 << 14


@never_raises(
    clone=lambda self: transfer_ownership(FlacRasterDataProvider("", original=self)),
    block=lambda self, number, box, width, height, feedback=None: QgsRasterBlock(),
    identify=lambda *_: QgsRasterIdentifyResult(QgsError(tr("Internal error"), TAG)),
    bandStatistics=lambda *_: QgsRasterBandStats(),
)
class FlacRasterDataProvider(RasterProperties):
    """Gives QGIS the pixels of a FLAC raster.

    Parameters
    ----------
    uri : str
    *base : object
        What else the base class takes.
    original : FlacRasterDataProvider, optional
        Of which this is a clone; otherwise the URI is opened. Failing that, the provider is invalid
        and says why.

    Notes
    -----
    QGIS clones the provider for every drawing and calls the clones from its render threads. Nothing
    may be raised into QGIS, which cannot take it: errors become the layer's or the block's error
    and an entry in the message log.
    """

    def __init__(self, uri: str, *base: Any, original: FlacRasterDataProvider | None = None):
        super().__init__(uri, *base)
        self._last_error = ""
        if original is None:
            self._open(uri)
        elif original._opened is not None:
            self._use(original._opened)

    def _open(self, uri: str, *, fresh: bool = False) -> None:
        try:
            self._use(open_with_timeout(LayerUri.parse(uri), fresh=fresh))
            self.setError(QgsError())
        except FlacRasterError as error:
            if not isinstance(error, RemoteError):  # else what is in memory is better than nothing
                self._opened, self._bands = None, ()
            self.setError(_error(error))
            self._report(error)

    def _use(self, opened: OpenRaster) -> None:
        head = opened.raster.head
        self._opened = opened
        self._bands = tuple(BandValues.of(band, head) for band in head.metadata.bands)
        self._crs = crs.to_qgis(head.metadata.crs, opened.raster.name)
        for number in range(1, len(self._bands) + 1):
            self.setUseSourceNoDataValue(number, True)

    def _report(self, error: object) -> bool:
        """Write an error into the log; false where it stands there already and tells nothing new.

        Errors of a file are told of each time it is drawn, those of a server once per outage.
        """
        self._last_error = error_text(error)
        if self._opened is not None and isinstance(error, RemoteError):
            return self._opened.outage.tell(error)
        log_error(self._last_error)
        return True

    def _fail_run(self, error: object) -> bool:
        """Fail the tool that computes with pixels that are missing; say whether there is one."""
        short = tr("The run failed, pixels of the raster are missing; do not use its output.")
        sentence = f"{short} {error_text(error)}"
        is_news = fail_run(sentence)
        if is_news:
            show_error(sentence, short)
        return is_news is not None

    def __dtor__(self) -> None:
        """Let go of the file when QGIS deletes the provider: sip calls this."""
        self._opened = None

    # ---------------------------------------------------------------- the provider

    def dataSourceUri(self, expandAuthConfig: bool = False) -> str:
        """Return what it was made of, without user and password, which it refuses to use."""
        return remove_credentials(super().dataSourceUri(expandAuthConfig))

    def name(self) -> str:
        """Key in the registry, which projects store."""
        return PROVIDER_KEY

    def description(self) -> str:
        """Say what it is, for developers."""
        return DESCRIPTION

    def clone(self) -> FlacRasterDataProvider:
        """Return a provider of the same open raster with the same settings."""
        copy = FlacRasterDataProvider(self.dataSourceUri(), original=self)
        copy.copyBaseSettings(self)
        return transfer_ownership(copy)

    def lastErrorTitle(self) -> str:
        """Head line of the last error."""
        return TAG if self._last_error else ""

    def lastError(self) -> str:
        """Last error as a sentence."""
        return self._last_error

    def reload(self) -> bool:
        """Open the file again, because it may have changed, or be within reach by now."""
        forget_messages()
        self._last_error = ""
        was_valid = self.isValid()
        self._open(self.dataSourceUri(), fresh=True)
        if self.isValid() and not was_valid:
            # the layer that has this provider took it for empty, and has its style elsewhere
            call_later(partial(reload_layers, LayerUri.parse(self.dataSourceUri()), self._opened))
        return self.isValid()

    def reloadData(self) -> None:
        """Reload, as the layer asks for it."""
        self.reload()
        super().reloadData()

    # ---------------------------------------------------------------- pixels

    def block(
        self,
        bandNo: int,
        boundingBox: QgsRectangle,
        width: int,
        height: int,
        feedback: QgsRasterBlockFeedback | None = None,
    ) -> QgsRasterBlock:
        """Return a rectangle of the map in the size asked for; called from render threads."""
        opened, band = self._opened, self._values(bandNo)
        if opened is None or band is None or width < 1 or height < 1:
            return QgsRasterBlock(self.dataType(bandNo), max(width, 0), max(height, 0))
        if feedback is None and is_failing():
            return empty_block(band, width, height)
        errors: list[object] = []
        try:
            bounds = _bounds(boundingBox)
            if feedback is not None and feedback.isPreviewOnly():
                values, there = preview(opened, bounds, width, height, bandNo)
            else:
                values, there = self._read(opened, bounds, width, height, bandNo, feedback, errors)
            block = make_block(band, values, there, self.useSourceNoDataValue(bandNo))
            block.applyNoDataValues(self.userNoDataValues(bandNo))
            _warn_of_uncertain_pixels(opened)
        except Cancelled:
            return empty_block(band, width, height)
        except Exception:  # QGIS would go on with no block at all, and crash
            block = empty_block(band, width, height)
            text = tr("{name} cannot be drawn: {error}")
            errors.append(text.format(name=opened.raster.name, error=traceback.format_exc()))
        for error in errors:
            sentence = error_text(error)
            block.setError(_error(sentence))
            is_news = self._report(error)
            is_canvas = feedback is not None and feedback.renderPartialOutput()
            if feedback is not None and (is_news or not is_canvas):
                feedback.appendError(neutralize_markup(sentence))
            is_told = is_canvas or (not _draws(feedback) and self._fail_run(error))
            if isinstance(error, RemoteError) and not is_told:
                opened.outage.warn_incomplete(error)
        return block

    def _read(
        self,
        opened: OpenRaster,
        bounds: Bounds,
        width: int,
        height: int,
        band: int,
        feedback: QgsRasterBlockFeedback | None,
        errors: list[object],
    ) -> tuple[np.ndarray, np.ndarray]:
        """Read a view; where it is drawn piece by piece, what is missing is shown coarser."""
        view = plan_view(opened.georeference, opened.grid, bounds, width, height)
        shows_parts = opened.is_remote and feedback is not None and feedback.renderPartialOutput()
        try:
            return read_view(
                opened,
                view,
                band,
                _job(feedback),
                errors.append,
                feedback.onNewData if shows_parts else None,
            )
        except RemoteError as error:
            errors.append(error)
        if shows_parts:
            return preview(opened, bounds, width, height, band)
        return np.zeros(view.shape, opened.metadata.dtype), np.zeros(view.shape, bool)

    def _values_at(self, point: QgsPointXY, bands: Sequence[int]) -> list[float]:
        """Return bands of the pixel of full resolution at a point, NaN for nodata."""
        found = read_pixel(self._opened, point.x(), point.y(), bands) if self._opened else []
        result = []
        for number, stored in zip(bands, found):
            use_nodata, ranges = self._nodata(number)
            counted = self._bands[number - 1].counted(stored[None], None, use_nodata, ranges)
            result.append(float(counted[0]) if counted.size else math.nan)
        return result or [math.nan] * len(bands)

    def _nodata(self, number: int) -> Nodata:
        return self.useSourceNoDataValue(number), self.userNoDataValues(number)

    def identify(
        self,
        point: QgsPointXY,
        format: Any,
        boundingBox: QgsRectangle | None = None,
        width: int = 0,
        height: int = 0,
        dpi: int = 96,
    ) -> QgsRasterIdentifyResult:
        """Return the values at a point as the file has them, whatever level the map shows."""
        if format != qgis_versions.IDENTIFY_VALUE:
            return QgsRasterIdentifyResult(QgsError(tr("Only values can be identified."), TAG))
        try:
            values = self._values_at(point, range(1, len(self._bands) + 1))
        except FlacRasterError as error:
            self._report(error)
            return QgsRasterIdentifyResult(_error(error))
        results = {n: None if math.isnan(v) else v for n, v in enumerate(values, start=1)}
        return QgsRasterIdentifyResult(format, results)

    def sample(
        self,
        point: QgsPointXY,
        band: int,
        boundingBox: QgsRectangle | None = None,
        width: int = 0,
        height: int = 0,
        dpi: int = 96,
    ) -> tuple[float, bool]:
        """Return the value of one band at a point, and whether there is one."""
        if self._values(band) is None:
            return math.nan, False
        try:
            (value,) = self._values_at(point, (band,))
        except FlacRasterError as error:
            self._report(error)
            self._fail_run(error)
            return math.nan, False
        return value, not math.isnan(value)

    # ---------------------------------------------------------------- statistics

    def bandStatistics(
        self,
        bandNo: int,
        stats: Any = qgis_versions.ALL_STATISTICS,
        extent: QgsRectangle | None = None,
        sampleSize: int = 0,
        feedback: QgsRasterBlockFeedback | None = None,
    ) -> QgsRasterBandStats:
        """Return statistics, exact for a sample size of 0, else from a coarser level.

        No pixel is read for the extremes of the whole raster, which is what the first look of a
        layer needs.
        """
        area = (
            self.extent() if extent is None or extent.isEmpty() else self.extent().intersect(extent)
        )
        result = QgsRasterBandStats()
        result.bandNumber, result.extent = bandNo, area
        result.statsGathered = qgis_versions.NO_STATISTICS
        sampleSize = self._sample_size(sampleSize)
        band = self._values(bandNo)
        if band is None or self._opened is None or area.isEmpty():
            return result
        if qgis_versions.only_extremes(stats):
            own = self._nodata(bandNo)
            listed = listed_extremes(self._opened, bandNo, band, own, _bounds(area))
            if listed is not None:
                result.statsGathered = qgis_versions.EXTREMES
                result.minimumValue, result.maximumValue = listed
                result.range = listed[1] - listed[0]
                return result
        nodata = [self._nodata(number) for number in range(1, len(self._bands) + 1)]
        job = _job(feedback)
        try:
            known = measure(
                self._opened, bandNo, self._bands, nodata, _bounds(area), sampleSize, job
            )
        except Cancelled:
            return result
        except FlacRasterError as error:
            self._report(error)
            self._fail_run(error)
            return result
        return _as_band_stats(known, result)

    def cumulativeCut(
        self,
        bandNo: int,
        lowerCount: float,
        upperCount: float,
        extent: QgsRectangle | None = None,
        sampleSize: int = 0,
    ) -> tuple[float, float]:
        """Return between which values a share of the pixels lies: the colours of a new layer.

        From a histogram, which QGIS makes of blocks. It cannot be overridden itself: QGIS (3.22)
        hands it numbers as if they were Python objects, and crashes.
        """
        area = QgsRectangle() if extent is None else extent
        return super().cumulativeCut(
            bandNo, lowerCount, upperCount, area, self._sample_size(sampleSize)
        )

    def _sample_size(self, wanted: int) -> int:
        """Return how many pixels suffice for an estimate, fewer where they have to be fetched."""
        remote = self._opened is not None and self._opened.is_remote
        return min(wanted, _REMOTE_SAMPLE) if remote else wanted


def _warn_of_uncertain_pixels(opened: OpenRaster) -> None:
    """Say of a file of the package flac-raster that what is drawn may not be what was written."""
    if opened.raster.uncertain_values:
        log_warning(
            tr(
                "{name}: some of the pixels shown may differ from those of the original raster; "
                "“Verify FLAC raster” counts them."
            ).format(name=opened.raster.name)
        )


def _as_band_stats(moments: Moments, result: QgsRasterBandStats) -> QgsRasterBandStats:
    result.statsGathered = qgis_versions.ALL_STATISTICS
    result.elementCount = moments.count
    if moments.count:
        result.minimumValue, result.maximumValue = moments.minimum, moments.maximum
        result.range = moments.maximum - moments.minimum
        result.mean, result.sum = moments.mean, moments.total
        result.sumOfSquares, result.stdDev = moments.squares, moments.deviation
    return result


def _error(error: object) -> QgsError:
    return QgsError(neutralize_markup(error_text(error)), TAG)


def _bounds(rectangle: QgsRectangle) -> Bounds:
    return (
        rectangle.xMinimum(),
        rectangle.yMinimum(),
        rectangle.xMaximum(),
        rectangle.yMaximum(),
    )


def _draws(feedback: QgsRasterBlockFeedback | None) -> bool:
    """Whether who asks for a block draws it, and shows errors beside the map."""
    return feedback is not None and "Renderer" in feedback.metaObject().className()


def _job(feedback: QgsRasterBlockFeedback | None) -> Job:
    return NO_JOB if feedback is None else Job(is_cancelled=feedback.isCanceled)
