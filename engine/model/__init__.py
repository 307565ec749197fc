"""Values that describe rasters: windows, grids, metadata, CRS, data types, nodata, limits."""
