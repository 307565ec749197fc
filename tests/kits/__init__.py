"""Code that tests of several folders share; `qgis` has what needs PyQGIS."""

from pathlib import Path

#: The checkout.
ROOT = Path(__file__).resolve().parents[2]
#: Files that every reader of the format must read, each with its pixels as JSON.
VECTORS = ROOT / "tests" / "kits" / "vectors"
#: Files that releases of the package flac-raster wrote, beside what they were made of.
LEGACY_SAMPLES = ROOT / "tests" / "kits" / "legacy_samples"
