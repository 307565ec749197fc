"""Transfer ownership of Python objects to QGIS."""

from __future__ import annotations

import threading
from typing import TypeVar

from qgis.core import QgsRasterDataProvider
from qgis.PyQt import sip

#: A provider, an item of the Browser, or another object with methods that C++ calls.
Owned = TypeVar("Owned", bound=sip.wrapper)

_lock = threading.Lock()
_references: set[sip.wrapper] = set()


def transfer_ownership(wrapper: Owned) -> Owned:
    """Make QGIS the owner of an object, and keep its Python wrapper until QGIS deletes it.

    Without the transfer, Python deletes the object while QGIS uses it. Without the reference, newer
    versions of sip collect the Python wrapper early, and its overridden methods are lost: layers
    are drawn blank.
    """
    with _lock:
        for other in [other for other in _references if not _is_owned_by_qgis(other)]:
            _references.discard(other)
        _references.add(wrapper)
    sip.transferto(wrapper, None)
    return wrapper


def _is_owned_by_qgis(wrapper: sip.wrapper) -> bool:
    """Return whether QGIS owns an object and has not deleted it."""
    return not sip.isdeleted(wrapper) and not sip.ispyowned(wrapper)


def providers_alive() -> int:
    """Return the number of data providers that QGIS owns."""
    with _lock:
        providers = [w for w in _references if isinstance(w, QgsRasterDataProvider)]
    return sum(map(_is_owned_by_qgis, providers))
