<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>FlacRaster</name>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>A layer, a file or a URL.</source>
        <translation>Ein Layer, eine Datei oder eine URL.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>In any coordinate system: all pixels that it overlaps. As text, both x come before both y: xmin,xmax,ymin,ymax [EPSG:4326]. Not set: the whole raster.</source>
        <translation>In einem beliebigen Koordinatensystem: alle Pixel, die sie überdeckt. Als Text stehen beide x vor beiden y: xmin,xmax,ymin,ymax [EPSG:4326]. Nicht gesetzt: das ganze Raster.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Their numbers, such as 1,3. Not set: all bands.</source>
        <translation>Ihre Nummern, etwa 1,3. Nicht gesetzt: alle Kanäle.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>0 is full resolution, and each further level half of the one before.</source>
        <translation>0 ist die volle Auflösung, jede weitere Stufe hat die Hälfte der vorigen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Instead of a level, in the units of the raster: takes the coarsest level whose pixels are no larger.</source>
        <translation>Statt einer Stufe, in den Einheiten des Rasters: nimmt die gröbste Stufe, deren Pixel nicht größer sind.</translation>
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
        <source>Bands</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Largest size of a pixel</source>
        <translation>Größte Seitenlänge eines Pixels</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>Tile</source>
        <translation>Kachel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>The coordinate system of the extent, {name}, is not known; name one as in 7.5,7.8,46.1,46.3 [EPSG:4326].</source>
        <translation>Das Koordinatensystem des Ausschnitts, {name}, ist nicht bekannt; nennen Sie eines wie in 7.5,7.8,46.1,46.3 [EPSG:4326].</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/area_algorithm.py"/>
        <source>The bands are {text}; give their numbers, such as 1,3.</source>
        <translation>Als Kanäle ist {text} angegeben; nötig sind ihre Nummern, etwa 1,3.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>FLAC files</source>
        <translation>FLAC-Dateien</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Everything that was found, as a page to read.</source>
        <translation>Alles, was gefunden wurde, als Seite zum Lesen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>The same as JSON</source>
        <translation>Dasselbe als JSON</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/base.py"/>
        <source>Everything that was found, for other programs.</source>
        <translation>Alles, was gefunden wurde, für andere Programme.</translation>
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

Pixels are compared by their bits, so NaN and negative zero count too. Coordinate system, position, nodata, colours, names of bands and all tags are compared as well. Minimum, maximum and mean of both rasters stand side by side in the report.

Statistics and histograms that programs compute from the pixels and leave beside a raster are listed where they differ, but do not make rasters different.

Rasters that differ are a result (IDENTICAL is false), not an error.</source>
        <translation>Vergleicht zwei Raster beliebigen Formats, zum Beispiel ein GeoTIFF mit dem daraus erzeugten FLAC-Raster.

Pixel werden anhand ihrer Bits verglichen, auch NaN und negative Null zählen also. Ebenso verglichen werden Koordinatensystem, Lage, NoData, Farben, Kanalnamen und alle Tags. Im Bericht stehen Minimum, Maximum und Mittelwert beider Raster nebeneinander.

Statistiken und Histogramme, die Programme aus den Pixeln berechnen und neben einem Raster ablegen, werden aufgeführt, wenn sie abweichen, machen Raster aber nicht verschieden.

Unterschiedliche Raster sind ein Ergebnis (IDENTICAL ist falsch), kein Fehler.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>A layer, a file or a URL; a FLAC raster or any raster that GDAL opens.</source>
        <translation>Ein Layer, eine Datei oder eine URL; ein FLAC-Raster oder ein beliebiges Raster, das GDAL öffnet.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Comparison report</source>
        <translation>Vergleichsbericht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>flac,raster,compare,difference,identical,diff,lossless,statistics</source>
        <translation>flac,raster,vergleichen,vergleich,unterschied,differenz,identisch,verlustfrei,statistik</translation>
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
        <source>Pixel values that differ, in all bands</source>
        <translation>Abweichende Pixelwerte in allen Kanälen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/compare.py"/>
        <source>Entries of the metadata that differ</source>
        <translation>Abweichende Einträge der Metadaten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Convert to or from FLAC</source>
        <translation>In FLAC oder aus FLAC umwandeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Converts any raster to a lossless FLAC raster, or a FLAC raster to GeoTIFF.</source>
        <translation>Wandelt ein beliebiges Raster in ein verlustfreies FLAC-Raster um, oder ein FLAC-Raster in GeoTIFF.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Converts a raster without any loss: every pixel and all metadata come back bit for bit.

The name of the output says which way: a name that ends in .flac makes a FLAC raster from any raster that QGIS can open, a name that ends in .tif makes a GeoTIFF from a FLAC raster. A temporary output is FLAC, and GeoTIFF where the input is FLAC.

A FLAC raster holds its own overviews, which take the place of those of the input, and is divided into tiles, so QGIS draws it fast, from a web server too. A GeoTIFF has overviews where you choose how they are made, or make it cloud optimized.

What cannot be kept without loss is refused, never changed.

For many rasters choose “Run as Batch Process…”: one that fails does not stop the others. With the advanced option “Skip an output that already holds the raster”, a batch that is repeated does only what is missing.</source>
        <translation>Wandelt ein Raster ganz ohne Verlust um: jedes Pixel und alle Metadaten kommen bitgenau zurück.

Der Name der Ausgabe bestimmt die Richtung: Ein Name, der auf .flac endet, ergibt ein FLAC-Raster aus einem beliebigen Raster, das QGIS öffnen kann; ein Name, der auf .tif endet, ergibt ein GeoTIFF aus einem FLAC-Raster. Eine temporäre Ausgabe ist FLAC, bei einer FLAC-Eingabe GeoTIFF.

Ein FLAC-Raster enthält seine eigenen Pyramiden, die an die Stelle derer der Eingabe treten, und ist in Kacheln aufgeteilt; QGIS zeichnet es deshalb schnell, auch von einem Webserver. Ein GeoTIFF hat Pyramiden, wenn Sie wählen, wie sie entstehen, oder es für die Cloud optimieren.

Was sich nicht ohne Verlust bewahren lässt, wird abgelehnt, niemals verändert.

Für viele Raster gibt es „Als Batchprozess ausführen…“: Eines, das misslingt, hält die anderen nicht auf. Mit der erweiterten Option „Eine Ausgabe überspringen, die das Raster schon enthält“ erledigt ein wiederholter Batchprozess nur, was noch fehlt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>More effort takes longer and makes smaller files; nothing is ever lost. Files made with “fast” are about a quarter larger and are read 1.7 times as fast.</source>
        <translation>Mehr Aufwand dauert länger und ergibt kleinere Dateien; verloren geht nie etwas. Mit „fast“ erzeugte Dateien sind etwa ein Viertel größer und werden 1,7-mal so schnell gelesen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>A multiple of 16. Small tiles suit small windows of remote rasters, large ones are converted and read faster. Not set: 1024 for rasters of up to 2048 x 2048 pixels, 512 up to 4096 x 4096, and 256 for larger ones; longer ones for thin rasters.</source>
        <translation>Ein Vielfaches von 16. Kleine Kacheln eignen sich für kleine Ausschnitte entfernter Raster, große werden schneller umgewandelt und gelesen. Nicht gesetzt: 1024 für Raster bis 2048 x 2048 Pixel, 512 bis 4096 x 4096, und 256 für größere; für schmale Raster längere.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>How four pixels become one in the coarser levels. “auto” takes the most frequent value (mode) for classes and palettes and the average for everything else. Not set: “auto” for FLAC and cloud optimized outputs, “none” for other GeoTIFFs.</source>
        <translation>Wie in den gröberen Stufen aus vier Pixeln eines wird. „auto“ nimmt für Klassen und Paletten den häufigsten Wert („mode“), für alles andere den Mittelwert („average“). Nicht gesetzt: „auto“ für FLAC und für die Cloud optimierte Ausgaben, „none“ für andere GeoTIFFs.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>With overviews and tiles in the order in which web servers deliver them best.</source>
        <translation>Mit Pyramiden und mit Kacheln in der Reihenfolge, in der Webserver sie am besten ausliefern.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>The level of libFLAC. It hardly changes the size, the effort does. Not set: what suits the effort.</source>
        <translation>Die Stufe von libFLAC. Sie ändert die Größe kaum, der Aufwand dagegen schon. Nicht gesetzt: was zum Aufwand passt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>“pixel” puts all bands into one tile, which is smallest. “band” gives each band tiles of its own, so that one band of many is read alone. “auto” puts up to four bands into a tile.</source>
        <translation>„pixel“ legt alle Kanäle in eine Kachel, das ergibt die kleinsten Dateien. „band“ gibt jedem Kanal eigene Kacheln, sodass sich ein Kanal von vielen allein lesen lässt. „auto“ legt bis zu vier Kanäle in eine Kachel.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>“streaming” is for users of the Python package flac-raster, whose command extract-streaming reads it exactly: 8- and 16-bit integers only, up to 8 bands, without overviews and without most metadata. “tiled” keeps everything and is smaller.</source>
        <translation>„streaming“ ist für Anwender des Python-Pakets flac-raster, dessen Befehl extract-streaming es genau liest: nur Ganzzahlen mit 8 und 16 Bit, höchstens 8 Kanäle, ohne Pyramiden und ohne die meisten Metadaten. „tiled“ bewahrt alles und ist kleiner.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Tiles worked on at once. The output is the same for any number.</source>
        <translation>So viele Kacheln werden gleichzeitig bearbeitet. Die Ausgabe ist bei jeder Anzahl dieselbe.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>The old file stays untouched until the new one is complete.</source>
        <translation>Die alte Datei bleibt unangetastet, bis die neue vollständig ist.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Every pixel and all metadata are compared first, statistics and histograms of the input included. An output that has them all is left as it is, and that is no error.</source>
        <translation>Zuerst werden alle Pixel und Metadaten verglichen, auch Statistiken und Histogramme der Eingabe. Eine Ausgabe, die sie alle hat, bleibt, wie sie ist, und das ist kein Fehler.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>A name that ends in .flac for a FLAC raster, in .tif for a GeoTIFF.</source>
        <translation>Ein Name, der auf .flac endet, für ein FLAC-Raster, auf .tif für ein GeoTIFF.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>{pixels} of pixels are now {size} ({part}), in {seconds} s.</source>
        <translation>Aus {pixels} an Pixeln wurden {size} ({part}), in {seconds} s.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>flac,raster,compress,lossless,geotiff,cog,audio,export,import</source>
        <translation>flac,raster,umwandeln,konvertieren,komprimieren,verlustfrei,geotiff,cog,audio,export,import</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Raster to convert</source>
        <translation>Umzuwandelndes Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Effort to make a FLAC output small</source>
        <translation>Aufwand für eine kleine FLAC-Ausgabe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Tile size of a FLAC output in pixels</source>
        <translation>Kachelgröße einer FLAC-Ausgabe in Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Overviews</source>
        <translation>Pyramiden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Make a GeoTIFF output cloud optimized (COG)</source>
        <translation>GeoTIFF-Ausgabe für die Cloud optimieren (COG)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>FLAC compression level: 0 to 8</source>
        <translation>FLAC-Kompressionsstufe: 0 bis 8</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Bands that share a tile of a FLAC output</source>
        <translation>Kanäle, die sich eine Kachel einer FLAC-Ausgabe teilen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Layout of a FLAC output</source>
        <translation>Aufbau einer FLAC-Ausgabe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Processors to use (0 = all)</source>
        <translation>Zu nutzende Prozessoren (0 = alle)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Replace an existing output</source>
        <translation>Eine vorhandene Ausgabe ersetzen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Skip an output that already holds the raster</source>
        <translation>Eine Ausgabe überspringen, die das Raster schon enthält</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Converted raster</source>
        <translation>Umgewandeltes Raster</translation>
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
        <source>Size of the pixels without compression in bytes</source>
        <translation>Größe der Pixel ohne Kompression in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Size of the output as a part of the uncompressed pixels</source>
        <translation>Größe der Ausgabe als Anteil der unkomprimierten Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>Time taken in seconds</source>
        <translation>Benötigte Zeit in Sekunden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/convert.py"/>
        <source>{output} holds this raster already, so it was left as it is.</source>
        <translation>{output} enthält dieses Raster schon und blieb deshalb, wie es ist.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Extract from FLAC raster</source>
        <translation>Aus FLAC-Raster ausschneiden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Writes an area of a FLAC raster as GeoTIFF, fetching only what it needs.</source>
        <translation>Schreibt ein Gebiet eines FLAC-Rasters als GeoTIFF und lädt dabei nur, was dafür nötig ist.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Writes an area of a FLAC raster as GeoTIFF. Of a raster on a web server, only the tiles that the area touches are fetched.

The output has exactly the pixels that the extent overlaps, bit for bit, and all metadata of the raster: coordinate system, position, nodata, mask, colours, names of bands and tags. Ground control points and RPCs are moved to the area. To touch an edge is not to overlap.

An extent in another coordinate system than that of the raster means the smallest upright rectangle that holds it there; pixels are never resampled. What of it lies outside the raster is said, with how much that is. Longitudes lead around the globe: -10 to 10 is found in a raster of 0 to 360, and the output lies where the extent does, in one piece. A coarser level has the pixels of the overviews in the file.

“Query FLAC raster” says beforehand how much there is to fetch.</source>
        <translation>Schreibt ein Gebiet eines FLAC-Rasters als GeoTIFF. Liegt das Raster auf einem Webserver, werden nur die Kacheln geladen, die das Gebiet berührt.

Die Ausgabe hat genau die Pixel, die die Ausdehnung überdeckt, bitgenau, und alle Metadaten des Rasters: Koordinatensystem, Lage, NoData, Maske, Farben, Kanalnamen und Tags. Passpunkte und RPCs werden auf das Gebiet verschoben. Eine Kante nur zu berühren, heißt nicht zu überdecken.

Eine Ausdehnung in einem anderen Koordinatensystem als dem des Rasters meint das kleinste aufrechte Rechteck, das sie dort enthält; Pixel werden nie umgerechnet. Was davon außerhalb des Rasters liegt, wird gesagt, mit seinem Anteil. Längengrade führen um die Erde: -10 bis 10 wird in einem Raster von 0 bis 360 gefunden, und die Ausgabe liegt in einem Stück, wo die Ausdehnung liegt. Eine gröbere Stufe hat die Pixel der Pyramiden in der Datei.

„FLAC-Raster abfragen“ sagt vorher, wie viel zu laden ist.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>All pixels of the tiles that the extent touches, since they are fetched anyway.</source>
        <translation>Alle Pixel der Kacheln, die die Ausdehnung berührt, da sie ohnehin geladen werden.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Goes on where tiles are damaged, and says which. Their pixels become nodata, or are masked where there is no nodata value.</source>
        <translation>Macht weiter, wo Kacheln beschädigt sind, und nennt sie. Ihre Pixel werden zu Nodata oder, wo es keinen Nodata-Wert gibt, maskiert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>A GeoTIFF.</source>
        <translation>Ein GeoTIFF.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>{saved} of the file was not needed. The output has {size}, made in {seconds} s.</source>
        <translation>{saved} der Datei wurden nicht gebraucht. Die Ausgabe hat {size}, erzeugt in {seconds} s.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>flac,raster,clip,crop,extent,bbox,window,tile,download,remote,geotiff</source>
        <translation>flac,raster,ausschneiden,zuschneiden,ausdehnung,bbox,fenster,kachel,herunterladen,geotiff</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Make the GeoTIFF cloud optimized (COG)</source>
        <translation>Das GeoTIFF für die Cloud optimieren (COG)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Keep whole tiles</source>
        <translation>Ganze Kacheln behalten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Skip damaged tiles</source>
        <translation>Beschädigte Kacheln überspringen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Extracted raster</source>
        <translation>Ausgeschnittenes Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Width in pixels</source>
        <translation>Breite in Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Height in pixels</source>
        <translation>Höhe in Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Number of tiles</source>
        <translation>Anzahl der Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Size of the tiles in bytes</source>
        <translation>Größe der Kacheln in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Number of requests to a web server</source>
        <translation>Anzahl der Anfragen an einen Webserver</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Size of all requests in bytes</source>
        <translation>Größe aller Anfragen in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Size of the FLAC file in bytes</source>
        <translation>Größe der FLAC-Datei in Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Part of the file that was not needed</source>
        <translation>Anteil der Datei, der nicht gebraucht wurde</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/extract.py"/>
        <source>Damaged tiles that were skipped</source>
        <translation>Übersprungene beschädigte Kacheln</translation>
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
        <source>Says what a raster holds: size, bands, data type, coordinate system, nodata and tags; of a FLAC raster also its values, tiles and overviews.

Of a FLAC raster only the head of the file is read, so this is fast for files of any size.</source>
        <translation>Sagt, was ein Raster enthält: Größe, Kanäle, Datentyp, Koordinatensystem, NoData und Tags; von einem FLAC-Raster auch Werte, Kacheln und Pyramiden.

Von einem FLAC-Raster wird nur der Kopf der Datei gelesen, das geht bei Dateien jeder Größe schnell.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Raster report</source>
        <translation>Rasterbericht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>flac,raster,information,metadata,properties,describe,tags</source>
        <translation>flac,raster,information,metadaten,eigenschaften,beschreiben,tags</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Raster to describe</source>
        <translation>Zu beschreibendes Raster</translation>
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
        <source>Size of the file as a part of the uncompressed pixels</source>
        <translation>Größe der Datei als Anteil der unkomprimierten Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Number of levels of a FLAC raster: full resolution and overviews</source>
        <translation>Anzahl der Stufen eines FLAC-Rasters: volle Auflösung und Pyramiden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Number of tiles of a FLAC raster, of all levels</source>
        <translation>Anzahl der Kacheln eines FLAC-Rasters, aller Stufen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Data type of the pixels</source>
        <translation>Datentyp der Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>Coordinate system: authority code or WKT</source>
        <translation>Koordinatensystem: Code der Behörde oder WKT</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/info.py"/>
        <source>How far pixels of a file of flac-raster are restored</source>
        <translation>Wie weit Pixel einer Datei von flac-raster wiederhergestellt werden</translation>
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
        <source>Says which tiles and bytes an area needs, without fetching them.</source>
        <translation>Sagt, welche Kacheln und Bytes ein Gebiet braucht, ohne sie zu laden.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Says which tiles of a FLAC raster an area needs, where they lie in the file, how many bytes and requests it takes to fetch them from a web server, and what part of the file that is.

Only the head of the file is read, so this is fast for files of any size, on a web server too.

The layer shows the tiles as polygons, with their level, row, column, bands, first byte and size in the file, and where the file lists them, the smallest and largest valid pixel of full resolution in their place: of the bands asked for (min, max), and of each band that the tile holds (band_min, band_max).

An extent means all pixels that it overlaps; to touch an edge is not to overlap. In another coordinate system than that of the raster it means the smallest upright rectangle that holds it there. What of it lies outside the raster is said, with how much that is. Longitudes lead around the globe: -10 to 10 is found in a raster of 0 to 360.</source>
        <translation>Sagt, welche Kacheln eines FLAC-Rasters ein Gebiet braucht, wo sie in der Datei liegen, wie viele Bytes und Anfragen nötig sind, um sie von einem Webserver zu laden, und welcher Teil der Datei das ist.

Nur der Kopf der Datei wird gelesen, das geht bei Dateien jeder Größe schnell, auch auf einem Webserver.

Der Layer zeigt die Kacheln als Polygone, mit Stufe, Zeile, Spalte, Kanälen, erstem Byte und Größe in der Datei, und wo die Datei sie aufführt, mit dem kleinsten und größten gültigen Pixel voller Auflösung an ihrer Stelle: der gewünschten Kanäle (min, max) und jedes Kanals, den die Kachel enthält (band_min, band_max).

Eine Ausdehnung meint alle Pixel, die sie überdeckt; eine Kante nur zu berühren, heißt nicht zu überdecken. In einem anderen Koordinatensystem als dem des Rasters meint sie das kleinste aufrechte Rechteck, das sie dort enthält. Was davon außerhalb des Rasters liegt, wird gesagt, mit seinem Anteil. Längengrade führen um die Erde: -10 bis 10 wird in einem Raster von 0 bis 360 gefunden.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Leaves out tiles that cannot hold what you look for, as their smallest and largest pixels tell: max &gt; 2000, or band2.min &lt; 0 and band2.max &gt;= 10. Knows min, max, bandN.min, bandN.max, numbers, &lt; &lt;= &gt; &gt;= = !=, and, or, ( ). Pixels are as stored, before scale and offset.</source>
        <translation>Lässt Kacheln weg, die das Gesuchte nicht enthalten können, wie ihre kleinsten und größten Pixel zeigen: max &gt; 2000, oder band2.min &lt; 0 and band2.max &gt;= 10. Kennt min, max, bandN.min, bandN.max, Zahlen, &lt; &lt;= &gt; &gt;= = !=, and, or, ( ). Pixel gelten so, wie sie gespeichert sind, vor Skalierung und Versatz.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>The outlines of the tiles, in the coordinate system of the raster.</source>
        <translation>Die Umrisse der Kacheln, im Koordinatensystem des Rasters.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Query report</source>
        <translation>Abfragebericht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>flac,raster,tiles,index,footprints,bytes,ranges,requests,plan,remote</source>
        <translation>flac,raster,kacheln,index,umrisse,bytes,bereiche,anfragen,plan,entfernt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Only tiles where</source>
        <translation>Nur Kacheln mit</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Width of the area in pixels</source>
        <translation>Breite des Gebiets in Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Height of the area in pixels</source>
        <translation>Höhe des Gebiets in Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/query.py"/>
        <source>Size of the tiles as a part of the file</source>
        <translation>Größe der Kacheln als Anteil der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_input.py"/>
        <source>FLAC rasters</source>
        <translation>FLAC-Raster</translation>
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
        <source>GeoTIFF</source>
        <translation>GeoTIFF</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_output.py"/>
        <source>The output {path} must end in .flac for a FLAC raster or in .tif for a GeoTIFF.</source>
        <translation>Die Ausgabe {path} muss für ein FLAC-Raster auf .flac enden, für ein GeoTIFF auf .tif.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/raster_output.py"/>
        <source>The output {path} must end in .tif for a GeoTIFF.</source>
        <translation>Die Ausgabe {path} muss für ein GeoTIFF auf .tif enden.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{tiles}, {size}, {part} of the file; {downloaded} downloaded, opening the file included</source>
        <translation>{tiles}, {size}, {part} der Datei; {downloaded} heruntergeladen, das Öffnen der Datei eingeschlossen</translation>
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
        <source>First byte</source>
        <translation>Erstes Byte</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Smallest</source>
        <translation>Kleinster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Largest</source>
        <translation>Größter</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>One tile</source>
        <translation>Eine Kachel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>What an area needs</source>
        <translation>Was ein Gebiet braucht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>nothing to fetch once it is open</source>
        <translation>nach dem Öffnen ist nichts mehr zu laden</translation>
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
        <source>Coordinate system</source>
        <translation>Koordinatensystem</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Tiles of nothing but nodata</source>
        <translation>Kacheln, die nur NoData enthalten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Size of the tiles</source>
        <translation>Größe der Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>Part of the file</source>
        <translation>Anteil an der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>From a web server</source>
        <translation>Von einem Webserver</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{size} to fetch in {count} requests</source>
        <translation>{size} mit {count} Anfragen zu laden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{tiles}, {size}, {part} of the file</source>
        <translation>{tiles}, {size}, {part} der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{count} tiles</source>
        <translation>{count} Kacheln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>And more; the layer of tiles and the JSON report list all of them.</source>
        <translation>Und weitere; der Kachel-Layer und der JSON-Bericht führen alle auf.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{size} to fetch in one request</source>
        <translation>{size} mit einer Anfrage zu laden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>x {x_min} to {x_max}, y {y_min} to {y_max}</source>
        <translation>x {x_min} bis {x_max}, y {y_min} bis {y_max}</translation>
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
        <source>Outside the raster</source>
        <translation>Außerhalb des Rasters</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/area.py"/>
        <source>{part} of the extent</source>
        <translation>{part} der Ausdehnung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{whole}, but {uncertain} of {values} values are uncertain</source>
        <translation>{whole}, aber {uncertain} von {values} Werten sind unsicher</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>one entry of the metadata differs</source>
        <translation>ein Eintrag der Metadaten weicht ab</translation>
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
        <source>Comparison of rasters</source>
        <translation>Vergleich von Rastern</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Whole: the only tile is as it was written</source>
        <translation>Unversehrt: die einzige Kachel ist so, wie sie geschrieben wurde</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{whole}, but one of {values} values is uncertain</source>
        <translation>{whole}, aber einer von {values} Werten ist unsicher</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Verification of a FLAC raster</source>
        <translation>Prüfung eines FLAC-Rasters</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>First band</source>
        <translation>Erster Kanal</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>What is wrong</source>
        <translation>Was nicht stimmt</translation>
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
        <source>Minimum</source>
        <translation>Minimum</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Maximum</source>
        <translation>Maximum</translation>
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
        <source>Whole: all {tiles} tiles are as they were written</source>
        <translation>Unversehrt: alle {tiles} Kacheln sind so, wie sie geschrieben wurden</translation>
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
        <source>{count} entries of the metadata differ</source>
        <translation>{count} Einträge der Metadaten weichen ab</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>Every pixel is identical, but {metadata}</source>
        <translation>Jedes Pixel ist identisch, aber {metadata}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/checks.py"/>
        <source>{count} pixel values differ</source>
        <translation>{count} Pixelwerte weichen ab</translation>
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
        <source>How the tiles are coded</source>
        <translation>Wie die Kacheln kodiert sind</translation>
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
        <source>Nothing ({coding})</source>
        <translation>Nichts ({coding})</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{width} × {height} pixels, {bands}, {dtype}, {size} ({part})</source>
        <translation>{width} × {height} Pixel, {bands}, {dtype}, {size} ({part})</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>as far as possible; “Verify FLAC raster” counts what is uncertain</source>
        <translation>so weit wie möglich; „FLAC-Raster prüfen“ zählt, was unsicher ist</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Colour</source>
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
        <source>Offset</source>
        <translation>Versatz</translation>
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
        <source>{width} × {height} pixels, {bands}, {dtype}, of which none is stored</source>
        <translation>{width} × {height} Pixel, {bands}, {dtype}, davon keines gespeichert</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
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
        <source>Pixels without compression</source>
        <translation>Pixel ohne Kompression</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Compressed to</source>
        <translation>Komprimiert auf</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{count} bands</source>
        <translation>{count} Kanäle</translation>
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
        <source>Restored</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Tile size</source>
        <translation>Kachelgröße</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Bands of a tile</source>
        <translation>Kanäle einer Kachel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>Format version</source>
        <translation>Formatversion</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{name} (as WKT)</source>
        <translation>{name} (als WKT)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/reports/description.py"/>
        <source>palette of {count}</source>
        <translation>Palette mit {count} Farben</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Verify FLAC raster</source>
        <translation>FLAC-Raster prüfen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Checks that every tile of a FLAC raster is whole.</source>
        <translation>Prüft, ob jede Kachel eines FLAC-Rasters unversehrt ist.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Decodes every tile of a FLAC raster and compares it with its checksum and with the index of the file.

Damaged tiles are listed, with their place in the file and what is wrong with them, and a layer shows where they are. The other tiles can still be read, and “Extract from FLAC raster” can leave the damaged ones out. A damaged file is a result (VALID is false), not an error; an error is a file whose tiles cannot even be found.

Of files that the Python package flac-raster wrote, it counts the pixel values that may differ from the original.</source>
        <translation>Dekodiert jede Kachel eines FLAC-Rasters und vergleicht sie mit ihrer Prüfsumme und mit dem Index der Datei.

Beschädigte Kacheln werden aufgelistet, mit ihrem Ort in der Datei und dem, was an ihnen falsch ist, und ein Layer zeigt, wo sie liegen. Die übrigen Kacheln sind weiterhin lesbar, und „Aus FLAC-Raster ausschneiden“ kann die beschädigten auslassen. Eine beschädigte Datei ist ein Ergebnis (VALID ist falsch), kein Fehler; ein Fehler ist eine Datei, deren Kacheln gar nicht zu finden sind.

Bei Dateien, die das Python-Paket flac-raster geschrieben hat, zählt das Werkzeug die Pixelwerte, die vom Original abweichen können.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>The reports list whole tiles too, with how they are coded.</source>
        <translation>Die Berichte führen auch heile Kacheln auf, mit ihrer Kodierung.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>The outlines of damaged tiles, in the coordinate system of the raster.</source>
        <translation>Die Umrisse beschädigter Kacheln, im Koordinatensystem des Rasters.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Verification report</source>
        <translation>Prüfbericht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>flac,raster,check,validate,integrity,checksum,md5,damaged,corrupt</source>
        <translation>flac,raster,prüfen,kontrolle,integrität,prüfsumme,md5,beschädigt,defekt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>FLAC raster to verify</source>
        <translation>Zu prüfendes FLAC-Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Report every tile</source>
        <translation>Jede Kachel aufführen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>Every tile is whole</source>
        <translation>Jede Kachel ist unversehrt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/algorithms/verify.py"/>
        <source>And more; the reports list all damaged tiles.</source>
        <translation>Und weitere; die Berichte führen alle beschädigten Kacheln auf.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/cache_settings.py"/>
        <source>Remote tiles are not kept on disk: {reason}</source>
        <translation>Entfernte Kacheln werden nicht auf der Festplatte aufbewahrt: {reason}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/crs.py"/>
        <source>{name}: QGIS does not know its coordinate system {crs}; set it by hand.</source>
        <translation>{name}: QGIS kennt sein Koordinatensystem {crs} nicht; setzen Sie es von Hand.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/extents.py"/>
        <source>The extent has no place in the coordinate system of {name}: {reason}</source>
        <translation>Die Ausdehnung hat im Koordinatensystem von {name} keinen Platz: {reason}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/network.py"/>
        <source>Reading over http needs the Python package requests; install it with: python -m pip install requests</source>
        <translation>Zum Lesen über http ist das Python-Paket requests nötig; installieren Sie es mit: python -m pip install requests</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/network.py"/>
        <source>QGIS is set to a SOCKS proxy, for which the Python package PySocks is needed; install it with: python -m pip install PySocks</source>
        <translation>In QGIS ist ein SOCKS-Proxy eingestellt, für den das Python-Paket PySocks nötig ist; installieren Sie es mit: python -m pip install PySocks</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/network.py"/>
        <source>{name}: the URL contains a user name or password, which QGIS would save in projects, histories and logs. Remove it and choose an authentication configuration instead. If it is part of the path, write @ as %40.</source>
        <translation>{name}: Die URL enthält einen Benutzernamen oder ein Passwort, die QGIS in Projekten, Verläufen und Protokollen speichern würde. Entfernen Sie sie und wählen Sie stattdessen eine Authentifizierungskonfiguration. Ein @, das zum Pfad gehört, wird %40 geschrieben.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/network.py"/>
        <source>{url}: QGIS's authentication configuration {authcfg} cannot be used: it may not exist in this profile, or the master password is missing; check it under Settings, Options, Authentication.</source>
        <translation>{url}: Die Authentifizierungskonfiguration {authcfg} von QGIS ist nicht verwendbar: Vielleicht gibt es sie in diesem Profil nicht, oder das Hauptpasswort fehlt; sehen Sie unter Einstellungen, Optionen, Authentifizierung nach.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/core/network.py"/>
        <source>{name}: an authentication configuration of QGIS serves http and https only; remove it, and give the credentials for {scheme} as its Python package expects them.</source>
        <translation>{name}: Eine Authentifizierungskonfiguration von QGIS gilt nur für http und https; entfernen Sie sie, und geben Sie die Zugangsdaten für {scheme} so an, wie dessen Python-Paket sie erwartet.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/__init__.py"/>
        <source>QGIS refuses the data provider {key}.</source>
        <translation>QGIS lehnt den Datenanbieter {key} ab.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/background_open.py"/>
        <source>{name}: the server has not answered within {seconds} seconds; the layer appears when it does, or reload it later.</source>
        <translation>{name}: Der Server hat innerhalb von {seconds} Sekunden nicht geantwortet; der Layer erscheint, sobald er es tut, oder laden Sie ihn später neu.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/blocks.py"/>
        <source>There is no memory for {width} x {height} pixels.</source>
        <translation>Für {width} x {height} Pixel reicht der Speicher nicht.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/guard.py"/>
        <source>Internal error in {place}; please report it: {error}</source>
        <translation>Interner Fehler in {place}; bitte melden Sie ihn: {error}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>“Verify FLAC raster” counts the pixels that cannot be restored exactly.</source>
        <translation>„FLAC-Raster prüfen“ zählt die Pixel, die sich nicht genau wiederherstellen lassen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Every pixel is restored exactly.</source>
        <translation>Jedes Pixel wird genau wiederhergestellt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>{count} of {width} x {height} pixels</source>
        <translation>{count} mit {width} x {height} Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Data type</source>
        <translation>Datentyp</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>Colours in its table</source>
        <translation>Farben in der Tabelle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/html_metadata.py"/>
        <source>none stored</source>
        <translation>keine gespeichert</translation>
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
        <source>{size}, {part} of the {raw} of its pixels</source>
        <translation>{size}, {part} der {raw} seiner Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/outage.py"/>
        <source>What is being made of this raster now lacks pixels: {error}</source>
        <translation>Dem, was gerade aus diesem Raster gemacht wird, fehlen Pixel: {error}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/project_secrets.py"/>
        <source>{name}: the query of the URL seems to contain a key, which is saved in the project, where anyone can read it. If it is secret, remove it and choose an authentication configuration instead, such as API Header.</source>
        <translation>{name}: Die Abfrage in der URL scheint einen Schlüssel zu enthalten, der im Projekt gespeichert wird, wo ihn jeder lesen kann. Ist er geheim, entfernen Sie ihn und wählen Sie stattdessen eine Authentifizierungskonfiguration, etwa der Art API-Header.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/data_provider/provider.py"/>
        <source>The run failed, pixels of the raster are missing; do not use its output.</source>
        <translation>Der Lauf ist gescheitert, weil Pixel des Rasters fehlen; verwenden Sie sein Ergebnis nicht.</translation>
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
        <location filename="../../flac_raster_qgis/dependencies/features.py"/>
        <source>Draw, inspect and verify FLAC rasters</source>
        <translation>FLAC-Raster zeichnen, ansehen und prüfen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/features.py"/>
        <source>The same on web servers: stream and query</source>
        <translation>Dasselbe auf Webservern: streamen und abfragen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/features.py"/>
        <source>Convert and extract: GeoTIFF in and out</source>
        <translation>Umwandeln und ausschneiden: GeoTIFF lesen und schreiben</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/features.py"/>
        <source>This needs Python packages that are not installed: {names}. Install them with Plugins › FLAC Raster › Python Packages…, with the plugin QPIP, or by hand: {command}</source>
        <translation>Dafür sind Python-Pakete nötig, die nicht installiert sind: {names}. Installieren Sie sie mit Erweiterungen › FLAC Raster › Python-Pakete…, mit der Erweiterung QPIP oder von Hand: {command}</translation>
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
        <source>{program} cannot be started: {reason}.</source>
        <translation>{program} kann nicht gestartet werden: {reason}.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>The packages do not work with the Python of QGIS, see above; nothing was installed.</source>
        <translation>Die Pakete funktionieren mit dem Python von QGIS nicht, siehe oben; es wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>pip failed, see what it says above; nothing was installed.</source>
        <translation>pip ist gescheitert, seine Meldungen stehen oben; es wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>pip would install other versions of packages that QGIS has ({names}), so nothing was installed.</source>
        <translation>pip würde andere Versionen von Paketen installieren, die QGIS hat ({names}); darum wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/dependencies/installer.py"/>
        <source>{folder} cannot be written: {reason}.</source>
        <translation>In {folder} kann nicht geschrieben werden: {reason}.</translation>
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
        <location filename="../../flac_raster_qgis/gui/browser/layer_adder.py"/>
        <source>{name} cannot be opened.</source>
        <translation>{name} kann nicht geöffnet werden.</translation>
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
        <source>Add a FLAC raster from a file or a web server</source>
        <translation>Ein FLAC-Raster aus einer Datei oder von einem Webserver hinzufügen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/source_select.py"/>
        <source>Add FLAC Raster Layer…</source>
        <translation>FLAC-Raster-Layer hinzufügen…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/source_select.py"/>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/browser/source_select.py"/>
        <source>A raster on a web server opens from its first bytes; the map fetches only the tiles that it shows.</source>
        <translation>Ein Raster auf einem Webserver öffnet sich mit seinen ersten Bytes; die Karte lädt nur die Kacheln, die sie zeigt.</translation>
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
        <source>Open it and say what is there; only its first bytes are read</source>
        <translation>Öffnen und sagen, was dort liegt; nur die ersten Bytes werden gelesen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/connection_test.py"/>
        <source>Result of the test</source>
        <translation>Ergebnis des Tests</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/connection_test.py"/>
        <source>Connecting…</source>
        <translation>Wird verbunden…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/connection_test.py"/>
        <source>no coordinate system</source>
        <translation>kein Koordinatensystem</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/dialog.py"/>
        <source>Remove the connection “{name}”? The raster itself stays where it is.</source>
        <translation>Die Verbindung „{name}“ entfernen? Das Raster selbst bleibt, wo es ist.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/dialog.py"/>
        <source>Remove {count} connections? The rasters themselves stay where they are.</source>
        <translation>{count} Verbindungen entfernen? Die Raster selbst bleiben, wo sie sind.</translation>
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
        <source>There is a connection “{name}” already. Replace it?</source>
        <translation>Eine Verbindung „{name}“ gibt es schon. Soll sie ersetzt werden?</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/open_task.py"/>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/settings.py"/>
        <source>A connection needs a name and a URL or file.</source>
        <translation>Eine Verbindung braucht einen Namen und eine URL oder Datei.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/settings.py"/>
        <source>The URL has a user name or password in it, which would be saved for anyone to read. Take it out and choose an authentication configuration instead.</source>
        <translation>Die URL enthält einen Benutzernamen oder ein Passwort, das für alle lesbar gespeichert würde. Nehmen Sie es heraus und wählen Sie stattdessen eine Authentifizierungskonfiguration.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/settings.py"/>
        <source>There is no connection “{name}”.</source>
        <translation>Es gibt keine Verbindung „{name}“.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/settings.py"/>
        <source>There is a connection “{name}” already.</source>
        <translation>Eine Verbindung „{name}“ gibt es schon.</translation>
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
        <source>URL or file of a FLAC raster. The list has saved connections and the sources used last; files and links can be dropped here.</source>
        <translation>URL oder Datei eines FLAC-Rasters. Die Liste enthält gespeicherte Verbindungen und die zuletzt benutzten Quellen; Dateien und Links lassen sich hierher ziehen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/connections/source_edit.py"/>
        <source>Choose a file…</source>
        <translation>Eine Datei wählen…</translation>
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
        <source>Choose a FLAC raster</source>
        <translation>Ein FLAC-Raster wählen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>Replace the file?</source>
        <translation>Datei ersetzen?</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>Starting …</source>
        <translation>Wird gestartet …</translation>
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
        <source>Draw a box on the map to see what it needs.</source>
        <translation>Zeichnen Sie einen Rahmen in die Karte, um zu sehen, was er braucht.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>The layer was not added</source>
        <translation>Der Layer wurde nicht hinzugefügt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>The box reaches over both ends of the raster. Draw a box on each side.</source>
        <translation>Das Rechteck reicht über beide Enden des Rasters. Zeichnen Sie auf jeder Seite eines.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>This area has no pixels of the raster.</source>
        <translation>Dieses Gebiet enthält keine Pixel des Rasters.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>{path} is there already. Replace it?</source>
        <translation>{path} gibt es schon. Soll die Datei ersetzt werden?</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/controller.py"/>
        <source>{path} is complete; its project was closed.</source>
        <translation>{path} ist vollständig; das zugehörige Projekt wurde geschlossen.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/dock.py"/>
        <source>Stream areas of remote FLAC rasters into layers</source>
        <translation>Gebiete entfernter FLAC-Raster in Layer streamen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>&amp;Draw a box on the map</source>
        <translation>&amp;Rahmen in die Karte zeichnen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Press the mouse button at one corner, release it at the other; Esc gives up</source>
        <translation>Maustaste an einer Ecke drücken, an der anderen loslassen; Esc bricht ab</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Map &amp;view</source>
        <translation>Karten&amp;ansicht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Take what the map shows now</source>
        <translation>Nehmen, was die Karte jetzt zeigt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>W&amp;hole raster</source>
        <translation>&amp;Ganzes Raster</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Take all of the raster</source>
        <translation>Das ganze Raster nehmen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>draw a box, or type xmin,xmax,ymin,ymax [CRS]</source>
        <translation>Rahmen zeichnen oder xmin,xmax,ymin,ymax [KBS] eingeben</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>The area in any coordinate system, as xmin,xmax,ymin,ymax [EPSG:4326]. The button takes the extent of a layer.</source>
        <translation>Das Gebiet in einem beliebigen Koordinatensystem, als xmin,xmax,ymin,ymax [EPSG:4326]. Die Schaltfläche übernimmt die Ausdehnung eines Layers.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Pixels of full resolution, or those of the overviews in the file</source>
        <translation>Pixel voller Auflösung oder die der Pyramiden in der Datei</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Bands of the result</source>
        <translation>Kanäle des Ergebnisses</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>What the area needs</source>
        <translation>Was das Gebiet braucht</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>&amp;Stream into layer</source>
        <translation>In Layer &amp;streamen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Fetch the tiles of the area and add it to the project as a layer</source>
        <translation>Die Kacheln des Gebiets laden und dem Projekt als Layer hinzufügen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Add &amp;live layer</source>
        <translation>&amp;Live-Layer hinzufügen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Add the whole raster as a layer that fetches what the map shows</source>
        <translation>Das ganze Raster als Layer hinzufügen, der lädt, was die Karte zeigt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>&amp;Convert…</source>
        <translation>&amp;Umwandeln…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Open the tool that converts rasters to and from FLAC, with this raster or the active layer filled in</source>
        <translation>Das Werkzeug öffnen, das Raster in FLAC und zurück umwandelt, mit diesem Raster oder dem aktiven Layer als Eingabe</translation>
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
        <source>Stop; nothing is left behind</source>
        <translation>Anhalten; es bleibt nichts zurück</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Take the extent of a layer</source>
        <translation>Die Ausdehnung eines Layers übernehmen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/form.py"/>
        <source>Area</source>
        <translation>Gebiet</translation>
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
        <source>&amp;Bands</source>
        <translation>&amp;Kanäle</translation>
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
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Save the area as</source>
        <translation>Das Gebiet speichern als</translation>
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
        <source>Out&amp;put</source>
        <translation>Aus&amp;gabe</translation>
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
        <source>Kept where you say</source>
        <translation>Wird dort aufbewahrt, wo Sie es sagen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Live layer of the area</source>
        <translation>Live-Layer des Gebiets</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>No file: the layer fetches what the map shows, inside the area</source>
        <translation>Keine Datei: Der Layer lädt innerhalb des Gebiets, was die Karte zeigt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/output_choice.py"/>
        <source>Choose where to save the GeoTIFF</source>
        <translation>Wählen, wo das GeoTIFF gespeichert wird</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Enter the URL of a FLAC raster or choose a file, and press Return. Only what it says of itself and a preview are read.</source>
        <translation>Geben Sie die URL eines FLAC-Rasters ein oder wählen Sie eine Datei, und drücken Sie die Eingabetaste. Gelesen werden nur seine Angaben über sich selbst und eine Vorschau.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Read what the file says of itself, and a preview</source>
        <translation>Lesen, was die Datei über sich selbst angibt, und eine Vorschau</translation>
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
        <source>Open the raster again, to see whether it has changed</source>
        <translation>Das Raster noch einmal öffnen, um zu sehen, ob es sich geändert hat</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Show the outline of the raster and its tiles on the map</source>
        <translation>Den Umriss des Rasters und seine Kacheln in der Karte zeigen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/raster_card.py"/>
        <source>Opening {name} …</source>
        <translation>{name} wird geöffnet …</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/state.py"/>
        <source>{name}, live</source>
        <translation>{name}, live</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>A live layer fetches only what the map shows, at the resolution it shows.</source>
        <translation>Ein Live-Layer lädt nur, was die Karte zeigt, in der Auflösung, in der sie es zeigt.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>unknown to QGIS</source>
        <translation>QGIS unbekannt</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>1 (no overviews)</source>
        <translation>1 (keine Pyramiden)</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{pixel_size}, full resolution</source>
        <translation>{pixel_size}, volle Auflösung</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{pixel_size}, level {level}</source>
        <translation>{pixel_size}, Stufe {level}</translation>
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
        <source>CRS</source>
        <translation>KBS</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>1 pixel</source>
        <translation>1 Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{count}, down to {width} × {height}</source>
        <translation>{count}, bis hinab zu {width} × {height}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{count} of {width} × {height} pixels</source>
        <translation>{count} mit {width} × {height} Pixeln</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>1 band each</source>
        <translation>je 1 Kanal</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{size}, {part} of its pixels</source>
        <translation>{size}, {part} der Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>Result: {size}, {bytes} without compression</source>
        <translation>Ergebnis: {size}, {bytes} ohne Kompression</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>There will be one at each end of the raster.</source>
        <translation>Es wird einer an jedem Ende des Rasters.</translation>
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
        <source>{tiles}, nothing but nodata: nothing to fetch</source>
        <translation>{tiles}, nur NoData: nichts zu laden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{tiles}, all here already: nothing to fetch</source>
        <translation>{tiles}, alle schon hier: nichts zu laden</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{part} of the box lies outside the raster.</source>
        <translation>{part} des Rechtecks liegen außerhalb des Rasters.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>; {size} of the tiles is here already</source>
        <translation>; {size} der Kacheln sind schon hier</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{count} pixels</source>
        <translation>{count} Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{count} bands each</source>
        <translation>je {count} Kanäle</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{count} more</source>
        <translation>{count} weitere</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/strings.py"/>
        <source>{size} pixels</source>
        <translation>{size} Pixel</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/tasks.py"/>
        <source>Opening</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/tasks.py"/>
        <source>FLAC Raster made a mistake ({kind}); please report it with the details</source>
        <translation>FLAC Raster hat einen Fehler gemacht ({kind}); bitte melden Sie ihn mit den Einzelheiten</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/dock/tasks.py"/>
        <source>Open {name}</source>
        <translation>{name} öffnen</translation>
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
        <location filename="../../flac_raster_qgis/gui/dock/tasks.py"/>
        <source>{name} cannot be opened</source>
        <translation>{name} kann nicht geöffnet werden</translation>
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
        <source>Copy the command, to run it in a terminal</source>
        <translation>Den Befehl kopieren, um ihn in einem Terminal auszuführen</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Install</source>
        <translation>Installieren</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>By hand:</source>
        <translation>Von Hand:</translation>
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
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>Nothing is missing that you have chosen.</source>
        <translation>Von dem, was Sie gewählt haben, fehlt nichts.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>The Python of QGIS has no pip, so they have to be installed by hand.</source>
        <translation>Das Python von QGIS hat kein pip, die Pakete müssen also von Hand installiert werden.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>missing: {names}</source>
        <translation>es fehlen: {names}</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/dialog.py"/>
        <source>They go into a folder that only this plugin uses: {folder}. What QGIS has, such as numpy, stays as it is.</source>
        <translation>Sie kommen in einen Ordner, den nur diese Erweiterung benutzt: {folder}. Was QGIS mitbringt, etwa numpy, bleibt, wie es ist.</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/menu.py"/>
        <source>FLAC rasters cannot be opened yet: Python packages are missing ({names}).</source>
        <translation>FLAC-Raster lassen sich noch nicht öffnen: Es fehlen Python-Pakete ({names}).</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/menu.py"/>
        <source>Python Packages…</source>
        <translation>Python-Pakete…</translation>
    </message>
    <message>
        <location filename="../../flac_raster_qgis/gui/packages/menu.py"/>
        <source>Install…</source>
        <translation>Installieren…</translation>
    </message>
</context>
</TS>
