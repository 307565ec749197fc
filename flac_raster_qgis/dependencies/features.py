"""Find the Python packages that are missing for each feature."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import NamedTuple

from ..core.translation import tr
from .pip import manual_command, pip_command

#: Alternative packages, one of which is enough; the last is the easiest to install.
Alternatives = tuple[str, ...]

READING: tuple[Alternatives, ...] = (("numpy",), ("mutagen",), ("pyflac", "soundfile"))
GEOTIFF: tuple[Alternatives, ...] = (*READING, ("rasterio",))
#: By scheme; most buckets have an address with https:// as well, which needs none of them.
STORES: dict[str, tuple[Alternatives, ...]] = {
    "s3://": (("fsspec",), ("s3fs",)),
    "gs://": (("fsspec",), ("gcsfs",)),
    "az://": (("fsspec",), ("adlfs",)),
}


class Feature(NamedTuple):
    """A feature of the plugin and the packages that it needs, beside `READING`."""

    title: str
    packages: tuple[Alternatives, ...]
    is_optional: bool = False


def features() -> list[Feature]:
    """Return the features that need packages, with names for users."""
    return [
        Feature(tr("Draw, inspect and verify FLAC rasters"), READING),
        Feature(tr("Read from web servers: stream and query"), (("requests",),)),
        Feature(tr("Convert and extract: read and write GeoTIFF"), (("rasterio",),)),
        *(
            Feature(tr("Read from {scheme}").format(scheme=scheme), packages, is_optional=True)
            for scheme, packages in STORES.items()
        ),
    ]


def missing(packages: Iterable[Alternatives]) -> list[str]:
    """Return the names of packages to install; empty if none are missing."""
    return [names[-1] for names in packages if not any(map(find_spec, names))]


def installed(packages: Iterable[Alternatives]) -> list[str]:
    """Return the names of installed packages, one of each alternatives."""
    found = (next(filter(find_spec, names), None) for names in packages)
    return [name for name in found if name is not None]


def missing_packages(packages: Iterable[Alternatives]) -> str:
    """Return a text that names missing packages and how to install them; may be empty."""
    names = missing(packages)
    if not names:
        return ""
    return tr(
        "Required Python packages are not installed: {names}. Install them with "
        "Raster › FLAC Raster › Python Packages…, with the plugin QPIP, or manually: "
        "{command}"
    ).format(names=", ".join(names), command=manual_command(names) or pip_command(names))
