"""Fuzz every target for some seconds, in a process each, and write down what came of it.

python -m reliability.fuzzing --seconds 600 [--target file] [--out build/fuzz]
"""

import argparse
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

#: What files from strangers go through; atheris follows its branches.
_INSTRUMENTED = ["flac_raster_qgis", "mutagen", "diskcache"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", action="append", help="only this one; may be repeated")
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--replay", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return child(options.target[0], options.out, options.seconds)
    if options.replay:
        return replay_corpus(options.target[0], options.out)
    from .targets import TARGETS

    path = options.out / "results.json"
    results = json.loads(path.read_text()) if path.exists() else {}
    failed = 0
    for name in options.target or TARGETS:
        results[name] = parent(name, options.out, options.seconds)
        failed += results[name]["crashes"]
        path.write_text(json.dumps(results, indent=2) + "\n")
        print(f"{name}: {results[name]}", flush=True)
    sys.exit(1 if failed else 0)


def parent(name, out, seconds):
    """Fuzz a target, again after each crash until its time is over."""
    corpus, crashes = out / "corpus" / name, out / "crashes" / name
    corpus.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(parents=True, exist_ok=True)
    before = set(crashes.iterdir())
    save_seeds(name, corpus)
    log = out / f"{name}.log"
    common = [sys.executable, "-m", "fuzzing", "--target", name, "--out", str(out)]
    with open(log, "w") as file:
        ended = subprocess.run(
            [*common, "--child", "--seconds", str(seconds)], stdout=file, stderr=file, check=False
        )
    text = log.read_text(errors="replace")
    found = [path for path in crashes.iterdir() if path not in before]
    executions = re.findall(r"stat::number_of_executed_units:\s*(\d+)|executions: (\d+)", text)
    edges = re.findall(r"cov: (\d+)", text)
    lines = None
    if importlib.util.find_spec("coverage"):
        subprocess.run([*common, "--replay"], check=True)
        lines = json.loads((out / f"{name}.coverage.json").read_text())
    return {
        "seconds": seconds,
        "executions": int("".join(executions[-1])) if executions else 0,
        "edges": int(edges[-1]) if edges else None,
        "inputs kept": len(list(corpus.iterdir())),
        "lines": lines,
        "crashes": max(len(found), int(ended.returncode != 0)),
        "files": sorted(map(str, found)),
    }


def save_seeds(name, corpus):
    """Put the seeds, and what once crashed, where libFuzzer begins."""
    from .campaign import regressions
    from .targets import TARGETS

    target = TARGETS[name]
    for data in [*target.seeds(), *regressions(name)]:
        if len(data) <= target.longest:
            (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def child(name, out, seconds):
    """Fuzz one target in this process."""
    if importlib.util.find_spec("atheris"):
        import atheris

        with atheris.instrument_imports(include=_INSTRUMENTED):
            from .campaign import with_coverage
        with_coverage(name, out / "corpus" / name, out / "crashes" / name, seconds)
        return
    import time

    from .campaign import without_coverage

    executions, seed, end = 0, int(time.time()), time.monotonic() + seconds
    while time.monotonic() < end:
        executions += without_coverage(name, 200, seed).executions
        seed += 1
    print(f"executions: {executions}")


def replay_corpus(name, out):
    """Run everything that was kept once more, and say which lines of the engine it reaches."""
    import coverage

    measured = coverage.Coverage(data_file=None, source_pkgs=["flac_raster_qgis.engine"])
    measured.start()
    from flac_raster_qgis.engine import FlacRasterError

    from .targets import TARGETS

    for path in (out / "corpus" / name).iterdir():
        try:
            TARGETS[name].run(path.read_bytes())
        except FlacRasterError:
            continue
    measured.stop()
    reached = {}
    for path in measured.get_data().measured_files():
        _, statements, _, missing, _ = measured.analysis2(path)
        reached[path] = [len(statements) - len(missing), len(statements)]
    parsers = tuple(f"/engine/{parser}.py" for parser in _PARSERS.get(name, ()))
    relevant = {path: lines for path, lines in reached.items() if path.endswith(parsers)}
    done, total = map(sum, zip(*relevant.values()))
    (out / f"{name}.coverage.json").write_text(json.dumps({"reached": done, "of": total}))


_TILE = (
    "tile/decoding",
    "tile/header",
    "tile/inflate",
    "coding/segment",
    "coding/decode",
    "flac/stream",
)
_FILE = ("format/metadata_blocks", "reading/detect")
#: Modules of the engine that parse what the target is given.
_PARSERS = {
    "file": (*_FILE, "format/header", "format/tags", "format/index_text", "format/tag_text",
             "format/statistics", "format/metadata_json", "tile/inflate"),
    "tile-pyflac": (*_TILE, "flac/pyflac_backend"),
    "tile-soundfile": (*_TILE, "flac/soundfile_backend"),
    "legacy": (*_FILE, "legacy/tags", "legacy/index_entries", "legacy/plain_layout",
               "legacy/streaming_layout", "legacy/spatial_layout", "legacy/stream_decoder"),
    "cache": ("storage/disk_cache", "storage/cache_folder"),
    "http": ("storage/remote/probe", "storage/remote/response_checks", "storage/remote/transport",
             "storage/remote/http_source", "storage/remote/exceptions"),
    "redirects": ("storage/urls", "storage/reach", "storage/remote/transport",
                  "storage/remote/http_session"),
    "crs": ("model/crs", "model/wkt"),
    "index": ("format/index_text", "format/tag_text", "tile/inflate", "format/strict_json"),
    "bands": ("format/metadata_json", "model/attribute_table", "format/strict_json"),
}  # fmt: skip

if __name__ == "__main__":
    main()
