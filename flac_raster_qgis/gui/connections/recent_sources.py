"""The sources that were opened last, in the settings of QGIS."""

from __future__ import annotations

from qgis.core import QgsSettings

from .settings import holds_password

_KEY = "flac_raster/recent_sources"
_LENGTH = 20


def recent_sources() -> list[str]:
    """Return layer URIs, the last one opened first."""
    stored = QgsSettings().value(_KEY, [])
    # a list of one is read as a string, an empty one as None
    return [stored] if isinstance(stored, str) and stored else list(stored or [])


def remember_source(uri: str) -> None:
    """Put a layer URI in front; one with a password in it is not written down."""
    if uri and not holds_password(uri):
        others = [known for known in recent_sources() if known != uri]
        QgsSettings().setValue(_KEY, [uri, *others][:_LENGTH])


def forget_sources() -> None:
    """Forget them all."""
    QgsSettings().remove(_KEY)
