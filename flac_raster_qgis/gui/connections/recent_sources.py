"""The sources that were opened last, in the settings of QGIS."""

from __future__ import annotations

from qgis.core import QgsSettings

from .settings import has_credentials

_KEY = "flac_raster/recent_sources"
_MAX_COUNT = 20


def recent_sources() -> list[str]:
    """Return layer URIs, the last opened first."""
    stored = QgsSettings().value(_KEY, [])
    # QgsSettings returns a list of one item as a string, and an empty list as None
    return [stored] if isinstance(stored, str) and stored else list(stored or [])


def add_recent_source(uri: str) -> None:
    """Put a layer URI first, unless it contains a password."""
    if uri and not has_credentials(uri):
        others = [known for known in recent_sources() if known != uri]
        QgsSettings().setValue(_KEY, [uri, *others][:_MAX_COUNT])
