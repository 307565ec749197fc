"""State of the dock, without widgets and map: the open raster, the area and running tasks."""

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
from ...core.plain_text import neutralize_markup
from ...core.translation import tr
from ...data_provider.dates import dates_of
from ...data_provider.open_raster import OpenRaster
from ...engine.errors import FlacRasterError
from ...engine.model.grid import Level
from ...engine.model.times import ALL
from ...engine.operations import AreaPlan
from ...engine.operations.times import bands_of_time
from ...engine.reading.flac_raster import FlacRaster
from ...engine.storage.file_names import safe_name
from ..background_task import BackgroundTask
from .planner import AreaRequest, Planner, live_extents
from .preview import MAX_UNASKED, PreviewTask, preview_level
from .strings import layer_name
from .tasks import LayerTask, OpenHeaderTask, StreamTask
from .value_filter import FilteredPlan
from .value_range import Values


class DockState(QObject):
    """One raster, one area of it, and the running tasks.

    Slow work runs in other threads, and signals report its results in the main thread. A result
    that a later request has superseded is dropped.
    """

    #: A raster is being opened: its name.
    opening = pyqtSignal(str)
    #: A raster is open: the `OpenHeaderTask` that opened it.
    opened = pyqtSignal(object)
    #: Bytes received of the preview, bytes in total.
    previewing = pyqtSignal(object, object)
    #: The preview is drawn, or failed: the `PreviewTask`.
    previewed = pyqtSignal(object)
    #: A raster was not opened: the error; None if the user cancelled.
    not_opened = pyqtSignal(object)
    #: What the area needs: `FilteredPlan`, an error, or None where no area is chosen.
    planned = pyqtSignal(object)
    #: A download has started.
    streaming = pyqtSignal()
    #: Bytes received, bytes in total, fraction of the work that is done.
    progressed = pyqtSignal(object, object, float)
    #: A download has ended: the `StreamTask`, with its layer, its error or, if cancelled, neither.
    streamed = pyqtSignal(object)
    #: A live layer was made, or failed: the `LayerTask`.
    layer_made = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.uri: LayerUri | None = None
        self.crs = QgsCoordinateReferenceSystem()
        self.level = 0
        self.bands: tuple[int, ...] | None = None
        #: Dates that layers show, as in their URIs; empty for all bands.
        self.time = ""
        #: Bands of these, None for all; or why there are none.
        self.bands_of_time: tuple[int, ...] | FlacRasterError | None = None
        self.values: Values | None = None
        #: Plan of the area, narrowed to tiles with these values.
        self.area_plan: AreaPlan | None = None
        self._opened: OpenRaster | None = None
        self.area: tuple[QgsRectangle, QgsCoordinateReferenceSystem] | None = None
        self._planner = Planner(self)
        self._planner.answered.connect(self._planned)
        self._open_task: OpenHeaderTask | None = None
        self._preview_task: PreviewTask | None = None
        self._preview_level: Level | None = None
        #: What the preview shows: the latest date, if there are several.
        self._shown: LayerUri | None = None
        #: Bytes to download for the preview.
        self.preview_size = 0
        self._stream_task: StreamTask | None = None
        self._layer_tasks: list[LayerTask] = []

    # ---------------------------------------------------------------- a raster

    @property
    def raster(self) -> FlacRaster | None:
        """Open raster, if any."""
        return self._opened.raster if self._opened else None

    def open(self, uri: LayerUri) -> None:
        """Open a raster and close the current one."""
        self.close_raster()
        self.uri = uri
        self._open_task = OpenHeaderTask(uri)
        self._open_task.ended.connect(self._open_ended)
        self.opening.emit(uri.title)
        self._open_task.start()

    def cancel_opening(self) -> None:
        """Cancel opening a raster."""
        if self._open_task is not None:
            self._detach_opening()
            self.not_opened.emit(None)

    def close_raster(self) -> None:
        """Close the raster; a running download continues."""
        self._detach_opening()
        self.uri = self._opened = self.area = self.area_plan = None
        self.bands = self.values = self.bands_of_time = None
        self.time = ""
        self.level = 0
        self._planner.forget()

    def _detach_opening(self) -> None:
        for task in (self._open_task, self._preview_task):
            if task is not None:
                task.detach()
        self._open_task = self._preview_task = None

    def _open_ended(self, task: OpenHeaderTask) -> None:
        self._open_task = None
        if task.opened is None or task.error is not None:
            self.not_opened.emit(task.error)
            return
        self._opened, self.crs = task.opened, task.crs
        self._shown = replace(self.uri, time=ALL if dates_of(task.opened.metadata) else "")
        self._preview_level, self.preview_size = preview_level(task.opened.part(self._shown))
        self.opened.emit(task)
        if self.preview_size <= MAX_UNASKED:
            self.preview()

    def preview(self) -> None:
        """Draw the preview, which downloads `preview_size` bytes."""
        if self._opened is not None and self._preview_task is None:
            opened = self._opened.part(self._shown)
            self._preview_task = PreviewTask(self._shown, opened, self._preview_level)
            self._preview_task.reported.connect(self.previewing)
            self._preview_task.ended.connect(self._preview_ended)
            self.previewing.emit(0, self.preview_size)
            self._preview_task.start()

    def _preview_ended(self, task: PreviewTask) -> None:
        self._preview_task = None
        self.previewed.emit(task)

    # ---------------------------------------------------------------- an area of it

    def set_area(self, extent: QgsRectangle | None, crs: QgsCoordinateReferenceSystem) -> None:
        """Set the area, or None."""
        self.area = None if extent is None else (extent, crs)
        self.plan()

    def set_level(self, level: int) -> None:
        """Set the level."""
        self.level = level
        self.plan()

    def set_bands(self, bands: tuple[int, ...] | None) -> None:
        """Set the bands; None for all."""
        self.bands = bands
        self.plan()

    def set_time(self, time: str) -> None:
        """Set the dates, and choose all bands of them."""
        self.bands, self.time, self.bands_of_time = None, time, None
        if self.raster is not None and time not in ("", ALL):
            try:
                found = bands_of_time(self.raster.metadata, self.raster.name, time)
                self.bands_of_time = tuple(found or ())
            except FlacRasterError as error:
                self.bands_of_time = error
        self.plan()

    @property
    def chosen_bands(self) -> tuple[int, ...] | None:
        """The bands, else those of the dates; None for all."""
        of_time = self.bands_of_time
        return self.bands or (None if isinstance(of_time, FlacRasterError) else of_time)

    def set_values(self, values: Values | None) -> None:
        """Narrow the area to tiles with values in a range; None for any."""
        self.values = values
        self.plan()

    def plan(self) -> None:
        """Plan the current area."""
        if self.area is None:
            self._planner.forget()
            self._planned(None)
        else:
            self.preview_area(*self.area)

    def preview_area(self, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
        """Plan another area without setting it, while it is being drawn."""
        raster = self.raster
        if isinstance(self.bands_of_time, FlacRasterError):
            self._planner.forget()
            self._planned(self.bands_of_time)
        elif raster is not None:
            transforms = QgsProject.instance().transformContext()
            request = AreaRequest(raster, extent, crs, transforms, self.level, self.chosen_bands)
            self._planner.ask(replace(request, values=self.values))

    def _planned(self, answer: FilteredPlan | FlacRasterError | None) -> None:
        self.area_plan = answer.plan if isinstance(answer, FilteredPlan) else None
        self.planned.emit(answer)

    # ---------------------------------------------------------------- layers of it

    @property
    def is_streaming(self) -> bool:
        """Whether a download is running."""
        return self._stream_task is not None

    def stream(self, plan: AreaPlan, path: str) -> None:
        """Download an area into a GeoTIFF; without a path, into the temporary folder of QGIS."""
        if self._stream_task is not None or self.uri is None:
            return
        name = layer_name(self._title(self.uri), plan)
        is_temporary = not path
        if is_temporary:
            path = QgsProcessingUtils.generateTempFilename(safe_name(f"{self.uri.title}.tif"))
        task = StreamTask(plan, path, name, is_temporary)
        task.reported.connect(self.progressed)
        task.ended.connect(self._stream_ended)
        self._stream_task = task
        self.streaming.emit()
        task.start()

    def cancel_stream(self) -> None:
        """Cancel the download."""
        if self._stream_task is not None:
            self._stream_task.cancel()

    def project_closed(self) -> None:
        """Cancel tasks of the closed project, except those that write a requested file."""
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
        self.plan()  # tiles are cached now

    def make_live_layer(self, plan: AreaPlan | None = None) -> None:
        """Add a layer that downloads only what the map shows, of an area or the whole raster."""
        if self.uri is None:
            return
        uri, title = replace(self.uri, time=self.time), self._title(self.uri)
        if plan is None:
            self._add_live_layer(uri, title)
            return
        # tells it apart from a streamed layer of the same area
        name = tr("{name} (live)").format(name=title)
        for extent in live_extents(plan):  # one layer at each end of the raster
            self._add_live_layer(replace(uri, extent=extent), name)

    def _title(self, uri: LayerUri) -> str:
        """Return the name of layers, with the date if it is one or a range."""
        is_part = self.time not in ("", ALL)
        return neutralize_markup(f"{uri.title} {self.time}") if is_part else uri.title

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
        """Cancel all tasks and wait for them, for a few seconds at most."""
        tasks: list[BackgroundTask | None] = [
            self._open_task,
            self._preview_task,
            self._stream_task,
        ]
        running = [task for task in (*tasks, *self._layer_tasks) if task is not None]
        for task in running:
            task.detach()
        for task in running:
            task.wait()
        self._layer_tasks.clear()
        self._open_task = self._preview_task = self._stream_task = None
        self.close_raster()
        self._planner.close()
