"""Connect the panel of histories to the map and to the raster."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QSignalBlocker
from qgis.PyQt.QtWidgets import QApplication, QFileDialog

from ...core.error_text import error_text
from ...core.formatting import counted, format_size, format_value
from ...core.translation import tr
from ...engine.errors import FlacRasterError, printable
from ...engine.storage.output import atomic_write, check_output
from .chart import COLORS
from .panel import HistoryPanel
from .place_tool import Markers, PlaceTool
from .series import Place, position, table
from .task import HistoryTask

if TYPE_CHECKING:
    from ...data_provider.open_raster import OpenRaster
    from ...engine import SamplePlan


class HistoryController(QObject):
    """Keeps up to as many places of a raster as there are colors; a further one replaces the first.

    Each place has a task of its own, which is cancelled with it.
    """

    def __init__(self, canvas: QgsMapCanvas, panel: HistoryPanel):
        super().__init__(panel)
        self.panel, self._canvas = panel, canvas
        self.tool, self.markers = PlaceTool(canvas), Markers(canvas)
        self.places: list[Place] = []
        self._opened: OpenRaster | None = None
        self._tasks: dict[Place, HistoryTask] = {}
        self._waiting: HistoryTask | None = None
        panel.button.toggled.connect(self._toggle)
        panel.chart.moved.connect(self._show_values)
        panel.chart.copied.connect(self.copy)
        panel.read_button.clicked.connect(self._download)
        panel.copy_button.clicked.connect(self.copy)
        panel.save_button.clicked.connect(self._choose_file)
        panel.clear_button.clicked.connect(lambda: self.clear())
        self.tool.clicked.connect(lambda point: self.add(point, self._map_crs()))
        self.tool.ended.connect(self._tool_ended)
        self.set_raster(None)

    def close(self) -> None:
        """Cancel all tasks, and remove all from the map."""
        tasks = list(self._tasks.values())
        self.set_raster(None)
        for task in tasks:
            task.wait()
        self.markers.remove()
        self.tool.remove()

    def set_raster(self, opened: OpenRaster | None) -> None:
        """Take another raster; None for none."""
        self.tool.stop()
        self.clear()
        self._opened = opened
        metadata = None if opened is None else opened.raster.metadata
        # complex numbers have no order, and one band has no history
        is_usable = metadata is not None and metadata.count > 1
        is_usable = is_usable and not metadata.dtype.startswith("complex")
        self.panel.setVisible(is_usable)

    def set_visible(self, visible: bool) -> None:
        """Show or hide the markers; without a dock there is no tool either."""
        self.markers.set_visible(visible)
        if not visible:
            self.tool.stop()

    def _map_crs(self) -> QgsCoordinateReferenceSystem:
        return self._canvas.mapSettings().destinationCrs()

    def _toggle(self, is_active: bool) -> None:
        if is_active:
            self.tool.start()
        else:
            self.tool.stop()

    def _tool_ended(self) -> None:
        with QSignalBlocker(self.panel.button):
            self.panel.button.setChecked(False)

    # ---------------------------------------------------------------- places

    def add(self, point: QgsPointXY, crs: QgsCoordinateReferenceSystem) -> None:
        """Read the values of a place."""
        if self._opened is None:
            return
        used = {place.number for place in self.places}
        number = next((n for n in range(1, len(COLORS) + 1) if n not in used), None)
        if number is None:
            number = self.places[0].number
            self._remove(self.places[0])
        place = Place(number)
        self.places.append(place)
        self.markers.add(place, point, crs, COLORS[number - 1])
        self._start(place, HistoryTask(self._opened, point, crs))

    def _start(self, place: Place, task: HistoryTask) -> None:
        self._forget_question()
        self._tasks[place] = task
        task.planned.connect(partial(self._planned, place))
        task.arrived.connect(partial(self._arrived, place))
        task.ended.connect(partial(self._ended, place))
        task.start()

    def clear(self) -> None:
        """Remove all places."""
        for place in list(self.places):
            self._remove(place)
        self.panel.show_status("")

    def _remove(self, place: Place) -> None:
        self.places.remove(place)
        self.markers.take_away(place)
        task = self._tasks.pop(place, None)
        if task is not None:
            task.detach()
            if task is self._waiting:
                self._forget_question()
        self._draw()

    def _planned(self, place: Place, plan: SamplePlan) -> None:
        if place in self.places:
            place.set_plan(plan)
            self.panel.show_status(_plan_text(place, plan))
            self._draw()

    def _arrived(self, place: Place, values: dict) -> None:
        if place in self.places:
            for index, value in values.items():
                place.values[index] = value
            self._draw()

    def _ended(self, place: Place, task: HistoryTask) -> None:
        if place not in self.places or self._tasks.get(place) is not task:
            return
        if task.is_large:
            self._waiting = task
            size = format_size(task.plan.request_bytes)
            self.panel.ask(tr("Download {size} for this place").format(size=size))
            return
        if task.is_outside or task.error is not None or task.was_cancelled:
            self._remove(place)
            outside = tr("This place lies outside the raster.") if task.is_outside else ""
            self.panel.show_status(error_text(task.error) if task.error else outside)
            return
        del self._tasks[place]
        place.is_complete = True
        self._draw()

    def _download(self) -> None:
        task = self._waiting
        place = next((each for each, own in self._tasks.items() if own is task), None)
        if task is not None and place is not None:
            self._start(place, HistoryTask(task.opened, task.point, task.crs, is_asked_for=True))

    def _forget_question(self) -> None:
        self._waiting = None
        self.panel.ask("")

    # ---------------------------------------------------------------- the chart

    def _draw(self) -> None:
        drawn = [place for place in self.places if place.bands]
        self.panel.show_chart(bool(drawn))
        self.panel.chart.set_places(drawn)
        self._show_values(self.panel.chart.cursor_at)

    def _show_values(self, at: float | None) -> None:
        """Show the values at the cursor, else how many there are."""
        chart = self.panel.chart
        if at is None:
            self.panel.text.setText("\n".join(map(_summary, chart.places)))
            return
        lines, date = [], ""
        for place, index in chart.at_cursor():
            band = place.bands[index]
            date = str(band.time) if band.time else tr("Band {number}").format(number=band.number)
            label = f" {printable(band.label)}" if band.label else ""
            value = place.values[index]
            text = "–" if value is None else format_value(value)
            unit = f" {printable(band.unit)}" if band.unit and value is not None else ""
            lines.append(f"{place.number}{label}: {text}{unit}")
        self.panel.text.setText("\n".join([date, *lines]))
        chart.setAccessibleDescription(self.panel.text.text())

    def copy(self) -> None:
        """Copy all values as text, in columns with tabs between them."""
        QApplication.clipboard().setText(table(self.panel.chart.places, "\t"))

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self.panel, tr("Save Values"), "", tr("CSV files") + " (*.csv)"
        )
        if path:
            self.save(path if os.path.splitext(path)[1] else f"{path}.csv")

    def save(self, path: str) -> None:
        """Save all values as CSV; an error is shown."""
        try:
            target = check_output(path, overwrite=True)
            with atomic_write(target) as part:
                part.write_text(table(self.panel.chart.places), encoding="utf-8")
        except FlacRasterError as error:
            self.panel.show_status(error_text(error))


def _plan_text(place: Place, plan: SamplePlan) -> str:
    """Return what a place needs, before it is read."""
    tiles = counted(len(plan.tiles), tr("one tile"), tr("{count} tiles"))
    if plan.is_local or not plan.requests:
        text = tr("Place {number}: {tiles}, {size}")
        return text.format(number=place.number, tiles=tiles, size=format_size(plan.tile_bytes))
    return tr("Place {number}: {tiles}, {size} in {requests}").format(
        number=place.number,
        tiles=tiles,
        size=format_size(plan.request_bytes),
        requests=counted(len(plan.requests), tr("one request"), tr("{count} requests")),
    )


def _summary(place: Place) -> str:
    """Return how many values a place has, and from when to when."""
    count = sum(value is not None for value in place.values)
    values = counted(count, tr("one value"), tr("{count} values"))
    if not place.is_complete:
        values = tr("{count} of {all} so far").format(count=count, all=len(place.values))
    if not place.has_times:
        return f"{place.number}: {values}"
    first, last = (end(place.bands, key=position) for end in (min, max))
    dates = tr("{first} to {last}").format(first=first.time, last=last.time)
    return f"{place.number}: {values}, {dates}"
