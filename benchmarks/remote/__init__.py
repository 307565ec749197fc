"""Views of remote rasters, compared with GDAL's of COG."""
