"""Maps of remote rasters in QGIS, compared with GDAL's layers of COG."""
