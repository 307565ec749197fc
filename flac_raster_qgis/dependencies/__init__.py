"""Get missing Python packages into a folder of the profile that only this plugin uses."""
