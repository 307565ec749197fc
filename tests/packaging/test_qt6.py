"""The plugin beside PyQt6, where `make test-qt6` has installed it: in a Python of its own."""

from __future__ import annotations

import os
import subprocess

import pytest
from kits import ROOT

PYTHON = ROOT / "build/qt6/bin/python"


@pytest.mark.skipif(not PYTHON.exists(), reason="`make test-qt6` installs PyQt6")
def test_the_plugin_beside_pyqt6():
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [PYTHON, "-m", "pytest", "--noconftest", "-p", "no:cacheprovider", "-q", "tests/qt6"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout and "skipped" not in done.stdout
