"""The dock “FLAC Raster”, which turns a box drawn on the map into a layer.

Data flows in one direction: `controller` passes input of the widgets (`form`) to `state`, which
starts `planner` and `tasks` in other threads. Their results return through signals of the state,
which the controller shows in the form and on the map (`map_items`).
"""
