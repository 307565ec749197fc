"""Save a raster of a server as a file, byte for byte."""

from __future__ import annotations

import os
from contextlib import closing

from qgis.core import QgsSettings
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ...core.layer_uri import LayerUri
from ...core.network import open_source
from ...core.translation import tr
from ...engine.storage.file_names import safe_name
from ...engine.storage.output import atomic_write, check_output
from ...engine.storage.urls import redact
from ..background_task import BackgroundTask
from ..connections.source_edit import LAST_FOLDER
from ..widgets import may_replace

#: Bytes that are written at once; requests are larger.
_CHUNK = 1 << 20


class CopyTask(BackgroundTask):
    """Downloads a whole file; until it is complete, nothing is at its path."""

    makes_file = True

    def __init__(self, uri: LayerUri, path: str):
        super().__init__(tr("Save {name}").format(name=redact(uri.name)))
        self.uri, self.path = uri, path
        self.is_done = False

    def work(self) -> None:
        """Download the file."""
        path = check_output(self.path, overwrite=True)
        job = self.job.reporting_to(lambda done, total: self.setProgress(100 * done / total))
        source = open_source(self.uri.name, self.uri.authcfg, is_cached=False, job=job)
        with closing(source), atomic_write(path) as part, open(part, "wb") as file:
            starts = range(0, source.size, _CHUNK)
            chunks = [(start, min(_CHUNK, source.size - start)) for start in starts]
            for data in source.read(chunks, job=job):
                file.write(data)
        self.is_done = True


def choose_path(parent: QWidget, uri: LayerUri) -> str:
    """Let the user choose where to save a copy; empty if cancelled."""
    name = safe_name(f"{uri.title}.flac")
    folder = QgsSettings().value(LAST_FOLDER, "")
    path, _ = QFileDialog.getSaveFileName(
        parent,
        tr("Save Offline Copy"),
        os.path.join(folder, name),
        tr("FLAC rasters") + " (*.flac)",
    )
    if path and not path.lower().endswith(".flac"):
        path += ".flac"
        if not may_replace(parent, path):  # which the dialog did not ask
            return ""
    if path:
        QgsSettings().setValue(LAST_FOLDER, os.path.dirname(path))
    return path
