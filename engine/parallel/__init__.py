"""Worker pools, ordered and bounded execution, processes, Dask, rasters handed to workers."""
