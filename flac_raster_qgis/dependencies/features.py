"""Say which Python packages are missing before they are needed, and how to get them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import NamedTuple

from ..core.translation import tr
from .pip import manual_command, pip_command

#: Names of packages of which any one will do; the last one is the easiest to install.
Choice = tuple[str, ...]

READING: tuple[Choice, ...] = (("numpy",), ("mutagen",), ("pyflac", "soundfile"))
STREAMING: tuple[Choice, ...] = (*READING, ("requests",))
GEOTIFF: tuple[Choice, ...] = (*READING, ("rasterio",))


class Feature(NamedTuple):
    """Something the plugin can do, and what it cannot do it without."""

    title: str
    packages: tuple[Choice, ...]


def features() -> list[Feature]:
    """Return what needs packages, each with its name for users."""
    return [
        Feature(tr("Draw, inspect and verify FLAC rasters"), READING),
        Feature(tr("The same on web servers: stream and query"), STREAMING),
        Feature(tr("Convert and extract: GeoTIFF in and out"), GEOTIFF),
    ]


def missing(choices: Iterable[Choice]) -> list[str]:
    """Return what to install, empty where all is there."""
    return [names[-1] for names in choices if not any(map(find_spec, names))]


def missing_packages(choices: Iterable[Choice]) -> str:
    """Return a sentence that names what is missing and the remedy, empty where nothing is."""
    names = missing(choices)
    if not names:
        return ""
    return tr(
        "This needs Python packages that are not installed: {names}. Install them with "
        "Plugins › FLAC Raster › Python Packages…, with the plugin QPIP, or by hand: "
        "{command}"
    ).format(names=", ".join(names), command=manual_command(names) or pip_command(names))
