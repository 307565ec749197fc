"""Say which Python packages are missing before they are needed, and how to get them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from .translation import tr

#: Names of packages of which any one will do.
Choice = tuple[str, ...]

READING: tuple[Choice, ...] = (("numpy",), ("mutagen",), ("pyflac", "soundfile"))
EXTRACTING: tuple[Choice, ...] = (*READING, ("rasterio",))
CONVERTING: tuple[Choice, ...] = (("numpy",), ("mutagen",), ("pyflac",), ("rasterio",))


def missing_packages(choices: Iterable[Choice]) -> str:
    """Return a sentence that names what is missing and the remedy, empty where nothing is."""
    missing = [" / ".join(names) for names in choices if not any(map(find_spec, names))]
    if not missing:
        return ""
    install = " ".join(names[-1] for names in choices if " / ".join(names) in missing)
    return tr(
        "FLAC Raster needs Python packages that are not installed: {names}. "
        "Install them with the plugin QPIP, or with the Python that QGIS uses: "
        "python -m pip install {install}. Then restart QGIS."
    ).format(names=", ".join(missing), install=install)
