"""The preview of a raster on the map, above all layers and below all outlines."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QImage, QPainter, QPolygonF, QTransform
from qgis.PyQt.QtWidgets import QStyleOptionGraphicsItem, QWidget

#: Cells per direction in which an image is transformed to another CRS.
_CELLS = 24
#: Below rubber bands, above the map.
_Z = -5.0


class MapPreview(QgsMapCanvasItem):
    """Draws an image at its place, transformed to the CRS of the map."""

    def __init__(self, canvas: QgsMapCanvas):
        super().__init__(canvas)
        self._canvas = canvas
        self._source = QImage(), QgsRectangle(), QgsCoordinateReferenceSystem()
        #: Image in the CRS of the map, and its extent.
        self.image, self.extent = QImage(), QgsRectangle()
        self.setZValue(_Z)
        self.hide()

    def set_image(
        self, image: QImage, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem
    ) -> None:
        """Show another image, or none if it is empty."""
        self._source = image, QgsRectangle(extent), crs
        self.transform()

    def transform(self) -> None:
        """Transform the image to the CRS of the map."""
        self.prepareGeometryChange()
        target = self._canvas.mapSettings().destinationCrs()
        self.image, self.extent, crs = self._source
        if not self.image.isNull() and crs.isValid() and target.isValid() and crs != target:
            transform = QgsCoordinateTransform(crs, target, QgsProject.instance())
            self.image, self.extent = transformed(self.image, self.extent, transform)
        self.update()

    def remove(self) -> None:
        """Remove the item from the canvas."""
        self._canvas.scene().removeItem(self)

    def _corners(self) -> QPolygonF:
        box = self.extent
        xs, ys = (box.xMinimum(), box.xMaximum()), (box.yMaximum(), box.yMinimum())
        corners = (xs[0], ys[0]), (xs[1], ys[0]), (xs[1], ys[1]), (xs[0], ys[1])
        return QPolygonF([self.toCanvasCoordinates(QgsPointXY(*corner)) for corner in corners])

    def boundingRect(self) -> QRectF:
        """Return where it is drawn."""
        return QRectF() if self.image.isNull() else self._corners().boundingRect()

    def updatePosition(self) -> None:
        """Follow the map; called by QGIS."""
        self.prepareGeometryChange()
        self.update()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem | None = None,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the image; called by Qt."""
        if self.image.isNull():
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = _quad_to_quad(_quad(QRectF(self.image.rect())), self._corners())
        if place is not None:
            painter.setTransform(place, True)
            painter.drawImage(QPointF(0, 0), self.image)
        painter.restore()


def transformed(
    image: QImage, extent: QgsRectangle, transform: QgsCoordinateTransform
) -> tuple[QImage, QgsRectangle]:
    """Return an image in another CRS and its extent; empty if that is impossible.

    Cells of the image become quadrilaterals. Those with corners that cannot be transformed are left
    out.
    """
    cells = list(_cells(image, extent, transform))
    points = [point for _, corners in cells for point in corners]
    box = QPolygonF(points).boundingRect()
    if not cells or box.isEmpty():
        return QImage(), QgsRectangle()
    scale = max(image.width(), image.height()) / max(box.width(), box.height())
    size = max(1, round(box.width() * scale)), max(1, round(box.height() * scale))
    result = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    result.fill(Qt.GlobalColor.transparent)
    to_pixel = QTransform.fromScale(size[0] / box.width(), -size[1] / box.height())
    to_pixel = QTransform.fromTranslate(-box.left(), -box.bottom()) * to_pixel
    painter = QPainter(result)
    for part, corners in cells:
        place = _quad_to_quad(_quad(part), to_pixel.map(QPolygonF(corners)))
        if place is not None:
            painter.setTransform(place)
            painter.drawImage(part, image, part)
    painter.end()
    return result, QgsRectangle(box.left(), box.top(), box.right(), box.bottom())


def _cells(
    image: QImage, extent: QgsRectangle, transform: QgsCoordinateTransform
) -> Iterator[tuple[QRectF, list[QPointF]]]:
    """Yield parts of an image, and their corners on the map."""
    corners: dict[tuple[int, int], QPointF] = {}
    for column in range(_CELLS + 1):
        for row in range(_CELLS + 1):
            x = extent.xMinimum() + column * extent.width() / _CELLS
            y = extent.yMaximum() - row * extent.height() / _CELLS
            try:
                point = transform.transform(x, y)
            except QgsCsException:
                continue
            corners[column, row] = QPointF(point.x(), point.y())
    width, height = image.width() / _CELLS, image.height() / _CELLS
    for column in range(_CELLS):
        for row in range(_CELLS):
            ring = (column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)
            if all(corner in corners for corner in ring):
                part = QRectF(column * width, row * height, width, height)
                yield part, [corners[corner] for corner in ring]


def _quad(box: QRectF) -> QPolygonF:
    return QPolygonF([box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()])


def _quad_to_quad(source: QPolygonF, target: QPolygonF) -> QTransform | None:
    """Return the transform that maps corners to corners; None if there is none."""
    place = QTransform()
    return place if QTransform.quadToQuad(source, target, place) else None
