"""Find files of the resources folder, wherever the plugin runs from."""

from __future__ import annotations

from pathlib import Path

#: The package, inside which the folder lies in the plugin's zip, and what the checkout has beside
#: it.
_PACKAGE = Path(__file__).parents[1]


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
    for folder in (_PACKAGE, _PACKAGE.parent):
        path = folder.joinpath("resources", *name.split("/"))
        if path.exists():
            return str(path)
    return ""
