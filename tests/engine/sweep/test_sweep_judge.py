"""The judge of the sweep sees what it is there to see, and takes the same for the same."""

import copy

import pytest
from kits.sweep import judge

CRS = {"wkt": 'LOCAL_CS["a"]', "axes": [1, 2], "epoch": "0.0"}
BAND = {
    "type": "Byte",
    "pixels": "p",
    "nodata": "7.0",
    "description": "d",
    "unit": "m",
    "scale": "0.1",
    "offset": "None",
    "color interpretation": "Palette",
    "color table": {"model": "RGB", "entries": [[1, 2, 3, 255], [0, 0, 0, 255]]},
    "category names": ["a", "b"],
    "attribute table": {
        "type": 0,
        "binning": None,
        "columns": [["Value", 0, 5], ["x", 1, 0], ["Class", 2, 2]],
        "rows": [[1, "0.5", "one"]],
    },
    "histogram": ["-0.5", "255.5", [1, 2]],
    "metadata": {
        "": ["A=1", "STATISTICS_MINIMUM=1"],
        "MINE": ["B=2"],
        "IMAGE_STRUCTURE": ["COMPRESSION=LZW"],
    },
    "NBITS": "4",
    "PIXELTYPE": None,
    "mask flags": 2,
    "mask": "m",
    "overviews": [[10, 7]],
}
RASTER = {
    "size": [20, 14, 1],
    "geotransform": ["0.0", "1.0", "0.0", "0.0", "0.0", "1.0"],
    "CRS": CRS,
    "GCPs": [["1.0", "2.0", "3.0", "4.0", "0.0", "", "1"]],
    "CRS of GCPs": CRS,
    "metadata": {
        "": ["K=v", "AREA_OR_POINT=Point"],
        "json:x": ['{"a":"=:"}'],
        "RPC": ["LINE_OFF=1.49"],
    },
    "bands": [BAND],
}


def said(item, *warnings):
    """Return what conversion and comparison say of a raster that lost an item."""
    return {"warnings": warnings, "identical": item in judge.NOT_COMPARED, "compared": []}


def changed(**changes):
    """Return the raster with other values; ``band_`` before a key is the band's."""
    raster = copy.deepcopy(RASTER)
    for key, value in changes.items():
        owner = raster["bands"][0] if key.startswith("band_") else raster
        owner[key.removeprefix("band_").replace("_", " ")] = value
    return raster


#: Every kind of loss, as changes of the raster, and the item that it is called by.
LOSSES = [
    ("size", {"size": [20, 13, 1]}),
    ("geotransform", {"geotransform": None}),
    ("geotransform", {"geotransform": ["0.0", "1.0", "0.0", "0.0", "0.0", "1.0000000000000002"]}),
    ("CRS", {"CRS": None}),
    ("axes", {"CRS": {**CRS, "axes": [2, 1]}}),
    ("coordinate epoch", {"CRS": {**CRS, "epoch": "2022.5"}}),
    ("coordinate epoch", {"CRS_of_GCPs": {**CRS, "epoch": "2022.5"}}),
    ("GCPs", {"GCPs": []}),
    ("GCPs", {"GCPs": [["1.0", "2.0", "3.0", "4.0", "0.5", "", "1"]]}),
    ("CRS of GCPs", {"CRS_of_GCPs": None}),
    ("RPCs", {"metadata": {**RASTER["metadata"], "RPC": ["LINE_OFF=1.4901"]}}),
    ("AREA_OR_POINT", {"metadata": {**RASTER["metadata"], "": ["K=v"]}}),
    ("metadata", {"metadata": {**RASTER["metadata"], "": ["K=w", "AREA_OR_POINT=Point"]}}),
    ("metadata", {"metadata": {**RASTER["metadata"], "json:x": ['{"a"="=:"}']}}),
    ("metadata", {"metadata": {**RASTER["metadata"], "json:x": ['{"a":"=="}']}}),
    ("metadata", {"metadata": {**RASTER["metadata"], "new": ["x=y"]}}),
    ("type", {"band_type": "UInt16"}),
    ("type", {"band_PIXELTYPE": "SIGNEDBYTE"}),
    ("pixels", {"band_pixels": "q"}),
    ("nodata", {"band_nodata": "None"}),
    ("nodata", {"band_nodata": "7.000000000000001"}),
    ("description", {"band_description": ""}),
    ("unit", {"band_unit": "ft"}),
    ("scale", {"band_scale": "None"}),
    ("offset", {"band_offset": "1e-300"}),
    ("color interpretation", {"band_color_interpretation": "Gray"}),
    ("color table", {"band_color_table": None}),
    ("color table", {"band_color_table": {"model": "RGB", "entries": [[1, 2, 3, 254]]}}),
    ("category names", {"band_category_names": None}),
    ("category names", {"band_category_names": ["a", "c"]}),
    ("attribute table", {"band_attribute_table": None}),
    ("attribute table", {"band_attribute_table": {**BAND["attribute table"], "type": 1}}),
    (
        "attribute table",
        {"band_attribute_table": {**BAND["attribute table"], "binning": ["0", "1"]}},
    ),
    (
        "attribute table",
        {"band_attribute_table": {**BAND["attribute table"], "rows": [[1, "0.5", "1"]]}},
    ),
    ("histogram", {"band_histogram": None}),
    ("histogram", {"band_histogram": ["-0.5", "255.5", [1, 3]]}),
    ("statistics", {"band_metadata": {"": ["A=1"], "MINE": ["B=2"]}}),
    ("metadata", {"band_metadata": {"": BAND["metadata"][""], "MINE": ["B=3"]}}),
    ("metadata", {"band_metadata": {"": BAND["metadata"][""]}}),
    ("NBITS", {"band_NBITS": None}),
    ("mask", {"band_mask": "n"}),
    ("mask", {"band_mask_flags": 1}),
    ("overviews", {"band_overviews": []}),
]


@pytest.mark.parametrize(("item", "changes"), LOSSES, ids=str)
def test_a_loss_is_seen_unless_it_is_named(item, changes):
    after = changed(**changes)
    (found,) = judge.differences(RASTER, after)
    assert found.item == item
    verdict, wrong = judge.judge_case(said(item), RASTER, after)
    assert verdict == "failed" and wrong[0].startswith(f"in silence: {item}")
    named = said(item, f"The file cannot hold its {_word(item)}.")
    assert judge.judge_case(named, RASTER, after)[0] == "named"
    about_something_else = said(item, "The file cannot hold its smell.")
    wrong = judge.judge_case(about_something_else, RASTER, after)[1]
    assert [w.partition(":")[0] for w in wrong[:2]] == ["in silence", "untrue"]


def _word(item):
    return {"axes": "axis", "size": "width", "type": "data type"}.get(item, item)


def test_every_item_is_lost_in_the_list_above():
    assert {item for item, _ in LOSSES} == set(judge.WORDS)


#: What says the same in other words.
SAME = [
    {"geotransform": ["0", "1.0e+00", "-0.0", "0", "0", "1"]},
    {"metadata": {**RASTER["metadata"], "": ["AREA_OR_POINT=Point", "K:v"]}},
    {"metadata": {**RASTER["metadata"], "RPC": ["LINE_OFF=1.490000e+00", "ERR_BIAS=-1"]}},
    {"metadata": {**RASTER["metadata"], "IMAGE_STRUCTURE": ["INTERLEAVE=PIXEL"]}},
    {"band_nodata": "7"},
    {"band_offset": "0.0"},
    {"band_color_table": {"model": "RGB", "entries": [[1, 2, 3, 255]] + [[0, 0, 0, 255]] * 255}},
    {"band_category_names": ["a", "b", ""]},
    {
        "band_metadata": {
            "": ["STATISTICS_MINIMUM=1.0", "A=1", "STATISTICS_MEAN=3"],
            "MINE": ["B=2"],
        }
    },
    {"band_mask_flags": 0},
]


@pytest.mark.parametrize("changes", SAME, ids=str)
def test_the_same_in_other_words(changes):
    assert judge.differences(RASTER, changed(**changes)) == []


def test_numbers_are_compared_by_value():
    assert judge.number("1.49") == judge.number("1.490e+00")
    assert judge.number("nan") == judge.number("-nan")
    assert judge.number("9007199254740993") != judge.number("9007199254740992.0")
    assert judge.number("-9223372036854775808") == -(2**63)


def test_a_document_that_geotiff_broke_may_come_back_mended():
    broken = changed(metadata={**RASTER["metadata"], "json:x": ['{"a"="=:"}']})
    assert judge.differences(broken, RASTER) == []
    assert [d.item for d in judge.differences(RASTER, broken)] == ["metadata"]


def test_a_crs_that_proj_takes_for_equivalent_but_for_its_ellipsoid_or_its_shift():
    osr = pytest.importorskip("osgeo.osr")
    osr.UseExceptions()

    def crs(text):
        found = osr.SpatialReference()
        found.ImportFromWkt(text)
        return {"wkt": found.ExportToWkt(["FORMAT=WKT2_2019"])}

    text = (
        'GEOGCS["GDA2020",DATUM["GDA2020",SPHEROID["a",6378137,298.257222101]TOWGS84,'
        'AUTHORITY["EPSG","1168"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
    )
    plain = crs(text.replace("TOWGS84", ""))
    assert judge.same_crs(plain, crs(text.replace("TOWGS84", "").replace("101]", "101004]")))
    assert not judge.same_crs(plain, crs(text.replace("TOWGS84", "").replace("298.257222101", "0")))
    assert not judge.same_crs(plain, crs(text.replace("TOWGS84", ",TOWGS84[1,2,3,0,0,0,0]")))
    assert not judge.same_crs(plain, None)


def test_nodata_of_floats():
    third = {**BAND, "type": "Float32", "nodata": repr(1 / 3)}
    rounded = {**third, "nodata": "0.3333333432674408"}
    beyond = {**third, "nodata": "1e+300"}
    assert judge.nodata(third) == judge.nodata(rounded) != judge.nodata(beyond)
    assert judge.nodata({**third, "type": "Byte"}) != judge.nodata(rounded)


def test_undefined_becomes_gray_but_gray_does_not_become_undefined():
    assert judge.color_interpretation("Undefined", "Gray")
    assert not judge.color_interpretation("Gray", "Undefined")


def test_the_mask_of_nodata_goes_with_nodata_alone():
    nodata = changed(band_mask_flags=8)
    without = changed(band_mask_flags=1, band_mask="n", band_nodata="None")
    assert [d.item for d in judge.differences(nodata, without)] == ["nodata"]
    kept = changed(band_mask_flags=1, band_mask="n")
    assert [d.item for d in judge.differences(nodata, kept)] == ["mask"]


def test_refusals_have_to_be_true():
    refused = {"refused": "x.tif: its bands have different data types", "step": "to FLAC"}
    assert judge.judge_case(refused, RASTER, {})[0] == "failed"
    mixed = {**RASTER, "bands": [BAND, {**BAND, "type": "UInt16"}]}
    assert judge.judge_case(refused, mixed, {}) == ("refused", [])
    crash = {"crash": "IndexError: 2"}
    assert judge.judge_case(crash, RASTER, {})[0] == "failed"


def test_compare_has_to_see_the_same():
    after = changed(band_unit="ft")
    blind = {"warnings": ["unit"], "identical": True, "compared": []}
    assert judge.judge_case(blind, RASTER, after)[1][0].startswith("compare says identical")
    seeing_things = {"warnings": [], "identical": False, "compared": ["crs"]}
    assert judge.judge_case(seeing_things, RASTER, RASTER)[1] == ["compare says different: crs"]
    right = {"warnings": [], "identical": True, "compared": []}
    assert judge.judge_case(right, RASTER, RASTER) == ("equal", [])


def test_the_time_of_a_band_may_be_added_where_grib_says_it():
    valid, added = "GRIB_VALID_TIME=1577836800 sec UTC", "TIME_START=2020-01-01T00:00:00Z"
    before = changed(band_metadata={"": [valid]})
    assert judge.differences(before, changed(band_metadata={"": [valid, added]})) == []
    wrong = changed(band_metadata={"": [valid, added.replace("2020", "2021")]})
    assert [found.item for found in judge.differences(before, wrong)] == ["metadata"]
    unasked = changed(band_metadata={"": [*BAND["metadata"][""], added], "MINE": ["B=2"]})
    assert [found.item for found in judge.differences(RASTER, unasked)] == ["metadata"]


def test_pixels_that_are_others_each_time_are_not_compared():
    other = changed(band_pixels="q")
    says = {"warnings": [], "identical": False, "compared": []}
    assert judge.judge_case(says, RASTER, other)[0] == "failed"
    unset, settled = changed(), changed()
    judge.leave_out_unset_pixels(unset, changed(band_pixels="r"))
    judge.leave_out_unset_pixels(settled, changed())
    assert judge.judge_case(says, unset, other) == ("equal", [])
    assert settled == RASTER
