"""What the tests of the command line share: running it in a process of its own, small rasters."""

import json
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path
from subprocess import PIPE
from typing import NamedTuple

import flac_raster_qgis

ROOT = Path(flac_raster_qgis.__file__).parents[1]
COMMAND = [sys.executable, "-m", "flac_raster_qgis"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
#: All that takes long to import, but nothing that looks at the terminal when it is imported.
_PRELOADED = ["flac_raster_qgis.engine.flac.pyflac_backend"]
_PRELOADED += ["flac_raster_qgis.engine.rasterio_io.template"]
_PRELOADED += ["mutagen.flac", "rasterio.control", "rasterio.rpc", "rasterio.shutil", "rich.table"]
_PRELOADED += ["rich.progress", "rich._emoji_codes", "typer", "pydantic.type_adapter", "pytest"]


class Done(NamedTuple):
    """What a finished process leaves: the same names as subprocess has."""

    returncode: int
    stdout: str
    stderr: str


def run_real(*arguments, encoding="utf-8", **options):
    """Run ``python -m flac_raster_qgis`` as a shell does."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        **{"env": ENVIRONMENT, "timeout": 60, "stdout": PIPE, "stderr": PIPE, **options},
    )
    texts = [
        (part or b"").decode(encoding, "surrogateescape") for part in (done.stdout, done.stderr)
    ]
    return Done(done.returncode, *texts)


def run(*arguments, cwd="."):
    """Run ``python -m flac_raster_qgis`` in a fork of a process that has imported the libraries.

    Like `run_real` in all but the second that the imports take; that is spared on Windows only.
    """
    if sys.platform == "win32":
        return run_real(*arguments, cwd=cwd)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        status = run_forked(arguments, cwd, out.fileno(), err.fileno())
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "surrogateescape"))
    return Done(status, *texts)


def run_forked(arguments, cwd, out, err, environment=None):
    """Run with files or terminals for stdout and stderr, and return the exit status."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    files = [multiprocessing.reduction.DupFd(number) for number in (out, err)]
    process = context.Process(
        target=_main, args=(files, os.fspath(cwd), list(map(str, arguments)), environment or {})
    )
    process.start()
    process.join(60)
    process.kill()
    process.join()
    return process.exitcode


def _main(files, cwd, arguments, environment):
    for number, file in enumerate(files, start=1):
        os.dup2(file.detach(), number)
    os.chdir(cwd)
    os.environ.update(environment)
    sys.argv = ["flac-raster", *arguments]
    runpy.run_module("flac_raster_qgis", run_name="__main__")


def succeed(*arguments, **options):
    """Run ``flac-raster``, expect success and silence on stderr, and return stdout."""
    done = run(*arguments, **options)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def strict_json(text):
    """Read JSON as the standard has it: no NaN, no infinities."""

    def refuse(constant):
        raise ValueError(f"{constant} is not JSON")

    return json.loads(text, parse_constant=refuse)


def names(folder):
    return sorted(path.name for path in Path(folder).iterdir())
