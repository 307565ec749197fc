"""Parts of pages that a program writes: between two marks, with text by hand around them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
END = "<!-- end -->"


def with_part(page: str, part: str, maker: str = "make docs") -> str:
    """Return a page with another part between its marks, which name the command that makes it.

    Raises
    ------
    ValueError
        If there are no marks.
    """
    begin = f"<!-- made by {maker} -->\n"
    before, _, rest = page.partition(begin)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"no {begin.strip()} … {END} in the page")
    return f"{before}{begin}\n{part.strip()}\n\n{END}{after}"


def update(path: Path, part: str, maker: str = "make docs") -> None:
    """Write a part into a page, and say whether that changed it."""
    page = path.read_text(encoding="utf-8")
    updated = with_part(page, part, maker)
    path.write_text(updated, encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {'unchanged' if updated == page else 'updated'}")


def in_cell(text: str) -> str:
    """Return a text that can stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
