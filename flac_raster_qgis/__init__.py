"""FLAC Raster: geospatial rasters as lossless FLAC, in QGIS, on the command line and in Python."""

from pathlib import Path
from typing import Any

# In the plugin's zip and in a wheel, engine/ and resources/ lie in this folder; in a checkout they
# lie beside it.
if not (Path(__file__).parent / "engine").is_dir():
    __path__.append(str(Path(__file__).parent.parent))


def __getattr__(name: str) -> Any:
    if name != "to_flac":  # of xarray; all other names are those of `flac_raster_qgis.engine`
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .engine import to_flac

    return to_flac


def classFactory(iface: Any) -> Any:  # noqa: N802 (QGIS looks for this name)
    """Return the plugin; ``iface`` is None in qgis_process."""
    from .plugin import FlacRasterPlugin

    return FlacRasterPlugin(iface)
