"""Find files of the resources folder, in a checkout and in the plugin's zip."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QIcon

#: The folder lies inside the package in the plugin's zip, and next to it in a checkout.
_PACKAGE = Path(__file__).parents[1]


def resource_path(name: str) -> str:
    """Return the path of a file below ``resources/``; empty if there is no such file."""
    for folder in (_PACKAGE, _PACKAGE.parent):
        path = folder.joinpath("resources", *name.split("/"))
        if path.exists():
            return str(path)
    return ""


def help_url(page: str, section: str = "") -> str:
    """Return the URL of a help page, or of a section of it."""
    url = Path(resource_path(f"help/{page}.html")).as_uri()
    return f"{url}#{section}" if section else url


def resource_icon(name: str = "flac_raster") -> QIcon:
    """Return an icon of the resources folder; by default the plugin's own."""
    return QIcon(resource_path(f"icons/{name}.svg"))
