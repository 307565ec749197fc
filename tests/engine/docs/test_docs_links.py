"""Links, anchors and pictures of the documents lead somewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from kits.documents import DOCS, ROOT

pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="no docs/ here: not a checkout")

NAMES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "benchmarks/README.md")
PAGES = [ROOT / name for name in NAMES]
PAGES += sorted(DOCS.glob("*.md"))


def without_code(text: str) -> str:
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", lambda code: "c" * len(code[0]), text)


@lru_cache(None)
def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    found: set[str] = set()
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for heading in re.findall(r"^#+ +(.+?)\s*$", text, re.MULTILINE):
        heading = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
        base = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        name, count = base, 0
        while name in found:
            count += 1
            name = f"{base}-{count}"
        found.add(name)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links(page):
    text = without_code(page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue  # elsewhere
        name, _, anchor = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.exists(), f"{target} does not exist"
        if anchor:
            assert anchor in anchors(linked), f"{target}: there is no such heading"


TOPS = "engine|flac_raster_qgis|tests|benchmarks|packaging|resources|docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_paths_of_the_source_tree(page):
    """Newcomers find the code by them, and files move."""
    if page.name == "CHANGELOG.md":
        pytest.skip("says what names were")
    paths = re.findall(rf"`((?:{TOPS})/[\w./-]*)`", page.read_text(encoding="utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_names_of_code_in_the_glossary():
    """Where a class is called otherwise than the term, the glossary gives its name."""
    names = re.findall(r"\(`(\w+)`\)", (DOCS / "glossary.md").read_text(encoding="utf-8"))
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "engine").rglob("*.py"))
    assert names
    assert [n for n in names if not re.search(rf"^(class|def) {n}\b", code, re.MULTILINE)] == []


def test_every_page_is_in_the_contents():
    contents = (DOCS / "index.md").read_text(encoding="utf-8")
    missing = [p.name for p in DOCS.glob("*.md") if f"]({p.name})" not in contents]
    assert missing == ["index.md"]


def test_every_picture_is_shown_and_small():
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    for picture in (DOCS / "images").iterdir():
        assert f"images/{picture.name})" in shown, f"{picture.name} is in no page"
        assert picture.stat().st_size < 200_000, f"{picture.name} is too large"


def test_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150
