"""The reference of the commands is what the commands say of themselves."""

from __future__ import annotations

import pytest
import reference_commands
import reference_errors
import typer.main
from flac_raster_qgis.engine.cli.commands import app
from generated import with_part
from kits.documents import DOCS

pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="no docs/ here: not a checkout")


def test_reference_of_commands_is_up_to_date():
    page = reference_commands.PAGE.read_text(encoding="utf-8")
    assert page == with_part(page, reference_commands.reference()), "run `make docs`"


def test_reference_of_errors_is_up_to_date():
    page = reference_errors.PAGE.read_text(encoding="utf-8")
    assert page == with_part(page, reference_errors.reference()), "run `make docs`"


def test_reference_has_all_commands_and_options():
    """Seen by Typer itself, so that none is forgotten."""
    text = reference_commands.reference()
    for name, command in typer.main.get_command(app).commands.items():
        section = text.partition(f"### {name}\n")[2].partition("\n### ")[0]
        for parameter in command.params:
            for flag in (*parameter.opts, *parameter.secondary_opts):
                assert flag in section or parameter.metavar in section, f"{name} {flag}"
