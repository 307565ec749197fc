"""How a parameter names the widget that it has in dialogs of Processing."""

from __future__ import annotations


def wrapper_metadata(module: str, name: str, **options: object) -> dict[str, object]:
    """Return the metadata by which a parameter names its subclass of `DialogWrapper`.

    By name: widgets are imported when a dialog is opened. QGIS hands it the ``options``.
    """
    path = f"{__name__.rpartition('.')[0]}.{module}.{name}"
    return {"widget_wrapper": {"class": path, **options}}
