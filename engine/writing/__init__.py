"""Writing a FLAC raster: tile order, overview pyramid, encoding on a pool, assembling the file."""
