"""Keep the translations in resources/i18n up with the texts of the plugin, and compile them.

    translations.py              bring all .ts files up to date, then compile them
    translations.py --compile    compile only, as setting up and packaging do
    translations.py --new fr     begin one

A text is what stands in a call of `tr`, in `map(tr, (...))`, or in the engine's table of messages.
A .ts file is edited by hand or with Qt Linguist; what it lacks is marked unfinished in it and shown
in English.
"""

from __future__ import annotations

import argparse
import ast
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = ROOT / "flac_raster_qgis"
MESSAGES = ROOT / "engine" / "error_messages.py"
FOLDER = ROOT / "resources" / "i18n"
CONTEXT = "FlacRaster"  # of flac_raster_qgis/core/translation.py
#: Debian's `lrelease` on PATH works only where a default version of Qt is set.
LRELEASE = ("/usr/lib/qt6/bin/lrelease", "/usr/lib/qt5/bin/lrelease", "lrelease", "lrelease6")


def texts() -> dict[str, str]:
    """Return all texts of the plugin, each with the file that it stands in first."""
    found: dict[str, str] = {}
    for path in sorted(PLUGIN.rglob("*.py")):
        for text in _texts_of(path):
            found.setdefault(text, path.relative_to(ROOT).as_posix())
    table = runpy.run_path(str(MESSAGES))
    facts = (table["template_and_remedy"](code)[0] for code in table["MESSAGES"])
    for text in (*facts, *table["REMEDIES"].values()):
        found.setdefault(text, "engine/error_messages.py")
    return found


def _texts_of(path: Path) -> Iterator[str]:
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        arguments = call.args
        if call.func.id == "map" and isinstance(arguments[0], ast.Name):
            if arguments[0].id == "tr":
                yield from (_literal(item, path) for item in getattr(arguments[1], "elts", [None]))
        elif call.func.id == "tr":
            yield _literal(arguments[0] if len(arguments) == 1 else None, path)


def _literal(node: ast.AST | None, path: Path) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    line = getattr(node, "lineno", "?")
    sys.exit(f"{path}:{line}: tr() takes one text written out, so that it can be translated")


def read(path: Path) -> dict[str, str]:
    """Return the finished translations of a .ts file."""
    if not path.exists():
        return {}
    messages = ElementTree.parse(path).iter("message")  # noqa: S314 (a file of the project)
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in messages
        if message.find("translation").get("type") is None
    }


def write(path: Path, language: str, translated: dict[str, str]) -> None:
    """Write a .ts file with all texts, in the order of their files."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        f'<TS version="2.1" language="{language}" sourcelanguage="en">',
        f"<context>\n    <name>{CONTEXT}</name>",
    ]
    for text, place in texts().items():
        done = translated.get(text)
        translation = (
            '<translation type="unfinished"></translation>'
            if not done
            else f"<translation>{escape(done)}</translation>"
        )
        lines += [
            "    <message>",
            f'        <location filename="../../{place}"/>',  # no line numbers: they always change
            f"        <source>{escape(text)}</source>",
            f"        {translation}",
            "    </message>",
        ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, "</context>", "</TS>", ""]), encoding="utf-8")


def language_of(path: Path) -> str:
    """Return the language that the name of a .ts file says."""
    return path.stem.split("_", 2)[2]


def compile_all() -> None:
    """Make the .qm files that QGIS reads; those of languages that are gone are removed."""
    program = next(filter(None, map(shutil.which, LRELEASE)), None)
    if program is None:
        sys.exit("translations: lrelease is missing; on Debian: apt install qttools5-dev-tools")
    for path in FOLDER.glob("*.qm"):
        path.unlink()
    for path in sorted(FOLDER.glob("*.ts")):
        command = [program, "-silent", str(path), "-qm", str(path.with_suffix(".qm"))]
        subprocess.run(command, check=True)


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(description="Keep translations up to date.")
    parser.add_argument("--compile", action="store_true", help="compile only")
    parser.add_argument("--new", metavar="LANGUAGE", help="begin one, such as fr or pt_BR")
    arguments = parser.parse_args()
    if not arguments.compile:
        paths = set(FOLDER.glob("*.ts"))
        if arguments.new:
            paths.add(FOLDER / f"flac_raster_{arguments.new}.ts")
        for path in sorted(paths):
            translated = read(path)
            write(path, language_of(path), translated)
            missing = len(texts().keys() - translated.keys())
            print(f"{path.relative_to(ROOT)}: {missing} of {len(texts())} texts untranslated")
    compile_all()


if __name__ == "__main__":
    main()
