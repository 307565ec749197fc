"""Save a raster of a server as a file, byte for byte."""

from __future__ import annotations

import os
from contextlib import closing

from qgis.core import QgsSettings
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ...core.layer_uri import LayerUri
from ...core.network import open_source
from ...core.translation import tr
from ...engine.errors import RemoteChanged
from ...engine.job import Job
from ...engine.storage.byte_source import FIRST_READ, ByteSource
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
        with closing(source), atomic_write(path) as part:
            starts = range(0, source.size, _CHUNK)
            chunks = [(start, min(_CHUNK, source.size - start)) for start in starts]
            with open(part, "wb") as file:
                for data in source.read(chunks, job=job):
                    file.write(data)
            _check_unchanged(source, part, self.job)
        self.is_done = True


def _check_unchanged(source: ByteSource, copy: str | os.PathLike[str], job: Job) -> None:
    """Raise RemoteChanged if the server has another file than at the start of the copy.

    Responses need not tell their version. Of a file that is replaced, the index and the last tile
    are other ones, too.
    """
    if not source.planned_requests([(0, source.size)]):  # came in a single response
        return
    size = min(FIRST_READ, source.size)
    ends = [(0, size), (source.size - size, size)]
    with open(copy, "rb") as file:
        for (start, _), data in zip(ends, source.read(ends, bypass_cache=True, job=job)):
            file.seek(start)
            if file.read(size) != data:
                raise RemoteChanged("qgis.copy_changed", source.name)


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
