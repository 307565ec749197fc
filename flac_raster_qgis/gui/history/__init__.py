"""The history of pixels: values through time of places on the map, as a chart."""
