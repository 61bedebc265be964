"""The bundled city's search in one page of Chromium, for all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.asking import Answers, Rows, asked, hosted, rows

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

PATIENCE_MS = 120_000  # by the clock: a busy machine is no fault of the page


@pytest.fixture(scope="module")
def root(bundled_site: Path) -> Iterator[str]:
    """Yield the address of the built city, below a path."""
    with hosted(bundled_site) as address:
        yield address


@pytest.fixture(scope="module")
def watched(chromium: Browser, root: str) -> Iterator[tuple[Page, list[str]]]:
    """Yield one search page for all tests, and the list of its complaints."""
    page, complaints = chromium.new_page(), []
    page.set_default_timeout(PATIENCE_MS)
    page.on("console", lambda m: m.type == "error" and complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(failure(request)))
    page.on("response", lambda r: r.status >= 400 and complaints.append(f"{r.status}: {r.url}"))
    page.on(
        "request",
        lambda request: (
            request.url.startswith(root) or complaints.append(f"foreign: {request.url}")
        ),
    )
    page.goto(f"{root}search/")
    yield page, complaints
    page.close()


def failure(request: Request) -> Iterator[str]:
    """Yield a request that failed, unless the page was left before it came."""
    if request.failure != "net::ERR_ABORTED":
        yield f"{request.failure}: {request.url}"


@pytest.fixture
def page(watched: tuple[Page, list[str]], root: str) -> Iterator[Page]:
    """Yield the search page, loaded once; the test fails if anything on it goes wrong unseen."""
    page, complaints = watched
    complaints.clear()
    if page.url.partition("?")[0] != f"{root}search/":
        page.goto(f"{root}search/")
    yield page
    assert complaints == []


@pytest.fixture
def ask(page: Page, root: str) -> Callable[..., Answers]:
    """Return a function that asks many questions at once, in the page."""
    return partial(asked, page, root)


@pytest.fixture(scope="module")
def powers(bundled_site: Path) -> Rows:
    """Return every published power."""
    return rows(bundled_site / "data" / "powers.csv")


@pytest.fixture(scope="module")
def names(bundled_site: Path) -> dict[str, Any]:
    """Return the published names of departments, kinds and laws, and the synonyms."""
    found: dict[str, Any] = json.loads((bundled_site / "assets" / "titles.json").read_bytes())
    return found
