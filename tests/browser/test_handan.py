"""The whole set of questions over a city of Handan's size, as a visitor's browser answers them.

The proof of the search: made, signed, built and asked, in some minutes. Its figures are kept
in `benchmarks/results/search.json`; `questions.py` says what counts as an answer.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import maker, measure
from tests.browser.asking import asked, hosted
from tests.browser.conftest import PATIENCE_MS
from tests.browser.questions import Questions, everyday
from tests.conftest import build_city

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.prove, pytest.mark.timed]

FIRST_HIT_MS = 150
TRANSFER = 300_000
VISITS = 5

APPEARS = """() => new Promise((resolve) => {
  const done = () => {
    const loaded = performance.getEntriesByType("navigation")[0].loadEventEnd;
    if (loaded && window.firstHit) resolve(Math.max(0, window.firstHit - loaded));
    else setTimeout(done, 5);
  };
  done();
})"""
WATCH = """new MutationObserver((_, observer) => {
  if (!document.querySelector(".hit")) return;
  window.firstHit = performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });"""
"""Notes when the first hit stands on the page."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a city of Handan's size as the real command builds it."""
    folder = tmp_path_factory.mktemp("handan")
    maker.make_city(folder, everyday=True)
    maker.sign_city(folder)
    build_city(folder)
    return folder / "public"


@pytest.fixture(scope="module")
def root(city: Path) -> Iterator[str]:
    """Yield the address of the built city."""
    with hosted(city) as address:
        yield address


@pytest.fixture(scope="module")
def page(chromium: Browser, root: str) -> Iterator[Page]:
    """Yield its search page."""
    page = chromium.new_page()
    page.set_default_timeout(10 * PATIENCE_MS)
    page.goto(f"{root}search/")
    yield page
    page.close()


@pytest.fixture(scope="module")
def questions(city: Path) -> Questions:
    """Return the city's truth."""
    return Questions.of(city / "data")


@pytest.fixture(scope="module")
def found() -> Iterator[dict[str, Any]]:
    """Yield a place for the figures, and keep them."""
    figures: dict[str, Any] = {}
    yield figures
    measure.keep("search", figures)


@pytest.mark.parametrize("column", ["name", "code"])
def test_every_title_and_code_finds_its_power_first(page, root, questions, found, column):
    """Who copies a name or a code from a letter must land on that very power."""
    texts = [power[column] for power in questions.powers]
    answers = asked(page, root, texts, count=1, whole=False)
    first = [(answer["codes"] or [""])[0] for answer in answers]
    right = sum(code == power["code"] for code, power in zip(first, questions.powers, strict=True))
    found[f"{column}s first"] = f"{right} of {len(texts)}"
    found[f"{column}s, ms"] = times(answers)
    some = asked(page, root, texts[::50], count=1)

    assert len(texts) > 2500
    assert right == len(texts)
    assert [answer["codes"][0] for answer in some] == first[::50]


def test_substrings_are_answered_by_what_holds_them(page, root, questions, found):
    """Two characters of a name, or of a law's title, are what people remember."""
    some = questions.substrings()
    answers = asked(page, root, some)
    recalls = [questions.recall(t, a["codes"]) for t, a in zip(some, answers, strict=True)]
    empty = [text for text, answer in zip(some, answers, strict=True) if not answer["codes"]]
    found["substrings, recall@10"] = round(statistics.mean(recalls), 4)
    found["substrings, nothing found"] = len(empty)
    found["substrings, ms"] = times(answers)

    assert len(some) == 300
    assert empty == []
    assert statistics.mean(recalls) >= 0.95


def test_everyday_questions_are_answered_in_the_first_five(page, root, questions, found):
    """Nobody asks in the words of the law."""
    asking = everyday()
    answers = asked(page, root, [phrase for phrase, _ in asking], count=100)
    missed = [
        phrase
        for (phrase, expected), answer in zip(asking, answers, strict=True)
        if not expected.intersection(questions.offered(answer)[:5])
    ]
    found["everyday questions in the first five"] = f"{len(asking) - len(missed)} of {len(asking)}"
    found["everyday questions missed"] = missed
    found["everyday questions, ms"] = times(answers)

    assert len(asking) >= 60
    assert len(missed) <= len(asking) // 10, missed


def test_a_first_search_is_quick_and_small(chromium, root, city, found):
    """A cheap phone on a slow line pays for every byte; the cache is empty."""
    waits, sizes = [], []
    for phrase, _ in everyday()[:VISITS]:
        context = chromium.new_context(viewport={"width": 390, "height": 800})
        page = context.new_page()
        page.add_init_script(WATCH)
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        received: list[float] = []
        session.on(
            "Network.loadingFinished", lambda e, to=received: to.append(e["encodedDataLength"])
        )
        page.goto(f"{root}search/?q={phrase}")
        waits.append(page.evaluate(APPEARS))
        page.wait_for_load_state("networkidle")
        sizes.append(sum(received))
        context.close()
    titles = city / "assets" / "titles.json"
    found["first hit after load, ms"] = [round(wait) for wait in waits]
    found["bytes of a first search, page and all"] = [round(size) for size in sizes]
    found["titles.json, bytes"] = titles.stat().st_size

    assert statistics.median(waits) <= FIRST_HIT_MS
    assert max(sizes) <= TRANSFER


def times(answers: list[dict[str, Any]]) -> dict[str, float]:
    """Return how long answers took: from the names alone, and whole."""
    named = [answer["named"] for answer in answers]
    whole = [answer["whole"] for answer in answers]
    return {
        "names, median": round(statistics.median(named), 1),
        "whole, median": round(statistics.median(whole), 1),
        "whole, worst": round(max(whole), 1),
    }
