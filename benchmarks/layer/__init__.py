"""Maps of remote rasters in QGIS, beside GDAL's layers of COG."""
