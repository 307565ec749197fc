"""What the plugin uses of Qt exists in Qt 6, in the PyQt6 of PyPI; `make test-qt6` runs this."""

from __future__ import annotations

import ast
import importlib
import os
import sys

import pytest

pytest.importorskip("PyQt6", reason="`make test-qt6` installs PyQt6")

from kits import qt6  # noqa: E402
from PyQt6.QtCore import Qt, pyqtSignal  # noqa: E402
from PyQt6.QtWidgets import QApplication  # noqa: E402

by_module = pytest.mark.parametrize("path", qt6.modules(), ids=qt6.dotted)


def missing(source: str) -> list[str]:
    """Return the names of Qt in a module that Qt 6 does not have."""
    found = []
    for line, module, name, attributes in qt6.qt_names(ast.parse(source)):
        value = qt6.pyqt(module)
        for part in (name, *attributes):
            if not hasattr(value, part):
                found.append(f"{line}: {module}.{'.'.join((name, *attributes))}")
                break
            value = getattr(value, part)
            if isinstance(value, pyqtSignal):
                break  # its methods are those of objects
    return found


@by_module
def test_names_exist(path):
    assert not missing(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("x = Qt.UserRole", "Qt.UserRole"),
        ("x = Qt.MidButton", "Qt.MidButton"),
        ("x = QWidgets.Nothing", ""),
        ("x = QMessageBox.Yes", "QMessageBox.Yes"),
        ("x = Qt.ItemDataRole.UserRole", ""),
        ("QApplication.desktop()", "QApplication.desktop"),
        ("from qgis.PyQt.QtCore import QRegExp", "QRegExp"),
        ("from qgis.PyQt.QtWidgets import QAction", ""),
        ("QAction.triggered.connect", ""),
    ],
)
def test_what_qt6_lacks_is_found(line, name):
    imports = "from qgis.PyQt.QtCore import Qt\n"
    imports += "from qgis.PyQt.QtWidgets import QAction, QApplication, QMessageBox\n"
    found = missing(imports + line)
    assert len(found) == bool(name) and all(name in one for one in found)


def unsafe(tree: ast.AST) -> list[str]:
    """Return what QGIS's own script for the move to Qt 6 warns of, beside enums."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("PyQt5", "PyQt6")):
            found.append(f"{node.lineno}: import of {node.module}; qgis.PyQt has it for both")
        elif isinstance(node, ast.ImportFrom) and node.module == "qgis.PyQt.Qt":
            found.append(f"{node.lineno}: qgis.PyQt.Qt is gone")
        elif isinstance(node, (ast.ImportFrom, ast.Import)):
            found += [
                f"{node.lineno}: compiled resources are gone"
                for alias in node.names
                if alias.name.endswith("resources_rc")
            ]
        elif isinstance(node, ast.Attribute) and node.attr in ("exec_", "print_"):
            found.append(f"{node.lineno}: {node.attr} is gone")
        elif isinstance(node, ast.FunctionDef) and node.name == "exec_":
            found.append(f"{node.lineno}: exec_ is gone")
        elif isinstance(node, ast.Name) and node.id == "qApp":
            found.append(f"{node.lineno}: qApp is gone")
        elif isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "activated":
            found.append(f"{node.lineno}: activated[str] is gone")
        elif isinstance(node, ast.Call):
            found += [f"{node.lineno}: {problem}" for problem in _calls(node)]
    return found


def _calls(node: ast.Call):
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name == "addAction" and len(node.args) >= 4:
        yield "addAction of four arguments; make the QAction first"
    if name == "desktop" and not node.args:
        yield "QDesktopWidget is gone"
    if name == "QVariant" and (not node.args or "QVariant" in ast.dump(node.args[0])):
        yield "null QVariant; use qgis.core.NULL"
    if name == "QDateTime" and (len(node.args) == 8 or _is_date(node.args)):
        yield "QDateTime of numbers or of a date alone"
    if name == "width" and "ontMetrics" in ast.dump(node.func):
        yield "QFontMetrics.width is gone; use horizontalAdvance"


def _is_date(arguments) -> bool:
    return len(arguments) == 1 and "'QDate'" in ast.dump(arguments[0])


@by_module
def test_the_rules_of_the_plugin_site(path):
    assert not unsafe(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "line",
    [
        "from PyQt5.QtCore import Qt",
        "from qgis.PyQt.Qt import Qt",
        "from . import resources_rc",
        "import resources_rc",
        "dialog.exec_()",
        "def exec_(self): pass",
        "qApp.quit()",
        "box.activated[str].connect(f)",
        "menu.addAction(icon, text, slot, key)",
        "QApplication.desktop()",
        "QVariant()",
        "QVariant(QVariant.Int)",
        "QDateTime(1, 2, 3, 4, 5, 6, 7, 8)",
        "QDateTime(QDate(1, 2, 3))",
        "self.fontMetrics().width(text)",
    ],
)
def test_what_breaks_the_rules_is_found(line):
    assert len(unsafe(ast.parse(line))) == 1


# ---------------------------------------------------------------- run


@pytest.fixture(scope="module")
def application():
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    qt6.install_qgis()
    sys.path.insert(0, str(qt6.ROOT))
    return application


@by_module
def test_modules_are_imported(application, path):
    importlib.import_module(qt6.dotted(path))


def test_the_dialog_of_packages(application, tmp_path, monkeypatch):
    from flac_raster_qgis.dependencies import folder, installer
    from flac_raster_qgis.gui.packages import dialog

    monkeypatch.setattr(folder, "prefix", lambda: tmp_path / "packages")
    monkeypatch.setattr(installer, "proxy_of", lambda url: None)
    monkeypatch.setattr(dialog, "missing", lambda packages: ["mutagen"])
    shown = dialog.PackagesDialog(lambda: None)
    shown.show()
    application.processEvents()
    first = shown.tree.topLevelItem(0)
    assert first.checkState(0) == Qt.CheckState.Checked and shown.install.isEnabled()
    assert "mutagen" in shown.command.text()
    shown.copy.click()
    assert QApplication.clipboard().text() == shown.command.text()
    first.setCheckState(0, Qt.CheckState.Unchecked)
    shown.close()
