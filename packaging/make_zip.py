"""Build the plugin's zip, the same bytes from the same files, whenever and wherever it is run.

    make_zip.py                build/flac_raster_qgis-VERSION.zip, as plugins.qgis.org takes it
    make_zip.py --link FOLDER  the same layout as links, so that QGIS runs the checkout as the zip

Plain Python without dependencies, but for Qt's lrelease, because a release needs nothing else of
the set-up.
"""

from __future__ import annotations

import argparse
import configparser
import hashlib
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from translations import compile_all

PLUGIN = "flac_raster_qgis"
ROOT = Path(__file__).resolve().parent.parent
BESIDE = (  # lie beside the plugin's folder in the checkout, and inside it in the zip
    "engine",
    "resources",
    "metadata.txt",
    "LICENSE",
    "requirements.txt",
    "README.md",
    "CHANGELOG.md",
)
NOT_FOR_QGIS = {"__main__.py", "engine/cli"}  # the wheel's alone
JUNK = re.compile(r"^\.|^__pycache__$|\.py[cod]$|~$|\.(orig|rej|swp|ts)$")  # .qm is made of .ts
REQUIRED_KEYS = (  # by plugins.qgis.org
    "name description version qgisMinimumVersion author email about tracker repository homepage"
).split()
LARGEST = 25_000_000  # plugins.qgis.org refuses more


def roots() -> dict[str, Path]:
    """Return what lies at the top of the plugin: name there, path here."""
    inside = {
        path.name: path
        for path in (ROOT / PLUGIN).iterdir()
        if path.name not in NOT_FOR_QGIS and not JUNK.search(path.name)
    }
    beside = {name: ROOT / name for name in BESIDE}
    if clash := inside.keys() & beside.keys():
        sys.exit(f"both in {PLUGIN}/ and beside it: {', '.join(sorted(clash))}")
    if missing := [name for name, path in beside.items() if not path.exists()]:
        sys.exit(f"missing from the project: {', '.join(missing)}")
    return inside | beside


def files(path: Path, name: str) -> Iterator[tuple[str, Path]]:
    """Yield (name in the zip, file) for a file, or for all files below a folder."""
    if path.is_dir():
        for child in path.iterdir():
            inner = f"{name}/{child.name}"
            if not JUNK.search(child.name) and inner.partition("/")[2] not in NOT_FOR_QGIS:
                yield from files(child, inner)
    else:
        yield name, path


def checked_version() -> str:
    """Return the version, after refusing a metadata.txt that plugins.qgis.org would refuse."""
    parser = configparser.ConfigParser()  # theirs too: a bare percent sign stops it
    parser.optionxform = str
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    try:
        metadata = dict(parser.items("general"))
    except configparser.Error as error:
        sys.exit(f"metadata.txt: {error}")
    if missing := [key for key in REQUIRED_KEYS if not metadata.get(key)]:
        sys.exit(f"metadata.txt lacks {', '.join(missing)}")
    source = (ROOT / "engine" / "_version.py").read_text(encoding="utf-8")
    version = re.search(r'^__version__ = "(.+)"$', source, re.MULTILINE)[1]
    if metadata["version"] != version:
        sys.exit(f"metadata.txt says {metadata['version']}, engine/_version.py {version}")
    return version


def make_zip() -> Path:
    """Write the zip and return its path."""
    compile_all()
    target = ROOT / "build" / f"{PLUGIN}-{checked_version()}.zip"
    target.parent.mkdir(exist_ok=True)
    for other in target.parent.glob(f"{PLUGIN}-*.zip"):  # of other versions
        other.unlink()
    entries = dict(pair for top, path in roots().items() for pair in files(path, f"{PLUGIN}/{top}"))
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(entries):  # order, time and mode must not depend on the checkout
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # Unix, on Windows too
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, entries[name].read_bytes(), zipfile.ZIP_DEFLATED, 9)
    content = target.read_bytes()
    if len(content) > LARGEST:
        sys.exit(f"{target} has {len(content):,} bytes, and plugins.qgis.org takes {LARGEST:,}")
    digest = hashlib.sha256(content).hexdigest()
    print(f"{target.relative_to(ROOT)}: {len(entries)} files, {len(content):,} bytes")
    print(f"sha256 {digest}")
    return target


def link(folder: Path) -> None:
    """Make `folder` the plugin, out of links to the checkout; links of other times are removed.

    The folder itself is real and only its children are links: were it a link to flac_raster_qgis/,
    `engine` would not lie inside, and QGIS would run another layout than users do.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = roots()
    for child in folder.iterdir():
        if child.is_symlink() and child.resolve() != wanted.get(child.name):
            child.unlink()
    for name, path in wanted.items():
        if not (folder / name).is_symlink():
            (folder / name).symlink_to(path, target_is_directory=path.is_dir())


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Build the plugin's zip.")
    arguments.add_argument("--link", type=Path, metavar="FOLDER", help="link, do not zip")
    if folder := arguments.parse_args().link:
        link(folder)
    else:
        make_zip()
