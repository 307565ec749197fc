"""What the menus of layers and of the Browser offer for one FLAC raster."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Callable, NamedTuple

from qgis.core import Qgis, QgsApplication, QgsRasterLayer
from qgis.PyQt.QtGui import QGuiApplication, QIcon

from ...core.error_text import error_text
from ...core.layer_uri import LayerUri, remove_secrets
from ...core.message_log import TAG
from ...core.plain_text import push_message
from ...core.resources import resource_icon
from ...core.translation import tr
from ...data_provider.background_open import open_again
from ...engine.errors import FlacRasterError
from ...engine.model.times import ALL
from ...engine.storage.urls import redact
from ..plugin_menu import open_tool
from ..widgets import push_with_buttons
from .layer_adder import LayerAdder
from .offline_copy import CopyTask, choose_path

if TYPE_CHECKING:
    from qgis.gui import QgisInterface


class Raster(NamedTuple):
    """A raster, and its layer if there is one."""

    uri: LayerUri
    layer: QgsRasterLayer | None = None


class Entry(NamedTuple):
    """An entry of a menu."""

    text: str
    icon: QIcon
    call: Callable[[Raster], None]
    is_remote_only: bool = False
    is_layer_only: bool = False
    is_browser_only: bool = False

    def applies_to(self, raster: Raster) -> bool:
        """Return whether the menu of a raster has the entry."""
        if self.is_layer_only if raster.layer is None else self.is_browser_only:
            return False
        return raster.uri.is_remote or not self.is_remote_only


class RasterActions:
    """The entries and what they do.

    Parameters
    ----------
    iface : QgisInterface
    adder : LayerAdder
    show_in_dock : callable
        Is given a `LayerUri`.
    """

    def __init__(
        self, iface: QgisInterface, adder: LayerAdder, show_in_dock: Callable[[LayerUri], None]
    ):
        self._iface, self._adder, self._show_in_dock = iface, adder, show_in_dock

    def entries(self) -> list[Entry]:
        """Return all entries; which of them apply depends on the raster."""
        theme = QgsApplication.getThemeIcon
        copy, save = theme("/mActionEditCopy.svg"), theme("/mActionFileSave.svg")
        refresh = theme("/mActionRefresh.svg")
        add = theme("/mActionAddRasterLayer.svg")
        return [
            Entry(tr("Show in Dock"), resource_icon(), lambda r: self._show_in_dock(r.uri)),
            Entry(tr("Convert…"), resource_icon("convert"), partial(_open_tool, "convert")),
            Entry(tr("Copy URL"), copy, _copy_url, is_remote_only=True),
            Entry(tr("Save Offline Copy…"), save, self._save_copy, is_remote_only=True),
            Entry(tr("Refresh from Server"), refresh, self._refresh, True, is_layer_only=True),
            # by default those of all tiles
            Entry(tr("Tile Polygons…"), resource_icon("tiles"), partial(_open_tool, "query")),
            Entry(tr("Verify…"), resource_icon("verify"), partial(_open_tool, "verify")),
            # QGIS lists both of a file
            Entry(tr("Add as Time Layer"), add, self._add_dates, True, is_browser_only=True),
            Entry(tr("Add as Bands"), add, self._add_bands, True, is_browser_only=True),
        ]

    def _add_dates(self, raster: Raster) -> None:
        self._adder.add(replace(raster.uri, time=ALL).text())

    def _add_bands(self, raster: Raster) -> None:
        self._adder.add(replace(raster.uri, time="").text(), as_bands=True)

    # ---------------------------------------------------------------- with a server

    def _save_copy(self, raster: Raster) -> None:
        path = choose_path(self._iface.mainWindow(), raster.uri)
        if path:
            task = CopyTask(raster.uri, path)
            task.ended.connect(self._copied)
            task.start()

    def _copied(self, task: CopyTask) -> None:
        bar = self._iface.messageBar()
        if task.error is not None:
            text, level = tr("No copy was saved."), Qgis.MessageLevel.Critical
            push_message(bar, TAG, text, level, more=error_text(task.error))
        elif task.is_done:
            text = tr("Saved as {path}.").format(path=task.path)
            buttons = {tr("Add to Project"): lambda: self._adder.add(task.path)}
            push_with_buttons(bar, TAG, text, Qgis.MessageLevel.Success, buttons)

    def _refresh(self, raster: Raster) -> None:
        def report(error: FlacRasterError | None) -> None:
            bar, name = self._iface.messageBar(), redact(raster.uri.name)
            if error is None:
                text, level = tr("{name} is up to date."), Qgis.MessageLevel.Success
                push_message(bar, TAG, text.format(name=name), level, seconds=4)
            else:
                text, level = tr("{name} cannot be opened."), Qgis.MessageLevel.Warning
                push_message(bar, TAG, text.format(name=name), level, more=error_text(error))

        open_again(raster.uri, report)


def _copy_url(raster: Raster) -> None:
    QGuiApplication.clipboard().setText(remove_secrets(raster.uri.name))


def _open_tool(name: str, raster: Raster) -> None:
    open_tool(name, raster.layer or raster.uri)
