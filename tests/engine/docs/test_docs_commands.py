"""Every example of the documents works: commands in a shell, Python, JSON."""

from __future__ import annotations

import glob
import json
import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest
from cli_kit import COMMAND, ENVIRONMENT, ROOT, run
from docs_kit import (
    DOCS,
    LANGUAGES,
    PAGES,
    blocks,
    commands,
    fit,
    folder_for,
    of_language,
    runs_in_qgis,
)
from run_blocks import SKIPPED

pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="no docs/ here: not a checkout")

by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
MAKE_TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
#: Optional packages that a command needs, by what stands in it.
NEEDS = {"--cache": "diskcache", "--dask": "distributed", "s3://": "fsspec"}


@by_page
def test_languages_of_blocks(page):
    """A block without a language is a drawing; all others are run by some test."""
    for block in blocks(page):
        assert block.language in LANGUAGES, block.place
        if not block.language:
            assert not re.search(r"^(flac-raster|qgis_process|make|python) ", block.text, re.M)


@by_page
def test_commands(page, rasters, example_server, scheduler, tmp_path):
    found = [(b.place, line) for b in of_language(page, "sh") for line in commands(b)]
    if not found:
        return
    folder = folder_for(page, rasters, tmp_path / "here")
    shim(tmp_path / "bin")
    for place, line in found:
        program, *arguments = shlex.split(line, comments=True)
        if program == "make":
            assert set(arguments) <= MAKE_TARGETS, place
        elif program == "pip":
            assert is_known_package(arguments), f"{place}: {line}"
        elif program == "qgis_process":
            continue  # by the tests of the plugin
        elif all(find_spec(package) for text, package in NEEDS.items() if text in line):
            dask = scheduler() if "tcp://" in line else ""
            line = fit(line, example_server.url(""), example_server.folder, dask)
            done = in_shell(line, folder, tmp_path / "bin")
            assert done.returncode == 0, f"{place}: {line}\n{done.stdout}\n{done.stderr}"


def in_shell(line, folder, bin_folder):
    """Run a line: by a fork, which is quicker, if it is one command of the project's own."""
    words = shlex.split(line, comments=True)
    if "|" in words or words[0] in ("curl", "find"):
        if words[0] == "curl" and shutil.which("curl") is None:
            pytest.skip("curl is not installed")
        environment = {**ENVIRONMENT, "PATH": f"{bin_folder}:{ENVIRONMENT['PATH']}"}
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", line],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert words[0] == "flac-raster", f"no test knows how to run: {line}"
    arguments = [
        name
        for word in words[1:]
        for name in (sorted(glob.glob(word, root_dir=folder)) if "*" in word else [word])
    ]
    return run(*arguments, cwd=folder)


def shim(folder):
    """Put the command of this checkout into a folder of programs."""
    folder.mkdir()
    program = folder / "flac-raster"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n')
    program.chmod(0o755)


def is_known_package(arguments):
    verb, *wanted = arguments
    wanted = [name for name in wanted if not name.startswith("-")]
    known = re.findall(r"^(\w+) = \[", PROJECT, re.MULTILINE)
    extras = {f"flac-raster-qgis[{name}]" for name in known}
    return verb == "install" and all(
        name == "." or name in extras or f'"{name}' in PROJECT for name in wanted
    )


@pytest.fixture(scope="session")
def scheduler():
    """A function that returns the address of a Dask cluster, which is started when it is needed."""
    started = []

    def address():
        if not started:
            from distributed import LocalCluster

            options = {"processes": False, "protocol": "tcp://", "dashboard_address": None}
            started.append(LocalCluster(n_workers=1, threads_per_worker=1, **options))
        return started[0].scheduler_address

    yield address
    for cluster in started:
        cluster.close()


@by_page
def test_python(page, rasters, example_server, tmp_path):
    found = [block for block in of_language(page, "python") if not runs_in_qgis(block)]
    if not found:
        return
    folder = folder_for(page, rasters, tmp_path / "here")
    server = example_server.url("")
    listed = [[b.place, fit(b.text, server, example_server.folder)] for b in found]
    (tmp_path / "blocks.json").write_text(json.dumps(listed))
    done = subprocess.run(
        [sys.executable, ROOT / "tests/engine/docs/run_blocks.py", tmp_path / "blocks.json"],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode == SKIPPED:
        pytest.skip(done.stdout.splitlines()[-1])
    assert done.returncode == 0, done.stdout + done.stderr


@by_page
def test_json(page):
    for block in of_language(page, "json"):
        json.loads(block.text)


def test_code_in_sentences_names_what_exists():
    """Of `make …` and `python …` in running text, too."""
    for page in [*PAGES, ROOT / "benchmarks" / "README.md", ROOT / "CHANGELOG.md"]:
        for code in re.findall(r"`((?:make|python) [^`]+)`", page.read_text(encoding="utf-8")):
            program, *words = code.split()
            if program == "make":
                targets = [word for word in words if re.fullmatch(r"[a-z-]+", word)]
                assert set(targets) <= MAKE_TARGETS, f"{page.name}: {code}"
            elif words[0] == "-m" and words[1] != "pip":
                module = ROOT / words[1].replace(".", "/")
                assert module.is_dir() or module.with_suffix(".py").exists(), f"{page.name}: {code}"
            elif words[0].endswith(".py"):
                assert (ROOT / words[0]).exists(), f"{page.name}: {code}"
