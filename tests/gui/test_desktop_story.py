"""A user's whole story in the real desktop, with a real mouse and a real server."""

from __future__ import annotations

import numpy as np
import pytest
from kits.desktop import Desktop
from kits.landscape import PLACE, mountains, write_flac

pytestmark = pytest.mark.gui


@pytest.fixture(scope="module")
def array():
    return mountains(1600, 2000)


def test_the_whole_story(server, control, array, tmp_path):
    write_flac(server.folder / "alps.flac", array)
    write_flac(server.folder / "other.flac", array[:, ::-1])
    np.save(tmp_path / "array.npy", array)
    desktop = Desktop(
        "story.py",
        tmp_path,
        {
            "url": server.url("alps.flac"),
            "slow_url": server.url("slow/alps.flac"),
            "other_url": server.url("other.flac"),
            "array": str(tmp_path / "array.npy"),
            "left": PLACE[2],
            "top": PLACE[5],
            "pixel": PLACE[0],
            "control": str(control.path),
        },
        settings="cache\\enabled=false",
    )
    found = desktop.wait(120, control.obey)
    print(found)
    assert found["facts"]["Size"] == "2,000 × 1,600 pixels"
    assert found["facts"]["preview"] and found["facts"]["crs"] == "EPSG:32632"
    drawn = found["drawn"]
    size = drawn["bytes_to_read"] / 1e3
    assert drawn["line"].startswith(f"{drawn['tiles']} tiles, {size:.0f} kB in ")
    assert drawn["line"].endswith(" % of the file") and not drawn["checked"]
    assert drawn["lines"] >= 4  # it follows the mouse
    fetched = server.requests()[: drawn["requests"]]  # what it said it would fetch, and no more
    assert sum(int(size) for *_, size in fetched) == drawn["bytes_to_read"]
    streamed = found["streamed"]
    assert streamed["identical"] and streamed["placed"] and streamed["provider"] == "gdal"
    assert streamed["line after"].endswith("nothing to download")
    assert streamed["longest stall"] < 0.1 and streamed["ticks"] > 5
    live = found["live"]
    assert live["identified"] == [True] * 3 and live["moved"] and live["name"] == "alps"
    assert found["clipped"] == {"provider": "flacraster", "source": "extent=", "size": True}
    cancelled = found["cancelled"]
    assert cancelled.pop("seconds") < 1 and " of " in cancelled.pop("progress")
    assert cancelled == {"layers": True, "button back": True, "files left": []}
    outage = found["outage"]
    assert outage["details"] == 1 and outage["layers kept"]
    assert outage["message"].startswith("The area was not streamed: ")
    assert found["given up"] == {
        "escaped": True,
        "map moved, pixels": 0,
        "same area": True,
        "another tool stays": True,
    }
