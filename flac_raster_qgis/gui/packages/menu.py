"""Where users find the dialog of packages: in the menu of plugins, and in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from qgis.core import Qgis
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QAction, QMenu, QPushButton

from ...core.resources import resource_icon
from ...core.translation import tr
from .dialog import PackagesDialog

if TYPE_CHECKING:
    from qgis.gui import QgisInterface, QgsMessageBarItem


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
        icon = resource_icon()
        self.action = QAction(icon, tr("Python Packages…"), iface.mainWindow())
        self.action.triggered.connect(self.open)
        self._dialog: PackagesDialog | None = None
        self._message: QgsMessageBarItem | None = None
        iface.addPluginToMenu(menu, self.action)

    def open(self) -> None:
        """Show the dialog; QGIS can be used meanwhile."""
        if self._dialog is None:
            self._dialog = PackagesDialog(self._packages_came, self._iface.mainWindow())
            self._dialog.destroyed.connect(self._forget)
        self._dialog.show()
        self._dialog.raise_()

    def offer(self, names: list[str]) -> None:
        """Say in the message bar what is missing to begin with, and put a button beside it.

        The message stays until the packages are there, or the user closes it: a button whose click
        takes it away would be deleted while it is clicked.
        """
        bar = self._iface.messageBar()
        text = tr("FLAC rasters cannot be opened yet: Python packages are missing ({names}).")
        self._message = bar.createMessage(self._menu, text.format(names=", ".join(names)))
        button = QPushButton(tr("Install…"), self._message)
        button.clicked.connect(self.open)
        self._message.layout().addWidget(button)
        bar.pushWidget(self._message, Qgis.MessageLevel.Warning)

    def remove(self) -> None:
        """Take it all away."""
        if self._dialog is not None:
            self._dialog.close()
        self._take_message_away()
        window = self.action.parent()
        self._iface.removePluginMenu(self._menu, self.action)
        self.action.deleteLater()
        # QGIS takes an empty menu out of its own, and would keep it for ever
        for menu in window.findChildren(QMenu) if window is not None else ():
            if menu.title() == self._menu and menu.isEmpty():
                menu.deleteLater()

    def _packages_came(self) -> None:
        self._take_message_away()
        self._installed()

    def _take_message_away(self) -> None:
        if self._message is not None and not sip.isdeleted(self._message):
            self._iface.messageBar().popWidget(self._message)
        self._message = None

    def _forget(self) -> None:
        self._dialog = None
