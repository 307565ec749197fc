"""Where `open_url` was; import it from `flac_raster_qgis.engine`."""

from warnings import warn

from ..storage.open import open_url

warn(f"{__name__} has moved; import from flac_raster_qgis.engine", DeprecationWarning, stacklevel=2)
__all__ = ["open_url"]
