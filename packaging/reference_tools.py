"""Write the references in docs/tools.md and resources/help, from the help of the tools.

Run it through packaging/qgis_env.sh.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from generated import DOCS, ROOT, in_cell, update
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
)

from flac_raster_qgis import classFactory

PAGE = DOCS / "tools.md"
HELP = ROOT / "resources" / "help" / "tools.html"
Flag = QgsProcessingParameterDefinition.Flag


def reference(algorithms: list[QgsProcessingAlgorithm]) -> str:
    """Return the tools with their parameters and outputs, as Markdown."""
    return "\n\n".join(part for algorithm in algorithms for part in _tool(algorithm))


def _tool(tool: QgsProcessingAlgorithm) -> Iterator[str]:
    yield f"## {tool.displayName()}"
    yield f"`{tool.id()}`: {html.unescape(tool.shortDescription())}"
    yield html.unescape(tool.shortHelpString())
    rows = ["| parameter | | means | default |", "|---|---|---|---|"]
    yield "\n".join(rows + [_row(each) for each in tool.parameterDefinitions()])
    given = {each.name() for each in tool.parameterDefinitions()}
    outputs = [each for each in tool.outputDefinitions() if each.name() not in given]
    if outputs:
        rows = ["| result | is |", "|---|---|"]
        rows += [f"| `{each.name()}` | {in_cell(each.description())} |" for each in outputs]
        yield "\n".join(rows)


def _row(parameter: QgsProcessingParameterDefinition) -> str:
    title = parameter.description()
    if parameter.flags() & Flag.FlagAdvanced:
        title += " (advanced)"
    help_text = parameter.help()
    if isinstance(parameter, QgsProcessingParameterEnum):
        choices = ", ".join(f"`{option}`" for option in parameter.options())
        help_text = f"One of {choices}. {help_text}"
    cells = [f"`{parameter.name()}`", in_cell(title), in_cell(help_text), _default(parameter)]
    return f"| {' | '.join(cells)} |"


def _default(parameter: QgsProcessingParameterDefinition) -> str:
    value = parameter.defaultValue()
    if value is None or value == "":
        return "not set" if parameter.flags() & Flag.FlagOptional else ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"`{value}`"


def help_page(algorithms: list[QgsProcessingAlgorithm]) -> str:
    """Return the tools with their parameters, as HTML."""
    return "\n".join(line for algorithm in algorithms for line in _help(algorithm))


def _help(tool: QgsProcessingAlgorithm) -> Iterator[str]:
    yield f'<h2 id="{tool.name()}">{html.escape(tool.displayName())}</h2>'
    for paragraph in html.unescape(tool.shortHelpString()).split("\n\n"):
        yield f"<p>{html.escape(paragraph, quote=False)}</p>"
    yield "<table>"
    for each in tool.parameterDefinitions():
        cells = (each.description(), each.help())
        row = "".join(f"<td>{html.escape(text, quote=False)}</td>" for text in cells)
        yield f"<tr>{row}</tr>"
    yield "</table>"


def tools() -> list[QgsProcessingAlgorithm]:
    """Return the tools in the order of what users do first."""
    order = ["convert", "query", "extract", "sample", "compare", "info", "verify"]
    provider = QgsApplication.processingRegistry().providerById("flacraster")
    found = {each.name(): each for each in provider.algorithms()}
    return [found.pop(name) for name in order if name in found] + list(found.values())


def main() -> None:
    """Load the plugin as QGIS does, and write the page."""
    application = QgsApplication([], False)
    application.initQgis()
    plugin = classFactory(None)
    plugin.initProcessing()
    update(PAGE, reference(tools()))
    update(HELP, help_page(tools()))
    plugin.unload()
    application.exitQgis()


if __name__ == "__main__":
    main()
