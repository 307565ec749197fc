"""Write the tables in docs/errors.md, from the messages of the engine."""

from __future__ import annotations

from flac_raster_qgis.engine.error_messages import MESSAGES, REMEDIES, template_and_remedy
from generated import DOCS, in_cell, update

PAGE = DOCS / "errors.md"


def reference() -> str:
    """Return all codes and remedies, as Markdown."""
    # what does not end like a sentence is a part of one, and no error has its code
    templates = {code: template_and_remedy(code) for code in MESSAGES}
    rows = ["| code | message | remedy |", "|---|---|---|"]
    rows += [
        f"| `{code}` | {in_cell(template)} | {f'`{remedy}`' if remedy else ''} |"
        for code, (template, remedy) in templates.items()
        if template.endswith(".")
    ]
    remedies = ["| remedy | sentence |", "|---|---|"]
    remedies += [f"| `{name}` | {in_cell(text)} |" for name, text in REMEDIES.items()]
    return "\n".join(["## Codes", "", *rows, "", "## Remedies", "", *remedies])


if __name__ == "__main__":
    update(PAGE, reference())
