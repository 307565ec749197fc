#!/usr/bin/env bash
# Make this checkout ready to run, from a bare Debian 12 onwards:
#   1. QGIS and the other system packages, by apt
#   2. .venv: the Python dependencies, beside QGIS's own Python
#   3. build/profile: a QGIS profile in which the plugin is installed and enabled
# Does only what is missing, so that every make target can call it first: under a second when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."

# ---- 1. system packages --------------------------------------------------------------------------------------------
packages=(
    qgis python3-qgis qgis-providers # the desktop, qgis_process, PyQGIS
    python3-rasterio gdal-bin        # GeoTIFF in and out, on the same GDAL as QGIS; gdal_translate for comparisons
    proj-data                        # the geoid grid that `make demo` converts
    flac                             # the reference decoder, which tests ask for a second opinion
    nginx                            # a real web server for the tests of remote rasters
    e2fsprogs                        # chattr, which locks a folder for root as well
    qttools5-dev-tools               # lrelease, which compiles translations
    xvfb xauth imagemagick           # a screen without a screen, and pictures of it
    python3-venv                     # for .venv
    python3-dev gcc                  # pyflac has no wheels for Linux: pip compiles it
)
if ! command -v dpkg-query >/dev/null; then
    echo "setup: this script knows Debian and Ubuntu only. Elsewhere install the equivalents of:" >&2
    echo "  ${packages[*]}" >&2
    exit 1
fi
installed=$(dpkg-query -W -f='${db:Status-Status}:${Package}\n' "${packages[@]}" 2>/dev/null || true)
if [[ $installed$'\n' != *installed:qgis$'\n'* ]] && /usr/bin/python3 -c 'import qgis.core' 2>/dev/null; then
    packages=("${packages[@]:3}") # all but the first line: QGIS was compiled here, as in its Docker images
fi
missing=()
for package in "${packages[@]}"; do
    [[ $'\n'$installed$'\n' == *$'\n'installed:$package$'\n'* ]] || missing+=("$package")
done
if ((${#missing[@]})); then
    if ((EUID == 0)); then
        as_root=(env)
    elif sudo -n true 2>/dev/null; then
        as_root=(sudo -n env)
    else
        echo "setup: needs system packages and may not install them. Run this, then try again:" >&2
        echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    echo "setup: installing ${missing[*]}"
    apt=("${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
    log=$(mktemp)
    "${apt[@]}" update
    # hundreds of lines nobody reads, unless it fails
    if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        echo "setup: apt-get failed; all it said is in $log" >&2
        exit 1
    fi
    rm -f "$log"
fi

# ---- 2. .venv ------------------------------------------------------------------------------------------------------
# /usr/bin/python3, whatever `python3` is on PATH: it is the one QGIS embeds. It also sees the system's packages, and
# numpy and rasterio stay the system's: QGIS's gdal module and Debian's rasterio are compiled for exactly that numpy,
# and pip's rasterio would bring a second GDAL into QGIS's process.
python=/usr/bin/python3
made_for="$("$python" -VV) in $PWD" # a .venv cannot follow a new Python, nor a checkout that moved
contents=$(
    {
        dpkg-query -W python3-numpy python3-rasterio
        cat pyproject.toml setup.py requirements.txt engine/_version.py packaging/setup.sh
    } | sha256sum
)
stamp=.venv/setup-stamp
if [[ $(cat "$stamp" 2>/dev/null) != "$made_for"$'\n'"$contents" ]]; then
    echo "setup: installing Python packages in .venv"
    [[ $(head -n 1 "$stamp" 2>/dev/null) == "$made_for" ]] || rm -rf .venv
    "$python" -m venv --system-site-packages .venv
    "$python" - >.venv/constraints.txt <<'PYTHON'
from importlib.metadata import version
for name in ("numpy", "rasterio"):
    print(f"{name}=={version(name)}")
PYTHON
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --constraint .venv/constraints.txt --editable '.[test-qgis,lint]'
    mkdir -p .venv/share && ln -sfn /usr/share/proj .venv/share/proj # the system's pyproj looks for it there
    printf '%s\n' "$made_for" "$contents" >"$stamp"
fi

# ---- 3. build/profile ----------------------------------------------------------------------------------------------
profile=build/profile/profiles/default
"$python" packaging/translations.py --compile
"$python" packaging/make_zip.py --link "$profile/python/plugins/flac_raster_qgis"
ini=$profile/QGIS/QGIS3.ini # QGIS writes to it too, so it is made again only when it lacks the plugin
if ! grep -qsx 'flac_raster_qgis=true' "$ini"; then
    mkdir -p "$(dirname "$ini")"
    printf '[PythonPlugins]\nflac_raster_qgis=true\nprocessing=true\n' >"$ini"
fi
