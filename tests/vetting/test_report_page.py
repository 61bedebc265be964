"""The page of findings in a browser: on a desk, a phone, in the dark and on paper."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from generator.i18n import translator
from tests.cli.test_bad_input import Shell, shell
from tests.publication.city import City

__all__ = ["shell"]

LONG = "W" * 60


@pytest.fixture
def page(shell: Shell) -> Path:
    """Return the page of a Chinese city with faults of every weight, long values among them."""
    city = City.copy("zh", shell.city.root.parent / "zh")
    with city.table("powers") as rows:
        for row in rows:
            row["kind"], row["summary"], row["phone"] = LONG, f"<b>{LONG}</b>", "call"
    with city.table("departments") as rows:
        rows[0]["email"] = "javascript:alert(1)"
    done = Shell(city, shell.monkeypatch, shell.capsys).run("vet", "--format", "html")
    assert done.code == 1, done.err
    path = city.root / "findings.html"
    path.write_text(done.out, encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_and_can_be_read_by_all(page: Path, chromium, axe_source, width, scheme):
    """A reviewer may read on a phone, in the dark, or with a screen reader."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    tab = context.new_page()
    tab.goto(page.as_uri())

    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.evaluate(axe_source)
    found = tab.evaluate("axe.run().then(found => found.violations)")
    context.close()
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_the_page_prints_each_department_on_its_own_sheet(page: Path, chromium, tmp_path):
    """A department is handed its own findings, and nobody else's."""
    tab = chromium.new_page()
    tab.goto(page.as_uri())
    tab.emulate_media(media="print")

    breaks = tab.evaluate(
        "[...document.querySelectorAll('section')].map(s => getComputedStyle(s).breakBefore)"
    )
    tab.close()
    assert len(breaks) >= 3 and set(breaks) == {"page"}


def test_the_page_is_correct_html(page: Path, vnu_jar: Path):
    """What a checker accepts, any browser of any office shows alike."""
    command = ["java", "-jar", str(vnu_jar), "--format", "json", "--exit-zero-always", str(page)]
    done = subprocess.run(command, capture_output=True, text=True)

    assert [fault["message"] for fault in json.loads(done.stderr)["messages"]] == []


def test_words_of_the_page_are_those_of_the_city(page: Path):
    """A Chinese office must not get a report of English headings."""
    text = page.read_text(encoding="utf-8")

    assert '<html lang="zh-CN">' in text
    assert translator("zh-CN")("Findings of the gate") in text
