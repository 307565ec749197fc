"""Reading a FLAC raster of any layout: open it, plan a read, carry it out."""
