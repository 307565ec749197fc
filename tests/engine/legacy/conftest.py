"""The real flac-raster 0.1.2, in an environment of its own."""

import json
import runpy
import subprocess
from pathlib import Path

import pytest
from kits import ROOT


@pytest.fixture(autouse=True, scope="session")
def _needs_pyflac():
    pytest.importorskip("pyflac", reason="files of flac-raster are read with pyflac")


@pytest.fixture(scope="session")
def peer():
    """Return a function that runs commands of flac-raster 0.1.2, all in one process."""
    recipe = runpy.run_path(str(ROOT / "benchmarks" / "peer.py"))
    try:
        python = recipe["peer_python"]()
    except recipe["PeerMissing"] as error:
        pytest.skip(str(error))

    def run(*commands):
        script = Path(__file__).with_name("run_peer.py")
        text = json.dumps([list(map(str, command)) for command in commands])
        done = subprocess.run(
            [python, script], input=text, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]

    return run
