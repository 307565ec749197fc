"""The tool that converts a raster to FLAC, and FLAC to GeoTIFF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
)

from ..core.error_text import error_text
from ..core.formatting import format_percent, format_size
from ..core.plain_text import push_info, push_warning
from ..core.translation import tr
from ..dependencies.features import GEOTIFF
from .base import FlacRasterAlgorithm, job_of
from .raster_input import RasterInput
from .raster_output import RasterOutput, load_with_own_provider, name_temporary_output

if TYPE_CHECKING:
    from ..engine.operations import ConvertResult


class ConvertAlgorithm(FlacRasterAlgorithm):
    """Convert a raster to FLAC, or a FLAC raster to GeoTIFF."""

    INPUT = "INPUT"
    EFFORT = "EFFORT"
    COMPRESSION_LEVEL = "COMPRESSION_LEVEL"
    TILE_SIZE = "TILE_SIZE"
    OVERVIEW_RESAMPLING = "OVERVIEW_RESAMPLING"
    INTERLEAVE = "INTERLEAVE"
    LAYOUT = "LAYOUT"
    COG = "COG"
    WORKERS = "WORKERS"
    OVERWRITE = "OVERWRITE"
    SKIP_IDENTICAL = "SKIP_IDENTICAL"
    OUTPUT = "OUTPUT"
    NAME = "convert"
    PACKAGES = GEOTIFF

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Convert to or from FLAC")

    def shortDescription(self) -> str:
        """Return what the tooltip says."""
        return tr("Converts any raster to a lossless FLAC raster, or a FLAC raster to GeoTIFF.")

    def shortHelpString(self) -> str:
        """Return what stands beside the dialog."""
        return tr(
            "Converts a raster without any loss: every pixel and all metadata come back bit for "
            "bit.\n\n"
            "The name of the output says which way: a name that ends in .flac makes a FLAC raster "
            "from any raster that QGIS can open, a name that ends in .tif makes a GeoTIFF from a "
            "FLAC raster. A temporary output is FLAC, and GeoTIFF where the input is FLAC.\n\n"
            "A FLAC raster holds its own overviews, which take the place of those of the input, "
            "and is divided into tiles, so QGIS draws it fast, from a web server too. A GeoTIFF "
            "has overviews where you choose how they are made, or make it cloud optimized.\n\n"
            "What cannot be kept without loss is refused, never changed.\n\n"
            "For many rasters choose “Run as Batch Process…”: one that fails does not stop the "
            "others. With the advanced option “Skip an output that already holds the raster”, a "
            "batch that is repeated does only what is missing."
        )

    def tags(self) -> list[str]:
        """Return words by which the toolbox finds the tool."""
        return tr("flac,raster,compress,lossless,geotiff,cog,audio,export,import").split(",")

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        # not at the top: the plugin starts where the engine cannot
        from ..engine import options

        self.add(
            RasterInput(self.INPUT, tr("Raster to convert")),
            tr("A layer, a file or a URL; a FLAC raster or any raster that GDAL opens."),
        )
        integer = QgsProcessingParameterNumber.Type.Integer
        self.add(
            QgsProcessingParameterEnum(
                self.EFFORT,
                tr("Effort to make a FLAC output small"),
                list(options.EFFORTS),
                defaultValue=options.DEFAULT_EFFORT,
                usesStaticStrings=True,
            ),
            tr(
                "More effort takes longer and makes smaller files; nothing is ever lost. Files "
                "made with “fast” are about a quarter larger and are read 1.7 times as fast."
            ),
        )
        self.add(
            QgsProcessingParameterNumber(
                self.TILE_SIZE,
                tr("Tile size of a FLAC output in pixels"),
                integer,
                None,
                True,
                16,
                8192,
            ),
            tr(
                "A multiple of 16. Small tiles suit small windows of remote rasters, large ones "
                "are converted and read faster. Not set: 1024 for rasters of up to 2048 x 2048 "
                "pixels, 512 up to 4096 x 4096, and 256 for larger ones; longer ones for thin "
                "rasters."
            ),
        )
        self.add(
            QgsProcessingParameterEnum(
                self.OVERVIEW_RESAMPLING,
                tr("Overviews"),
                list(options.OVERVIEW_RESAMPLING),
                optional=True,
                usesStaticStrings=True,
            ),
            tr(
                "How four pixels become one in the coarser levels. “auto” takes the most frequent "
                "value (mode) for classes and palettes and the average for everything else. Not "
                "set: “auto” for FLAC and cloud optimized outputs, “none” for other GeoTIFFs."
            ),
        )
        self.add(
            QgsProcessingParameterBoolean(
                self.COG, tr("Make a GeoTIFF output cloud optimized (COG)"), False
            ),
            tr("With overviews and tiles in the order in which web servers deliver them best."),
        )
        self.add_advanced(
            QgsProcessingParameterNumber(
                self.COMPRESSION_LEVEL,
                tr("FLAC compression level: 0 to 8"),
                integer,
                None,
                True,
                minValue=options.COMPRESSION_LEVELS[0],
                maxValue=options.COMPRESSION_LEVELS[-1],
            ),
            tr(
                "The level of libFLAC. It hardly changes the size, the effort does. Not set: what "
                "suits the effort."
            ),
        )
        self.add_advanced(
            QgsProcessingParameterEnum(
                self.INTERLEAVE,
                tr("Bands that share a tile of a FLAC output"),
                list(options.INTERLEAVES),
                defaultValue=options.INTERLEAVES[0],
                usesStaticStrings=True,
            ),
            tr(
                "“pixel” puts all bands into one tile, which is smallest. “band” gives each band "
                "tiles of its own, so that one band of many is read alone. “auto” puts up to four "
                "bands into a tile."
            ),
        )
        self.add_advanced(
            QgsProcessingParameterEnum(
                self.LAYOUT,
                tr("Layout of a FLAC output"),
                list(options.LAYOUTS),
                defaultValue=options.LAYOUTS[0],
                usesStaticStrings=True,
            ),
            tr(
                "“streaming” is for users of the Python package flac-raster, whose command "
                "extract-streaming reads it exactly: 8- and 16-bit integers only, up to 8 bands, "
                "without overviews and without most metadata. “tiled” keeps everything and is "
                "smaller."
            ),
        )
        self.add_advanced(
            QgsProcessingParameterNumber(
                self.WORKERS, tr("Processors to use (0 = all)"), integer, 0, minValue=0
            ),
            tr("Tiles worked on at once. The output is the same for any number."),
        )
        self.add_advanced(
            QgsProcessingParameterBoolean(self.OVERWRITE, tr("Replace an existing output"), True),
            tr("The old file stays untouched until the new one is complete."),
        )
        self.add_advanced(
            QgsProcessingParameterBoolean(
                self.SKIP_IDENTICAL, tr("Skip an output that already holds the raster"), False
            ),
            tr(
                "Every pixel and all metadata are compared first, statistics and histograms of "
                "the input included. An output that has them all is left as it is, and that is no "
                "error."
            ),
        )
        self.add(
            RasterOutput(self.OUTPUT, tr("Converted raster")),
            tr("A name that ends in .flac for a FLAC raster, in .tif for a GeoTIFF."),
        )
        for name, description in (
            ("INPUT_SIZE", tr("Size of the input file in bytes")),
            ("OUTPUT_SIZE", tr("Size of the output file in bytes")),
            ("UNCOMPRESSED_SIZE", tr("Size of the pixels without compression in bytes")),
            ("SIZE_RATIO", tr("Size of the output as a part of the uncompressed pixels")),
            ("SECONDS", tr("Time taken in seconds")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, description))

    def run_engine(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Convert; see `flac_raster_qgis.engine.convert`."""
        from ..engine import convert
        from ..engine.operations.convert import BY_FORMAT
        from ..engine.operations.opening import is_flac_name

        job = job_of(feedback)
        extension = "tif" if is_flac_name(self.sources[self.INPUT].name) else "flac"
        parameters = name_temporary_output(parameters, self.OUTPUT, extension)
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)

        def number(name: str) -> int | None:
            given = parameters.get(name) is not None
            return self.parameterAsInt(parameters, name, context) if given else None

        workers = self.parameterAsInt(parameters, self.WORKERS, context) or None
        resampling = self.parameterAsEnumString(parameters, self.OVERVIEW_RESAMPLING, context)
        with self.opened(self.INPUT, job, workers) as source:
            result = convert(
                source,
                output,
                effort=self.parameterAsEnumString(parameters, self.EFFORT, context),
                compression_level=number(self.COMPRESSION_LEVEL),
                tile_size=number(self.TILE_SIZE),
                overview_resampling=resampling or BY_FORMAT,
                interleave=self.parameterAsEnumString(parameters, self.INTERLEAVE, context),
                layout=self.parameterAsEnumString(parameters, self.LAYOUT, context),
                workers=workers,
                cog=self.parameterAsBoolean(parameters, self.COG, context),
                overwrite=self.parameterAsBoolean(parameters, self.OVERWRITE, context),
                skip_identical=self.parameterAsBoolean(parameters, self.SKIP_IDENTICAL, context),
                job=job,
            )
        for warning in result.warnings:
            push_warning(feedback, error_text(warning))
        for note in result.notes:
            push_info(feedback, error_text(note))
        push_info(feedback, _summary(result))
        if is_flac_name(output):
            load_with_own_provider(output, context)
        return {
            self.OUTPUT: output,
            "INPUT_SIZE": result.input_bytes,
            "OUTPUT_SIZE": result.output_bytes,
            "UNCOMPRESSED_SIZE": result.uncompressed_bytes,
            "SIZE_RATIO": result.size_ratio,
            "SECONDS": result.seconds,
        }


def _summary(result: ConvertResult) -> str:
    if result.skipped:
        return tr("{output} holds this raster already, so it was left as it is.").format(
            output=result.output
        )
    return tr("{pixels} of pixels are now {size} ({part}), in {seconds} s.").format(
        pixels=format_size(result.uncompressed_bytes),
        size=format_size(result.output_bytes),
        part=format_percent(result.size_ratio),
        seconds=f"{result.seconds:.1f}",
    )
