"""Run pip beside QGIS: it says what it does, can be cancelled, and changes all or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from qgis.PyQt.QtCore import QByteArray, QObject, QProcess, QProcessEnvironment, pyqtSignal

from ..proxy import proxy_of
from ..translation import tr
from . import folder, pip


class Installer(QObject):
    """Installs packages into the plugin's folder, one time.

    Parameters
    ----------
    names : sequence of str
        Names of packages.
    parent : QObject, optional
    """

    #: Lines that pip prints, as they come.
    said = pyqtSignal(str)
    #: Whether all packages are there now, and what to tell the user.
    finished = pyqtSignal(bool, str)

    def __init__(self, names: Sequence[str], parent: QObject | None = None):
        super().__init__(parent)
        self.names = list(names)
        self._is_cancelled = False
        self._part = folder.beside(".part")  # moves into the folder once it is whole
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.setProcessEnvironment(_environment())
        self._process.readyReadStandardOutput.connect(self._pass_on)
        self._process.errorOccurred.connect(self._fail_to_start)
        self._process.finished.connect(self._finish)

    def command_line(self) -> str:
        """Return what to type into a terminal to the same effect; see `write_constraints`."""
        arguments = pip.arguments(self.names, folder.prefix(), constraints_file())
        return pip.command_line(pip.python_executable(), arguments)

    def start(self) -> None:
        """Begin; `finished` tells how it ended."""
        try:
            shutil.rmtree(self._part, ignore_errors=True)
            self._part.mkdir(parents=True)
            write_constraints()
        except OSError as error:
            self.finished.emit(
                False,
                tr("{folder} cannot be written: {reason}.").format(
                    folder=self._part.parent, reason=error.strerror
                ),
            )
            return
        program = pip.python_executable()
        arguments = pip.arguments(self.names, self._part, constraints_file())
        self.said.emit(f"{pip.command_line(program, arguments)}\n")
        self._process.start(program, arguments)

    def cancel(self) -> None:
        """Stop, and leave everything as it was."""
        self._is_cancelled = True
        self._process.kill()

    def _pass_on(self) -> None:
        while self._process.canReadLine():  # a part of a line may end in the middle of a letter
            self._say(self._process.readLine())

    def _say(self, line: QByteArray) -> None:
        self.said.emit(bytes(line).decode("utf-8", "replace"))

    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the others end in `finished`
            self._end(
                False,
                tr("{program} cannot be started: {reason}.").format(
                    program=self._process.program(), reason=self._process.errorString()
                ),
            )

    def _finish(self, code: int, _status: QProcess.ExitStatus) -> None:
        self._pass_on()
        if rest := self._process.readAll():
            self._say(rest)
        if self._is_cancelled:
            self._end(False, tr("Cancelled; nothing was installed."))
        elif code:
            self._end(False, tr("pip failed, see what it says above; nothing was installed."))
        else:
            try:
                shutil.copytree(self._part, folder.prefix(), dirs_exist_ok=True)
            except (OSError, shutil.Error) as error:
                self._end(
                    False,
                    tr("{folder} cannot be written: {reason}.").format(
                        folder=folder.prefix(), reason=error
                    ),
                )
                return
            folder.activate()
            self._end(True, tr("Installed: {names}.").format(names=", ".join(self.names)))

    def _end(self, is_done: bool, message: str) -> None:
        shutil.rmtree(self._part, ignore_errors=True)
        self.finished.emit(is_done, message)


def constraints_file() -> Path:
    """Return the list of what QGIS has, for pip."""
    return folder.beside(".constraints.txt")


def write_constraints() -> None:
    """Write the list anew; what this plugin installed itself is on it as well.

    Raises
    ------
    OSError
    """
    path = constraints_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(pip.constraints(), encoding="utf-8")


def _environment() -> QProcessEnvironment:
    """Return QGIS's environment, with what the user's settings of pip must not change."""
    environment = QProcessEnvironment.systemEnvironment()
    found = [*folder.package_folders(), environment.value("PYTHONPATH")]
    for key, value in {
        "PYTHONPATH": os.pathsep.join(filter(None, found)),
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_USER": "0",
    }.items():
        environment.insert(key, value)
    if proxy := proxy_of("https://python.org"):
        # not as an argument, which others can see, as it may hold a password
        environment.insert("PIP_PROXY", proxy)
    return environment
