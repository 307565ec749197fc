"""A window of QGIS beside another one of the same user, which does the same at the same time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from inside import GIVEN, controller, plugin, run, until, write
from osgeo import gdal
from qgis.core import QgsSettings
from qgis.utils import iface

SOURCE = np.load(GIVEN["array"])


def story() -> dict:
    # QGIS disables a plugin that another window is just loading, so one starts after the other
    Path(GIVEN["here"]).touch()
    until(Path(GIVEN["there"]).exists, 60)
    plugin().dock.action.trigger()
    identical = []
    for name in GIVEN["urls"]:
        write(controller().form.source.combo.lineEdit(), name)
        until(lambda: controller().state.raster is not None)
        for level in (0, 1):
            controller().form.area.level.setCurrentIndex(level)
            controller().state.area_plan = None
            controller().use_raster_extent()
            plan = until(lambda: controller().state.area_plan)
            controller().stream()
            until(lambda: not controller().state.is_streaming, 30)
            pixels = gdal.Open(iface.activeLayer().source()).ReadAsArray()
            expected = plan.source.read(level=level)[0]
            identical.append(bool(np.array_equal(pixels, expected)))
            if level == 0:
                identical.append(bool(np.array_equal(pixels, SOURCE[0])))
        controller().state.make_live_layer()
        until(lambda: not iface.mapCanvas().isDrawing())
    return {"identical": identical, "history": QgsSettings().value("flac_raster/recent_sources")}


run(story)
