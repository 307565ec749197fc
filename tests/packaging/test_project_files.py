"""What is said of the project in several files is the same in all: versions, targets, dates."""

from __future__ import annotations

import re
import zipfile
from configparser import ConfigParser

import pytest
from kits import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z0-9-]+):", MAKEFILE, re.MULTILINE))
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def jobs():
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with Dask")
    text = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["jobs"]


def test_ci_runs_targets_of_the_makefile(jobs):
    commands = {name: [step.get("run", "") for step in job["steps"]] for name, job in jobs.items()}
    called = {name: re.findall(r"^make (\S+)$", "\n".join(c), re.M) for name, c in commands.items()}
    assert called == {
        "lint": ["lint"],
        "engine": ["test-engine"],
        "plugin": ["test-plugin"],
        "qt6": ["test-qt6"],
    }
    assert {target for targets in called.values() for target in targets} <= TARGETS
    beside = [line for lines in commands.values() for line in lines if "make " not in line]
    assert not [line for line in beside if re.search(r"pytest|pip |ruff|flake8", line)]


def test_ci_runs_every_python_and_system_that_is_promised(jobs):
    promised = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', PROJECT)
    assert len(promised) > 5
    assert promised[0] == re.search(r'^requires-python = ">=(.+)"$', PROJECT, re.MULTILINE)[1]
    matrix = jobs["engine"]["strategy"]["matrix"]
    assert matrix["python"] == promised
    systems = re.findall(r'"Operating System :: .*?(\w+)"', PROJECT)
    runners = {"MacOS": "macos-latest", "Windows": "windows-latest", "Linux": "ubuntu-latest"}
    assert sorted(matrix["os"]) == sorted(runners[system] for system in systems)


def test_pre_commit_runs_targets_of_the_makefile():
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"^ +entry: (.+)$", text, re.MULTILINE)
    assert entries == ["make lint"] and "lint" in TARGETS
    assert re.findall(r"repo: (.+)", text) == ["local"]


def test_every_released_version_has_its_date():
    headings = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
    assert headings[0] == "[Unreleased]" and len(headings) > 1
    for heading in headings[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", heading)


def test_the_plugin_manager_shows_what_is_new_in_this_version():
    parser = ConfigParser()
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    metadata = parser["general"]
    first = metadata["changelog"].splitlines()[0]
    version, date = re.fullmatch(r"(\S+) \((\S+)\)", first).groups()
    assert version == metadata["version"]
    assert f"## [{version}] - {date}\n" in CHANGELOG


def test_types_are_shipped(plugin_zip):
    with zipfile.ZipFile(plugin_zip) as archive:
        names = archive.namelist()
    assert {"flac_raster_qgis/py.typed", "flac_raster_qgis/engine/py.typed"} <= {*names}
