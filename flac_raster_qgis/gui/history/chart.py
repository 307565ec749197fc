"""A chart of values over time, in the colors of the desktop."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ...core.formatting import localized
from ...core.translation import tr
from ...engine.errors import printable
from .axes import Mark, number_marks, time_marks
from .frame import Frame, runs, thinned
from .series import Line, Place

#: Colors of places, in their order; they can be told from light and dark backgrounds.
COLORS = ("#2f8fd8", "#e67e10", "#3f9f45", "#c94f8c", "#8e6bd8", "#1a9a9a")
_STYLES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
#: Lines with so many pixels for each value have dots at the values.
_DOT_ROOM = 6
#: Difference of lightness between texts and background, of 1.
_LEAST_CONTRAST = 0.4
#: Room of an axis in pixels, beside its texts.
_GAP, _MARK = 4, 4


class HistoryChart(QWidget):
    """Draws places; the mouse and the arrow keys move a cursor over their dates.

    Each unit has a vertical axis of its own, one below the other.
    """

    #: The cursor is at another position, or None.
    moved = pyqtSignal(object)
    #: The user wants the values as text.
    copied = pyqtSignal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Pixel history"))
        self.setToolTip(
            tr("Values through time. Arrow keys move from date to date; Ctrl+C copies all values.")
        )
        self.places: Sequence[Place] = ()
        #: All positions of the horizontal axis.
        self._positions: list[float] = []
        #: Lowest and highest value by unit.
        self._limits: dict[str, tuple[float, float]] = {}
        #: All but the cursor, which moves often.
        self._picture: QPixmap | None = None
        #: Where the cursor is, in days or numbers of bands; None if nowhere.
        self.cursor_at: float | None = None
        self.setMinimumHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Return twelve lines of text by forty characters; eight lines for each of many units."""
        metrics = self.fontMetrics()
        lines = max(12, 8 * len(self._limits))
        return QSize(40 * metrics.averageCharWidth(), lines * metrics.height())

    def set_places(self, places: Sequence[Place]) -> None:
        """Draw places, with the values that they have by now."""
        self.places = places
        lines = [line for place in places for line in place.lines]
        self._positions = sorted({position for line in lines for position in line.positions})
        values: dict[str, list[float]] = {line.unit: [] for line in lines}
        for place in places:
            for line in place.lines:
                values[line.unit] += place.numbers(line)
        self._limits = {
            unit: (min(found), max(found)) if found else (0.0, 1.0)
            for unit, found in values.items()
        }
        self.setMinimumHeight(self.sizeHint().height())
        if self.cursor_at not in self._positions:
            self.set_cursor(None)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in other colors or another font."""
        self._redraw()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        self._redraw()
        super().resizeEvent(event)

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    # ---------------------------------------------------------------- the cursor

    def set_cursor(self, position: float | None) -> None:
        """Move the cursor."""
        if position != self.cursor_at:
            self.cursor_at = position
            self.update()
            self.moved.emit(position)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the cursor to the nearest date."""
        for frame in self._frames()[:1]:  # all have the same dates
            part = (event.pos().x() - frame.area.left()) / frame.area.width()
            place = frame.first + part * (frame.last - frame.first)
            number = bisect_left(self._positions, place)
            near = self._positions[max(number - 1, 0) : number + 1]
            self.set_cursor(min(near, key=lambda position: abs(position - place)))

    def leaveEvent(self, event: QEvent) -> None:
        """Remove the cursor, unless the keyboard moves it."""
        if not self.hasFocus():
            self.set_cursor(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the cursor."""
        self.set_cursor(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, or copy."""
        positions = self._positions
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
            return
        keys = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
        if event.key() not in keys or not positions:
            super().keyPressEvent(event)
            return
        last = len(positions) - 1
        if event.key() == Qt.Key.Key_Home or self.cursor_at is None:
            number = 0 if event.key() != Qt.Key.Key_End else last
        elif event.key() == Qt.Key.Key_End:
            number = last
        else:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            number = bisect_left(positions, self.cursor_at) + step
        self.set_cursor(positions[min(max(number, 0), last)])

    # ---------------------------------------------------------------- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, lines and cursor."""
        frames = self._frames()
        if self._picture is None:
            self._picture = self._drawn(frames)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for frame in frames:
            self._draw_cursor(painter, frame)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _drawn(self, frames: list[Frame]) -> QPixmap:
        """Return axes and lines as a picture, as sharp as the screen."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self.palette().color(QPalette.ColorRole.Base))
        painter = QPainter(picture)
        painter.setFont(self.font())
        for frame in frames:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._draw_axes(painter, frame, frame is frames[-1])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_places(painter, frame)
        painter.end()
        return picture

    def _draw_places(self, painter: QPainter, frame: Frame) -> None:
        painter.setClipRect(frame.area.adjusted(-3, -3, 3, 3))
        for place in self.places:
            color = QColor(COLORS[(place.number - 1) % len(COLORS)])
            lines = frame.lines(place)
            for line, style in zip(lines, _cycle(len(lines))):
                _draw_line(painter, frame, place, line, QPen(color, 1.6, style))
        painter.setClipping(False)
        for place in self.places if len(self.places) > 1 else ():
            _draw_number(painter, frame, place)

    def _frames(self) -> list[Frame]:
        """Return where the values of each unit are drawn; nothing if there are none yet."""
        positions, metrics = self._positions, self.fontMetrics()
        if not positions:
            return []
        limits = {unit: _widened(*found) for unit, found in self._limits.items()}
        right, bottom = metrics.averageCharWidth() * 2, metrics.height() + _MARK + _GAP
        room = (self.height() - bottom) / len(limits)
        texts = [mark.text for each in limits.values() for mark in self._value_marks(*each)]
        left = max(map(metrics.horizontalAdvance, map(localized, texts)), default=0)
        left += _MARK + 2 * _GAP
        frames = []
        for number, (unit, (low, high)) in enumerate(limits.items()):
            top = (metrics.height() if unit else metrics.height() // 2) + _GAP
            size = (self.width() - left - right, room - top)
            area = QRectF(left, number * room + top, *size)
            frames.append(Frame(unit, area, positions[0], positions[-1], low, high))
        return frames

    def _value_marks(self, low: float, high: float) -> list[Mark]:
        height = self.height() // max(len(self._limits), 1)
        return number_marks(low, high, max(3, height // (3 * self.fontMetrics().height())))

    def _position_marks(self, frame: Frame) -> list[Mark]:
        metrics = self.fontMetrics()
        most = max(1, int(frame.area.width() / metrics.horizontalAdvance("0000-00-00 00")))
        if any(place.has_times for place in self.places):
            marks = time_marks(frame.first, frame.last, most)
            if not marks:  # a single date, or few between two round ones
                marks = time_marks(frame.first - 1, frame.last + 1, 3)
            return [mark for mark in marks if frame.first <= mark.value <= frame.last]
        return number_marks(frame.first, frame.last, most, whole=True)

    def _ink(self) -> QColor:
        """Return the color of texts; some themes of QGIS leave it dark on a dark background."""
        palette = self.palette()
        ink, base = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
        if abs(ink.lightnessF() - base.lightnessF()) < _LEAST_CONTRAST:
            ink = QColor(Qt.GlobalColor.white if base.lightnessF() < 0.5 else Qt.GlobalColor.black)
            ink.setAlphaF(0.7)
        return QColor(ink)

    def _draw_axes(self, painter: QPainter, frame: Frame, has_dates: bool) -> None:
        area, metrics = frame.area, self.fontMetrics()
        ink = self._ink()
        faint = QColor(ink)
        faint.setAlphaF(0.15)
        height = metrics.height()
        for value, text in self._value_marks(frame.low, frame.high):
            y = round(frame.y(value)) + 0.5
            painter.setPen(faint)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(ink)
            shown = localized(text)
            _write(painter, area.left() - _MARK - _GAP - metrics.horizontalAdvance(shown), y, shown)
        end = -math.inf
        for value, text in self._position_marks(frame):
            x, width = round(frame.x(value)) + 0.5, metrics.horizontalAdvance(text)
            painter.setPen(faint)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + _MARK))
            left = min(max(x - width / 2, 0.0), self.width() - width)
            if has_dates and left > end:
                painter.setPen(ink)
                _write(painter, left, area.bottom() + _MARK + height / 2, text)
                end = left + width + metrics.averageCharWidth()
        painter.setPen(ink)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topLeft(), area.bottomLeft())
        if frame.unit:
            middle = area.top() - _GAP - height / 2
            _write(painter, _GAP, middle, printable(frame.unit))

    def _draw_cursor(self, painter: QPainter, frame: Frame) -> None:
        if self.cursor_at is None:
            return
        ink = self._ink()
        ink.setAlphaF(0.5)
        x = frame.x(self.cursor_at)
        painter.setPen(QPen(ink, 1))
        painter.drawLine(QPointF(x, frame.area.top()), QPointF(x, frame.area.bottom()))
        for place, index in self.at_cursor():
            value = place.number_at(index)
            if not math.isnan(value) and place.unit_at(index) == frame.unit:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(COLORS[(place.number - 1) % len(COLORS)]))
                painter.drawEllipse(frame.point(self.cursor_at, value), 4, 4)

    def at_cursor(self) -> Iterator[tuple[Place, int]]:
        """Yield the places that have the date of the cursor, and the index of the band."""
        for place in self.places:
            for line in place.lines:
                number = bisect_left(line.positions, self.cursor_at)
                if number < len(line.positions) and line.positions[number] == self.cursor_at:
                    yield place, line.indexes[number]


def _widened(low: float, high: float) -> tuple[float, float]:
    """Return the limits of an axis that leaves some room above and below its values."""
    margin = (high / 2 - low / 2) * 0.1 or abs(high) * 0.01 or 0.5
    return max(low - margin, -1e308), min(high + margin, 1e308)


def _cycle(count: int) -> Iterator[Qt.PenStyle]:
    return (_STYLES[number % len(_STYLES)] for number in range(count))


def _draw_line(painter: QPainter, frame: Frame, place: Place, line: Line, pen: QPen) -> None:
    """Draw the values of a line, interrupted where there is none."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    has_dots = frame.area.width() >= _DOT_ROOM * len(line.positions)
    for run in runs(frame, place, line):
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(thinned(run)))
        if has_dots or len(run) == 1:  # a value between two gaps would not be seen
            painter.setPen(QPen(pen.color(), 4.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(QPolygonF(run))


def _write(painter: QPainter, left: float, middle: float, text: str) -> None:
    """Write a text beside a point, in the middle of its height."""
    metrics = painter.fontMetrics()
    painter.drawText(QPointF(left, middle + (metrics.ascent() - metrics.descent()) / 2), text)


def _draw_number(painter: QPainter, frame: Frame, place: Place) -> None:
    """Write the number of a place beside its last value."""
    shown = sorted(index for line in frame.lines(place) for index in line.indexes)
    numbers = (place.number_at(index) for index in reversed(shown))
    last = next((value for value in numbers if not math.isnan(value)), None)
    if last is not None:
        painter.setPen(QColor(COLORS[(place.number - 1) % len(COLORS)]))
        _write(painter, frame.area.right() + 5, frame.y(last), str(place.number))
