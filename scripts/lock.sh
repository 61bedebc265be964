#!/usr/bin/env bash
# Writes the two lock files anew from pyproject.toml, with hashes, for Python 3.11 to 3.13.
# Usage: scripts/lock.sh [--upgrade]   (without it, versions already locked stay where they can)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

uv=$(command -v uv || printf '%s' .venv/bin/uv)
[ -x "$uv" ] || .venv/bin/python -m pip install -qq uv || fail "uv could not be installed; install it, then run make lock again"
compile=("$uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --all-extras
  --no-emit-index-url --custom-compile-command 'make lock' "$@")
"${compile[@]}" --group build --output-file requirements.lock
"${compile[@]}" --group dev --constraint requirements.lock --output-file requirements-dev.lock
