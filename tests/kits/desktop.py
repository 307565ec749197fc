"""Runs scripts inside the real QGIS desktop, on a screen of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Callable

from kits import ROOT

SCRIPTS = ROOT / "tests" / "gui" / "desktop"
PICTURES = ROOT / "build" / "screenshots"
PLUGIN = ROOT / "build" / "profile" / "profiles" / "default" / "python" / "plugins"
#: Where xvfb-run looks for a free display: elsewhere in each worker of pytest-xdist, as two that
#: look at the same time would find the same one.
FIRST_DISPLAY = str(99 + 50 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]))
SETTINGS = """
[PythonPlugins]
flac_raster_qgis=true
processing=true
[UI]
UITheme={theme}
[qgis]
checkVersion=false
[locale]
overrideFlag=true
userLocale=en_US
[flac_raster]
{more}
"""


class Desktop:
    """A QGIS desktop that runs a script and ends.

    Parameters
    ----------
    script : str
        In the folder ``desktop``.
    folder : path
        For its profile, and everything else it writes.
    given : dict, optional
        For the script.
    theme : str
        Of QGIS's interface.
    scale : float
        Of everything on the screen.
    settings : str
        Lines of the plugin's in the profile.
    pictures : path
        Where they go.
    profiles : path, optional
        Of another desktop, to share its profile.
    """

    def __init__(
        self,
        script: str,
        folder: Path,
        given: dict | None = None,
        *,
        theme: str = "default",
        scale: float = 1,
        settings: str = "",
        pictures: Path = PICTURES,
        profiles: Path | None = None,
    ):
        self._outcome = folder / "outcome.json"
        self._output = open(folder / "output.txt", "w+b")
        profiles = profiles or folder / "profiles"
        profile = profiles / "profiles" / "test"
        if not profile.exists():
            (profile / "QGIS").mkdir(parents=True)
            text = SETTINGS.format(theme=theme, more=settings)
            (profile / "QGIS" / "QGIS3.ini").write_text(text)
            (profile / "python").mkdir()
            (profile / "python" / "plugins").symlink_to(PLUGIN)
        width, height = (round(side * scale) for side in (1420, 920))
        command = [
            str(ROOT / "packaging" / "qgis_env.sh"),
            *("xvfb-run", "-a", "-n", FIRST_DISPLAY, "-s", f"-screen 0 {width}x{height}x24"),
            shutil.which("qgis.bin") or "qgis",
            *("--nologo", "--noversioncheck"),
            *("--profiles-path", str(profiles), "--profile", "test"),
            *("--code", str(SCRIPTS / script)),
        ]
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(scale),
            "PYTHONPATH": os.pathsep.join([str(SCRIPTS), os.environ.get("PYTHONPATH", "")]),
            "DESKTOP_OUTCOME": str(self._outcome),
            "DESKTOP_PICTURES": str(pictures),
            "DESKTOP_GIVEN": json.dumps(given or {}),
        }
        # a session of its own, so that xvfb-run's children end with it
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self, seconds: float, meanwhile: Callable[[], None] = lambda: None) -> dict:
        """Wait for the end of the script, and of QGIS, and return what the script found."""
        end = time.monotonic() + seconds
        try:
            while self._process.poll() is None:
                assert time.monotonic() < end, f"not within {seconds} s:\n{self.output()}"
                meanwhile()
                time.sleep(0.02)
        finally:
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
        assert self._outcome.exists(), f"QGIS ended early:\n{self.output()}"
        outcome = json.loads(self._outcome.read_text())
        assert "error" not in outcome, outcome["error"] + self.output()
        assert self._process.returncode == 0, self.output()
        return outcome["found"]

    def join(self, seconds: float) -> None:
        """Wait for the end of QGIS, whatever ends it."""
        try:
            self._process.wait(seconds)
        finally:
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)

    def output(self) -> str:
        """Everything that QGIS printed."""
        self._output.seek(0)
        return self._output.read().decode("utf-8", "replace")
