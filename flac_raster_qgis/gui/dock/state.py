"""What is open in the dock and what is wanted of it; knows no widgets and no map."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingUtils,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.layer_uri import LayerUri
from ...core.translation import tr
from ...data_provider.open_raster import OpenRaster
from ...engine.errors import FlacRasterError
from ...engine.reading.flac_raster import FlacRaster
from ...engine.storage.file_names import safe_name
from ..background_task import BackgroundTask
from .planner import AreaRequest, Needs, Planner
from .strings import layer_name
from .tasks import LayerTask, PreviewTask, StreamTask


class DockState(QObject):
    """One raster, one area of it, and the work that is under way.

    Everything that takes a while runs elsewhere and is answered by a signal, in the main thread.
    An answer that is not wanted any more, because something else was asked since, is dropped.

    Parameters
    ----------
    parent : QObject, optional
    """

    #: A raster is being opened: its name.
    opening = pyqtSignal(str)
    #: A raster is open: the `PreviewTask` that did it.
    opened = pyqtSignal(object)
    #: It could not be opened: the error; None if the user cancelled.
    not_opened = pyqtSignal(object)
    #: What the area needs: `Needs`, an error, or None where no area is chosen.
    planned = pyqtSignal(object)
    #: An area is being fetched.
    streaming = pyqtSignal()
    #: Bytes that are here, bytes in all, part that is done.
    progressed = pyqtSignal(object, object, float)
    #: It is over: the `StreamTask`, with its layer or its error or, when cancelled, neither.
    streamed = pyqtSignal(object)
    #: A live layer is there, or an error instead: the `LayerTask`.
    layer_made = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.uri: LayerUri | None = None
        self.crs = QgsCoordinateReferenceSystem()
        self.level = 0
        self.bands: tuple[int, ...] | None = None
        self.needs: Needs | None = None
        self._opened: OpenRaster | None = None
        self._area: tuple[QgsRectangle, QgsCoordinateReferenceSystem] | None = None
        self._planner = Planner(self)
        self._planner.answered.connect(self._planned)
        self._open_task: PreviewTask | None = None
        self._stream_task: StreamTask | None = None
        self._layer_tasks: list[LayerTask] = []

    # ---------------------------------------------------------------- a raster

    @property
    def raster(self) -> FlacRaster | None:
        """The raster that is open."""
        return self._opened.raster if self._opened else None

    def open(self, uri: LayerUri) -> None:
        """Open a raster in the place of the one that is open."""
        self.close_raster()
        self.uri = uri
        self._open_task = PreviewTask(uri)
        self._open_task.ended.connect(self._open_ended)
        self.opening.emit(uri.title)
        self._open_task.start()

    def cancel_opening(self) -> None:
        """Give up."""
        if self._open_task is not None:
            self._detach_opening()
            self.not_opened.emit(None)

    def close_raster(self) -> None:
        """Let go of the raster; what is being fetched of it goes on."""
        self._detach_opening()
        self.uri = self._opened = self._area = self.needs = self.bands = None
        self.level = 0
        self._planner.forget()

    def _detach_opening(self) -> None:
        if self._open_task is not None:
            self._open_task.detach()
            self._open_task = None

    def _open_ended(self, task: PreviewTask) -> None:
        self._open_task = None
        if task.opened is None or task.error is not None:
            self.not_opened.emit(task.error)
            return
        self._opened, self.crs = task.opened, task.crs
        self.opened.emit(task)

    # ---------------------------------------------------------------- an area of it

    def set_area(self, extent: QgsRectangle | None, crs: QgsCoordinateReferenceSystem) -> None:
        """Want an area; None for none."""
        self._area = None if extent is None else (extent, crs)
        self.plan()

    def set_level(self, level: int) -> None:
        """Want a resolution."""
        self.level = level
        self.plan()

    def set_bands(self, bands: tuple[int, ...] | None) -> None:
        """Want some bands, or all."""
        self.bands = bands
        self.plan()

    def plan(self) -> None:
        """Find out what the area needs, as things stand."""
        if self._area is None:
            self._planner.forget()
            self._planned(None)
        else:
            self.try_area(*self._area)

    def try_area(self, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
        """Find out what another area would need, while it is being drawn."""
        raster = self.raster
        if raster is not None:
            transforms = QgsProject.instance().transformContext()
            self._planner.ask(AreaRequest(raster, extent, crs, transforms, self.level, self.bands))

    def _planned(self, answer: Needs | FlacRasterError | None) -> None:
        self.needs = answer if isinstance(answer, Needs) else None
        self.planned.emit(answer)

    # ---------------------------------------------------------------- layers of it

    @property
    def is_streaming(self) -> bool:
        """Whether an area is being fetched."""
        return self._stream_task is not None

    def stream(self, needs: Needs, path: str) -> None:
        """Fetch an area into a GeoTIFF, in QGIS's temporary folder where no path is given."""
        if self._stream_task is not None or self.uri is None:
            return
        name = layer_name(self.uri.title, needs, self.crs)
        is_temporary = not path
        if is_temporary:
            path = QgsProcessingUtils.generateTempFilename(safe_name(f"{self.uri.title}.tif"))
        task = StreamTask(needs, path, name, is_temporary)
        task.reported.connect(self.progressed)
        task.ended.connect(self._stream_ended)
        self._stream_task = task
        self.streaming.emit()
        task.start()

    def cancel_stream(self) -> None:
        """Stop fetching."""
        if self._stream_task is not None:
            self._stream_task.cancel()

    def project_closed(self) -> None:
        """Stop what was meant for the project that is closed; a file that was asked for is made."""
        if self._stream_task is not None:
            if self._stream_task.is_temporary:
                self._stream_task.cancel()
            else:
                self._stream_task.wanted_as_layer = False
        for task in self._layer_tasks:
            task.detach()
        self._layer_tasks.clear()

    def _stream_ended(self, task: StreamTask) -> None:
        self._stream_task = None
        self.streamed.emit(task)
        self.plan()  # there is less to fetch now

    def make_live_layer(self, needs: Needs | None = None) -> None:
        """Make a layer that fetches what the map shows, of an area or of the whole raster."""
        if self.uri is None:
            return
        if needs is None:
            self._add_live_layer(self.uri, self.uri.title)
            return
        # beside one that was streamed of the same area
        name = tr("{name}, live").format(name=layer_name(self.uri.title, needs, self.crs))
        for extent in needs.live_extents:  # one layer at each end of the raster
            self._add_live_layer(replace(self.uri, extent=extent), name)

    def _add_live_layer(self, uri: LayerUri, name: str) -> None:
        task = LayerTask(uri, name)
        task.ended.connect(self._layer_ended)
        self._layer_tasks.append(task)
        task.start()

    def _layer_ended(self, task: LayerTask) -> None:
        if task in self._layer_tasks:
            self._layer_tasks.remove(task)
        self.layer_made.emit(task)

    def close(self) -> None:
        """Stop everything and wait for it, for a second or two at most."""
        tasks: list[BackgroundTask | None] = [
            *self._layer_tasks,
            self._open_task,
            self._stream_task,
        ]
        under_way = [task for task in tasks if task is not None]
        for task in under_way:
            task.detach()
        for task in under_way:
            task.wait()
        self._layer_tasks.clear()
        self._open_task = self._stream_task = None
        self.close_raster()
        self._planner.close()
