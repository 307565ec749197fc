"""A style that is saved as the default is that of new layers, in another session, too."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from kits.qgis.layers import random_array, valid_flac_layer, write_flac
from kits.qgis.remote_layers import until
from qgis.core import QgsApplication

from flac_raster_qgis.core import addresses
from flac_raster_qgis.data_provider import default_styles

ARRAY = random_array("int16", 1, 60, 80)
DATABASE = Path(QgsApplication.qgisSettingsDirPath()) / "qgis.qmldb"


def keys():
    if not DATABASE.exists():
        return []
    with closing(sqlite3.connect(DATABASE)) as connection:
        return [key for (key,) in connection.execute("SELECT style FROM tbl_styles")]


def save(source):
    layer = valid_flac_layer(source)
    layer.renderer().contrastEnhancement().setMinimumValue(-123)
    assert layer.saveDefaultStyle()[1]
    until(lambda: not any(key.startswith("/vsicurl") for key in keys()))


def has_style(source):
    return valid_flac_layer(source).renderer().contrastEnhancement().minimumValue() == -123


def test_a_file(project, tmp_path, monkeypatch):
    path = write_flac(tmp_path / "x.y.flac", ARRAY)
    assert not has_style(path)
    save(path)
    assert path.with_name("x.y.qml").exists() and has_style(path)
    monkeypatch.setattr(addresses, "_secret", os.urandom(32))
    assert has_style(path)


@pytest.mark.skipif(os.name == "nt", reason="folders are read only otherwise")
def test_a_file_in_a_folder_that_cannot_be_written(project, tmp_path, monkeypatch):
    path = write_flac(tmp_path / "x.flac", ARRAY)
    monkeypatch.setattr(Path, "write_text", lambda *_, **__: (_ for _ in ()).throw(OSError()))
    save(path)
    assert str(path.with_suffix(".qml")) in keys() and has_style(path)


def test_a_part_and_a_url(project, tmp_path, publish, only_memory):
    path = write_flac(tmp_path / "x.flac", ARRAY)
    for source in (f"{path}|extent=500000.0,4999700.0,500400.0,5000000.0", publish(ARRAY)):
        save(source)
        assert source in keys() and has_style(source)
    assert not has_style(path)


def test_what_was_saved_before_the_plugin_was_loaded(project, tmp_path):
    path = write_flac(tmp_path / "x.flac", ARRAY)
    default_styles.unwatch()
    layer = valid_flac_layer(path)
    assert layer.saveDefaultStyle()[1] and layer.source() in keys()
    default_styles.watch()
    assert layer.source() not in keys() and path.with_suffix(".qml").exists()
