"""Where users find the dialog of packages: in the menu of plugins, and in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from qgis.core import Qgis
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QMenu, QPushButton

from ..resource_files import resource_path
from ..translation import tr
from .dialog import PackagesDialog

if TYPE_CHECKING:
    from qgis.gui import QgisInterface


class PackagesMenu:
    """The action *Python Packages…* below the plugin's name.

    Parameters
    ----------
    iface : QgisInterface
    menu : str
        Name of the plugin's menu.
    installed : callable
        Called once packages have been installed.
    """

    def __init__(self, iface: QgisInterface, menu: str, installed: Callable[[], None]):
        self._iface, self._menu, self._installed = iface, menu, installed
        icon = QIcon(resource_path("icons/flac_raster.svg"))
        self.action = QAction(icon, tr("Python Packages…"), iface.mainWindow())
        self.action.triggered.connect(self.open)
        self._dialog: PackagesDialog | None = None
        iface.addPluginToMenu(menu, self.action)

    def open(self) -> None:
        """Show the dialog; QGIS can be used meanwhile."""
        if self._dialog is None:
            self._dialog = PackagesDialog(self._installed, self._iface.mainWindow())
            self._dialog.destroyed.connect(self._forget)
        self._dialog.show()
        self._dialog.raise_()

    def offer(self, message: str) -> None:
        """Say in the message bar what is missing, with a button that opens the dialog."""
        bar = self._iface.messageBar()
        item = bar.createMessage(self._menu, message)
        button = QPushButton(tr("Install…"), item)
        button.clicked.connect(self.open)
        button.clicked.connect(lambda: bar.popWidget(item))
        item.layout().addWidget(button)
        bar.pushWidget(item, Qgis.MessageLevel.Warning)

    def remove(self) -> None:
        """Take it all away."""
        if self._dialog is not None:
            self._dialog.close()
        window = self.action.parent()
        self._iface.removePluginMenu(self._menu, self.action)
        self.action.deleteLater()
        # QGIS takes an empty menu out of its own, and would keep it for ever
        for menu in window.findChildren(QMenu) if window is not None else ():
            if menu.title() == self._menu and menu.isEmpty():
                menu.deleteLater()

    def _forget(self) -> None:
        self._dialog = None
