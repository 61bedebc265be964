"""What people come to ask is answered within three actions from the home page, on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PATIENCE_MS
from tests.browser.tasks import MOST, Ask, Fact, Follow, Record, Task, tasks

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PHONE = {"width": 390, "height": 844}
SEEN = """([where, text]) => [...document.querySelectorAll(where)]
  .filter((fact) => (fact.value ?? fact.textContent).trim() === text ||
                    fact.textContent.trim() === text)
  .some((fact) => [...fact.getClientRects()].some((box) => {
    const x = (box.left + box.right) / 2, y = (Math.max(box.top, 0) + box.bottom) / 2;
    if (box.width < 4 || box.top < 0 || box.bottom > innerHeight) return false;
    const top = document.elementFromPoint(x, y);
    return top && (fact.contains(top) || top.contains(fact));
  }))"""
"""Whether a text stands in the window, with nothing before it."""
ANSWERED = """() => {
  const said = document.querySelector("main [data-part=count]");
  return said?.textContent && said.textContent !== said.dataset.searching;
}"""
"""Whether the search has said what it found, after which its hits stay where they are."""

FOCUSED = "(link) => document.activeElement === link"
TABS = 300


@pytest.fixture(scope="module")
def record(bundled_site: Path) -> Record:
    """Return the published tables."""
    return Record(bundled_site)


@pytest.fixture(
    scope="module", params=["pointer", pytest.param("keyboard", marks=pytest.mark.prove)]
)
def phone(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[tuple[str, Page]]:
    """Yield the way of using a telephone, by pointer or by keyboard, and a page on it."""
    context = chromium.new_context(viewport=PHONE, has_touch=request.param == "pointer")
    context.set_default_timeout(PATIENCE_MS)
    yield request.param, context.new_page()
    context.close()


def act(page: Page, way: str, action: Ask | Follow) -> None:
    """Do one action as a visitor would."""
    if isinstance(action, Ask):
        reach(page, way, page.locator("main [data-search-form] input"))
        page.keyboard.type(action.words)
        page.keyboard.press("Enter")
        page.wait_for_function(ANSWERED)
        return
    link = page.locator(f"{action.within} a[href$='{action.to}']:visible").first
    reach(page, way, link)
    if way == "keyboard":
        page.keyboard.press("Enter")


def reach(page: Page, way: str, target: Locator) -> None:
    """Touch a link or a field, or press Tab until it holds the focus."""
    target.wait_for()
    if way == "pointer":
        target.tap()
        return
    for _ in range(TABS):
        if target.evaluate(FOCUSED):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} is not reached by {TABS} times Tab")


def unseen(page: Page, fact: Fact) -> str:
    """Return what of a fact is missing from the window, after some patience; "" if nothing."""
    try:
        page.wait_for_function(SEEN, arg=[fact.where, fact.text], timeout=5_000)
    except Exception as error:
        if "Timeout" not in str(error):
            raise
        return f"{fact.text} ({fact.where}) is not in the window of {page.url}"
    return ""


def answered(page: Page, way: str, task: Task, root: str) -> Iterator[str]:
    """Yield what is left unanswered when the task's actions are done."""
    page.goto(root)
    for action in task.actions[:-1]:
        act(page, way, action)
        page.wait_for_load_state("load")
    if task.file:
        with page.expect_download() as download:
            act(page, way, task.actions[-1])
        yield from [task.file] if not download.value.url.endswith(task.file) else []
        return
    act(page, way, task.actions[-1])
    yield from filter(None, (unseen(page, fact) for fact in task.answers))


def test_ten_questions_are_answered_within_three_actions(phone, root, record, bundled_site):
    """Who has to look for a fourth place rings the hall, or gives up a right."""
    way, page = phone
    asked = tasks(record)
    faults = [
        f"{task.question} {fault}" for task in asked for fault in answered(page, way, task, root)
    ]

    assert len(asked) >= 10
    assert all(1 <= len(task.actions) <= MOST for task in asked)
    assert all((bundled_site / task.file).is_file() for task in asked if task.file)
    assert faults == []


def test_an_answer_below_the_window_is_noticed(phone, root, record):
    """A test that takes a text anywhere on a page for an answer proves nothing."""
    _, page = phone
    page.goto(f"{root}powers/HD31-XK-002/")

    assert unseen(page, record.fact("HD31-XK-002", "promised_limit")) == ""
    assert not page.evaluate(
        SEEN, ["main [data-fact='remedy']", record.powers["HD31-XK-002"]["remedy"]]
    )
