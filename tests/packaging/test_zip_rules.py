"""The zip is made of the files alone, and plugins.qgis.org will take it."""

from __future__ import annotations

import os
import zipfile

import check_zip
import pytest
from kits.plugin_zip import build, copy_checkout


def test_the_same_files_make_the_same_bytes(plugin_zip, tmp_path):
    """Whatever their times, modes and order, the time zone, and the seed of hashes."""
    other = copy_checkout(tmp_path / "another place")
    for number, path in enumerate(sorted(other.rglob("*"), reverse=True)):
        os.utime(path, (10**9 + number, 10**9 + number))
        if path.is_file():
            path.chmod(0o755 if number % 2 else 0o600)
    (other / "engine" / "__pycache__").mkdir()
    (other / "engine" / "__pycache__" / "x.cpython-311.pyc").write_bytes(b"junk")
    (other / "resources" / ".DS_Store").write_text("junk")
    environment = {**os.environ, "PYTHONHASHSEED": "5", "TZ": "Asia/Kathmandu"}
    assert build(other, **environment).read_bytes() == plugin_zip.read_bytes()


def test_the_site_takes_it(plugin_zip, capsys):
    status = check_zip.main(plugin_zip)
    assert (status, capsys.readouterr().out.count(" ok\n")) == (0, 6)


TOP = "flac_raster_qgis"
UNSAFE = 'import subprocess\nassert subprocess\n\n\ndef f():\n    return open("x")\n'
WRONG = {
    "two folders": ({"other/x.py": ""}, "names", "2 folders"),
    "outside": ({f"{TOP}/../x.py": ""}, "names", "leads out"),
    "compiled": ({f"{TOP}/__pycache__/x.pyc": "x"}, "contents", "is a binary"),
    "cache": ({f"{TOP}/__pycache__/x.txt": "x"}, "contents", "not allowed"),
    "hidden": ({f"{TOP}/.gitignore": ""}, "contents", "is hidden"),
    "library": ({f"{TOP}/libFLAC.so": "x"}, "contents", "is a binary"),
    "data": ({f"{TOP}/x.dat": "a\0b"}, "contents", "holds binary data"),
    "tests": ({f"{TOP}/tests/x.py": ""}, "contents", "is a test"),
    "no licence": ({f"{TOP}/LICENSE": None}, "contents", "LICENSE is missing"),
    "no icon": ({f"{TOP}/resources/icons/flac_raster.svg": None}, "metadata", "the icon"),
    "no metadata": ({f"{TOP}/metadata.txt": "[general]\nname=x"}, "metadata", "lacks about"),
    "percent": ({f"{TOP}/metadata.txt": "[general]\nname=5%\n"}, "metadata", "cannot be read"),
    "address": (
        {f"{TOP}/metadata.txt": "[general]\ntracker=http://bugs\n"},
        "metadata",
        "tracker is no address",
    ),
    "unsafe": ({f"{TOP}/x.py": UNSAFE}, "bandit", "B101"),
    "secret": (
        {f"{TOP}/x.py": 'password = "hunter2hunter2"\n'},  # pragma: allowlist secret
        "secrets",
        "Secret Keyword",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_the_site_refuses_is_found(plugin_zip, tmp_path, case):
    changes, rule, found = WRONG[case]
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(plugin_zip) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            if name not in changes and (name.count("/") == 1 or name.endswith(".svg")):
                new.writestr(name, old.read(name))
        for name, text in changes.items():
            if text is not None:
                new.writestr(name, text)
    with zipfile.ZipFile(changed) as archive:
        assert any(found in sentence for sentence in getattr(check_zip, rule)(archive))


def test_a_zip_that_is_too_large_is_found(plugin_zip, monkeypatch):
    monkeypatch.setattr(check_zip, "LARGEST", 1000)
    with zipfile.ZipFile(plugin_zip) as archive:
        assert "at most 1,000" in "".join(check_zip.size(archive))


def test_findings_end_in_a_status(tmp_path, monkeypatch, capsys):
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("x/__init__.py", "")
    monkeypatch.setattr(check_zip, "RULES", (check_zip.size, check_zip.contents))
    assert check_zip.main(empty) == 1
    assert "    LICENSE is missing\n" in capsys.readouterr().out


def test_only_what_qgis_needs_is_inside(plugin_zip):
    with zipfile.ZipFile(plugin_zip) as archive:
        names = archive.namelist()
    assert names == sorted(names)
    assert not [n for n in names if "/cli/" in n or "__main__" in n]
    assert f"{TOP}/engine/reading/flac_raster.py" in names and f"{TOP}/requirements.txt" in names
