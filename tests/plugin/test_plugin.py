"""The plugin registers its tools and takes them away again."""

from __future__ import annotations

import os

import pytest
from qgis.core import QgsApplication, QgsProcessingParameterDefinition, QgsProviderRegistry

from flac_raster_qgis import classFactory, requirements
from flac_raster_qgis.resource_files import resource_path

TOOLS = {
    # names that scripts and models of users rely on
    "convert": (
        {
            "INPUT",
            "EFFORT",
            "INTERLEAVE",
            "LEVEL",
            "TILE_SIZE",
            "OVERVIEWS",
            "COG",
            "WORKERS",
            "OVERWRITE",
            "SKIP",
            "OUTPUT",
        },
        {"OUTPUT", "INPUT_SIZE", "OUTPUT_SIZE", "RAW_SIZE", "RATIO", "SECONDS"},
    ),
    "compare": (
        {"INPUT_A", "INPUT_B", "OUTPUT_HTML", "OUTPUT_JSON"},
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
            "CRS",
            "FILE_SIZE",
            "RATIO",
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
            "BYTES",
            "REQUESTS",
            "FETCHED_BYTES",
            "FILE_SIZE",
            "SHARE",
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
            "WHOLE_TILES",
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
            "BYTES",
            "REQUESTS",
            "FETCHED_BYTES",
            "FILE_SIZE",
            "SAVED",
            "OUTPUT_SIZE",
            "SECONDS",
        },
    ),
    "verify": (
        {"INPUT", "OUTPUT_HTML", "OUTPUT_JSON"},
        {"OUTPUT_HTML", "OUTPUT_JSON", "VALID", "TILES", "DAMAGED"},
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
    assert not tool.icon().isNull()
    for parameter in tool.parameterDefinitions():
        assert parameter.description() and parameter.help()


def test_rare_parameters_are_advanced(algorithm):
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    tool = algorithm("convert")
    found = {p.name() for p in tool.parameterDefinitions() if p.flags() & advanced}
    assert found == {"INTERLEAVE", "LEVEL", "WORKERS", "OVERWRITE", "SKIP"}


def test_missing_resource_is_an_empty_path():
    assert resource_path("icons/none.svg") == ""


@pytest.mark.parametrize(
    ("tool", "absent", "named"),
    [
        ("convert", {"pyflac"}, "pip install pyflac"),
        ("convert", {"rasterio", "mutagen"}, "pip install mutagen rasterio"),
        ("verify", {"pyflac", "soundfile"}, "pip install soundfile"),
        ("verify", {"pyflac", "rasterio"}, ""),
        ("query", {"pyflac", "rasterio"}, ""),
        ("extract", {"rasterio"}, "pip install rasterio"),
        ("extract", {"pyflac"}, ""),
    ],
)
def test_tools_name_missing_packages(algorithm, monkeypatch, tool, absent, named):
    monkeypatch.setattr(requirements, "find_spec", lambda name: name not in absent)
    ready, message = algorithm(tool).canExecute()
    assert ready is not bool(named)
    assert named in message


def test_running_without_a_package_says_so(run, geotiff, tmp_path, monkeypatch):
    from qgis.core import QgsProcessingException

    monkeypatch.setattr(requirements, "find_spec", lambda name: name != "pyflac")
    with pytest.raises(QgsProcessingException, match="pip install pyflac"):
        run("convert", INPUT=str(geotiff), OUTPUT=str(tmp_path / "x.flac"))
    assert not (tmp_path / "x.flac").exists()


def test_plugin_loads_without_its_packages(plugin, monkeypatch):
    """Otherwise nobody would be told what to install."""
    shown = []

    class Bar:
        def pushWarning(self, title, message):  # noqa: N802
            shown.append(message)

    class Interface:
        def messageBar(self):  # noqa: N802
            return Bar()

    plugin.unload()
    monkeypatch.setattr(requirements, "find_spec", lambda name: name == "numpy")
    second = classFactory(Interface())
    second.initGui()
    try:
        assert len(registered().algorithms()) == len(TOOLS)
        assert ["pip install mutagen soundfile" in message for message in shown] == [True]
    finally:
        second.unload()
        plugin.initProcessing()
