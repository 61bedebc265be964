#!/usr/bin/env bash
# Puts Pagefind into .venv/: the release on npm is newer than PyPI's and segments Chinese when it
# indexes as the browser does when it searches. Never into the city's folder, never fatal: without
# it the build uses PyPI's pagefind-bin-extended and says so.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

version=1.6.0
case $(uname -s)-$(uname -m) in
  Linux-x86_64)
    platform=linux-x64
    sha256=148fd94a099d6a3dcb137c92186cc193ea3c7eb97888d83ed58dd0956b2d1c2a
    ;;
  Linux-aarch64)
    platform=linux-arm64
    sha256=226b97e7d622bc044f55d0c2cb4c3e77c499e1f5c4ce1b09c52d3cf711fb025a
    ;;
  *)
    say "Pagefind $version has no binary recorded for $(uname -sm): the one from PyPI is used"
    exit 0
    ;;
esac
binary=.venv/share/daylight/pagefind/pagefind_extended

go_on_without() {
  say "$1; going on with PyPI's pagefind-bin-extended, which finds fewer Chinese titles." \
    "Run make again to try once more"
  exit 0
}

case $("$binary" --version 2>/dev/null || true) in
  *" $version") exit 0 ;;
esac

command -v npm >/dev/null || apt_install npm || go_on_without "Pagefind $version comes through npm, which is missing"
say "Getting Pagefind $version …"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm pack "@pagefind/$platform@$version" --pack-destination "$folder" --silent --fetch-retries 1 >/dev/null </dev/null ||
  go_on_without "npm could not get Pagefind $version"
archive=$folder/pagefind-$platform-$version.tgz
# A file that is not the recorded one is never run, and never passed over in silence.
printf '%s  %s\n' "$sha256" "$archive" | sha256sum --check --status ||
  fail "Pagefind $version: the file that npm got has not the recorded SHA-256; do not use it, and report it"
tar -xzf "$archive" -C "$folder" package/bin/pagefind_extended
mkdir -p "$(dirname "$binary")"
install -m 755 "$folder/package/bin/pagefind_extended" "$binary.new"
mv "$binary.new" "$binary"
"$binary" --version >/dev/null || { rm -f "$binary"; go_on_without "Pagefind $version does not run here"; }
