"""What scripts that run inside the desktop share: waiting, mouse and keys, pictures, stalls."""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from contextlib import contextmanager
from pathlib import Path

from qgis.core import QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLabel
from qgis.utils import iface, plugins

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PICTURES = Path(os.environ["DESKTOP_PICTURES"])
OUTCOME = Path(os.environ["DESKTOP_OUTCOME"])
#: What the test hands over.
GIVEN = json.loads(os.environ.get("DESKTOP_GIVEN", "{}"))


def run(story) -> None:
    """Call a story once QGIS is there, write what it returns or raises, and end QGIS."""

    def begin() -> None:
        outcome = {}
        try:
            iface.mainWindow().resize(1400, 900)
            QTest.qWait(200)
            outcome["found"] = story()
        except BaseException:
            outcome["error"] = traceback.format_exc()
            picture("failed")
        QgsProject.instance().clear()
        QTest.qWait(100)
        OUTCOME.write_text(json.dumps(outcome), encoding="utf-8")
        iface.actionExit().trigger()

    QTimer.singleShot(500, begin)


def plugin():
    return plugins["flac_raster_qgis"]


def controller():
    return plugin().dock.dock.controller


def until(condition, seconds: float = 15.0):
    """Let QGIS work until something is so; return what it was."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s: {condition}")
        QTest.qWait(10)


def server(state: str) -> None:
    """Have the test stop its server, "down", or start it, "up"."""
    control = Path(GIVEN["control"])
    control.write_text(state)
    until(lambda: control.read_text() == f"{state} done")


def picture(name: str) -> None:
    """Take a picture of QGIS's window."""
    canvas = iface.mapCanvas()
    until(lambda: not canvas.isDrawing())
    QTest.qWait(150)
    PICTURES.mkdir(parents=True, exist_ok=True)
    iface.mainWindow().grab().save(str(PICTURES / f"{name}.png"))


def screen(name: str) -> None:
    """Take a picture of all that is on the screen, with menus and dialogs."""
    QTest.qWait(100)
    PICTURES.mkdir(parents=True, exist_ok=True)
    QApplication.primaryScreen().grabWindow(0).save(str(PICTURES / f"{name}.png"))


def click(widget) -> None:
    """Click on the middle of a widget that a user can see."""
    if not widget.isVisible() or not widget.isEnabled():
        raise AssertionError(f"{widget} cannot be clicked")
    QTest.mouseClick(widget, LEFT, NO_KEY, QPoint(widget.width() // 2, widget.height() // 2))


def write(line, text: str) -> None:
    """Replace the text of a line edit and press Return."""
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def on_screen(x: float, y: float) -> QPoint:
    """Where a place of the map is on the canvas."""
    place = iface.mapCanvas().getCoordinateTransform().transform(QgsPointXY(x, y))
    return QPoint(round(place.x()), round(place.y()))


def press(at: QPoint) -> None:
    QTest.mousePress(iface.mapCanvas().viewport(), LEFT, NO_KEY, at)


def move(to: QPoint) -> None:
    """Move the mouse with its button pressed; QTest would move it with the button up."""
    viewport = iface.mapCanvas().viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(to), QPointF(viewport.mapToGlobal(to)), LEFT, LEFT, NO_KEY
    )
    QApplication.sendEvent(viewport, event)
    QTest.qWait(5)


def release(at: QPoint) -> None:
    QTest.mouseRelease(iface.mapCanvas().viewport(), LEFT, NO_KEY, at)


def drag(start: QPoint, end: QPoint, steps: int = 8) -> None:
    """Press at one place, move, release at another."""
    press(start)
    for step in range(1, steps + 1):
        move(start + (end - start) * step / steps)
    release(end)


def messages() -> list[str]:
    """Texts in the message bar, the newest first."""
    bar = iface.messageBar()
    items = [bar.currentItem()] if bar.currentItem() else []
    texts = [f"{item.title()}: {item.text()}" for item in items]
    return texts + [label.text() for label in bar.findChildren(QLabel) if label.text().isdigit()]


class Stalls:
    """The longest time that QGIS's event loop did not come round."""

    def __init__(self):
        self.longest = 0.0
        self.count = 0
        self._last = None
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = time.monotonic()
        if self._last is not None:
            self.longest = max(self.longest, now - self._last)
        self.count += 1
        self._last = now

    @contextmanager
    def watched(self):
        self._last = time.monotonic()
        self._timer.start()
        yield self
        self._timer.stop()
        self._last = None


def say(*what) -> None:
    print("STORY", time.strftime("%X"), *what, file=sys.stderr, flush=True)
