"""The tool that converts a raster to FLAC, and FLAC to GeoTIFF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from ..core.formatting import format_percent, format_seconds, format_size
from ..core.translation import tr
from ..dependencies.features import GEOTIFF
from .base import FlacRasterAlgorithm, ToolTexts, choice, integer
from .raster_input import RasterInput
from .raster_output import (
    RasterOutput,
    StyleOutput,
    keep_for_next_tool,
    load_instead,
    load_with_own_provider,
    name_temporary_output,
)
from .run import Run

if TYPE_CHECKING:
    from ..engine.operations import ConvertResult
    from ..engine.operations.opening import RasterName


class ConvertAlgorithm(FlacRasterAlgorithm):
    """Convert a raster to FLAC, or a FLAC raster to GeoTIFF."""

    NAME = "convert"
    PACKAGES = GEOTIFF

    def texts(self) -> ToolTexts:
        """Return the texts of the tool."""
        return ToolTexts(
            tr("Convert to or from FLAC"),
            tr("Converts any raster to a lossless FLAC raster, or a FLAC raster to GeoTIFF."),
            tr(
                "Converts a raster without loss: every pixel and all metadata are preserved bit "
                "for bit.\n\n"
                "The suffix of the output determines the direction: .flac makes a FLAC raster "
                "from any raster that QGIS can open, .tif makes a GeoTIFF from a FLAC raster. A "
                "temporary output is FLAC, or GeoTIFF if the input is FLAC.\n\n"
                "A FLAC raster has its own overviews, which replace those of the input, and is "
                "divided into tiles, so QGIS draws it fast, from a web server too. A GeoTIFF has "
                "overviews if you choose an overview resampling, or make it cloud optimized.\n\n"
                "The style of the layer goes along, as a .qml file beside the output.\n\n"
                "Anything that cannot be preserved raises an error; nothing is dropped "
                "silently.\n\n"
                "Of a file of several variables, such as NetCDF, HDF5 or Zarr, choose variables "
                "under the advanced options: one for the output, several of the same grid and "
                "times to be stacked in it, or a folder for a file of each.\n\n"
                "For many rasters, choose “Run as Batch Process…”: one that fails does not stop "
                "the others. With the advanced option “Skip outputs that are up to date”, a "
                "repeated batch converts only what is missing.\n\n"
                "In a model, any tool can follow. In scripts and qgis_process, other tools of QGIS "
                "find a FLAC raster if flacraster:// stands before its path."
            ),
            tr("flac,raster,compress,lossless,geotiff,cog,audio,export,import"),
        )

    def __init__(self) -> None:
        super().__init__()
        self._style = ""  # known once prepared: layers belong to the main thread

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        # not at the top: the plugin starts where the engine cannot
        from ..engine import options

        self.add(RasterInput("INPUT", tr("Raster to convert")))
        self.add(
            choice("EFFORT", tr("Compression effort"), options.EFFORTS, options.DEFAULT_EFFORT),
            tr(
                "For FLAC outputs: more effort takes longer and makes smaller files. Files made "
                "with “Fast” are about a quarter larger and are read 1.7 times as fast."
            ),
        )
        self.add(
            integer("TILE_SIZE", tr("Tile size (pixels)"), minimum=16, maximum=8192),
            tr(
                "For FLAC outputs: a multiple of 16. Small tiles suit small windows of remote "
                "rasters; large ones are converted and read faster. Not set: 1024 for rasters of "
                "up to 2048 x 2048 pixels, 512 up to 4096 x 4096, 256 for larger ones; longer "
                "tiles for thin rasters; 128 for long time series."
            ),
        )
        self.add(
            choice(
                "OVERVIEW_RESAMPLING", tr("Overview resampling"), options.OVERVIEW_RESAMPLING, None
            ),
            tr(
                "How overviews are computed. “Auto” uses “Mode” (the most frequent value) for "
                "categorical rasters and palettes, else “Average”. Not set: “Auto” for FLAC and "
                "cloud optimized outputs, “None” for other GeoTIFFs."
            ),
        )
        self.add_cog()
        self.add_advanced(
            integer(
                "COMPRESSION_LEVEL",
                tr("FLAC compression level (0–8)"),
                minimum=options.COMPRESSION_LEVELS[0],
                maximum=options.COMPRESSION_LEVELS[-1],
            ),
            tr(
                "Level of libFLAC. It hardly changes the size; the effort does. Not set: depends "
                "on the coding of each tile."
            ),
        )
        interleaves, layouts = options.INTERLEAVES, options.LAYOUTS
        self.add_advanced(
            choice("INTERLEAVE", tr("Band interleaving"), interleaves, interleaves[0]),
            tr(
                "For FLAC outputs: “Pixel” puts all bands into one tile, which makes the "
                "smallest file. “Band” gives each band its own tiles, so that one band can be "
                "read alone. “Auto” puts up to four bands into a tile, or all of a date."
            ),
        )
        self.add_advanced(
            choice("LAYOUT", tr("File layout"), layouts, layouts[0]),
            tr(
                "For FLAC outputs: “Streaming” is for users of the Python package "
                "flac-raster, whose command extract-streaming reads it exactly: 8- and 16-bit "
                "integers only, up to 8 bands, without overviews and most metadata. “Tiled” "
                "keeps everything and is smaller."
            ),
        )
        self.add_advanced(
            QgsProcessingParameterFile("TIMES", tr("Times of bands"), optional=True),
            tr(
                "A CSV file with a line for each band: its start and, if needed, its end (not "
                "part of it) and a label that tells bands of one date apart, such as red. Not "
                "set: what the raster says."
            ),
        )
        self.add_advanced(
            QgsProcessingParameterString(
                "TIME_START", tr("Time of the first band, such as 2020-01"), None, False, True
            ),
            tr("Instead of a file: a time such as 2020-01 or 2020-01-01T00:00."),
        )
        self.add_advanced(
            QgsProcessingParameterString(
                "TIME_STEP", tr("Step from band to band, such as P1M (a month)"), None, False, True
            ),
            tr("Such as P1M, P16D or PT6H. Not set: all bands have the time of the first."),
        )
        self._add_variables()
        self.add_flag(
            "STORE_STYLE",
            tr("Store the style in the file too"),
            tr(
                "The style of the layer is saved beside the output, with the suffix .qml. In a "
                "FLAC raster it can be stored as well: layers of the file alone have it then."
            ),
        )
        self.add_execution()
        self.add_flag(
            "SKIP_IDENTICAL",
            tr("Skip outputs that are up to date"),
            tr(
                "Compares every pixel and all metadata first, statistics and histograms of the "
                "input included. An identical output is left unchanged; this is not an error."
            ),
        )
        self.add(
            RasterOutput("OUTPUT", tr("Converted raster")),
            tr("A name that ends in .flac for a FLAC raster, in .tif for a GeoTIFF."),
        )
        self.addOutput(QgsProcessingOutputMultipleLayers("OUTPUTS", tr("All converted rasters")))
        self.add_results(
            INPUT_SIZE=tr("Size of the input file in bytes"),
            OUTPUT_SIZE=tr("Size of the output file in bytes"),
            UNCOMPRESSED_SIZE=tr("Size of the uncompressed pixels in bytes"),
            SIZE_RATIO=tr("Size of the output divided by the size of the uncompressed pixels"),
            SECONDS=tr("Time taken in seconds"),
        )

    def _add_variables(self) -> None:
        self.add_advanced(
            QgsProcessingParameterString(
                "VARIABLES", tr("Variables, such as tas,pr"), None, False, True
            ),
            tr(
                "Names of variables of NetCDF, HDF5, GRIB and Zarr. Not set: all but "
                "bounds and coordinates."
            ),
        )
        self.add_flag(
            "STACK",
            tr("Stack variables"),
            tr(
                "Puts several variables of one grid and the same times into one raster, date by "
                "date. Each band has the name of its variable."
            ),
        )
        self.add_advanced(
            QgsProcessingParameterFolderDestination(
                "FOLDER", tr("Folder for a file per variable"), None, True, False
            ),
            tr(
                "Each variable becomes a FLAC raster in this folder, named after the input and the "
                "variable. The output above is not written."
            ),
        )
        self.add_advanced(
            QgsProcessingParameterCrs("CRS", tr("CRS to assign"), None, True),
            tr("For rasters that have none, as is common in NetCDF. No pixel is moved."),
        )

    def prepare(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Find the input and its style."""
        super().prepare(parameters, context)
        self._style = self.style_of_input(parameters, context)

    def run_engine(self, run: Run) -> dict[str, Any]:
        """Convert; see `flac_raster_qgis.engine.convert`."""
        from ..engine.operations.opening import is_flac_name

        extension = "tif" if is_flac_name(self.sources["INPUT"].name) else "flac"
        run.parameters = name_temporary_output(run.parameters, "OUTPUT", extension)
        workers = run.integer("WORKERS") or None
        with self.opened("INPUT", run.job, workers) as source:
            options = {**self._options(run), "workers": workers}
            if run.given("FOLDER"):
                return self._convert_each(run, source, options)
            return self._convert(run, source, options)

    def _options(self, run: Run) -> dict[str, Any]:
        """Return the options of `flac_raster_qgis.engine.convert`."""
        from ..core.crs import from_qgis
        from ..engine.operations.convert import BY_FORMAT

        return {
            "effort": run.choice("EFFORT"),
            "compression_level": run.integer("COMPRESSION_LEVEL"),
            "tile_size": run.integer("TILE_SIZE"),
            "overview_resampling": run.choice("OVERVIEW_RESAMPLING") or BY_FORMAT,
            "interleave": run.choice("INTERLEAVE"),
            "layout": run.choice("LAYOUT"),
            "times": run.text("TIMES") or None,
            "time_start": run.text("TIME_START") or None,
            "time_step": run.text("TIME_STEP") or None,
            "variable": run.text("VARIABLES") or None,
            "stack": run.flag("STACK"),
            "crs": from_qgis(self.parameterAsCrs(run.parameters, "CRS", run.context)),
            "cog": run.flag("COG"),
            "overwrite": run.flag("OVERWRITE"),
            "skip_identical": run.flag("SKIP_IDENTICAL"),
            "style": self._style if run.flag("STORE_STYLE") else None,
        }

    def _convert(self, run: Run, source: RasterName, options: dict[str, Any]) -> dict[str, Any]:
        from ..engine import convert
        from ..engine.operations.opening import is_flac_name

        output = run.output
        style = StyleOutput(output, self._style)
        result = convert(source, output, job=run.job, **options)
        _tell(run, result)
        if not result.skipped:
            run.say(*filter(None, [style.write()]))
        if is_flac_name(output):
            keep_for_next_tool(output, run.context, run.feedback)
            load_with_own_provider(output, run.context)
        return _outputs([result], [output])

    def _convert_each(
        self, run: Run, source: RasterName, options: dict[str, Any]
    ) -> dict[str, Any]:
        """Convert each variable to a file in the folder; one that fails does not stop the rest."""
        from ..engine import convert_files

        folder = self.parameterAsFileOutput(run.parameters, "FOLDER", run.context)
        results, errors = [], []
        for outcome in convert_files([source], folder, job=run.job, **options):
            run.say(*outcome.notes)
            if outcome.error is not None:
                errors.append(outcome.error)
                run.warn(outcome.error.message)
            if outcome.result is not None:
                _tell(run, outcome.result)
                results.append(outcome.result)
        outputs = [result.output for result in results]
        load_instead(run.output, outputs, run.context)
        if errors:
            raise errors[0]
        for output in outputs:
            keep_for_next_tool(output, run.context, run.feedback)
            load_with_own_provider(output, run.context)
        return {"FOLDER": folder, **_outputs(results, outputs)}


def _tell(run: Run, result: ConvertResult) -> None:
    """Write what is to be known of a conversion to the log."""
    run.warn(*result.warnings)
    run.say(*result.notes, _summary(result))


def _outputs(results: list[ConvertResult], outputs: list[str]) -> dict[str, Any]:
    """Return the outputs of the tool, of which sizes and times are sums."""
    size = sum(result.output_bytes for result in results)
    pixels = sum(result.uncompressed_bytes for result in results)
    return {
        "OUTPUT": outputs[0],
        "OUTPUTS": outputs,
        "INPUT_SIZE": results[0].input_bytes,
        "OUTPUT_SIZE": size,
        "UNCOMPRESSED_SIZE": pixels,
        "SIZE_RATIO": size / pixels,
        "SECONDS": sum(result.seconds for result in results),
    }


def _summary(result: ConvertResult) -> str:
    if result.skipped:
        return tr("{output} is identical to this raster and was left unchanged.").format(
            output=result.output
        )
    values = {
        "size": format_size(result.output_bytes),
        "pixels": format_size(result.uncompressed_bytes),
        "part": format_percent(result.size_ratio),
        "seconds": format_seconds(result.seconds),
    }
    if not result.input_bytes:
        text = tr("The output has {size}: {part} of {pixels} of pixels. It took {seconds}.")
        return text.format(**values)
    return tr(
        "The output has {size}: {part_of_input} of the input file ({input}), {part} of {pixels} of "
        "pixels. It took {seconds}."
    ).format(
        input=format_size(result.input_bytes),
        part_of_input=format_percent(result.output_bytes / result.input_bytes),
        **values,
    )
