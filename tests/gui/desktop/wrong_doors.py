"""Ways into QGIS that do not lead to a FLAC raster, and a task that is cancelled.

Runs inside the desktop; `test_desktop_wrong_doors.py` starts it and judges what it returns.
"""

from __future__ import annotations

from inside import GIVEN, LEFT, NO_KEY, controller, messages, picture, plugin, run, until
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QPushButton, QWidget
from qgis.utils import iface

project = QgsProject.instance()


def story() -> dict:
    found = {"file": add_raster_layer(GIVEN["path"]), "URL": add_raster_layer(GIVEN["url"])}
    found["song"] = add_raster_layer(GIVEN["song"])
    found["by script"] = by_script()
    found["cancelled"] = cancelled()
    return found


def add_raster_layer(name: str) -> dict:
    """Enter a name on the page *Raster* of the data source manager, as newcomers do."""
    project.clear()
    iface.messageBar().clearWidgets()
    iface.mainWindow().findChild(QAction, "mActionAddRasterLayer").trigger()
    window = until(lambda: named("QgsDataSourceManagerDialog"))
    page = until(lambda: of_class(window, "QgsGdalSourceSelect"))
    page.findChild(QgsFileWidget).setFilePath(name)
    QTest.qWait(100)
    button("Add", page).click()
    until(messages)
    QTest.qWait(500)
    window.close()
    return taken()


def by_script() -> dict:
    project.clear()
    iface.messageBar().clearWidgets()
    iface.addRasterLayer(GIVEN["path"])
    QTest.qWait(300)
    return taken()


def taken() -> dict:
    """What is said, and which layer the button adds."""
    said = messages()
    picture("wrong-door")
    item = iface.messageBar().currentItem()
    buttons = item.findChildren(QPushButton)
    if buttons:
        QTest.mouseClick(buttons[0], LEFT, NO_KEY)
        until(project.mapLayers)
    found = [[x.name(), x.providerType()] for x in project.mapLayers().values()]
    return {"said": said, "layers": found}


def named(name: str) -> QWidget | None:
    found = [w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()]
    return found[0] if found else None


def of_class(window: QWidget, name: str) -> QWidget | None:
    found = [w for w in window.findChildren(QWidget) if w.metaObject().className() == name]
    return found[0] if found and found[0].isVisible() else None


def button(text: str, inside: QWidget) -> QPushButton:
    found = [b for b in inside.findChildren(QPushButton) if b.text().replace("&", "") == text]
    return found[0]


def cancelled() -> list[str]:
    """Cancel a download after so long that QGIS would report its end."""
    iface.messageBar().clearWidgets()
    plugin().dock.dock.show()
    until(controller)
    plugin().dock.dock.hide()
    controller().form.source.set_uri(GIVEN["slow_url"])
    until(lambda: controller().state.raster is not None)
    controller().use_raster_extent()
    until(lambda: controller().state.area_plan)
    controller().stream()
    QTest.qWait(1500)
    controller().state.cancel_stream()
    until(lambda: not controller().state.is_streaming)
    QTest.qWait(500)
    said = messages()
    # else QGIS would ask what to do with the preview when it ends
    QgsApplication.taskManager().cancelAll()
    until(lambda: not QgsApplication.taskManager().countActiveTasks())
    return said


QgsSettings().setValue("qgis/dataSourceManagerNonModal", True)
QgsSettings().setValue("minTaskLengthForSystemNotification", 1, QgsSettings.Section.App)
run(story)
