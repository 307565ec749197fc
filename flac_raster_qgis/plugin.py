"""Register everything that the plugin adds to QGIS, and unregister it."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication, QgsMessageLog
from qgis.PyQt.QtCore import QCoreApplication

from .algorithms.provider import FlacRasterProvider
from .core.translation import install_translator
from .dependencies import folder
from .dependencies.features import READING, missing, missing_packages
from .dependencies.pip import python_executable

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .gui.dock.dock import DockEntry
    from .gui.plugin_menu import PluginMenu

NAME = "FLAC Raster"


class FlacRasterPlugin:
    """The plugin, as QGIS loads and unloads it; ``iface`` is None in qgis_process.

    What registers something also adds to `_undo` what `unload` does about it.
    """

    def __init__(self, iface: QgisInterface | None = None):
        self.iface = iface
        self.provider: FlacRasterProvider | None = None
        self.menu: PluginMenu | None = None
        self.draws_layers = False
        self.dock: DockEntry | None = None
        self._undo = ExitStack()
        translator = install_translator()
        if translator is not None:
            self._undo.callback(QCoreApplication.removeTranslator, translator)

    def initProcessing(self) -> None:  # noqa: N802 (QGIS looks for this name)
        """Register what needs no desktop, once."""
        if self.provider is not None:
            return
        folder.activate()
        self._undo.callback(folder.deactivate)
        self._register_layers()
        self.provider, registry = FlacRasterProvider(), QgsApplication.processingRegistry()
        registry.addProvider(self.provider)
        self._undo.callback(registry.removeProvider, self.provider)

    def initGui(self) -> None:  # noqa: N802 (QGIS looks for this name)
        """Register everything; the desktop calls only this method."""
        self.initProcessing()
        if self.iface is None or self.menu is not None:
            return
        from .gui.plugin_menu import PluginMenu

        self.menu = PluginMenu(self.iface, self.register_after_install)
        self._undo.callback(self.menu.remove)
        if names := missing(READING):
            self.menu.packages.offer(names)
        else:
            self._register_desktop()

    def register_after_install(self) -> None:
        """Register what needed the packages that are now installed."""
        self._register_layers()
        if self.draws_layers:
            self._register_desktop()

    def _register_layers(self) -> None:
        message = missing_packages(READING)
        if message:  # the tools stay registered, and report this as well
            QgsMessageLog.logMessage(message, NAME, Qgis.MessageLevel.Warning)
        elif not self.draws_layers:
            from . import data_provider

            data_provider.register(python_executable())
            self._undo.callback(data_provider.unregister)
            self.draws_layers = True

    def _register_desktop(self) -> None:
        if self.dock is not None:
            return
        from .data_provider.exports import follow_map
        from .gui import browser, layers
        from .gui.dock.dock import DockEntry
        from .gui.layers.layer_adder import LayerAdder
        from .gui.message_watch import MessageWatch

        self._undo.callback(follow_map(self.iface.mapCanvas().temporalRange))
        adder = LayerAdder(self.iface)  # one, so that each error replaces the one before
        self._undo.callback(adder.deleteLater)
        browser.register(self.iface, adder)
        self._undo.callback(browser.unregister)
        self.dock = DockEntry(self.iface, self.menu.dock_action)
        self._undo.callback(self.dock.remove)
        self._undo.push(layers.register(self.iface, adder, self.dock.show_raster))
        self._undo.callback(MessageWatch(self.iface, adder.add).remove)

    def unload(self) -> None:
        """Unregister everything in reverse order."""
        self._undo.close()
        self.provider = self.menu = self.dock = None
        self.draws_layers = False
        _show_modules()


def _show_modules() -> None:
    """Make QGIS see all modules of the plugin, which it removes after `unload`.

    It watches imports, but not those of the packages above a module, which Python imports by
    itself. A package that stays would hand out classes of the former plugin to the next one.
    """
    for name in [name for name in sys.modules if name.startswith(f"{__package__}.")]:
        __import__(name)
