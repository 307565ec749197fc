"""The page “FLAC Raster” of the data source manager."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsProviderRegistry
from qgis.gui import QgsAbstractDataSourceWidget, QgsSourceSelectProvider
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QCheckBox, QDialogButtonBox, QGroupBox, QVBoxLayout, QWidget

from ...core.error_text import error_text
from ...core.layer_uri import PROVIDER_KEY
from ...core.message_log import TAG
from ...core.plain_text import to_html
from ...core.resources import resource_icon
from ...core.translation import tr
from ..connections.connection_test import ConnectionTest
from ..connections.source_chooser import SourceChooser
from ..help import show_help
from ..layers.layer_adder import AddLayerTask
from ..widgets import PlainLabel, fill


class SourcePage(QgsAbstractDataSourceWidget):
    """Chooses a source and adds it to the project."""

    def __init__(self, *base: Any):
        super().__init__(*base)
        self._task: AddLayerTask | None = None
        self.setObjectName("FlacRasterSourcePage")
        self.setWindowTitle(tr("FLAC Raster"))
        group = QGroupBox(tr("Source"), self)
        self.chooser = SourceChooser(group)
        self.test = ConnectionTest(self.chooser, group)
        self.dates = QCheckBox(tr("Show a raster of several &dates one date at a time"), group)
        self.dates.setToolTip(
            tr("As the temporal controller plays them; otherwise the layer has all bands")
        )
        self.dates.setChecked(True)
        fill(QVBoxLayout(group), self.chooser, self.test, self.dates)
        hint = tr(
            "To open a raster on a web server, only its file header is downloaded. The map "
            "downloads only the tiles that it shows."
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        layout = fill(QVBoxLayout(self), group, PlainLabel(hint, self, is_paragraph=True))
        layout.addStretch()
        layout.addWidget(self.buttons)
        self.setupButtons(self.buttons)
        help_button = QDialogButtonBox.StandardButton.Help
        if self.buttons.button(help_button) is None:  # as in some versions of QGIS
            self.buttons.addButton(help_button)
        self.buttons.helpRequested.connect(lambda: show_help(section="layers"))
        self.chooser.changed.connect(self._update_button)
        self.chooser.accepted.connect(self.addButtonClicked)

    def addButtonClicked(self) -> None:
        """Add the layer once its raster is open."""
        if self.chooser.is_collection and not self.chooser.choose_raster():
            return
        if self.chooser.uri() and self._task is None:
            as_bands = not self.dates.isChecked()
            self._task = AddLayerTask(self.chooser.uri(), as_bands=as_bands)
            self._task.ended.connect(self._finish)
            self._task.start()
            self._update_button()

    def refresh(self) -> None:
        """Read the saved connections again."""
        self.chooser.combo.fill()

    def reset(self) -> None:
        """Clear the source."""
        self.chooser.set_uri("")

    def _update_button(self) -> None:
        self.enableButtons.emit(bool(self.chooser.uri()) and self._task is None)

    def _finish(self, task: AddLayerTask) -> None:
        self._task = None
        self._update_button()
        if task.error is not None:
            self.pushMessage.emit(TAG, to_html(error_text(task.error)), Qgis.MessageLevel.Warning)
            self.test.show_error(task.error)


class SourcePageProvider(QgsSourceSelectProvider):
    """Offers the page to the data source manager."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: list[SourcePage] = []

    def providerKey(self) -> str:
        """Return the key of the data provider."""
        return PROVIDER_KEY

    def name(self) -> str:
        """Return the name of the page."""
        return PROVIDER_KEY

    def text(self) -> str:
        """Return the entry in the list of pages."""
        return tr("FLAC Raster")

    def toolTip(self) -> str:
        """Return the tooltip of the entry."""
        return tr("Add a FLAC raster from a file or a web server")

    def ordering(self) -> int:
        """Sort the page among the sources on servers."""
        return QgsSourceSelectProvider.Ordering.OrderRemoteProvider

    def icon(self) -> QIcon:
        """Return the icon of the plugin."""
        return resource_icon()

    def createDataSourceWidget(
        self,
        parent: QWidget | None = None,
        fl: Qt.WindowType = Qt.WindowType.Widget,
        widgetMode: QgsProviderRegistry.WidgetMode = QgsProviderRegistry.WidgetMode.Embedded,
    ) -> SourcePage:
        """Create a page."""
        page = SourcePage(parent, fl, widgetMode)
        self._pages.append(page)
        return page

    def delete_pages(self) -> None:
        """Delete the pages, which the data source manager would only hide."""
        for page in self._pages:
            if not sip.isdeleted(page):
                page.deleteLater()
        self._pages.clear()
