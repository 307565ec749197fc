"""Dialog of Python packages, and the message that offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from qgis.core import Qgis

from ...core.message_log import TAG
from ...core.plain_text import close_message
from ...core.translation import tr
from ..widgets import push_with_buttons
from .dialog import PackagesDialog

if TYPE_CHECKING:
    from qgis.gui import QgisInterface, QgsMessageBarItem


#: That of the plugin.
_offer: PackagesOffer | None = None


def open_packages() -> None:
    """Open the dialog of Python packages, if the plugin is loaded."""
    if _offer is not None:
        _offer.open()


class PackagesOffer:
    """Opens `PackagesDialog`; ``installed`` is called when packages were installed."""

    def __init__(self, iface: QgisInterface, installed: Callable[[], None]):
        global _offer
        _offer = self
        self._iface, self._installed = iface, installed
        self._dialog: PackagesDialog | None = None
        self._message: QgsMessageBarItem | None = None

    def open(self) -> None:
        """Show the dialog, which does not block QGIS."""
        if self._dialog is None:
            self._dialog = PackagesDialog(self._finish, self._iface.mainWindow())
            self._dialog.destroyed.connect(self._drop_dialog)
        self._dialog.show()
        self._dialog.raise_()

    def offer(self, names: list[str]) -> None:
        """Show missing packages in the message bar, with a button that opens the dialog.

        The message stays until the packages are installed or the user closes it; a click on its
        button must not remove it, because the button would be deleted during the click.
        """
        bar = self._iface.messageBar()
        text = tr("FLAC rasters cannot be opened: Python packages are missing ({names}).")
        text = text.format(names=", ".join(names))
        level, buttons = Qgis.MessageLevel.Warning, {tr("Install…"): self.open}
        self._message = push_with_buttons(bar, TAG, text, level, buttons)

    def remove(self) -> None:
        """Remove the dialog and the message."""
        global _offer
        _offer = None
        if self._dialog is not None:
            self._dialog.close()
        self._remove_message()

    def _finish(self) -> None:
        self._remove_message()
        self._installed()

    def _remove_message(self) -> None:
        close_message(self._iface.messageBar(), self._message)
        self._message = None

    def _drop_dialog(self) -> None:
        self._dialog = None
