"""Packages import only what stands below them; docs/architecture.md draws the same rooms."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from kits import ROOT

PLUGIN = "flac_raster_qgis"
#: Modules that every room of the engine may import.
GROUND = {"errors", "error_messages", "job", "options", "_version"}
#: What each room may import beside the base modules, from the bottom up.
ENGINE = {
    "model": set(),
    "flac": set(),
    "storage": {"flac"},  # the bytes that a file starts with
    "coding": {"model"},
    "parallel": {"model", "storage"},
    "tile": {"model", "flac", "coding"},
    "rasterio_io": {"model", "storage", "parallel"},
    "format": {"model", "storage", "flac", "tile"},
    "writing": {"model", "storage", "parallel", "tile", "coding", "flac", "format"},
    "legacy": {"model", "storage", "parallel", "tile", "flac", "format", "writing"},
    "reading": {"model", "storage", "parallel", "tile", "format", "legacy"},
    "collection": {"model", "storage", "format", "reading"},
    "virtual_tiff": {
        *("model", "storage", "parallel", "tile", "rasterio_io", "format", "reading"),
    },
    "xarray_io": {"model", "storage", "rasterio_io", "writing", "reading"},
    "operations": {
        *("model", "storage", "parallel", "tile", "rasterio_io", "format", "writing", "legacy"),
        *("reading", "collection", "xarray_io"),
    },
    "": {  # public names
        *("model", "storage", "parallel", "reading", "writing", "virtual_tiff", "xarray_io"),
        "operations",
    },
    "cli": {"", "model", "storage", "parallel", "virtual_tiff", "operations"},
}
#: The same inside rooms that have rooms of their own. The name "" is the room's `__init__`.
INNER = {
    "engine/coding": {
        "workspace": set(),
        "gil_contention": set(),
        "effort": set(),
        "mask": {"effort"},
        "segment": set(),
        "words": {"workspace"},
        "cost_model": {"effort", "words"},
        "planes": {"workspace", "effort", "words", "cost_model"},
        "codec": {"effort", "segment", "planes"},
        # a codec imports no other one but the class that it extends; only the registry knows all
        "prediction": {"mask", "effort", "segment", "words", "planes", "codec"},
        "interpolation": {"workspace", "effort", "segment", "words", "planes", "prediction"},
        "labels": {"workspace", "effort", "segment", "planes", "codec"},
        "registry": {"effort", "codec", "interpolation", "labels", "prediction"},
        "select": {"effort", "segment", "words", "cost_model", "planes", "codec", "registry"},
        "decode": {"gil_contention", "segment", "registry"},
    },
    "flac_raster_qgis": {
        "core": set(),
        "dependencies": {"core"},
        "data_provider": {"core"},
        "algorithms": {"core", "dependencies"},
        "gui": {"core", "dependencies", "data_provider"},
        "plugin": {"core", "dependencies", "data_provider", "algorithms", "gui"},
        "": {"plugin"},
        "__main__": set(),
    },
    "flac_raster_qgis/gui": {
        "widgets": set(),
        "background_task": set(),
        "returning_tool": set(),
        "history": {"widgets", "background_task", "returning_tool"},
        "help": set(),
        "packages": {"widgets"},
        "plugin_menu": {"packages", "help"},
        "message_watch": {"widgets", "background_task"},
        "connections": {"widgets", "background_task", "packages", "plugin_menu"},
        "layers": {"widgets", "background_task", "connections", "help", "plugin_menu"},
        "browser": {"widgets", "background_task", "connections", "layers", "help"},
        "dock": {
            *("widgets", "background_task", "returning_tool", "history", "connections", "help"),
            "plugin_menu",
        },
    },
}
#: Rooms of the plugin that start where the engine may be unable to.
WITHOUT_ENGINE = ("flac_raster_qgis/dependencies",)
#: The only places that import a library: folders and modules.
LIBRARIES = {
    "numpy": ("engine", "flac_raster_qgis/data_provider", "flac_raster_qgis/gui/dock/contrast.py"),
    "pyflac": ("engine/flac",),
    "soundfile": ("engine/flac",),
    "mutagen": ("engine/format",),
    "rasterio": ("engine/rasterio_io",),
    "requests": ("engine/storage", "flac_raster_qgis/core/network.py"),
    "urllib3": ("engine/storage",),
    "fsspec": ("engine/storage/remote",),
    "diskcache": ("engine/storage/disk_cache.py", "engine/storage/cache_folder.py"),
    "distributed": ("engine/parallel/dask.py",),
    "xarray": ("engine/xarray_io",),
    "cftime": ("engine/xarray_io",),
    "pyproj": ("engine/xarray_io",),
    "typer": ("engine/cli",),
    "rich": ("engine/cli",),
    "qgis": ("flac_raster_qgis",),
    "processing": ("flac_raster_qgis/gui",),
    "osgeo": ("flac_raster_qgis/core/tiff_server.py", "flac_raster_qgis/gui/dock/contrast.py"),
}


def name_of(path: Path) -> str:
    """Return where a module lies, as ``engine/tile/header``; a package is called by its folder."""
    relative = path.relative_to(ROOT).with_suffix("")
    return (relative.parent if relative.name == "__init__" else relative).as_posix()


FILES = {
    name_of(path): path for top in ("engine", PLUGIN) for path in sorted((ROOT / top).rglob("*.py"))
}


@cache
def imports_of(name: str, at_once: bool = False) -> tuple[frozenset[str], frozenset[str]]:
    """Return which modules of the project, and which libraries, a module imports.

    Anywhere, or at once when it is imported itself.
    """
    path = FILES[name]
    package = name.split("/") if path.name == "__init__.py" else name.split("/")[:-1]
    own, libraries = set(), set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if at_once else ast.walk(tree):
        if isinstance(node, ast.Import):
            libraries |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            libraries.add(node.module.partition(".")[0])
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1]
            module = [*above, *(node.module.split(".") if node.module else ())]
            own |= {_module([*module, alias.name]) for alias in node.names}
    return frozenset(own - {name}), frozenset(libraries)


def _module(parts: list[str]) -> str:
    """Return the module that holds a name; the engine is imported as a part of the plugin."""
    if parts[:2] == [PLUGIN, "engine"]:
        parts = parts[1:]
    while parts and "/".join(parts) not in FILES:
        parts = parts[:-1]
    assert parts, "a relative import of something that does not exist"
    return "/".join(parts)


def room_in(folder: str, name: str) -> str:
    """Return the room of a module in a folder, "" for the folder's own `__init__`."""
    return name[len(folder) + 1 :].partition("/")[0]


def not_allowed(folder: str, allowed: dict[str, set[str]], ground: set[str] = frozenset()):
    """Return the imports between the rooms of a folder that the table does not have."""
    found = []
    for name in FILES:
        if name != folder and not name.startswith(f"{folder}/"):
            continue
        room = room_in(folder, name)
        for other in sorted(imports_of(name)[0]):
            target = room_in(folder, other)
            if other != folder and not other.startswith(f"{folder}/") or target == room:
                continue
            if room in ground and target not in ground:
                found.append(f"{name} imports {other}")
            elif target not in ground and target not in allowed.get(room, set()):
                found.append(f"{name} imports {other}")
    return found


def rooms_in(folder: str) -> set[str]:
    return {room_in(folder, name) for name in FILES if name.startswith(f"{folder}/")}


def test_the_engine_imports_downwards():
    assert not not_allowed("engine", ENGINE, GROUND)


@pytest.mark.parametrize("folder", INNER)
def test_rooms_inside_import_downwards(folder):
    # a package's own `__init__` may gather what it shows, and nobody inside imports it
    table = {"": set(INNER[folder]), **INNER[folder]}
    assert not not_allowed(folder, table)


def test_the_tables_know_every_room():
    assert rooms_in("engine") == {*ENGINE, *GROUND} - {""} - _absent("engine", GROUND)
    for folder, table in INNER.items():
        assert rooms_in(folder) == {*table} - {""}, folder


def _absent(folder, names):
    return {name for name in names if f"{folder}/{name}" not in FILES}


@pytest.mark.parametrize("table", [ENGINE, *INNER.values()], ids=["engine", *INNER])
def test_the_tables_allow_no_cycle(table):
    above = set()
    for room, allowed in table.items():  # from the bottom up
        assert allowed <= above, room
        above.add(room)


def test_no_module_imports_itself_through_others():
    done, way = set(), []

    def follow(name):
        assert name not in way, " -> ".join([*way[way.index(name) :], name])
        if name not in done:
            way.append(name)
            for other in sorted(imports_of(name)[0]):
                if not name.startswith(f"{other}/"):  # a package is there before its modules
                    follow(other)
            done.add(way.pop())

    for name in FILES:
        follow(name)


def test_only_the_open_function_of_storage_reaches_its_remote_sources():
    inside, reached = "engine/storage/remote", set()
    for name in FILES:
        if name.startswith("engine/storage/") and not name.startswith(inside):
            if any(other.startswith(inside) for other in imports_of(name)[0]):
                reached.add(name)
    assert reached == {"engine/storage/open"}
    for name in FILES:
        if name.startswith(inside):
            assert "engine/storage/open" not in imports_of(name)[0], name


def test_the_engine_does_not_import_the_plugin():
    for name in FILES:
        if name.startswith("engine"):
            assert not [o for o in imports_of(name)[0] if o.startswith(PLUGIN)], name


def test_the_plugin_asks_for_packages_without_the_engine():
    for name in FILES:
        if name.startswith(WITHOUT_ENGINE):
            assert not [o for o in imports_of(name)[0] if o.startswith("engine")], name


@pytest.mark.parametrize("start", ["plugin", "gui/plugin_menu"])
def test_the_plugin_starts_where_the_engine_cannot(start):
    reached, waiting = set(), [f"{PLUGIN}/{start}"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            assert not name.startswith("engine"), f"{start} needs {name} to start"
            reached.add(name)
            waiting += imports_of(name, at_once=True)[0]
    assert len(reached) > 3


@pytest.mark.skipif(sys.version_info < (3, 10), reason="Python names its modules from 3.10 on")
def test_libraries_are_imported_in_their_rooms_only():
    for name, path in FILES.items():
        place = path.relative_to(ROOT).as_posix()
        for library in imports_of(name)[1] - sys.stdlib_module_names:
            homes = LIBRARIES.get(library, ())
            assert any(place == home or place.startswith(f"{home}/") for home in homes), (
                f"{place} imports {library}"
            )


def test_each_room_says_in_a_line_what_it_is_for():
    folders = {path.parent for path in FILES.values()}
    for folder in folders:
        text = (folder / "__init__.py").read_text(encoding="utf-8")
        first = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
        assert first.endswith((".", ":")) and len(first.split()) > 3, folder


def test_the_architecture_page_names_every_room():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawing = (ROOT / "docs" / "images" / "architecture.svg").read_text(encoding="utf-8")
    tree = re.findall(r"^  ([a-z_]+)/ ", page, re.MULTILINE)
    folders = [
        path.name
        for top in ("engine", PLUGIN)
        for path in sorted((ROOT / top).iterdir())
        if (path / "__init__.py").exists()
    ]
    assert sorted(tree) == sorted(folders)
    assert not [name for name in folders if not re.search(rf">[^<]*\b{name}\b", drawing)]
