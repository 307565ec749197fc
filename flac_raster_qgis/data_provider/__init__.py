"""The QGIS raster data provider ``flacraster``: FLAC rasters as ordinary raster layers.

>>> from flac_raster_qgis import data_provider                                # doctest: +SKIP
>>> data_provider.register()                                                  # doctest: +SKIP
>>> QgsRasterLayer("/data/dem.flac", "dem", data_provider.PROVIDER_KEY).isValid()  # doctest: +SKIP
True
"""

from __future__ import annotations

from qgis.core import QgsProviderRegistry
from qgis.PyQt import sip

from ..core.message_log import log_error
from ..core.translation import tr
from . import project_secrets, running_tasks
from .open_raster import CACHE, cancel_everything
from .provider import PROVIDER_KEY
from .provider_metadata import FlacRasterProviderMetadata

__all__ = ["PROVIDER_KEY", "register", "unregister"]

#: Attribute of QGIS's class that holds the entry. The registry owns the entry's C++ half only, for
#: ever; the Python half, with all that is overridden in it, must survive this module, which QGIS
#: drops when it reloads the plugin.
_KEPT = "_flacraster_entry"


def register() -> None:
    """Make QGIS know the provider; doing it twice changes nothing."""
    entry = _registered()
    if entry is None:
        entry = FlacRasterProviderMetadata()
        if not QgsProviderRegistry.instance().registerProvider(entry):
            log_error(tr("QGIS refuses the data provider {key}.").format(key=PROVIDER_KEY))
            return
        setattr(QgsProviderRegistry, _KEPT, entry)
    # After an upgrade it is the old version's, and would open layers with the old engine.
    entry.__class__ = FlacRasterProviderMetadata
    entry.enabled = True
    project_secrets.watch()
    running_tasks.watch()


def unregister() -> None:
    """Let QGIS open no further layers with the provider; stop fetching, and free decoded tiles.

    No version of QGIS can take an entry out of its registry of providers, so it stays there and
    does nothing. Layers that are open stay open.
    """
    entry = _registered()
    if entry is not None:
        entry.enabled = False
    project_secrets.unwatch()
    running_tasks.unwatch()
    cancel_everything()
    CACHE.clear()


def _registered() -> FlacRasterProviderMetadata | None:
    entry = getattr(QgsProviderRegistry, _KEPT, None)
    return None if entry is None or sip.isdeleted(entry) else entry
