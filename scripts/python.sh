#!/usr/bin/env bash
# Makes .venv/ with what a lock file names, each file checked by its hash, and Daylight in it, editable.
# Usage: scripts/python.sh requirements.lock|requirements-dev.lock   (PYTHON=… chooses the interpreter)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

lock=$1
installed=.venv/share/daylight/installed # "<lock> <digest>": what the environment holds now

digest() { cat "$1" pyproject.toml | sha256sum | cut -d ' ' -f 1; }

in_range() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if in_range "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail "Daylight needs Python 3.11, 3.12 or 3.13, and found: $(${PYTHON:-python3} --version 2>&1 | head -n 1)." \
    "Install one (apt-get install python3), or name it: make site PYTHON=/path/to/python3.12"
}

make_environment() {
  local python version
  python=$(find_python)
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  # Debian and Ubuntu keep the half of venv that brings pip in a package of its own.
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    apt_install "python$version-venv" || apt_install python3-venv ||
      fail "Python $version lacks venv: install its package python$version-venv, then run make again"
  fi
  say "Making .venv with Python $version …"
  "$python" -m venv --clear .venv
}

if ! .venv/bin/python -c '' 2>/dev/null; then
  make_environment
elif ! in_range .venv/bin/python; then
  fail ".venv holds $(.venv/bin/python --version); Daylight needs Python 3.11 to 3.13." \
    "Remove it (rm -r .venv) and run make again"
fi

# The development lock holds all of the other one, version by version.
now=$(cat "$installed" 2>/dev/null || true)
for held in "$lock" requirements-dev.lock; do
  [ "$now" = "$held $(digest "$held")" ] && exit 0
done

rm -f "$installed"
say "Installing $(grep -c '^[a-z0-9]' "$lock") Python packages from $lock (a minute or two the first time) …"
pip=(.venv/bin/python -m pip --disable-pip-version-check --no-input -qq)
"${pip[@]}" install --require-hashes --only-binary :all: --no-compile --requirement "$lock"
"${pip[@]}" install --no-deps --no-build-isolation --editable .
mkdir -p "$(dirname "$installed")"
printf '%s %s\n' "$lock" "$(digest "$lock")" >"$installed"
