"""Registers what the plugin adds to QGIS, and takes it away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication, QgsMessageLog
from qgis.PyQt.QtCore import QCoreApplication

from .algorithms.provider import FlacRasterProvider
from .dock.panel import DockEntry
from .requirements import READING, missing_packages
from .translation import install_translator

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

NAME = "FLAC Raster"


class FlacRasterPlugin:
    """The plugin, as QGIS loads and unloads it.

    Parameters
    ----------
    iface : QgisInterface or None
        None without a desktop, as in qgis_process.
    """

    def __init__(self, iface: QgisInterface | None = None):
        self.iface = iface
        self.provider: FlacRasterProvider | None = None
        self.dock: DockEntry | None = None
        self.translator = install_translator()

    def initProcessing(self) -> None:  # noqa: N802 (QGIS looks for this name)
        """Register what needs no desktop; doing it twice changes nothing."""
        if self.provider is not None:
            return
        missing = missing_packages(READING)
        if missing:  # the tools stay, to say so again where someone looks for them
            self._warn(missing)
        else:
            from .layer import register

            register()
        self.provider = FlacRasterProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:  # noqa: N802 (QGIS looks for this name)
        """Register everything; the desktop calls this one only."""
        self.initProcessing()
        if self.iface is not None and self.dock is None and not missing_packages(READING):
            from . import browser

            browser.register(self.iface)
            self.dock = DockEntry(self.iface)

    def unload(self) -> None:
        """Undo `initGui`, last first."""
        if self.dock is not None:
            self.dock.remove()
            self.dock = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
            if not missing_packages(READING):
                from . import browser, layer

                browser.unregister()
                layer.unregister()
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None

    def _warn(self, message: str) -> None:
        QgsMessageLog.logMessage(message, NAME, Qgis.MessageLevel.Warning)
        if self.iface is not None:
            self.iface.messageBar().pushWarning(NAME, message)
