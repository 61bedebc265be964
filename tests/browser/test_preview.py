"""Whoever makes a theme sees each change as soon as it is saved."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SLUG = "fire-rescue"
AT_MOST_SECONDS = 1.0
TIMES = 5


@pytest.fixture
def city(bundled_site: Path, tmp_path: Path) -> Path:
    """Return a copy of the built bundled city with its cache."""
    return shutil.copytree(bundled_site.parent, tmp_path / "city")


@pytest.fixture
def tab(city: Path, chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """Yield a tab that shows the home page of a site in its preview."""
    said = tmp_path / "said"
    command = [sys.executable, "-m", "generator", "serve", "--site", SLUG, "--port", "0"]
    with said.open("w") as out:
        preview = subprocess.Popen(
            command, cwd=city, stdout=out, stderr=out, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
    try:
        page = chromium.new_page()
        page.goto(await_address(preview, said))
        yield page
        page.close()
    finally:
        preview.terminate()
        preview.wait()


def await_address(preview: subprocess.Popen[bytes], said: Path) -> str:
    """Return the address that a preview names when it is ready."""
    while preview.poll() is None:
        if found := re.search(r"http://127\S+", said.read_text()):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(said.read_text())


def seconds_until(page: Page, shown: str) -> float:
    """Return how long a page takes to show something, a script's condition; it may be reloaded."""
    began = time.monotonic()
    while time.monotonic() < began + 30:
        try:
            if page.evaluate(shown):
                return time.monotonic() - began
        except Exception as error:
            if "context was destroyed" not in str(error):
                raise
        time.sleep(0.01)
    raise AssertionError(f"never shown: {shown}")


def quickest(page: Page, file: Path, change: Callable[[str, int], str], shown: str) -> float:
    """Save a file several times; return the shortest wait, since what else runs only adds to it."""
    text = file.read_text(encoding="utf-8")
    waits = []
    for turn in range(1, TIMES + 1):
        time.sleep(1)  # as a person looks up before the next try
        file.write_text(change(text, turn), encoding="utf-8")
        waits.append(seconds_until(page, shown.replace("TURN", str(turn))))
    print(f"{file.name}: {', '.join(f'{wait:.2f}' for wait in waits)} s")
    return min(waits)


@pytest.mark.prove
@pytest.mark.timed
def test_a_change_of_a_theme_is_seen_within_a_second(tab, city):
    """Who waits for each try tries twice, and leaves the site as it was."""
    theme = city / "department_themes" / SLUG
    sheet = quickest(
        tab,
        theme / "look.css",
        lambda text, turn: f"{text}\nh1 {{ letter-spacing: 0.{turn}px; }}\n",
        "() => getComputedStyle(document.querySelector('h1') ?? document.documentElement).letterSpacing === '0.TURNpx'",
    )
    pages = quickest(
        tab,
        theme / "theme.yml",
        lambda text, turn: text.replace("tagline: ", f"tagline: 第{turn}次："),
        "() => document.body?.textContent.includes('第TURN次：')",
    )

    assert max(sheet, pages) <= AT_MOST_SECONDS
