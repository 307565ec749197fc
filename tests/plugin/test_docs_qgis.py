"""Examples of the documents that need QGIS: `qgis_process`, the Python console, the reference."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from kits.documents import DOCS, PAGES, fit, folder_for, make_rasters, of_language, runs_in_qgis
from test_qgis_process import PROGRAM, environment

pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="no docs/ here: not a checkout")

by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
__all__ = ["environment"]  # a fixture


@pytest.fixture(scope="module")
def rasters(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rasters")
    make_rasters(folder)
    return folder


@pytest.fixture
def here(rasters, nginx_process, tmp_path, monkeypatch):
    """Return a function that goes to a folder for a page, and one that fits its examples."""
    (nginx_process.folder / "dem.flac").write_bytes((rasters / "dem.flac").read_bytes())

    def go(page):
        monkeypatch.chdir(folder_for(page, rasters, tmp_path / page.name))
        return lambda text: fit(text, nginx_process.url(""), nginx_process.folder)

    return go


def test_reference_of_tools_is_up_to_date(plugin):
    import reference_tools
    from generated import with_part

    tools = reference_tools.tools()
    for path, part in (
        (reference_tools.PAGE, reference_tools.reference(tools)),
        (reference_tools.HELP, reference_tools.help_page(tools)),
    ):
        page = path.read_text(encoding="utf-8")
        assert page == with_part(page, part), "run `make docs`"


@pytest.mark.slow
@by_page
def test_qgis_process(page, here, request):
    """As written, in a shell that has no screen."""
    found = [b for b in of_language(page, "sh") if runs_in_qgis(b)]
    if not found:
        return
    fit, variables = here(page), dict(request.getfixturevalue("environment"))
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        variables.pop(name, None)
    options = {"env": variables, "capture_output": True, "text": True, "timeout": 300}
    # as it is in a new profile; examples switch it on
    disable = [PROGRAM, "plugins", "disable", "flac_raster_qgis"]
    offscreen = {**variables, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(disable, check=True, **{**options, "env": offscreen})
    script = "\n".join(fit(block.text) for block in found)
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], **options)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert all(map(os.path.exists, ("part.tif", "tiles.gpkg", "classes.tif")))


@by_page
def test_python(page, here, project, qgis_processing, no_desktop):
    found = [b for b in of_language(page, "python") if runs_in_qgis(b)]
    if not found:
        return
    from qgis.core import QgsSettings

    from flac_raster_qgis import data_provider

    data_provider.register(sys.executable)
    fit, namespace = here(page), {}
    try:
        for block in found:
            exec(compile(fit(block.text), block.place, "exec"), namespace)
    finally:
        namespace.clear()
        QgsSettings().remove("flac_raster/cache")
