"""The sources that were opened last, in the settings of QGIS."""

from __future__ import annotations

from qgis.core import QgsSettings

from .settings import has_credentials

_KEY = "flac_raster/recent_sources"
_LENGTH = 20


def recent_sources() -> list[str]:
    """Return layer URIs, the last one opened first."""
    stored = QgsSettings().value(_KEY, [])
    # a list of one is read as a string, an empty one as None
    return [stored] if isinstance(stored, str) and stored else list(stored or [])


def add_recent_source(uri: str) -> None:
    """Put a layer URI in front; one with a password in it is not written down."""
    if uri and not has_credentials(uri):
        others = [known for known in recent_sources() if known != uri]
        QgsSettings().setValue(_KEY, [uri, *others][:_LENGTH])


def clear_recent_sources() -> None:
    """Forget them all."""
    QgsSettings().remove(_KEY)
