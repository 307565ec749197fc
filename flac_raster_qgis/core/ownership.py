"""Hand objects over to QGIS, which deletes them, without Python losing them before."""

from __future__ import annotations

import threading
from typing import TypeVar

from qgis.core import QgsRasterDataProvider
from qgis.PyQt import sip

#: A provider, an item of the browser panel, or whatever else C++ calls back.
Owned = TypeVar("Owned", bound=sip.wrapper)

_lock = threading.Lock()
_kept: set[sip.wrapper] = set()


def transfer_ownership(made: Owned) -> Owned:
    """Make QGIS the owner of an object, and keep its Python half until QGIS deletes the other one.

    Without the transfer, Python deletes the object while QGIS still uses it. Without the reference,
    newer versions of sip collect the Python half while the other one lives, and with it all
    overridden methods: layers draw blank.
    """
    with _lock:
        for other in [other for other in _kept if not _belongs_to_qgis(other)]:
            _kept.discard(other)
        _kept.add(made)
    sip.transferto(made, None)
    return made


def _belongs_to_qgis(made: sip.wrapper) -> bool:
    """Whether QGIS has neither deleted an object nor handed it back to Python."""
    return not sip.isdeleted(made) and not sip.ispyowned(made)


def providers_alive() -> int:
    """Count the data providers that QGIS owns."""
    with _lock:
        providers = [made for made in _kept if isinstance(made, QgsRasterDataProvider)]
    return sum(map(_belongs_to_qgis, providers))
