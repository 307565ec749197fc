"""Tools of the Processing toolbox: thin skins over `flac_raster_qgis.engine`, one module each."""
