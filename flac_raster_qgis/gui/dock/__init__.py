"""The dock “FLAC Raster”: a box drawn on the map becomes a layer.

Data flows in one direction: `form` (widgets) reports input to `controller`, `state` holds it and
starts `planner` and `tasks`, which work in other threads, and their results return through signals
of the state to the form and the map (`map_items`).
"""
