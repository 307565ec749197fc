"""What takes a while: opening a raster, streaming an area, making a layer; each a `QgsTask`.

Layers are made in the thread of the task as well, because to make one may read from a server or go
through all pixels of a file, and are then handed to the main thread.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsRasterLayer, QgsTask
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage

from ...core.crs import to_qgis
from ...core.layer_uri import LayerUri
from ...core.translation import tr
from ...data_provider.background_open import PROVIDER_KEY
from ...data_provider.open_raster import OpenRaster, open_raster
from ...engine import extract
from ...engine.errors import Cancelled, FlacRasterError, InputError
from ...engine.job import Job
from ...engine.model.grid import Level
from .contrast import styled_geotiff
from .planner import Needs

#: Pixels of the preview, twice as many as it has on most screens.
PREVIEW = QSize(256, 256)
#: Seconds between two reports of progress.
_REPORT = 0.1
#: Seconds that the plugin waits for a task to stop when it is unloaded.
_LONGEST_WAIT = 2.0


class Unexpected(FlacRasterError):
    """A mistake of ours; ``details`` is for a report."""

    def __init__(self, error: BaseException):
        super().__init__(
            tr("FLAC Raster made a mistake ({kind}); please report it with the details").format(
                kind=type(error).__name__
            )
        )
        self.details = "".join(traceback.format_exception(type(error), error, error.__traceback__))


class DockTask(QgsTask):
    """Base of the tasks: a subclass works, and what comes of it is told in the main thread.

    Parameters
    ----------
    description : str
        For QGIS's list of tasks.
    on_end : callable
        Called in the main thread with the task, unless it was left alone.
    """

    def __init__(self, description: str, on_end: Callable[[Any], None]):
        super().__init__(description, QgsTask.Flag.CanCancel)
        #: What went wrong; None if nothing did, or the user cancelled.
        self.error: FlacRasterError | None = None
        self._on_end: Callable[[Any], None] | None = on_end
        # a plain flag, because files that the task opens ask it for as long as they are open
        self._stop = threading.Event()
        self._begun, self._over = threading.Event(), threading.Event()

    def work(self) -> None:
        """Do it, in the task's thread; errors of the engine may pass through."""
        raise NotImplementedError

    @property
    def job(self) -> Job:
        """What the engine is given; cancelled with the task."""
        return Job(is_cancelled=self._stop.is_set)

    def cancel(self) -> None:
        """Stop as soon as possible; QGIS calls this too."""
        self._stop.set()
        super().cancel()

    def detach(self) -> None:
        """Stop, and tell nobody."""
        self._on_end = None
        self.cancel()

    def wait(self) -> None:
        """Wait until it has stopped, but not for ever.

        Not by QgsTask.waitForFinished, which keeps Python locked, and the task needs Python to end.
        """
        if self._begun.is_set():
            self._over.wait(_LONGEST_WAIT)

    def run(self) -> bool:
        """Work; QGIS calls this in a thread."""
        self._begun.set()
        try:
            if not self._stop.is_set():
                self.work()
        except Cancelled:
            return False
        except FlacRasterError as error:
            self.error = error
            return False
        except Exception as error:  # whatever it is, the user is to see it
            self.error = Unexpected(error)
            return False
        finally:
            self._over.set()
        return not self._stop.is_set()

    def finished(self, result: bool) -> None:
        """Tell what came of it; QGIS calls this in the main thread."""
        on_end, self._on_end = self._on_end, None
        if on_end is not None:
            on_end(self)


class OpenTask(DockTask):
    """Opens a raster and draws its preview.

    Parameters
    ----------
    uri : LayerUri
    on_end : callable
    """

    def __init__(self, uri: LayerUri, on_end: Callable[[OpenTask], None]):
        super().__init__(tr("Open {name}").format(name=uri.title), on_end)
        self.uri = uri
        self.opened: OpenRaster | None = None
        self.crs = QgsCoordinateReferenceSystem()
        self.preview = QImage()

    def work(self) -> None:
        """See `DockTask`."""
        self.opened = open_raster(self.uri, self.job, fresh=True)
        self.crs = to_qgis(self.opened.metadata.crs, self.opened.raster.name)
        if self._stop.is_set():
            raise Cancelled(tr("Opening"))
        layer = live_layer(self.uri, self.uri.title)
        size = _preview_size(self.opened.raster.levels[-1])
        self.preview = layer.previewAsImage(size, QColor(Qt.GlobalColor.transparent))


class LayerTask(DockTask):
    """Makes a live layer.

    Parameters
    ----------
    uri : LayerUri
    name : str
    on_end : callable
    """

    def __init__(self, uri: LayerUri, name: str, on_end: Callable[[LayerTask], None]):
        super().__init__(tr("Open layer {name}").format(name=name), on_end)
        self.uri, self.name = uri, name
        self.layer: QgsRasterLayer | None = None

    def work(self) -> None:
        """See `DockTask`."""
        self.layer = move_to_main_thread(live_layer(self.uri, self.name))


class StreamTask(DockTask):
    """Writes an area into a GeoTIFF and makes a layer of it.

    Parameters
    ----------
    needs : Needs
    path : str
        An existing file is replaced.
    name : str
        Of the layer.
    is_temporary : bool
        Whether the file is for the layer alone.
    on_end : callable
    """

    #: Bytes that are here, bytes in all, part of the work that is done.
    reported = pyqtSignal(object, object, float)

    def __init__(
        self,
        needs: Needs,
        path: str,
        name: str,
        is_temporary: bool,
        on_end: Callable[[StreamTask], None],
    ):
        super().__init__(tr("Stream {name}").format(name=name), on_end)
        self.needs, self.path, self.name = needs, path, name
        self.is_temporary = is_temporary
        #: Whether the project that asked for it is still there.
        self.wanted_as_layer = True
        self.layer: QgsRasterLayer | None = None
        self.warnings: tuple[str, ...] = ()
        self._bytes = (0, needs.fetched_bytes)
        self._part = 0.0
        self._last_report = 0.0

    def work(self) -> None:
        """See `DockTask`."""
        request = self.needs.request
        result = extract(
            request.raster,
            self.path,
            self.needs.area,
            level=request.level,
            bands=request.bands,
            overwrite=True,
            fetched=self._fetched,
            job=self.job.reporting_to(self._written),
        )
        self.warnings = result.warnings
        self.layer = move_to_main_thread(checked(styled_geotiff(self.path, self.name)))

    def _fetched(self, done: int, total: int) -> None:
        self._bytes = (done, total)
        self._report()

    def _written(self, done: int, total: int) -> None:
        self._part = done / total
        self._report()

    def _report(self) -> None:
        now = time.monotonic()
        if now - self._last_report >= _REPORT:
            self._last_report = now
            done, total = self._bytes
            # what arrives in one request is written all at once, and the bar is not to wait for it
            part = (0.9 * done / total + 0.1 * self._part) if total else self._part
            self.setProgress(100 * part)
            self.reported.emit(done, total, part)


def _preview_size(coarsest: Level) -> QSize:
    """Return a size for which the coarsest level, which is in memory already, is fine enough."""
    size = QSize(coarsest.width, coarsest.height) * 0.9
    if size.width() > PREVIEW.width() or size.height() > PREVIEW.height():
        size.scale(PREVIEW, Qt.AspectRatioMode.KeepAspectRatio)
    return size.expandedTo(QSize(1, 1))


def live_layer(uri: LayerUri, name: str) -> QgsRasterLayer:
    """Make a layer that fetches what is shown of it, with its default style.

    Raises
    ------
    InputError
        If it cannot be opened.
    """
    return checked(QgsRasterLayer(uri.text(), name, PROVIDER_KEY))


def checked(layer: QgsRasterLayer) -> QgsRasterLayer:
    """Return a layer, or raise why it is not valid."""
    if not layer.isValid():
        reason = layer.error().message(0)
        raise InputError(reason or tr("{name} cannot be opened").format(name=layer.name()))
    return layer


def move_to_main_thread(layer: QgsRasterLayer) -> QgsRasterLayer:
    """Give a layer to the main thread, where projects are."""
    layer.moveToThread(QgsApplication.instance().thread())
    return layer
