#!/usr/bin/env bash
# Builds the bundled city into public/ and says what was built, where, and how to look at it.
set -euo pipefail
cd "$(dirname "$0")/.."

report=$(mktemp)
trap 'rm -f "$report"' EXIT
.venv/bin/daylight build --report "$report"
.venv/bin/python - "$report" <<'PYTHON'
import json
import sys
from pathlib import Path

report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
sites, powers = report["sites"], report["powers"]
departments = sum(site["kind"] == "department" for site in sites)
pages = sum(site["pages"] for site in sites)
print(f"""
Built in public/: 1 municipal site and {departments} department sites, {pages} pages,
{powers['published']} powers in force ({powers['waiting']} changes waiting, {powers['refused']} refused).
Look at it: .venv/bin/daylight serve   then open http://127.0.0.1:8000/""")
PYTHON
