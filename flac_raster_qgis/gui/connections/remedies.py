"""Buttons that mend what kept a raster from being opened."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Callable

from ...core.layer_uri import LayerUri
from ...core.translation import tr
from ...engine.errors import FlacRasterError, MissingDependency
from ...engine.storage.urls import has_flac_suffix
from ..packages.offer import open_packages
from ..plugin_menu import open_tool


def remedies(
    error: FlacRasterError, uri: LayerUri, open_uri: Callable[[str], None]
) -> dict[str, Callable[[], None]]:
    """Return what each button does, by its text; ``open_uri`` opens another layer URI instead."""
    if isinstance(error, MissingDependency):
        return {tr("Python Packages…"): open_packages}
    is_other_format = error.code == "file.other_format" and not has_flac_suffix(uri.name)
    if error.code == "file.tiff" or is_other_format:
        return {tr("Convert…"): partial(open_tool, "convert", uri)}
    if error.code == "http.web_page" and not has_flac_suffix(uri.name) and "?" not in uri.name:
        folder = replace(uri, name=f"{uri.name}/")
        return {tr("Open as Folder"): partial(open_uri, folder.text())}
    if error.code == "qgis.no_scheme":
        return {
            tr("Open {url}").format(url=f"{scheme}…"): partial(
                open_uri, replace(uri, name=scheme + uri.name).text()
            )
            for scheme in ("https://", "http://")
        }
    return {}
