"""Connect the form of the dock to its state, the map, the project and the message bar."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QObject, QSignalBlocker
from qgis.PyQt.QtWidgets import QLineEdit

from ...core.error_text import error_text
from ...core.extents import drawn_y
from ...core.layer_uri import LayerUri
from ...core.plain_text import literal_text
from ...core.translation import tr
from ...data_provider.dates import dates_of
from ...engine.errors import DisjointArea, FlacRasterError
from ...engine.operations import AreaPlan
from ...engine.storage.urls import redact
from ..connections.recent_sources import add_recent_source, recent_sources
from ..connections.remedies import remedies
from ..help import show_help
from ..history.controller import HistoryController
from ..plugin_menu import open_tool
from ..widgets import may_replace
from . import settings, strings
from .form import DockForm
from .map_items import MapItems, show_map
from .map_tool import BoxTool
from .message_bar import Messages
from .output_choice import FILE, LIVE, TEMPORARY
from .preview import PreviewTask
from .state import DockState
from .tasks import LayerTask, OpenHeaderTask, StreamTask
from .value_filter import FilteredPlan, scale_and_offset

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from ...engine.reading.flac_raster import FlacRaster


class Controller(QObject):
    """Handles input of the user and results of the state."""

    def __init__(self, iface: QgisInterface, form: DockForm):
        super().__init__(form)
        self.form = form
        self.state = DockState(self)
        self._iface = iface
        self._canvas = iface.mapCanvas()
        self._messages = Messages(iface)
        self.items = MapItems(self._canvas)
        self.tool = BoxTool(self._canvas)
        self.history = HistoryController(self._canvas, form.history)
        form.area.extent.setMapCanvas(self._canvas, False)
        self._restore_settings()
        self._connect_form()
        self._connect_state()
        QgsProject.instance().cleared.connect(self.state.project_closed)

    def close(self) -> None:
        """Cancel all tasks and remove all map items."""
        QgsProject.instance().cleared.disconnect(self.state.project_closed)
        self.history.close()
        self.state.close()
        self.tool.remove()
        self.items.remove()

    def _restore_settings(self) -> None:
        sources = recent_sources()
        if sources:
            self.form.source.set_uri(sources[0])
        self.form.footer.output.set_kind(settings.get("output", TEMPORARY))
        self.form.footer.output.file.setDefaultRoot(settings.get_folder())
        self.form.card.raster_page.tiles_button.setChecked(settings.get_flag("tiles", True))
        self.items.set_visible(self.form.card.raster_page.tiles_button.isChecked())

    def _connect_form(self) -> None:
        form, area, footer = self.form, self.form.area, self.form.footer
        form.source.accepted.connect(self.open_source)
        form.source.changed.connect(self._source_changed)
        form.card.message_page.open_button.clicked.connect(self.open_source)
        form.card.raster_page.reload_button.clicked.connect(self.open_source)
        form.card.wait_page.cancel_button.clicked.connect(self.state.cancel_opening)
        form.card.raster_page.preview_button.clicked.connect(self.state.preview)
        form.card.raster_page.zoom_button.clicked.connect(self.zoom)
        form.card.raster_page.tiles_button.toggled.connect(self._show_tiles)
        area.draw_button.toggled.connect(self._draw)
        area.map_extent_button.clicked.connect(self.use_map_extent)
        area.raster_extent_button.clicked.connect(self.use_raster_extent)
        area.extent.extentChanged.connect(self._extent_changed)
        area.level.currentIndexChanged.connect(self._level_changed)
        area.dates.changed.connect(self._dates_changed)
        area.bands.checkedItemsChanged.connect(self._bands_changed)
        area.values.changed.connect(lambda: self.state.set_values(area.values.values()))
        footer.output.changed.connect(self._output_changed)
        footer.stream_button.clicked.connect(self.stream)
        footer.cancel_button.clicked.connect(self.state.cancel_stream)
        footer.live_button.clicked.connect(lambda: self.state.make_live_layer())
        footer.convert_button.clicked.connect(self.convert)
        footer.help_button.clicked.connect(lambda: show_help())
        self.tool.changed.connect(lambda box: self.state.preview_area(box, self._map_crs()))
        self.tool.drawn.connect(lambda box: self.set_extent(box, self._map_crs()))
        self.tool.ended.connect(self._drawing_ended)

    def _connect_state(self) -> None:
        state = self.state
        state.opening.connect(self.form.card.show_wait)
        state.opened.connect(self._opened)
        state.not_opened.connect(self._not_opened)
        state.previewing.connect(self._previewing)
        state.previewed.connect(self._previewed)
        state.planned.connect(self._planned)
        state.streaming.connect(self._streaming)
        state.progressed.connect(self._progressed)
        state.streamed.connect(self._streamed)
        state.layer_made.connect(self._layer_made)

    # ---------------------------------------------------------------- a raster

    def open_source(self) -> None:
        """Open the raster that is entered, or let the user choose one of a collection."""
        if self.form.source.is_collection:
            self.form.source.choose_raster()  # opens it
            return
        uri = LayerUri.parse(self.form.source.uri()).whole
        if uri.name:
            self._messages.close_error()
            self._close_raster()
            self.state.open(uri)

    def _source_changed(self) -> None:
        """Open a source at once if it was chosen from the list or in the file dialog, not typed."""
        if not self.form.source.combo.lineEdit().isModified():
            self.open_source()

    def _opened(self, task: OpenHeaderTask) -> None:
        raster, crs, uri = self.state.raster, self.state.crs, task.uri
        add_recent_source(uri.text())
        self.form.card.show_raster(uri.title, redact(uri.name))
        self.form.card.raster_page.offer_preview(strings.preview_text(self.state.preview_size))
        self.form.properties.show_properties(strings.raster_properties(raster, crs))
        self._fill(raster, crs)
        self.form.show_raster(True)
        self.items.set_raster(raster, crs)
        self.history.set_raster(task.opened)
        self.state.plan()
        if not QgsProject.instance().mapLayers():
            show_map(self._canvas)
            self._use_crs(crs)
            self.zoom()

    def _previewing(self, done: int, total: int) -> None:
        text = strings.progress_text(done, total, 0)
        self.form.card.raster_page.show_progress(done, total, text)

    def _previewed(self, task: PreviewTask) -> None:
        page = self.form.card.raster_page
        if task.image.isNull():
            page.offer_preview(strings.preview_text(self.state.preview_size))
        else:
            page.show_preview(task.image)
            self.items.set_preview(task.image, task.extent)

    def _use_crs(self, crs: QgsCoordinateReferenceSystem) -> None:
        """Give an empty project the CRS of the raster, as QGIS does with its first layer."""
        project = QgsProject.instance()
        if crs.isValid() and not project.fileName() and not project.isDirty():
            project.setCrs(crs)
            project.setDirty(False)

    def _not_opened(self, error: FlacRasterError | None) -> None:
        name = redact(self.state.uri.name) if self.state.uri else ""
        if error is None:
            self.form.card.show_message(tr("Opening was cancelled."))
        else:
            self.form.card.show_message(error_text(error))
            buttons = remedies(error, self.state.uri, self.form.source.set_uri)
            self._messages.error(tr("The raster was not opened"), error, name, buttons)

    def _close_raster(self) -> None:
        self.tool.stop()
        self.history.set_raster(None)
        self.state.close_raster()
        self.items.set_raster(None, QgsCoordinateReferenceSystem())
        self.form.show_raster(False)

    def _fill(self, raster, crs: QgsCoordinateReferenceSystem) -> None:
        """Fill in the levels and bands of a raster, and clear the area."""
        area = self.form.area
        blockers = [QSignalBlocker(widget) for widget in (area.level, area.bands, area.extent)]
        blockers.append(QSignalBlocker(area.values))
        levels = range(len(raster.levels))
        area.set_levels(strings.level_text(raster, number, crs) for number in levels)
        area.set_dates(dates_of(raster.metadata))
        self.state.set_time(area.dates.time())
        self._list_bands(raster)
        area.values.clear()
        area.extent.setOutputCrs(self._map_crs())
        area.extent.clear()  # in this order: setting the CRS fills in the line
        self._show_start_of_extent()
        for blocker in blockers:
            blocker.unblock()
        self._output_changed()

    def zoom(self) -> None:
        """Zoom the map to the raster."""
        extent = self.items.extent()
        if not extent.isEmpty():
            extent.scale(1.05)
            self._canvas.setExtent(extent)
            self._canvas.refresh()

    def _show_tiles(self, visible: bool) -> None:
        settings.set_flag("tiles", visible)
        self.items.set_visible(visible)

    def show_on_map(self, visible: bool) -> None:
        """Show or hide outline, tiles and area on the map; hidden if the user switched them off."""
        self.items.set_visible(visible and self.form.card.raster_page.tiles_button.isChecked())
        self.history.set_visible(visible)

    # ---------------------------------------------------------------- an area of it

    def _map_crs(self) -> QgsCoordinateReferenceSystem:
        return self._canvas.mapSettings().destinationCrs()

    def _draw(self, is_active: bool) -> None:
        self.items.set_drawing(is_active)
        if is_active:
            show_map(self._canvas)
            self.tool.start()
        else:
            self.tool.stop()

    def _drawing_ended(self) -> None:
        with QSignalBlocker(self.form.area.draw_button):
            self.form.area.draw_button.setChecked(False)
        self.items.set_drawing(False)
        self.state.plan()

    def use_map_extent(self) -> None:
        """Use the current map extent as the area."""
        self.set_extent(self._canvas.extent(), self._map_crs())

    def use_raster_extent(self) -> None:
        """Use the extent of the raster as the area."""
        raster = self.state.raster
        if raster is not None:
            xmin, ymin, xmax, ymax = raster.metadata.bounds
            ys = sorted(drawn_y(y, raster.metadata) for y in (ymin, ymax))
            self.set_extent(QgsRectangle(xmin, ys[0], xmax, ys[1]), self.state.crs)

    def set_extent(self, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
        """Use an extent as the area."""
        widget = self.form.area.extent
        with QSignalBlocker(widget):
            widget.setOutputCrs(crs)
            widget.setOutputExtentFromUser(extent, crs)
        self._show_start_of_extent()
        self.state.set_area(extent, crs)

    def _show_start_of_extent(self) -> None:
        for line in self.form.area.extent.findChildren(QLineEdit):
            line.setCursorPosition(0)

    def _extent_changed(self, extent: QgsRectangle) -> None:
        widget = self.form.area.extent
        # a copy: since QGIS 3.40, arguments of signals are deleted when the slot returns
        area = QgsRectangle(extent) if widget.isValid() else None
        self.state.set_area(area, widget.outputCrs())

    def _level_changed(self, index: int) -> None:
        if index >= 0 and self.state.raster is not None:
            level = self.form.area.level.itemData(index)
            self.items.set_level(level)
            self.state.set_level(level)

    def _dates_changed(self) -> None:
        raster = self.state.raster
        if raster is not None:
            self.state.set_time(self.form.area.dates.time())
            with QSignalBlocker(self.form.area.bands):
                self._list_bands(raster)

    def _list_bands(self, raster: FlacRaster) -> None:
        """List the bands of the dates that are chosen."""
        numbers = self.state.chosen_bands or range(1, raster.metadata.count + 1)
        texts = {number: strings.band_text(raster, number) for number in numbers}
        self.form.area.set_bands(strings.all_bands_text(raster, numbers), texts)

    def _bands_changed(self) -> None:
        chosen = sorted(map(int, self.form.area.bands.checkedItemsData()))  # the data are texts
        self.state.set_bands(tuple(chosen) or None)

    def _planned(self, answer: FilteredPlan | FlacRasterError | None) -> None:
        footer = self.form.footer
        found = answer if isinstance(answer, FilteredPlan) else None
        plan = found and found.plan
        self.items.set_plan(plan, found.places if found else ())
        self._show_values(found and found.area)
        footer.plan_label.setToolTip("")
        footer.result.setText("")
        if found is not None and plan is not None:
            footer.plan_label.setText(strings.plan_text(plan))
            is_live = footer.output.kind() == LIVE
            text = strings.live_text(plan) if is_live else strings.result_text(plan)
            footer.result.setText(strings.filter_text(found) + text)
        elif found is not None:
            footer.plan_label.setText(tr("No tile of the area has such values."))
        elif answer is None:
            footer.plan_label.setText(tr("Draw a box on the map to see what it would download."))
        else:
            if answer is self.state.bands_of_time:
                text = error_text(answer)
            elif isinstance(answer, DisjointArea):
                text = tr("The box reaches over both ends of the raster. Draw a box on each side.")
            else:
                text = tr("The area contains no pixels of the raster.")
            footer.plan_label.setText(text)
            footer.plan_label.setToolTip(literal_text(error_text(answer)))
        self._enable_stream()

    def _show_values(self, area: AreaPlan | None) -> None:
        """Show the values of the area, or of all of the raster, in the bands that are chosen."""
        raster, bands = self.state.raster, self.state.chosen_bands
        if raster is not None:
            is_known = raster.head.statistics is not None
            is_known = is_known and scale_and_offset(raster, bands) is not None
            limits = strings.value_limits(raster, bands, area)
            self.form.area.values.show_values(limits, is_known=is_known)

    def _output_changed(self) -> None:
        output, area = self.form.footer.output, self.form.area
        settings.set("output", output.kind())
        is_live, raster = output.kind() == LIVE, self.state.raster
        if output.kind() == FILE and output.path():
            settings.set("folder", os.path.dirname(output.path()))
        area.level.setEnabled(not is_live and raster is not None and len(raster.levels) > 1)
        area.bands.setEnabled(not is_live and raster is not None and raster.metadata.count > 1)
        self.state.plan()

    def _enable_stream(self) -> None:
        output = self.form.footer.output
        ready = output.kind() != FILE or bool(output.path())
        self.form.footer.stream_button.setEnabled(
            self.state.area_plan is not None and ready and not self.state.is_streaming
        )

    # ---------------------------------------------------------------- layers of it

    def stream(self) -> None:
        """Make a layer of the area."""
        plan, output = self.state.area_plan, self.form.footer.output
        if plan is None or self.state.is_streaming:
            return
        if output.kind() == LIVE:
            self.state.make_live_layer(plan)
        elif output.kind() == TEMPORARY:
            self.state.stream(plan, "")
        elif may_replace(self.form, output.path()):
            self.state.stream(plan, output.path())

    def _streaming(self) -> None:
        footer = self.form.footer
        footer.progress.setValue(0)
        footer.progress.setFormat(tr("Starting…"))
        footer.set_running(True)
        self._enable_stream()

    def _progressed(self, done: int, total: int, fraction: float) -> None:
        self.form.footer.progress.setValue(round(1000 * fraction))
        self.form.footer.progress.setFormat(strings.progress_text(done, total, fraction))

    def _streamed(self, task: StreamTask) -> None:
        self.form.footer.set_running(False)
        self._enable_stream()
        if task.error is not None:
            source = redact(task.plan.name)
            self._messages.error(tr("The area was not streamed"), task.error, source)
        elif task.layer is not None and task.wanted_as_layer:
            self._add(task.layer)
            self._messages.success(task.name, strings.plan_text(task.plan))
        elif task.layer is not None:
            self._messages.success(
                task.name,
                tr("{path} is complete, but its project was closed.").format(path=task.path),
            )
        if task.warnings:
            self._messages.warning(task.name, task.warnings)

    def _layer_made(self, task: LayerTask) -> None:
        if task.layer is not None:
            self._add(task.layer)
        elif task.error is not None:
            source = redact(task.uri.name)
            self._messages.error(tr("The layer was not added"), task.error, source)

    def _add(self, layer) -> None:
        self._messages.close_error()
        QgsProject.instance().addMapLayer(layer)
        self._iface.setActiveLayer(layer)

    def convert(self) -> None:
        """Open the conversion tool for the active layer, else for the open raster."""
        opened = self.state.uri if self.state.raster is not None else None
        open_tool("convert", self._iface.activeLayer(), opened)
