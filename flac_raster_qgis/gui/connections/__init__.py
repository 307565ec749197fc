"""Where rasters come from: saved connections, the last sources used, and widgets to choose one."""
