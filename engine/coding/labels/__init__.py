"""Coding 4, named `labels` in files: categorical rasters."""
