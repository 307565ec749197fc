"""Requests and bytes of looking at remote rasters: first read, gap limit, and beside COG.

    python -m benchmarks.remote --corpus FOLDER [--enlarge 4] [--folder build/bench]

Every raster is converted to FLAC and to a COG (DEFLATE, tiles of 512) and served by nginx. What a
view from nothing costs with other first reads and gap limits follows from the file's index, by the
functions that the reader itself uses; the settings as they are, and GDAL's /vsicurl on the COG, are
counted from nginx's log. Rasters are enlarged by mirroring, since most samples are small.

Seconds are computed: a connection costs two round trips (TCP, TLS), a request one more, requests of
a wave go over up to six connections, of which one is open already, and all share the bandwidth; the
first read begins with TCP's initial window of 14.6 kB, doubled each round trip.
Writes ``remote.md`` into the folder and prints it.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from flac_raster_qgis.engine import FlacRaster, Window, convert
from flac_raster_qgis.engine.remote import open_url
from flac_raster_qgis.engine.remote.ranges import GAP, beyond, coalesce
from flac_raster_qgis.engine.remote.wave import PARALLEL
from flac_raster_qgis.engine.source import FIRST_READ

FIRST_READS = (16 << 10, 32 << 10, 64 << 10, 128 << 10)
GAPS = (0, 16 << 10, 32 << 10, 64 << 10, 128 << 10, 256 << 10)
#: Seconds of a round trip, bytes a second.
NETWORKS = {"20 ms, 100 Mbit/s": (0.02, 12.5e6), "80 ms, 20 Mbit/s": (0.08, 2.5e6)}
SIDE = 500
CONFIG = """
daemon off; {user} pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    log_format requests '$request_method|$uri|$http_range|$body_bytes_sent';
    access_log {folder}/access.log requests;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


class Log:
    """What nginx was asked since the last look."""

    def __init__(self, path: Path):
        self._path, self._seen = path, 0

    def take(self) -> tuple[int, int]:
        """Return the number of requests and of bytes."""
        time.sleep(0.1)  # nginx writes it a moment after it answers
        lines = self._path.read_text().splitlines()[self._seen :]
        self._seen += len(lines)
        return len(lines), sum(int(line.rsplit("|", 1)[1]) for line in lines)


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, Log]]:
    """Run nginx on a folder; yield its address and its log."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if nginx is None:
        raise SystemExit("nginx is not installed; `make setup` installs it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = "user root root;" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, port=port, user=user))
    (folder / "access.log").unlink(missing_ok=True)
    process = subprocess.Popen([nginx, "-p", folder, "-c", config, "-e", folder / "error.log"])
    try:
        time.sleep(0.5)
        yield f"http://127.0.0.1:{port}", Log(folder / "access.log")
    finally:
        process.terminate()
        process.wait()


def prepare(source: Path, folder: Path, times: int) -> tuple[Path, Path]:
    """Make FLAC and COG of a raster, enlarged by mirroring it."""
    import rasterio
    import rasterio.shutil

    flac, cog = folder / f"{source.stem}.flac", folder / f"{source.stem}.tif"
    if not (flac.exists() and cog.exists()):
        large = folder / f"{source.stem}.large.tif"
        with rasterio.open(source) as dataset:
            array, profile = dataset.read(), dataset.profile
        row = np.concatenate([array, array[:, :, ::-1]] * (times // 2) or [array], axis=2)
        array = np.concatenate([row, row[:, ::-1]] * (times // 2) or [row], axis=1)
        profile.update(driver="GTiff", width=array.shape[2], height=array.shape[1])
        with rasterio.open(large, "w", **profile) as dataset:
            dataset.write(array)
        convert(large, flac, overwrite=True)
        rasterio.shutil.copy(large, cog, driver="COG", COMPRESS="DEFLATE", PREDICTOR="YES")
        large.unlink()
    return flac, cog


def views(raster: FlacRaster) -> dict[str, list[tuple[int, Window]]]:
    """Windows of 500 pixels at full resolution, and all of the raster at about that size."""
    generator = np.random.default_rng(5)
    whole = raster.levels[0]
    windows = [
        Window(
            int(generator.integers(0, max(0, whole.width - SIDE) + 1)),
            int(generator.integers(0, max(0, whole.height - SIDE) + 1)),
            min(SIDE, whole.width),
            min(SIDE, whole.height),
        )
        for _ in range(5)
    ]
    # GDAL, too, takes a level that is up to 1.2 times too coarse
    fitting = [level for level in raster.levels if max(level.width, level.height) >= SIDE / 1.2]
    level = fitting[-1] if fitting else whole
    return {"window": [(0, w) for w in windows], "zoomed out": [(level.number, level.window)]}


def cost(raster: FlacRaster, level: int, window: Window, first: int, gap: int) -> list[list[int]]:
    """Bytes of the requests of each wave, from nothing to the pixels."""
    size, head = raster.source.size, raster.head.index.frames_start
    waves = [[min(first, size)]]
    if head > first:
        waves.append([min(head + first, size) - first])
        first += waves[-1][0]
    ranges = raster.plan(window, level).ranges
    waves.append([length for _, length in coalesce(beyond(ranges, first), gap)])
    return [wave for wave in waves if wave]


def seconds(waves: list[list[int]], round_trip: float, bandwidth: float) -> float:
    """Time of a view; see the module's text."""
    total = (1 + math.ceil(math.log2(waves[0][0] / 14_600 + 1))) * round_trip
    for number, wave in enumerate(waves):
        rounds = -(-len(wave) // PARALLEL)
        more_connections = 2 if number == len(waves) - 1 and len(wave) > 1 else 0
        total += (rounds + more_connections) * round_trip + sum(wave) / bandwidth
    return total


def mean(values: list[float]) -> float:
    """Return the mean, 0 of nothing."""
    return statistics.fmean(values) if values else 0.0


def settings_table(rasters: list[FlacRaster], kind: str) -> Iterator[str]:
    """Yield the lines of the table of one kind of view."""
    yield f"\n{kind}, mean of {len(rasters)} rasters:\n"
    yield f"| first read | gap | requests | kB | {' | '.join(f's at {n}' for n in NETWORKS)} |"
    yield "|---|---|---|---|" + "---|" * len(NETWORKS)
    for first in FIRST_READS:
        for gap in GAPS:
            all_waves = [
                cost(raster, level, window, first, gap)
                for raster in rasters
                for level, window in views(raster)[kind]
            ]
            cells = [
                f"{first >> 10} kB",
                f"{gap >> 10} kB",
                f"{mean([sum(map(len, waves)) for waves in all_waves]):.2f}",
                f"{mean([sum(map(sum, waves)) for waves in all_waves]) / 1000:.0f}",
                *(
                    f"{mean([seconds(waves, *network) for waves in all_waves]):.3f}"
                    for network in NETWORKS.values()
                ),
            ]
            yield f"| {' | '.join(cells)} |"


def gdal_view(url: str, kind: str, window: Window, out: Path) -> None:
    """Have a fresh GDAL look at a COG."""
    place = ["-srcwin", *map(str, window)] if kind == "window" else ["-outsize", str(SIDE), "0"]
    settings = {
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
        "GDAL_PAM_ENABLED": "NO",
        "GDAL_NUM_THREADS": "1",
    }
    command = ["gdal_translate", "-q", *place, f"/vsicurl/{url}", str(out)]
    subprocess.run(command, check=True, env={**os.environ, **settings})


def compared(files: list[tuple[Path, Path]], address: str, log: Log, folder: Path) -> Iterator[str]:
    """Yield the lines of the table beside COG, counted by the server."""
    yield "\n| raster | view | FLAC requests | kB | COG requests | kB |"
    yield "|---|---|---|---|---|---|"
    for flac, cog in files:
        with FlacRaster.open(flac) as local:
            wanted = views(local)
        for kind, places in wanted.items():
            found = []
            for level, window in places:
                log.take()
                with FlacRaster.open(open_url(f"{address}/{flac.name}", memory=None)) as raster:
                    plan = raster.plan(window, level)
                    raster.read(window, level)
                ours = log.take()
                if ours[0] != 1 + len(plan.fetches):
                    raise SystemExit(f"{flac.name}: {ours} seen, planned {plan.fetches}")
                gdal_view(f"{address}/{cog.name}", kind, window, folder / "out.tif")
                found.append((*ours, *log.take()))
            a, b, c, d = (mean([row[n] for row in found]) for n in range(4))
            yield f"| {flac.stem} | {kind} | {a:.1f} | {b / 1000:.0f} | {c:.1f} | {d / 1000:.0f} |"


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder of .tif")
    parser.add_argument("--enlarge", type=int, default=4, help="times in each direction, even")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    options = parser.parse_args()
    folder = (options.folder / f"remote-{options.enlarge}").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    sources = sorted(options.corpus.glob("*.tif"))
    files = [prepare(path, folder, options.enlarge) for path in sources]
    rasters = [FlacRaster.open(flac) for flac, _ in files]
    lines = [f"First read {FIRST_READ >> 10} kB, gap {GAP >> 10} kB."]
    for kind in ("window", "zoomed out"):
        lines += settings_table(rasters, kind)
    with serving(folder) as (address, log):
        lines += compared(files, address, log, folder)
    text = "\n".join(lines)
    (options.folder / "remote.md").write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
