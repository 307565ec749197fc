"""Read every other raster format, and write GeoTIFF and COG, through rasterio.

rasterio brings its own GDAL and PROJ, which a QGIS process should not load without need. This
package is the only one that depends on rasterio, and imports it when a raster of another format is
read or written.
"""
