"""Find files of the resources folder, wherever the plugin runs from."""

from __future__ import annotations

from pathlib import Path

from . import __path__ as _package_folders


def resource_path(name: str) -> str:
    """Return the path of a resource such as ``icons/convert.svg``.

    The folder lies inside the package in the plugin's zip and beside it in a checkout.

    Parameters
    ----------
    name : str
        Path below ``resources/``, with forward slashes.

    Returns
    -------
    str
        Empty where there is no such file.
    """
    for folder in _package_folders:
        path = Path(folder, "resources", *name.split("/"))
        if path.exists():
            return str(path)
    return ""
