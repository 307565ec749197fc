"""List the packages; everything else is in pyproject.toml.

They are found as they grow, and named as they are once installed: pyproject.toml can map a folder,
but finds its packages under the folder's own name only.
"""

from setuptools import find_namespace_packages, setup

PLUGIN = "flac_raster_qgis"


def packages(folder, name):
    """Return a folder and all folders below it, as packages below `name`."""
    below = find_namespace_packages(folder, exclude=["*__pycache__*"])
    return [name, *(f"{name}.{child}" for child in below)]


resources = packages("resources", f"{PLUGIN}.resources")
setup(
    packages=[*packages(PLUGIN, PLUGIN), *packages("engine", f"{PLUGIN}.engine"), *resources],
    package_data={
        **{name: ["*"] for name in resources},
        **{name: ["py.typed"] for name in (PLUGIN, f"{PLUGIN}.engine")},
    },
)
