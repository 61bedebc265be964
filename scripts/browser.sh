#!/usr/bin/env bash
# Sees to what the tests need beside Python: Chromium, a Chinese font, Java, axe-core and vnu.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

JAVA=17 # the release that vnu.jar is compiled for
node=.venv/share/daylight/node

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
java_runs() {
  local version
  version=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') && [ "${version:-0}" -ge "$JAVA" ]
}
chinese_font() { [ -n "$(fc-list ':lang=zh-cn' family 2>/dev/null)" ]; }
# Playwright brings a Node of its own, which needs one library that a small Debian lacks.
playwright_runs() { .venv/bin/playwright --version >/dev/null 2>&1; }

packages=()
find_chromium >/dev/null || packages+=(chromium)
chinese_font || packages+=(fontconfig fonts-noto-cjk)
java_runs || packages+=(default-jre-headless)
playwright_runs || packages+=(libatomic1)
command -v npm >/dev/null || packages+=(npm)
if [ ${#packages[@]} -gt 0 ]; then
  # One by one when all together fail: one package that is not to be had must not hide the others.
  if ! apt_install "${packages[@]}" && [ ${#packages[@]} -gt 1 ]; then
    for package in "${packages[@]}"; do apt_install "$package" || true; done
  fi
fi

missing=()
find_chromium >/dev/null || missing+=("Chromium or Google Chrome    apt-get install chromium")
java_runs || missing+=("Java $JAVA or newer             apt-get install default-jre-headless")
playwright_runs || missing+=("libatomic, for Playwright    apt-get install libatomic1")
command -v npm >/dev/null || missing+=("npm                          apt-get install npm")
if [ ${#missing[@]} -gt 0 ]; then
  say ""
  say "make test needs what this machine lacks and could not install by itself:"
  printf '  %s\n' "${missing[@]}" >&2
  fail "Install it as root or with sudo, then run make test again." \
    "The tests that need no browser run without: .venv/bin/pytest -m 'not browser and not prove'"
fi
chinese_font || say "No Chinese font was found: tests run, but screenshots show boxes (apt-get install fonts-noto-cjk)"

if ! cmp -s tests/browser/package-lock.json "$node/installed.json"; then
  say "Getting axe-core and the Nu Html Checker …"
  mkdir -p "$node"
  cp tests/browser/package.json tests/browser/package-lock.json "$node/"
  # No install scripts: vnu-jar's would download a file of its own; the package already holds the jar.
  npm ci --prefix "$node" --ignore-scripts --no-audit --no-fund --silent </dev/null
  cp tests/browser/package-lock.json "$node/installed.json"
fi
