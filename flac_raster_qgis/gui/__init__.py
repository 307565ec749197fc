"""Widgets: the dock, the Browser panel, connections, Python packages."""
