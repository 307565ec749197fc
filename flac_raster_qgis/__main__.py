"""``python -m flac_raster_qgis`` is the command line ``flac-raster``."""

from .cli import main

main()
