"""Let QGIS draw a FLAC raster: draw_raster.py FLAC GEOTIFF PNG.

Opens the FLAC raster with the plugin's own data provider, or, where that is not registered, the
same pixels as GeoTIFF. Prints which one it was. Run it through packaging/qgis_env.sh.
"""

from __future__ import annotations

import sys

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsBilinearRasterResampler,
    QgsColorRampShader,
    QgsContrastEnhancement,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsHillshadeRenderer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtCore import QEventLoop, QSize
from qgis.PyQt.QtGui import QColor, QPainter

WIDTH = 900
TALLEST = 1800
COLOURS = ("#2b3a8c", "#2f8fd8", "#6cc5c1", "#f3f0c8", "#f39c12", "#a3262a")  # low to high


def open_layer(flac: str, geotiff: str) -> QgsRasterLayer:
    """Return the raster as a layer, with the plugin's provider if there is one."""
    import flac_raster_qgis

    # The plugin registers its data provider when QGIS loads it; here nothing does but this.
    flac_raster_qgis.classFactory(None).initProcessing()
    if "flacraster" in QgsProviderRegistry.instance().providerList():
        layer = QgsRasterLayer(flac, "flac", "flacraster")
    else:
        layer = QgsRasterLayer(geotiff, "geotiff", "gdal")
    if not layer.isValid():
        sys.exit(f"QGIS cannot open {layer.source()}: {layer.error().summary()}")
    return layer


def style(layer: QgsRasterLayer) -> list[QgsRasterLayer]:
    """Return the layers to draw, top first: a single band gets colours and relief."""
    kind = layer.renderer().type()
    if kind == "multibandcolor":
        layer.setContrastEnhancement(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum,
            QgsRasterMinMaxOrigin.Limits.CumulativeCut,
        )
    if kind != "singlebandgray":
        return [layer]

    # The middle 96 percent of the values, lest a few extreme ones make the rest one colour.
    low, high = layer.dataProvider().cumulativeCut(1, 0.02, 0.98, layer.extent(), 250_000)
    steps = len(COLOURS) - 1
    ramp = QgsGradientColorRamp(
        QColor(COLOURS[0]),
        QColor(COLOURS[-1]),
        False,
        [QgsGradientStop(i / steps, QColor(COLOURS[i])) for i in range(1, steps)],
    )
    colours = QgsColorRampShader(low, high, ramp, QgsColorRampShader.Type.Interpolated)
    colours.classifyColorRamp(256)
    shader = QgsRasterShader(low, high)
    shader.setRasterShaderFunction(colours)
    layer.setRenderer(QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader))

    relief = layer.clone()
    shade = QgsHillshadeRenderer(relief.dataProvider(), 1, 315, 45)
    # Values may be metres, degrees or counts: take the range as a fixed part of the map's width.
    shade.setZFactor(0.1 * layer.extent().width() / ((high - low) or 1))
    relief.setRenderer(shade)
    relief.setBlendMode(QPainter.CompositionMode.CompositionMode_Multiply)
    relief.setOpacity(0.5)

    for each in (relief, layer):  # nearest neighbour would rule fine lines across the relief
        each.resampleFilter().setZoomedOutResampler(QgsBilinearRasterResampler())
        each.resampleFilter().setMaxOversampling(2)
    return [relief, layer]


def draw(layers: list[QgsRasterLayer], png: str) -> None:
    """Draw the whole extent of the layers into a PNG file."""
    extent = layers[0].extent()
    height = min(max(round(WIDTH * extent.height() / extent.width()), 1), TALLEST)
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setOutputSize(QSize(WIDTH, height))
    settings.setExtent(extent)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    # Not waitForFinished(): it would keep the lock that the provider's Python code needs to run.
    loop = QEventLoop()
    job.finished.connect(loop.quit)
    job.start()
    loop.exec()
    if errors := [error.message for error in job.errors()]:
        sys.exit("QGIS could not draw the raster: " + "; ".join(errors))
    if not job.renderedImage().save(png):
        sys.exit(f"cannot write {png}")


def main(flac: str, geotiff: str, png: str) -> None:
    """Draw one of the two files into the third."""
    application = QgsApplication([], False)
    application.initQgis()
    layer = open_layer(flac, geotiff)
    print(f"QGIS {Qgis.QGIS_VERSION}, data provider {layer.dataProvider().name()}")
    layers = style(layer)
    draw(layers, png)
    # Layers must be gone before QGIS is, or it crashes at exit.
    del layer, layers
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
