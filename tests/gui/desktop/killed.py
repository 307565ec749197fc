"""A window of QGIS with a project beside another one with the same, until one is killed.

Runs inside the desktop; `test_desktop_killed.py` starts it and judges what it returns.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from inside import GIVEN, run, until
from qgis.core import QgsProject
from qgis.utils import iface
from tool_dialogs import content_of, settle

project = QgsProject.instance()


def story() -> dict:
    if Path(GIVEN["project"]).exists():
        assert iface.addProject(GIVEN["project"])
    else:
        iface.addRasterLayer(GIVEN["url"], "mountains", "flacraster")
        assert project.write(GIVEN["project"])
    settle()
    (layer,) = project.mapLayers().values()
    facts = {"pid": os.getpid(), "source": layer.source(), "same": is_same(layer)}
    Path(GIVEN["here"]).write_text(json.dumps(facts), encoding="utf-8")
    until(Path(GIVEN["killed"]).exists, 90)
    return {"same": is_same(layer)}


def is_same(layer) -> bool:
    """Whether a tool makes of a layer what it makes of a file with the same pixels."""
    tool = "gdal:hillshade"
    return content_of(tool, layer.source(), BAND=1) == content_of(tool, GIVEN["tiff"], BAND=1)


run(story)
