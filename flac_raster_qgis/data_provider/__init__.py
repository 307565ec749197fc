"""The QGIS raster data provider ``flacraster``: FLAC rasters as ordinary raster layers.

>>> from flac_raster_qgis import data_provider                                # doctest: +SKIP
>>> data_provider.register(python)                                            # doctest: +SKIP
>>> QgsRasterLayer("/data/dem.flac", "dem", data_provider.PROVIDER_KEY).isValid()  # doctest: +SKIP
True
"""

from __future__ import annotations

from qgis.core import QgsProviderRegistry
from qgis.PyQt import sip

from ..core import addresses
from ..core.error_text import error_text
from ..core.layer_uri import PROVIDER_KEY, LayerUri
from ..core.message_log import log_error, show_error
from ..core.translation import tr
from ..engine.errors import FlacRasterError
from . import default_styles, layer_addresses, project_secrets, running_tasks
from .background_open import invalid_layers, reload_when_open
from .failed_runs import fail_all_runs, failed_run_texts
from .open_raster import CACHE
from .provider_metadata import FlacRasterProviderMetadata
from .read_cancellation import cancel_all_reads

__all__ = ["PROVIDER_KEY", "register", "unregister"]

#: Attribute of QgsProviderRegistry that refers to the entry. The registry keeps the C++ object of
#: the entry forever; its Python wrapper, with the overridden methods, must outlive this module,
#: which QGIS drops when it reloads the plugin.
_ENTRY = "_flacraster_entry"


def register(python: str) -> None:
    """Register the provider with QGIS, once; ``python`` runs the server of virtual GeoTIFFs."""
    entry = _registered()
    if entry is None:
        entry = FlacRasterProviderMetadata()
        if not QgsProviderRegistry.instance().registerProvider(entry):
            log_error(tr("QGIS rejected the data provider {key}.").format(key=PROVIDER_KEY))
            return
        setattr(QgsProviderRegistry, _ENTRY, entry)
    # after an upgrade, the entry is still an instance of the old class
    entry.__class__ = FlacRasterProviderMetadata
    entry.enabled = True
    project_secrets.watch()
    running_tasks.watch()
    addresses.start(python, _fail_runs)
    layer_addresses.watch()
    default_styles.watch()
    # those of a project that was opened before
    reload_when_open({LayerUri.parse(layer.source()) for layer in invalid_layers()})


def unregister() -> None:
    """Disable the provider, cancel reads and free decoded tiles.

    QGIS cannot remove an entry from its registry of providers, so it stays there, disabled. Open
    layers stay open.
    """
    entry = _registered()
    if entry is not None:
        entry.enabled = False
    project_secrets.unwatch()
    running_tasks.unwatch()
    layer_addresses.unwatch()
    default_styles.unwatch()
    addresses.stop()
    cancel_all_reads()
    CACHE.clear()


def _fail_runs(error: FlacRasterError) -> None:
    """Fail tools that read pixels through GDAL, which may ignore its errors."""
    short, text = failed_run_texts(error)
    if fail_all_runs(text):
        show_error(text, short)
    else:
        log_error(error_text(error))


def _registered() -> FlacRasterProviderMetadata | None:
    entry = getattr(QgsProviderRegistry, _ENTRY, None)
    return None if entry is None or sip.isdeleted(entry) else entry
