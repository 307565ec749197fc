"""The plugin registers its tools and takes them away again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProcessingParameterDefinition, QgsProviderRegistry
from qgis.gui import QgsLayerTreeView, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtWidgets import QMainWindow, QMenu, QPushButton

from flac_raster_qgis import classFactory
from flac_raster_qgis.core.resources import resource_path
from flac_raster_qgis.dependencies import features
from flac_raster_qgis.gui.packages.dialog import PackagesDialog

TOOLS = {
    # names that scripts and models of users rely on
    "convert": (
        {
            "INPUT",
            "EFFORT",
            "INTERLEAVE",
            "LAYOUT",
            "COMPRESSION_LEVEL",
            "TILE_SIZE",
            "OVERVIEW_RESAMPLING",
            "COG",
            "WORKERS",
            "OVERWRITE",
            "SKIP_IDENTICAL",
            "STORE_STYLE",
            "TIMES",
            "TIME_START",
            "TIME_STEP",
            "VARIABLES",
            "STACK",
            "CRS",
            "FOLDER",
            "OUTPUT",
        },
        {
            "OUTPUT",
            "OUTPUTS",
            "FOLDER",
            "INPUT_SIZE",
            "OUTPUT_SIZE",
            "UNCOMPRESSED_SIZE",
            "SIZE_RATIO",
            "SECONDS",
        },
    ),
    "sample": (
        {"INPUT", "POINTS", "BANDS", "TIME", "SCALED", "OUTPUT"},
        {
            "OUTPUT",
            "POINTS_READ",
            "POINTS_OUTSIDE",
            "TILES",
            "TILE_BYTES",
            "REQUESTS",
            "REQUEST_BYTES",
        },
    ),
    "compare": (
        {"INPUT_A", "INPUT_B", "TIME", "OUTPUT_HTML", "OUTPUT_JSON"},
        {
            "OUTPUT_HTML",
            "OUTPUT_JSON",
            "IDENTICAL",
            "PIXELS_IDENTICAL",
            "MAX_DIFFERENCE",
            "DIFFERING_PIXELS",
            "METADATA_DIFFERENCES",
        },
    ),
    "info": (
        {"INPUT", "OUTPUT_HTML", "OUTPUT_JSON"},
        {
            "OUTPUT_HTML",
            "OUTPUT_JSON",
            "WIDTH",
            "HEIGHT",
            "BANDS",
            "DTYPE",
            "RECOVERY",
            "CRS",
            "FILE_SIZE",
            "SIZE_RATIO",
            "LEVELS",
            "TILES",
            "JSON",
        },
    ),
    "query": (
        {
            "INPUT",
            "EXTENT",
            "TILE",
            "LEVEL",
            "RESOLUTION",
            "BANDS",
            "WHERE",
            "TIME",
            "OUTPUT",
            "OUTPUT_HTML",
            "OUTPUT_JSON",
        },
        {
            "OUTPUT",
            "OUTPUT_HTML",
            "OUTPUT_JSON",
            "LEVEL",
            "WIDTH",
            "HEIGHT",
            "TILES",
            "TILE_BYTES",
            "REQUESTS",
            "REQUEST_BYTES",
            "FILE_SIZE",
            "FILE_FRACTION",
        },
    ),
    "extract": (
        {
            "INPUT",
            "EXTENT",
            "TILE",
            "LEVEL",
            "RESOLUTION",
            "BANDS",
            "TIME",
            "WHOLE_TILES",
            "SKIP_DAMAGED",
            "COG",
            "WORKERS",
            "OVERWRITE",
            "OUTPUT",
        },
        {
            "OUTPUT",
            "LEVEL",
            "WIDTH",
            "HEIGHT",
            "TILES",
            "TILE_BYTES",
            "REQUESTS",
            "REQUEST_BYTES",
            "FILE_SIZE",
            "SAVED_FRACTION",
            "DAMAGED_TILES",
            "OUTPUT_SIZE",
            "SECONDS",
        },
    ),
    "verify": (
        {"INPUT", "TIME", "ALL_TILES", "OUTPUT_DAMAGED", "OUTPUT_HTML", "OUTPUT_JSON"},
        {
            "OUTPUT_DAMAGED",
            "OUTPUT_HTML",
            "OUTPUT_JSON",
            "VALID",
            "TILES",
            "DAMAGED_TILES",
            "UNCERTAIN_VALUES",
        },
    ),
}


def registered():
    return QgsApplication.processingRegistry().providerById("flacraster")


def test_registers_once_and_unregisters(plugin):
    plugin.unload()
    assert registered() is None
    plugin.initGui()
    plugin.initProcessing()
    assert registered() is plugin.provider
    assert "flacraster" in QgsProviderRegistry.instance().providerList()
    plugin.unload()
    plugin.unload()
    assert registered() is None
    plugin.initProcessing()


def test_provider_names_itself(plugin):
    assert registered().name() == "FLAC Raster"
    assert registered().versionInfo()
    assert os.path.isfile(registered().svgIconPath())
    assert not registered().icon().isNull()


def test_tools_and_their_names_never_change(plugin):
    found = {
        tool.name(): (
            {p.name() for p in tool.parameterDefinitions()},
            {o.name() for o in tool.outputDefinitions()},
        )
        for tool in registered().algorithms()
    }
    assert found == TOOLS


@pytest.mark.parametrize("name", TOOLS)
def test_tools_explain_themselves(algorithm, name):
    tool = algorithm(name)
    assert tool.displayName() and tool.shortDescription() and tool.group() and tool.groupId()
    assert len(tool.shortHelpString()) > 100
    assert "flac" in tool.tags()
    assert os.path.isfile(tool.svgIconPath())
    help_url = QUrl(tool.helpUrl())
    page = Path(help_url.toLocalFile()).read_text(encoding="utf-8")
    assert help_url.fragment() == name and f'<h2 id="{name}">' in page
    assert not tool.icon().isNull()
    for parameter in tool.parameterDefinitions():
        assert parameter.description() and parameter.help()


def test_rare_parameters_are_advanced(algorithm):
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    tool = algorithm("convert")
    found = {p.name() for p in tool.parameterDefinitions() if p.flags() & advanced}
    assert found == {
        "INTERLEAVE",
        "LAYOUT",
        "COMPRESSION_LEVEL",
        "WORKERS",
        "OVERWRITE",
        "SKIP_IDENTICAL",
        "STORE_STYLE",
        "TIMES",
        "TIME_START",
        "TIME_STEP",
        "VARIABLES",
        "STACK",
        "CRS",
        "FOLDER",
    }


def test_missing_resource_is_an_empty_path():
    assert resource_path("icons/none.svg") == ""


@pytest.mark.parametrize(
    ("tool", "absent", "named"),
    [
        ("convert", {"pyflac"}, ""),
        ("convert", {"pyflac", "soundfile"}, "pip install soundfile"),
        ("convert", {"rasterio", "mutagen"}, "pip install mutagen rasterio"),
        ("verify", {"pyflac", "soundfile"}, "pip install soundfile"),
        ("verify", {"pyflac", "rasterio"}, ""),
        ("query", {"pyflac", "rasterio"}, ""),
        ("extract", {"rasterio"}, "pip install rasterio"),
        ("extract", {"pyflac"}, ""),
    ],
)
def test_tools_name_missing_packages(algorithm, monkeypatch, tool, absent, named):
    monkeypatch.setattr(features, "find_spec", lambda name: name not in absent)
    ready, message = algorithm(tool).canExecute()
    assert ready is not bool(named)
    assert named in message


def test_running_without_a_package_says_so(run, geotiff, tmp_path, monkeypatch):
    from qgis.core import QgsProcessingException

    monkeypatch.setattr(features, "find_spec", lambda name: name != "rasterio")
    with pytest.raises(QgsProcessingException, match="pip install rasterio"):
        run("convert", INPUT=str(geotiff), OUTPUT=str(tmp_path / "x.flac"))
    assert not (tmp_path / "x.flac").exists()


class Desktop:
    """As much of QGIS's desktop as the plugin touches, of real widgets."""

    def __init__(self):
        self.window, self.bar = QMainWindow(), QgsMessageBar()
        self.activeLayer = lambda: None
        self.view, self.layer_entries = QgsLayerTreeView(), []
        self.layerTreeView = lambda: self.view
        self.addCustomActionForLayerType = lambda action, *_: self.layer_entries.append(action)
        self.removeCustomActionForLayerType = self.layer_entries.remove
        self.mainWindow = lambda: self.window
        self.messageBar = lambda: self.bar
        self.layer_actions, self.drop_handlers = [], []
        self.insertAddLayerAction = self.layer_actions.append
        self.removeAddLayerAction = self.layer_actions.remove
        self.registerCustomDropHandler = self.drop_handlers.append
        self.unregisterCustomDropHandler = self.drop_handlers.remove
        self.canvas, self.raster_menu, self.buttons = QgsMapCanvas(), QMenu(), []
        self.mapCanvas, self.rasterMenu = lambda: self.canvas, lambda: self.raster_menu
        self.addToolBarIcon, self.removeToolBarIcon = self.buttons.append, self.buttons.remove
        self.addDockWidget = self.window.addDockWidget
        self.removeDockWidget = self.window.removeDockWidget


def entry(desktop, text):
    """Return an entry of the plugin's menu."""
    (menu,) = desktop.raster_menu.actions()
    assert menu.text() == "FLAC Raster"
    (found,) = (action for action in menu.menu().actions() if action.text() == text)
    return found


@pytest.fixture
def bare(plugin, monkeypatch):
    """Start the plugin on a desktop whose Python has numpy and nothing else; yield both."""
    plugin.unload()
    present = {"numpy"}
    monkeypatch.setattr(features, "find_spec", lambda name: name in present)
    desktop = Desktop()
    started = classFactory(desktop)
    started.initGui()
    yield started, desktop, present
    started.unload()
    assert not (desktop.layer_actions or desktop.drop_handlers or desktop.layer_entries)
    assert not (desktop.buttons or desktop.raster_menu.actions())
    plugin.initProcessing()


def test_plugin_loads_without_its_packages(bare):
    """Otherwise nobody would be told what to install."""
    assert len(registered().algorithms()) == len(TOOLS)
    assert not bare[0].draws_layers
    (message,) = bare[1].bar.items()
    assert "packages are missing (mutagen, soundfile)" in message.text()


def test_the_message_has_a_button_that_opens_the_dialog(bare):
    _, desktop, _ = bare
    (message,) = desktop.bar.items()
    (button,) = (b for b in message.findChildren(QPushButton) if b.text() == "Install…")
    button.click()
    (dialog,) = desktop.window.findChildren(PackagesDialog)
    assert dialog.isVisible()
    entry(desktop, "&Python Packages…").trigger()  # the menu shows the same one
    assert desktop.window.findChildren(PackagesDialog) == [dialog]


@pytest.mark.parametrize("text", ["FLAC Raster &Dock", "&Convert…", "&Add FLAC Raster Layer…"])
def test_the_menu_is_there_without_packages_and_offers_them(bare, text):
    _, desktop, _ = bare
    assert desktop.buttons == [entry(desktop, "FLAC Raster &Dock")]
    entry(desktop, text).trigger()
    (dialog,) = desktop.window.findChildren(PackagesDialog)
    assert dialog.isVisible()


def test_what_was_installed_is_used_at_once(bare):
    started, desktop, present = bare
    entry(desktop, "&Python Packages…").trigger()
    (dialog,) = desktop.window.findChildren(PackagesDialog)
    present |= {"mutagen", "soundfile"}
    dialog._finish(True, "")
    assert started.draws_layers
    assert desktop.layer_actions and desktop.drop_handlers
    assert dialog.tree.topLevelItem(0).text(1) == "installed: numpy, mutagen, soundfile"


def test_a_desktop_that_lacks_nothing_says_nothing(plugin):
    plugin.unload()
    desktop = Desktop()
    started = classFactory(desktop)
    started.initGui()
    assert not desktop.bar.items() and desktop.buttons == [started.menu.dock_action]
    (action,) = desktop.layer_actions
    assert action.text() == "&Add FLAC Raster Layer…" and not action.icon().isNull()
    started.unload()
    assert not (desktop.layer_actions or desktop.drop_handlers or desktop.layer_entries)
    assert not (desktop.buttons or desktop.raster_menu.actions())
    plugin.initProcessing()
