"""What files, servers and names say is shown as it is, at every door of the plugin and of QGIS."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from flac_raster_qgis.engine import Band, FlacRaster
from flac_raster_qgis.engine.storage.cache import SHARED
from kits.durability import retag
from kits.qgis.layers import flac_layer, open_provider, random_array, valid_flac_layer, write_flac
from kits.qgis.remote_layers import until
from kits.remote import part, says
from qgis.core import Qgis, QgsMessageLog, QgsProviderRegistry, QgsRasterBlockFeedback
from qgis.gui import QgsMessageBar, QgsMessageLogViewer, QgsProcessingAlgorithmDialogBase
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QImage, QTextDocument
from qgis.PyQt.QtWidgets import (
    QApplication,
    QPlainTextEdit,
    QTextBrowser,
    QTextEdit,
    QToolButton,
    QWidget,
)

import flac_raster_qgis
from flac_raster_qgis.core import message_log as messages_module
from flac_raster_qgis.core.crs import to_qgis
from flac_raster_qgis.core.layer_uri import LayerUri
from flac_raster_qgis.core.plain_text import literal_text, neutralize_markup, push_message, to_html
from flac_raster_qgis.data_provider import PROVIDER_KEY, open_raster
from flac_raster_qgis.gui.browser.properties import ConnectionProperties
from flac_raster_qgis.gui.connections.settings import Connection
from flac_raster_qgis.gui.dock import strings
from flac_raster_qgis.gui.dock.raster_card import PropertiesBox, RasterCard
from flac_raster_qgis.gui.widgets import PlainLabel

pytestmark = pytest.mark.usefixtures("only_memory", "provider_registered")


#: Each ends in a word that must be seen, so that nothing before it swallows it.
MARKUP = {
    "picture": '<img src="file:///local.png"> seen',
    "picture without an end": "<img src='file:///local.png' seen",
    "link": '<a href="http://evil.example/">click</a> seen',
    "heading": "<h1>heading</h1> seen",
    "comment": "<!-- hidden --> seen",
    "instruction": "<?xml hidden ?> seen",
    "closed by another": "</b></td></table> seen",
    "script": "<script>alert(1)</script> seen",
    "vector picture": "<svg/onload=alert(1)> seen",
    "entity": "&lt;img src=x&gt; &amp; seen",
    "space": "< img src='file:///local.png'> < /b>< !-- seen",
    "lines": "<b\nonclick=x>b</b> seen",
}
CONTROL = "\x1b[2J\x1b]0;title\x07 \u202eesrever\u2066 \x9b31m seen"
HARMLESS = ["a < 1 and 2 > 0", "starts with b'<htm'", "x<1", "R&D", "Ünïcödé “quoted”", "<", ""]


def html_shows(text):
    """Return what HTML shows, and whether there is anything but characters in it."""
    document = QTextDocument()
    document.setHtml(text)
    formats = document.allFormats()
    is_plain = all(
        not (one.isImageFormat() or one.isTableFormat() or one.isListFormat())
        and not (one.isCharFormat() and one.toCharFormat().isAnchor())
        and not (one.isBlockFormat() and one.toBlockFormat().headingLevel())
        for one in formats
    )
    return document.toPlainText(), is_plain


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_no_tag_begins_in_what_qgis_is_given(text):
    shown, is_plain = html_shows(f"<b>{neutralize_markup(text)}</b>")
    assert is_plain and shown.endswith("seen")
    assert html_shows(text)[0] != text  # HTML indeed
    assert not re.search(r"<\s*[a-zA-Z/!?]", neutralize_markup(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays_what_it_is(text):
    assert neutralize_markup(text) == literal_text(text) == text
    assert html_shows(to_html(text))[0] == text


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_tips_and_questions_show_the_characters(text):
    tip = literal_text(text)
    shown = html_shows(tip)[0] if Qt.mightBeRichText(tip) else tip
    assert shown.replace("\u2028", "\n") == text


def test_control_characters_are_spelled_out():
    assert neutralize_markup(CONTROL).isprintable() and "\\x1b[2J" in neutralize_markup(CONTROL)
    label = PlainLabel(CONTROL)
    assert label.text().isprintable()
    label.setText("two\nlines")
    assert label.text() == "two\nlines"


def test_every_label_is_a_plain_one():
    """A new label that guesses would be a new hole."""
    found = []
    for path in Path(flac_raster_qgis.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Name) and node.id == "QLabel"
            if named and path.name != "widgets.py":
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


def test_every_message_above_the_map_or_in_a_log_is_escaped():
    """They all go through functions of one module."""
    pushing = re.compile(r"\.push(?:Message|Warning|Critical|Info|Success)\(")
    found = []
    for path in Path(flac_raster_qgis.__path__[0]).rglob("*.py"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pushing.search(line) and path.name != "plain_text.py":
                found.append(f"{path.name}:{number}")
    assert found == []


# ---------------------------------------------------------------- doors


def crs_named(name):
    quoted = name.replace('"', '""').replace("\n", " ")
    return (
        f'GEOGCS["{quoted}",DATUM["{quoted}",SPHEROID["WGS 84",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
    )


def write_hostile(folder, text, suffix=""):
    """A raster that says a text wherever it can say any."""
    band = Band(description=text, unit=text, tags={"": {text: text, "k": text}})
    name = re.sub(r"[/\n\0]", " ", text)[:60] + suffix if suffix else "x"
    path = write_flac(
        folder / f"{name}.flac",
        random_array("uint8"),
        bands=(band,),
        tags={"": {text: text, "k": text}},
    )
    retag(path, CRS=crs_named(text))  # this project writes no CRS with control characters
    return path


@pytest.mark.parametrize("text", [*MARKUP.values(), CONTROL], ids=[*MARKUP, "control"])
def test_layer(tmp_path, messages, text):
    layer = valid_flac_layer(write_hostile(tmp_path, text))
    provider = layer.dataProvider()
    for page in (provider.htmlMetadata(), layer.htmlMetadata()):
        assert "seen" in page and not re.search(r"<(img|a href=.http|h1>head|script|svg|!--)", page)
        assert not set(page) & set("\x1b\x07\x9b\u202e\u2066")
    names = [layer.bandName(1), provider.generateBandName(1), provider.bandDescription(1)]
    assert layer.crs().isValid() is (text != CONTROL)
    if layer.crs().isValid():
        names += [layer.crs().description(), layer.crs().userFriendlyIdentifier()]
    for name in names:
        shown, is_plain = html_shows(f"<i>{name}</i>")
        assert is_plain and "seen" in shown
        assert name.isprintable()


@pytest.mark.parametrize("text", [*MARKUP.values(), CONTROL], ids=[*MARKUP, "control"])
def test_dock(tmp_path, text):
    path = write_hostile(tmp_path, text)
    card, properties = RasterCard(), PropertiesBox()
    with FlacRaster.open(path) as raster:
        crs = to_qgis(raster.metadata.crs, raster.name)
        facts = [*strings.raster_properties(raster, crs), (text, text)]
        assert strings.band_text(raster, 1).isprintable()
        card.show_raster(text, literal_text(text))
        card.raster_page.show_preview(QImage(8, 8, QImage.Format.Format_RGB32))
        properties.show_properties(facts)
        card.show_message(text)
        card.show_wait(text)
    for shown in (card, properties):
        labels = shown.findChildren(PlainLabel)
        assert labels and all(one.textFormat() == Qt.TextFormat.PlainText for one in labels)
        everything = [one for one in shown.findChildren(QWidget) if one.inherits("QLabel")]
        assert len(everything) == len(labels)
    tip = card.raster_page.title.toolTip()
    assert not Qt.mightBeRichText(tip) or html_shows(tip)[1]


def test_no_picture_is_drawn_in_the_dock(tmp_path, qgis_app):
    """Seen, not only read: no pixel of a local picture shows."""
    picture = QImage(1500, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    assert picture.save(str(tmp_path / "local.png"))
    text = f"<img src='file://{tmp_path}/local.png'><h1>heading</h1>"

    def red():
        card.resize(400, 300)
        card.show()
        QCoreApplication.processEvents()
        shot = card.grab().toImage()
        spots = ((x, y) for x in range(0, shot.width(), 3) for y in range(0, shot.height(), 3))
        return sum(shot.pixelColor(x, y) == QColor("red") for x, y in spots)

    card = RasterCard()
    card.show_message(text)
    assert red() == 0
    card.show_raster(text, text)
    assert red() == 0
    card, message = PropertiesBox(), card
    card.show_properties([(text, text)])
    assert red() == 0
    card = message
    card.message_page.label.setTextFormat(Qt.TextFormat.RichText)
    card.show_message(text)
    assert red() > 0  # the test sees it where it is


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_message_bar(text):
    bar = QgsMessageBar()
    push_message(bar, text, text, Qgis.MessageLevel.Critical, more=text)
    (item,) = bar.items()
    (browser,) = item.findChildren(QTextBrowser)
    shown = browser.toPlainText()
    assert shown.count("seen") == 2 and html_shows(browser.toHtml())[1]
    assert text.split("\n")[0].split("&")[0] in shown


def test_more_of_a_message(qgis_app):
    text = MARKUP["heading"] + ' & "y"'
    bar = QgsMessageBar()
    push_message(bar, "title", "short", Qgis.MessageLevel.Critical, more=text)
    (button,) = [b for b in bar.findChildren(QToolButton) if b.text()]
    shown = []

    def look():
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.metaObject().className() == "QgsMessageViewer":
                shown.extend(page.toPlainText() for page in window.findChildren(QTextEdit))
                window.close()

    QTimer.singleShot(500, look)
    button.click()
    (page,) = shown
    assert page.endswith('‹h1>heading‹/h1> seen & "y"')


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_log(text, qgis_app):
    viewer = QgsMessageLogViewer()
    messages_module.log_error(text)
    QCoreApplication.processEvents()
    (page,) = [p for p in viewer.findChildren(QPlainTextEdit) if "seen" in p.toPlainText()]
    shown = page.toPlainText()
    assert "\ufffc" not in shown and ("hidden" in text) == ("hidden" in shown)
    QgsMessageLog.logMessage("<h1>x</h1>", "other")  # HTML it is, for others


def test_log_of_processing(qgis_app):
    """QGIS escapes it there; were it otherwise in another version, this would say so."""

    class Dialog(QgsProcessingAlgorithmDialogBase):
        pass

    dialog = Dialog()
    feedback = dialog.createFeedback()
    for text in MARKUP.values():
        feedback.pushInfo(text)
        feedback.reportError(text)
        feedback.pushWarning(text)
    QCoreApplication.processEvents()
    shown = "".join(edit.toPlainText() for edit in dialog.findChildren(QTextEdit))
    assert shown.count("seen") == 3 * len(MARKUP) and "\ufffc" not in shown


@pytest.mark.parametrize("text", [*MARKUP.values(), CONTROL], ids=[*MARKUP, "control"])
def test_errors_of_a_layer(tmp_path, messages, text):
    name = re.sub(r"[/\n\0]", " ", text)
    layer = flac_layer(tmp_path / f"{name}.flac")
    assert not layer.isValid()
    for shown in (layer.error().summary(), layer.dataProvider().error().summary(), *messages):
        assert html_shows(f"<b>{shown}</b>")[1] and shown.isprintable()


def test_what_a_server_says(serve, tmp_path, messages):
    """The reason of a reply, and a name that is in the URL."""
    array = random_array("uint8", height=400, width=400)
    state = [part(write_flac(tmp_path / "x.flac", array).read_bytes())]
    url = serve(always=lambda request: state[0](request)).url
    provider = open_provider(url.replace("x.flac", "%3Cimg%20src=x%3E.flac"))
    state[0] = says("404 <img src='file:///local.png'>")
    SHARED.clear()
    open_raster.CACHE.clear()
    feedback = QgsRasterBlockFeedback()
    block = provider.block(1, provider.extent(), 400, 400, feedback)
    shown = [block.error().summary(), *feedback.errors(), *messages]
    assert len(shown) >= 3
    for one in shown:
        assert html_shows(f"<b>{one}</b>")[1] and "404" in one


def test_names_of_layers(tmp_path):
    uri = LayerUri.parse("https://example.org/%3Cimg%20src%3Dx%3E%1B%5B2J.flac")
    assert html_shows(f"<b>{uri.title}</b>")[1] and uri.title.isprintable()
    path = write_hostile(tmp_path, MARKUP["picture"], " picture")
    (found,) = QgsProviderRegistry.instance().querySublayers(str(path))
    assert found.providerKey() == PROVIDER_KEY
    assert html_shows(f"<b>{found.name()}</b>")[1]


def test_properties_of_a_connection(tmp_path, qgis_app):
    text = MARKUP["picture"]
    path = write_hostile(tmp_path, text)
    shown = ConnectionProperties(Connection(text, str(path)))
    until(lambda: "200" in shown.text.toPlainText())
    page = shown.text.toPlainText()
    assert page.startswith(text) and "\ufffc" not in page
