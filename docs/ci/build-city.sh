#!/bin/sh
# Checks and builds a city's sites on any CI host: GitLab, Gitee, GitHub, Jenkins, or by hand.
#
# Usage: build-city.sh [vet|build]
#   vet     run the gate over the working tables; ends with its exit code (1: something is refused)
#   build   build the sites from the ledger; ends with its exit code
#   (none)  vet, then build whatever the gate found: drafts never reach the sites, so the vetted
#           versions can be published while a draft is mended; ends with the build's exit code
#
# Needs `daylight` (pip install daylight-sites) and runs in the city's folder. Environment:
#   DAYLIGHT           the command                                      daylight
#   DAYLIGHT_CONFIG    the configuration                                site_config.yml
#   DAYLIGHT_OUTPUT    the folder to publish                            public
#   DAYLIGHT_REPORTS   where reports go                                 daylight-reports
#   DAYLIGHT_STRICT    1: the build fails if anything is refused or waits
#   DAYLIGHT_SINCE     vet: only what changed since this revision       (everything)
#   DAYLIGHT_AS        vet: the change is this department's, and may touch only its own
#   DAYLIGHT_ANNOTATE  plain (file:line) or github (its annotations)    by host
#   PYTHON             any Python 3                                     python3
#
# Reports: findings.sarif (SARIF 2.1.0), code-quality.json (GitLab), build.json (daylight --report).
# Keep the reports, the output and .daylight/ in .gitignore: they are no part of a change.
# Exit codes are daylight's: 0 done; 1 refused; 2 wrong use or configuration; 3 a table or the
# ledger cannot be read or verified; 4 a tool, rendering or disk failed.
set -eu

DAYLIGHT=${DAYLIGHT:-daylight}
CONFIG=${DAYLIGHT_CONFIG:-site_config.yml}
OUTPUT=${DAYLIGHT_OUTPUT:-public}
REPORTS=${DAYLIGHT_REPORTS:-daylight-reports}
ANNOTATE=${DAYLIGHT_ANNOTATE:-$([ "${GITHUB_ACTIONS:-}" = true ] && echo github || echo plain)}

# Print each finding with its file and line, and write GitLab's report beside the SARIF.
show_findings() {
  "${PYTHON:-python3}" -I - "$REPORTS" "$ANNOTATE" <<'EOF'
import hashlib
import json
import sys
from pathlib import Path
from urllib.parse import unquote

reports, annotate = Path(sys.argv[1]), sys.argv[2]
sarif = json.loads((reports / "findings.sarif").read_text(encoding="utf-8"))
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def escaped(text, also=""):
    for mark in "%\r\n" + also:
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text


quality, seen = [], {}
for result in sarif["runs"][0]["results"]:
    # Tables that are kept in a database have no file: the table, record and column stand for it.
    location = result["locations"][0]
    place = location.get("physicalLocation")
    file, line = location.get("logicalLocations", [{}])[0].get("fullyQualifiedName", ""), 1
    if place:
        file, line = unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"]
    rule, level, text = result["ruleId"], result["level"], result["message"]["text"]
    if annotate == "github":
        where = f"file={escaped(file, ':,')},line={line},title={escaped(rule, ':,')}"
        print(f"::{COMMANDS[level]} {where}::{escaped(text)}")
    else:
        print(f"{file}:{line}: {level} {rule}: {text}")
    # A fingerprint holds no line number, so that a row inserted above makes no finding new.
    key = f"{file}\0{rule}\0{text}"
    seen[key] = seen.get(key, 0) + 1
    quality.append({
        "description": text,
        "check_name": rule,
        "fingerprint": hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest(),
        "severity": SEVERITIES[level],
        "location": {"path": file, "lines": {"begin": line}},
    })
report = json.dumps(quality, ensure_ascii=False, indent=1)
(reports / "code-quality.json").write_text(report, encoding="utf-8")
EOF
}

vet() {
  set -- --config "$CONFIG" --format sarif
  if [ -n "${DAYLIGHT_SINCE:-}" ]; then set -- "$@" --changed-since "$DAYLIGHT_SINCE"; fi
  if [ -n "${DAYLIGHT_AS:-}" ]; then set -- "$@" --as "$DAYLIGHT_AS"; fi
  found=$(mktemp) # outside the checkout, where it would be a change itself
  code=0
  # shellcheck disable=SC2086 # DAYLIGHT may be a command with arguments
  $DAYLIGHT vet "$@" >"$found" || code=$?
  if [ "$code" -gt 1 ]; then
    rm -f "$found"
    exit "$code"
  fi
  mkdir -p "$REPORTS"
  cat "$found" >"$REPORTS/findings.sarif"
  rm -f "$found"
  show_findings
  return "$code"
}

build() {
  mkdir -p "$REPORTS"
  # shellcheck disable=SC2086
  $DAYLIGHT build --config "$CONFIG" --output "$OUTPUT" --report "$REPORTS/build.json" \
    ${DAYLIGHT_STRICT:+--strict}
}

case ${1:-both} in
  vet) vet ;;
  build) build ;;
  both)
    vet || true
    build
    ;;
  *)
    echo "build-city.sh: $1 is not known; use vet, build, or nothing" >&2
    exit 2
    ;;
esac
