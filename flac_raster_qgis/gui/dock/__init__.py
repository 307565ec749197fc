"""The dock “FLAC Raster”: a box drawn on the map becomes a layer.

Data flows one way: `form` (widgets) tells `controller` what the user wants, `session` holds it and
asks `planner` and `tasks`, which work in other threads, and what they find comes back through
signals of the session to the form and to the map (`map_items`).
"""
