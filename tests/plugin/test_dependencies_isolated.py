"""Installing packages runs no code of anybody else, and changes nothing that QGIS has."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from kits.qgis.packages import install, make_wheel, wait

from flac_raster_qgis.dependencies import folder, pip
from flac_raster_qgis.dependencies import installer as installers

MODULES = """pip site sitecustomize usercustomize runpy importlib encodings codecs io os re abc ssl
    json logging typing zipfile locale keyring truststore brotli simplejson _manylinux
    _distutils_hack numpy flacprobe""".split()


@pytest.fixture
def traps(tmp_path):
    """A folder full of modules that must not run; see `ran`."""
    place = tmp_path / "traps"
    code = f"open({str(tmp_path / 'ran')!r}, 'a').write(__name__ + ' ')\n"
    base = place / "userbase"
    tag = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for inside in (place, base / "lib" / tag / "site-packages", place / "home" / "lib" / tag):
        inside.mkdir(parents=True)
        for name in MODULES:
            (inside / f"{name}.py").write_text(code)
        (inside / "trap.pth").write_text(f"import os; {code}")
    (place / "pip.conf").write_text(f"[install]\ntarget = {place / 'elsewhere'}\n")
    (place / "more.txt").write_text("flacother\n")
    return place


def ran(traps):
    """Return the names of the modules that ran."""
    path = traps.with_name("ran")
    return set(path.read_text().split()) if path.exists() else set()


@pytest.fixture
def hostile(traps, monkeypatch):
    """All of it in the way: the working folder, and whatever the environment can say."""
    monkeypatch.chdir(traps)
    for name, value in {
        "PYTHONPATH": f"{traps}{os.pathsep}",
        "PYTHONSTARTUP": traps / "pip.py",
        "PYTHONUSERBASE": traps / "userbase",
        "PYTHONINSPECT": "1",
        "PYTHONPYCACHEPREFIX": traps / "cache",
        "PYTHONPLATLIBDIR": "traps",
        "PYTHONWARNINGS": "error",
        "_PYTHON_SYSCONFIGDATA_NAME": "flacprobe",
        "PIP_CONFIG_FILE": traps / "pip.conf",
        "PIP_TARGET": traps / "elsewhere",
        "PIP_PREFIX": traps / "elsewhere",
        "PIP_ROOT": traps / "elsewhere",
        "PIP_LOG": traps / "log",
        "PIP_PYTHON": traps / "pip.py",
        "PIP_REQUIREMENT": traps / "more.txt",
        "PIP_CONSTRAINT": traps / "more.txt",
        "PIP_UPGRADE": "1",
        "PIP_FORCE_REINSTALL": "1",
        "PIP_IGNORE_INSTALLED": "1",
        "PIP_DRY_RUN": "1",
        "PIP_NO_BINARY": ":all:",
        "pip_isolated": "1",
    }.items():
        monkeypatch.setenv(name, str(value))
    return traps


@pytest.mark.parametrize("home", [False, True])
def test_nothing_in_the_way_runs(plugin, profile, index, hostile, monkeypatch, home):
    if home:
        monkeypatch.setenv("PYTHONHOME", str(hostile / "home"))
    before = {path for path in hostile.rglob("*")}
    done, message, log = install("flacprobe")
    assert done, log
    assert not ran(hostile)
    assert {path for path in hostile.rglob("*")} == before
    (place,) = folder.package_folders()
    names = {path.name for path in Path(place).iterdir()} - {"__pycache__"}
    assert names == {"flacprobe.py", "flacprobe-1.0.dist-info"}


@pytest.mark.parametrize("name", ["", "PYTHONUSERBASE"])
def test_the_traps_are_real_ones(hostile, monkeypatch, name):
    """Without isolation, code of the working folder and of the user runs."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith(("PYTHON", "PIP_"))}
    if name:
        kept[name] = os.environ[name]
        monkeypatch.chdir("/")
    # that of the system: a virtual environment has no packages of the user
    python = os.path.realpath(pip.python_executable())
    subprocess.run([python, "-m", "pip", "list"], env=kept, capture_output=True, timeout=60)
    assert ran(hostile)


@pytest.mark.parametrize("home", [False, True])
def test_settings_files_of_the_user(plugin, profile, index, tmp_path, monkeypatch, home):
    """They may say where packages come from, not what happens to them."""
    monkeypatch.delenv("PIP_FIND_LINKS")
    if home:
        monkeypatch.setenv("PYTHONHOME", "/nowhere")
    config = tmp_path / "config" / "pip" / "pip.conf"
    config.parent.mkdir(parents=True)
    config.write_text(
        f"[global]\nfind-links = {index}\n"
        f"[install]\nuser = true\ntarget = {tmp_path / 'elsewhere'}\nupgrade = true\n"
        "ignore-installed = true\ndry-run = true\nno-binary = :all:\n"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    done, _, log = install("flacprobe")
    assert done and str(index) in log, log
    assert not (tmp_path / "elsewhere").exists()
    (place,) = folder.package_folders()
    assert not [path for path in Path(place).iterdir() if "numpy" in path.name]


def test_where_packages_come_from_is_left_to_the_user(monkeypatch):
    kept = {
        "HTTPS_PROXY": "http://proxy:1",
        "NO_PROXY": "here",
        "REQUESTS_CA_BUNDLE": "/ca.pem",
        "SSL_CERT_FILE": "/ca.pem",
        "PIP_INDEX_URL": "https://packages.example/simple",
        "PIP_CERT": "/ca.pem",
        "pip_trusted_host": "packages.example",
        "PATH": "/usr/bin",
        "LANG": "C",
    }
    monkeypatch.delenv("PYTHONHOME", raising=False)
    dropped = ["PYTHONPATH", "PythonHome", "__PYVENV_LAUNCHER__", "PIP_TARGET", "pip_config_file"]
    found = pip.environment({**kept, **dict.fromkeys(dropped, "x")})
    assert kept.items() <= found.items() and not {*dropped} & {*found}
    assert found["PIP_USER"] == "0"


def test_the_home_of_python_is_the_one_that_is_used():
    found = pip.environment({"PYTHONHOME": "/trap"})
    assert found["PYTHONHOME"].split(os.pathsep)[0] == sys.base_prefix


def test_pip_works_in_a_folder_of_the_plugin(plugin, profile, index, monkeypatch):
    seen = []
    start = installers.QProcess.start

    def note(process, *arguments):
        seen.append((Path(process.workingDirectory()), process.arguments()))
        start(process, *arguments)

    monkeypatch.setattr(installers.QProcess, "start", note)
    assert install("flacprobe")[0]
    assert len(seen) == 2  # pip, and a look whether what it brought works
    assert all(place.parent == folder.prefix().parent for place, _ in seen)


def test_a_python_of_that_name_is_not_looked_for(plugin, profile, monkeypatch):
    monkeypatch.setattr(pip, "python_executable", lambda: "python3")
    assert install("flacprobe")[:2] == (False, "The Python of QGIS cannot be found.")


# ---------------------------------------------------------------- versions


def test_what_is_missing_comes_in_tested_versions(monkeypatch):
    has = {"numpy": "2.1.0", "mutagen": "1.50"}
    monkeypatch.setattr(pip, "versions", lambda: has)
    lines = pip.constraints().splitlines()
    assert {"numpy==2.1.0", "mutagen==1.50", "rasterio>=1.4,<1.6"} <= {*lines}
    assert {"requests>=2.28.1,<3", "soundfile>=0.11,<0.15"} <= {*lines}
    has["numpy"] = "1.26.4"
    assert "rasterio>=1.3,<1.5" in pip.constraints().splitlines()
    has["rasterio"] = "1.2"
    assert [line for line in pip.constraints().splitlines() if "rasterio" in line] == [
        "rasterio==1.2"
    ]


def test_tested_versions_are_those_that_are_asked_for():
    root = Path(pip.__file__).resolve().parents[2]
    for line in (root / "requirements.txt").read_text(encoding="utf-8").splitlines():
        wanted = line.partition("#")[0].strip()
        if wanted:
            name, _, least = wanted.partition(">=")
            assert pip.TESTED[name].startswith(f">={least},<"), name


def test_pip_takes_no_version_that_was_not_tested(plugin, profile, index, monkeypatch):
    monkeypatch.setitem(pip.TESTED, "flacprobe", ">=2,<3")
    done, message, log = install("flacprobe")  # of which there is 1.0
    assert not done and "nothing was installed" in message
    assert not folder.package_folders()


def test_a_name_cannot_add_options_to_the_constraints(tmp_path, monkeypatch):
    info = tmp_path / "evil-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: evil\n --index-url=http://evil.example\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "evil" not in pip.constraints()


def test_another_version_of_what_qgis_has_is_refused(plugin, profile, index, monkeypatch):
    """Whatever pip was told: it might see other packages than QGIS does."""
    make_wheel(index, "flacold", "numpy<1.1")
    monkeypatch.setattr(pip, "constraints", lambda: "")
    done, message, log = install("flacold")
    assert "Successfully installed" in log and "numpy-1.0" in log
    assert not done and "other versions of packages that QGIS has (numpy)" in message
    assert not folder.package_folders() and version("numpy") != "1.0"


def test_what_does_not_work_here_is_not_installed(plugin, profile, index):
    """As with a package that was compiled for another numpy."""
    code = "raise ImportError('compiled using NumPy 2, cannot be run in NumPy 1')\n"
    make_wheel(index, "flacbinary", code=code)
    done, message, log = install("flacbinary")
    assert not done and "do not work with the Python of QGIS" in message
    assert "compiled using NumPy 2" in log
    assert not folder.package_folders() and not list(profile.rglob("*.part"))


def test_cancelling_while_it_is_looked_at(plugin, profile, index, tmp_path):
    begun = tmp_path / "begun"
    code = f"import time\nopen({str(begun)!r}, 'w').close()\ntime.sleep(60)\n"
    make_wheel(index, "flacslow", code=code)
    installer, ended = installers.Installer(["flacslow"]), []
    installer.finished.connect(lambda *how: ended.append(how))
    installer.start()
    wait(begun.exists)
    installer.cancel()
    wait(lambda: ended)
    assert ended == [(False, "Cancelled; nothing was installed.")]
    assert not folder.package_folders()


def test_qgis_proxy_settings_come_first(plugin, monkeypatch):
    monkeypatch.setenv("PIP_PROXY", "http://of.the.environment:1")
    monkeypatch.setattr(installers, "proxy_of", lambda url: "http://of.qgis:1")
    assert installers.process_environment().value("PIP_PROXY") == "http://of.qgis:1"
    monkeypatch.setattr(installers, "proxy_of", lambda url: None)
    assert installers.process_environment().value("PIP_PROXY") == "http://of.the.environment:1"
