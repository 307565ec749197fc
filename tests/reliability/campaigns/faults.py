"""Let disks, folders and servers fail at random: a right result, or a typed error and no harm."""

import random
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from flac_raster_qgis.engine import FlacRaster, FlacRasterError, compare, verify
from flac_raster_qgis.engine.storage.open import open_url
from flac_raster_qgis.engine.storage.remote.retry import RetryPolicy
from kits.durability import noise, run_apart, write_either
from kits.remote import HangUp, Server, cut, part, reply, says
from kits.remote import noise as remote_noise
from kits.remote import write_flac as write_remote

from . import SCALE, save
from .kills import OLD, OPERATIONS

DISKS, FOLDERS, READS = 60 * SCALE, 24 * SCALE, 400 * SCALE


# ---------------------------------------------------------------- disks and folders


def _with_little_room(function, source, output, room):
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    function(source, output)


def _outcome(source, output, error):
    """Say what an operation that failed, or not, has left."""
    hidden = [path for path in output.parent.glob(".*")] if output.parent.exists() else []
    if hidden:
        return "LEFTOVERS"
    if error:
        kept = not output.parent.exists() or output.read_bytes() == OLD
        return f"{error}, the older file kept" if kept else "LOST"
    whole = compare(source, output).pixels_identical
    return "a whole new file" if whole else "DAMAGED"


def full_disks(folder, times, rng):
    """Let the disk be full after a random number of bytes."""
    found = Counter()
    for number in range(times):
        function, source, name = list(OPERATIONS.values())[number % len(OPERATIONS)]
        output = folder / "disks" / name
        output.parent.mkdir(exist_ok=True)
        output.write_bytes(OLD)
        room = rng.choice([0, rng.randrange(2000), rng.randrange(200_000)])
        outcome = run_apart(_with_little_room, function, folder / source, output, room, seconds=60)
        found[_outcome(folder / source, output, outcome.error)] += 1
        shutil.rmtree(output.parent)
    return found


def _seconds(function, source, output):
    """Return how long an operation takes, the second time, when all is imported."""
    for _ in range(2):
        start = time.perf_counter()
        function(source, output)
        seconds = time.perf_counter() - start
        output.unlink()
    return seconds


def lost_folders(folder, times, rng):
    """Take the folder of the output away at a random moment, mostly before the operation ends."""
    found = Counter()
    operations = list(OPERATIONS.values())
    seconds = [
        _seconds(function, folder / source, folder / f"timed-{name}")
        for function, source, name in operations
    ]
    for number in range(times):
        function, source, name = operations[number % len(operations)]
        output = folder / "folders" / name
        output.parent.mkdir()
        output.write_bytes(OLD)

        moves = number // len(OPERATIONS) % 2

        def take_away(parent=output.parent, moves=moves):
            if moves:
                parent.rename(folder / "elsewhere")
            else:
                shutil.rmtree(parent, ignore_errors=True)

        moment = rng.uniform(0, 1.2 * seconds[number % len(operations)])
        timer = threading.Timer(moment, take_away)
        timer.start()
        error = ""
        try:
            function(folder / source, output)
        except FlacRasterError as problem:
            error = type(problem).__name__
        timer.join()
        elsewhere = folder / "elsewhere"
        if elsewhere.exists():
            moved = elsewhere / name
            whole = moved.read_bytes() == OLD or compare(folder / source, moved).pixels_identical
            found[f"{error or 'done'}, moved with its folder" if whole else "LOST"] += 1
        else:
            found[f"{error or 'done'}, gone with its folder"] += 1
        shutil.rmtree(elsewhere, ignore_errors=True)
        shutil.rmtree(output.parent, ignore_errors=True)
    return found


# ---------------------------------------------------------------- servers


def _hang_up(request):
    raise HangUp
    yield


def _flipped(data, rng):
    def step(request):
        (whole,) = part(data)(request)
        start = whole.index(b"\r\n\r\n") + 4
        position = rng.randrange(start, len(whole))
        yield (
            whole[:position]
            + bytes([whole[position] ^ 1 << rng.randrange(8)])
            + whole[position + 1 :]
        )

    return step


def server_faults(data, rng):
    """Return what a server may do wrong, by name: functions that make a step of a script."""
    shifted = f"bytes 1-{len(data) - 1}/{len(data)}"
    return {
        "hangs up": lambda: _hang_up,
        "breaks off": lambda: cut(data, rng.randrange(2000)),
        "500": lambda: says(500),
        "503 with Retry-After": lambda: says(503, Retry_After="0"),
        "429": lambda: says(429),
        "404": lambda: says(404),
        "403": lambda: says(403),
        "a web page": lambda: says(200, b"<html>", Content_Type="text/html"),
        "another range": lambda: part(data, Content_Range=shifted),
        "no Content-Range": lambda: part(data, Content_Range=None),
        "compressed": lambda: part(data, Content_Encoding="gzip"),
        "another ETag": lambda: part(data, ETag='"two"'),
        "another length": lambda: part(data + b"more"),
        "a redirect to itself": lambda: says(302, Location="/x.flac"),
        "no HTTP at all": lambda: lambda request: [b"\x00\xff" * 50],
        "a flipped bit": lambda: _flipped(data, rng),
        "416": lambda: lambda request: [reply(416, {"Content-Range": f"bytes */{len(data)}"})],
    }


def faulty_servers(folder, times, rng, share=0.2):
    """Read a raster from a server that answers wrongly now and then."""
    path = write_remote(folder / "remote.flac", remote_noise(200, 200))
    data, array = path.read_bytes(), remote_noise(200, 200)
    faults, found, injected = server_faults(data, rng), Counter(), Counter()
    retry = RetryPolicy(1, 1, 4, 1e9, attempts=4, backoff=0.001, max_wait=0.05)
    lock = threading.Lock()

    def answer(request):
        with lock:
            if rng.random() < share:
                name = rng.choice(list(faults))
                injected[name] += 1
                step = faults[name]()
            else:
                step = part(data)
        return step(request)

    server = Server(always=answer)
    try:
        for _ in range(times):
            started = time.monotonic()
            try:
                source = open_url(server.url, retry=retry, memory_cache=None)
                with FlacRaster.open(source, workers=1) as raster:
                    pixels = raster.read_masked(check_md5=True)[0]
                found["right pixels" if (pixels == array).all() else "WRONG"] += 1
            except FlacRasterError as error:
                found[type(error).__name__] += 1
            if time.monotonic() - started > 15:
                found["SLOW"] += 1
    finally:
        server.close()
    return found, injected, len(server.requests)


def main():
    started, rng = time.monotonic(), random.Random(5)
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    try:
        for name in ("in.tif", "in.flac"):
            write_either(folder / name, noise(250, 250))
        disks = full_disks(folder, DISKS, rng)
        print(disks, flush=True)
        folders = lost_folders(folder, FOLDERS, rng)
        print(folders, flush=True)
        reads, injected, requests = faulty_servers(folder, READS, rng)
        assert verify(folder / "in.flac").valid
    finally:
        shutil.rmtree(folder)
    save(
        "faults",
        {
            "full disks": {"times": DISKS, **disks},
            "lost folders": {"times": FOLDERS, **folders},
            "faulty servers": {"reads": READS, "requests": requests, **reads},
            "faults of servers": {
                "all": injected.total() if hasattr(injected, "total") else sum(injected.values()),
                **injected,
            },
        },
        started,
    )
    bad = {"LOST", "DAMAGED", "WRONG", "SLOW", "LEFTOVERS"}
    sys.exit(bool(bad & {*disks, *folders, *reads}))
