"""Every example of the documents works: commands in a shell, Python, JSON."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from kits.cli import COMMAND, ENVIRONMENT, ROOT
from kits.documents import (
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

pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="no docs/ here: not a checkout")

by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
MAKE_TARGETS = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
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


def known(words: list[str], place: str) -> str | None:
    """Return how a line is run, None if it is not; a line that no test knows is an error."""
    program, *arguments = words
    if program == "make":
        assert set(arguments) <= MAKE_TARGETS, place
    elif program == "pip":
        assert is_known_package(arguments), place
    elif program in ("curl", "find"):
        return "shell" if shutil.which(program) else None
    else:
        assert program == "flac-raster", f"{place}: no test knows how to run {words}"
        needed = [package for text, package in NEEDS.items() if text in " ".join(arguments)]
        if all(find_spec(package) for package in needed):
            return "shell" if "|" in words else "command"
    return None


def examples(page: Path) -> Iterator[tuple[str, str, str]]:
    """Yield place, kind and text of what is to be run."""
    for block in of_language(page, "python"):
        if not runs_in_qgis(block):
            yield block.place, "python", block.text
    for block in of_language(page, "sh"):
        if runs_in_qgis(block):
            continue
        for line in commands(block):
            kind = known(shlex.split(line, comments=True), block.place)
            if kind is not None:
                yield block.place, kind, line


@pytest.fixture(scope="module")
def outcomes(rasters, example_server, tmp_path_factory):
    """Run all examples of all pages, in their order, and return what became of each."""
    base = tmp_path_factory.mktemp("examples")
    shim(base / "bin")
    listed = []
    for page in PAGES:
        folders = {}
        for place, kind, text in examples(page):
            group = "python" if kind == "python" else "sh"
            if group not in folders:
                folders[group] = folder_for(page, rasters, base / f"{page.name}.{group}")
            fitted = fit(text, example_server.url(""), example_server.folder)
            listed.append([place, kind, str(folders[group]), fitted])
    (base / "examples.json").write_text(json.dumps(listed))
    program = ROOT / "tests/engine/docs/run_examples.py"
    done = subprocess.run(
        [sys.executable, program, base / "examples.json", base / "outcomes.json"],
        env={
            **ENVIRONMENT,
            "PATH": f"{base / 'bin'}:{ENVIRONMENT['PATH']}",
            "FLAC_RASTER_URL_SCHEMES": "file",  # stands for s3
        },
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads((base / "outcomes.json").read_text())
    assert len(found) == len(listed)
    return found


@by_page
def test_examples(page, outcomes):
    mine = [outcome for place, outcome in outcomes if place.startswith(f"{page.name}:")]
    failed = [outcome for outcome in mine if outcome.startswith("failed")]
    assert not failed, "\n".join(failed)
    if mine and "done" not in mine:
        pytest.skip(mine[0])


def shim(folder):
    """Put the command of this checkout into a folder of programs."""
    folder.mkdir()
    program = folder / "flac-raster"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n')
    program.chmod(0o755)


def is_known_package(arguments):
    verb, *wanted = arguments
    wanted = [name for name in wanted if not name.startswith("-")]
    extras = {f".[{name}]" for name in re.findall(r"^([\w-]+) = \[", PROJECT, re.MULTILINE)}
    return verb == "install" and all(
        name == "." or name in extras or f'"{name}' in PROJECT for name in wanted
    )


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
