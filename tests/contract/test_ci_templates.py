"""What a city copies for its CI host does what it says, with the real command."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator import __version__

CHECKOUT = Path(__file__).resolve().parents[2]
TEMPLATES = CHECKOUT / "docs" / "ci"
BEYOND = "9999"


@pytest.fixture
def city(tmp_path):
    """Return a small English city in which one legal basis cites an article beyond the last."""
    folder = tmp_path / "city"
    shutil.copytree(CHECKOUT / "tests" / "cities" / "en", folder)
    table = folder / "content" / "database" / "legal_bases.csv"
    with table.open(encoding="utf-8", newline="") as file:
        header, first, *rest = csv.reader(file)
    first[header.index("article")] = BEYOND
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, first, *rest])
    return folder


def run(city: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the script in a city, with settings in its environment."""
    inherited = {n: v for n, v in os.environ.items() if not n.startswith(("DAYLIGHT", "GITHUB"))}
    command = f"{sys.executable} -m generator"
    environment = {**inherited, "DAYLIGHT": command, "PYTHON": sys.executable, **settings}
    script = ["sh", str(TEMPLATES / "build-city.sh"), *words]
    return subprocess.run(script, cwd=city, env=environment, capture_output=True, text=True)


def test_findings_are_shown_at_their_line(city):
    """A clerk must be led to the very row, on any host, and the job must fail."""
    done = run(city, "vet")

    assert done.returncode == 1, done.stderr
    lines = [line for line in done.stdout.splitlines() if BEYOND in line]
    assert lines and all(
        line.startswith("content/database/legal_bases.csv:2: error ") for line in lines
    )
    report = json.loads(
        (city / "daylight-reports" / "code-quality.json").read_text(encoding="utf-8")
    )
    assert {"path": "content/database/legal_bases.csv", "lines": {"begin": 2}} in [
        f["location"] for f in report
    ]
    assert len({finding["fingerprint"] for finding in report}) == len(report)


def test_github_gets_its_own_form(city):
    """GitHub shows a finding beside the changed line only if it is told in its own words."""
    done = run(city, "vet", GITHUB_ACTIONS="true")

    lines = [line for line in done.stdout.splitlines() if BEYOND in line]
    assert lines and all(
        line.startswith("::error file=content/database/legal_bases.csv,line=2,title=")
        for line in lines
    )


def test_a_refused_draft_holds_up_nothing_unless_asked_to(city):
    """The vetted versions stay public while one department mends its draft."""
    done = run(city)

    assert done.returncode == 0, done.stderr
    assert (city / "public" / "index.html").is_file()
    report = json.loads((city / "daylight-reports" / "build.json").read_text(encoding="utf-8"))
    assert report["powers"]["refused"] > 0
    assert run(city, "build", DAYLIGHT_STRICT="1").returncode == 1


def test_exit_codes_are_passed_through(city):
    """An operator who sees a failed job must be able to tell a fault of data from one of set-up."""
    assert run(city, "vet", DAYLIGHT_CONFIG="none.yml").returncode == 2
    assert run(city, DAYLIGHT_CONFIG="none.yml").returncode == 2
    assert run(city, "publish").returncode == 2
    (city / "content" / "database" / "powers.csv").unlink()
    assert run(city, "vet").returncode == 3


def test_the_workflow_calls_the_script_and_pins_what_it_uses():
    """A city copies the file as it is: it must run, and not change under its hands."""
    workflow = yaml.safe_load((TEMPLATES / "github-workflow.yml").read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    commands = [step["run"] for step in steps if "run" in step]

    assert [c for c in commands if "build-city.sh" in c] == [
        "sh ci/build-city.sh vet",
        "sh ci/build-city.sh build",
    ]
    assert all(step["uses"].rpartition("@v")[2].isdigit() for step in steps if "uses" in step)
    for path in TEMPLATES.iterdir():
        pins = [w for w in path.read_text(encoding="utf-8").split() if "daylight-sites==" in w]
        assert all(pin.strip("\"'") == f"daylight-sites=={__version__}" for pin in pins), path.name
