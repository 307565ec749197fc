"""What needs QGIS but no widgets: network, CRS, layer URIs, messages, translation."""
