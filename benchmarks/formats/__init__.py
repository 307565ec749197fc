"""Comparison with GDAL's COG, flac-raster 0.1.2, JPEG-LS and JPEG XL in one run."""
