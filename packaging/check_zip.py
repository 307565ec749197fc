"""Check the plugin's zip by the rules of plugins.qgis.org, which refuses it at the first finding.

    check_zip.py ZIP      prints every rule with what was found; status 1 if anything was

The scanners bandit and detect-secrets come with `make setup`.
"""

from __future__ import annotations

import configparser
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urlparse

from make_zip import LARGEST, REQUIRED_KEYS

#: Rules look at the archive, and yield a sentence for each finding.
Findings = Iterator[str]

_FORBIDDEN_FOLDERS = {"__MACOSX", ".git", "__pycache__"}
_BINARIES = {
    *(".a .bin .bundle .class .com .dll .dylib .egg .exe .jar .lib .msi .o .obj .pyc".split()),
    *(".pyd .pyo .so .whl".split()),
}
#: Data of Qt and pictures, which are no text either.
_DATA = {".qm", ".png", ".gif", ".jpg", ".ico"}
_KEYS_WITH_URLS = ("tracker", "repository", "homepage")
_PLACEHOLDERS = {"http://bugs", "http://repo", "http://homepage"}


def size(archive: zipfile.ZipFile) -> Findings:
    """At most 25 MB, and every file whole."""
    length = Path(archive.filename).stat().st_size
    if length > LARGEST:
        yield f"{length:,} bytes, at most {LARGEST:,} are taken"
    if broken := archive.testzip():
        yield f"{broken} is damaged"


def names(archive: zipfile.ZipFile) -> Findings:
    """One folder, with a plain name, and nothing beside it or outside."""
    tops = {name.split("/")[0] for name in archive.namelist()}
    if len(tops) != 1:
        yield f"{len(tops)} folders at the top: {', '.join(sorted(tops))}"
    for top in tops:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]+", top):
            yield f"the folder {top!r} needs ASCII letters, digits, - and _ only"
    for name in archive.namelist():
        if name.startswith(("/", "\\")) or ".." in name or "\\" in name:
            yield f"{name} leads out of the folder"


def contents(archive: zipfile.ZipFile) -> Findings:
    """What a plugin must have, and nothing that it must not."""
    top = _top(archive)
    for needed in ("__init__.py", "metadata.txt", "LICENSE"):
        if f"{top}/{needed}" not in archive.namelist():
            yield f"{needed} is missing"
    for name in archive.namelist():
        path = PurePosixPath(name)
        if _FORBIDDEN_FOLDERS & {*path.parts}:
            yield f"{name} lies in a folder that is not allowed"
        if any(part.startswith(".") for part in path.parts):
            yield f"{name} is hidden"
        if {"test", "tests"} & {*path.parts} or path.name.startswith("test_"):
            yield f"{name} is a test"
        if path.suffix.lower() in _BINARIES:
            yield f"{name} is a binary"
        elif path.suffix.lower() not in _DATA and b"\0" in archive.read(name):
            yield f"{name} holds binary data"


def metadata(archive: zipfile.ZipFile) -> Findings:
    """All required keys, with values that the site can use."""
    top = _top(archive)
    parser = configparser.ConfigParser()
    parser.optionxform = str
    try:
        text = archive.read(f"{top}/metadata.txt").decode("utf-8")
        parser.read_file(io.StringIO(text))
        found = dict(parser.items("general"))
    except (KeyError, UnicodeDecodeError, configparser.Error) as error:
        yield f"metadata.txt cannot be read: {error}"
        return
    for key in REQUIRED_KEYS:
        if not found.get(key, "").strip():
            yield f"metadata.txt lacks {key}"
    for key in _KEYS_WITH_URLS:
        address = found.get(key, "")
        if not all(urlparse(address)[:2]) or address in _PLACEHOLDERS:
            yield f"{key} is no address: {address!r}"
    if "/" in found.get("author", ""):
        yield "the author's name has a slash"
    icon = found.get("icon", "")
    if icon and f"{top}/{icon}" not in archive.namelist():
        yield f"the icon {icon} is not in the archive"
    for key in ("experimental", "deprecated", "hasProcessingProvider"):
        if found.get(key, "False").lower() not in ("true", "false", "yes", "no"):
            yield f"{key} is neither true nor false: {found[key]}"
    for key in ("version", "qgisMinimumVersion", "qgisMaximumVersion"):
        if key in found and not re.fullmatch(r"\d+(\.\d+)+\S*", found[key]):
            yield f"{key} is no version: {found[key]}"


def bandit(archive: zipfile.ZipFile) -> Findings:
    """No finding of bandit, however slight."""
    for found in _scan(archive, "bandit", "-r", "-q", "-f", "json", ".")["results"]:
        place = f"{found['filename']}:{found['line_number']}"
        yield f"{place}: {found['test_id']} {found['issue_text']}"


def secrets(archive: zipfile.ZipFile) -> Findings:
    """Nothing that looks like a password."""
    results = _scan(archive, "detect_secrets", "scan", "--all-files", ".")["results"]
    for name, found in results.items():
        for one in found:
            yield f"{name}:{one['line_number']}: {one['type']}"


RULES = (size, names, contents, metadata, bandit, secrets)


def _top(archive: zipfile.ZipFile) -> str:
    return archive.namelist()[0].split("/")[0]


def _scan(archive: zipfile.ZipFile, scanner: str, *arguments: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        archive.extractall(folder)
        done = subprocess.run(
            [sys.executable, "-m", scanner, *arguments], cwd=folder, capture_output=True, text=True
        )
    if not done.stdout.startswith("{"):
        sys.exit(f"{scanner} failed: {done.stderr}")
    return json.loads(done.stdout)


def check(path: Path) -> dict[str, list[str]]:
    """Return the findings of each rule."""
    with zipfile.ZipFile(path) as archive:
        return {rule.__name__: list(rule(archive)) for rule in RULES}


def main(path: Path) -> int:
    """Print the report; 1 if there is any finding."""
    report = check(path)
    for name, found in report.items():
        print(f"{name:10}{'ok' if not found else f'{len(found)} found'}")
        for sentence in found:
            print(f"    {sentence}")
    return int(any(report.values()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
