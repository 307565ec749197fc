"""Help pages of the plugin, shown in the web browser."""

from __future__ import annotations

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from ..core.resources import help_url


def show_help(page: str = "dock", section: str = "") -> None:
    """Show a page of the folder ``resources/help``, at a section of it."""
    QDesktopServices.openUrl(QUrl(help_url(page, section)))
