"""What the tools that work on a part of a raster share: the parameters that name it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsRectangle,
)

from ..core.extents import area_in_raster
from ..core.translation import tr
from .base import FlacRasterAlgorithm
from .raster_input import RasterInput

if TYPE_CHECKING:
    from ..engine import Area, FlacRaster


class AreaAlgorithm(FlacRasterAlgorithm):
    """Base of the tools that take a part of a FLAC raster: an extent, or a tile, or all of it."""

    INPUT = "INPUT"
    EXTENT = "EXTENT"
    TILE = "TILE"
    LEVEL = "LEVEL"
    RESOLUTION = "RESOLUTION"
    BANDS = "BANDS"

    def __init__(self) -> None:
        super().__init__()
        # known once prepared: layers and projects belong to the main thread
        self._extent: QgsRectangle | None = None
        self._extent_crs = QgsCoordinateReferenceSystem()
        self._transforms = QgsCoordinateTransformContext()

    def add_area(self) -> None:
        """Declare the parameters."""
        self.add(
            RasterInput(self.INPUT, tr("FLAC raster"), flac_only=True),
            tr("A layer, a file or a URL."),
        )
        self.add(
            QgsProcessingParameterExtent(self.EXTENT, tr("Extent"), None, True),
            tr(
                "In any coordinate system: all pixels that it overlaps. As text, both x come "
                "before both y: xmin,xmax,ymin,ymax [EPSG:4326]. Not set: the whole raster."
            ),
        )
        self.add(
            QgsProcessingParameterString(self.BANDS, tr("Bands"), None, False, True),
            tr("Their numbers, such as 1,3. Not set: all bands."),
        )
        integer = QgsProcessingParameterNumber.Type.Integer
        self.add(
            QgsProcessingParameterNumber(self.LEVEL, tr("Level"), integer, None, True, 0),
            tr("0 is full resolution, and each further level half of the one before."),
        )
        double = QgsProcessingParameterNumber.Type.Double
        self.add_advanced(
            QgsProcessingParameterNumber(
                self.RESOLUTION, tr("Largest size of a pixel"), double, None, True, 0
            ),
            tr(
                "Instead of a level, in the units of the raster: takes the coarsest level whose "
                "pixels are no larger."
            ),
        )
        self.add_advanced(
            QgsProcessingParameterString(self.TILE, tr("Tile"), None, False, True),
            tr(
                "Instead of an extent: the number of a tile, counted row by row from 0, or "
                "“center” or “last”."
            ),
        )

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Find the extent as well, which may be that of a layer."""
        if parameters.get(self.EXTENT) not in (None, ""):
            self._extent = self.parameterAsExtent(parameters, self.EXTENT, context)
            self._extent_crs = self.parameterAsExtentCrs(parameters, self.EXTENT, context)
            self._transforms = context.transformContext()
        return super().prepareAlgorithm(parameters, context, feedback)

    def area(
        self, parameters: dict[str, Any], context: QgsProcessingContext, raster: FlacRaster
    ) -> Area:
        """Return the part that the parameters name."""
        from ..engine import Area

        _check_crs(parameters.get(self.EXTENT))
        tile: int | str | None = self.parameterAsString(parameters, self.TILE, context).strip()
        if isinstance(tile, str) and tile.isdecimal():
            tile = int(tile)
        extent, part = self._extent, self.sources[self.INPUT].extent
        if extent is None and tile == "" and part is not None:  # a layer of a part of its raster
            extent = QgsRectangle(*part)
        if extent is None:
            return Area(tile=None if tile == "" else tile)
        found = area_in_raster(extent, self._extent_crs, raster, self._transforms)
        return replace(found, tile=None if tile == "" else tile)

    def resolution_and_bands(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> dict[str, Any]:
        """Return these options as the engine takes them."""

        def given(name: str) -> bool:
            return parameters.get(name) not in (None, "")

        level, resolution = self.LEVEL, self.RESOLUTION
        return {
            "level": self.parameterAsInt(parameters, level, context) if given(level) else None,
            "resolution": (
                self.parameterAsDouble(parameters, resolution, context)
                if given(resolution)
                else None
            ),
            "bands": _band_numbers(self.parameterAsString(parameters, self.BANDS, context)),
        }


def _check_crs(extent: Any) -> None:
    """Refuse a text with a CRS that QGIS does not know: it would take that of the raster."""
    text = extent.rstrip() if isinstance(extent, str) else ""
    if not text.endswith("]"):
        return
    _, bracket, name = text[:-1].rpartition("]")[2].partition("[")
    if bracket and not QgsCoordinateReferenceSystem(name).isValid():
        raise QgsProcessingException(
            tr(
                "The coordinate system of the extent, {name}, is not known; name one as in "
                "7.5,7.8,46.1,46.3 [EPSG:4326]."
            ).format(name=name)
        )


def _band_numbers(text: str) -> list[int] | None:
    if not text.strip():
        return None
    try:
        return [int(part) for part in text.replace(";", ",").split(",")]
    except ValueError as error:
        raise QgsProcessingException(
            tr("The bands are {text}; give their numbers, such as 1,3.").format(text=text)
        ) from error
