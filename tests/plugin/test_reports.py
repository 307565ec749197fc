"""Reports: verdicts in words, numbers for people, and nothing from a file becomes markup."""

from __future__ import annotations

import doctest
import re
from html.parser import HTMLParser

import pytest

from flac_raster_qgis.algorithms.reports import checks, description
from flac_raster_qgis.core import formatting

HOSTILE = '<img src=x onerror="alert(1)"></td><script>1</script>&'


class Page(HTMLParser):
    """Collects elements and text of a page, and fails where elements are not nested."""

    def __init__(self, html: str):
        super().__init__()
        self.open, self.elements, self.text = [], [], ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def comparison(**changes):
    return {
        "a": "a.tif",
        "b": "b.flac",
        "identical": False,
        "pixels_identical": False,
        "max_difference": 3,
        "bands": [band(1, 12)],
        "differences": [],
        "statistics_differences": [],
        **changes,
    }


def band(number, differing):
    side = {"valid": 1000, "minimum": -1.5, "maximum": "inf", "mean": None}
    return {
        "band": number,
        "identical": not differing,
        "differing": differing,
        "max_difference": 3,
        "mean_difference": 0.25,
        "rmse": 1 / 3,
        "a": side,
        "b": side,
    }


DIFFERENCE = {"field": "crs", "a": "EPSG:4326", "b": None}
STATISTICS = [{"field": "band 1 statistics", "a": {"STATISTICS_MEAN": "1.5"}, "b": {}}]


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        (
            {"identical": True, "pixels_identical": True},
            "Identical: every pixel and all metadata",
        ),
        (
            {"identical": True, "pixels_identical": True, "statistics_differences": STATISTICS},
            "Identical: every pixel and all metadata except statistics and histograms",
        ),
        (
            {"statistics_differences": STATISTICS},
            "12 pixel values differ, by 3 at most; all metadata except statistics and histograms "
            "are identical",
        ),
        (
            {"pixels_identical": True, "differences": [DIFFERENCE]},
            "Every pixel is identical, but one entry of the metadata differs",
        ),
        ({}, "12 pixel values differ, by 3 at most; all metadata are identical"),
        (
            {"bands": [band(1, 1)], "max_difference": 0},
            "One pixel value differs; all metadata are identical",
        ),
        (
            {"bands": [band(1, 1200), band(2, 34)], "differences": [DIFFERENCE] * 2},
            "1,234 pixel values differ, by 3 at most, and 2 entries of the metadata differ",
        ),
        (
            {"pixels_identical": None, "bands": [], "max_difference": None},
            "Different: sizes, bands or data types do not match",
        ),
    ],
)
def test_verdicts_of_comparisons(changes, headline):
    found = comparison(**changes)
    assert checks.comparison_headline(found) == headline
    page = Page(checks.comparison_report(found))
    assert headline in page.text


def test_the_labels_of_pixels_stay_in_one_line_beside_many_bands():
    page = checks.comparison_report(comparison(bands=[band(n, 1) for n in range(1, 41)]))
    labels = re.findall(r'<tr><th class="label">([^<]*)</th>(.*)</tr>', page)
    assert labels[0][0] == "Pixels that differ" and len(labels) == 12
    assert all(row.count('<td class="number" align="right">') == 40 for _, row in labels)
    assert "th.label { white-space: nowrap; }" in page


def test_statistics_that_differ_are_listed_apart():
    text = Page(checks.comparison_report(comparison(statistics_differences=STATISTICS))).text
    assert "band 1 statistics · STATISTICS_MEAN" in text and "1.5" in text
    assert "No entry differs." in text and "do not make rasters different" in text
    assert "STATISTICS" not in Page(checks.comparison_report(comparison())).text


def test_of_tags_only_those_that_differ_are_listed():
    tags = {f"TAG_{n}": "same" for n in range(50)}
    found = comparison(
        differences=[
            {"field": "tags", "a": {"": {**tags, "NOTE": "old"}}, "b": {"": {**tags, "MORE": "1"}}},
            {"field": "rpcs", "a": None, "b": {"LINE_OFF": "5"}},
        ]
    )
    text = Page(checks.comparison_report(found)).text
    assert "tags · NOTE" in text and "tags · MORE" in text and "rpcs · LINE_OFF" in text
    assert "TAG_" not in text


def test_nothing_from_a_file_becomes_markup():
    clean, dirty = (
        Page(
            checks.comparison_report(
                comparison(
                    a=text,
                    differences=[
                        {"field": f"tags{text}", "a": text, "b": text + "b"},
                        {"field": "tags", "a": {text: {text: text}}, "b": {}},
                    ],
                )
            )
        )
        for text in ("harmless", HOSTILE)
    )
    assert dirty.elements == clean.elements
    assert dirty.text == clean.text.replace("harmless", HOSTILE)


def test_hostile_tags_and_layer_names_through_the_tools(run, make_geotiff, tmp_path, project):
    from qgis.core import QgsRasterLayer

    source = make_geotiff(f"{HOSTILE.replace('/', '')}.tif", tags={"NOTE": HOSTILE})
    layer = QgsRasterLayer(str(source), HOSTILE)
    project.addMapLayer(layer)
    flac = tmp_path / "<b>x.flac"
    run("convert", INPUT=layer, OUTPUT=str(flac))
    for tool, inputs in (
        ("info", {"INPUT": str(flac)}),
        ("verify", {"INPUT": str(flac)}),
        ("compare", {"INPUT_A": layer, "INPUT_B": str(flac)}),
    ):
        html = tmp_path / f"{tool}.html"
        run(tool, OUTPUT_HTML=str(html), **inputs)
        page = Page(html.read_text("utf-8"))
        assert not {"img", "script", "b"} & set(page.elements)
        if tool == "info":
            assert HOSTILE in page.text


def test_damaged_tiles_are_listed():
    tile = {"level": 0, "row": 3, "column": 4, "band": 77, "offset": 12345, "size": 678}
    tile["error"] = "bad <CRC>"
    found = {
        "name": "x.flac",
        "valid": False,
        "tiles": 1234,
        "file_bytes": 3_100_000,
        "codings": {"row": 1233},
        "has_md5": True,
        "uncertain_values": 0,
        "values": 0,
        "warnings": [],
        "damaged_tiles": [tile],
    }
    page = Page(checks.verification_report(found))
    for text in (
        "Damaged: 1 of 1,234 tiles",
        "bad <CRC>",
        "77",
        "12,345",
        "678",
        "3.1 MB",
        "1,233",
    ):
        assert text in page.text
    found.update(valid=True, damaged_tiles=[])
    assert "Intact: all 1,234 tiles" in Page(checks.verification_report(found)).text


@pytest.mark.parametrize(
    ("tiles", "damaged", "uncertain", "text"),
    [
        (1, 0, 0, "Intact: the only tile matches its checksum"),
        (2, 0, 0, "Intact: all 2 tiles match their checksums"),
        (1, 1, 0, "Damaged: the only tile"),
        (1234, 1, 0, "Damaged: 1 of 1,234 tiles"),
        (
            1,
            0,
            1,
            "Intact: the only tile matches its checksum, but one of 9,000 values is uncertain",
        ),
        (
            3,
            0,
            2,
            "Intact: all 3 tiles match their checksums, but 2 of 9,000 values are uncertain",
        ),
    ],
)
def test_one_is_not_many(tiles, damaged, uncertain, text):
    found = {
        "tiles": tiles,
        "damaged_tiles": [{}] * damaged,
        "uncertain_values": uncertain,
        "values": 9000,
    }
    assert checks.verification_headline(found) == text


def test_parts_are_not_rounded_to_nothing_or_all():
    parts = (0, 1e-9, 0.0005, 0.0462, 0.9996, 1, 1.0001, 14.4)
    assert [formatting.format_percent(part) for part in parts] == [
        *("0 %", "< 0.1 %", "0.1 %", "4.6 %", "> 99.9 %", "100 %", "> 100 %", "1,440.0 %"),
    ]


@pytest.mark.parametrize(
    ("crs", "name"),
    [
        (None, "none"),
        ("EPSG:4326", "EPSG:4326"),
        ('PROJCRS["My <grid>",BASEGEOGCRS["x"]]', "My <grid> (as WKT)"),
        ("nonsense", "nonsense"),
    ],
)
def test_names_of_coordinate_systems(crs, name):
    assert description.crs_name(crs) == name


@pytest.mark.parametrize(
    ("count", "text"),  # as in the command line
    [
        *((0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (1049, "1.0 kB")),
        *((99_949, "99.9 kB"), (99_951, "100 kB"), (999_499, "999 kB"), (999_500, "1.0 MB")),
        *((2_340_000, "2.3 MB"), (10**10, "10.0 GB"), (3 * 10**15, "3000 TB"), (None, "–")),
    ],
)
def test_sizes_have_one_decimal_below_100(count, text):
    assert formatting.format_size(count) == text


def test_examples_in_docstrings():
    assert doctest.testmod(formatting).failed == 0
    assert doctest.testmod(formatting).attempted > 3


def test_long_values_are_cut_off():
    assert len(formatting.shorten("x" * 10000)) < 2100
