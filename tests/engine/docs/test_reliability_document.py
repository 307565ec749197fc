"""What docs/reliability.md promises is tested by tests that exist."""

import re
from functools import cache

import pytest
from flac_raster_qgis.engine.model import limits
from flac_raster_qgis.engine.storage import urls
from kits import ROOT

TEXT = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
CASES = re.findall(
    r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$",
    TEXT.partition("\n## Cases\n")[2].partition("\n## ")[0],
    re.MULTILINE,
)
NAMED = sorted(set(re.findall(r"`(test_\w+\.py)::(\w+)`", TEXT)))


def test_cases_are_numbered_and_each_has_a_test():
    assert [int(number) for number, *_ in CASES] == list(range(1, len(CASES) + 1))
    assert len(CASES) >= 36
    for number, case, outcome, tests in CASES:
        assert case.strip() and outcome.strip(), number
        assert re.fullmatch(r"`test_\w+\.py::\w+`(, `test_\w+\.py::\w+`)*", tests), number


@cache
def names_in(file):
    (path,) = (ROOT / "tests").rglob(file)
    return set(re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda part: part.rpartition(".py")[0])
def test_test_exists(file, name):
    assert name in names_in(file)


def test_variables_and_limits_are_the_engines():
    assert f"`{limits.VARIABLE}`" in TEXT and f"`{urls.MORE_SCHEMES}`" in TEXT
    assert f"value, or as many as its data type has) {limits.ANY_TILE_COST >> 20} MiB" in TEXT
    assert f"and {limits.MOST_TIMES} times the bytes of the file" in TEXT


def test_targets_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make (\w+)`", TEXT):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
