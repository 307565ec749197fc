"""Where `new_session` was; import it from `flac_raster_qgis.engine`."""

from warnings import warn

from ..storage.remote.http_session import new_session

warn(f"{__name__} has moved; import from flac_raster_qgis.engine", DeprecationWarning, stacklevel=2)
__all__ = ["new_session"]
