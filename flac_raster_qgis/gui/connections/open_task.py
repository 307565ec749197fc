"""Open a raster in the background."""

from __future__ import annotations

from ...core.layer_uri import LayerUri
from ...core.translation import tr
from ...data_provider.open_raster import OpenRaster
from ...data_provider.shared_rasters import open_shared_raster
from ...engine.storage.urls import redact
from ..background_task import BackgroundTask


class OpenTask(BackgroundTask):
    """Opens a raster; ``opened`` is None until then, and after an error.

    As long as the `OpenRaster` is referenced, a layer of the same URI opens at once.
    """

    def __init__(self, uri: LayerUri | str):
        self.uri = LayerUri.parse(uri) if isinstance(uri, str) else uri
        super().__init__(tr("Open {name}").format(name=redact(self.uri.name)))
        self.opened: OpenRaster | None = None

    def work(self) -> None:
        """Open the raster."""
        self.opened = open_shared_raster(self.uri, self.job)
