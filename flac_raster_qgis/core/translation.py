"""Translate texts into the language of QGIS."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .resources import resource_path

#: Context of all texts, so that they can move between modules.
CONTEXT = "FlacRaster"


def tr(text: str) -> str:
    """Translate a text; fill in values afterwards, because translations contain placeholders."""
    translated: str = QCoreApplication.translate(CONTEXT, text)
    return translated


def install_translator() -> QTranslator | None:
    """Install and return the translation for the language of QGIS, if there is one.

    The caller must keep it alive, and remove it when the plugin is unloaded.
    """
    locale = QgsApplication.locale()  # "de" or "de_CH"
    for name in dict.fromkeys((locale, locale.split("_")[0])):
        path = resource_path(f"i18n/flac_raster_{name}.qm")
        translator = QTranslator()
        if path and translator.load(path):
            QCoreApplication.installTranslator(translator)
            return translator
    return None
