"""Dialog that lists missing Python packages by feature, and installs them."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QSignalBlocker, QSize, Qt
from qgis.PyQt.QtGui import QFontDatabase, QGuiApplication
from qgis.PyQt.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.translation import tr
from ...dependencies import folder, pip
from ...dependencies.features import READING, Feature, features, installed, missing
from ...dependencies.installer import Installer, write_constraints
from ..widgets import GrowingDialog, PlainLabel, fill

#: Width, and height with the log of pip, in pixels.
_WIDTH, _WITH_LOG = 760, 520
#: Role of the names of missing packages in an item.
_NAMES = Qt.ItemDataRole.UserRole


class PackagesDialog(GrowingDialog):
    """Lists features and their missing packages; calls ``installed`` after installing them."""

    def __init__(self, installed: Callable[[], None], parent: QWidget | None = None):
        super().__init__(parent)
        self._installed = installed
        self._installer: Installer | None = None
        self.setWindowTitle(tr("Python Packages of FLAC Raster"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        self.tree.setHeaderLabels([tr("Feature"), tr("Python packages")])
        self.tree.itemChanged.connect(self._show_command)
        self.where = PlainLabel(is_paragraph=True)
        self.command = QLineEdit()
        self.command.setReadOnly(True)
        self.copy = QPushButton(tr("Copy"))
        self.copy.setToolTip(tr("Copy the command to run it in a terminal"))
        self.copy.clicked.connect(self._copy_command)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.message = PlainLabel(is_paragraph=True)
        self.message.hide()
        self.install = QPushButton(tr("Install"))
        self.install.setDefault(True)
        self.install.clicked.connect(self._start)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.install, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)

        self.manual_label = PlainLabel(tr("Manual installation:"))
        manual = fill(QHBoxLayout(), self.manual_label, self.command, self.copy)
        layout = fill(QVBoxLayout(self), self.tree, self.where, manual, self.log)
        layout.setStretchFactor(self.log, 100)
        fill(layout, self.progress, self.message)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.log.hide()
        self._show_running(False)
        self._show_features()

    def sizeHint(self) -> QSize:
        """Return a width that fits most lines of pip, and the height of the contents at it."""
        return QSize(_WIDTH, self.layout().totalHeightForWidth(_WIDTH))

    def reject(self) -> None:
        """Close the dialog and cancel a running installation."""
        self._cancel()
        super().reject()

    # ---------------------------------------------------------------- features

    def _show_features(self) -> None:
        with QSignalBlocker(self.tree):
            self.tree.clear()
            for feature in features():
                names = missing(feature.packages)
                item = QTreeWidgetItem([feature.title, _state(feature)])
                item.setData(0, _NAMES, names)
                is_checked = not (names and feature.is_optional)
                states = Qt.CheckState
                item.setCheckState(0, states.Checked if is_checked else states.Unchecked)
                if not names:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                self.tree.addTopLevelItem(item)
        for column in range(2):
            self.tree.resizeColumnToContents(column)
        rows = self.tree.sizeHintForRow(0) * (self.tree.topLevelItemCount() + 1)
        self.tree.setFixedHeight(rows + self.tree.header().sizeHint().height())
        self._show_command()

    def _selected(self) -> list[str]:
        names: dict[str, None] = {}
        for row in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(row)
            if item.data(0, _NAMES) and item.checkState(0) == Qt.CheckState.Checked:
                names.update(dict.fromkeys([*missing(READING), *item.data(0, _NAMES)]))
        return list(names)

    def _show_command(self) -> None:
        names = self._selected()
        self.install.setEnabled(bool(names) and self._installer is None and pip.has_pip())
        for widget in (self.manual_label, self.command, self.copy):
            widget.setVisible(bool(names))
        if not names:
            self.where.setText(tr("All packages of the selected features are installed."))
            return
        self.where.setText(
            tr(
                "Packages are installed into a folder that only this plugin uses: {folder}. "
                "Packages of QGIS, such as numpy, are not changed."
            ).format(folder=folder.prefix())
            if pip.has_pip()
            else tr("pip is not available in the Python of QGIS. Install the packages manually.")
        )
        self.command.setText(pip.manual_command(names) or Installer(names).command_line())
        self.command.setCursorPosition(0)

    def _copy_command(self) -> None:
        try:
            write_constraints()  # the command refers to this file
        except OSError as error:
            self._show_message(str(error))
        QGuiApplication.clipboard().setText(self.command.text())

    # ---------------------------------------------------------------- installing

    def _start(self) -> None:
        self.log.clear()
        self.log.show()
        self.message.hide()
        self.resize(self.width(), max(self.height(), _WITH_LOG))
        self._installer = Installer(self._selected(), self)
        self._installer.output.connect(self._add_to_log)
        self._installer.finished.connect(self._finish)
        self._show_running(True)
        self._installer.start()

    def _cancel(self) -> None:
        if self._installer is not None:
            self._installer.cancel()

    def _add_to_log(self, text: str) -> None:
        self.log.appendPlainText(text.rstrip("\r\n"))

    def _finish(self, is_done: bool, message: str) -> None:
        self._installer = None
        self._show_running(False)
        self._show_features()
        if is_done:
            self._installed()
            if not missing(READING):
                next_step = tr(
                    "Next: the button FLAC Raster in the toolbar, or Raster › FLAC Raster."
                )
                message = f"{message} {next_step}"
        self._show_message(message)

    def _show_message(self, message: str) -> None:
        self.message.setText(message)
        self.message.show()

    def _show_running(self, is_running: bool) -> None:
        self.progress.setVisible(is_running)
        self.cancel.setVisible(is_running)
        self.tree.setEnabled(not is_running)
        if is_running:
            self.install.setEnabled(False)


def _state(feature: Feature) -> str:
    """Return a text that says which packages of a feature are installed and which are missing."""
    groups = (
        (tr("missing: {names}"), missing(feature.packages)),
        (tr("installed: {names}"), installed(feature.packages)),
    )
    return "; ".join(text.format(names=", ".join(names)) for text, names in groups if names)
