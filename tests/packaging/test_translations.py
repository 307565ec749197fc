"""Translations are complete, fit the texts, and QGIS speaks them."""

from __future__ import annotations

import re
import string
from xml.etree import ElementTree

import pytest
import translations
from translations import CONTEXT, FOLDER, read, texts, write

LANGUAGES = sorted(FOLDER.glob("*.ts"))


def fields(text: str) -> list[str]:
    """Return what is filled in; tags of HTML have to be the same as well."""
    filled = [name or "" for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    return sorted(filled) + sorted(re.findall(r"</?[a-z]+>", text))


def test_there_is_a_translation():
    assert [path.name for path in LANGUAGES] == ["flac_raster_de.ts"]


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_a_translation_is_complete(path):
    """`make translations` adds the texts that are new and drops those that are gone."""
    untranslated = {text: place for text, place in texts().items() if text not in read(path)}
    assert not untranslated
    stale = set(read(path)) - set(texts())
    assert not stale


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_a_translation_fits_its_text(path):
    wrong = {}
    for text, translation in read(path).items():
        ends = [t[len(t.rstrip(".:…!?")) :] for t in (text, translation)]
        spaces = [t[: len(t) - len(t.lstrip())] + t[len(t.rstrip()) :] for t in (text, translation)]
        lines = [t.count("\n\n") for t in (text, translation)]
        if fields(text) != fields(translation) or ends[0] != ends[1]:
            wrong[text] = translation
        elif spaces[0] != spaces[1] or lines[0] != lines[1]:
            wrong[text] = translation
    assert not wrong


#: Where a text names a tool, a parameter or an entry of a menu; values of options are lower case.
NAMED = re.compile(r"“([A-Z][^”]+)”|in QGIS: ([^,)]+)|› ([^›.:;]+…)")


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_a_translation_names_things_as_they_are_called(path):
    called = {text.replace("&", ""): name.replace("&", "") for text, name in read(path).items()}
    wrong, checked = {}, 0
    for text, translation in called.items():
        for name in filter(None, (one for found in NAMED.findall(text) for one in found)):
            checked += name in called
            if called.get(name, "") not in translation:
                wrong[text] = called[name]
    assert not wrong and checked >= 10


def test_refreshing_a_complete_file_changes_nothing(tmp_path):
    for path in LANGUAGES:
        again = tmp_path / path.name
        write(again, translations.language_of(path), read(path))
        assert again.read_text("utf-8") == path.read_text("utf-8")


def test_a_new_text_is_unfinished_and_one_that_is_gone_is_dropped(tmp_path, monkeypatch):
    path = tmp_path / "flac_raster_xx.ts"
    old = "old & <b>bold</b>"
    monkeypatch.setattr(translations, "texts", lambda: {old: "a.py", "gone": "a.py"})
    write(path, "xx", {old: "alt & <b>fett</b>", "gone": "fort"})
    monkeypatch.setattr(translations, "texts", lambda: {old: "a.py", "new": "a.py"})
    write(path, "xx", read(path))
    assert read(path) == {old: "alt & <b>fett</b>"}
    root = ElementTree.parse(path).getroot()
    assert [m.findtext("source") for m in root.iter("message")] == [old, "new"]
    assert root.findtext("context/name") == CONTEXT and root.get("language") == "xx"


@pytest.mark.parametrize("code", ["tr(name)", "tr(f'{x}')", "tr('a' if x else 'b')", "map(tr, n)"])
def test_a_text_that_cannot_be_translated_is_refused(tmp_path, monkeypatch, code):
    (tmp_path / "x.py").write_text(f"tr('fine')\nmap(tr, ('a', 'b'))\n{code}\n")
    monkeypatch.setattr(translations, "PLUGIN", tmp_path)
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match="tr\\(\\) takes one text written out"):
        texts()
