"""Views of remote rasters beside GDAL's of COG."""
