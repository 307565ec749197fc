"""Opening a raster in the background, wherever it is."""

from __future__ import annotations

import traceback

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from ...core.layer_uri import LayerUri
from ...core.message_log import log_error
from ...core.translation import tr
from ...data_provider.open_raster import OpenRaster, open_raster
from ...engine.errors import Cancelled, FlacRasterError
from ...engine.job import Job
from ...engine.storage.urls import redact

#: Running ones, which the task manager does not keep alive.
_running: set[OpenTask] = set()


class OpenTask(QgsTask):
    """Opens a raster in the background.

    As long as somebody holds the `OpenRaster`, a layer of the same URI opens at once.

    Parameters
    ----------
    uri : str
        Layer URI.
    """

    #: The raster is open: its `OpenRaster`. Comes in the main thread, as the next one.
    opened = pyqtSignal(object)
    #: It cannot be opened: why, as a sentence for the user. Nothing comes after `cancel`.
    failed = pyqtSignal(str)
    #: It is over, whatever came of it.
    ended = pyqtSignal()

    def __init__(self, uri: str):
        name = redact(LayerUri.parse(uri).name)
        super().__init__(tr("Opening {name}").format(name=name), QgsTask.Flag.CanCancel)
        self.uri = uri
        self._found: OpenRaster | None = None
        self._error = ""

    def start(self) -> None:
        """Begin."""
        _running.add(self)
        QgsApplication.taskManager().addTask(self)

    def cancel_for(self, owner: object = None) -> None:
        """Cancel, since whoever would use it is gone; made for the signal ``destroyed``."""
        self.cancel()

    def run(self) -> bool:
        """Open; QGIS calls this in a thread."""
        try:
            self._found = open_raster(self.uri, Job(is_cancelled=self.isCanceled))
        except Cancelled:
            return False
        except FlacRasterError as error:
            self._error = str(error)
        except Exception:  # nothing may be raised into QGIS
            self._error = traceback.format_exc()
        if self._error:
            log_error(self._error)
        return self._found is not None

    def finished(self, result: bool) -> None:
        """Hand out what came of it; QGIS calls this in the main thread."""
        _running.discard(self)
        found, self._found = self._found, None
        if found is not None and not self.isCanceled():
            self.opened.emit(found)
        elif self._error and not self.isCanceled():
            self.failed.emit(self._error)
        self.ended.emit()


def cancel_all() -> None:
    """Cancel whatever is being opened."""
    for task in list(_running):
        task.cancel()
