"""Hand providers over to QGIS, which deletes them, without Python losing them before."""

from __future__ import annotations

import threading
from typing import TypeVar

from qgis.core import QgsRasterDataProvider
from qgis.PyQt import sip

Provider = TypeVar("Provider", bound=QgsRasterDataProvider)

_lock = threading.Lock()
_kept: set[QgsRasterDataProvider] = set()


def give_to_qgis(provider: Provider) -> Provider:
    """Make QGIS the owner of a provider, and keep its Python half until QGIS deletes the other one.

    Without the transfer, Python deletes the provider while QGIS still uses it. Without the
    reference, newer versions of sip collect the Python half while the other one lives, and with it
    all overridden methods: layers draw blank.
    """
    with _lock:
        for other in [other for other in _kept if not _belongs_to_qgis(other)]:
            _kept.discard(other)
        _kept.add(provider)
    sip.transferto(provider, None)
    return provider


def _belongs_to_qgis(provider: QgsRasterDataProvider) -> bool:
    """Whether QGIS has neither deleted a provider nor handed it back to Python."""
    return not sip.isdeleted(provider) and not sip.ispyowned(provider)


def providers_alive() -> int:
    """Count the providers that QGIS owns."""
    with _lock:
        return sum(map(_belongs_to_qgis, _kept))
