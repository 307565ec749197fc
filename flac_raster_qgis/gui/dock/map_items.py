"""What the map shows of a raster: its preview, outline and tiles, and those that an area needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QImage
from qgis.PyQt.QtWidgets import QStackedWidget

from ...core.extents import drawn_y
from ...core.layer_uri import LayerUri
from ...data_provider.background_open import is_flac_layer
from ...engine.model.grid import Level, Window
from ...engine.model.transform import pixel_to_map
from ...engine.operations import AreaPlan
from ...engine.reading.flac_raster import FlacRaster
from .map_preview import MapPreview

if hasattr(Qgis, "GeometryType"):
    _LINES, _AREAS = Qgis.GeometryType.Line, Qgis.GeometryType.Polygon
else:
    _LINES = QgsWkbTypes.GeometryType.LineGeometry
    _AREAS = QgsWkbTypes.GeometryType.PolygonGeometry

#: Grid lines per direction; with more, only every second, fourth, ... line is drawn.
_MAX_LINES = 64
#: Tiles that are outlined one by one.
_MAX_PLACES = 1000
#: Points inserted into each line, which may be a curve in the CRS of the map.
_POINTS = 15


@dataclass(frozen=True)
class ItemStyle:
    """Colors with opacity, and the width of lines in pixels."""

    lines: bool
    color: tuple[int, int, int, int]
    fill: tuple[int, int, int, int] = (0, 0, 0, 0)
    halo: int = 0
    width: int = 1
    dashed: bool = False


# the plugin's colors; the white halo makes lines visible on any map
FOOTPRINT = ItemStyle(False, (20, 110, 110, 255), halo=170, width=2)
GRID = ItemStyle(True, (20, 110, 110, 110))
TILES = ItemStyle(False, (230, 126, 16, 160), (243, 156, 18, 32))
RESULT = ItemStyle(False, (211, 84, 0, 255), halo=200, width=2)
BOX = ItemStyle(False, (211, 84, 0, 255), (243, 156, 18, 32), halo=200, width=1, dashed=True)


class MapItem:
    """A rubber band with a style."""

    def __init__(self, canvas: QgsMapCanvas, style: ItemStyle):
        self._canvas = canvas
        self._kind = _LINES if style.lines else _AREAS
        self._band = QgsRubberBand(canvas, self._kind)
        self._band.setStrokeColor(QColor(*style.color))
        self._band.setFillColor(QColor(*style.fill))
        self._band.setSecondaryStrokeColor(QColor(255, 255, 255, style.halo))
        self._band.setWidth(style.width)
        if style.dashed:
            self._band.setLineStyle(Qt.PenStyle.DashLine)

    def show(self, geometry: QgsGeometry) -> None:
        """Draw a geometry in the CRS of the map."""
        self._band.setToGeometry(geometry, None)

    def clear(self) -> None:
        """Remove the geometry."""
        self._band.reset(self._kind)

    @property
    def geometry(self) -> QgsGeometry:
        """Geometry that is drawn."""
        return self._band.asGeometry()

    def remove(self) -> None:
        """Remove the item from the canvas."""
        self.clear()
        self._canvas.scene().removeItem(self._band)


class MapItems:
    """All items of one raster, drawn in the current CRS of the map."""

    def __init__(self, canvas: QgsMapCanvas):
        self._canvas = canvas
        self.preview = MapPreview(canvas)
        self.grid = MapItem(canvas, GRID)
        self.footprint = MapItem(canvas, FOOTPRINT)
        self.tiles = MapItem(canvas, TILES)
        self.result = MapItem(canvas, RESULT)
        self._raster: FlacRaster | None = None
        self._crs = QgsCoordinateReferenceSystem()
        self._level = 0
        self._plan: AreaPlan | None = None
        self._places: Collection[tuple[int, int]] = ()
        self._visible = True
        self._is_drawing = False
        self._all = (self.grid, self.footprint, self.tiles, self.result)
        canvas.destinationCrsChanged.connect(self.redraw)
        canvas.destinationCrsChanged.connect(self.preview.transform)
        canvas.layersChanged.connect(self._show_preview)

    def set_raster(self, raster: FlacRaster | None, crs: QgsCoordinateReferenceSystem) -> None:
        """Show another raster, or None."""
        self._raster, self._crs, self._level, self._plan = raster, crs, 0, None
        self.set_preview(QImage(), QgsRectangle())
        self.redraw()

    def set_preview(self, image: QImage, extent: QgsRectangle) -> None:
        """Show the preview of the raster at an extent in its CRS; see `_show_preview`."""
        self.preview.set_image(image, extent, self._crs)
        self._show_preview()

    def set_drawing(self, is_drawing: bool) -> None:
        """Note that a box is drawn, for which the preview is shown."""
        self._is_drawing = is_drawing
        self._show_preview()

    def set_level(self, level: int) -> None:
        """Show the tiles of another level."""
        self._level, self._plan = level, None
        self.redraw()

    def set_plan(self, plan: AreaPlan | None, places: Collection[tuple[int, int]] = ()) -> None:
        """Show the tiles to download and the area, extended to whole pixels.

        Of tiles with the values looked for, the rows and columns are given; only they are shown.
        """
        self._plan, self._places = plan, places
        self._draw_plan()

    def set_visible(self, visible: bool) -> None:
        """Show or hide all items."""
        self._visible = visible
        self.redraw()

    def extent(self) -> QgsRectangle:
        """Return the extent of the raster in the CRS of the map; empty without a raster."""
        if self._raster is None:
            return QgsRectangle()
        return self._on_map(_outline(self._raster, self._raster.levels[0].window, 0)).boundingBox()

    def _show_preview(self) -> None:
        """Show the preview, which would hide layers, only if there are none or a box is drawn.

        Not above a layer of the same raster either, which shows more.
        """
        layers = self._canvas.layers()
        is_wanted = not layers or (self._is_drawing and not any(map(self._is_ours, layers)))
        self.preview.setVisible(is_wanted and self._visible)

    def _is_ours(self, layer: QgsMapLayer) -> bool:
        name = None if self._raster is None else self._raster.name
        return is_flac_layer(layer) and LayerUri.parse(layer.source()).name == name

    def redraw(self) -> None:
        """Draw all items again, after a change of raster, level or map CRS."""
        self._show_preview()
        raster = self._raster
        if raster is None or not self._visible:
            for item in self._all:
                item.clear()
            return
        level = raster.levels[self._level]
        self.footprint.show(self._on_map(_outline(raster, raster.levels[0].window, 0)))
        self.grid.show(self._on_map(_grid(raster, level)))
        self._draw_plan()

    def remove(self) -> None:
        """Remove all items from the canvas."""
        self._canvas.destinationCrsChanged.disconnect(self.redraw)
        self._canvas.destinationCrsChanged.disconnect(self.preview.transform)
        self._canvas.layersChanged.disconnect(self._show_preview)
        self.preview.remove()
        for item in self._all:
            item.remove()

    def _draw_plan(self) -> None:
        raster, plan = self._raster, self._plan
        if raster is None or plan is None or not self._visible:
            self.tiles.clear()
            self.result.clear()
            return
        if 0 < len(self._places) <= _MAX_PLACES:
            level = raster.levels[plan.level]
            windows = [level.tile_window(*place) for place in self._places]
            outlines = [_outline(raster, window, plan.level)[0] for window in windows]
            self.tiles.show(self._on_map(outlines))
        elif plan.bytes_to_read:
            self.tiles.show(self._on_map(self._outlines(raster, plan.with_whole_tiles())))
        else:  # cached tiles are already visible in the live layer
            self.tiles.clear()
        self.result.show(self._on_map(self._outlines(raster, plan)))

    def _outlines(self, raster: FlacRaster, plan: AreaPlan) -> list[QgsGeometry]:
        """Return the parts of an area, shifted by full turns where longitudes wrap around."""
        outlines = []
        for part in plan.parts:
            (outline,) = _outline(raster, part.window, plan.level)
            if not self._is_transformed():
                outline.translate(part.shift, 0)
            outlines.append(outline)
        return outlines

    def _is_transformed(self) -> bool:
        target = self._canvas.mapSettings().destinationCrs()
        return self._crs.isValid() and target.isValid() and self._crs != target

    def _on_map(self, parts: list[QgsGeometry]) -> QgsGeometry:
        """Collect geometries in the CRS of the map, without those that cannot be transformed."""
        if self._is_transformed():
            target = self._canvas.mapSettings().destinationCrs()
            transform = QgsCoordinateTransform(self._crs, target, QgsProject.instance())
            parts = list(_transformed(parts, transform))
        return QgsGeometry.collectGeometry(parts)


def show_map(canvas: QgsMapCanvas) -> None:
    """Bring the map to the front if QGIS shows its welcome page instead."""
    widget, parent = canvas, canvas.parentWidget()
    while parent is not None:
        if isinstance(parent, QStackedWidget):
            parent.setCurrentWidget(widget)
        widget, parent = parent, parent.parentWidget()


def _transformed(
    parts: list[QgsGeometry], transform: QgsCoordinateTransform
) -> Iterator[QgsGeometry]:
    for part in parts:
        curved = part.densifyByCount(_POINTS)
        try:
            done = curved.transform(transform)
        except QgsCsException:
            continue
        if done == Qgis.GeometryOperationResult.Success:
            yield curved


def _outline(raster: FlacRaster, window: Window, level: int) -> list[QgsGeometry]:
    """Return a window of a level as a polygon in the CRS of the raster."""
    left, top, width, height = window
    right, bottom = left + width, top + height
    corners = (left, top), (right, top), (right, bottom), (left, bottom), (left, top)
    ring = [_map_point(raster, level, *corner) for corner in corners]
    return [QgsGeometry.fromPolygonXY([ring])]


def _grid(raster: FlacRaster, level: Level) -> list[QgsGeometry]:
    """Return the lines between the tiles of a level; only some if there are too many."""
    columns = _edges(level.width, level.tile_size)
    rows = _edges(level.height, level.tile_size)
    lines = [((column, 0), (column, level.height)) for column in columns]
    lines += [((0, row), (level.width, row)) for row in rows]
    return [
        QgsGeometry.fromPolylineXY([_map_point(raster, level.number, *end) for end in line])
        for line in lines
    ]


def _edges(size: int, tile_size: int) -> range:
    step = tile_size
    while size / step > _MAX_LINES:
        step *= 2
    return range(step, size, step)


def _map_point(raster: FlacRaster, level: int, column: float, row: float) -> QgsPointXY:
    """Return the map position of a pixel corner, clipped to the raster."""
    factor = 2**level
    column = min(column * factor, raster.metadata.width)
    row = min(row * factor, raster.metadata.height)
    x, y = pixel_to_map(raster.metadata.transform, column, row)
    return QgsPointXY(x, drawn_y(y, raster.metadata))
