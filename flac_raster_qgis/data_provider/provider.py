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
from ..core.extents import bounds_of
from ..core.layer_uri import PROVIDER_KEY, LayerUri, remove_credentials
from ..core.main_thread import call_later
from ..core.message_log import TAG, forget_messages, log_error, log_warning, show_error
from ..core.ownership import transfer_ownership
from ..core.plain_text import neutralize_markup
from ..core.translation import tr
from ..engine.errors import Cancelled, FlacRasterError, RemoteError
from ..engine.job import NO_JOB, Job
from . import layer_addresses, qgis_versions
from .background_open import open_with_timeout, reload_layers
from .band_statistics import compute_statistics, set_min_max, set_moments
from .blocks import empty_block, make_block
from .failed_runs import fail_run, failed_run_texts, is_failing
from .guard import never_raises
from .open_raster import OpenRaster
from .shared_rasters import get_open_raster
from .shown_bands import ShownBands
from .source_styles import apply_when_made, open_with_style
from .view import plan_view
from .view_reader import read_pixel, read_preview, read_view

DESCRIPTION = "FLAC raster data provider"
#: Pixels for estimates of a remote raster: few, so that the coarsest level suffices.
_REMOTE_SAMPLE_SIZE = 1 << 14


@never_raises(
    clone=lambda self: transfer_ownership(FlacRasterDataProvider("", original=self)),
    block=lambda self, number, box, width, height, feedback=None: QgsRasterBlock(),
    identify=lambda *_: QgsRasterIdentifyResult(QgsError(tr("Internal error"), TAG)),
    bandStatistics=lambda *_: QgsRasterBandStats(),
)
class FlacRasterDataProvider(ShownBands):
    """Reads the pixels of a FLAC raster for QGIS: opens a URI, or clones the ``original`` provider.

    A provider that cannot open its URI is invalid and has an error. QGIS clones the provider for
    every drawing and calls the clones in its render threads. Methods must not raise exceptions into
    QGIS: errors become the error of the layer or block, and an entry in the message log.
    """

    def __init__(self, uri: str, *base: Any, original: FlacRasterDataProvider | None = None):
        super().__init__(uri, *base)
        self._last_error = ""
        self._has_layer, self._is_clone = False, original is not None
        #: Whether QGIS gives the layer its default style.
        self._is_new = qgis_versions.loads_default_style(base[1] if len(base) > 1 else None)
        if original is None:
            self._open(uri)
        elif original._opened is not None:
            self._use(original._opened)

    def _open(self, uri: str, *, fresh: bool = False) -> None:
        try:
            parsed = LayerUri.parse(uri)
            open_raster = partial(open_with_timeout, parsed, fresh=fresh)
            self._use(open_with_style(parsed, open_raster) if self._is_new else open_raster())
            self.setError(QgsError())
            layer_addresses.refresh_later(parsed, again=fresh)  # for layers of the project
        except FlacRasterError as error:
            if not isinstance(error, RemoteError):  # else the cached pixels remain available
                self._opened, self._bands = None, ()
            self.setError(_error(error))
            self._report(error)

    def _use(self, opened: OpenRaster) -> None:
        if self._opened is not None:
            self._opened.outage.reset()
        head = opened.raster.head
        self._opened = opened
        self._bands = tuple(opened.values[number - 1] for number in opened.band_numbers)
        self._crs = crs.to_qgis(head.metadata.crs, opened.raster.name)
        for number in range(1, len(self._bands) + 1):
            self.setUseSourceNoDataValue(number, True)
        # clones get these from `copyBaseSettings`, which takes less time for many dates
        if opened.dates is not None and not self._is_clone:
            opened.dates.describe(self.temporalCapabilities())

    def _report(self, error: object) -> None:
        """Log an error, those of a server once per outage."""
        self._last_error = error_text(error)
        if self._opened is not None and isinstance(error, RemoteError):
            self._opened.outage.report(error)
        else:
            log_error(self._last_error)

    def _fail_run(self, error: object) -> bool:
        """Fail the tool that computes with missing pixels; return whether there is one."""
        short, text = failed_run_texts(error)
        is_news = fail_run(text)
        if is_news:
            show_error(text, short)
        return is_news is not None

    def __dtor__(self) -> None:
        """Release the file; sip calls this when QGIS deletes the provider."""
        self._opened = None

    # ---------------------------------------------------------------- the provider

    def isValid(self) -> bool:
        """Return whether a raster is open. A layer that gets the provider asks first."""
        is_valid = super().isValid()
        if is_valid and not self._has_layer and self.parent() is not None:
            self._has_layer = True
            if self._is_new:
                apply_when_made(self.parent(), self._opened)
            layer_addresses.give_when_made(self.parent())
        return is_valid

    def dataSourceUri(self, expandAuthConfig: bool = False) -> str:
        """Return the URI without user name and password, which the provider refuses to use."""
        return remove_credentials(super().dataSourceUri(expandAuthConfig))

    def name(self) -> str:
        """Return the key in the registry, which projects store."""
        return PROVIDER_KEY

    def description(self) -> str:
        """Return a description for developers."""
        return DESCRIPTION

    def clone(self) -> FlacRasterDataProvider:
        """Return a provider of the same open raster with the same settings."""
        copy = FlacRasterDataProvider(self.dataSourceUri(), original=self)
        copy.copyBaseSettings(self)
        return transfer_ownership(copy)

    def lastErrorTitle(self) -> str:
        """Return the title of the last error."""
        return TAG if self._last_error else ""

    def lastError(self) -> str:
        """Return the text of the last error."""
        return self._last_error

    def reload(self) -> bool:
        """Open the file again, which may have changed or become available."""
        forget_messages()
        self._last_error = ""
        was_valid = self.isValid()
        self._open(self.dataSourceUri(), fresh=True)
        if self.isValid() and not was_valid:
            # the layer of this provider is invalid, and keeps its style elsewhere
            call_later(partial(reload_layers, LayerUri.parse(self.dataSourceUri()), self._opened))
        return self.isValid()

    def use_last_opened(self) -> None:
        """Read the version of the file that was opened last from now on."""
        uri = LayerUri.parse(self.dataSourceUri())
        opened = get_open_raster(uri)
        if opened is not None:
            self._use(opened.part(uri))
            layer_addresses.refresh_later(uri, again=False)

    def reloadData(self) -> None:
        """Reload, on request of the layer."""
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
        """Return an extent in the requested size; called in render threads."""
        opened, band = self._opened, self._values(bandNo)
        if opened is None or band is None or width < 1 or height < 1:
            return QgsRasterBlock(self.dataType(bandNo), max(width, 0), max(height, 0))
        if feedback is None and is_failing():
            return empty_block(band, width, height)
        errors: list[object] = []
        try:
            (stored,) = self._stored_numbers(opened, [bandNo])
            if stored is None:
                return empty_block(band, width, height)
            values, valid = self._read(opened, boundingBox, width, height, stored, feedback, errors)
            use_nodata = self.useSourceNoDataValue(bandNo)
            block = make_block(opened.values[stored - 1], values, valid, use_nodata)
            block.applyNoDataValues(self.userNoDataValues(bandNo))
            _warn_of_uncertain_pixels(opened)
        except Cancelled:
            return empty_block(band, width, height)
        except Exception:  # without a block, QGIS would crash
            block = empty_block(band, width, height)
            text = tr("{name} cannot be drawn: {error}")
            errors.append(text.format(name=opened.raster.name, error=traceback.format_exc()))
        for error in errors:
            block.setError(_error(error))
            self._report(error)
            is_canvas = feedback is not None and feedback.renderPartialOutput()
            is_outage = isinstance(error, RemoteError)
            # QGIS would show that of a canvas for good
            if feedback is not None and not (is_canvas and is_outage):
                feedback.appendError(neutralize_markup(error_text(error)))
            is_reported = is_canvas or (not _is_renderer(feedback) and self._fail_run(error))
            if is_outage and not is_reported:
                opened.outage.warn_incomplete(error)
        return block

    def _read(
        self,
        opened: OpenRaster,
        extent: QgsRectangle,
        width: int,
        height: int,
        band: int,
        feedback: QgsRasterBlockFeedback | None,
        errors: list[object],
    ) -> tuple[np.ndarray, np.ndarray]:
        """Read values and mask of a view; a canvas shows coarser pixels until all have arrived."""
        bounds = bounds_of(extent)
        if feedback is not None and feedback.isPreviewOnly():
            return read_preview(opened, bounds, width, height, band)
        view = plan_view(opened.georeference, opened.grid, bounds, width, height)
        on_new_data = None
        if opened.is_remote and feedback is not None and feedback.renderPartialOutput():
            on_new_data = feedback.onNewData
        try:
            return read_view(opened, view, band, _job(feedback), errors.append, on_new_data)
        except RemoteError as error:
            errors.append(error)
        if on_new_data is not None:
            return read_preview(opened, bounds, width, height, band)
        return np.zeros(view.shape, opened.metadata.dtype), np.zeros(view.shape, bool)

    def _values_at(self, point: QgsPointXY, bands: Sequence[int]) -> list[float]:
        """Return the values of bands at a point, at full resolution; NaN for nodata."""
        opened, result = self._opened, [math.nan] * len(bands)
        if opened is None:
            return result
        stored = self._stored_numbers(opened, bands)
        present = list(filter(None, stored))
        if not present:
            return result
        found = dict(zip(present, read_pixel(opened, point.x(), point.y(), present)))
        for place, (number, own) in enumerate(zip(bands, stored)):
            if own in found:
                pixel = np.array([found[own]])
                values = opened.values[own - 1].valid_values(pixel, None, *self._nodata(number))
                result[place] = float(values[0]) if values.size else math.nan
        return result

    def identify(
        self,
        point: QgsPointXY,
        format: Any,
        boundingBox: QgsRectangle | None = None,
        width: int = 0,
        height: int = 0,
        dpi: int = 96,
    ) -> QgsRasterIdentifyResult:
        """Return the values at a point at full resolution, whatever level the map shows."""
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
        """Return the value of a band at a point, and whether it is valid."""
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

    def hasStatistics(
        self,
        bandNo: int,
        stats: Any = qgis_versions.ALL_STATISTICS,
        extent: QgsRectangle | None = None,
        sampleSize: int = 0,
        feedback: QgsRasterBlockFeedback | None = None,
    ) -> bool:
        """Return whether `bandStatistics` reads no pixels: the information page asks."""
        return self._stored_min_max(bandNo, stats, self._area(extent)) is not None

    def _stored_min_max(
        self, number: int, stats: Any, area: QgsRectangle
    ) -> tuple[float, float] | None:
        """Return what the file header has; None if it lacks any of the statistics."""
        opened, band = self._opened, self._values(number)
        if opened is None or band is None or not qgis_versions.only_min_max(stats):
            return None
        return self._min_max_of_dates(opened, number, bounds_of(area))

    def _area(self, extent: QgsRectangle | None) -> QgsRectangle:
        is_whole = extent is None or extent.isEmpty()
        return self.extent() if is_whole else self.extent().intersect(extent)

    def bandStatistics(
        self,
        bandNo: int,
        stats: Any = qgis_versions.ALL_STATISTICS,
        extent: QgsRectangle | None = None,
        sampleSize: int = 0,
        feedback: QgsRasterBlockFeedback | None = None,
    ) -> QgsRasterBandStats:
        """Return statistics, exact for a sample size of 0, else from an overview.

        Minimum and maximum of the whole raster, which the default style needs, are read from the
        file header. They are those of all dates, other statistics those of one.
        """
        area = self._area(extent)
        result = QgsRasterBandStats()
        result.bandNumber, result.extent = bandNo, area
        result.statsGathered = qgis_versions.NO_STATISTICS
        opened, band = self._opened, self._values(bandNo)
        if band is None or opened is None or area.isEmpty():
            return result
        if (stored := self._stored_min_max(bandNo, stats, area)) is not None:
            set_min_max(result, *stored)
            return result
        (number,) = self._stored_numbers(opened, [bandNo])
        if number is None:
            return result
        size, job = self._sample_size(sampleSize), _job(feedback)
        try:
            nodata = self._stored_nodata(opened)
            set_moments(
                result,
                compute_statistics(
                    opened, number, opened.values, nodata, bounds_of(area), size, job
                ),
            )
        except Cancelled:
            pass
        except FlacRasterError as error:
            self._report(error)
            self._fail_run(error)
        return result

    def cumulativeCut(
        self,
        bandNo: int,
        lowerCount: float,
        upperCount: float,
        extent: QgsRectangle | None = None,
        sampleSize: int = 0,
    ) -> tuple[float, float]:
        """Return the values between which a fraction of the pixels lies, for the default style.

        QGIS computes it from a histogram of blocks. The histogram itself cannot be overridden:
        QGIS 3.22 passes numbers as Python objects, and crashes.
        """
        area = QgsRectangle() if extent is None else extent
        return super().cumulativeCut(
            bandNo, lowerCount, upperCount, area, self._sample_size(sampleSize)
        )

    def _sample_size(self, size: int) -> int:
        """Return the number of pixels for an estimate; fewer if they have to be downloaded."""
        is_remote = self._opened is not None and self._opened.is_remote
        return min(size, _REMOTE_SAMPLE_SIZE) if is_remote else size


def _warn_of_uncertain_pixels(opened: OpenRaster) -> None:
    """Warn that pixels of a file of the package flac-raster may not be recovered exactly."""
    if opened.raster.uncertain_values:
        log_warning(
            tr(
                "{name}: some of the pixels shown may differ from those of the original raster; "
                "“Verify FLAC raster” counts them."
            ).format(name=opened.raster.name)
        )


def _error(error: object) -> QgsError:
    return QgsError(neutralize_markup(error_text(error)), TAG)


def _is_renderer(feedback: QgsRasterBlockFeedback | None) -> bool:
    """Return whether the caller draws the block, and shows errors next to the map."""
    return feedback is not None and "Renderer" in feedback.metaObject().className()


def _job(feedback: QgsRasterBlockFeedback | None) -> Job:
    return NO_JOB if feedback is None else Job(is_cancelled=feedback.isCanceled)
