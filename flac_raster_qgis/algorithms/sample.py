"""The tool that reads values of all bands at points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingUtils,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from ..core.extents import points_in_raster
from ..core.formatting import counted, format_percent, format_size
from ..core.translation import tr
from .bands_algorithm import BandsAlgorithm, chosen_bands
from .base import ToolTexts
from .field_types import INTEGER, NUMBER, TEXT, TIME
from .raster_input import RasterInput
from .run import Run

if TYPE_CHECKING:
    from ..engine import FlacRaster, SamplePlan, Samples

#: Fraction of the progress that reading takes; writing takes the rest.
_READING = 0.7


class _Points(NamedTuple):
    """Points of a layer, each with the attributes of its feature."""

    points: list[QgsPointXY]
    attributes: list[list[Any]]
    fields: QgsFields
    crs: QgsCoordinateReferenceSystem


class SampleAlgorithm(BandsAlgorithm):
    """Read the values of all bands of a FLAC raster at points."""

    NAME = "sample"

    def texts(self) -> ToolTexts:
        """Return the texts of the tool."""
        return ToolTexts(
            tr("Sample FLAC raster"),
            tr("Reads the values of all bands at points, such as the history of a pixel."),
            tr(
                "Reads the values of all bands of a FLAC raster at the points of a layer. If the "
                "bands have times, these are the history of each pixel.\n\n"
                "Of a remote raster, only the tiles of the points are downloaded, each once; the "
                "log says how much before the download starts.\n\n"
                "The output has a point for each input point and band, with the attributes of the "
                "input and: point (the number of the input point, from 1), band, time and time_end "
                "(UTC; intervals do not include their end), label (what tells bands of a date "
                "apart) and value. Bands are in the order of their times. The value is NULL where "
                "the pixel is nodata, NaN or masked, and for points outside the raster.\n\n"
                "Values are exact, as they are stored; only 64-bit unsigned integers above 2⁵³ are "
                "rounded, and complex numbers are texts. “Apply scale and offset” gives physical "
                "values instead."
            ),
            tr("flac,raster,sample,points,values,time series,history,profile,chart,extract"),
        )

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        self.add(RasterInput("INPUT", tr("FLAC raster"), flac_only=True))
        kind = QgsProcessing.SourceType.TypeVectorPoint
        self.add(
            QgsProcessingParameterFeatureSource("POINTS", tr("Points"), [kind]),
            tr("In any CRS. Each part of a multipoint is a point."),
        )
        self.add_bands()
        self.add_flag(
            "SCALED",
            tr("Apply scale and offset"),
            tr("Values are pixel × scale + offset. Not set: pixels as stored."),
        )
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Values"), kind),
            tr("A point for each input point and band."),
        )
        self.add_results(
            POINTS_READ=tr("Number of points"),
            POINTS_OUTSIDE=tr("Number of points outside the raster"),
            TILES=tr("Number of tiles"),
            TILE_BYTES=tr("Size of the tiles in bytes"),
            REQUESTS=tr("Number of requests to a web server"),
            REQUEST_BYTES=tr("Size of all requests in bytes"),
        )

    def run_engine(self, run: Run) -> dict[str, Any]:
        """Sample; see `flac_raster_qgis.engine.sample`."""
        from ..engine import plan_sample
        from ..engine.operations.opening import open_flac
        from ..engine.operations.sample import read_samples

        found = self._points(run)
        with self.opened("INPUT", run.job) as source, open_flac(source, job=run.job) as raster:
            if not found.points:
                run.warn(tr("The layer has no points."))
                return {**self._write(run, found, raster, None), **_results(None)}
            places, turn = points_in_raster(
                found.points, found.crs, raster, run.context.transformContext()
            )
            bands = chosen_bands(run, self.sources["INPUT"])
            plan = plan_sample(raster, places, full_turn=turn, **bands)
            run.say(_headline(plan))
            job = run.job.reporting_to(
                lambda done, total: run.job.progress(round(_READING * done), total)
            )
            samples = read_samples(raster, plan, scaled=run.flag("SCALED"), job=job)
            run.warn(*samples.warnings)
            return {**self._write(run, found, raster, samples), **_results(plan)}

    def _points(self, run: Run) -> _Points:
        source = self.parameterAsSource(run.parameters, "POINTS", run.context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(run.parameters, "POINTS"))
        points, attributes = [], []
        for feature in source.getFeatures():
            run.job.check()
            for vertex in feature.geometry().vertices():
                points.append(QgsPointXY(vertex))
                attributes.append(feature.attributes())
        return _Points(points, attributes, source.fields(), source.sourceCrs())

    def _write(
        self, run: Run, found: _Points, raster: FlacRaster, samples: Samples | None
    ) -> dict[str, Any]:
        kind = raster.dtype.kind
        if run.flag("SCALED") and kind != "c":
            kind = "f"
        own = QgsFields()
        value = TEXT if kind == "c" else INTEGER if _is_integer(kind, raster) else NUMBER
        for name, of_field in (
            *(("point", INTEGER), ("band", INTEGER), ("time", TIME), ("time_end", TIME)),
            *(("label", TEXT), ("value", value)),
        ):
            own.append(QgsField(name, of_field))
        fields = QgsProcessingUtils.combineFields(found.fields, own)
        sink, target = self.parameterAsSink(
            *(run.parameters, "OUTPUT", run.context, fields),
            *(QgsWkbTypes.Type.Point, found.crs, QgsFeatureSink.SinkFlag.RegeneratePrimaryKey),
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(run.parameters, "OUTPUT"))
        count = len(found.points)
        for number, attributes in enumerate(() if samples is None else _rows(samples, value)):
            run.job.check()
            run.job.progress(round(1e6 * (_READING + (1 - _READING) * number / count)), 1_000_000)
            geometry = QgsGeometry.fromPointXY(found.points[number])
            for row in attributes:
                feature = QgsFeature(fields)
                feature.setGeometry(geometry)
                feature.setAttributes([*found.attributes[number], number + 1, *row])
                if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                    raise QgsProcessingException(
                        self.writeFeatureError(sink, run.parameters, "OUTPUT")
                    )
        return {"OUTPUT": target}


def _is_integer(kind: str, raster: FlacRaster) -> bool:
    """Return whether a field of 64-bit signed integers holds all values."""
    return kind in "iu" and raster.dtype.name != "uint64"


def _rows(samples: Samples, kind: Any) -> Iterator[list[list[Any]]]:
    """Yield for each point the band, times, label and value of each band."""
    described = [
        [band.number, *map(_moment, (shown["start"], shown["end"])), band.label or None]
        for band, shown in ((band, band.to_dict()) for band in samples.bands)
    ]
    for number in range(len(samples.values)):
        # texts are the shortest ones of a number, numbers exactly those of the pixels
        values = samples.plain_values(number) if kind == TEXT else samples.values[number].tolist()
        yield [[*texts, value] for texts, value in zip(described, values)]


def _moment(text: str | None) -> QDateTime | None:
    return None if text is None else QDateTime.fromString(text, Qt.DateFormat.ISODateWithMs)


def _headline(plan: SamplePlan) -> str:
    """Return one line about what points need."""
    return tr("{points}, {bands}: {tiles}, {size}, {part} of the file").format(
        points=counted(len(plan.points), tr("One point"), tr("{count} points")),
        bands=counted(len(plan.bands), tr("one band"), tr("{count} bands")),
        tiles=counted(len(plan.tiles), tr("one tile"), tr("{count} tiles")),
        size=format_size(plan.tile_bytes),
        part=format_percent(plan.file_fraction),
    )


def _results(plan: SamplePlan | None) -> dict[str, Any]:
    return {
        "POINTS_READ": 0 if plan is None else len(plan.points),
        "POINTS_OUTSIDE": 0 if plan is None else plan.points_outside,
        "TILES": 0 if plan is None else len(plan.tiles),
        "TILE_BYTES": 0 if plan is None else plan.tile_bytes,
        "REQUESTS": 0 if plan is None else len(plan.requests),
        "REQUEST_BYTES": 0 if plan is None else plan.request_bytes,
    }
