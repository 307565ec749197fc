"""The QGIS raster data provider ``flacraster``: FLAC rasters as ordinary raster layers.

>>> from flac_raster_qgis import layer                                        # doctest: +SKIP
>>> layer.register()                                                          # doctest: +SKIP
>>> QgsRasterLayer("/data/dem.flac", "dem", layer.PROVIDER_KEY).isValid()     # doctest: +SKIP
True
"""

from __future__ import annotations

from qgis.core import QgsProviderRegistry

from .metadata import FlacRasterProviderMetadata
from .opened import CACHE
from .provider import PROVIDER_KEY

__all__ = ["PROVIDER_KEY", "register", "unregister"]

#: The registry owns the entry, but without this reference Python would lose what is overridden in
#: it.
_entry: FlacRasterProviderMetadata | None = None


def register() -> None:
    """Make QGIS know the provider; doing it twice changes nothing."""
    global _entry
    if _entry is None:
        _entry = _registered() or FlacRasterProviderMetadata()
        QgsProviderRegistry.instance().registerProvider(_entry)
    _entry.enabled = True


def unregister() -> None:
    """Let QGIS open no further layers with the provider, and free the memory of decoded tiles.

    No version of QGIS can take an entry out of its registry of providers, so it stays there and
    does nothing. Layers that are open stay open.
    """
    if _entry is not None:
        _entry.enabled = False
    CACHE.clear()


def _registered() -> FlacRasterProviderMetadata | None:
    """Return the entry that an earlier load of the plugin left, with the code of this one."""
    entry = QgsProviderRegistry.instance().providerMetadata(PROVIDER_KEY)
    if entry is not None:
        # after an upgrade, its class is the old one, and would open layers with the old engine
        entry.__class__ = FlacRasterProviderMetadata
    return entry
