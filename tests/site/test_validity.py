"""The Nu Html Checker finds no error in any page, style sheet or drawing."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.site.output import Output
from tests.site.test_browser import BY_HAND, quick

CHECKED = (".html", ".css", ".svg")


def errors(vnu: Path, root: Path, files: Iterable[str]) -> set[tuple[str, str]]:
    """Return the file and message of every error, from one run of the checker."""
    command = ["java", "-Xss4m", "-jar", str(vnu), "--format", "json", "--errors-only"]
    command += ["--also-check-css", "--also-check-svg", *sorted(files)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    messages = json.loads(done.stderr)["messages"]
    return {(message["url"].split("/public/")[-1], message["message"]) for message in messages}


def all_checked(output: Output) -> list[str]:
    return [path for path in output.files if path.endswith(CHECKED)]


def test_one_page_of_each_kind_is_valid(bundled, vnu_jar):
    """What one browser forgives, a screen reader or the next browser may not."""
    addresses = {address for address, *_ in quick(bundled) if "?" not in address}
    pages = [f"{a}index.html" if a.endswith("/") or not a else a for a in addresses]
    looked_at = ("assets/", *(f"departments/{slug}/" for slug in BY_HAND))
    sheets = {
        path
        for path in all_checked(bundled)
        if path.endswith(".css") and path.startswith(looked_at)
    } - {"assets/prose.css"}  # Material's, 140 KB of it
    drawings = sorted(path for path in all_checked(bundled) if path.endswith(".svg"))[::25]

    assert len(sheets) > len(BY_HAND)
    assert not errors(vnu_jar, bundled.root, {*pages, *sheets, *drawings})


@pytest.mark.prove
def test_every_page_style_sheet_and_drawing_is_valid(city, vnu_jar):
    """A fault that only one record's page has is that record's readers' fault to bear."""
    assert not errors(vnu_jar, city.root, all_checked(city))


def test_errors_are_noticed(tmp_path, vnu_jar):
    """A checker that is called wrongly finds nothing, and says so cheerfully."""
    (tmp_path / "a.html").write_text("<!doctype html><html lang=en><title>A</title><p id=b id=c>")
    (tmp_path / "b.css").write_text("p { colour: red; color: 3px }")
    (tmp_path / "c.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><rectangle/></svg>")

    found = {Path(path).name for path, _ in errors(vnu_jar, tmp_path, ["a.html", "b.css", "c.svg"])}

    assert found == {"a.html", "b.css", "c.svg"}
