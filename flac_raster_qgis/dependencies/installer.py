"""Run pip beside QGIS: it says what it does, can be cancelled, and changes all or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from qgis.PyQt.QtCore import QByteArray, QObject, QProcess, QProcessEnvironment, pyqtSignal

from ..core.proxy import proxy_of
from ..core.translation import tr
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
        self._is_checking = False
        self._part = folder.beside(".part")  # moves into the folder once it is whole
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.setProcessEnvironment(_environment())
        self._process.setWorkingDirectory(str(self._part))
        self._process.readyReadStandardOutput.connect(self._pass_on)
        self._process.errorOccurred.connect(self._fail_to_start)
        self._process.finished.connect(self._finish)

    def command_line(self) -> str:
        """Return what to type into a terminal to the same effect; see `write_constraints`."""
        arguments = pip.arguments(self.names, folder.prefix(), constraints_file())
        command = [*pip.isolated(), "-m", "pip", *arguments]
        return pip.command_line(pip.python_executable(), command)

    def start(self) -> None:
        """Begin; `finished` tells how it ended."""
        try:
            shutil.rmtree(self._part, ignore_errors=True)
            self._part.parent.mkdir(parents=True, exist_ok=True)
            self._part.mkdir(mode=0o700)
            write_constraints()
        except OSError as error:
            self.finished.emit(
                False,
                tr("{folder} cannot be written: {reason}.").format(
                    folder=self._part.parent, reason=error.strerror
                ),
            )
            return
        self.said.emit(f"{self.command_line()}\n")
        arguments = pip.arguments(self.names, self._part, constraints_file())
        self._run(pip.run_pip(arguments, folder.package_folders()))

    def _run(self, arguments: Sequence[str]) -> None:
        program = pip.python_executable()
        if not os.path.isabs(program):  # of that name, the system might find anything
            self._end(False, tr("The Python of QGIS cannot be found."))
            return
        self._process.start(program, arguments)

    def cancel(self) -> None:
        """Stop, and leave everything as it was."""
        self._is_cancelled = True
        self._process.kill()

    def _pass_on(self) -> None:
        if self._is_checking:  # what that says is of interest only if it fails
            return
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

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._pass_on()
        is_well = not code and status == QProcess.ExitStatus.NormalExit
        rest = self._process.readAll()
        if rest and not (self._is_checking and is_well):
            self._say(rest)
        if self._is_cancelled:
            self._end(False, tr("Cancelled; nothing was installed."))
        elif self._is_checking:
            self._take_over() if is_well else self._end(
                False,
                tr(
                    "The packages do not work with the Python of QGIS, see above; nothing was "
                    "installed."
                ),
            )
        elif not is_well:
            self._end(False, tr("pip failed, see what it says above; nothing was installed."))
        else:
            self._check()

    def _check(self) -> None:
        """See whether what pip has brought works with what QGIS has, in a process of its own."""
        brought = folder.folders_below(self._part)
        there, new = pip.versions(), pip.versions(brought)
        others = sorted(name for name in new if there.get(name, new[name]) != new[name])
        if others:
            self._end(
                False,
                tr(
                    "pip would install other versions of packages that QGIS has ({names}), so "
                    "nothing was installed."
                ).format(names=", ".join(others)),
            )
            return
        self._is_checking = True
        self._run(pip.run_imports(self.names, [*folder.package_folders(), *brought]))

    def _take_over(self) -> None:
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
    """Return QGIS's environment without what could change what Python and pip do."""
    system = QProcessEnvironment.systemEnvironment()
    found = pip.environment({name: system.value(name) for name in system.keys()})
    if proxy := proxy_of("https://python.org"):
        # not as an argument, which others can see, as it may hold a password
        found["PIP_PROXY"] = proxy
    environment = QProcessEnvironment()
    for name, value in found.items():
        environment.insert(name, value)
    return environment
