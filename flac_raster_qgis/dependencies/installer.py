"""Run pip in a process; an installation is complete or has no effect."""

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
    """Installs packages into the plugin's folder; used for one installation."""

    #: A line of output of pip.
    output = pyqtSignal(str)
    #: Whether the packages were installed, and a message for the user.
    finished = pyqtSignal(bool, str)

    def __init__(self, names: Sequence[str], parent: QObject | None = None):
        super().__init__(parent)
        self.names = list(names)
        self._is_cancelled = False
        self._is_checking = False
        self._part = folder.sibling(".part")  # copied into the folder when complete
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.setProcessEnvironment(process_environment())
        self._process.setWorkingDirectory(str(self._part))
        self._process.readyReadStandardOutput.connect(self._read_lines)
        self._process.errorOccurred.connect(self._fail_to_start)
        self._process.finished.connect(self._finish)

    def command_line(self) -> str:
        """Return the equivalent command for a terminal; see `write_constraints`."""
        arguments = pip.arguments(self.names, folder.prefix(), constraints_file())
        command = [*pip.isolated(), "-m", "pip", *arguments]
        return pip.command_line(pip.python_executable(), command)

    def start(self) -> None:
        """Start; `finished` reports the end."""
        try:
            shutil.rmtree(self._part, ignore_errors=True)
            self._part.parent.mkdir(parents=True, exist_ok=True)
            self._part.mkdir(mode=0o700)
            write_constraints()
        except OSError as error:
            self._fail_to_write(self._part.parent, error.strerror)
            return
        self.output.emit(f"{self.command_line()}\n")
        arguments = pip.arguments(self.names, self._part, constraints_file())
        self._run(pip.python_arguments("pip", arguments, folder.package_folders()))

    def _run(self, arguments: Sequence[str]) -> None:
        program = pip.python_executable()
        if not os.path.isabs(program):  # a name without a path could be any program
            self._fail(tr("The Python of QGIS cannot be found."))
            return
        self._process.start(program, arguments)

    def cancel(self) -> None:
        """Cancel, without any effect."""
        self._is_cancelled = True
        self._process.kill()

    def _read_lines(self) -> None:
        if self._is_checking:  # its output matters only if it fails
            return
        while self._process.canReadLine():  # an incomplete line may end inside a character
            self._emit_output(self._process.readLine())

    def _emit_output(self, line: QByteArray) -> None:
        self.output.emit(bytes(line).decode("utf-8", "replace"))

    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # after other errors, `finished` follows
            text = tr("{program} cannot be started: {reason}.")
            reason = self._process.errorString()
            self._fail(text.format(program=self._process.program(), reason=reason))

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_lines()
        succeeded = not code and status == QProcess.ExitStatus.NormalExit
        rest = self._process.readAll()
        if rest and not (self._is_checking and succeeded):
            self._emit_output(rest)
        if self._is_cancelled:
            self._fail(tr("Cancelled; nothing was installed."))
        elif succeeded:
            self._move_into_place() if self._is_checking else self._check()
        elif self._is_checking:
            self._fail(
                tr(
                    "The packages do not work with the Python of QGIS, as shown above; nothing was "
                    "installed."
                )
            )
        else:
            self._fail(tr("pip failed, as shown above; nothing was installed."))

    def _check(self) -> None:
        """Check in a process whether the new packages work with those of QGIS."""
        folders = folder.folders_below(self._part)
        present, new = pip.versions(), pip.versions(folders)
        others = sorted(name for name in new if present.get(name, new[name]) != new[name])
        if others:
            text = tr(
                "pip would install other versions of packages that QGIS has ({names}); nothing was "
                "installed."
            )
            self._fail(text.format(names=", ".join(others)))
            return
        self._is_checking = True
        folders = [*folder.package_folders(), *folders]
        self._run(pip.python_arguments("import", self.names, folders))

    def _move_into_place(self) -> None:
        try:
            shutil.copytree(self._part, folder.prefix(), dirs_exist_ok=True)
        except (OSError, shutil.Error) as error:
            self._fail_to_write(folder.prefix(), error)
            return
        folder.activate()
        shutil.rmtree(self._part, ignore_errors=True)
        self.finished.emit(True, tr("Installed: {names}.").format(names=", ".join(self.names)))

    def _fail_to_write(self, path: Path, reason: object) -> None:
        text = tr("{folder} cannot be written: {reason}.")
        self._fail(text.format(folder=path, reason=reason))

    def _fail(self, message: str) -> None:
        shutil.rmtree(self._part, ignore_errors=True)
        self.finished.emit(False, message)


def constraints_file() -> Path:
    """Return the path of the constraints file for pip."""
    return folder.sibling(".constraints.txt")


def write_constraints() -> None:
    """Write the constraints file, which lists the installed versions of all packages."""
    path = constraints_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(pip.constraints(), encoding="utf-8")


def process_environment() -> QProcessEnvironment:
    """Return the environment of QGIS without settings of Python and pip."""
    system = QProcessEnvironment.systemEnvironment()
    variables = pip.environment({name: system.value(name) for name in system.keys()})
    if proxy := proxy_of("https://python.org"):
        # not as an argument, which other users can see: it may contain a password
        variables["PIP_PROXY"] = proxy
    environment = QProcessEnvironment()
    for name, value in variables.items():
        environment.insert(name, value)
    return environment
