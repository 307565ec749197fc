"""Read a folder of a server, or a list of rasters."""

from __future__ import annotations

from typing import NamedTuple

from ...core.formatting import format_number
from ...core.layer_uri import LayerUri
from ...core.network import read_document
from ...core.translation import tr
from ...data_provider.read_cancellation import add_global_cancel
from ...engine.job import NO_JOB, Job
from ...engine.storage.urls import redact
from ..background_task import BackgroundTask


class Collection(NamedTuple):
    """Names and layer URIs of rasters and of further collections; ``skipped`` counts others."""

    uris: list[tuple[str, str]]
    skipped: int


def read_collection(uri: LayerUri, job: Job = NO_JOB) -> Collection:
    """Read the entries of a collection; thread-safe.

    The authentication is for the server of the collection; that of a local list is for all entries.

    Raises
    ------
    FlacRasterError
    """
    # not at the top: QGIS starts faster without a parser of HTML
    from ...engine.storage.listings import MAX_SIZE, parse_collection, same_server

    data = read_document(uri.name, uri.authcfg, MAX_SIZE, add_global_cancel(job))
    entries, skipped = parse_collection(uri.name, data)
    uris = []
    for entry in entries:
        own = LayerUri(entry.target)
        if own.is_remote and (not uri.is_remote or same_server(uri.name, entry.target)):
            own = LayerUri(entry.target, uri.authcfg)
        uris.append((entry.name, own.text()))
    return Collection(uris, skipped)


class CollectionTask(BackgroundTask):
    """Reads a collection; ``found`` is None until then, and after an error."""

    def __init__(self, uri: LayerUri):
        self.uri = uri
        super().__init__(tr("Open {name}").format(name=redact(uri.name)))
        self.found: Collection | None = None

    def work(self) -> None:
        """Read the collection."""
        self.found = read_collection(self.uri, self.job)


def collection_summary(found: Collection) -> str:
    """Say in a line what a collection has, and where to find it."""
    folders = sum(LayerUri.parse(uri).is_collection for _, uri in found.uris)
    text = tr(
        "Rasters: {rasters}, folders: {folders}. A saved connection shows them in the Browser."
    )
    return text.format(
        rasters=format_number(len(found.uris) - folders), folders=format_number(folders)
    )
