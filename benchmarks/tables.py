"""Shared options of benchmarks, and tables that are printed during the measurement."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path


def options_of(text: str, folder: Path) -> argparse.Namespace:
    """Parse the command line of a benchmark, described by the first line of its docstring."""
    parser = argparse.ArgumentParser(description=text.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, help="folder of .tif")
    parser.add_argument("--folder", type=Path, default=folder)
    return parser.parse_args()


def options_of_enlarged(text: str, folder: Path, side: int) -> argparse.Namespace:
    """Parse the command line of a benchmark that enlarges rasters; create its folder."""
    parser = argparse.ArgumentParser(description=text.partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder of .tif")
    parser.add_argument("--side", type=int, default=side, help="pixels of the enlarged rasters")
    parser.add_argument("--folder", type=Path, default=folder)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    return options


def write_page(path: Path, lines: Iterable[str]) -> None:
    """Print lines as they arrive, then write all of them to a file."""
    kept = []
    for line in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        kept.append(line)
    path.write_text("\n".join(kept) + "\n")
