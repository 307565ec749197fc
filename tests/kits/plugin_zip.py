"""Make the zip from copies of the checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from kits import ROOT


def copy_checkout(target: Path) -> Path:
    """Copy what git knows of the checkout; links of a checkout in which tests ran stay behind."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if not name.startswith(("tests/", "docs/")) and (ROOT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def build(checkout: Path, **environment: str) -> Path:
    """Run `make zip` there, without make."""
    done = subprocess.run(
        [sys.executable, "packaging/make_zip.py"],
        cwd=checkout,
        env=environment or None,
        check=True,
        capture_output=True,
        text=True,
    )
    (made,) = (checkout / "build").glob("*.zip")
    assert f"build/{made.name}: " in done.stdout
    return made
