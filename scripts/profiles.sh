#!/usr/bin/env bash
# Puts the official Data Package 2.0 JSON Schemas where the tests look for them: .venv/share/daylight/.
set -euo pipefail
cd "$(dirname "$0")/.."

lock=tests/datapackages/profiles.lock
target=.venv/share/daylight/data-package-2-0.json
[ "$target" -nt "$lock" ] && exit 0

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# The package itself asks for a newer Python than ours may be; its schemas are only data.
.venv/bin/python -m pip download --quiet --no-deps --python-version 3.12 --only-binary=:all: \
	--require-hashes --dest "$scratch" --requirement "$lock"
.venv/bin/python -m zipfile --extract "$scratch"/check_datapackage-*.whl "$scratch/wheel"
mkdir -p "$(dirname "$target")"
cp "$scratch/wheel/check_datapackage/schemas/data-package-2-0.json" "$target"
