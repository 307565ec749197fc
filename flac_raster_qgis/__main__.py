"""``python -m flac_raster_qgis`` is the command line ``flac-raster``."""

from .engine.cli import main

main()
