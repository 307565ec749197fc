"""What QGIS asks of a raster before it asks for pixels: place, size, bands, nodata, colours."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    Qgis,
    QgsColorRampShader,
    QgsCoordinateReferenceSystem,
    QgsRasterDataProvider,
    QgsRectangle,
)
from qgis.PyQt.QtGui import QColor

from ..core.plain_text import neutralize_markup
from ..engine.model.metadata import Band
from . import qgis_versions
from .band_values import BandValues
from .guard import never_raises
from .html_metadata import html_rows
from .open_raster import OpenRaster


@never_raises(
    capabilities=lambda *_: qgis_versions.CAPABILITIES,
    crs=lambda *_: QgsCoordinateReferenceSystem(),
    extent=lambda *_: QgsRectangle(),
    dataType=lambda *_: Qgis.DataType.UnknownDataType,
    sourceDataType=lambda *_: Qgis.DataType.UnknownDataType,
    colorInterpretation=lambda *_: qgis_versions.color_interpretation("undefined"),
    bandScale=lambda *_: 1.0,
    bandOffset=lambda *_: 0.0,
)
class RasterProperties(QgsRasterDataProvider):
    """The part of the provider that describes; everything is empty while no raster is open.

    Parameters
    ----------
    *base : object
        See the base class.
    """

    def __init__(self, *base: Any):
        super().__init__(*base)
        self._opened: OpenRaster | None = None
        self._bands: tuple[BandValues, ...] = ()
        self._crs = QgsCoordinateReferenceSystem()

    def isValid(self) -> bool:
        """Whether the raster is open."""
        return self._opened is not None

    def capabilities(self) -> Any:
        """Size, and values under a point."""
        return qgis_versions.CAPABILITIES

    def htmlMetadata(self) -> str:
        """Rows for the layer's information page."""
        return html_rows(self._opened) if self._opened else ""

    # ---------------------------------------------------------------- the raster

    def crs(self) -> QgsCoordinateReferenceSystem:
        """Coordinate reference system; invalid where the raster has none."""
        return QgsCoordinateReferenceSystem(self._crs)

    def extent(self) -> QgsRectangle:
        """Smallest upright rectangle that holds the raster."""
        return QgsRectangle(*self._opened.georeference.bounds) if self._opened else QgsRectangle()

    def xSize(self) -> int:
        """Columns, of an upright grid where the raster is rotated."""
        return self._opened.georeference.size[0] if self._opened else 0

    def ySize(self) -> int:
        """Rows, see `xSize`."""
        return self._opened.georeference.size[1] if self._opened else 0

    def xBlockSize(self) -> int:
        """Columns of a tile."""
        return min(self._opened.grid.tile_size, self.xSize()) if self._opened else 0

    def yBlockSize(self) -> int:
        """Rows of a tile."""
        return min(self._opened.grid.tile_size, self.ySize()) if self._opened else 0

    # ---------------------------------------------------------------- its bands

    def _values(self, number: int) -> BandValues | None:
        return self._bands[number - 1] if 1 <= number <= len(self._bands) else None

    def _band(self, number: int) -> Band:
        if self._opened is None or self._values(number) is None:
            return Band()
        return self._opened.metadata.bands[number - 1]

    def bandCount(self) -> int:
        """Return the number of bands."""
        return len(self._bands)

    def dataType(self, bandNo: int) -> Qgis.DataType:
        """Type of the values in blocks."""
        values = self._values(bandNo)
        return values.qgis_type if values else Qgis.DataType.UnknownDataType

    def sourceDataType(self, bandNo: int) -> Qgis.DataType:
        """Type to export as: the same, so that nothing is cut off."""
        return self.dataType(bandNo)

    def sourceHasNoDataValue(self, bandNo: int) -> bool:
        """Whether one value stands for all pixels without data."""
        values = self._values(bandNo)
        return values is not None and values.nodata is not None

    def sourceNoDataValue(self, bandNo: int) -> float:
        """Return that value, NaN where there is none."""
        values = self._values(bandNo)
        return math.nan if values is None or values.nodata is None else values.nodata

    def bandScale(self, bandNo: int) -> float:
        """Factor that the values in blocks have been multiplied by."""
        values = self._values(bandNo)
        return values.scale if values else 1.0

    def bandOffset(self, bandNo: int) -> float:
        """Return what has been added to the values in blocks."""
        values = self._values(bandNo)
        return values.offset if values else 0.0

    def generateBandName(self, bandNumber: int) -> str:
        """Return number and description."""
        name = super().generateBandName(bandNumber)
        description = self.bandDescription(bandNumber)
        return f"{name}: {description}" if description else name

    def bandDescription(self, bandNumber: int) -> str:
        """Return the description alone."""
        return neutralize_markup(self._band(bandNumber).description or "")

    def colorInterpretation(self, bandNo: int) -> Any:
        """Return what the band shows; a colour table makes it a palette."""
        band = self._band(bandNo)
        if band.colormap:
            return qgis_versions.color_interpretation("palette")
        without_table = "gray" if band.interpretation == "palette" else band.interpretation
        return qgis_versions.color_interpretation(without_table)

    def colorTable(self, bandNo: int) -> list[QgsColorRampShader.ColorRampItem]:
        """Return the colours of the values."""
        return [
            QgsColorRampShader.ColorRampItem(value, QColor(*color), str(value))
            for value, color in sorted((self._band(bandNo).colormap or {}).items())
        ]
