"""Every tool of QGIS that takes a raster, with what it needs to run beside its defaults.

In the values, `RASTER` stands for the raster, `OTHER` for a second one in the same grid, `CLASSES`
for one with a color table, `IMAGE` for one of three bytes, `ZONES`, `POINTS`, `LINES` and `TABLE`
for vector layers, and `FOLDER` for a folder with files of the test.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication, QgsProcessing, QgsProcessingParameterDefinition

RASTER, OTHER, CLASSES, IMAGE = "RASTER", "OTHER", "CLASSES", "IMAGE"
ZONES, POINTS, LINES, TABLE = "ZONES", "POINTS", "LINES", "TABLE"
COLORS, STYLE = "FOLDER/colors.txt", "FOLDER/style.qml"
EXTENT = "500200,501400,4998200,4999500 [EPSG:32633]"

TERRAIN = {"Z_FACTOR": 1.0}
STACK = {"INPUT_RASTERS": [RASTER, OTHER], "INPUT_VALUE_RASTER": RASTER}

#: Parameters without a default that fits, by tool.
TOOLS: dict[str, dict[str, Any]] = {
    "gdal:aspect": {},
    "gdal:buildvirtualraster": {"INPUT": [RASTER, OTHER], "SEPARATE": True},
    "gdal:cliprasterbyextent": {"PROJWIN": EXTENT},
    "gdal:cliprasterbymasklayer": {"MASK": ZONES, "NODATA": -1},
    "gdal:colorrelief": {"COLOR_TABLE": COLORS},
    "gdal:contour": {"INTERVAL": 40},
    "gdal:contour_polygon": {"INTERVAL": 40},
    "gdal:fillnodata": {},
    "gdal:gdal2tiles": {"INPUT": IMAGE, "ZOOM": "12-13"},
    "gdal:gdal2xyz": {},
    "gdal:gdalinfo": {"MIN_MAX": True},
    "gdal:hillshade": {},
    "gdal:merge": {"INPUT": [RASTER, OTHER]},
    "gdal:nearblack": {},
    "gdal:pansharp": {"SPECTRAL": RASTER, "PANCHROMATIC": OTHER},
    "gdal:pcttorgb": {"INPUT": CLASSES},
    "gdal:polygonize": {"INPUT": CLASSES},
    "gdal:proximity": {"VALUES": "100,101,102"},
    "gdal:rastercalculator": {"INPUT_A": RASTER, "BAND_A": 1, "FORMULA": "A*2"},
    "gdal:rearrange_bands": {"BANDS": [2, 1]},
    "gdal:retile": {"INPUT": [RASTER]},
    "gdal:rgbtopct": {"INPUT": IMAGE, "NCOLORS": 8},
    "gdal:roughness": {},
    "gdal:sieve": {},
    "gdal:slope": {},
    "gdal:tpitopographicpositionindex": {},
    "gdal:translate": {},
    "gdal:triterrainruggednessindex": {},
    "gdal:viewshed": {"OBSERVER": "500800,4999000 [EPSG:32633]", "MAX_DISTANCE": 800},
    "gdal:warpreproject": {"TARGET_CRS": "EPSG:3857", "RESAMPLING": 1},
    "native:aspect": TERRAIN,
    "native:cellstackpercentile": {"INPUT": [RASTER, OTHER], "REFERENCE_LAYER": RASTER},
    "native:cellstackpercentrankfromrasterlayer": {
        "INPUT": [RASTER, OTHER],
        "REFERENCE_LAYER": RASTER,
    },
    "native:cellstackpercentrankfromvalue": {"INPUT": [RASTER, OTHER], "REFERENCE_LAYER": RASTER},
    "native:cellstatistics": {"INPUT": [RASTER, OTHER], "REFERENCE_LAYER": RASTER},
    "native:equaltofrequency": STACK,
    "native:fillnodata": {"FILL_VALUE": 7},
    "native:fuzzifyrastergaussianmembership": {},
    "native:fuzzifyrasterlargemembership": {},
    "native:fuzzifyrasterlinearmembership": {},
    "native:fuzzifyrasternearmembership": {},
    "native:fuzzifyrasterpowermembership": {},
    "native:fuzzifyrastersmallmembership": {},
    "native:generatepointspixelcentroidsinsidepolygons": {"INPUT_VECTOR": ZONES},
    "native:greaterthanfrequency": STACK,
    "native:highestpositioninrasterstack": STACK,
    "native:hillshade": TERRAIN,
    "native:lessthanfrequency": STACK,
    "native:lowestpositioninrasterstack": STACK,
    "native:pixelstopoints": {},
    "native:pixelstopolygons": {},
    "native:polygonfromlayerextent": {"INPUT": RASTER},
    "native:rasterbooleanand": {"INPUT": [RASTER, OTHER], "REF_LAYER": RASTER},
    "native:rasterlayerproperties": {},
    "native:rasterlayerstatistics": {},
    "native:rasterlayeruniquevaluesreport": {},
    "native:rasterlayerzonalstats": {"ZONES": OTHER},
    "native:rasterlogicalor": {"INPUT": [RASTER, OTHER], "REF_LAYER": RASTER},
    "native:rastersampling": {"INPUT": POINTS, "RASTERCOPY": RASTER},
    "native:rastersurfacevolume": {"LEVEL": 100, "METHOD": 0},
    "native:reclassifybylayer": {
        "INPUT_TABLE": TABLE,
        "MIN_FIELD": "low",
        "MAX_FIELD": "high",
        "VALUE_FIELD": "value",
    },
    "native:reclassifybytable": {"TABLE": ["0", "100", "1", "100", "300", "2"]},
    "native:rescaleraster": {},
    "native:roundrastervalues": {"DECIMAL_PLACES": -1},
    "native:ruggednessindex": TERRAIN,
    "native:setmfromraster": {"INPUT": POINTS, "RASTER": RASTER},
    "native:setzfromraster": {"INPUT": POINTS, "RASTER": RASTER},
    "native:slope": TERRAIN,
    "native:zonalhistogram": {"INPUT_VECTOR": ZONES},
    "native:zonalstatisticsfb": {"INPUT": ZONES},
    "qgis:generatepointspixelcentroidsalongline": {"INPUT_VECTOR": LINES},
    "qgis:hypsometriccurves": {"INPUT_DEM": RASTER, "BOUNDARY_LAYER": ZONES},
    "qgis:rastercalculator": {
        "EXPRESSION": '"RASTER@1" * 2 + "OTHER@2"',
        "LAYERS": [RASTER, OTHER],
    },
    "qgis:rasterlayerhistogram": {},
    "qgis:relief": {"AUTO_COLORS": False, "COLORS": "0, 120, 9, 176, 76; 120, 300, 255, 0, 9"},
}
#: Tools among them that read no pixels.
OF_DESCRIPTION = {
    "gdal:buildvirtualraster",
    "native:generatepointspixelcentroidsinsidepolygons",
    "native:polygonfromlayerextent",
    "native:rasterlayerproperties",
    # opens the raster with GDAL, which decodes no pixel of a virtual GeoTIFF then
    "qgis:generatepointspixelcentroidsalongline",
}
#: Tools that write into the file of their input, or beside it, which FLAC rasters do not allow.
IN_PLACE: dict[str, dict[str, Any]] = {
    "gdal:assignprojection": {"CRS": "EPSG:3857"},
    "gdal:overviews": {"LEVELS": "2"},
    "gdal:rasterize_over": {"INPUT": ZONES, "INPUT_RASTER": RASTER, "FIELD": "id"},
    "gdal:rasterize_over_fixed_value": {"INPUT": ZONES, "INPUT_RASTER": RASTER, "BURN": 1},
}
#: Tools that open no raster, or draw it as a map does.
WITHOUT_PIXELS = {
    "gdal:extractprojection",  # writes beside its input
    "gdal:tileindex",  # writes the sources of layers, which are addresses
    "native:atlaslayouttoimage",
    "native:atlaslayouttopdf",
    "native:combinestyles",
    "native:createdirectory",
    "native:exportlayersinformation",
    "native:filterlayersbytype",
    "native:loadlayer",
    "native:printlayouttoimage",
    "native:printlayouttopdf",
    "native:renamelayer",
    "native:rasterize",  # with the default style, whose contrast is exact for FLAC rasters alone
    "native:setlayerstyle",
    "native:zonalstatistics",  # is deprecated, and changes its vector layer
    "qgis:setstyleforrasterlayer",
}


def raster_tools() -> set[str]:
    """Return the ids of all tools of this QGIS that take rasters."""
    found = set()
    for provider in ("gdal", "native", "qgis"):
        for tool in QgsApplication.processingRegistry().providerById(provider).algorithms():
            if any(takes_raster(parameter) for parameter in tool.parameterDefinitions()):
                found.add(tool.id())
    return found


def takes_raster(parameter: QgsProcessingParameterDefinition) -> bool:
    """Return whether a parameter accepts rasters."""
    kinds = (QgsProcessing.SourceType.TypeMapLayer, QgsProcessing.SourceType.TypeRaster)
    if parameter.type() == "multilayer":
        return parameter.layerType() in kinds
    if parameter.type() == "layer":
        return not parameter.dataTypes() or any(kind in parameter.dataTypes() for kind in kinds)
    return parameter.type() == "raster"
