"""Code that tests of the plugin share; needs PyQGIS."""
