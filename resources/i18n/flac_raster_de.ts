<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>FlacRaster</name>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Maximum pixel size (CRS units)</source>
        <translation>Maximale Pixelgröße (KBS-Einheiten)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>In any CRS: selects all pixels that it overlaps. As text, both x come before both y: xmin,xmax,ymin,ymax [EPSG:4326]. Not set: the whole raster.</source>
        <translation>In beliebigem KBS: wählt alle Pixel, die sie überlappt. Als Text stehen beide x vor beiden y: xmin,xmax,ymin,ymax [EPSG:4326]. Nicht gesetzt: das ganze Raster.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Each further level has half the resolution of the one before.</source>
        <translation>Jede weitere Stufe hat die halbe Auflösung der vorigen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Instead of a level: chooses the coarsest level with pixels no larger than this.</source>
        <translation>Statt einer Stufe: wählt die gröbste Stufe, deren Pixel nicht größer sind.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Instead of an extent: the number of a tile, counted row by row from 0, or “center” or “last”.</source>
        <translation>Statt einer Ausdehnung: die Nummer einer Kachel, zeilenweise ab 0 gezählt, oder „center“ oder „last“.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>FLAC raster</source>
        <translation>FLAC-Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Pyramid level that was used</source>
        <translation>Verwendete Pyramidenstufe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Width of the area in pixels</source>
        <translation>Breite des Gebiets in Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Height of the area in pixels</source>
        <translation>Höhe des Gebiets in Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Number of tiles</source>
        <translation>Anzahl der Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Size of the tiles in bytes</source>
        <translation>Größe der Kacheln in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Number of requests to a web server</source>
        <translation>Anzahl der Anfragen an einen Webserver</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Size of all requests in bytes</source>
        <translation>Größe aller Anfragen in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Size of the FLAC file in bytes</source>
        <translation>Größe der FLAC-Datei in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Pyramid level (0 = full resolution)</source>
        <translation>Pyramidenstufe (0 = volle Auflösung)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Tile number</source>
        <translation>Kachelnummer</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>The CRS of the extent, {name}, is unknown. Name one as in 7.5,7.8,46.1,46.3 [EPSG:4326].</source>
        <translation>Das KBS der Ausdehnung, {name}, ist unbekannt. Geben Sie eines an wie in 7.5,7.8,46.1,46.3 [EPSG:4326].</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>All bands, or numbers such as 1,3</source>
        <translation>Alle Kanäle, oder Nummern wie 1,3</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>Band 1</source>
        <translation>Kanal 1</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>All times, or such as 2020-07 or 2020-01..2020-06</source>
        <translation>Alle Zeiten, oder etwa 2020-07 oder 2020-01..2020-06</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>The bands have no times</source>
        <translation>Die Kanäle haben keine Zeiten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>0 = full resolution, 1 = half of it, …</source>
        <translation>0 = volle Auflösung, 1 = die halbe, …</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>0 = full resolution</source>
        <translation>0 = volle Auflösung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>A number from 0, or center or last</source>
        <translation>Eine Nummer ab 0, oder center oder last</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>All bands, or some of 1 to {count}, such as 1,2</source>
        <translation>Alle Kanäle, oder einige von 1 bis {count}, etwa 1,2</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>All times, or some of {first} to {last}</source>
        <translation>Alle Zeiten, oder einige von {first} bis {last}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>0 (full resolution) to {last}</source>
        <translation>0 (volle Auflösung) bis {last}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_widgets.py"/>
        <source>0 to {last}, or center or last</source>
        <translation>0 bis {last}, oder center oder last</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/bands_algorithm.py"/>
        <source>Band numbers, such as 1,3. Not set: all bands.</source>
        <translation>Kanalnummern, etwa 1,3. Nicht gesetzt: alle Kanäle.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/bands_algorithm.py"/>
        <source>Instead of band numbers: the bands of a time, such as 2020-07, 2020-01..2020-06 or 2020..</source>
        <translation>Statt Kanalnummern: die Kanäle einer Zeit, etwa 2020-07, 2020-01..2020-06 oder 2020..</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/bands_algorithm.py"/>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/bands_algorithm.py"/>
        <source>Bands</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/bands_algorithm.py"/>
        <source>The bands are {text}. Give band numbers, such as 1,3.</source>
        <translation>Die Kanäle sind {text}. Geben Sie Kanalnummern an, etwa 1,3.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>FLAC files</source>
        <translation>FLAC-Dateien</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Small</source>
        <translation>Klein</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Auto</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Average</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Mode</source>
        <translation>Häufigster Wert</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Nearest</source>
        <translation>Nächster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Pixel</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Band</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Tiled</source>
        <translation>Gekachelt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Streaming</source>
        <translation>Streaming</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>With overviews, and tiles in the order that suits web servers.</source>
        <translation>Mit Übersichten und mit Kacheln in der Reihenfolge, die für Webserver günstig ist.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>The output is the same for any number.</source>
        <translation>Die Ausgabe ist bei jeder Anzahl dieselbe.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Overwrite existing output</source>
        <translation>Vorhandene Ausgabe überschreiben</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>The existing file is left unchanged until the new one is complete.</source>
        <translation>Die vorhandene Datei bleibt unverändert, bis die neue vollständig ist.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>The full result as a page to read.</source>
        <translation>Das vollständige Ergebnis als Seite zum Lesen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>The same as JSON</source>
        <translation>Dasselbe als JSON</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>The full result for other programs.</source>
        <translation>Das vollständige Ergebnis für andere Programme.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Write a Cloud Optimized GeoTIFF</source>
        <translation>Cloud-optimiertes GeoTIFF schreiben</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Number of threads (0 = one per processor)</source>
        <translation>Anzahl der Threads (0 = einer pro Prozessor)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>HTML files</source>
        <translation>HTML-Dateien</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>JSON files</source>
        <translation>JSON-Dateien</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/choice_widget.py"/>
        <source>Not set</source>
        <translation>Nicht gesetzt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Compare rasters</source>
        <translation>Raster vergleichen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Compares two rasters of any format: every pixel, bit by bit, and all metadata.</source>
        <translation>Vergleicht zwei Raster beliebigen Formats: jedes Pixel, Bit für Bit, und alle Metadaten.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Compares two rasters of any format, for example a GeoTIFF with the FLAC raster made from it.

Pixels are compared by their bits, so NaN and negative zero count too. CRS, georeference, nodata, colors, band names and all tags are compared as well. The report lists minimum, maximum and mean of both rasters side by side.

Statistics and histograms that programs compute from the pixels and store beside a raster are listed if they differ, but do not make rasters different.

Rasters that differ are a result (IDENTICAL is false), not an error.</source>
        <translation>Vergleicht zwei Raster beliebigen Formats, zum Beispiel ein GeoTIFF mit dem daraus erzeugten FLAC-Raster.

Pixel werden bitweise verglichen, also auch NaN und negative Null. KBS, Georeferenz, NoData, Farben, Namen der Kanäle und alle Tags werden ebenfalls verglichen. Der Bericht stellt Minimum, Maximum und Mittelwert beider Raster nebeneinander.

Statistiken und Histogramme, die Programme aus den Pixeln berechnen und neben einem Raster speichern, werden bei Abweichung aufgeführt, gelten aber nicht als Unterschied.

Unterschiedliche Raster sind ein Ergebnis (IDENTICAL ist falsch), kein Fehler.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>flac,raster,compare,difference,identical,diff,lossless,statistics</source>
        <translation>flac,raster,vergleichen,vergleich,unterschied,differenz,identisch,verlustfrei,statistik</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Compares only the bands of a time, such as 2020-07 or 2020-01..2020-06. Not set: all bands.</source>
        <translation>Vergleicht nur die Kanäle einer Zeit, etwa 2020-07 oder 2020-01..2020-06. Nicht gesetzt: alle Kanäle.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Comparison report</source>
        <translation>Vergleichsbericht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>First raster</source>
        <translation>Erstes Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Second raster</source>
        <translation>Zweites Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Pixels and metadata are the same</source>
        <translation>Pixel und Metadaten sind gleich</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Every pixel has the same bits</source>
        <translation>Jedes Pixel hat dieselben Bits</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Largest difference of two valid pixels</source>
        <translation>Größter Unterschied zweier gültiger Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Number of pixel values that differ, in all bands</source>
        <translation>Anzahl der abweichenden Pixelwerte in allen Kanälen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Number of metadata entries that differ</source>
        <translation>Anzahl der abweichenden Einträge der Metadaten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>The output has {size}: {part} of {pixels} of pixels. It took {seconds}.</source>
        <translation>Die Ausgabe hat {size}: {part} von {pixels} Pixeldaten. Das dauerte {seconds}.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Convert to or from FLAC</source>
        <translation>In FLAC oder aus FLAC konvertieren</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Converts any raster to a lossless FLAC raster, or a FLAC raster to GeoTIFF.</source>
        <translation>Konvertiert ein beliebiges Raster in ein verlustfreies FLAC-Raster, oder ein FLAC-Raster in GeoTIFF.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Converts a raster without loss: every pixel and all metadata are preserved bit for bit.

The suffix of the output determines the direction: .flac makes a FLAC raster from any raster that QGIS can open, .tif makes a GeoTIFF from a FLAC raster. A temporary output is FLAC, or GeoTIFF if the input is FLAC.

A FLAC raster has its own overviews, which replace those of the input, and is divided into tiles, so QGIS draws it fast, from a web server too. A GeoTIFF has overviews if you choose an overview resampling, or make it cloud optimized.

The style of the layer goes along, as a .qml file beside the output.

Anything that cannot be preserved raises an error; nothing is dropped silently.

Of a file of several variables, such as NetCDF, HDF5 or Zarr, choose variables under the advanced options: one for the output, several of the same grid and times to be stacked in it, or a folder for a file of each.

For many rasters, choose “Run as Batch Process…”: one that fails does not stop the others. With the advanced option “Skip outputs that are up to date”, a repeated batch converts only what is missing.

In a model, any tool can follow. In scripts and qgis_process, other tools of QGIS find a FLAC raster if flacraster:// stands before its path.</source>
        <translation>Konvertiert ein Raster verlustfrei: Jedes Pixel und alle Metadaten bleiben Bit für Bit erhalten.

Die Endung der Ausgabe bestimmt die Richtung: .flac erzeugt ein FLAC-Raster aus jedem Raster, das QGIS öffnen kann, .tif erzeugt ein GeoTIFF aus einem FLAC-Raster. Eine temporäre Ausgabe ist FLAC, oder GeoTIFF, wenn die Eingabe FLAC ist.

Ein FLAC-Raster hat eigene Übersichten, die die der Eingabe ersetzen, und ist in Kacheln geteilt, sodass QGIS es schnell zeichnet, auch von einem Webserver. Ein GeoTIFF hat Übersichten, wenn Sie ein Resampling-Verfahren wählen oder es cloud-optimiert schreiben.

Der Stil des Layers geht mit, als .qml-Datei neben der Ausgabe.

Was nicht erhalten werden kann, führt zu einem Fehler; nichts geht stillschweigend verloren.

Bei einer Datei mit mehreren Variablen, wie NetCDF, HDF5 oder Zarr, wählen Sie Variablen unter den fortgeschrittenen Parametern: eine für die Ausgabe, mehrere mit demselben Gitter und denselben Zeiten, die darin gestapelt werden, oder einen Ordner für eine Datei je Variable.

Für viele Raster wählen Sie „Als Batchprozess starten…“: Eines, das fehlschlägt, hält die anderen nicht auf. Mit dem fortgeschrittenen Parameter „Aktuelle Ausgaben überspringen“ konvertiert ein wiederholter Batch nur, was fehlt.

In einem Modell kann jedes Werkzeug folgen. In Skripten und qgis_process finden andere Werkzeuge von QGIS ein FLAC-Raster, wenn flacraster:// vor seinem Pfad steht.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>flac,raster,compress,lossless,geotiff,cog,audio,export,import</source>
        <translation>flac,raster,umwandeln,konvertieren,komprimieren,verlustfrei,geotiff,cog,audio,export,import</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>For FLAC outputs: more effort takes longer and makes smaller files. Files made with “Fast” are about a quarter larger and are read 1.7 times as fast.</source>
        <translation>Für FLAC-Ausgaben: Mehr Aufwand dauert länger und ergibt kleinere Dateien. Mit „Schnell“ erzeugte Dateien sind etwa ein Viertel größer und werden 1,7-mal so schnell gelesen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>For FLAC outputs: a multiple of 16. Small tiles suit small windows of remote rasters; large ones are converted and read faster. Not set: 1024 for rasters of up to 2048 x 2048 pixels, 512 up to 4096 x 4096, 256 for larger ones; longer tiles for thin rasters; 128 for long time series.</source>
        <translation>Für FLAC-Ausgaben: ein Vielfaches von 16. Kleine Kacheln eignen sich für kleine Fenster entfernter Raster; große werden schneller konvertiert und gelesen. Nicht gesetzt: 1024 für Raster bis 2048 x 2048 Pixel, 512 bis 4096 x 4096, 256 für größere; längere Kacheln für schmale Raster; 128 für lange Zeitreihen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>How overviews are computed. “Auto” uses “Mode” (the most frequent value) for categorical rasters and palettes, else “Average”. Not set: “Auto” for FLAC and cloud optimized outputs, “None” for other GeoTIFFs.</source>
        <translation>Wie Übersichten berechnet werden. „Automatisch“ verwendet „Häufigster Wert“ für kategoriale Raster und Paletten, sonst „Mittelwert“. Nicht gesetzt: „Automatisch“ für FLAC und cloud-optimierte Ausgaben, „Keine“ für andere GeoTIFFs.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Level of libFLAC. It hardly changes the size; the effort does. Not set: depends on the coding of each tile.</source>
        <translation>Stufe von libFLAC. Sie ändert die Größe kaum; der Aufwand tut es. Nicht gesetzt: hängt von der Kodierung jeder Kachel ab.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>For FLAC outputs: “Pixel” puts all bands into one tile, which makes the smallest file. “Band” gives each band its own tiles, so that one band can be read alone. “Auto” puts up to four bands into a tile, or all of a date.</source>
        <translation>Für FLAC-Ausgaben: „Pixel“ legt alle Kanäle in eine Kachel und ergibt die kleinste Datei. „Kanal“ gibt jedem Kanal eigene Kacheln, sodass ein Kanal allein gelesen werden kann. „Automatisch“ legt bis zu vier Kanäle in eine Kachel, oder alle einer Zeit.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>For FLAC outputs: “Streaming” is for users of the Python package flac-raster, whose command extract-streaming reads it exactly: 8- and 16-bit integers only, up to 8 bands, without overviews and most metadata. “Tiled” keeps everything and is smaller.</source>
        <translation>Für FLAC-Ausgaben: „Streaming“ ist für Anwender des Python-Pakets flac-raster, dessen Befehl extract-streaming es exakt liest: nur ganze Zahlen mit 8 und 16 Bit, bis zu 8 Kanäle, ohne Übersichten und die meisten Metadaten. „Gekachelt“ erhält alles und ist kleiner.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>A CSV file with a line for each band: its start and, if needed, its end (not part of it) and a label that tells bands of one date apart, such as red. Not set: what the raster says.</source>
        <translation>Eine CSV-Datei mit einer Zeile für jeden Kanal: sein Anfang und, wenn nötig, sein Ende (nicht eingeschlossen) und eine Bezeichnung, die Kanäle einer Zeit unterscheidet, etwa rot. Nicht gesetzt: was das Raster angibt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Instead of a file: a time such as 2020-01 or 2020-01-01T00:00.</source>
        <translation>Statt einer Datei: eine Zeit wie 2020-01 oder 2020-01-01T00:00.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Such as P1M, P16D or PT6H. Not set: all bands have the time of the first.</source>
        <translation>Etwa P1M, P16D oder PT6H. Nicht gesetzt: Alle Kanäle haben die Zeit des ersten.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Store the style in the file too</source>
        <translation>Stil auch in der Datei speichern</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>The style of the layer is saved beside the output, with the suffix .qml. In a FLAC raster it can be stored as well: layers of the file alone have it then.</source>
        <translation>Der Stil des Layers wird neben der Ausgabe gespeichert, mit der Endung .qml. In einem FLAC-Raster kann er zusätzlich gespeichert werden: Dann haben ihn auch Layer der Datei allein.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Skip outputs that are up to date</source>
        <translation>Aktuelle Ausgaben überspringen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Compares every pixel and all metadata first, statistics and histograms of the input included. An identical output is left unchanged; this is not an error.</source>
        <translation>Vergleicht zuerst jedes Pixel und alle Metadaten, auch Statistiken und Histogramme der Eingabe. Eine identische Ausgabe bleibt unverändert; das ist kein Fehler.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>A name that ends in .flac for a FLAC raster, in .tif for a GeoTIFF.</source>
        <translation>Ein Name, der auf .flac endet, für ein FLAC-Raster, auf .tif für ein GeoTIFF.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Names of variables of NetCDF, HDF5, GRIB and Zarr. Not set: all but bounds and coordinates.</source>
        <translation>Namen von Variablen aus NetCDF, HDF5, GRIB und Zarr. Nicht gesetzt: alle außer Grenzen und Koordinaten.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Stack variables</source>
        <translation>Variablen stapeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Puts several variables of one grid and the same times into one raster, date by date. Each band has the name of its variable.</source>
        <translation>Legt mehrere Variablen mit demselben Gitter und denselben Zeiten in ein Raster, Zeitpunkt für Zeitpunkt. Jeder Kanal trägt den Namen seiner Variable.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Each variable becomes a FLAC raster in this folder, named after the input and the variable. The output above is not written.</source>
        <translation>Jede Variable wird ein FLAC-Raster in diesem Ordner, benannt nach der Eingabe und der Variable. Die Ausgabe oben wird nicht geschrieben.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>For rasters that have none, as is common in NetCDF. No pixel is moved.</source>
        <translation>Für Raster, die keines haben, wie in NetCDF üblich. Kein Pixel wird verschoben.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>The output has {size}: {part_of_input} of the input file ({input}), {part} of {pixels} of pixels. It took {seconds}.</source>
        <translation>Die Ausgabe hat {size}: {part_of_input} der Eingabedatei ({input}), {part} von {pixels} Pixeldaten. Das dauerte {seconds}.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Raster to convert</source>
        <translation>Zu konvertierendes Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Compression effort</source>
        <translation>Kompressionsaufwand</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Tile size (pixels)</source>
        <translation>Kachelgröße (Pixel)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Overview resampling</source>
        <translation>Resampling-Verfahren der Übersichten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>FLAC compression level (0–8)</source>
        <translation>FLAC-Kompressionsstufe (0–8)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Band interleaving</source>
        <translation>Verschränkung der Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>File layout</source>
        <translation>Dateiaufbau</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Times of bands</source>
        <translation>Zeiten der Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Time of the first band, such as 2020-01</source>
        <translation>Zeit des ersten Kanals, etwa 2020-01</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Step from band to band, such as P1M (a month)</source>
        <translation>Schritt von Kanal zu Kanal, etwa P1M (ein Monat)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Converted raster</source>
        <translation>Konvertiertes Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>All converted rasters</source>
        <translation>Alle konvertierten Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Size of the input file in bytes</source>
        <translation>Größe der Eingabedatei in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Size of the output file in bytes</source>
        <translation>Größe der Ausgabedatei in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Size of the uncompressed pixels in bytes</source>
        <translation>Größe der unkomprimierten Pixel in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Size of the output divided by the size of the uncompressed pixels</source>
        <translation>Größe der Ausgabe geteilt durch die Größe der unkomprimierten Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Time taken in seconds</source>
        <translation>Benötigte Zeit in Sekunden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Variables, such as tas,pr</source>
        <translation>Variablen, etwa tas,pr</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Folder for a file per variable</source>
        <translation>Ordner für eine Datei je Variable</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>CRS to assign</source>
        <translation>Zuzuweisendes KBS</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>{output} is identical to this raster and was left unchanged.</source>
        <translation>{output} ist mit diesem Raster identisch und blieb unverändert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Extract from FLAC raster</source>
        <translation>Aus FLAC-Raster ausschneiden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Writes an area of a FLAC raster as GeoTIFF, downloading only the tiles that it needs.</source>
        <translation>Schreibt ein Gebiet eines FLAC-Rasters als GeoTIFF und lädt nur die benötigten Kacheln herunter.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Writes an area of a FLAC raster as GeoTIFF. From a web server, only the tiles that the area touches are downloaded.

The output has exactly the pixels that the extent overlaps, bit for bit, and all metadata of the raster: CRS, georeference, nodata, mask, colors, band names and tags. Ground control points and RPCs are moved to the area. Pixels that only share an edge with the extent are not included.

An extent in another CRS stands for the smallest axis-aligned rectangle in the CRS of the raster that contains it; pixels are never resampled. A warning says what fraction of it lies outside the raster. Longitudes may be full turns away: -10 to 10 is found in a raster of 0 to 360, and the output lies where the extent does, in one piece. A level above 0 has the pixels of the overviews in the file.

NetCDF has the dimensions time, y and x, bounds of times and packed values by the conventions of CF. Writing it needs the Python packages xarray and netCDF4, h5netcdf or scipy.

The style of the layer goes along, as a .qml file beside the output, unless only some bands are extracted.

“Query FLAC raster” shows in advance how much an area would download.</source>
        <translation>Schreibt ein Gebiet eines FLAC-Rasters als GeoTIFF. Von einem Webserver werden nur die Kacheln heruntergeladen, die das Gebiet berührt.

Die Ausgabe hat genau die Pixel, die die Ausdehnung überlappt, Bit für Bit, und alle Metadaten des Rasters: KBS, Georeferenz, NoData, Maske, Farben, Namen der Kanäle und Tags. Passpunkte und RPCs werden auf das Gebiet verschoben. Pixel, die mit der Ausdehnung nur eine Kante gemeinsam haben, gehören nicht dazu.

Eine Ausdehnung in einem anderen KBS steht für das kleinste achsenparallele Rechteck im KBS des Rasters, das sie enthält; Pixel werden nie umgerechnet. Eine Warnung nennt den Anteil, der außerhalb des Rasters liegt. Längengrade dürfen um volle Umdrehungen verschoben sein: -10 bis 10 wird in einem Raster von 0 bis 360 gefunden, und die Ausgabe liegt, wo die Ausdehnung liegt, in einem Stück. Eine Stufe über 0 hat die Pixel der Übersichten in der Datei.

NetCDF hat die Dimensionen time, y und x, Grenzen der Zeiten und gepackte Werte nach den Konventionen von CF. Zum Schreiben werden die Python-Pakete xarray und netCDF4, h5netcdf oder scipy benötigt.

Der Stil des Layers geht mit, als .qml-Datei neben der Ausgabe, außer wenn nur einige Kanäle ausgeschnitten werden.

„FLAC-Raster abfragen“ zeigt vorab, wie viel für ein Gebiet herunterzuladen wäre.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>flac,raster,clip,crop,extent,bbox,window,tile,download,remote,geotiff</source>
        <translation>flac,raster,ausschneiden,zuschneiden,ausdehnung,bbox,fenster,kachel,herunterladen,geotiff</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Keep complete tiles</source>
        <translation>Vollständige Kacheln behalten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Keeps all pixels of the tiles that the extent touches.</source>
        <translation>Behält alle Pixel der Kacheln, die die Ausdehnung berührt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Skip damaged tiles</source>
        <translation>Beschädigte Kacheln überspringen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Continues if tiles are damaged, and lists them. Their pixels become nodata, or masked if there is no nodata value.</source>
        <translation>Fährt bei beschädigten Kacheln fort und führt sie auf. Ihre Pixel werden zu NoData, oder maskiert, wenn es keinen NoData-Wert gibt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>A GeoTIFF, or a NetCDF file if the name ends in .nc.</source>
        <translation>Ein GeoTIFF, oder eine NetCDF-Datei, wenn der Name auf .nc endet.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>{saved} of the file was not needed. The output has {size}, made in {seconds}.</source>
        <translation>{saved} der Datei wurden nicht gebraucht. Die Ausgabe hat {size}, erzeugt in {seconds}.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Extracted raster</source>
        <translation>Ausgeschnittenes Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Fraction of the file that was not needed</source>
        <translation>Anteil der Datei, der nicht benötigt wurde</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Number of damaged tiles that were skipped</source>
        <translation>Anzahl der übersprungenen beschädigten Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>FLAC raster information</source>
        <translation>Informationen zum FLAC-Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Describes a raster of any format without reading its pixels.</source>
        <translation>Beschreibt ein Raster beliebigen Formats, ohne seine Pixel zu lesen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Describes a raster: size, bands, data type, CRS, nodata and tags; for a FLAC raster also its values, tiles and overviews.

For a FLAC raster only the file header is read, so this is fast for files of any size.</source>
        <translation>Beschreibt ein Raster: Größe, Kanäle, Datentyp, KBS, NoData und Tags; bei einem FLAC-Raster auch Werte, Kacheln und Übersichten.

Von einem FLAC-Raster wird nur der Dateikopf gelesen, das geht also bei Dateien jeder Größe schnell.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>flac,raster,information,metadata,properties,describe,tags</source>
        <translation>flac,raster,information,metadaten,eigenschaften,beschreiben,tags</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Raster report</source>
        <translation>Rasterbericht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Raster to describe</source>
        <translation>Zu beschreibendes Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Width in pixels</source>
        <translation>Breite in Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Height in pixels</source>
        <translation>Höhe in Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Number of bands</source>
        <translation>Anzahl der Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Size of the file in bytes</source>
        <translation>Größe der Datei in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Size of the file divided by the size of the uncompressed pixels</source>
        <translation>Größe der Datei geteilt durch die Größe der unkomprimierten Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Number of levels of a FLAC raster: full resolution and overviews</source>
        <translation>Anzahl der Stufen eines FLAC-Rasters: volle Auflösung und Übersichten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Number of tiles of a FLAC raster in all levels</source>
        <translation>Anzahl der Kacheln eines FLAC-Rasters in allen Stufen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Data type of the pixels</source>
        <translation>Datentyp der Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>CRS: authority code or WKT</source>
        <translation>KBS: Behördencode oder WKT</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>How exactly pixels of a file of flac-raster are recovered</source>
        <translation>Wie genau Pixel einer Datei von flac-raster wiederhergestellt werden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Everything, as JSON</source>
        <translation>Alles, als JSON</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Query FLAC raster</source>
        <translation>FLAC-Raster abfragen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Lists the tiles, bytes and requests that an area needs, without downloading any.</source>
        <translation>Führt Kacheln, Bytes und Anfragen auf, die ein Gebiet benötigt, ohne etwas herunterzuladen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Lists the tiles of a FLAC raster that an area needs, their byte ranges in the file, how many bytes and requests it takes to download them from a web server, and what fraction of the file that is.

Only the file header is read, so this is fast for files of any size, also on a web server.

The layer shows the tiles as polygons, with their level, row, column, bands, offset and size in the file, and, if the file lists them, the minimum and maximum valid pixel of full resolution: of the requested bands (min, max), and of each band of the tile (band_min, band_max).

An extent selects all pixels that it overlaps. Pixels that only share an edge with the extent are not included. An extent in another CRS stands for the smallest axis-aligned rectangle in the CRS of the raster that contains it. A warning says what fraction of it lies outside the raster. Longitudes may be full turns away: -10 to 10 is found in a raster of 0 to 360.</source>
        <translation>Führt die Kacheln eines FLAC-Rasters auf, die ein Gebiet benötigt, ihre Bytebereiche in der Datei, wie viele Bytes und Anfragen ihr Download von einem Webserver braucht und welcher Anteil der Datei das ist.

Nur der Dateikopf wird gelesen, das geht also bei Dateien jeder Größe schnell, auch auf einem Webserver.

Der Layer zeigt die Kacheln als Polygone, mit Stufe, Zeile, Spalte, Kanälen, Versatz und Größe in der Datei und, wenn die Datei sie aufführt, Minimum und Maximum der gültigen Pixel in voller Auflösung: der gewählten Kanäle (min, max) und jedes Kanals der Kachel (band_min, band_max).

Eine Ausdehnung wählt alle Pixel, die sie überlappt. Pixel, die mit der Ausdehnung nur eine Kante gemeinsam haben, gehören nicht dazu. Eine Ausdehnung in einem anderen KBS steht für das kleinste achsenparallele Rechteck im KBS des Rasters, das sie enthält. Eine Warnung nennt den Anteil, der außerhalb des Rasters liegt. Längengrade dürfen um volle Umdrehungen verschoben sein: -10 bis 10 wird in einem Raster von 0 bis 360 gefunden.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>flac,raster,tiles,index,footprints,bytes,ranges,requests,plan,remote</source>
        <translation>flac,raster,kacheln,index,umrisse,bytes,bereiche,anfragen,plan,entfernt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Only tiles whose statistics match: max &gt; 2000, or band2.min &lt; 0 and band2.max &gt;= 10. Operands are min, max, bandN.min, bandN.max and numbers; operators are &lt; &lt;= &gt; &gt;= = !=, and, or, ( ). Values are those stored, before scale and offset.</source>
        <translation>Nur Kacheln, deren Statistik passt: max &gt; 2000, oder band2.min &lt; 0 and band2.max &gt;= 10. Operanden sind min, max, bandN.min, bandN.max und Zahlen; Operatoren sind &lt; &lt;= &gt; &gt;= = !=, and, or, ( ). Es gelten die gespeicherten Werte, vor Skalierung und Versatz.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>The outlines of the tiles, in the CRS of the raster.</source>
        <translation>Die Umrisse der Kacheln im KBS des Rasters.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Query report</source>
        <translation>Abfragebericht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Filter by tile statistics, such as max &gt; 2000</source>
        <translation>Nach Kachelstatistik filtern, etwa max &gt; 2000</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Size of the tiles as a fraction of the file</source>
        <translation>Größe der Kacheln als Anteil der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_input.py"/>
        <source>FLAC rasters</source>
        <translation>FLAC-Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_input.py"/>
        <source>A layer, a file or a URL.</source>
        <translation>Ein Layer, eine Datei oder eine URL.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_input.py"/>
        <source>A layer, a file or a URL; a FLAC raster or any raster that GDAL opens.</source>
        <translation>Ein Layer, eine Datei oder eine URL; ein FLAC-Raster oder ein beliebiges Raster, das GDAL öffnet.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_input.py"/>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_input.py"/>
        <source>The layer “{name}” is not a raster file, so its pixels cannot be read as they are stored; export it first (right-click the layer, Export, Save As) and use the exported file.</source>
        <translation>Der Layer „{name}“ ist keine Rasterdatei, seine Pixel lassen sich deshalb nicht so lesen, wie sie gespeichert sind; exportieren Sie ihn zuerst (Rechtsklick auf den Layer, Export, Speichern als) und verwenden Sie die exportierte Datei.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_input_widget.py"/>
        <source>Browse for a file</source>
        <translation>Nach einer Datei suchen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_input_widget.py"/>
        <source>Choose a layer, or type a file name or URL</source>
        <translation>Einen Layer wählen, oder einen Dateinamen oder eine URL eingeben</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_input_widget.py"/>
        <source>Choose a raster</source>
        <translation>Ein Raster wählen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_output.py"/>
        <source>The output {path} must end in .flac for a FLAC raster or in .tif for a GeoTIFF.</source>
        <translation>Die Ausgabe {path} muss für ein FLAC-Raster auf .flac enden, für ein GeoTIFF auf .tif.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_output.py"/>
        <source>The output {path} must end in .tif for a GeoTIFF or in .nc for NetCDF.</source>
        <translation>Die Ausgabe {path} muss auf .tif für ein GeoTIFF oder auf .nc für NetCDF enden.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_output.py"/>
        <source>The style was not saved: {path} already exists and may belong to another file. To keep the style, choose another name for the output.</source>
        <translation>Der Stil wurde nicht gespeichert: {path} ist schon vorhanden und gehört vielleicht zu einer anderen Datei. Um den Stil zu behalten, wählen Sie einen anderen Namen für die Ausgabe.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_output.py"/>
        <source>GeoTIFF</source>
        <translation>GeoTIFF</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_output.py"/>
        <source>NetCDF</source>
        <translation>NetCDF</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{tiles}, {size}, {part} of the file; {downloaded} downloaded, opening the file included</source>
        <translation>{tiles}, {size}, {part} der Datei; {downloaded} heruntergeladen, das Öffnen der Datei eingeschlossen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Tile</source>
        <translation>Kachel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Size in bytes</source>
        <translation>Größe in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Minimum</source>
        <translation>Minimum</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Maximum</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{size} to download in {count} requests</source>
        <translation>{size} in {count} Anfragen herunterzuladen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>One tile</source>
        <translation>Eine Kachel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{count} tiles</source>
        <translation>{count} Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Plan of an area</source>
        <translation>Plan eines Gebiets</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>nothing to download after opening it</source>
        <translation>nach dem Öffnen nichts herunterzuladen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{size} to download in one request</source>
        <translation>{size} in einer Anfrage herunterzuladen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{tiles}, {size}, {part} of the file; {fetches}</source>
        <translation>{tiles}, {size}, {part} der Datei; {fetches}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{tiles} of {all} where {condition}</source>
        <translation>{tiles} von {all} mit {condition}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Size of the file</source>
        <translation>Größe der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>CRS</source>
        <translation>KBS</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Tiles without valid pixels</source>
        <translation>Kacheln ohne gültige Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Size of the tiles</source>
        <translation>Größe der Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Fraction of the file</source>
        <translation>Anteil der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>From a web server</source>
        <translation>Von einem Webserver</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{tiles}, {size}, {part} of the file</source>
        <translation>{tiles}, {size}, {part} der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Outside the raster</source>
        <translation>Außerhalb des Rasters</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>And more: the layer of tiles and the JSON report list all of them.</source>
        <translation>Und mehr: Der Layer der Kacheln und der JSON-Bericht führen alle auf.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{level} of 0 to {last}</source>
        <translation>{level} von 0 bis {last}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{width} × {height}, from column {column} and row {row}</source>
        <translation>{width} × {height}, ab Spalte {column} und Zeile {row}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{part} of the extent</source>
        <translation>{part} der Ausdehnung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{intact}, but {uncertain} of {values} values are uncertain</source>
        <translation>{intact}, aber {uncertain} von {values} Werten sind unsicher</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>First band</source>
        <translation>Erster Kanal</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>one entry of the metadata differs</source>
        <translation>ein Eintrag der Metadaten weicht ab</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{count} entries of the metadata differ</source>
        <translation>{count} Einträge der Metadaten weichen ab</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Identical: every pixel and all metadata except statistics and histograms</source>
        <translation>Identisch: alle Pixel und alle Metadaten außer Statistiken und Histogrammen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Identical: every pixel and all metadata</source>
        <translation>Identisch: jedes Pixel und alle Metadaten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Different: sizes, bands or data types do not match</source>
        <translation>Verschieden: Größen, Kanäle oder Datentypen passen nicht zusammen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>One pixel value differs</source>
        <translation>Ein Pixelwert weicht ab</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{count} pixel values differ</source>
        <translation>{count} Pixelwerte weichen ab</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Comparison of rasters</source>
        <translation>Vergleich von Rastern</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Intact: the only tile matches its checksum</source>
        <translation>Intakt: Die einzige Kachel stimmt mit ihrer Prüfsumme überein</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{intact}, but one of {values} values is uncertain</source>
        <translation>{intact}, aber einer von {values} Werten ist unsicher</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Verification of a FLAC raster</source>
        <translation>Prüfung eines FLAC-Rasters</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{pixels}; all metadata are identical</source>
        <translation>{pixels}; alle Metadaten sind identisch</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Valid pixels</source>
        <translation>Gültige Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Mean</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Damaged: the only tile</source>
        <translation>Beschädigt: die einzige Kachel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Intact: all {tiles} tiles match their checksums</source>
        <translation>Intakt: Alle {tiles} Kacheln stimmen mit ihren Prüfsummen überein</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Tiles checked</source>
        <translation>Geprüfte Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Every pixel is identical, but {metadata}</source>
        <translation>Jedes Pixel ist identisch, aber {metadata}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{pixels}, by {largest} at most</source>
        <translation>{pixels}, um höchstens {largest}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{pixels}, and {metadata}</source>
        <translation>{pixels}, und {metadata}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{pixels}; all metadata except statistics and histograms are identical</source>
        <translation>{pixels}; alle Metadaten außer Statistiken und Histogrammen sind identisch</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Minimum, maximum and mean are those of valid pixels, without nodata.</source>
        <translation>Minimum, Maximum und Mittelwert sind die der gültigen Pixel, ohne NoData.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>No entry differs.</source>
        <translation>Kein Eintrag weicht ab.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Statistics and histograms</source>
        <translation>Statistiken und Histogramme</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Programs compute these from the pixels and leave them beside a raster, so they do not make rasters different.</source>
        <translation>Programme berechnen sie aus den Pixeln und legen sie neben einem Raster ab; sie machen Raster daher nicht verschieden.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Damaged: {damaged} of {tiles} tiles</source>
        <translation>Beschädigt: {damaged} von {tiles} Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Checked by</source>
        <translation>Geprüft anhand</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>the checksum of each frame; the file has no MD5</source>
        <translation>der Prüfsumme jedes Frames; die Datei hat keine MD5-Summe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Values that may differ from the original</source>
        <translation>Werte, die vom Original abweichen können</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Damaged tiles</source>
        <translation>Beschädigte Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>All tiles</source>
        <translation>Alle Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Codings of the tiles</source>
        <translation>Kodierungen der Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Pixels that differ</source>
        <translation>Abweichende Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Largest difference</source>
        <translation>Größter Unterschied</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Mean difference</source>
        <translation>Mittlerer Unterschied</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Root mean square difference</source>
        <translation>Quadratisches Mittel der Unterschiede</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Coding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Band {number}</source>
        <translation>Kanal {number}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>none ({coding})</source>
        <translation>keiner ({coding})</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{width} × {height} pixels, {bands}, {dtype}, {size} ({part})</source>
        <translation>{width} × {height} Pixel, {bands}, {dtype}, {size} ({part})</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>as far as possible; “Verify FLAC raster” counts uncertain values</source>
        <translation>so weit wie möglich; „FLAC-Raster prüfen“ zählt unsichere Werte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Color</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Nodata</source>
        <translation>NoData</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Scale</source>
        <translation>Skalierung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>one band</source>
        <translation>ein Kanal</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{count} bands</source>
        <translation>{count} Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{width} × {height} pixels, {bands}, {dtype}, without stored pixels</source>
        <translation>{width} × {height} Pixel, {bands}, {dtype}, ohne gespeicherte Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>1 pixel, without a geotransform</source>
        <translation>1 Pixel, ohne Geotransformation</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>not at all</source>
        <translation>gar nicht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>exactly</source>
        <translation>genau</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{width} × {height} pixels, {bands}, {dtype}</source>
        <translation>{width} × {height} Pixel, {bands}, {dtype}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Pixel size</source>
        <translation>Pixelgröße</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{count} dates, {first} to {last}</source>
        <translation>{count} Zeiten, {first} bis {last}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Uncompressed pixels</source>
        <translation>Unkomprimierte Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Size ratio</source>
        <translation>Größenverhältnis</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>x {x_min} to {x_max}, y {y_min} to {y_max}</source>
        <translation>x {x_min} bis {x_max}, y {y_min} bis {y_max}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Levels</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Tags of the raster</source>
        <translation>Tags des Rasters</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Tags that audio programs show</source>
        <translation>Tags, die Audioprogramme anzeigen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{count} in {crs}</source>
        <translation>{count} in {crs}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Ground control points</source>
        <translation>Passpunkte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Time step</source>
        <translation>Zeitschritt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Bands of a date</source>
        <translation>Kanäle einer Zeit</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Tile size</source>
        <translation>Kachelgröße</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Bands per tile</source>
        <translation>Kanäle pro Kachel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Format version</source>
        <translation>Formatversion</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>palette of {count}</source>
        <translation>Palette mit {count} Farben</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{name} (as WKT)</source>
        <translation>{name} (als WKT)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Label</source>
        <translation>Bezeichnung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>Sample FLAC raster</source>
        <translation>FLAC-Raster abtasten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>Reads the values of all bands at points, such as the history of a pixel.</source>
        <translation>Liest die Werte aller Kanäle an Punkten, etwa den Verlauf eines Pixels.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>Reads the values of all bands of a FLAC raster at the points of a layer. If the bands have times, these are the history of each pixel.

Of a remote raster, only the tiles of the points are downloaded, each once; the log says how much before the download starts.

The output has a point for each input point and band, with the attributes of the input and: point (the number of the input point, from 1), band, time and time_end (UTC; intervals do not include their end), label (what tells bands of a date apart) and value. Bands are in the order of their times. The value is NULL where the pixel is nodata, NaN or masked, and for points outside the raster.

Values are exact, as they are stored; only 64-bit unsigned integers above 2⁵³ are rounded, and complex numbers are texts. “Apply scale and offset” gives physical values instead.</source>
        <translation>Liest die Werte aller Kanäle eines FLAC-Rasters an den Punkten eines Layers. Haben die Kanäle Zeiten, so ist das der Verlauf jedes Pixels.

Von einem entfernten Raster werden nur die Kacheln der Punkte heruntergeladen, jede einmal; wie viel das ist, steht vorher im Protokoll.

Die Ausgabe hat für jeden Eingabepunkt und Kanal einen Punkt, mit den Attributen der Eingabe und: point (Nummer des Eingabepunkts, ab 1), band, time und time_end (UTC; das Ende gehört nicht zum Zeitraum), label (was Kanäle einer Zeit unterscheidet) und value. Kanäle sind nach ihren Zeiten geordnet. Der Wert ist NULL, wo das Pixel NoData, NaN oder maskiert ist, und für Punkte außerhalb des Rasters.

Werte sind exakt, wie sie gespeichert sind; nur vorzeichenlose 64-Bit-Ganzzahlen über 2⁵³ sind gerundet, und komplexe Zahlen sind Texte. „Skalierung und Versatz anwenden“ ergibt stattdessen physikalische Werte.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>flac,raster,sample,points,values,time series,history,profile,chart,extract</source>
        <translation>flac,raster,abtasten,punkte,werte,zeitreihe,verlauf,profil,diagramm,extrahieren,sample</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>In any CRS. Each part of a multipoint is a point.</source>
        <translation>In jedem KBS. Jeder Teil eines Multipunkts ist ein Punkt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>Apply scale and offset</source>
        <translation>Skalierung und Versatz anwenden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>Values are pixel × scale + offset. Not set: pixels as stored.</source>
        <translation>Werte sind Pixel × Skalierung + Versatz. Nicht gesetzt: Pixel, wie sie gespeichert sind.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>A point for each input point and band.</source>
        <translation>Ein Punkt für jeden Eingabepunkt und Kanal.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>{points}, {bands}: {tiles}, {size}, {part} of the file</source>
        <translation>{points}, {bands}: {tiles}, {size}, {part} der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>Number of points</source>
        <translation>Anzahl der Punkte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>Number of points outside the raster</source>
        <translation>Anzahl der Punkte außerhalb des Rasters</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>One point</source>
        <translation>Ein Punkt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>{count} points</source>
        <translation>{count} Punkte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>one tile</source>
        <translation>eine Kachel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/sample.py"/>
        <source>The layer has no points.</source>
        <translation>Der Layer hat keine Punkte.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Verify FLAC raster</source>
        <translation>FLAC-Raster prüfen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Checks that every tile of a FLAC raster is intact.</source>
        <translation>Prüft, ob jede Kachel eines FLAC-Rasters intakt ist.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Decodes every tile of a FLAC raster and compares it with its checksum and with the tile index of the file.

Damaged tiles are listed, with their byte range and the error, and a layer shows where they are. The other tiles can still be read, and “Extract from FLAC raster” can skip the damaged ones. A damaged file is a result (VALID is false), not an error; it is an error if the tiles cannot be found at all.

For files of the Python package flac-raster, it counts the pixel values that may differ from the original.</source>
        <translation>Dekodiert jede Kachel eines FLAC-Rasters und vergleicht sie mit ihrer Prüfsumme und mit dem Kachelindex der Datei.

Beschädigte Kacheln werden mit ihrem Bytebereich und dem Fehler aufgeführt, und ein Layer zeigt, wo sie liegen. Die übrigen Kacheln sind weiterhin lesbar, und „Aus FLAC-Raster ausschneiden“ kann die beschädigten überspringen. Eine beschädigte Datei ist ein Ergebnis (VALID ist falsch), kein Fehler; ein Fehler ist es, wenn sich die Kacheln gar nicht finden lassen.

Bei Dateien des Python-Pakets flac-raster zählt das Werkzeug die Pixelwerte, die vom Original abweichen können.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>flac,raster,check,validate,integrity,checksum,md5,damaged,corrupt</source>
        <translation>flac,raster,prüfen,kontrolle,integrität,prüfsumme,md5,beschädigt,defekt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Checks only the tiles with bands of a time, such as 2020-07 or 2020-01..2020-06. Not set: all tiles.</source>
        <translation>Prüft nur die Kacheln mit Kanälen einer Zeit, etwa 2020-07 oder 2020-01..2020-06. Nicht gesetzt: alle Kacheln.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>List intact tiles too</source>
        <translation>Auch intakte Kacheln auflisten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>The reports list every tile, with its coding.</source>
        <translation>Die Berichte führen jede Kachel mit ihrer Kodierung auf.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>The outlines of damaged tiles, in the CRS of the raster.</source>
        <translation>Die Umrisse beschädigter Kacheln im KBS des Rasters.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Verification report</source>
        <translation>Prüfbericht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>FLAC raster to verify</source>
        <translation>Zu prüfendes FLAC-Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Every tile is intact</source>
        <translation>Jede Kachel ist intakt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Number of tiles checked</source>
        <translation>Anzahl der geprüften Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Number of damaged tiles</source>
        <translation>Anzahl beschädigter Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Number of values that may differ from the original</source>
        <translation>Anzahl der Werte, die vom Original abweichen können</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>And more: the reports list all damaged tiles.</source>
        <translation>Und mehr: Die Berichte führen alle beschädigten Kacheln auf.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/cache_settings.py"/>
        <source>The disk cache is not available: {reason}</source>
        <translation>Der Cache auf der Festplatte ist nicht verfügbar: {reason}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/crs.py"/>
        <source>{name}: unknown CRS {crs}. Set the layer CRS manually.</source>
        <translation>{name}: unbekanntes KBS {crs}. Legen Sie das KBS des Layers manuell fest.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>undefined</source>
        <translation>nicht festgelegt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>gray</source>
        <translation>grau</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>green</source>
        <translation>grün</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>blue</source>
        <translation>blau</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>hue</source>
        <translation>Farbton</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>saturation</source>
        <translation>Sättigung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>lightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>cyan</source>
        <translation>cyan</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>magenta</source>
        <translation>magenta</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>yellow</source>
        <translation>gelb</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>black</source>
        <translation>schwarz</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>1 byte</source>
        <translation>1 Byte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/formatting.py"/>
        <source>{count} bytes</source>
        <translation>{count} Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/__init__.py"/>
        <source>QGIS rejected the data provider {key}.</source>
        <translation>QGIS hat den Datenprovider {key} abgelehnt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/blocks.py"/>
        <source>There is no memory for {width} x {height} pixels.</source>
        <translation>Für {width} x {height} Pixel reicht der Speicher nicht.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/failed_runs.py"/>
        <source>The run failed: pixels of the raster are missing. Do not use its output.</source>
        <translation>Der Lauf ist fehlgeschlagen: Pixel des Rasters fehlen. Verwenden Sie seine Ausgabe nicht.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/failed_runs.py"/>
        <source>The run failed: pixels of {name} are missing. Do not use its output.</source>
        <translation>Der Lauf ist fehlgeschlagen: Pixel von {name} fehlen. Verwenden Sie seine Ausgabe nicht.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/guard.py"/>
        <source>Internal error in {place}. Please report it: {error}</source>
        <translation>Interner Fehler in {place}. Bitte melden Sie ihn: {error}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>{count}, from {first} to {last}</source>
        <translation>{count}, von {first} bis {last}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>The map shows the date of its range of time; without one, and in tools, {date}.</source>
        <translation>Die Karte zeigt die Zeit ihres Zeitbereichs; ohne einen, und in Werkzeugen, ist es {date}.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>{count} of {size}</source>
        <translation>{count} zu je {size}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>FLAC, lossless</source>
        <translation>FLAC, verlustfrei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Compression</source>
        <translation>Kompression</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Every pixel is recovered exactly.</source>
        <translation>Jedes Pixel wird exakt wiederhergestellt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>“Verify FLAC raster” counts the pixels that cannot be recovered exactly.</source>
        <translation>„FLAC-Raster prüfen“ zählt die Pixel, die nicht exakt wiederhergestellt werden können.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>The layer has the bands of all dates.</source>
        <translation>Der Layer hat die Kanäle aller Zeiten.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Origin</source>
        <translation>Ursprung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Pixel Size</source>
        <translation>Pixelgröße</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Color interpretation</source>
        <translation>Farbinterpretation</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Colors in the color table</source>
        <translation>Farben in der Farbtabelle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Recovery</source>
        <translation>Wiederherstellung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Dates</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>More information</source>
        <translation>Weitere Informationen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>{count} of them nothing but nodata</source>
        <translation>{count} davon enthalten nur NoData</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>{size}, {part} of {raw} uncompressed</source>
        <translation>{size}, {part} von {raw} unkomprimiert</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/outage.py"/>
        <source>The current result is missing pixels: {error}</source>
        <translation>Im aktuellen Ergebnis fehlen Pixel: {error}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/outage.py"/>
        <source>The server answers again. What was exported or computed meanwhile is missing pixels: repeat it.</source>
        <translation>Der Server antwortet wieder. Dem, was inzwischen exportiert oder berechnet wurde, fehlen Pixel: Wiederholen Sie es.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/project_secrets.py"/>
        <source>{name}: the query of the URL seems to contain a key, which the project stores unencrypted. If it is secret, remove it and choose an authentication configuration instead, such as API Header.</source>
        <translation>{name}: Die Abfrage der URL enthält anscheinend einen Schlüssel, den das Projekt unverschlüsselt speichert. Wenn er geheim ist, entfernen Sie ihn und wählen Sie stattdessen eine Authentifizierungskonfiguration, etwa API Header.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/provider.py"/>
        <source>{name} cannot be drawn: {error}</source>
        <translation>{name} kann nicht gezeichnet werden: {error}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/provider.py"/>
        <source>Only values can be identified.</source>
        <translation>Nur Werte lassen sich abfragen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/provider.py"/>
        <source>Internal error</source>
        <translation>Interner Fehler</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/provider.py"/>
        <source>{name}: some of the pixels shown may differ from those of the original raster; “Verify FLAC raster” counts them.</source>
        <translation>{name}: Einige der gezeigten Pixel können von denen des ursprünglichen Rasters abweichen; „FLAC-Raster prüfen“ zählt sie.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/provider_metadata.py"/>
        <source>{count} dates from {first} to {last}</source>
        <translation>{count} Zeiten von {first} bis {last}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/provider_metadata.py"/>
        <source>{name} (dates)</source>
        <translation>{name} (Zeiten)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/provider_metadata.py"/>
        <source>{name} (bands)</source>
        <translation>{name} (Kanäle)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/source_styles.py"/>
        <source>{name}: the style that comes with the raster cannot be used.</source>
        <translation>{name}: Der Stil, der zum Raster gehört, ist nicht verwendbar.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/features.py"/>
        <source>Draw, inspect and verify FLAC rasters</source>
        <translation>FLAC-Raster zeichnen, ansehen und prüfen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/features.py"/>
        <source>Read from web servers: stream and query</source>
        <translation>Von Webservern lesen: streamen und abfragen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/features.py"/>
        <source>Convert and extract: read and write GeoTIFF</source>
        <translation>Konvertieren und ausschneiden: GeoTIFF lesen und schreiben</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/features.py"/>
        <source>Required Python packages are not installed: {names}. Install them with Raster › FLAC Raster › Python Packages…, with the plugin QPIP, or manually: {command}</source>
        <translation>Benötigte Python-Pakete sind nicht installiert: {names}. Installieren Sie sie mit Raster › FLAC Raster › Python-Pakete…, mit der Erweiterung QPIP oder manuell: {command}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/features.py"/>
        <source>Read from {scheme}</source>
        <translation>Von {scheme} lesen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>{folder} cannot be written: {reason}.</source>
        <translation>In {folder} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>{program} cannot be started: {reason}.</source>
        <translation>{program} kann nicht gestartet werden: {reason}.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>pip would install other versions of packages that QGIS has ({names}); nothing was installed.</source>
        <translation>pip würde andere Versionen von Paketen installieren, die QGIS mitbringt ({names}); es wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>The Python of QGIS cannot be found.</source>
        <translation>Das Python von QGIS wurde nicht gefunden.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>Cancelled; nothing was installed.</source>
        <translation>Abgebrochen; es wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>Installed: {names}.</source>
        <translation>Installiert: {names}.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>The packages do not work with the Python of QGIS, as shown above; nothing was installed.</source>
        <translation>Die Pakete funktionieren nicht mit dem Python von QGIS, wie oben zu sehen; es wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>pip failed, as shown above; nothing was installed.</source>
        <translation>pip ist fehlgeschlagen, wie oben zu sehen; es wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/context_menu.py"/>
        <source>New Connection…</source>
        <translation>Neue Verbindung…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/context_menu.py"/>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/context_menu.py"/>
        <source>Edit Connection…</source>
        <translation>Verbindung bearbeiten…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/context_menu.py"/>
        <source>Remove Connection…</source>
        <translation>Verbindung entfernen…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/context_menu.py"/>
        <source>Remove Connections…</source>
        <translation>Verbindungen entfernen…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/items.py"/>
        <source>FLAC Raster</source>
        <translation>FLAC Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/items.py"/>
        <source>Saved connections to FLAC rasters</source>
        <translation>Gespeicherte Verbindungen zu FLAC-Rastern</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/items.py"/>
        <source>Not shown: {count} more, too many or without a valid address</source>
        <translation>Nicht angezeigt: {count} weitere, zu viele oder ohne gültige Adresse</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/items.py"/>
        <source>No FLAC rasters here</source>
        <translation>Hier sind keine FLAC-Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/properties.py"/>
        <source>Properties</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/properties.py"/>
        <source>Opening…</source>
        <translation>Wird geöffnet…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/source_select.py"/>
        <source>To open a raster on a web server, only its file header is downloaded. The map downloads only the tiles that it shows.</source>
        <translation>Zum Öffnen eines Rasters auf einem Webserver wird nur sein Dateikopf geladen. Die Karte lädt nur die Kacheln, die sie zeigt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/source_select.py"/>
        <source>Add a FLAC raster from a file or a web server</source>
        <translation>Ein FLAC-Raster aus einer Datei oder von einem Webserver hinzufügen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/source_select.py"/>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/source_select.py"/>
        <source>Show a raster of several &amp;dates one date at a time</source>
        <translation>Von Rastern mit mehreren &amp;Zeiten jeweils eine zeigen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/source_select.py"/>
        <source>As the temporal controller plays them; otherwise the layer has all bands</source>
        <translation>Wie die Zeitsteuerung sie abspielt; sonst hat der Layer alle Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/collection.py"/>
        <source>Rasters: {rasters}, folders: {folders}. A saved connection shows them in the Browser.</source>
        <translation>Raster: {rasters}, Ordner: {folders}. Eine gespeicherte Verbindung zeigt sie im Browser.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/collection.py"/>
        <source>Open {name}</source>
        <translation>{name} öffnen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/collection_dialog.py"/>
        <source>Choose a Raster</source>
        <translation>Raster auswählen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/collection_dialog.py"/>
        <source>Rasters and folders</source>
        <translation>Raster und Ordner</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/connection_test.py"/>
        <source>{width} × {height} pixels, bands: {count}, {dtype}, {crs}, {size}</source>
        <translation>{width} × {height} Pixel, Kanäle: {count}, {dtype}, {crs}, {size}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/connection_test.py"/>
        <source>&amp;Test Connection</source>
        <translation>Verbindung &amp;testen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/connection_test.py"/>
        <source>Open the source and describe it; only the file header is read</source>
        <translation>Die Quelle öffnen und beschreiben; nur der Dateikopf wird gelesen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/connection_test.py"/>
        <source>Test result</source>
        <translation>Testergebnis</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/connection_test.py"/>
        <source>Connecting…</source>
        <translation>Wird verbunden…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/connection_test.py"/>
        <source>no CRS</source>
        <translation>kein KBS</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/dialog.py"/>
        <source>Remove the connection “{name}”? The raster itself is not deleted.</source>
        <translation>Die Verbindung „{name}“ entfernen? Das Raster selbst wird nicht gelöscht.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/dialog.py"/>
        <source>Remove {count} connections? The rasters themselves are not deleted.</source>
        <translation>{count} Verbindungen entfernen? Die Raster selbst werden nicht gelöscht.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/dialog.py"/>
        <source>Remove Connection</source>
        <translation>Verbindung entfernen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/dialog.py"/>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/dialog.py"/>
        <source>New FLAC Raster Connection</source>
        <translation>Neue FLAC-Raster-Verbindung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/dialog.py"/>
        <source>Edit Connection</source>
        <translation>Verbindung bearbeiten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/dialog.py"/>
        <source>Replace Connection</source>
        <translation>Verbindung ersetzen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/dialog.py"/>
        <source>The connection “{name}” already exists. Replace it?</source>
        <translation>Die Verbindung „{name}“ existiert bereits. Soll sie ersetzt werden?</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/remedies.py"/>
        <source>Python Packages…</source>
        <translation>Python-Pakete…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/remedies.py"/>
        <source>Convert…</source>
        <translation>Konvertieren…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/remedies.py"/>
        <source>Open as Folder</source>
        <translation>Als Ordner öffnen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/remedies.py"/>
        <source>Open {url}</source>
        <translation>{url} öffnen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/settings.py"/>
        <source>A connection needs a name and a URL or file.</source>
        <translation>Eine Verbindung braucht einen Namen und eine URL oder Datei.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/settings.py"/>
        <source>The URL contains a user name or password, which would be saved unencrypted. Remove it and choose an authentication configuration instead.</source>
        <translation>Die URL enthält einen Benutzernamen oder ein Passwort, die unverschlüsselt gespeichert würden. Entfernen Sie sie und wählen Sie stattdessen eine Authentifizierungskonfiguration.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/settings.py"/>
        <source>There is no connection “{name}”.</source>
        <translation>Es gibt keine Verbindung „{name}“.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/settings.py"/>
        <source>The connection “{name}” already exists in this profile. Choose another name.</source>
        <translation>Die Verbindung „{name}“ existiert bereits in diesem Profil. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_chooser.py"/>
        <source>Saved connections</source>
        <translation>Gespeicherte Verbindungen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_chooser.py"/>
        <source>&amp;Save as Connection…</source>
        <translation>Als Verbindung &amp;speichern…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_chooser.py"/>
        <source>&amp;Edit Connection…</source>
        <translation>Verbindung &amp;bearbeiten…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_chooser.py"/>
        <source>&amp;Remove Connection…</source>
        <translation>Verbindung &amp;entfernen…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_edit.py"/>
        <source>https://… or a .flac file</source>
        <translation>https://… oder eine .flac-Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_edit.py"/>
        <source>URL or file of a FLAC raster</source>
        <translation>URL oder Datei eines FLAC-Rasters</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_edit.py"/>
        <source>URL or file of a FLAC raster. The list offers saved connections and recent sources. Files and links can be dropped here. A connection can also be a folder of a web server that lists its files (https://…/), or a text file with one URL per line (.txt).</source>
        <translation>URL oder Datei eines FLAC-Rasters. Die Liste bietet gespeicherte Verbindungen und zuletzt verwendete Quellen an. Dateien und Links können hierher gezogen werden. Eine Verbindung kann auch ein Ordner eines Webservers sein, der seine Dateien auflistet (https://…/), oder eine Textdatei mit einer URL pro Zeile (.txt).</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_edit.py"/>
        <source>Choose a file</source>
        <translation>Eine Datei wählen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_edit.py"/>
        <source>Authentication</source>
        <translation>Authentifizierung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_edit.py"/>
        <source>&amp;URL or file</source>
        <translation>&amp;URL oder Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_edit.py"/>
        <source>Open FLAC Raster</source>
        <translation>FLAC-Raster öffnen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>Starting…</source>
        <translation>Beginnt…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>Opening was cancelled.</source>
        <translation>Das Öffnen wurde abgebrochen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>The raster was not opened</source>
        <translation>Das Raster wurde nicht geöffnet</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>The area was not streamed</source>
        <translation>Das Gebiet wurde nicht gestreamt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>No tile of the area has such values.</source>
        <translation>Keine Kachel des Gebiets hat solche Werte.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>The layer was not added</source>
        <translation>Der Layer wurde nicht hinzugefügt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>Draw a box on the map to see what it would download.</source>
        <translation>Zeichnen Sie ein Rechteck in die Karte, um zu sehen, was geladen würde.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>The box reaches over both ends of the raster. Draw a box on each side.</source>
        <translation>Das Rechteck reicht über beide Enden des Rasters. Zeichnen Sie auf jeder Seite eines.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>The area contains no pixels of the raster.</source>
        <translation>Das Gebiet enthält keine Pixel des Rasters.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>{path} is complete, but its project was closed.</source>
        <translation>{path} ist vollständig, aber das Projekt dazu wurde geschlossen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/date_choice.py"/>
        <source>All dates: the layer shows one at a time, as the temporal controller plays them. One date, or a range such as 2020-01..2020-06: only these. All bands: the layer has no dates.</source>
        <translation>Alle Zeiten: Der Layer zeigt jeweils eine, wie die Zeitsteuerung sie abspielt. Eine Zeit oder ein Zeitraum wie 2020-01..2020-06: nur diese. Alle Kanäle: Der Layer hat keine Zeiten.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/date_choice.py"/>
        <source>All bands</source>
        <translation>Alle Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/date_choice.py"/>
        <source>All {count} dates, one at a time</source>
        <translation>Alle {count} Zeiten, jeweils eine</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>&amp;Draw Box on Map</source>
        <translation>&amp;Rechteck in die Karte zeichnen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Drag a box on the map; press Esc to cancel</source>
        <translation>In der Karte ein Rechteck aufziehen; Esc bricht ab</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Map &amp;Extent</source>
        <translation>Karten&amp;ausdehnung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Use the current map extent</source>
        <translation>Die aktuelle Kartenausdehnung verwenden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>W&amp;hole Raster</source>
        <translation>&amp;Ganzes Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Use the extent of the raster</source>
        <translation>Die Ausdehnung des Rasters verwenden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Extent in any CRS, as xmin,xmax,ymin,ymax [EPSG:4326]. The button uses the extent of a layer.</source>
        <translation>Ausdehnung in einem beliebigen KBS, als xmin,xmax,ymin,ymax [EPSG:4326]. Die Schaltfläche verwendet die Ausdehnung eines Layers.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Full resolution, or an overview of the file</source>
        <translation>Volle Auflösung oder eine Übersicht der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Bands of the result</source>
        <translation>Kanäle des Ergebnisses</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Download plan</source>
        <translation>Downloadplan</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>&amp;Stream into Layer</source>
        <translation>In Layer &amp;streamen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Download the tiles of the area and add it to the project as a layer</source>
        <translation>Die Kacheln des Gebiets laden und es dem Projekt als Layer hinzufügen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Add &amp;Live Layer</source>
        <translation>&amp;Live-Layer hinzufügen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Add the whole raster as a layer that downloads only what the map shows</source>
        <translation>Das ganze Raster als Layer hinzufügen, der nur lädt, was die Karte zeigt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>&amp;Convert…</source>
        <translation>&amp;Konvertieren…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Open the conversion tool for the selected layer, else for this raster</source>
        <translation>Das Werkzeug zum Konvertieren für den gewählten Layer öffnen, sonst für dieses Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Cancel and delete the incomplete file</source>
        <translation>Abbrechen und die unvollständige Datei löschen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Use the extent of a layer</source>
        <translation>Die Ausdehnung eines Layers verwenden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>E&amp;xtent</source>
        <translation>Aus&amp;dehnung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Resolu&amp;tion</source>
        <translation>Auflösun&amp;g</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>D&amp;ates</source>
        <translation>Z&amp;eiten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>&amp;Bands</source>
        <translation>&amp;Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>&amp;Values</source>
        <translation>&amp;Werte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/message_bar.py"/>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/message_bar.py"/>
        <source>Kind of error</source>
        <translation>Art des Fehlers</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Save Area As</source>
        <translation>Gebiet speichern als</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>path of the GeoTIFF</source>
        <translation>Pfad des GeoTIFFs</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Path of the GeoTIFF</source>
        <translation>Pfad des GeoTIFFs</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Temporary GeoTIFF</source>
        <translation>Temporäres GeoTIFF</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Deleted when QGIS is closed</source>
        <translation>Wird gelöscht, wenn QGIS beendet wird</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>GeoTIFF file</source>
        <translation>GeoTIFF-Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Saved to the path that you choose</source>
        <translation>Wird unter dem gewählten Pfad gespeichert</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Live layer of the area</source>
        <translation>Live-Layer des Gebiets</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>No file: the layer downloads only what the map shows of the area</source>
        <translation>Keine Datei: Der Layer lädt nur, was die Karte vom Gebiet zeigt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Choose where to save the GeoTIFF</source>
        <translation>Wählen, wo das GeoTIFF gespeichert wird</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Out&amp;put</source>
        <translation>Aus&amp;gabe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/preview.py"/>
        <source>Preview of {name}</source>
        <translation>Vorschau von {name}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Enter the URL of a FLAC raster or choose a file, and press Return. Only the file header and a small preview are read.</source>
        <translation>Geben Sie die URL eines FLAC-Rasters ein oder wählen Sie eine Datei, und drücken Sie die Eingabetaste. Nur der Dateikopf und eine kleine Vorschau werden gelesen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Read the file header and a preview</source>
        <translation>Den Dateikopf und eine Vorschau lesen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Zoom to the raster</source>
        <translation>Auf das Raster zoomen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Show the raster and the outlines of its tiles on the map</source>
        <translation>Das Raster und die Umrisse seiner Kacheln auf der Karte zeigen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Reload the raster if it has changed</source>
        <translation>Das Raster neu laden, falls es sich geändert hat</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Download the coarsest level of the raster, and show it here and on the map</source>
        <translation>Die gröbste Stufe des Rasters laden und hier und auf der Karte zeigen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Progress of the preview</source>
        <translation>Fortschritt der Vorschau</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Show or hide the properties of the raster</source>
        <translation>Die Eigenschaften des Rasters ein- oder ausblenden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Opening {name}…</source>
        <translation>{name} wird geöffnet…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/state.py"/>
        <source>{name} (live)</source>
        <translation>{name} (live)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{count} of {tiles} tiles have such values; the box is narrowed.</source>
        <translation>{count} von {tiles} Kacheln haben solche Werte; das Rechteck ist verkleinert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>A live layer downloads only what the map shows, at the resolution of the map.</source>
        <translation>Ein Live-Layer lädt nur, was die Karte zeigt, in der Auflösung der Karte.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>unknown CRS</source>
        <translation>unbekanntes KBS</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>1 (no overviews)</source>
        <translation>1 (keine Übersichten)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>Full: {pixel_size}</source>
        <translation>Voll: {pixel_size}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>Level {level}: {pixel_size}</source>
        <translation>Stufe {level}: {pixel_size}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>1 tile</source>
        <translation>1 Kachel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{tiles}, {size} in 1 request, {part} of the file</source>
        <translation>{tiles}, {size} mit 1 Anfrage, {part} der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{tiles}, {size} in {requests} requests, {part} of the file</source>
        <translation>{tiles}, {size} mit {requests} Anfragen, {part} der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>1 pixel</source>
        <translation>1 Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{count}, down to {width} × {height}</source>
        <translation>{count}, bis hinab zu {width} × {height}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{size}, {part} of the uncompressed size</source>
        <translation>{size}, {part} der unkomprimierten Größe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>Preview, {size}</source>
        <translation>Vorschau, {size}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>Result: {size}, {bytes} uncompressed</source>
        <translation>Ergebnis: {size}, {bytes} unkomprimiert</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{name} (level {level})</source>
        <translation>{name} (Stufe {level})</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>Two layers are added, one at each end of the raster.</source>
        <translation>Es werden zwei Layer hinzugefügt, einer an jedem Ende des Rasters.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>All {count} bands</source>
        <translation>Alle {count} Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>Codings</source>
        <translation>Kodierungen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>1 band each</source>
        <translation>je 1 Kanal</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{count} bands each</source>
        <translation>je {count} Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{tiles}, all nodata: nothing to download</source>
        <translation>{tiles}, nur NoData: nichts zu laden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{tiles}, all cached: nothing to download</source>
        <translation>{tiles}, alle im Cache: nichts zu laden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{part} of the box lies outside the raster.</source>
        <translation>{part} des Rechtecks liegen außerhalb des Rasters.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>; {size} of the tiles are cached</source>
        <translation>; {size} der Kacheln sind im Cache</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{count} pixels</source>
        <translation>{count} Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{count} more</source>
        <translation>{count} weitere</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/tasks.py"/>
        <source>Open layer {name}</source>
        <translation>Layer {name} öffnen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/tasks.py"/>
        <source>Stream {name}</source>
        <translation>{name} streamen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/value_range.py"/>
        <source>Lowest value to look for</source>
        <translation>Kleinster gesuchter Wert</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/value_range.py"/>
        <source>Highest value to look for</source>
        <translation>Größter gesuchter Wert</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/value_range.py"/>
        <source>Lowest and highest value in the tiles of the area, from the file header. Enter others to narrow the area to the tiles with such values.</source>
        <translation>Kleinster und größter Wert in den Kacheln des Gebiets, aus dem Dateikopf. Geben Sie andere ein, um das Gebiet auf die Kacheln mit solchen Werten zu verkleinern.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/value_range.py"/>
        <source>The file does not list the values of its tiles, or the bands have several units</source>
        <translation>Die Datei nennt die Werte ihrer Kacheln nicht, oder die Kanäle haben mehrere Einheiten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/chart.py"/>
        <source>Pixel history</source>
        <translation>Pixelverlauf</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/chart.py"/>
        <source>Values through time. Arrow keys move from date to date; Ctrl+C copies all values.</source>
        <translation>Werte im Lauf der Zeit. Pfeiltasten gehen von Datum zu Datum; Strg+C kopiert alle Werte.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>Place {number}: {tiles}, {size}</source>
        <translation>Ort {number}: {tiles}, {size}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>one value</source>
        <translation>ein Wert</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>{count} values</source>
        <translation>{count} Werte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>Save Values</source>
        <translation>Werte speichern</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>Place {number}: {tiles}, {size} in {requests}</source>
        <translation>Ort {number}: {tiles}, {size} in {requests}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>This place lies outside the raster.</source>
        <translation>Dieser Ort liegt außerhalb des Rasters.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>CSV files</source>
        <translation>CSV-Dateien</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>one request</source>
        <translation>einer Anfrage</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>{count} requests</source>
        <translation>{count} Anfragen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>{count} of {all} so far</source>
        <translation>bisher {count} von {all}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/controller.py"/>
        <source>Download {size} for this place</source>
        <translation>{size} für diesen Ort herunterladen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/panel.py"/>
        <source>Click on the map to draw the values of a pixel; press Esc to stop</source>
        <translation>In die Karte klicken, um die Werte eines Pixels zu zeichnen; mit Esc beenden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/panel.py"/>
        <source>Pixel Histor&amp;y</source>
        <translation>Pixelverlau&amp;f</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/panel.py"/>
        <source>Do&amp;wnload</source>
        <translation>&amp;Herunterladen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/panel.py"/>
        <source>C&amp;opy</source>
        <translation>Ko&amp;pieren</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/panel.py"/>
        <source>Copy all values as text, for a spreadsheet</source>
        <translation>Alle Werte als Text kopieren, für eine Tabellenkalkulation</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/panel.py"/>
        <source>S&amp;ave CSV…</source>
        <translation>CSV speich&amp;ern…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/panel.py"/>
        <source>Save all values as a CSV file</source>
        <translation>Alle Werte als CSV-Datei speichern</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/panel.py"/>
        <source>Clea&amp;r</source>
        <translation>Lösche&amp;n</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/panel.py"/>
        <source>Remove all places</source>
        <translation>Alle Orte entfernen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/history/task.py"/>
        <source>Pixel history of {name}</source>
        <translation>Pixelverlauf von {name}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/layer_adder.py"/>
        <source>Show All Bands Instead</source>
        <translation>Stattdessen alle Kanäle zeigen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/layer_adder.py"/>
        <source>The layer shows one of {count} dates at a time, from {first} to {last}.</source>
        <translation>Der Layer zeigt jeweils eine von {count} Zeiten von {first} bis {last}.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/layer_adder.py"/>
        <source>{name} cannot be opened.</source>
        <translation>{name} kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/layer_menu.py"/>
        <source>Convert to FLAC Raster…</source>
        <translation>In FLAC-Raster konvertieren…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/layer_signs.py"/>
        <source>Read from {server}; the map downloads only the tiles that it shows.</source>
        <translation>Wird von {server} gelesen; die Karte lädt nur die Kacheln, die sie zeigt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/layer_signs.py"/>
        <source>The layer could not be opened: {reason}

QGIS retries from time to time; click to retry now.</source>
        <translation>Der Layer konnte nicht geöffnet werden: {reason}

QGIS versucht es von Zeit zu Zeit erneut; klicken Sie, um es jetzt zu versuchen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/layer_signs.py"/>
        <source>Parts of the layer are missing: {reason}

QGIS retries from time to time; click to retry now.</source>
        <translation>Teile des Layers fehlen: {reason}

QGIS versucht es von Zeit zu Zeit erneut; klicken Sie, um es jetzt zu versuchen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/offline_copy.py"/>
        <source>Save Offline Copy</source>
        <translation>Offline-Kopie speichern</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/offline_copy.py"/>
        <source>Save {name}</source>
        <translation>{name} speichern</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>Show in Dock</source>
        <translation>Im Bedienfeld anzeigen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>Copy URL</source>
        <translation>URL kopieren</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>Save Offline Copy…</source>
        <translation>Offline-Kopie speichern…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>Refresh from Server</source>
        <translation>Vom Server aktualisieren</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>Tile Polygons…</source>
        <translation>Kachelpolygone…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>Verify…</source>
        <translation>Prüfen…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>Add as Time Layer</source>
        <translation>Als Zeit-Layer hinzufügen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>Add as Bands</source>
        <translation>Als Kanäle hinzufügen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>No copy was saved.</source>
        <translation>Es wurde keine Kopie gespeichert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>Add to Project</source>
        <translation>Zum Projekt hinzufügen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>{name} is up to date.</source>
        <translation>{name} ist auf dem neuesten Stand.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/layers/raster_actions.py"/>
        <source>Saved as {path}.</source>
        <translation>Gespeichert als {path}.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/message_watch.py"/>
        <source>Add FLAC Raster Layer</source>
        <translation>FLAC-Rasterlayer hinzufügen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/message_watch.py"/>
        <source>{name} is a FLAC raster: use Layer › Add Layer › Add FLAC Raster Layer…</source>
        <translation>{name} ist ein FLAC-Raster: Verwenden Sie Layer › Layer hinzufügen › FLAC-Rasterlayer hinzufügen…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Python Packages of FLAC Raster</source>
        <translation>Python-Pakete von FLAC Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Copy the command to run it in a terminal</source>
        <translation>Den Befehl kopieren, um ihn in einem Terminal auszuführen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Install</source>
        <translation>Installieren</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Manual installation:</source>
        <translation>Manuelle Installation:</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>missing: {names}</source>
        <translation>es fehlen: {names}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>installed: {names}</source>
        <translation>installiert: {names}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Feature</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Python packages</source>
        <translation>Python-Pakete</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>All packages of the selected features are installed.</source>
        <translation>Alle Pakete der gewählten Funktionen sind installiert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>pip is not available in the Python of QGIS. Install the packages manually.</source>
        <translation>pip ist im Python von QGIS nicht verfügbar. Installieren Sie die Pakete manuell.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Next: the button FLAC Raster in the toolbar, or Raster › FLAC Raster.</source>
        <translation>Weiter: die Schaltfläche FLAC Raster in der Werkzeugleiste, oder Raster › FLAC Raster.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Packages are installed into a folder that only this plugin uses: {folder}. Packages of QGIS, such as numpy, are not changed.</source>
        <translation>Die Pakete werden in einen Ordner installiert, den nur diese Erweiterung verwendet: {folder}. Pakete von QGIS, etwa numpy, werden nicht geändert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/offer.py"/>
        <source>FLAC rasters cannot be opened: Python packages are missing ({names}).</source>
        <translation>FLAC-Raster können nicht geöffnet werden: Python-Pakete fehlen ({names}).</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/offer.py"/>
        <source>Install…</source>
        <translation>Installieren…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/plugin_menu.py"/>
        <source>FLAC Raster &amp;Dock</source>
        <translation>&amp;Bedienfeld FLAC Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/plugin_menu.py"/>
        <source>FLAC Raster: stream areas of rasters into layers</source>
        <translation>FLAC Raster: Gebiete von Rastern in Layer streamen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/plugin_menu.py"/>
        <source>&amp;Add FLAC Raster Layer…</source>
        <translation>FLAC-Rasterlayer &amp;hinzufügen…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/plugin_menu.py"/>
        <source>&amp;Python Packages…</source>
        <translation>&amp;Python-Pakete…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/plugin_menu.py"/>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/widgets.py"/>
        <source>{path} already exists. Replace it?</source>
        <translation>{path} existiert bereits. Soll die Datei ersetzt werden?</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/widgets.py"/>
        <source>Replace File</source>
        <translation>Datei ersetzen</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{operation} was cancelled; nothing was written.</source>
        <translation>{operation} wurde abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The operation</source>
        <translation>Der Vorgang</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The conversion</source>
        <translation>Die Konvertierung</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The comparison</source>
        <translation>Der Vergleich</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The extraction</source>
        <translation>Das Ausschneiden</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Reading</source>
        <translation>Das Lesen</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The verification</source>
        <translation>Die Prüfung</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{purpose} needs the Python package {package}.</source>
        <translation>{purpose} braucht das Python-Paket {package}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} needs the Python packages {found}, because GDAL does not read it.</source>
        <translation>{name} braucht die Python-Pakete {found}, weil GDAL das nicht liest.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{purpose} needs the Python package {package}, which cannot be imported ({reason}).</source>
        <translation>{purpose} braucht das Python-Paket {package}, das sich nicht importieren lässt ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Reading over http</source>
        <translation>Lesen über http</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>A cache on disk</source>
        <translation>Ein Zwischenspeicher auf der Platte</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Work on a Dask cluster</source>
        <translation>Arbeit auf einem Dask-Cluster</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Writing NetCDF</source>
        <translation>Das Schreiben von NetCDF</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>A calendar other than the standard one in NetCDF</source>
        <translation>Ein anderer Kalender als der übliche in NetCDF</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Reading and writing GeoTIFF</source>
        <translation>Lesen und Schreiben von GeoTIFF</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>FLAC needs the Python package pyflac or soundfile, and neither can be imported ({reason}).</source>
        <translation>FLAC braucht das Python-Paket pyflac oder soundfile, und keines lässt sich importieren ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} does not exist.</source>
        <translation>{name} gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a folder; a file was expected.</source>
        <translation>{name} ist ein Ordner; erwartet wurde eine Datei.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a regular file; a file was expected.</source>
        <translation>{name} ist keine gewöhnliche Datei; erwartet wurde eine Datei.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be opened: {reason}.</source>
        <translation>{name} lässt sich nicht öffnen: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is closed already.</source>
        <translation>{name} ist schon geschlossen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: bytes {offset} to {end} cannot be read: {reason}.</source>
        <translation>{name}: Die Bytes {offset} bis {end} lassen sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} was changed while it was being read.</source>
        <translation>{name} wurde geändert, während es gelesen wurde.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has been replaced since it was opened.</source>
        <translation>{name} wurde ersetzt, seit die Datei geöffnet wurde.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The name of a file is {found!r:.80}, expected a text or a path.</source>
        <translation>Der Name einer Datei ist {found!r:.80}, erwartet wurde ein Text oder ein Pfad.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a file of this computer.</source>
        <translation>{name} ist keine Datei dieses Rechners.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be opened, because {found} beside it is a named pipe or device, from which GDAL would read.</source>
        <translation>{name} lässt sich nicht öffnen, weil {found} daneben eine Named Pipe oder ein Gerät ist, woraus GDAL lesen würde.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be opened, because it names {found}, a named pipe or device, which GDAL would wait for.</source>
        <translation>{name} lässt sich nicht öffnen, weil darin {found} steht, eine Named Pipe oder ein Gerät, worauf GDAL warten würde.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>No raster is given.</source>
        <translation>Es ist kein Raster angegeben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is truncated: it ends at byte {offset}, {size} more were expected.</source>
        <translation>{name} ist unvollständig: Die Datei endet bei Byte {offset}, {size} weitere wurden erwartet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is truncated: it has {found} bytes, bytes {offset} to {end} were expected.</source>
        <translation>{name} ist unvollständig: Die Datei hat {found} Bytes, erwartet wurden die Bytes {offset} bis {end}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be used as a cache: {reason}.</source>
        <translation>{name} ist als Zwischenspeicher nicht zu gebrauchen: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>it is not on this computer</source>
        <translation>der Ordner ist nicht auf diesem Rechner</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>its name holds an environment variable, which diskcache would replace</source>
        <translation>der Name enthält eine Umgebungsvariable, die diskcache ersetzen würde</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{folder} is not a folder</source>
        <translation>{folder} ist kein Ordner</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>it belongs to another user</source>
        <translation>der Ordner gehört einem anderen Benutzer</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>every user can write to it</source>
        <translation>alle Benutzer können in den Ordner schreiben</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>other users can write to {folder}</source>
        <translation>andere Benutzer können in {folder} schreiben</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>what lies in {folder} is not a cache and cannot be deleted</source>
        <translation>was in {folder} liegt, ist kein Zwischenspeicher und lässt sich nicht löschen</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not on this computer, and nothing is written elsewhere.</source>
        <translation>{name} ist nicht auf diesem Rechner, und anderswo wird nichts geschrieben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is both input and output.</source>
        <translation>{name} ist zugleich Eingabe und Ausgabe.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is the name of a device on Windows.</source>
        <translation>{name} ist unter Windows der Name eines Geräts.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} exists already.</source>
        <translation>{name} gibt es schon.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} exists already and does not hold exactly what {source} does ({reason}).</source>
        <translation>{name} gibt es schon und enthält nicht genau dasselbe wie {source} ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The folder {name} does not exist.</source>
        <translation>Den Ordner {name} gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a link to {found}, which does not exist.</source>
        <translation>{name} ist eine Verknüpfung mit {found}, und das gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a valid file name: {reason}.</source>
        <translation>{name} ist kein gültiger Dateiname: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a folder.</source>
        <translation>{name} ist ein Ordner.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a named pipe, which is never replaced.</source>
        <translation>{name} ist eine Named Pipe, und die wird nie ersetzt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a socket, which is never replaced.</source>
        <translation>{name} ist ein Socket, und der wird nie ersetzt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a device, which is never replaced.</source>
        <translation>{name} ist ein Gerät, und das wird nie ersetzt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a regular file, which is never replaced.</source>
        <translation>{name} ist keine gewöhnliche Datei und wird deshalb nie ersetzt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a link that another user has made.</source>
        <translation>{name} ist eine Verknüpfung, die ein anderer Benutzer angelegt hat.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} was written whole and cannot be found now: {reason}.</source>
        <translation>{name} wurde vollständig geschrieben und ist jetzt nicht zu finden: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be written: {reason}.</source>
        <translation>{name} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: URLs of the scheme {scheme} are not opened.</source>
        <translation>{name}: URLs mit dem Schema {scheme} werden nicht geöffnet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a chain of URLs.</source>
        <translation>{name} ist eine Kette von URLs.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a valid URL: {reason}.</source>
        <translation>{name} ist keine gültige URL: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} redirects to {found}, {reason}, so it was not followed.</source>
        <translation>{name} leitet weiter an {found}, {reason}; dem wurde nicht gefolgt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} redirects more than {expected} times, the last time to {found}.</source>
        <translation>{name} leitet mehr als {expected} Mal weiter, zuletzt an {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} leads to {host}, which is at {address} and so means {found}, so it was not connected to.</source>
        <translation>{name} führt zu {host} mit der Adresse {address}, also {found}; dorthin wurde keine Verbindung aufgebaut.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>which is not an http or https URL</source>
        <translation>keine URL mit http oder https</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>which is not encrypted as the first URL was</source>
        <translation>und das ist anders als die erste URL nicht verschlüsselt</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>which has a user name in it</source>
        <translation>worin ein Benutzername steht</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>an address that means {meaning}</source>
        <translation>eine Adresse für {meaning}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be read as a collection: {reason}.</source>
        <translation>{name} lässt sich nicht als Sammlung lesen: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is no collection: it is not a STAC ItemCollection.</source>
        <translation>{name} ist keine Sammlung, da es keine STAC-ItemCollection ist.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not the file that the collection says.</source>
        <translation>{name} ist nicht die Datei, die die Sammlung beschreibt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found_bands} bands of {found}, its collection has {bands} of {expected}.</source>
        <translation>{name} hat {found_bands} Kanäle vom Typ {found}, die Sammlung hat {bands} vom Typ {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a collection of version {found}; this release reads {expected}.</source>
        <translation>{name} ist eine Sammlung der Version {found}; diese Ausgabe liest {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no raster in the area.</source>
        <translation>{name} hat kein Raster in dem Gebiet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no raster of the time {found!r} in the area.</source>
        <translation>{name} hat in dem Gebiet kein Raster der Zeit {found!r}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>A collection has no tiles of its own.</source>
        <translation>Eine Sammlung hat keine eigenen Kacheln.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} and {other} are not on one grid: their CRS or pixel size differ, or one is not shifted by whole pixels.</source>
        <translation>{name} und {other} liegen nicht auf einem gemeinsamen Gitter: KBS oder Pixelgröße sind verschieden, oder eines ist nicht um ganze Pixel verschoben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has more than {expected} items, and is not read.</source>
        <translation>{name} hat mehr als {expected} Items und wird nicht gelesen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no item whose asset is a FLAC raster.</source>
        <translation>{name} hat kein Item, dessen Asset ein FLAC-Raster ist.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has more than {expected} MiB, and is not read.</source>
        <translation>{name} ist größer als {expected} MiB und wird nicht gelesen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be a collection by its name.</source>
        <translation>{name} ist kein Name für eine Sammlung.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The order is {found}, expected one of {expected}, with a - at the end for the reverse.</source>
        <translation>Die Reihenfolge ist {found}; erwartet wird eines von {expected}, umgekehrt mit einem - am Ende.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no FLAC raster in it.</source>
        <translation>{name} enthält kein FLAC-Raster.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} lies more than {expected} folders deep, and is not listed.</source>
        <translation>{name} liegt mehr als {expected} Ordner tief und wird nicht aufgelistet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found} more entries than are read of one list, or entries that are not allowed.</source>
        <translation>{name} hat {found} Einträge, die nicht gelesen werden: Sie sind nicht erlaubt, oder es sind mehr, als von einer Liste gelesen werden.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no CRS or no transform, so it lies nowhere.</source>
        <translation>{name} hat kein KBS oder keine Transformation und liegt daher nirgends.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} would be empty: none of the rasters can be opened. {reason}</source>
        <translation>{name} wäre leer: Keines der Raster lässt sich öffnen. {reason}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found_bands} bands of {found}, {other} has {bands} of {expected}; the rasters of a collection must be alike.</source>
        <translation>{name} hat {found_bands} Kanäle vom Typ {found}, {other} hat {bands} vom Typ {expected}; die Raster einer Sammlung müssen gleich aufgebaut sein.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has a user name or password in it.</source>
        <translation>{name} enthält einen Benutzernamen oder ein Passwort.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is on another server than the list that names it.</source>
        <translation>{name} liegt auf einem anderen Server als die Liste, die es nennt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is an address that means {meaning}; a file on a server must not lead there.</source>
        <translation>{name} ist eine Adresse für {meaning}; dorthin darf eine Datei auf einem Server nicht führen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>it is far too long</source>
        <translation>sie ist viel zu lang</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>a host is not percent-encoded; write it out</source>
        <translation>der Name eines Servers wird nicht mit Prozentzeichen kodiert; schreiben Sie ihn aus</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>host or port cannot be told from the rest; check it, and write characters such as /, # and @ in a user name or password as %2F, %23 and %40</source>
        <translation>Server oder Port lassen sich nicht vom Rest unterscheiden; prüfen Sie sie, und schreiben Sie Zeichen wie /, # und @ in Benutzername oder Passwort als %2F, %23 und %40</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>it begins with neither http:// nor https://</source>
        <translation>sie beginnt weder mit http:// noch mit https://</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>it has a backslash or a control character in it; write %5C for a backslash that belongs to a name</source>
        <translation>sie enthält einen Backslash oder ein Steuerzeichen; schreiben Sie %5C für einen Backslash, der zum Namen gehört</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>there is no port 0</source>
        <translation>einen Port 0 gibt es nicht</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the host is not a valid IPv6 address</source>
        <translation>der Server ist keine gültige IPv6-Adresse</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the host is not a valid name; check it</source>
        <translation>der Name des Servers ist ungültig; prüfen Sie ihn</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>write the IP address as four numbers from 0 to 255</source>
        <translation>schreiben Sie die IP-Adresse als vier Zahlen von 0 bis 255</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the internet</source>
        <translation>das Internet</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>a private network</source>
        <translation>ein privates Netz</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the local link</source>
        <translation>das lokale Netzsegment</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>this computer</source>
        <translation>dieser Rechner</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server answered {found}: it requires a user name and password.</source>
        <translation>{name}: Der Server antwortete {found}: Er verlangt Benutzername und Passwort.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server answered {found}: it does not allow access.</source>
        <translation>{name}: Der Server antwortete {found}: Er erlaubt den Zugriff nicht.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server answered {found}: there is no such file.</source>
        <translation>{name}: Der Server antwortete {found}: Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server answered {found}: the proxy requires a user name and password.</source>
        <translation>{name}: Der Server antwortete {found}: Der Proxy verlangt Benutzername und Passwort.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server answered {found}: the file is gone for good.</source>
        <translation>{name}: Der Server antwortete {found}: Die Datei wurde endgültig entfernt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server answered {found}: expected 206 Partial Content.</source>
        <translation>{name}: Der Server antwortete {found}: Erwartet wurde 206 Partial Content.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: bytes {offset} to {end} were asked for, the server answered {found}, expected 206 as before.</source>
        <translation>{name}: Angefragt wurden die Bytes {offset} bis {end}, der Server antwortete {found}, erwartet wurde 206 wie zuvor.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server refuses bytes 0 to {end} with status 416, though every file has a start.</source>
        <translation>{name}: Der Server verweigert die Bytes 0 bis {end} mit Status 416, obwohl jede Datei einen Anfang hat.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server returned {found}, a web page, where a FLAC raster was expected.</source>
        <translation>{name}: Der Server lieferte {found}, eine Webseite, wo ein FLAC-Raster erwartet wurde.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server does not support range requests, and the file is larger than the {expected} MiB that are downloaded whole.</source>
        <translation>{name}: Der Server kann keine Bereiche (range requests) liefern, und die Datei ist größer als die {expected} MiB, die ganz geladen werden.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server sent the file compressed ({found}) though it was asked not to, so no part of it can be found.</source>
        <translation>{name}: Der Server schickte die Datei komprimiert ({found}), obwohl darum gebeten war, das zu lassen; deshalb ist kein Teil davon zu finden.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: bytes {offset} to {end} were asked for, the server answered with {found}; its support of ranges is broken.</source>
        <translation>{name}: Angefragt wurden die Bytes {offset} bis {end}, der Server antwortete mit {found}; er liefert Bereiche fehlerhaft.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>no Content-Range, but {found} type</source>
        <translation>keinem Content-Range, aber Typ {found}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Content-Range {found!r}</source>
        <translation>Content-Range {found!r}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the session's authentication leads to another server, so nothing was sent.</source>
        <translation>{name}: Die Authentifizierung der Sitzung führt zu einem anderen Server; deshalb wurde nichts gesendet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} changed while it was open: its {property} was {expected} and now is {found}.</source>
        <translation>{name} hat sich geändert, während es geöffnet war: {property} war {expected} und ist jetzt {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{task}: the file was closed already.</source>
        <translation>{task}: Die Datei wurde schon geschlossen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{task}: the file was closed meanwhile.</source>
        <translation>{task}: Die Datei wurde inzwischen geschlossen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} did not arrive within {expected:g} seconds, only {found} bytes did.</source>
        <translation>{name} kam nicht innerhalb von {expected:g} Sekunden an, nur {found} Bytes davon.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be read: {reason}. Tried {attempts}.</source>
        <translation>{name} kann nicht gelesen werden: {reason}. Versucht wurde es {attempts}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}, bytes {offset} to {end},</source>
        <translation>{name}, Bytes {offset} bis {end},</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is larger than {expected} kB.</source>
        <translation>{name} ist größer als {expected} kB.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: access is not allowed.</source>
        <translation>{name}: Der Zugriff ist nicht erlaubt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be read ({reason}).</source>
        <translation>{name} lässt sich nicht lesen ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: bytes {offset} to {end} were asked for, {found} bytes came; the file may have changed.</source>
        <translation>{name}: Angefragt wurden die Bytes {offset} bis {end}, {found} Bytes kamen an; die Datei kann sich geändert haben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: reading from {scheme} needs the Python package {package}.</source>
        <translation>{name}: Lesen von {scheme} braucht das Python-Paket {package}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the scheme {scheme} is not known.</source>
        <translation>{name}: Das Schema {scheme} ist unbekannt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the Python package for {scheme} is not installed ({reason}).</source>
        <translation>{name}: Das Python-Paket für {scheme} ist nicht installiert ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the TLS certificate of {host} is not to be trusted ({reason}), so nothing was downloaded.</source>
        <translation>{name}: Dem TLS-Zertifikat von {host} ist nicht zu trauen ({reason}); deshalb wurde nichts geladen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: no encrypted connection to {host} could be established ({reason}).</source>
        <translation>{name}: Mit {host} kam keine verschlüsselte Verbindung zustande ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: a file of certificates cannot be read.</source>
        <translation>{name}: Eine Datei mit Zertifikaten lässt sich nicht lesen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the host {host} cannot be found.</source>
        <translation>{name}: Der Server {host} ist nicht zu finden.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the proxy cannot be used.</source>
        <translation>{name}: Der Proxy ist nicht zu gebrauchen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the request to {host} failed ({reason}).</source>
        <translation>{name}: Die Anfrage an {host} schlug fehl ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the name of the host {host} could not be looked up</source>
        <translation>Der Name des Servers {host} ließ sich nicht nachschlagen</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the proxy cannot be reached or refuses</source>
        <translation>Der Proxy ist nicht zu erreichen oder lehnt ab</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{host} does not answer</source>
        <translation>{host} antwortet nicht</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the connection to {host} failed ({reason})</source>
        <translation>Die Verbindung zu {host} schlug fehl ({reason})</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{host} sent nothing for too long</source>
        <translation>{host} sandte zu lange nichts</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{host} closed the connection early</source>
        <translation>{host} schloss die Verbindung vorzeitig</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the server refuses ranges that end beyond the file</source>
        <translation>Der Server verweigert Bereiche, die über das Ende der Datei hinausgehen</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the server answered {found}</source>
        <translation>Der Server antwortete {found}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the server sent fewer bytes than it announced, {missing} are missing</source>
        <translation>Der Server sandte weniger Bytes als angekündigt, {missing} fehlen</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>size</source>
        <translation>die Größe</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>ETag</source>
        <translation>der ETag</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>time of modification</source>
        <translation>die Änderungszeit</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>once</source>
        <translation>einmal</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{number} times</source>
        <translation>{number}-mal</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: metadata and tile index take {found} bytes, a FLAC file holds {expected}.</source>
        <translation>{name}: Metadaten und Kachelverzeichnis belegen {found} Bytes, eine FLAC-Datei fasst {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the GEOSPATIAL_ tags do not match their checksum, so they were damaged or edited.</source>
        <translation>{name}: Die Tags GEOSPATIAL_… passen nicht zu ihrer Prüfsumme; sie wurden beschädigt oder bearbeitet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is truncated inside its metadata: it has {found} bytes, at least {expected} were expected.</source>
        <translation>{name} endet mitten in den Metadaten: Die Datei hat {found} Bytes, erwartet wurden mindestens {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its metadata takes {found} bytes or more, the limit is {expected}.</source>
        <translation>{name}: Die Metadaten belegen mindestens {found} Bytes, die Grenze ist {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its tags cannot be read ({reason}).</source>
        <translation>{name}: Die Tags lassen sich nicht lesen ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: {found} occur more than once among its tags.</source>
        <translation>{name}: {found} kommen unter den Tags mehr als einmal vor.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a FLAC audio file, not a FLAC raster: it has no tag {tag}.</source>
        <translation>{name} ist eine FLAC-Audiodatei, kein FLAC-Raster: Ihr fehlt das Tag {tag}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a FLAC raster of format version {found}, this release reads version {expected}.</source>
        <translation>{name} ist ein FLAC-Raster der Formatversion {found}, diese Ausgabe liest Version {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is truncated: it has {found} bytes, its index says {expected}.</source>
        <translation>{name} ist unvollständig: Die Datei hat {found} Bytes, laut Verzeichnis {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has trailing data: it has {found} bytes, its index says {expected}.</source>
        <translation>{name} hat überzählige Daten am Ende: Die Datei hat {found} Bytes, laut Verzeichnis {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a valid FLAC file: {reason}.</source>
        <translation>{name} ist keine gültige FLAC-Datei: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is empty; a FLAC raster starts with 'fLaC'.</source>
        <translation>{name} ist leer; ein FLAC-Raster beginnt mit „fLaC“.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} starts with an ID3 tag, a FLAC raster starts with 'fLaC'.</source>
        <translation>{name} beginnt mit einem ID3-Tag, ein FLAC-Raster beginnt mit „fLaC“.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a FLAC raster: it is a TIFF.</source>
        <translation>{name} ist kein FLAC-Raster, sondern ein TIFF.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a FLAC raster; by its name, it is a collection.</source>
        <translation>{name} ist kein FLAC-Raster, sondern dem Namen nach eine Sammlung.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a FLAC raster. It starts with {found!r}, expected {expected!r}.</source>
        <translation>{name} ist kein FLAC-Raster. Die Datei beginnt mit {found!r}, erwartet wurde {expected!r}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the tag {tag} is missing.</source>
        <translation>{name}: Das Tag {tag} fehlt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the tag {tag} is {found!r}, expected {expected}.</source>
        <translation>{name}: Das Tag {tag} ist {found!r}, erwartet wurde {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the tag {tag} is damaged ({reason}).</source>
        <translation>{name}: Das Tag {tag} ist beschädigt ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the tag {tag} says {found} bits per pixel, more than {dtype} has.</source>
        <translation>{name}: Das Tag {tag} nennt {found} Bits pro Pixel, mehr als {dtype} hat.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the tag {tag} says that the data type is {found}, GEOSPATIAL_DTYPE is {expected}.</source>
        <translation>{name}: Das Tag {tag} nennt den Datentyp {found}, GEOSPATIAL_DTYPE ist {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the tag {tag} puts the raster at {found}, which is nowhere.</source>
        <translation>{name}: Das Tag {tag} legt das Raster nach {found}, also nirgendwohin.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its index says that the first tile takes no bytes.</source>
        <translation>{name}: Laut Verzeichnis belegt die erste Kachel keine Bytes, und das tut keine.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its index lists tiles of nothing but nodata, but not all of their bands have a nodata value.</source>
        <translation>{name}: Das Verzeichnis nennt Kacheln nur aus NoData, aber nicht alle ihre Kanäle haben einen NoData-Wert.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the index says that it takes {found} bytes, more than the {expected} that its pixels can take.</source>
        <translation>{name}: Laut Verzeichnis belegt sie {found} Bytes, mehr als die {expected}, die ihre Pixel brauchen können.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: tiles are in the order {found!r}, this release knows {expected!r}.</source>
        <translation>{name}: Die Kacheln stehen in der Reihenfolge {found!r}, diese Ausgabe kennt {expected!r}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}, tile level {tile.level}, row {tile.row}, column {tile.column}</source>
        <translation>{name}, Kachel auf Stufe {tile.level}, Zeile {tile.row}, Spalte {tile.column}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}, tile level {tile.level}, row {tile.row}, column {tile.column}, from band {band}</source>
        <translation>{name}, Kachel auf Stufe {tile.level}, Zeile {tile.row}, Spalte {tile.column}, ab Kanal {band}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}, tile of unknown place</source>
        <translation>{name}, Kachel unbekannter Lage</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>a frame is not where the one before it ends</source>
        <translation>ein Frame ist nicht dort, wo der vorige endet</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the head of a frame is damaged</source>
        <translation>der Kopf eines Frames ist beschädigt</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the CRC of a frame is wrong</source>
        <translation>die CRC eines Frames ist falsch</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>a frame is of a kind that libFLAC does not know</source>
        <translation>ein Frame ist von einer Art, die libFLAC nicht kennt</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>a metadata block is damaged</source>
        <translation>ein Metadatenblock ist beschädigt</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>libFLAC failed while decoding</source>
        <translation>libFLAC ist beim Dekodieren gescheitert</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>it is truncated after {found} of {expected} samples</source>
        <translation>sie endet nach {found} von {expected} Samples</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>metadata reaches byte {found}</source>
        <translation>die Metadaten reichen bis Byte {found}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>its header's CRC is {found}, expected {expected}</source>
        <translation>die CRC ihres Kopfes ist {found}, erwartet wurde {expected}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is damaged: {reason}.</source>
        <translation>{name} ist beschädigt: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is truncated: {reason}, it has {found} bytes.</source>
        <translation>{name} ist unvollständig: {reason}; sie hat {found} Bytes.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is damaged: it says that it has {found}, expected {expected}.</source>
        <translation>{name} ist beschädigt: Angegeben ist {found}, erwartet wurde {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has version {found}, this release reads version {expected}.</source>
        <translation>{name} hat Version {found}, diese Ausgabe liest Version {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has data type {found}, which this release does not know.</source>
        <translation>{name} hat den Datentyp {found}, den diese Ausgabe nicht kennt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} uses coding {found}, which this release does not know.</source>
        <translation>{name} verwendet die Kodierung {found}, die diese Ausgabe nicht kennt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} uses flags {found}, which this release does not know.</source>
        <translation>{name} verwendet die Flags {found}, die diese Ausgabe nicht kennt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: it holds no pixels that could be recovered.</source>
        <translation>{name} enthält keine Pixel, die sich wiederherstellen ließen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its index or its first tile is damaged ({reason}); it is a file of flac-raster's spatial layout, which never stored its pixels.</source>
        <translation>{name}: Das Verzeichnis oder die erste Kachel ist beschädigt ({reason}); die Datei hat das Spatial-Layout von flac-raster, das ihre Pixel nie gespeichert hat.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} was written by flac-raster and has no MD5; to notice damage, reading it needs the Python package {package}.</source>
        <translation>{name} wurde von flac-raster geschrieben und hat keine MD5-Summe; um Schäden zu bemerken, braucht das Lesen das Python-Paket {package}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its index has {found} bytes, the limit is {expected}.</source>
        <translation>{name}: Das Verzeichnis hat {found} Bytes, die Grenze ist {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is truncated inside its index: it has {found} bytes, at least {expected} were expected.</source>
        <translation>{name} endet mitten im Verzeichnis: Die Datei hat {found} Bytes, erwartet wurden mindestens {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the index at its start is damaged ({reason}).</source>
        <translation>{name}: Das Verzeichnis am Anfang ist beschädigt ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its index says {count} band(s) of {dtype}, its first tile has {found}.</source>
        <translation>{name}: Das Verzeichnis nennt {count} Kanäle mit {dtype}, die erste Kachel hat {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has pixels of {found}, which the reader of flac-raster 0.1.2 would change: of the streaming layout it reads only 8- and 16-bit integers exactly.</source>
        <translation>{name} hat Pixel mit {found}, die flac-raster 0.1.2 beim Lesen verändern würde: Im Streaming-Layout liest es nur Ganzzahlen mit 8 und 16 Bit genau.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found} bands, a tile of the streaming layout holds at most {expected}.</source>
        <translation>{name} hat {found} Kanäle, eine Kachel des Streaming-Layouts fasst höchstens {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} would have {found} tiles of {tile_size} x {tile_size} pixels, too many for the index of the streaming layout.</source>
        <translation>{name} hätte {found} Kacheln mit {tile_size} x {tile_size} Pixeln, zu viele für das Verzeichnis des Streaming-Layouts.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} was written by flac-raster, which cannot keep {found}: most of each pixel is lost.</source>
        <translation>{name} wurde von flac-raster geschrieben, das {found} nicht bewahren kann: Von jedem Pixel ist das meiste verloren.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its tags say {width} x {height} pixels, which do not fit into {found} bytes: it is truncated or damaged.</source>
        <translation>{name}: Die Tags nennen {width} x {height} Pixel, die nicht in {found} Bytes passen: Die Datei ist unvollständig oder beschädigt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its tags say {count} band(s) of {dtype}, its stream has {channels} channels of {bits} bits, expected {count} of {expected}.</source>
        <translation>{name}: Die Tags nennen {count} Kanäle mit {dtype}, der Datenstrom hat {channels} FLAC-Kanäle mit {bits} Bits, erwartet wurden {count} mit {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the tag {tag} is {found!r} of samples of {bits} bits, expected 0 or -32768 of 16.</source>
        <translation>{name}: Das Tag {tag} ist {found!r} bei Samples mit {bits} Bits, erwartet wurde 0 oder -32768 bei 16.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the tag {tag} is {found!r}, expected a number.</source>
        <translation>{name}: Das Tag {tag} ist {found!r}, erwartet wurde eine Zahl.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its tags say that its pixels lie between {low} and {high}, which those of {dtype} cannot.</source>
        <translation>{name}: Laut den Tags liegen die Pixel zwischen {low} und {high}, und das ist mit {dtype} nicht möglich.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: {reason}.</source>
        <translation>{name}: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>flac-raster never stored the pixels of this file: its spatial layout cuts them to zeros; only its georeference and its smallest and largest value are left.</source>
        <translation>flac-raster hat die Pixel dieser Datei nie gespeichert: Sein Spatial-Layout kürzt sie zu Nullen; übrig sind nur die Georeferenz und der kleinste und größte Wert.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>flac-raster scaled each tile of this file by a range that it did not store, so the pixels cannot be recovered; only its georeference and its smallest and largest value are left.</source>
        <translation>flac-raster hat jede Kachel dieser Datei mit einem Bereich skaliert, den es nicht gespeichert hat, sodass sich die Pixel nicht wiederherstellen lassen; übrig sind nur die Georeferenz und der kleinste und größte Wert.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: flac-raster scaled its pixels, and {found:,} of the {expected:,} values in the tiles that were read may have been others, which became the same sample.</source>
        <translation>{name}: flac-raster hat die Pixel skaliert, und {found:,} der {expected:,} Werte in den gelesenen Kacheln können andere gewesen sein, aus denen dasselbe Sample wurde.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: {field} of its metadata is {found}, expected a finite number.</source>
        <translation>{name}: In den Metadaten ist {field} {found}, erwartet wurde eine endliche Zahl.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its metadata cannot be kept ({reason}).</source>
        <translation>{name}: Die Metadaten lassen sich nicht bewahren ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its transform has {found} numbers, expected six, the first of an Affine.</source>
        <translation>{name}: Die Transformation hat {found} Zahlen, erwartet wurden sechs: die ersten sechs einer Affine.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its transform is {found}, expected finite numbers that put its corners at finite coordinates.</source>
        <translation>{name}: Die Transformation ist {found}, erwartet wurden endliche Zahlen, die die Ecken an endliche Koordinaten legen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The transform {found} cannot be inverted: its pixels have no area.</source>
        <translation>Die Transformation {found} lässt sich nicht umkehren: Die Pixel haben keine Fläche.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: data type {found} cannot be kept without loss (supported: {expected}).</source>
        <translation>{name}: Der Datentyp {found} lässt sich nicht verlustfrei bewahren (unterstützt: {expected}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {bands} bands of {dtype}, which make {found} planes; the limit is {expected}.</source>
        <translation>{name} hat {bands} Kanäle mit {dtype}, das ergibt {found} Ebenen; die Grenze ist {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: one tile of {tile_size} x {tile_size} pixels and {bands} bands takes {found} bytes, the limit is {expected}.</source>
        <translation>{name}: Eine Kachel mit {tile_size} x {tile_size} Pixeln und {bands} Kanälen belegt {found} Bytes, die Grenze ist {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The raster is a {found}, expected a raster such as ArrayRaster(metadata, array).</source>
        <translation>Das Raster ist ein {found}, erwartet wurde ein Raster wie ArrayRaster(metadata, array).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {width} x {height} pixels, more tiles of {tile_size} x {tile_size} than there is memory for.</source>
        <translation>{name} hat {width} x {height} Pixel, mehr Kacheln mit {tile_size} x {tile_size}, als in den Speicher passen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has the shape {found} and the data type {dtype}, its metadata say {expected} and {expected_dtype}.</source>
        <translation>{name} hat die Form {found} und den Datentyp {dtype}, laut Metadaten {expected} und {expected_dtype}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is given no mask, its metadata say that it has one.</source>
        <translation>{name} hat keine Maske bekommen, laut Metadaten hat es eine.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is given a mask, its metadata say that it has none.</source>
        <translation>{name} hat eine Maske bekommen, laut Metadaten hat es keine.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The mask of {name} has the shape {found}, expected {expected}.</source>
        <translation>Die Maske von {name} hat die Form {found}, erwartet wurde {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has levels 0 to {expected}, not {found}.</source>
        <translation>{name} hat die Stufen 0 bis {expected}, nicht {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the window is {found}, expected Window(col_off, row_off, width, height) in whole pixels.</source>
        <translation>{name}: Das Fenster ist {found}, erwartet wurde Window(col_off, row_off, width, height) in ganzen Pixeln.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: {found} does not lie inside level {level}, which has {width} x {height} pixels.</source>
        <translation>{name}: {found} liegt nicht innerhalb von Stufe {level}, die {width} x {height} Pixel hat.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The bands are {found}, expected a list of numbers from 1.</source>
        <translation>Die Kanäle sind {found}, erwartet wurde eine Liste von Zahlen ab 1.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has 1 band; there is no band {found}.</source>
        <translation>{name} hat 1 Kanal; einen Kanal {found} gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has bands 1 to {expected}, not {found}.</source>
        <translation>{name} hat die Kanäle 1 bis {expected}, nicht {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: {bands} bands of {width} x {height} pixels do not fit into memory.</source>
        <translation>{name}: {bands} Kanäle mit {width} x {height} Pixeln passen nicht in den Speicher.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {width} x {height} pixels at level {level}; coordinates of so many columns and rows would fill the memory.</source>
        <translation>{name} hat auf Stufe {level} {width} x {height} Pixel; Koordinaten so vieler Spalten und Zeilen würden den Speicher füllen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: NetCDF has no data type for complex numbers such as {found}.</source>
        <translation>{name}: NetCDF hat keinen Datentyp für komplexe Zahlen wie {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the bands of the variable {variable} differ in scale, offset or nodata, which NetCDF cannot hold.</source>
        <translation>{name}: Die Kanäle der Variablen {variable} unterscheiden sich in Skalierung, Versatz oder NoData, was NetCDF nicht aufnehmen kann.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has values of type {found} that only the newer format of NetCDF can hold, which needs the Python package {package}.</source>
        <translation>{name} hat Werte vom Typ {found}, die nur das neuere Format von NetCDF aufnehmen kann; dafür wird das Python-Paket {package} benötigt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found} bytes of pixels, which only the newer format of NetCDF can hold; that needs the Python package {package}.</source>
        <translation>{name} hat {found} Bytes an Pixeln, die nur das neuere Format von NetCDF aufnehmen kann; dafür wird das Python-Paket {package} benötigt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The object is a {found}; a DataArray or Dataset of xarray was expected.</source>
        <translation>Das Objekt ist ein {found}, erwartet wurde ein DataArray oder Dataset von xarray.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no dimensions of rows and columns (its dimensions: {found}).</source>
        <translation>{name} hat keine Dimensionen für Zeilen und Spalten (Dimensionen: {found}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no variable of numbers with dimensions of rows and columns (its variables: {found}).</source>
        <translation>{name} hat keine Variable aus Zahlen mit Dimensionen für Zeilen und Spalten (Variablen: {found}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no pixels: {found}.</source>
        <translation>{name} hat keine Pixel: {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the coordinates of {dimension} are {found}; finite numbers were expected.</source>
        <translation>{name}: Die Koordinaten von {dimension} sind {found}, erwartet wurden endliche Zahlen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the coordinates of {dimension} are not evenly spaced: from {first} to {second} (number {position} and the next) is a step of {found}; {expected} was expected.</source>
        <translation>{name}: Die Koordinaten von {dimension} haben keine gleichmäßigen Abstände: Von {first} bis {second}, Nummer {position} und der nächsten, ist der Schritt {found}, erwartet wurde {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its variables {found} are on different grids.</source>
        <translation>{name}: Die Variablen {found} liegen auf verschiedenen Gittern.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its variables have different data types ({found}).</source>
        <translation>{name}: Die Variablen haben verschiedene Datentypen ({found}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its variables {first} and {second} do not have the same times.</source>
        <translation>{name}: Die Variablen {first} und {second} haben nicht dieselben Zeiten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the nodata value is {found}; a number was expected.</source>
        <translation>{name}: Der NoData-Wert ist {found}; erwartet wurde eine Zahl.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: no pixel of type {dtype} can have the nodata value {found}.</source>
        <translation>{name}: Kein Pixel vom Typ {dtype} kann den NoData-Wert {found} haben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the values at {window} cannot be computed: {reason}.</source>
        <translation>{name}: Die Werte bei {window} lassen sich nicht berechnen: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the array computed at {window} is {found}; {expected} was expected.</source>
        <translation>{name}: Das bei {window} berechnete Array ist {found}, erwartet wurde {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} was changed after the dataset was opened.</source>
        <translation>{name} wurde geändert, nachdem der Datensatz geöffnet wurde.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be read at {window}: {reason}.</source>
        <translation>{name} lässt sich bei {window} nicht lesen: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The environment variable {variable} is {found!r}, expected a whole number of megabytes, or nothing for the usual limit.</source>
        <translation>Die Umgebungsvariable {variable} ist {found!r}, erwartet wurde eine ganze Zahl von Megabytes, oder nichts für die übliche Grenze.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is stored in blocks that take {found} bytes in memory, all its pixels take {raster_bytes}, the limit is {expected}.</source>
        <translation>{name} ist in Blöcken gespeichert, die {found} Bytes Speicher belegen, alle Pixel belegen {raster_bytes}, die Grenze ist {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {file_bytes} bytes and asks for tiles that take {found} bytes in memory, the limit is {expected}.</source>
        <translation>{name} hat {file_bytes} Bytes und verlangt Kacheln, die {found} Bytes Speicher belegen, die Grenze ist {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The effort is {found!r}, expected one of {expected}.</source>
        <translation>Der Aufwand ist {found!r}, erwartet wurde eines von {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The compression level is {found}, expected 0 to 8.</source>
        <translation>Die Kompressionsstufe ist {found}, erwartet wurde 0 bis 8.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The tile size is {found}, expected a multiple of 16 from {smallest} to {expected}.</source>
        <translation>Die Kachelgröße ist {found}, erwartet wurde ein Vielfaches von 16 von {smallest} bis {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The tile size is {found}, expected 1 to {expected} pixels.</source>
        <translation>Die Kachelgröße ist {found}, erwartet wurden 1 bis {expected} Pixel.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The overview resampling is {found!r}, expected one of {expected}.</source>
        <translation>Das Resampling-Verfahren der Übersichten ist {found!r}, erwartet wurde eines von {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The style has {found} bytes; at most {expected} can be stored in a file.</source>
        <translation>Der Stil hat {found} Bytes; höchstens {expected} können in einer Datei gespeichert werden.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The interleave is {found!r}, expected one of {expected}.</source>
        <translation>Die Kanalverschränkung ist {found!r}, erwartet wurde eines von {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The number of bands per tile is {found}, expected at least 1.</source>
        <translation>Die Zahl der Kanäle je Kachel ist {found}, erwartet wurde mindestens 1.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>A number of bands per tile and an interleave are both given.</source>
        <translation>Sowohl eine Zahl der Kanäle je Kachel als auch eine Kanalverschränkung sind angegeben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The number of workers is {found}, expected at least 1.</source>
        <translation>Die Zahl der Worker ist {found}, erwartet wurde mindestens 1.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>There is no Dask scheduler at {name}: {reason}.</source>
        <translation>Bei {name} gibt es keinen Dask-Scheduler: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The Dask scheduler at {name} has no workers.</source>
        <translation>Der Dask-Scheduler bei {name} hat keine Worker.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} failed {attempts} times, at last with {reason}; nothing was written.</source>
        <translation>{name} ist {attempts}-mal gescheitert, zuletzt mit {reason}; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the workers are lost ({reason}), perhaps killed for lack of memory; nothing was written.</source>
        <translation>{name}: Die Worker sind verloren ({reason}), vielleicht wegen Speichermangels beendet; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>A worker on {host} cannot open the raster: {reason}.</source>
        <translation>Ein Worker auf {host} kann das Raster nicht öffnen: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>A worker has flac-raster-qgis {found}, version {expected} was expected.</source>
        <translation>Ein Worker hat flac-raster-qgis {found}, erwartet wurde Version {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the CRS is {found}, expected a text such as EPSG:4326</source>
        <translation>Das Koordinatensystem ist {found}, erwartet wurde ein Text wie EPSG:4326</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the CRS is a number alone; did you mean EPSG:{found}?</source>
        <translation>Das Koordinatensystem ist nur eine Zahl; war EPSG:{found} gemeint?</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the CRS is neither an authority code nor WKT, but {found!r}</source>
        <translation>Das Koordinatensystem ist weder ein Code noch WKT, sondern {found!r}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>expected a text, a code of EPSG or an object with to_wkt()</source>
        <translation>erwartet wurde ein Text, ein EPSG-Code oder ein Objekt mit to_wkt()</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the CRS has {found} characters, more than {expected}</source>
        <translation>Das Koordinatensystem hat {found} Zeichen, mehr als {expected}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the CRS has control characters</source>
        <translation>Das Koordinatensystem enthält Steuerzeichen</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>unexpected {found!r} at character {position}</source>
        <translation>unerwartetes {found!r} an Zeichen {position}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>more than {expected} levels of brackets</source>
        <translation>mehr als {expected} Ebenen von Klammern</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>it ends within its brackets</source>
        <translation>er endet innerhalb seiner Klammern</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>it ends without a bracket</source>
        <translation>er endet ohne Klammer</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the CRS is neither an authority code nor WKT: {reason}</source>
        <translation>Das Koordinatensystem ist weder ein Code noch WKT: {reason}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the CRS has the keyword {found}, which no CRS has</source>
        <translation>Das Koordinatensystem hat das Schlüsselwort {found}, das es in keinem gibt</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the CRS names a file, or may do so: {found}</source>
        <translation>Das Koordinatensystem nennt eine Datei oder könnte es tun: {found}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{found} is not a CRS known to PROJ ({reason}).</source>
        <translation>{found} ist kein Koordinatensystem, das PROJ kennt ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>its database has no code {found}</source>
        <translation>seine Datenbank hat keinen Code {found}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: {reason}; such a CRS is not kept.</source>
        <translation>{name}: {reason}; ein solches Koordinatensystem wird nicht bewahrt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the units are {found!r}, expected a text such as “days since 2000-01-01”</source>
        <translation>die Einheit ist {found!r}, erwartet wird ein Text wie „days since 2000-01-01“</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{found} have no fixed length</source>
        <translation>{found} haben keine feste Länge</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the calendar {found!r} is not known</source>
        <translation>der Kalender {found!r} ist nicht bekannt</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the calendar {calendar} has no date {found}</source>
        <translation>der Kalender {calendar} hat kein Datum {found}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{found!r} is not a date</source>
        <translation>{found!r} ist kein Datum</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{found!r} is not a number that stands for a time</source>
        <translation>{found!r} ist keine Zahl, die für eine Zeit steht</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>not all times lie in the years 1 to 9999</source>
        <translation>nicht alle Zeiten liegen in den Jahren 1 bis 9999</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{found!r} is not a time such as 2020-07-04 or 2020-07-04T12:00</source>
        <translation>{found!r} ist keine Zeit wie 2020-07-04 oder 2020-07-04T12:00</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>one of them is missing</source>
        <translation>eine von ihnen fehlt</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the end {found!r} is not after the start</source>
        <translation>das Ende {found!r} liegt nicht nach dem Anfang</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>TIME_START and TIME_END of band {band}: {reason}</source>
        <translation>TIME_START und TIME_END von Kanal {band}: {reason}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{dimension}: {reason}</source>
        <translation>{dimension}: {reason}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The time is {found}, expected a text such as 2020-07.</source>
        <translation>Die Zeit ist {found}, erwartet wird ein Text wie 2020-07.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The time {found!r} is not understood: {reason}.</source>
        <translation>Die Zeit {found!r} ist nicht verständlich: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The time {found!r} has a slash in it; a range is written with two dots.</source>
        <translation>In der Zeit {found!r} steht ein Schrägstrich; ein Zeitraum wird mit zwei Punkten geschrieben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no times for its bands.</source>
        <translation>{name} hat keine Zeiten für seine Kanäle.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no band of the time {found!r}; it has {expected} dates from {first} to {last}.</source>
        <translation>{name} hat keinen Kanal der Zeit {found!r}, sondern {expected} Zeiten von {first} bis {last}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has several bands of the same date and label, so that it cannot be shown date by date.</source>
        <translation>{name} hat mehrere Kanäle derselben Zeit und Bezeichnung und kann deshalb nicht Zeit für Zeit gezeigt werden.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Bands and a time are both given.</source>
        <translation>Kanäle und eine Zeit sind zugleich angegeben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Times and a start or step of times are both given.</source>
        <translation>Zeiten und ein Anfang oder Schritt von Zeiten sind zugleich angegeben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>A step of times is given, but no start.</source>
        <translation>Ein Schritt von Zeiten ist angegeben, aber kein Anfang.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The start of the times: {reason}.</source>
        <translation>Der Anfang der Zeiten: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The step of the times is {found}, expected a duration such as P1M, P1Y, P16D or PT6H.</source>
        <translation>Der Schritt der Zeiten ist {found}, erwartet wird eine Dauer wie P1M, P1Y, P16D oder PT6H.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{expected} times from {start} on, {found} apart, reach beyond the year 9999.</source>
        <translation>{expected} Zeiten ab {start} im Abstand von {found} reichen über das Jahr 9999 hinaus.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The time of band {band}: {reason}.</source>
        <translation>Die Zeit von Kanal {band}: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found} times, {raster} has {expected} bands.</source>
        <translation>{name} hat {found} Zeiten, {raster} hat {expected} Kanäle.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}, line {line}: {raster} has only {expected} bands.</source>
        <translation>{name}, Zeile {line}: {raster} hat nur {expected} Kanäle.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}, line {line}: the band is {found!r}, expected each number from 1 to {expected} once.</source>
        <translation>{name}, Zeile {line}: Der Kanal ist {found!r}, erwartet wird jede Zahl von 1 bis {expected} einmal.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}, line {line}: {reason}.</source>
        <translation>{name}, Zeile {line}: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}, line {line}: there are {found} columns, expected {expected}.</source>
        <translation>{name}, Zeile {line}: Es gibt {found} Spalten, erwartet werden {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its columns are {found}, expected start and perhaps others of {expected}.</source>
        <translation>{name}: Die Spalten sind {found}, erwartet werden start und vielleicht andere von {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found} bytes; a list of times has {expected} at most.</source>
        <translation>{name} hat {found} Bytes; eine Liste von Zeiten hat höchstens {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a text in UTF-8.</source>
        <translation>{name} ist kein Text in UTF-8.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The time {found!r} ends before it starts.</source>
        <translation>Die Zeit {found!r} endet, bevor sie anfängt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>A bbox and a tile are both given.</source>
        <translation>Eine Ausdehnung und eine Kachel sind angegeben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The CRS of a bbox is given, but no bbox.</source>
        <translation>Das Koordinatensystem einer Ausdehnung ist angegeben, aber keine Ausdehnung.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The CRS of the bbox is {found}, expected a text such as EPSG:4326.</source>
        <translation>Das Koordinatensystem der Ausdehnung ist {found}, erwartet wurde ein Text wie EPSG:4326.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The area is {found}, expected an Area, such as Area(bbox=...).</source>
        <translation>Das Gebiet ist {found}, erwartet wurde eine Area wie Area(bbox=...).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>A level and a resolution are both given.</source>
        <translation>Eine Stufe und eine Auflösung sind angegeben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The resolution is {found}, expected more than 0.</source>
        <translation>Die Auflösung ist {found}, erwartet wurde mehr als 0.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The bbox {found} lies outside {name}, whose bounds are {expected} in {crs}{hint}.</source>
        <translation>Die Ausdehnung {found} liegt außerhalb von {name} mit den Grenzen {expected} in {crs}{hint}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{fraction} of the bbox {found} lies outside {name}, whose bounds are {expected} in {crs}; only the rest has pixels{hint}.</source>
        <translation>{fraction} der Ausdehnung {found} liegen außerhalb von {name} mit den Grenzen {expected} in {crs}; nur der Rest hat Pixel{hint}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Less than 0.1 %</source>
        <translation>Weniger als 0,1 %</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>More than 99.9 %</source>
        <translation>Mehr als 99,9 %</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>. Is its order xmin, xmax, ymin, ymax? Then give {found}</source>
        <translation>. Ist die Reihenfolge xmin, xmax, ymin, ymax? Dann geben Sie {found} an</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>pixels, because it has no CRS</source>
        <translation>Pixeln, weil es kein Koordinatensystem hat</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: it has no geotransform, only {found} ground control points in {crs}, so the bbox counts pixels.</source>
        <translation>{name} hat keine Geotransformation, nur {found} Passpunkte in {crs}; deshalb zählt die Ausdehnung Pixel.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no pixels as small as the resolution {expected:g}; those of level {level}, of size {found:.10g}, are used.</source>
        <translation>{name} hat keine so kleinen Pixel wie die Auflösung {expected:g}; verwendet werden die der Stufe {level} mit der Größe {found:.10g}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no CRS, so a bbox in {crs} cannot be located in it.</source>
        <translation>{name} hat kein Koordinatensystem; eine Ausdehnung in {crs} hat darin keinen Ort.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has tiles 0 to {expected} in level {level}, not {found}.</source>
        <translation>{name} hat auf Stufe {level} die Kacheln 0 bis {expected}, nicht {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The bbox {found} reaches over both ends of {name}, which runs from {first:.10g} to {last:.10g}, and {reason}.</source>
        <translation>Die Ausdehnung {found} reicht über beide Enden von {name}, das von {first:.10g} bis {last:.10g} geht, und {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>level {level} has no whole number of pixels in a full turn</source>
        <translation>Stufe {level} hat keine ganze Zahl von Pixeln in einer vollen Umdrehung</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>a gap of {gap:.10g} lies between them</source>
        <translation>dazwischen liegt eine Lücke von {gap:.10g}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the pixels at one end do not go on with those at the other</source>
        <translation>die Pixel am einen Ende setzen sich nicht mit denen am anderen fort</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>A plan has its area, level and bands already.</source>
        <translation>Ein Plan hat Gebiet, Stufe und Kanäle schon.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} changed after the area was planned.</source>
        <translation>{name} hat sich geändert, nachdem das Gebiet geplant wurde.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The plan leaves out tiles of {name} by the condition {found}.</source>
        <translation>Der Plan lässt Kacheln von {name} nach der Bedingung {found} aus.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The condition is {found}, expected a text: 'max &gt; 2000'.</source>
        <translation>Die Bedingung ist {found}, erwartet wurde ein Text: 'max &gt; 2000'.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} does not list the values of its tiles; complex numbers have no order.</source>
        <translation>{name} nennt die Werte der Kacheln nicht; komplexe Zahlen haben keine Reihenfolge.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} does not list the values of its tiles.</source>
        <translation>{name} nennt die Werte der Kacheln nicht.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The condition {found!r} is not understood{place}; expected comparisons such as max &gt; 2000, or band2.min &lt; 0 and band2.max &gt;= 10, made of min, max, bandN.min, bandN.max, numbers, &lt; &lt;= &gt; &gt;= = !=, and, or, ( ).</source>
        <translation>Die Bedingung {found!r} ist nicht zu verstehen{place}; erwartet wurden Vergleiche wie max &gt; 2000 oder band2.min &lt; 0 and band2.max &gt;= 10, aus min, max, bandN.min, bandN.max, Zahlen, &lt; &lt;= &gt; &gt;= = !=, and, or, ( ).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source> at {found!r}</source>
        <translation> bei {found!r}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has bands 1 to {expected}, the condition {condition!r} asks for band {found}.</source>
        <translation>{name} hat die Kanäle 1 bis {expected}, die Bedingung {condition!r} fragt nach Kanal {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The bbox {found} is not (xmin, ymin, xmax, ymax) with xmin &lt;= xmax and ymin &lt;= ymax; where it crosses the 180th meridian, longitudes continue beyond 180: 170,-20,190,-10.</source>
        <translation>Die Ausdehnung {found} ist nicht (xmin, ymin, xmax, ymax) mit xmin &lt;= xmax und ymin &lt;= ymax; wo sie den 180. Meridian kreuzt, zählen die Längen weiter: 170,-20,190,-10.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The bbox {found} lies too far from the raster to be found in it.</source>
        <translation>Die Ausdehnung {found} liegt zu weit vom Raster entfernt, um darin gefunden zu werden.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The points are {found}, expected pairs of numbers such as [(7.4, 46.9)].</source>
        <translation>Die Punkte sind {found}, erwartet wurden Paare von Zahlen wie [(7.4, 46.9)].</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The CRS of the points is {found}, expected a text such as EPSG:4326.</source>
        <translation>Das KBS der Punkte ist {found}, erwartet wurde ein Text wie EPSG:4326.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no CRS, so points in {crs} cannot be located in it.</source>
        <translation>{name} hat kein KBS, daher lassen sich Punkte in {crs} darin nicht finden.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The point {found} lies outside {name}, whose bounds are {expected} in {crs}.</source>
        <translation>Der Punkt {found} liegt außerhalb von {name}, dessen Grenzen {expected} in {crs} sind.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>All {count} points, such as {found}, lie outside {name}, whose bounds are {expected} in {crs}.</source>
        <translation>Alle {count} Punkte, etwa {found}, liegen außerhalb von {name}, dessen Grenzen {expected} in {crs} sind.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>1 of {expected} points lies outside {name} and has no values.</source>
        <translation>1 von {expected} Punkten liegt außerhalb von {name} und hat keine Werte.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{found} of {expected} points lie outside {name} and have no values.</source>
        <translation>{found} von {expected} Punkten liegen außerhalb von {name} und haben keine Werte.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: it has no geotransform, only {found} ground control points in {crs}, so coordinates count pixels.</source>
        <translation>{name}: Es hat keine Geotransformation, nur {found} Passpunkte in {crs}, daher zählen Koordinaten Pixel.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: values of {bands} bands at {found} points do not fit into memory.</source>
        <translation>{name}: Werte von {bands} Kanälen an {found} Punkten passen nicht in den Arbeitsspeicher.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The bbox {found} in {source} has no place in the raster's CRS, {target}: {reason}.</source>
        <translation>Die Ausdehnung {found} in {source} hat keinen Ort im Koordinatensystem des Rasters, {target}: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>it reaches to where that one is not defined</source>
        <translation>sie reicht dorthin, wo dieses nicht definiert ist</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{other} and {name} would both become {output}.</source>
        <translation>{other} und {name} würden beide zu {output}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} would become {output}, which is an input.</source>
        <translation>{name} würde zu {output}, und das ist selbst eine Eingabe.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The variables are {found}, expected names such as tas, or tas,pr.</source>
        <translation>Die Variablen sind {found}, erwartet sind Namen wie tas oder tas,pr.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is one raster without variables, so there is none of the name {found}.</source>
        <translation>{name} ist ein einziges Raster ohne Variablen, also gibt es keine namens {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no variable {found}.</source>
        <translation>{name} hat keine Variable {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} holds {found} variables, which do not become one raster by themselves: {parts}.</source>
        <translation>{name} enthält {found} Variablen, die nicht von selbst ein einziges Raster werden: {parts}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} holds {found} variables, which GDAL cannot open because of the quotation mark in the name.</source>
        <translation>{name} enthält {found} Variablen, die GDAL wegen des Anführungszeichens im Namen nicht öffnen kann.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} holds no raster to convert. {reason}.</source>
        <translation>{name} enthält kein Raster zum Konvertieren. {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: {first} and {second} do not fit into one raster: {reason}.</source>
        <translation>{name}: {first} und {second} passen nicht in ein Raster: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>they have {first} and {second} pixels</source>
        <translation>sie haben {first} und {second} Pixel</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>their data types are {first} and {second}</source>
        <translation>ihre Datentypen sind {first} und {second}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>their grids begin at {first} and {second}</source>
        <translation>ihre Gitter beginnen bei {first} und {second}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>they differ in {found}</source>
        <translation>sie unterscheiden sich in {found}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>they have masks of their own</source>
        <translation>sie haben eigene Masken</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{found} has no times</source>
        <translation>{found} hat keine Zeiten</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>their calendars are {first} and {second}</source>
        <translation>ihre Kalender sind {first} und {second}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>they have {first} and {second} dates</source>
        <translation>sie haben {first} und {second} Zeitpunkte</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>their date {number} is {first} and {second}</source>
        <translation>ihr Zeitpunkt {number} ist {first} und {second}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The CRS is {found}, expected a text such as EPSG:4326.</source>
        <translation>Das KBS ist {found}, erwartet ist ein Text wie EPSG:4326.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has a CRS already, {expected}, so {found} is not assigned.</source>
        <translation>{name} hat schon ein KBS, {expected}, daher wird {found} nicht zugewiesen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} failed unexpectedly with {reason}.</source>
        <translation>{name} ist unerwartet gescheitert mit {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a file.</source>
        <translation>{name} ist eine Datei.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a folder, which says no name for an output.</source>
        <translation>{name} ist ein Ordner, woraus sich kein Name für eine Ausgabe ergibt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} says no name for an output.</source>
        <translation>Aus {name} ergibt sich kein Name für eine Ausgabe.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found}, expected .flac for a FLAC raster or .tif for a GeoTIFF.</source>
        <translation>{name} hat {found}, erwartet wurde .flac für ein FLAC-Raster oder .tif für ein GeoTIFF.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found}, expected .flac for a FLAC raster.</source>
        <translation>{name} hat {found}, erwartet wurde .flac für ein FLAC-Raster.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found}, expected .tif for a GeoTIFF.</source>
        <translation>{name} hat {found}, erwartet wurde .tif für ein GeoTIFF.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has {found}, expected .tif for a GeoTIFF or .nc for NetCDF.</source>
        <translation>{name} hat {found}, erwartet wurde .tif für ein GeoTIFF oder .nc für NetCDF.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the suffix {found!r}</source>
        <translation>die Endung {found!r}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>no suffix</source>
        <translation>keine Endung</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not to be FLAC, so it has no {layout} layout.</source>
        <translation>{name} soll kein FLAC sein und hat deshalb kein Layout {layout}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The layout is {found!r}, expected one of {expected}.</source>
        <translation>Das Layout ist {found!r}, erwartet wurde eines von {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>different {found}</source>
        <translation>anders: {found}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>different pixels</source>
        <translation>andere Pixel</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>not readable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Overviews of {found} cannot be made by mode in a GeoTIFF: complex numbers have none there.</source>
        <translation>Übersichten mit {found} lassen sich in einem GeoTIFF nicht mit „mode“ erzeugen: Komplexe Zahlen haben dort keinen häufigsten Wert.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: GDAL made overviews of {found} times the pixel size, expected {expected}.</source>
        <translation>{name}: GDAL hat Übersichten mit dem {found}-fachen der Pixelgröße erzeugt, erwartet wurde {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be written as GeoTIFF, because GDAL does not take the raster's metadata: {reason}.</source>
        <translation>{name} lässt sich nicht als GeoTIFF schreiben, weil GDAL die Metadaten des Rasters nicht annimmt: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>GDAL says {reason}</source>
        <translation>GDAL meldet {reason}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>what was written cannot be read back</source>
        <translation>was geschrieben wurde, lässt sich nicht wieder lesen</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>what was written reads back differently at {found}</source>
        <translation>was geschrieben wurde, liest sich bei {found} anders zurück</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be read at {window}: {reason}; the file may be damaged.</source>
        <translation>{name} lässt sich bei {window} nicht lesen: {reason}; die Datei ist vielleicht beschädigt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a folder; a file was expected, or a folder that GDAL knows for a raster, such as one of Zarr.</source>
        <translation>{name} ist ein Ordner; erwartet wurde eine Datei, oder ein Ordner, den GDAL als Raster kennt, zum Beispiel mit Zarr.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a raster that can be read: {reason}.</source>
        <translation>{name} ist kein Raster, das sich lesen lässt: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a raster that can be read: GDAL supports only names in UTF-8.</source>
        <translation>{name} ist kein lesbares Raster: GDAL unterstützt nur Namen in UTF-8.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} holds {found} rasters.</source>
        <translation>{name} enthält {found} Raster.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no bands; a raster was expected.</source>
        <translation>{name} hat keine Kanäle; erwartet wurde ein Raster.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its mask has values between 0 and 255, which cannot be kept.</source>
        <translation>{name}: Die Maske hat Werte zwischen 0 und 255, die sich nicht bewahren lassen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: what GDAL says of this raster {reason}, so that parts of it might be lost.</source>
        <translation>{name}: Was GDAL von diesem Raster sagt, lässt sich nicht verlässlich lesen ({reason}), sodass Teile davon verloren gehen könnten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its bands have different data types ({found}).</source>
        <translation>{name}: Die Kanäle haben verschiedene Datentypen ({found}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the data type {found} cannot be kept without loss.</source>
        <translation>{name}: Der Datentyp {found} lässt sich nicht verlustfrei bewahren.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the name {found!r} of a metadata domain is not in UTF-8.</source>
        <translation>{name}: Der Name {found!r} einer Metadaten-Domäne ist nicht in UTF-8.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>is not well-formed XML: {reason}{near}</source>
        <translation>ist kein wohlgeformtes XML: {reason}{near}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>, near {found!r}</source>
        <translation>, bei {found!r}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>has a document type</source>
        <translation>hat einen Dokumenttyp</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the raster</source>
        <translation>das Raster</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>its file</source>
        <translation>die Datei</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: its bands have their own masks, which cannot be kept.</source>
        <translation>{name}: Die Kanäle haben eigene Masken, die sich nicht bewahren lassen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the color table of band {band} has {found} for {value}, expected red, green, blue and alpha of 0 to 255.</source>
        <translation>{name}: Die Farbtabelle von Kanal {band} hat {found} für {value}, erwartet wurden Rot, Grün, Blau und Alpha von 0 bis 255.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is not a file on this computer.</source>
        <translation>{name} ist keine Datei auf diesem Rechner.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the URL contains a user name or password, which QGIS would save in projects, histories and logs.</source>
        <translation>{name}: Die URL enthält einen Benutzernamen oder ein Passwort; QGIS würde beides in Projekten, Verläufen und Protokollen speichern.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: authentication configurations are for http and https only.</source>
        <translation>{name}: Eine Authentifizierungskonfiguration von QGIS gilt nur für http und https.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: QGIS's authentication configuration {authcfg} cannot be used: it may not exist in this profile, or the master password is missing.</source>
        <translation>{name}: Die Authentifizierungskonfiguration {authcfg} von QGIS lässt sich nicht verwenden: Vielleicht gibt es sie in diesem Profil nicht, oder das Hauptpasswort fehlt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The SOCKS proxy set in QGIS needs the Python package {package}.</source>
        <translation>In QGIS ist ein SOCKS-Proxy eingestellt, für den das Python-Paket {package} nötig ist.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The extent has no place in the coordinate system of {name}: {reason}.</source>
        <translation>Die Ausdehnung hat keinen Ort im Koordinatensystem von {name}: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name}: the server has not answered within {expected:g} seconds.</source>
        <translation>{name}: Der Server hat innerhalb von {expected:g} Sekunden nicht geantwortet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be drawn. {reason}.</source>
        <translation>{name} lässt sich nicht zeichnen. {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be drawn: its bounds {found} are not finite.</source>
        <translation>{name} lässt sich nicht zeichnen: Die Grenzen {found} sind nicht endlich.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} cannot be drawn: it is {width:.4g} x {height:.4g} pixels large, and QGIS counts to {expected} only.</source>
        <translation>{name} lässt sich nicht zeichnen: Es ist {width:.4g} x {height:.4g} Pixel groß, und QGIS zählt nur bis {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The extent {found} of the layer lies outside {name}, whose bounds are {expected}.</source>
        <translation>Die Ausdehnung {found} des Layers liegt außerhalb von {name} mit den Grenzen {expected}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{reason}.</source>
        <translation>{reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is a folder or a list, not one raster.</source>
        <translation>{name} ist ein Ordner oder eine Liste, nicht ein einzelnes Raster.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} changed on its server while it was being copied.</source>
        <translation>{name} hat sich auf dem Server geändert, während es kopiert wurde.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The process that gives FLAC rasters to the tools of QGIS has ended, and another is being started.</source>
        <translation>Der Prozess, der den Werkzeugen von QGIS FLAC-Raster gibt, ist beendet; ein anderer wird gestartet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The process that gives FLAC rasters to the tools of QGIS has ended, and cannot be started again.</source>
        <translation>Der Prozess, der den Werkzeugen von QGIS FLAC-Raster gibt, ist beendet und lässt sich nicht wieder starten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Internal error ({kind}).</source>
        <translation>Interner Fehler ({kind}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Port {found} of this computer cannot be used: {reason}.</source>
        <translation>Port {found} dieses Rechners lässt sich nicht verwenden: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no FLAC rasters.</source>
        <translation>{name} enthält keine FLAC-Raster.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no overviews, though {source} has some.</source>
        <translation>{name} hat keine Übersichten, obwohl {source} welche hat.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no overviews, though {source} has some; a raster this small needs none.</source>
        <translation>{name} hat keine Übersichten, obwohl {source} welche hat; ein so kleines Raster braucht keine.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The overviews of {name} are rounded to float64, because GDAL makes them so of 64-bit integers; its full resolution is exact.</source>
        <translation>Die Übersichten von {name} sind auf float64 gerundet, weil GDAL sie so aus 64-Bit-Ganzzahlen macht; die volle Auflösung ist genau.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The overviews of {name} were made from its pixels; those of {source} were not taken over.</source>
        <translation>Die Übersichten von {name} wurden aus den eigenen Pixeln erzeugt; die von {source} wurden nicht übernommen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The output goes without the raster's ground control points and RPCs: it continues from one end of the raster at the other, and they do not.</source>
        <translation>Die Ausgabe hat die Passpunkte und RPCs des Rasters nicht: Sie geht über das eine Ende des Rasters am anderen weiter, jene nicht.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The output goes without the raster's RPCs: their offsets are not numbers, so they cannot be moved to a part of it.</source>
        <translation>Die Ausgabe hat die RPCs des Rasters nicht: Ihre Offsets sind keine Zahlen und lassen sich deshalb nicht auf einen Teil verschieben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The output goes without the raster's geolocation arrays: they count the pixels of the whole raster.</source>
        <translation>Die Ausgabe hat die Geolocation-Arrays des Rasters nicht: Sie zählen die Pixel des ganzen Rasters.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{layout} cannot hold all of this raster's {field}: it was {expected} and became {found}; {original} still has it.</source>
        <translation>{layout} kann von diesem Raster nicht alles fassen ({field}): Es war {expected} und wurde {found}; {original} hat es noch.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>flac-raster's streaming layout</source>
        <translation>Das Streaming-Layout von flac-raster</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the input</source>
        <translation>die Eingabe</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>the FLAC file</source>
        <translation>die FLAC-Datei</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>1 of {expected} tiles is damaged, and its pixels are lost; in {output} they are nodata, or masked where there is no nodata value.</source>
        <translation>1 von {expected} Kacheln ist beschädigt, und ihre Pixel sind verloren; in {output} sind sie NoData, oder maskiert, wo es keinen NoData-Wert gibt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{found} of {expected} tiles are damaged, and their pixels are lost; in {output} they are nodata, or masked where there is no nodata value.</source>
        <translation>{found} von {expected} Kacheln sind beschädigt, und ihre Pixel sind verloren; in {output} sind sie NoData, oder maskiert, wo es keinen NoData-Wert gibt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>And one more tile is damaged.</source>
        <translation>Und eine weitere Kachel ist beschädigt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>And {found} more tiles are damaged.</source>
        <translation>Und {found} weitere Kacheln sind beschädigt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is {kind}, on which {option} has no effect.</source>
        <translation>{name} ist {kind}; ohne Wirkung darauf ist {option}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} is {kind}, on which {options} and {last} have no effect.</source>
        <translation>{name} ist {kind}; ohne Wirkung darauf sind {options} und {last}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{first}, {next}</source>
        <translation>{first}, {next}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>a GeoTIFF</source>
        <translation>ein GeoTIFF</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>FLAC of the streaming layout</source>
        <translation>FLAC im Streaming-Layout</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>a FLAC raster</source>
        <translation>ein FLAC-Raster</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>a NetCDF file</source>
        <translation>eine NetCDF-Datei</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>effort</source>
        <translation>Aufwand</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>interleave</source>
        <translation>Kanalverschränkung</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>bands per tile</source>
        <translation>Kanäle je Kachel</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>compression level</source>
        <translation>Kompressionsstufe</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>tile size</source>
        <translation>Kachelgröße</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>cog (Cloud Optimized GeoTIFF)</source>
        <translation>Cloud Optimized GeoTIFF (cog)</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The data axes of the raster of {name} are the axes {found} of its CRS{words}; in what is written they are {expected}, so that it may lie elsewhere.</source>
        <translation>Die Datenachsen des Rasters von {name} sind die Achsen {found} seines KBS{words}; in der Ausgabe sind es {expected}, sodass sie woanders liegen kann.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The data axes of the GCPs of {name} are the axes {found} of its CRS{words}; in what is written they are {expected}, so that it may lie elsewhere.</source>
        <translation>Die Datenachsen der Passpunkte von {name} sind die Achsen {found} ihres KBS{words}; in der Ausgabe sind es {expected}, sodass sie woanders liegen kann.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>, latitude before longitude</source>
        <translation>, Breite vor Länge</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>, north before east</source>
        <translation>, Nord vor Ost</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The bits per pixel (NBITS) of {name} are not kept, because they are not a number or not the same in all bands; band {band} says {found}.</source>
        <translation>Die Bits pro Pixel (NBITS) von {name} bleiben nicht erhalten, weil sie keine Zahl oder nicht in allen Kanälen gleich sind; Kanal {band} nennt {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The color profile of {name} (white point and primary chromaticities) is not kept, because GDAL would need gigabytes of memory to read it.</source>
        <translation>Das Farbprofil von {name} (Weißpunkt und Primärvalenzen) bleibt nicht erhalten, weil GDAL Gigabytes an Speicher bräuchte, um es zu lesen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The coordinate epoch {found:g} of {name} is not a decimal year and is not kept.</source>
        <translation>Die Koordinatenepoche {found:g} von {name} ist kein Dezimaljahr und bleibt nicht erhalten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The coordinate epoch of {name} is kept as {found}; GDAL reports six decimals, so further ones may be lost.</source>
        <translation>Die Koordinatenepoche von {name} bleibt als {found} erhalten; GDAL meldet sechs Nachkommastellen, weitere gehen womöglich verloren.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The coordinate epoch of the ground control points of {name} is not kept.</source>
        <translation>Die Koordinatenepoche der Passpunkte von {name} bleibt nicht erhalten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The coordinate epoch {found:g} of the ground control points of {name} is not kept.</source>
        <translation>Die Koordinatenepoche {found:g} der Passpunkte von {name} bleibt nicht erhalten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Nodata of band {band} of {name}, which no pixel can have, is kept as {found}; GDAL reports 16 digits, so further ones may be lost.</source>
        <translation>Der NoData-Wert von Kanal {band} von {name}, den kein Pixel haben kann, bleibt als {found} erhalten; GDAL meldet 16 Stellen, weitere gehen womöglich verloren.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Real numbers in the attribute table of band {band} of {name}, such as {found} in the column {column!r}, are kept with 16 significant digits, as GDAL reports them; a 17th may be lost.</source>
        <translation>Gleitkommazahlen in der Attributtabelle von Kanal {band} von {name}, wie {found} in der Spalte {column!r}, bleiben mit 16 signifikanten Stellen erhalten, wie GDAL sie meldet; eine 17. geht womöglich verloren.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Histograms of {name} that may be in {path} are not kept.</source>
        <translation>Histogramme von {name}, die in {path} stehen könnten, bleiben nicht erhalten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Histograms of {name} that may be in {path} are not kept: it {reason}.</source>
        <translation>Histogramme von {name}, die in {path} stehen könnten, bleiben nicht erhalten: Die Datei {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Texts of {name} are not in UTF-8 and were read as Latin-1, such as {found!r}.</source>
        <translation>Texte von {name} sind nicht in UTF-8 und wurden als Latin-1 gelesen, wie {found!r}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>them</source>
        <translation>sie</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The bands of {name} are kept without times, because these cannot be read ({reason}).</source>
        <translation>Die Kanäle von {name} bleiben ohne Zeiten, weil diese nicht lesbar sind ({reason}).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The columns of {name} follow {found}, because its dimensions are not in the order of rows and columns, so maps show it in a wrong place.</source>
        <translation>Die Spalten von {name} folgen {found}, weil seine Dimensionen nicht in der Reihenfolge von Zeilen und Spalten sind, sodass Karten es am falschen Ort zeigen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The times of {name} are kept without their bounds {found}, which cannot be read as intervals that have these times in them.</source>
        <translation>Die Zeiten von {name} werden ohne ihre Grenzen {found} behalten, weil diese nicht als Zeiträume zu lesen sind, in denen die Zeiten liegen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The times of {name} are rounded to microseconds.</source>
        <translation>Die Zeiten von {name} sind auf Mikrosekunden gerundet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The times of {name} are those of a climatology, whose bands show several years together; only the times themselves are kept.</source>
        <translation>Die Zeiten von {name} sind die einer Klimatologie, deren Kanäle mehrere Jahre zusammen zeigen; nur die Zeiten selbst bleiben erhalten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The bands of {name} show instants, not intervals, because the bounds of their times, {found}, are not given.</source>
        <translation>Die Kanäle von {name} zeigen Zeitpunkte statt Zeiträume, weil die Grenzen ihrer Zeiten, {found}, nicht angegeben sind.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no CRS, so maps cannot show where it is.</source>
        <translation>{name} hat kein KBS, sodass Karten nicht wissen, wo es liegt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The CRS of {name} is not kept: {reason}.</source>
        <translation>Das KBS von {name} bleibt nicht erhalten: {reason}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The CRS of {name}, of the grid mapping {found}, is not kept, because it cannot be read without the Python package pyproj.</source>
        <translation>Das KBS von {name} mit der Abbildung {found} bleibt nicht erhalten, denn ohne das Python-Paket pyproj lässt es sich nicht lesen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no even grid; the coordinates {found} of its pixels are not kept.</source>
        <translation>{name} hat kein gleichmäßiges Gitter; die Koordinaten {found} seiner Pixel bleiben nicht erhalten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The values of {name} are stored as {found}, because stored as {expected}, as in their source, they would not come back exactly.</source>
        <translation>Die Werte von {name} werden als {found} gespeichert, denn als {expected} gespeichert, wie in ihrer Quelle, kämen sie nicht genau zurück.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>NetCDF has no place for some of the metadata ({found}); {name} lacks them.</source>
        <translation>NetCDF hat für einige Metadaten keinen Platz ({found}); in {name} fehlen sie.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Variables of {name} that are not numbers on a grid of rows and columns are left out: {found}.</source>
        <translation>Variablen von {name}, die keine Zahlen auf einem Gitter aus Zeilen und Spalten sind, wurden ausgelassen: {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Bounds and coordinates of {name} are left out: {found}.</source>
        <translation>Grenzen und Koordinaten von {name} wurden ausgelassen: {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Variables of {name} without pixels are left out: {found}.</source>
        <translation>Variablen von {name} ohne Pixel wurden ausgelassen: {found}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} has no even grid, so maps cannot show where it is.</source>
        <translation>{name} hat kein gleichmäßiges Gitter, sodass Karten nicht wissen, wo es liegt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>{name} holds {found} rasters, and only the one that GDAL opens first is read.</source>
        <translation>{name} enthält {found} Raster, und nur das, das GDAL zuerst öffnet, wird gelesen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Install it with: python -m pip install {package}</source>
        <translation>Installieren Sie es mit: python -m pip install {package}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Install them with: python -m pip install {package}</source>
        <translation>Installieren Sie sie mit: python -m pip install {package}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>If it is a URL, write https:// or http:// before it.</source>
        <translation>Wenn es eine URL ist, schreiben Sie https:// oder http:// davor.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the path.</source>
        <translation>Prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the URL.</source>
        <translation>Prüfen Sie die URL.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Open it again.</source>
        <translation>Öffnen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Extract it as GeoTIFF.</source>
        <translation>Schneiden Sie es als GeoTIFF aus.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Extract the bands one by one, or as GeoTIFF.</source>
        <translation>Schneiden Sie die Kanäle einzeln aus, oder als GeoTIFF.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Rename those of rows and columns to y and x with rename().</source>
        <translation>Benennen Sie die für Zeilen und Spalten mit rename() in y und x um.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Put it on an even grid first, for example with interp().</source>
        <translation>Bringen Sie es zuerst auf ein gleichmäßiges Gitter, zum Beispiel mit interp().</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Write each to a file of its own.</source>
        <translation>Schreiben Sie jede in eine eigene Datei.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Install it, or give the CRS.</source>
        <translation>Installieren Sie es, oder geben Sie das KBS an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Open the dataset again.</source>
        <translation>Öffnen Sie den Datensatz erneut.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Plan the area again.</source>
        <translation>Planen Sie das Gebiet noch einmal.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Fetch or convert the file again.</source>
        <translation>Laden oder konvertieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Fetch the file again.</source>
        <translation>Laden Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Save the copy again.</source>
        <translation>Speichern Sie die Kopie erneut.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Convert it again when nothing writes to it.</source>
        <translation>Konvertieren Sie es erneut, wenn kein Programm mehr hineinschreibt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>If it is meant to be a URL, give it as text with ://, not as a path.</source>
        <translation>Falls es eine URL sein soll, geben Sie sie als Text mit :// an, nicht als Pfad.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the URL by itself.</source>
        <translation>Geben Sie die URL für sich allein an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Move it away.</source>
        <translation>Verschieben Sie das an einen anderen Ort.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Save what comes from it as a file, and name that.</source>
        <translation>Speichern Sie, was daraus kommt, als Datei, und geben Sie diese an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the name of a file.</source>
        <translation>Geben Sie den Namen einer Datei an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the names of some.</source>
        <translation>Geben Sie einige an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the name of a folder.</source>
        <translation>Geben Sie den Namen eines Ordners an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the name of a file or folder here.</source>
        <translation>Geben Sie eine Datei oder einen Ordner auf diesem Rechner an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose another output.</source>
        <translation>Wählen Sie eine andere Ausgabe.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose another name or enable overwriting.</source>
        <translation>Wählen Sie einen anderen Namen, oder erlauben Sie das Überschreiben.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Make it first.</source>
        <translation>Legen Sie ihn zuerst an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Make one from FLAC rasters with: flac-raster index</source>
        <translation>Erstellen Sie eine aus FLAC-Rastern mit: flac-raster index</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give it a name that ends in .json.gz or .json.</source>
        <translation>Wählen Sie einen Namen, der auf .json.gz oder .json endet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the names of folders inside of it, or of rasters.</source>
        <translation>Nennen Sie Ordner darin oder Raster.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Make the collection anew with: flac-raster index --update</source>
        <translation>Erneuern Sie die Sammlung mit: flac-raster index --update</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give a bbox.</source>
        <translation>Geben Sie eine Ausdehnung an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Extract from each raster by itself.</source>
        <translation>Schneiden Sie aus jedem Raster einzeln aus.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Make a collection of each kind.</source>
        <translation>Erstellen Sie für jede Art eine eigene Sammlung.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Delete the link or choose another name.</source>
        <translation>Löschen Sie die Verknüpfung, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Delete it or choose another folder.</source>
        <translation>Löschen Sie sie, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check whether it or its folder was moved or deleted, and run this again if so.</source>
        <translation>Sehen Sie nach, ob es oder sein Ordner verschoben oder gelöscht wurde, und wiederholen Sie den Vorgang in diesem Fall.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Free some space or choose another folder.</source>
        <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose a folder that can be written to.</source>
        <translation>Wählen Sie einen Ordner, in den geschrieben werden kann.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose a folder that you may write to.</source>
        <translation>Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the folder and try again.</source>
        <translation>Prüfen Sie den Ordner, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use http, https or one of {expected}, or list {scheme} in the environment variable {variable}.</source>
        <translation>Verwenden Sie http, https oder eines von {expected}, oder nennen Sie {scheme} in der Umgebungsvariablen {variable}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give that of the file alone.</source>
        <translation>Geben Sie die Adresse der Datei allein an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use the direct URL of the file.</source>
        <translation>Erfragen Sie die direkte Adresse der Datei.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the path. A URL begins with http:// or https://.</source>
        <translation>Prüfen Sie den Pfad. Eine URL beginnt mit http:// oder https://.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Enter them, or ask the operator of the server.</source>
        <translation>Geben Sie beides an, oder fragen Sie den Betreiber des Servers.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the rights, and whether a signed URL has expired.</source>
        <translation>Prüfen Sie die Rechte, und ob eine signierte URL abgelaufen ist.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the proxy settings.</source>
        <translation>Prüfen Sie die Einstellungen des Proxys.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Save it beside the file, with the suffix .qml.</source>
        <translation>Speichern Sie ihn neben der Datei, mit der Endung .qml.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Save it as a connection: the Browser then lists its rasters under “FLAC Raster”.</source>
        <translation>Speichern Sie es als Verbindung: Der Browser listet die Raster dann unter „FLAC Raster“ auf.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Ask the operator of the server.</source>
        <translation>Fragen Sie den Betreiber des Servers.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Try again, or use another server.</source>
        <translation>Versuchen Sie es erneut, oder verwenden Sie einen anderen Server.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use another server.</source>
        <translation>Verwenden Sie einen anderen Server.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use another server, or a copy of the file.</source>
        <translation>Verwenden Sie einen anderen Server oder eine Kopie der Datei.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Open the URL in a browser: it may want a login, or show an error.</source>
        <translation>Öffnen Sie die URL in einem Browser: Vielleicht verlangt sie eine Anmeldung oder zeigt einen Fehler.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use a server that supports them, or download the file.</source>
        <translation>Verwenden Sie einen Server, der das kann, oder laden Sie die Datei herunter.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Have compression switched off for .flac files.</source>
        <translation>Lassen Sie die Kompression für .flac-Dateien abschalten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check it.</source>
        <translation>Prüfen Sie sie.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Try again, or where the connection is better.</source>
        <translation>Versuchen Sie es erneut oder mit einer besseren Verbindung.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Try again later.</source>
        <translation>Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Restart QGIS.</source>
        <translation>Starten Sie QGIS neu.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the credentials of this computer for {scheme}.</source>
        <translation>Prüfen Sie die Zugangsdaten dieses Rechners für {scheme}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the URL, the network, and the credentials.</source>
        <translation>Prüfen Sie die URL, das Netz und die Zugangsdaten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use http, https, s3, gs, az or another one of the Python package fsspec.</source>
        <translation>Verwenden Sie http, https, s3, gs, az oder ein anderes, das das Python-Paket fsspec kennt.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Install it beside fsspec.</source>
        <translation>Installieren Sie es neben fsspec.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the URL, and the certificates that this computer trusts.</source>
        <translation>Prüfen Sie die URL und die Zertifikate, denen dieser Rechner vertraut.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check whether the URL should start with http, and the port.</source>
        <translation>Prüfen Sie, ob die URL mit http beginnen sollte, und den Port.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the paths that the session or the environment variables REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE name.</source>
        <translation>Prüfen Sie die Pfade, die die Sitzung oder die Umgebungsvariablen REQUESTS_CA_BUNDLE und CURL_CA_BUNDLE nennen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the URL and the network.</source>
        <translation>Prüfen Sie die URL und das Netz.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check its address; a SOCKS proxy needs the Python package PySocks.</source>
        <translation>Prüfen Sie seine Adresse, und für einen SOCKS-Proxy, ob das Python-Paket PySocks installiert ist.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the headers and the authentication that go with it, or use another server.</source>
        <translation>Prüfen Sie die Kopfzeilen und die Authentifizierung, die mitgehen, oder verwenden Sie einen anderen Server.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use larger tiles, more bands per tile, or remove large metadata.</source>
        <translation>Verwenden Sie größere Kacheln, halten Sie mehr Kanäle in einer Kachel, oder entfernen Sie große Metadaten aus dem Raster.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Update FLAC Raster.</source>
        <translation>Aktualisieren Sie FLAC Raster.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Remove the ID3 tag with a tagger.</source>
        <translation>Entfernen Sie das ID3-Tag mit einem Tag-Editor.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Convert it first, with flac-raster convert or the tool “Convert to or from FLAC”.</source>
        <translation>Konvertieren Sie es zuerst, mit flac-raster convert oder dem Werkzeug „In FLAC oder aus FLAC konvertieren“.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Convert the original raster again.</source>
        <translation>Konvertieren Sie das ursprüngliche Raster noch einmal.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use the usual layout, which keeps them, or convert the pixels to int16 first.</source>
        <translation>Erzeugen Sie ein FLAC-Raster mit dem üblichen Layout, das sie bewahrt, oder konvertieren Sie die Pixel zuerst nach int16.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use the usual layout, which has no such limit, or convert some of the bands.</source>
        <translation>Erzeugen Sie ein FLAC-Raster mit dem üblichen Layout, das keine solche Grenze hat, oder konvertieren Sie nur einige Kanäle.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use larger tiles.</source>
        <translation>Verwenden Sie größere Kacheln.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use smaller tiles.</source>
        <translation>Verwenden Sie kleinere Kacheln.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use larger tiles, or convert it in parts.</source>
        <translation>Verwenden Sie größere Kacheln, oder konvertieren Sie es in Teilen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Convert its bands in several parts.</source>
        <translation>Konvertieren Sie die Kanäle in mehreren Teilen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Convert the raster to one of these first.</source>
        <translation>Konvertieren Sie das Raster zuerst in einen davon.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Correct or remove it first.</source>
        <translation>Berichtigen oder entfernen Sie das zuerst.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Correct it first, for example with gdal_edit.py -a_ullr.</source>
        <translation>Berichtigen Sie sie zuerst, zum Beispiel mit gdal_edit.py -a_ullr.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give an authority code such as EPSG:4326, or WKT.</source>
        <translation>Geben Sie einen Code wie EPSG:4326 oder WKT an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Make both the same.</source>
        <translation>Gleichen Sie beides an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose one of these.</source>
        <translation>Wählen Sie eine davon.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose some of these.</source>
        <translation>Wählen Sie einige davon.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Read a smaller window or a coarser level.</source>
        <translation>Lesen Sie ein kleineres Fenster oder eine gröbere Stufe.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Open it with parse_coordinates=False, or a coarser level.</source>
        <translation>Öffnen Sie es mit parse_coordinates=False oder auf einer gröberen Stufe.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check the disk or the network.</source>
        <translation>Prüfen Sie die Platte oder das Netz.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>If you trust it, store it in smaller ones first, such as with gdal_translate.</source>
        <translation>Wenn Sie ihm vertrauen, speichern Sie es zuerst in kleineren, zum Beispiel mit gdal_translate.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>If you trust it, set the environment variable {variable} to {megabytes} (MB).</source>
        <translation>Wenn Sie ihm vertrauen, setzen Sie die Umgebungsvariable {variable} auf {megabytes}, in Megabytes.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Start some with: dask worker {name}</source>
        <translation>Starten Sie welche mit: dask worker {name}</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Try again with fewer workers if memory is short.</source>
        <translation>Versuchen Sie es mit weniger Workern, falls der Speicher knapp ist.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Try again with fewer workers.</source>
        <translation>Versuchen Sie es mit weniger Workern.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Install the same one everywhere.</source>
        <translation>Installieren Sie überall dieselbe.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Convert the original raster again if there is one.</source>
        <translation>Konvertieren Sie das ursprüngliche Raster noch einmal, falls es noch da ist.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give one of them.</source>
        <translation>Geben Sie eines davon an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give both, or neither.</source>
        <translation>Geben Sie beides an oder keines.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose one inside.</source>
        <translation>Wählen Sie eine innerhalb.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose one inside, or say which CRS the bbox is in if that is another one.</source>
        <translation>Wählen Sie eine innerhalb, oder nennen Sie das Koordinatensystem der Ausdehnung, falls es ein anderes ist.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>In that CRS the bbox is {inside}. Choose one inside.</source>
        <translation>In diesem Koordinatensystem ist die Ausdehnung {inside}. Wählen Sie eine innerhalb.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose one inside. {counted}.</source>
        <translation>Wählen Sie eine innerhalb. {counted}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>For map coordinates, warp it with gdalwarp and convert the result.</source>
        <translation>Für Kartenkoordinaten entzerren Sie es mit gdalwarp, und konvertieren Sie das Ergebnis.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the bbox in the raster's own coordinates, without a CRS.</source>
        <translation>Geben Sie die Ausdehnung in den eigenen Koordinaten des Rasters an, ohne Koordinatensystem.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give them in the raster's own coordinates, without a CRS.</source>
        <translation>Geben Sie sie in den eigenen Koordinaten des Rasters an, ohne KBS.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give x before y, so longitude before latitude, and the CRS of the points if it is another one.</source>
        <translation>Geben Sie x vor y an, also Länge vor Breite, und das KBS der Punkte, wenn es ein anderes ist.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give fewer points, or fewer bands.</source>
        <translation>Geben Sie weniger Punkte oder weniger Kanäle an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose one of these, or “{center}” or “{last}”.</source>
        <translation>Wählen Sie eine davon oder „{center}“ oder „{last}“.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Ask for each side: {sides}.</source>
        <translation>Fragen Sie nach jeder Seite: {sides}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose a finer level, or ask for each side: {sides}.</source>
        <translation>Wählen Sie eine feinere Stufe, oder fragen Sie nach jeder Seite: {sides}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give them to query.</source>
        <translation>Geben Sie sie query an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Plan the area without a condition to read its pixels.</source>
        <translation>Planen Sie das Gebiet ohne Bedingung, um die Pixel zu lesen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Convert them into different folders.</source>
        <translation>Konvertieren Sie sie in verschiedene Ordner.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the output a name, or convert the files in the folder, such as *.tif.</source>
        <translation>Geben Sie der Ausgabe einen Namen, oder konvertieren Sie die Dateien im Ordner, etwa *.tif.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the output a name.</source>
        <translation>Geben Sie der Ausgabe einen Namen.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Name it .flac.</source>
        <translation>Nennen Sie sie .flac.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the raster another one first, such as with gdal_edit.py -a_srs EPSG:4326.</source>
        <translation>Geben Sie dem Raster zuerst ein anderes, zum Beispiel mit gdal_edit.py -a_srs EPSG:4326.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose average or nearest.</source>
        <translation>Wählen Sie „average“ oder „nearest“.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Convert it without overviews, or to a Cloud Optimized GeoTIFF.</source>
        <translation>Konvertieren Sie es ohne Übersichten oder in ein Cloud Optimized GeoTIFF.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check that the folder can hold files of this size; if it can, please report this.</source>
        <translation>Prüfen Sie, ob sich Dateien dieser Größe in den Ordner schreiben lassen; wenn ja, melden Sie dies bitte.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Leave the variable out.</source>
        <translation>Lassen Sie die Variable weg.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose some of these: {parts}.</source>
        <translation>Wählen Sie davon aus: {parts}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose one with --variable, put all into one file with --stack, or name no output, for a file each (in QGIS: Variables, Stack variables or Folder for a file per variable; in Python: variable= and stack=True, or convert_files).</source>
        <translation>Wählen Sie eine mit --variable, legen Sie alle mit --stack in eine Datei, oder nennen Sie keine Ausgabe, für je eine Datei (in QGIS: Variablen, Variablen stapeln oder Ordner für eine Datei je Variable; in Python: variable= und stack=True, oder convert_files).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose variables that fit, or make a file of each.</source>
        <translation>Wählen Sie Variablen, die zusammenpassen, oder machen Sie aus jeder eine Datei.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Leave the CRS out; to replace a wrong one, use gdal_edit.py -a_srs first.</source>
        <translation>Lassen Sie das KBS weg; ein falsches ersetzen Sie vorher mit gdal_edit.py -a_srs.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>If other variables say where its pixels lie, warp it first with gdalwarp -geoloc.</source>
        <translation>Wenn andere Variablen sagen, wo die Pixel liegen, verzerren Sie es vorher mit gdalwarp -geoloc.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Put its dimensions in order first, for example by writing it from xarray with to_flac().</source>
        <translation>Bringen Sie zuerst die Dimensionen in diese Reihenfolge, zum Beispiel mit to_flac() aus xarray.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Assign one, such as EPSG:4326 for longitudes and latitudes, with --crs (in QGIS: CRS to assign, in Python: crs=).</source>
        <translation>Weisen Sie eines zu, etwa EPSG:4326 für Längen- und Breitengrade, mit --crs (in QGIS: Zuzuweisendes KBS, in Python: crs=).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give the name of one of them: {parts}.</source>
        <translation>Geben Sie den Namen von einem an: {parts}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>For the others, give their names: {parts}.</source>
        <translation>Für die anderen geben Sie deren Namen an: {parts}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Rename the file.</source>
        <translation>Benennen Sie die Datei um.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>To keep them, copy both files to a folder and convert them there.</source>
        <translation>Um sie zu erhalten, kopieren Sie beide Dateien in einen Ordner und konvertieren Sie sie dort.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>If this is wrong, save {where} in UTF-8 and convert again.</source>
        <translation>Wenn das falsch ist, speichern Sie {where} in UTF-8 und konvertieren Sie erneut.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Make it an alpha band.</source>
        <translation>Machen Sie daraus einen Alphakanal.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Correct or remove that text in {where}.</source>
        <translation>Berichtigen oder entfernen Sie diesen Text in: {where}.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Convert each on its own.</source>
        <translation>Konvertieren Sie jeden für sich.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Save {where} in UTF-8, for example with iconv -f ISO-8859-1 -t UTF-8.</source>
        <translation>Speichern Sie in UTF-8: {where}, zum Beispiel mit iconv -f ISO-8859-1 -t UTF-8.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Make one mask for all bands.</source>
        <translation>Erzeugen Sie eine Maske für alle Kanäle.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Remove the table first.</source>
        <translation>Entfernen Sie die Tabelle zuerst.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Use an authentication configuration instead. In a path, write @ as %40.</source>
        <translation>Entfernen Sie beides, und wählen Sie stattdessen eine Authentifizierungskonfiguration. Falls er zum Pfad gehört, schreiben Sie @ als %40.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Remove it, and give the credentials for {scheme} as its package expects them.</source>
        <translation>Entfernen Sie sie, und geben Sie die Zugangsdaten für {scheme} so an, wie es das Python-Paket dafür erwartet.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Check it under Settings, Options, Authentication.</source>
        <translation>Prüfen Sie sie unter Einstellungen, Optionen, Authentifizierung.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>The layer appears when it does, or reload it later.</source>
        <translation>Der Layer erscheint, sobald er antwortet; oder laden Sie ihn später neu.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Please report it and attach the details.</source>
        <translation>Bitte melden Sie ihn mit den Details.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose another one, or leave --port out.</source>
        <translation>Wählen Sie einen anderen, oder lassen Sie --port weg.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Name another folder, or files.</source>
        <translation>Nennen Sie einen anderen Ordner oder Dateien.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>To give them, use --times or --time-start (in QGIS: Times of bands, in Python: times=).</source>
        <translation>Um sie anzugeben, verwenden Sie --times oder --time-start (in QGIS: Zeiten der Kanäle, in Python: times=).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Add it with all its bands.</source>
        <translation>Fügen Sie es mit allen Kanälen hinzu.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>To give them, convert it with --times or --time-start (in QGIS: Times of bands, in Python: times=).</source>
        <translation>Um sie anzugeben, konvertieren Sie es mit --times oder --time-start (in QGIS: Zeiten der Kanäle, in Python: times=).</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose another one; info lists them.</source>
        <translation>Wählen Sie eine andere; info listet sie auf.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Choose another one; info says which times there are.</source>
        <translation>Wählen Sie eine andere; info nennt die vorhandenen Zeiten.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Pass a dataset with both, such as dataset[["tas", "time_bnds"]].</source>
        <translation>Übergeben Sie ein Dataset mit beiden, etwa dataset[["tas", "time_bnds"]].</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Only flac-raster info and flac-raster extract read collections; open one of its rasters instead.</source>
        <translation>Sammlungen lesen nur flac-raster info und flac-raster extract; öffnen Sie stattdessen eines ihrer Raster.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give one too.</source>
        <translation>Geben Sie auch einen an.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Give one time for each band, in the order of the bands.</source>
        <translation>Geben Sie für jeden Kanal eine Zeit an, in der Reihenfolge der Kanäle.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Save it as CSV in UTF-8.</source>
        <translation>Speichern Sie sie als CSV in UTF-8.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>Write a date such as 2020-07, a range such as 2020-01..2020-06, or all.</source>
        <translation>Schreiben Sie ein Datum wie 2020-07, einen Zeitraum wie 2020-01..2020-06 oder all.</translation>
    </message>
    <message>
        <location filename="../../engine/error_messages.py"/>
        <source>To make them, choose average, mode or nearest with --overview-resampling (in QGIS: Overview resampling, in Python: overview_resampling=), or make a Cloud Optimized GeoTIFF.</source>
        <translation>Um welche zu erzeugen, wählen Sie average, mode oder nearest mit --overview-resampling (in QGIS: Resampling-Verfahren der Übersichten, in Python: overview_resampling=), oder ein Cloud Optimized GeoTIFF.</translation>
    </message>
</context>
</TS>
