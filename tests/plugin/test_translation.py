"""Texts are translated where a translation for the language of QGIS is there."""

from __future__ import annotations

import pytest

from flac_raster_qgis.core import translation


@pytest.mark.parametrize(
    ("locale", "there", "loaded"),
    [
        ("de_CH", {"de", "de_CH"}, "de_CH"),
        ("de_CH", {"de"}, "de"),
        ("de", {"de"}, "de"),
        ("en_US", {"de"}, None),
    ],
)
def test_the_closest_language_is_loaded(monkeypatch, plugin, locale, there, loaded):
    installed = []

    class Translator:
        def load(self, path):
            self.path = path
            return True

    names = {f"i18n/flac_raster_{name}.qm" for name in there}
    monkeypatch.setattr(translation, "QTranslator", Translator)
    monkeypatch.setattr(translation.QgsApplication, "locale", lambda: locale)
    monkeypatch.setattr(translation, "resource_path", lambda name: name if name in names else "")
    monkeypatch.setattr(translation.QCoreApplication, "installTranslator", installed.append)
    found = translation.install_translator()
    assert [found] == (installed or [None])
    assert getattr(found, "path", None) == (loaded and f"i18n/flac_raster_{loaded}.qm")


def test_values_are_filled_in_after_translating():
    assert translation.tr("{count} bands").format(count=3) == "3 bands"
