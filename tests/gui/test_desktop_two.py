"""Two windows of QGIS at once, which share settings and the cache on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from kits.desktop import Desktop
from kits.landscape import mountains, write_flac
from kits.remote import until

pytestmark = pytest.mark.gui


def test_two_windows_at_once(server, tmp_path):
    array = mountains(700, 900)
    np.save(tmp_path / "array.npy", array)
    names = ("one", "two")
    for name in names:
        write_flac(server.folder / f"{name}.flac", array, tile_size=128)
    urls = [server.url(f"{name}.flac") for name in names]
    settings = f"cache\\enabled=true\ncache\\folder={tmp_path / 'cache'}"
    windows = []
    for number in (0, 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        here, there = (str(tmp_path / f"window {n}") for n in (number, 1 - number))
        given = {
            "urls": urls,
            "array": str(tmp_path / "array.npy"),
            "here": here,
            "there": there,
        }
        shared = {"settings": settings, "profiles": tmp_path / "profiles"}
        windows.append(Desktop("beside.py", folder, given, **shared))
        until(Path(here).exists, 60)
    for window in windows:
        found = window.wait(120)
        assert found["identical"] == [True] * 6
        assert found["history"][:2] == urls[::-1]
    assert any((tmp_path / "cache").rglob("*"))
