"""The plugin beside PyQt6 and without QGIS: `qgis.PyQt` is PyQt6, QGIS's own classes are empty.

What QGIS does with PyQt6 is done here too: `QAction` and `QShortcut` stay in `QtWidgets`, and
`QVariant` keeps names of types.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from PyQt6 import QtCore, QtGui, sip

from kits import ROOT

PLUGIN = ROOT / "flac_raster_qgis"
#: Modules of the wheel alone.
NOT_FOR_QGIS = {"__main__.py"}
TYPES = {"LongLong": "LongLong", "Double": "Double", "String": "QString"}
MOVED = {"QtWidgets": {"QAction": QtGui.QAction, "QShortcut": QtGui.QShortcut}}


class _Empty(type(QtCore.QObject)):
    """Of classes whose attributes are all such classes."""

    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _empty(name)
        setattr(cls, name, made)
        return made

    def __or__(cls, other: object) -> type:
        return cls  # flags


def _empty(name: str) -> type:
    def start(self, *arguments: object, **options: object) -> None:
        QtCore.QObject.__init__(self)

    return _Empty(name, (QtCore.QObject,), {"__init__": start})


class _QgisModule(ModuleType):
    """A module of QGIS 4, which has whatever is asked for."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _empty(name)
        if name == "Qgis":
            made.QGIS_VERSION_INT = 40000
        setattr(self, name, made)
        return made


def pyqt(name: str) -> ModuleType:
    """Return what `qgis.PyQt.NAME` is on Qt 6."""
    module = ModuleType(f"qgis.PyQt.{name}")
    there = sip if name == "sip" else importlib.import_module(f"PyQt6.{name}")
    vars(module).update({key: value for key, value in vars(there).items() if key[0] != "_"})
    vars(module).update(MOVED.get(name, {}))
    if name == "QtCore":
        for old, new in TYPES.items():
            setattr(QtCore.QVariant, old, QtCore.QMetaType.Type[new])
    return module


def install_qgis() -> None:
    """Let `qgis` and `processing` be imported."""
    names = ("qgis.core", "qgis.gui", "qgis.utils", "qgis.analysis")
    for name in ("qgis", "qgis.PyQt", *names, "processing", "processing.gui", "osgeo"):
        made = _QgisModule(name)
        made.__path__ = []
        sys.modules[name] = made
    for name in ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtXml", "sip"):
        sys.modules[f"qgis.PyQt.{name}"] = pyqt(name)
        setattr(sys.modules["qgis.PyQt"], name, sys.modules[f"qgis.PyQt.{name}"])
    for name in names:
        setattr(sys.modules["qgis"], name.partition(".")[2], sys.modules[name])


def modules() -> list[Path]:
    """Return the modules of the plugin, as QGIS gets them."""
    found = [path for path in PLUGIN.rglob("*.py") if not NOT_FOR_QGIS & {*path.parts}]
    return sorted(found)


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def qt_names(tree: ast.AST) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield line, module, class and attributes of each use of a class of Qt in a module.

    ``Qt.ItemDataRole.UserRole`` gives ``["ItemDataRole", "UserRole"]``.
    """
    imported = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt."):
            module = node.module.rpartition(".")[2]
            for alias in node.names:
                imported[alias.asname or alias.name] = (module, alias.name)
                yield node.lineno, module, alias.name, []
    inner = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or id(node) in inner:
            continue
        line, attributes = node.lineno, []
        while isinstance(node, ast.Attribute):
            attributes.insert(0, node.attr)
            node = node.value
        if isinstance(node, ast.Name) and node.id in imported:
            yield (line, *imported[node.id], attributes)
