"""A CRS of a stranger makes nobody open a file: neither GDAL nor PROJ is told where to look."""

import json
import os
import threading
import time

import pytest
import rasterio
import rasterio.shutil
from flac_raster_qgis.engine import Area, convert, info, query
from flac_raster_qgis.engine.errors import InputError, UnsupportedRaster
from flac_raster_qgis.engine.model.crs import LONGEST, refusal
from flac_raster_qgis.engine.rasterio_io.crs import crs_to_wkt, same_crs
from hypothesis import given
from hypothesis import strategies as st
from kits import crs_texts
from kits.durability import refused, retag, run_apart, write_flac, write_tif
from rasterio.crs import CRS

PATHS = {
    "absolute": "/etc/passwd",
    "optional": "@/etc/passwd",
    "second": "@null,../x.gsb",
    "server": "http://127.0.0.1/x.tif",
    "share": "\\\\host\\share\\x.gsb",
    "drive": "C:x.gsb",
    "device": "con",
    "home": "~/x.gsb",
    "working folder": "x.gsb",
    "quoted": '""/a""',
    "end of a list": "null,/a",
    "digits and dots": "../1",
    "like one of PROJ's": "us_noaa_../../x.tif",
}
#: Not WKT, and more than GDAL, PROJ and QGIS take for a CRS.
OTHER_NOTATIONS = [
    "",
    "nonsense",
    "/etc/passwd",
    "http://127.0.0.1/crs.prj",
    "+proj=longlat +nadgrids=/etc/passwd",
    "proj=longlat nadgrids=/etc/passwd",
    '{"type":"GeographicCRS","name":"WGS 84"}',
    "urn:ogc:def:crs:EPSG::4326",
    "IGNF:ETRS89UTM28+EPSG:5720",
    "EPSG:4326\0",
    "EPSG:4326\n",
    "EPSG:/etc/passwd",
    "EPSG:" + "9" * 10**5,
]
NOT_WKT = {
    "ends within": crs_texts.MERCATOR[:-1],
    "one bracket more": crs_texts.MERCATOR + "]",
    "something after it": crs_texts.MERCATOR + " EXTENSION",
    "a string for a keyword": crs_texts.MERCATOR.replace("PROJCS[", '"PROJCS"['),
    "a string in two": crs_texts.MERCATOR.replace('"Greenwich"', '"Green" "wich"'),
    "no comma": crs_texts.MERCATOR.replace('"Greenwich",', '"Greenwich" '),
    "printer's quotation marks": crs_texts.MERCATOR.replace('"Greenwich"', "“Greenwich”"),
    "NUL": crs_texts.MERCATOR.replace("Greenwich", "Green\0wich"),
    "escape": crs_texts.MERCATOR.replace("Greenwich", "Green\x1b[2Jwich"),
    "half a character": crs_texts.MERCATOR.replace("Greenwich", "\ud800"),
    "deep": "A[" * 17 + "]" * 17,
    "unknown keyword": crs_texts.MERCATOR.replace("PRIMEM[", "PRIMES["),
    "operation": 'COORDINATEOPERATION["x"]',
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_names_of_files(path):
    passed = [name for name, text in crs_texts.hostile(path).items() if not refusal(text)]
    assert passed == []


@pytest.mark.parametrize("text", crs_texts.HONEST.values(), ids=crs_texts.HONEST)
def test_definitions_of_other_programs(text):
    assert refusal(text) is None
    assert crs_to_wkt(text) == CRS.from_wkt(text).to_wkt()


@pytest.mark.parametrize("text", OTHER_NOTATIONS)
def test_other_notations(text):
    assert refusal(text)
    with pytest.raises(InputError):
        crs_to_wkt(text)


@pytest.mark.parametrize("text", NOT_WKT.values(), ids=NOT_WKT)
def test_not_quite_wkt(text):
    assert refusal(text)


def test_prose_is_prose():
    """What names a file in one place is a name in another."""
    for text in [
        crs_texts.MERCATOR.replace("Greenwich", "PROJ /etc/passwd"),
        crs_texts.remarked("see /usr/share/doc, or PROJ's: +proj=longlat"),
        crs_texts.remarked("PROJ CRS string: +proj=longlat +ellps=intl +type=crs"),
    ]:
        assert refusal(text) is None


# ---------------------------------------------------------------- real ones


def test_every_crs_of_projs_database():
    """A sample; ``make definitions`` takes all of them."""
    codes = crs_texts.codes()
    if not codes:
        pytest.skip("PROJ's database is not found")
    assert len(codes) > 10_000
    count = 0
    for code in codes[::61]:
        assert refusal(code) is None
        for text in crs_texts.spellings(code):
            count += 1
            assert refusal(text) is None, text
    assert count > 3 * len(codes[::61])


GRIDS = ["SPED2ETV2.gsb", "100800401.gsb", "bd72lb72_etrs89lb08.gsb", "A66_National_13_09_01.gsb"]
GRIDS += ["SAD96_003.gsb", "CA7072_003.gsb", "NA83SCRS.GSB", "ntf_r93.gsb", "cohpgn.gsb", "conus"]


@pytest.mark.parametrize("name", GRIDS)
def test_grids_under_their_older_names(name):
    for text in (crs_texts.bound("NTv2", name), crs_texts.datum_grids(f"@{name},null")):
        assert refusal(text) is None
    for other in (f"../{name}", f"/{name}", f"C:{name}", f"{name}/1", f"{name}.gsb", f"x{name}"):
        assert refusal(crs_texts.bound("NTv2", other)) and refusal(crs_texts.datum_grids(other))


def test_every_grid_of_projs_table():
    names = crs_texts.grids()
    if not names:
        pytest.skip("PROJ's database is not found")
    assert len(names) > 100
    assert [name for name in names if refusal(crs_texts.datum_grids(name))] == []


@pytest.mark.parametrize(
    "proj",
    [
        *(
            "healpix +rot_xy=42",
            "s2 +UVtoST=quadratic",
            "som +inc_angle=99 +ps_rev=1 +asc_lon=1",
        ),
        *("spilhaus +rot=45", "sch +plat_0=1 +plon_0=2 +phdg_0=3 +h_0=4", "topocentric +X_0=1"),
    ],
)
def test_parameters_of_rare_projections(proj):
    assert refusal(crs_texts.custom(f"+proj={proj} +ellps=GRS80")) is None
    assert refusal(crs_texts.projected("PROJ " + proj.replace("+", ""), "lat_0")) is None


@pytest.mark.parametrize("code", ["EPSG:4326", "ESRI:54009", "IGNF:LAMB93", "IAU_2015:30100"])
def test_codes_of_several_authorities(code):
    assert crs_to_wkt(code) == CRS.from_string(code).to_wkt()


@pytest.mark.parametrize("code", ["EPSG:abc", "EPSG:99999999", "ESRI:-", "TRAP:FIFO", "x:y.z"])
def test_codes_that_nobody_knows(code, tmp_path, monkeypatch):
    """GDAL takes a code of an unknown authority for the name of a file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / code).write_text(crs_texts.MERCATOR)
    with pytest.raises(InputError):
        crs_to_wkt(code)


@pytest.mark.parametrize("text", crs_texts.HONEST.values(), ids=crs_texts.HONEST)
def test_convert_keeps_honest_definitions(tmp_path, text):
    """Those that GDAL does not write into a GeoTIFF are in the sidecar."""
    path = write_flac(tmp_path / "in.flac")
    retag(path, CRS=text)
    said = convert(path, tmp_path / "out.tif").warnings
    assert not any("crs" in sentence for sentence in said)
    convert(tmp_path / "out.tif", tmp_path / "back.flac")
    assert same_crs(text, info(tmp_path / "back.flac")["crs"])
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert dataset.crs is not None


# ---------------------------------------------------------------- nothing is opened


@pytest.fixture
def trap(tmp_path):
    if not hasattr(os, "O_NONBLOCK") or not os.path.exists("/proc/sys/fs/inotify"):
        pytest.skip("what is opened is seen on Linux only")
    folder = tmp_path / "trap"
    folder.mkdir()
    with crs_texts.trap(folder) as made:
        yield made


def test_the_trap_is_seen(trap):
    """Of the ways to name a file, PROJ goes all that a test of this module says are refused."""
    gone = []
    for name, text in crs_texts.hostile(trap.path).items():
        with rasterio.Env():
            crs_texts.use(CRS.from_wkt(text))
        gone += [name] * trap.opened()
    assert {"datum", "geoid model", "remark", "authority", "method", "operation"} <= set(gone)


def test_nothing_is_opened_to_convert_or_to_find_an_area(tmp_path, trap):
    path = write_flac(tmp_path / "in.flac")
    for text in crs_texts.hostile(trap.path).values():
        retag(path, CRS=text)
        info(path)
        with refused(UnsupportedRaster, "the CRS names a file"):
            convert(path, tmp_path / "out.tif")
        with refused(InputError, "names a file"):
            query(path, Area(bbox=(0, 0, 1, 1), crs="EPSG:4326"))
    assert not trap.opened()


def test_a_raster_with_such_a_crs_is_not_converted(tmp_path, trap):
    """What is written must be read again. GDAL itself may open the file: a VRT names any."""
    for name in ("datum", "heights", "method"):
        path = write_tif(tmp_path / "in.vrt.tif")
        vrt = tmp_path / f"{name}.vrt"
        rasterio.shutil.copy(path, vrt, driver="VRT")
        crs = crs_texts.hostile(trap.path)[name]
        srs = f"<SRS>{crs.replace('&', '&amp;')}</SRS><VRTRasterBand "
        vrt.write_text(vrt.read_text().replace("<VRTRasterBand ", srs, 1))
        with refused(UnsupportedRaster, str(vrt), "the CRS names a file", "another one first"):
            convert(vrt, tmp_path / "out.flac")


def test_points_whose_crs_names_a_file(tmp_path, trap):
    path = write_flac(tmp_path / "in.flac")
    points = [{"row": n, "col": n * n, "x": n, "y": 1} for n in range(3)]
    details = {"bands": [{}], "gcps": points, "gcps_crs": crs_texts.hostile(trap.path)["datum"]}
    retag(path, METADATA=json.dumps(details))
    with refused(UnsupportedRaster, "names a file"):
        convert(path, tmp_path / "out.tif")
    assert not trap.opened()


def find_area(path):
    try:
        query(path, Area(bbox=(0, 0, 1, 1), crs="EPSG:4326"))
    except InputError:
        return "refused"
    return "found"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("kind", ["mercator", "datum", "remark", "geoid model", "code"])
def test_a_pipe_is_not_waited_for(tmp_path, kind, monkeypatch):
    """PROJ would open it and wait for ever for somebody to write."""
    monkeypatch.chdir(tmp_path)
    pipe = tmp_path / ("A:pipe" if kind == "code" else "grid.gsb")
    os.mkfifo(pipe)
    opened = threading.Event()

    def writer():
        with open(pipe, "wb"):
            opened.set()

    threading.Thread(target=writer, daemon=True).start()
    path = write_flac(tmp_path / "in.flac")
    retag(path, CRS="A:pipe" if kind == "code" else crs_texts.hostile(pipe)[kind])
    outcome = run_apart(find_area_from, tmp_path, path)
    assert outcome.text == "refused"
    assert outcome.seconds < 2 and not opened.is_set(), outcome


def find_area_from(folder, path):
    os.chdir(folder)
    return find_area(path)


# ---------------------------------------------------------------- time


@pytest.mark.parametrize("piece", ["grids=", '""', '"', "[", "A[", "A(B,", "1,", " ", ",", "x"])
@pytest.mark.parametrize("start", ["", "A[", 'A["', 'EXTENSION["PROJ4","', 'ID["x","'])
def test_time_in_proportion_to_length(start, piece):
    """Twice the length takes no more than four times as long, a megabyte hardly any time."""

    def seconds(length):
        text = (start + piece * length)[:length]
        times = []
        for _ in range(3):
            started = time.process_time()
            assert refusal(text)
            times.append(time.process_time() - started)
        return min(times)

    assert seconds(LONGEST) < 0.02 + 4 * seconds(LONGEST // 2)
    assert seconds(LONGEST) < 0.5
    assert seconds(1 << 20) < 0.01


@given(st.text(st.sampled_from('A[]()",="PROJ /\\@+1\n'), max_size=60))
def test_any_text_is_refused_or_wkt(text):
    reason = refusal(text)
    assert reason is None or reason
    if reason is None:
        assert text.count("[") + text.count("(") == text.count("]") + text.count(")") or '"' in text
