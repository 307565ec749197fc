"""The history of a pixel, and the size of series: this project compared with GeoTIFF and NetCDF.

    python -m benchmarks.time_series [--corpus FOLDER] [--folder build/bench]

1500 dates of 360 x 180 pixels (int16, weather made by the script) are stored with default tiles,
with others, as GeoTIFF in blocks of 128 and as COG (ZSTD, predictor), and as NetCDF (zlib, a date a
chunk) if xarray and netCDF4 or h5netcdf are installed. Each pixel is read by a new process, whose
modules are imported before the clock starts: from the local file, and from nginx over a connection
of 40 ms and 100 Mbit/s, see ``remote.link``. Values are compared with those that were written.

Then the size of eight series with default tiles, relative to files with all bands in one tile of
the size that rasters without dates have; without overviews.
With a folder of rasters, three of them have pixels of these, changed from date to date. Writes
``time_series.md`` and prints it.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import numpy as np
import rasterio
import rasterio.shutil
import rasterio.windows
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    FlacRaster,
    RasterMetadata,
    WriteOptions,
    write_raster,
)
from flac_raster_qgis.engine.model.band_times import with_times
from flac_raster_qgis.engine.model.grid import default_tile_size
from flac_raster_qgis.engine.model.times import Time

from .interleave import dates as changed
from .remote.__main__ import SLOW, link
from .remote.server import Nginx, serving
from .tables import options_of, write_page

ROOT = Path(__file__).parents[1]
DATES, HEIGHT, WIDTH = 1500, 180, 360
PLACE = (1.0, 0.0, -180.0, 0.0, -1.0, 90.0)
TIMES = 3
#: Names of files and what reads them.
FILES = {
    "FLAC, default (tiles of 128)": "auto.flac",
    "FLAC, `--tile-size 64`": "64.flac",
    "FLAC, `--tile-size 1024`": "1024.flac",
    "GeoTIFF, blocks of 128, bands together": "pixel.tif",
    "GeoTIFF, blocks of 128, bands apart": "band.tif",
    "COG": "cog.tif",
    "NetCDF, a date a chunk": "date.nc",
}


def smooth(random: np.random.Generator, shape: tuple[int, int], length: float) -> np.ndarray:
    """Return a field of weather: noise of wavelengths above some pixels, with a deviation of 1."""
    rows, columns = np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None]
    kept = np.exp(-((np.hypot(rows, columns) * length) ** 2))
    field = np.fft.irfft2(np.fft.rfft2(random.normal(size=shape)) * kept, shape)
    return np.asarray(field / field.std())


def weather(count: int, height: int, width: int, per_year: float, noise: float) -> np.ndarray:
    """Return temperatures: climate, seasons, weather that stays for days, and noise."""
    random = np.random.default_rng(0)
    latitude = np.linspace(90, -90, height)[:, None]
    climate = 30 * np.cos(np.radians(latitude)) - 5 + 4 * smooth(random, (height, width), 30)
    found = np.empty((count, height, width), "float32")
    now = smooth(random, (height, width), 20)
    for number in range(count):
        now = 0.8 * now + 0.6 * smooth(random, (height, width), 20)
        season = np.sin(2 * np.pi * number / per_year) * latitude / 6
        found[number] = climate + season + 3 * now + random.normal(0, noise, (height, width))
    return found


def raster_of(array: np.ndarray, per_date: int = 1, nodata: float | None = None) -> ArrayRaster:
    """Return a raster whose bands are days."""
    count, height, width = array.shape
    bands = tuple(Band(nodata=nodata) for _ in range(count))
    metadata = RasterMetadata(
        width, height, array.dtype.name, bands, crs="EPSG:4326", transform=PLACE
    )
    days = [datetime(2020, 1, 1) + timedelta(days=n // per_date) for n in range(count)]
    times = [Time(day, day + timedelta(days=1)) for day in days]
    labels = [str(n % per_date) for n in range(count)]
    return ArrayRaster(with_times(metadata, times, labels), array)


# ---------------------------------------------------------------- the history of a pixel


def write_all(folder: Path, array: np.ndarray) -> Iterator[tuple[str, Path, float]]:
    """Write the series in each format; yield name, path and seconds."""
    raster = raster_of(array)
    sizes = {"auto.flac": None, "64.flac": 64, "1024.flac": 1024}
    for name, file in FILES.items():
        path = folder / file
        started = time.perf_counter()
        if file in sizes:
            write_raster(raster, path, WriteOptions(tile_size=sizes[file]))
        elif path.suffix == ".tif":
            write_tiff(path, array, file)
        elif not write_netcdf(path, array):
            continue
        yield name, path, time.perf_counter() - started


def write_tiff(path: Path, array: np.ndarray, file: str) -> None:
    """Write a GeoTIFF, or a COG."""
    described = {"crs": "EPSG:4326", "transform": rasterio.Affine(*PLACE), "dtype": "int16"}
    described |= {"compress": "ZSTD", "BIGTIFF": "IF_SAFER", "count": len(array)}
    described |= {"height": HEIGHT, "width": WIDTH}
    if file == "cog.tif":
        described |= {"driver": "COG", "predictor": "YES", "OVERVIEWS": "NONE"}
        with rasterio.MemoryFile() as memory:
            plain = {**described, "driver": "GTiff", "compress": "NONE"}
            del plain["predictor"], plain["OVERVIEWS"]
            with memory.open(**plain) as made:
                made.write(array)
            with memory.open() as source:
                rasterio.shutil.copy(
                    source, path, driver="COG", compress="ZSTD", predictor="YES", overviews="NONE"
                )
        return
    described |= {"driver": "GTiff", "predictor": 2, "tiled": True, "interleave": path.stem}
    with rasterio.open(path, "w", blockxsize=128, blockysize=128, **described) as made:
        made.write(array)


def write_netcdf(path: Path, array: np.ndarray) -> bool:
    """Write a NetCDF by xarray; return whether there are the packages for it."""
    engine = netcdf_engine()
    if engine is None:
        return False
    import xarray

    days = np.datetime64("2020-01-01", "ns") + np.arange(DATES) * np.timedelta64(1, "D")
    coordinates = {"time": days, "y": 89.5 - np.arange(HEIGHT), "x": np.arange(WIDTH) - 179.5}
    made = xarray.Dataset({"t": (("time", "y", "x"), array)}, coordinates)
    storage = {"zlib": True, "complevel": 4, "shuffle": True, "chunksizes": (1, HEIGHT, WIDTH)}
    made.to_netcdf(path, engine=engine, encoding={"t": storage})
    return True


def netcdf_engine() -> str | None:
    """Return the name of the engine of xarray for NetCDF-4."""
    if importlib.util.find_spec("xarray") is None:
        return None
    names = {"h5netcdf": "h5netcdf", "netCDF4": "netcdf4"}
    found = (engine for name, engine in names.items() if importlib.util.find_spec(name))
    return next(found, None)


def read(url: str, column: int, row: int) -> None:
    """Read a pixel in this process; print seconds, seconds of the processor, and a checksum."""
    if url.endswith(".flac"):
        from flac_raster_qgis.engine import sample
        from flac_raster_qgis.engine.flac import backend
        from flac_raster_qgis.engine.storage.remote import http_source  # noqa: F401

        backend()
        point = [(PLACE[2] + column + 0.5, PLACE[5] - row - 0.5)]

        def values() -> np.ndarray:
            return np.asarray(sample(url, point).values[0].data)

    elif url.endswith(".tif"):
        name = f"/vsicurl/{url}" if url.startswith("http") else url

        def values() -> np.ndarray:
            options = {"GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR", "GDAL_CACHEMAX": 1 << 30}
            with rasterio.Env(**options), rasterio.open(name) as dataset:
                window = rasterio.windows.Window(column, row, 1, 1)
                return np.asarray(dataset.read(window=window)[:, 0, 0])

    else:
        import fsspec
        import xarray

        def values() -> np.ndarray:
            file = fsspec.open(url).open() if url.startswith("http") else url
            with xarray.open_dataset(file, engine=netcdf_engine()) as found:
                return np.asarray(found["t"][:, row, column].values)

    clock, processor = time.perf_counter(), time.process_time()
    found = values()
    seconds, busy = time.perf_counter() - clock, time.process_time() - processor
    sys.stdout.write(json.dumps([seconds, busy, found.astype(int).tolist()]))


def taken(url: str, column: int, row: int, expected: np.ndarray) -> tuple[float, float]:
    """Read a pixel in a new process; return seconds and seconds of the processor."""
    command = [sys.executable, "-m", "benchmarks.time_series", "--read", url, str(column), str(row)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, busy, values = json.loads(done.stdout)
    if values != expected.tolist():
        raise SystemExit(f"{url}: values differ")
    return seconds, busy


def histories(folder: Path, array: np.ndarray, nginx: Nginx, slow_port: int) -> Iterator[str]:
    """Yield the lines of the first table."""
    random = np.random.default_rng(1)
    places = [(int(random.integers(WIDTH)), int(random.integers(HEIGHT))) for _ in range(TIMES)]
    yield f"{DATES} dates of {WIDTH} x {HEIGHT} int16, one pixel; the shortest of {TIMES} times:\n"
    yield (
        "| | file, MB | written, s | local, s | of them processor | "
        f"{SLOW[0]} ms, {SLOW[1]} Mbit/s: s | requests | MB |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for name, path, seconds in write_all(folder, array):
        size = path.stat().st_size / 1e6
        here = [taken(str(path), *place, array[:, place[1], place[0]]) for place in places]
        there = []
        for column, row in places:
            if path.suffix == ".nc" and netcdf_engine() != "h5netcdf":
                continue
            nginx.forget()
            url = f"http://127.0.0.1:{slow_port}/{path.name}"
            lasted, _ = taken(url, column, row, array[:, row, column])
            requests = nginx.requests()
            there.append((lasted, len(requests), sum(one.bytes for one in requests) / 1e6))
        far = "| | |"
        if there:
            far = "{:.2f} | {:.0f} | {:.1f} |".format(*(min(each) for each in zip(*there)))
        near, busy = (min(each) for each in zip(*here))
        yield f"| {name} | {size:.1f} | {seconds:.1f} | {near:.3f} | {busy:.3f} | {far}"


# ---------------------------------------------------------------- sizes


def series(corpus: Path | None) -> Iterator[tuple[str, np.ndarray, int]]:
    """Yield names, arrays, and bands of a date."""
    yield (
        "365 days of temperature, int16",
        np.rint(10 * weather(365, 200, 200, 365, 0.3)).astype("int16"),
        1,
    )
    yield "36 months of temperature, float32", weather(36, 180, 170, 12, 0.3), 1
    random = np.random.default_rng(3)
    rain = np.stack([smooth(random, (200, 200), 12) for _ in range(168)])
    yield (
        "168 hours of rain, uint16, mostly 0",
        np.clip(900 * (rain - 1), 0, None).astype("uint16"),
        1,
    )
    ice = np.clip(weather(60, 200, 200, 12, 0.1) / 12, -1, 1)
    yield "60 months of a fraction, float32", ice, 1
    classes = np.digitize(smooth(random, (300, 300), 15), [-1, -0.3, 0.4, 1.2]).astype("uint8")
    years = np.stack([classes] * 12)
    for number in range(1, 12):  # one pixel in a hundred is another class from then on
        spots = random.random((300, 300)) < 0.01
        years[number:, spots] = random.integers(0, 5, spots.sum())
    yield "12 years of land cover, uint8", years, 1
    if corpus is None:
        return
    for file, count, per_date in (
        ("s2_band_u16.tif", 24, 1),
        ("landsat_rgb_u16.tif", 8, 3),
        ("dem_srtm_i16.tif", 24, 1),
    ):
        with rasterio.open(corpus / file) as dataset:
            bands = dataset.read()[:per_date, :700, :700]
        if per_date == 1 and file.startswith("s2"):
            array = changed(bands[0] / 40, count)
        else:  # seasons and weather over what is there
            change = 1 + 0.1 * weather(count, *bands.shape[1:], 12, 0.02) / 30
            array = np.concatenate([bands * each for each in change]).astype(bands.dtype)
        yield f"{file[:-4]}, {count} dates", array, per_date


def sizes(folder: Path, corpus: Path | None) -> Iterator[str]:
    """Yield the lines of the second table."""
    yield "\n| series | bands of a tile | tile size | size / raw | all bands in a large tile = 1 |"
    yield "|---|---|---|---|---|"
    for name, array, per_date in series(corpus):
        raster, path = raster_of(np.ascontiguousarray(array), per_date), folder / "series.flac"
        found = []
        side = default_tile_size(*array.shape[:0:-1])
        for options in (WriteOptions(), WriteOptions(interleave="pixel", tile_size=side)):
            write_raster(raster, path, replace(options, overview_resampling="none"))
            found.append(path.stat().st_size)
        write_raster(raster, path, WriteOptions())
        with FlacRaster.open(path) as made:
            grid = made.grid
        yield (
            f"| {name} | {grid.tile_bands} | {grid.tile_size} | {found[0] / array.nbytes:.3f} | "
            f"{found[0] / found[1]:.3f} |"
        )


def main() -> None:
    """Run the benchmark."""
    options = options_of(__doc__, ROOT / "build" / "bench")
    folder = (options.folder / "time_series").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    array = np.rint(100 * weather(DATES, HEIGHT, WIDTH, 365, 0.02)).astype("int16")
    with serving(folder) as nginx, link(nginx) as slow_port:
        lines = chain(histories(folder, array, nginx, slow_port), sizes(folder, options.corpus))
        write_page(options.folder / "time_series.md", lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(sys.argv[2], *map(int, sys.argv[3:]))
    else:
        main()
