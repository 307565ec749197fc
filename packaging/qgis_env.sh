#!/usr/bin/env bash
# qgis_env.sh COMMAND...: run COMMAND as this project runs QGIS: without a screen, with the plugin and its dependencies.
# The one place that knows how; packaging/setup.sh makes what it points at.
set -eu
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} # tests of the real desktop set xcb, under xvfb-run
export QGIS_CUSTOM_CONFIG_PATH=$root/build/profile   # never the user's own QGIS profile
export HOME=${HOME:-$root/build}                     # CI runners may have none
if [ ! -w "${XDG_RUNTIME_DIR:-}" ]; then             # Qt complains without one; it must be private
    export XDG_RUNTIME_DIR=$root/build/run
    mkdir -p -m 700 "$XDG_RUNTIME_DIR"
fi

# QGIS embeds the system's Python, which looks for its library beside the first python3 in PATH: pyenv puts its own there.
export PATH=/usr/bin:$PATH

# QGIS embeds the system's Python and knows nothing of .venv. The plugin folder is for scripts that are not QGIS itself.
site=$(echo "$root"/.venv/lib/python3*/site-packages)
export PYTHONPATH=$site:$root/build/profile/profiles/default/python/plugins${PYTHONPATH:+:$PYTHONPATH}

exec "$@"
