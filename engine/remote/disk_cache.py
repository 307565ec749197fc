"""Where `DiskCache` was; import it from `flac_raster_qgis.engine`."""

from warnings import warn

from ..storage.disk_cache import DiskCache

warn(f"{__name__} has moved; import from flac_raster_qgis.engine", DeprecationWarning, stacklevel=2)
__all__ = ["DiskCache"]
