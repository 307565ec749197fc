"""Many FLAC rasters under one name: a STAC ItemCollection that says where and when each one is."""
