"""Properties of a raster for QGIS: extent, size, bands, nodata, colors."""

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
from ..engine.format.header import FileHeader
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
    """Base class of the provider with all properties; they are empty while no raster is open."""

    def __init__(self, *base: Any):
        super().__init__(*base)
        self._opened: OpenRaster | None = None
        #: Values of the bands that QGIS sees, which are fewer than those stored if it sees dates.
        self._bands: tuple[BandValues, ...] = ()
        self._crs = QgsCoordinateReferenceSystem()

    @property
    def header(self) -> FileHeader | None:
        """Header of the open file, for dialogs that offer its levels and bands."""
        return self._opened.raster.head if self._opened else None

    def isValid(self) -> bool:
        """Return whether the raster is open."""
        return self._opened is not None

    def capabilities(self) -> Any:
        """Return that size and identifying values are supported."""
        return qgis_versions.CAPABILITIES

    def htmlMetadata(self) -> str:
        """Return rows for the information page of the layer."""
        return html_rows(self._opened) if self._opened else ""

    # ---------------------------------------------------------------- the raster

    def crs(self) -> QgsCoordinateReferenceSystem:
        """Return the CRS; invalid if the raster has none."""
        return QgsCoordinateReferenceSystem(self._crs)

    def extent(self) -> QgsRectangle:
        """Return the bounding box of the raster."""
        return QgsRectangle(*self._opened.georeference.bounds) if self._opened else QgsRectangle()

    def xSize(self) -> int:
        """Return the number of columns; of an axis-aligned grid if the raster is rotated."""
        return self._opened.georeference.size[0] if self._opened else 0

    def ySize(self) -> int:
        """Return the number of rows; see `xSize`."""
        return self._opened.georeference.size[1] if self._opened else 0

    def xBlockSize(self) -> int:
        """Return the columns of a tile."""
        return min(self._opened.grid.tile_size, self.xSize()) if self._opened else 0

    def yBlockSize(self) -> int:
        """Return the rows of a tile."""
        return min(self._opened.grid.tile_size, self.ySize()) if self._opened else 0

    # ---------------------------------------------------------------- its bands

    def _values(self, number: int) -> BandValues | None:
        return self._bands[number - 1] if 1 <= number <= len(self._bands) else None

    def _band(self, number: int) -> Band:
        if self._opened is None or self._values(number) is None:
            return Band()
        return self._opened.metadata.bands[self._opened.band_numbers[number - 1] - 1]

    def bandCount(self) -> int:
        """Return the number of bands."""
        return len(self._bands)

    def dataType(self, bandNo: int) -> Qgis.DataType:
        """Return the data type of blocks."""
        values = self._values(bandNo)
        return values.qgis_type if values else Qgis.DataType.UnknownDataType

    def sourceDataType(self, bandNo: int) -> Qgis.DataType:
        """Return the data type for exports: that of blocks, which holds all values."""
        return self.dataType(bandNo)

    def sourceHasNoDataValue(self, bandNo: int) -> bool:
        """Return whether a nodata value marks all invalid pixels."""
        values = self._values(bandNo)
        return values is not None and values.nodata is not None

    def sourceNoDataValue(self, bandNo: int) -> float:
        """Return the nodata value; NaN if there is none."""
        values = self._values(bandNo)
        return math.nan if values is None or values.nodata is None else values.nodata

    def bandScale(self, bandNo: int) -> float:
        """Return the scale, already applied to blocks."""
        values = self._values(bandNo)
        return values.scale if values else 1.0

    def bandOffset(self, bandNo: int) -> float:
        """Return the offset, already applied to blocks."""
        values = self._values(bandNo)
        return values.offset if values else 0.0

    def generateBandName(self, bandNumber: int) -> str:
        """Return number and description of a band."""
        name = super().generateBandName(bandNumber)
        description = self.bandDescription(bandNumber)
        return f"{name}: {description}" if description else name

    def bandDescription(self, bandNumber: int) -> str:
        """Return the description of a band, that of all dates if there are several."""
        dates = self._opened.dates if self._opened else None
        if dates is None:
            return neutralize_markup(self._band(bandNumber).description or "")
        return neutralize_markup(dates.names[bandNumber - 1]) if self._values(bandNumber) else ""

    def colorInterpretation(self, bandNo: int) -> Any:
        """Return the color interpretation; palette if the band has a color table."""
        band = self._band(bandNo)
        if band.colormap:
            return qgis_versions.color_interpretation("palette")
        without_table = (
            "gray" if band.color_interpretation == "palette" else band.color_interpretation
        )
        return qgis_versions.color_interpretation(without_table)

    def colorTable(self, bandNo: int) -> list[QgsColorRampShader.ColorRampItem]:
        """Return the color table of a band."""
        return [
            QgsColorRampShader.ColorRampItem(value, QColor(*color), str(value))
            for value, color in sorted((self._band(bandNo).colormap or {}).items())
        ]
