"""The reference of the commands is what the commands say of themselves."""

from __future__ import annotations

import pytest
import reference_commands
from docs_kit import DOCS
from generated import with_part

pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="no docs/ here: not a checkout")


def test_reference_of_commands_is_up_to_date():
    page = reference_commands.PAGE.read_text(encoding="utf-8")
    assert page == with_part(page, reference_commands.reference()), "run `make docs`"


def test_reference_has_all_commands_and_options():
    """Seen by Typer itself, so that none is forgotten."""
    from cli_kit import succeed

    text = reference_commands.reference()
    for command in ("convert", "query", "extract", "compare", "info", "verify", "create-streaming"):
        listed = succeed(command, "--help")
        for word in listed.replace(",", " ").split():
            if word.startswith("--") and word not in ("--help", "--"):
                section = text.partition(f"### {command}\n")[2].partition("\n### ")[0]
                assert word.rstrip(".;:") in section, f"{command} {word}"
