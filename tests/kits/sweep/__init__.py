"""Rasters of every driver and kind of metadata that GDAL has, to FLAC and back.

Its steps run in other processes, under Pythons that have GDAL's bindings or another rasterio, and
need not have what the tests have. So its modules import no kit beside it.
"""
