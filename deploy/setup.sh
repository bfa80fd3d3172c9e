#!/usr/bin/env bash
# Makes .venv, the project's own environment, from requirements.lock. Run by make; runs again only when the lock changes.
# Says in one line what to do when something is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3.10}
NEEDED_MB=5000   # 2.9 GB of packages, and the downloads they come from
started=$(date +%s)

stop() { echo "Cannot set up: $1" >&2; exit 1; }

version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
  stop "Python 3.10 was not found. Install it (e.g. 'pyenv install 3.10'), or name it: make start PYTHON=/path/to/python3.10"
[ "$version" = 3.10 ] || stop "$PYTHON is Python $version; rasa 3.6 needs 3.10. Name the right one: make start PYTHON=/path/to/python3.10"

free_mb=$(df -Pm . | awk 'NR == 2 { print $4 }')
[ -e .venv/bin/uv ] || [ "$free_mb" -ge "$NEEDED_MB" ] ||
  stop "$free_mb MB are free on this disk and about $NEEDED_MB MB are needed. Free some space and run the same command again."

step() { echo "[setup $1/3] $2"; }

step 1 "environment of Python $version in .venv"
[ -x .venv/bin/python ] || "$PYTHON" -m venv .venv ||
  stop "'$PYTHON -m venv' failed; this Python lacks the venv module. Install it (Debian: python3-venv) or use another Python 3.10."

step 2 "uv, the installer"
mkdir -p var
awk '/^[a-z0-9]/ { keep = /^uv==/ } keep' requirements.lock > var/uv.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r var/uv.lock ||
  stop "uv could not be installed (see above). Is the package index reachable?"

step 3 "$(grep -c '^[a-z0-9].*==' requirements.lock) packages, each checked against its hash (the longest step: one to four minutes)"
VIRTUAL_ENV="$PWD/.venv" .venv/bin/uv pip sync --require-hashes requirements.lock ||
  stop "packages could not be installed (see above). A full disk or an unreachable package index are the usual causes; the same command goes on from here."

touch .venv/ready
echo "[setup] done in $(($(date +%s) - started)) s"
