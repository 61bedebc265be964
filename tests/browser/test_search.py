"""The search of the built city in Chromium: what is found, where it leads, how it is used."""

from __future__ import annotations

import csv
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypinyin import Style, lazy_pinyin

from tests.conftest import BELOW, CHECKOUT, Handler

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

PATIENCE_MS = 120_000  # by the clock: a busy machine is no fault of the page
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
ASK = """async ([root, scope, questions, choices]) => {
  const { Engine } = await import(`${root}assets/search-engine.js`);
  window.engines ??= {};
  const engine = (window.engines[scope] ??= await Engine.open(root, scope));
  const answers = [];
  for (const question of questions) {
    const answer = await engine.answer(question, choices).complete();
    const hits = await answer.take(20);
    answers.push({
      codes: hits.map((hit) => hit.row.code), ways: hits.map((hit) => hit.way),
      total: answer.total, exact: answer.isExact, also: answer.also, partial: answer.isPartial,
    });
  }
  return answers;
}"""
"""Asks through the page's own engine, in the page, under its own policy."""

READ = """async ([root, questions]) => {
  const { Engine } = await import(`${root}assets/search-engine.js`);
  const { fulltext } = await Engine.open(root);
  const found = [];
  for (const question of questions) found.push([...(await fulltext.find(question)).codes]);
  return found;
}"""
"""Asks Pagefind alone."""

Answers = list[dict[str, Any]]
Rows = list[dict[str, str]]


class StrictHandler(Handler):
    """Serves with the policy that a careful host sends."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def root(bundled_site: Path) -> Iterator[str]:
    """Yield the address of the built city, below a path."""
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(StrictHandler, directory=str(bundled_site))
    ) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        server.shutdown()


@pytest.fixture(scope="module")
def watched(chromium: Browser, root: str) -> Iterator[tuple[Page, list[str]]]:
    """Yield one page for all tests, and the list of its complaints."""
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
    yield page, complaints
    page.close()


def failure(request: Request) -> Iterator[str]:
    """Yield a request that failed, unless the page was left before it came."""
    if request.failure != "net::ERR_ABORTED":
        yield f"{request.failure}: {request.url}"


@pytest.fixture
def page(watched: tuple[Page, list[str]], root: str) -> Iterator[Page]:
    """Yield the search page; the test fails if anything on it goes wrong unseen."""
    page, complaints = watched
    complaints.clear()
    page.goto(f"{root}search/")
    yield page
    assert complaints == []


@pytest.fixture
def ask(watched: tuple[Page, list[str]], root: str) -> Iterator[Callable[..., Answers]]:
    """Yield a function that asks many questions at once."""
    page, complaints = watched
    if not page.url.startswith(root):
        page.goto(f"{root}search/")
    complaints.clear()

    def ask(
        questions: list[str], scope: str = "", choices: dict[str, str] | None = None
    ) -> Answers:
        answers: Answers = page.evaluate(ASK, [root, scope, questions, choices or {}])
        assert not any(answer["partial"] for answer in answers)
        return answers

    yield ask
    assert complaints == []


@pytest.fixture(scope="module")
def powers(bundled_site: Path) -> Rows:
    """Return every published power."""
    return rows(bundled_site / "data" / "powers.csv")


@pytest.fixture(scope="module")
def names(bundled_site: Path) -> dict[str, Any]:
    """Return the published names of departments, kinds and laws, and the synonyms."""
    found: dict[str, Any] = json.loads((bundled_site / "assets" / "titles.json").read_bytes())
    return found


def rows(path: Path) -> Rows:
    """Return the rows of a published table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def first(answers: Answers) -> list[str]:
    """Return the best hit of each answer."""
    return [answer["codes"][0] if answer["codes"] else "" for answer in answers]


def search(page: Page, words: str) -> None:
    """Type words into the field, press Enter and wait for the whole answer."""
    page.fill("#q", words)
    page.press("#q", "Enter")
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page has said what it found."""
    searching = page.locator("[data-part=count]").get_attribute("data-searching")
    page.wait_for_function(
        """(searching) => {
          const said = document.querySelector("[data-part=count]").textContent;
          return said && said !== searching;
        }""",
        arg=searching,
    )


def wait_for_hits(page: Page, count: int) -> None:
    """Wait until so many hits are shown."""
    page.wait_for_function("count => document.querySelectorAll('.hit').length === count", arg=count)


def said(page: Page) -> str:
    """Return the sentence that screen readers are told."""
    return page.locator(".results [role=status]").inner_text()


def shown(page: Page) -> list[str]:
    """Return the codes of the hits on the page, in their order."""
    return page.locator(".hit .power__code").all_inner_texts()


def test_each_exact_title_finds_its_power_first(ask, powers):
    """Who copies a name from a letter must land on that very power."""
    found = first(ask([power["name"] for power in powers]))

    assert len(powers) >= 43
    assert found == [power["code"] for power in powers]


def test_each_code_finds_its_power_first_however_it_is_typed(ask, powers):
    """A code read out on the telephone comes without hyphens, or in full-width letters."""
    codes = [power["code"] for power in powers]
    wide = [code.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}) for code in codes]

    assert first(ask(codes)) == codes
    assert first(ask([code.lower().replace("-", " ") for code in codes])) == codes
    assert first(ask([f" {code} " for code in wide])) == codes


def test_each_former_code_still_finds_its_power(ask, powers):
    """Links and letters of years past quote the codes of then."""
    former = [(old, p["code"]) for p in powers for old in p["former_codes"].split(";") if old]

    assert first(ask([old for old, _ in former])) == [code for _, code in former]


def test_each_alias_finds_a_power_that_goes_by_it(ask, powers):
    """People say 饭店卫生许可证; no list does."""
    owners: dict[str, set[str]] = {}
    for power in powers:
        for alias in filter(None, power["aliases"].split(";")):
            owners.setdefault(alias, set()).add(power["code"])
    found = first(ask(list(owners)))

    assert len(owners) > 100
    assert [
        (alias, code)
        for (alias, codes), code in zip(owners.items(), found, strict=True)
        if code not in codes
    ] == []


@pytest.mark.parametrize("style", [Style.NORMAL, Style.FIRST_LETTER], ids=["spelling", "initials"])
def test_a_title_is_found_by_its_pinyin(ask, powers, style):
    """Who types on a desktop without an input method has only letters."""
    typed = ["".join(lazy_pinyin(p["name"], style=style, errors="ignore")) for p in powers]
    missed = [
        (letters, power["code"])
        for letters, power, answer in zip(typed, powers, ask(typed), strict=True)
        if power["code"] not in answer["codes"][:3]
    ]

    assert missed == []


def test_synonyms_are_searched_for_besides_and_shown(ask, powers):
    """Editors add everyday words; each must lead to what the list calls it."""
    synonyms = rows(CHECKOUT / "content" / "database" / "synonyms.csv")
    by_name = {power["name"]: power["code"] for power in powers}
    answers = ask([synonym["term"] for synonym in synonyms])

    for synonym, answer in zip(synonyms, answers, strict=True):
        assert synonym["target"] in answer["also"], synonym
        assert answer["exact"], synonym
        if synonym["target"] in by_name:
            assert by_name[synonym["target"]] in answer["codes"][:3], synonym


def test_materials_and_steps_are_found_in_the_full_text(ask, bundled_site):
    """Who has a letter asking for a paper must find the powers that ask for it."""
    texts = [*rows(bundled_site / "data/materials.csv"), *rows(bundled_site / "data/steps.csv")]
    texts = texts[::7]
    answers = ask([text["name"] for text in texts])
    found = [
        t["power"] in a["codes"] or a["total"] > 20 for t, a in zip(texts, answers, strict=True)
    ]

    assert len(texts) > 100
    assert sum(found) / len(found) > 0.98


def test_pagefind_alone_finds_every_title(page, root, powers):
    """Index and query are segmented by two engines; where they differ, titles find nothing."""
    found = page.evaluate(READ, [root, [power["name"] for power in powers]])
    missed = [p["name"] for p, codes in zip(powers, found, strict=True) if p["code"] not in codes]

    assert missed == []


def test_traditional_characters_find_what_the_simplified_ones_find(ask):
    """Readers from Taiwan and Hong Kong open restaurants too."""
    traditional, simplified = ask(["食品經營許可", "食品经营许可"])

    assert simplified["codes"]
    assert traditional == simplified


def test_words_apart_must_all_be_held(ask):
    """More words must narrow a search, not widen it."""
    both, one = ask(["食品 许可", "许可"])

    assert 0 < both["total"] < one["total"]


def test_a_question_in_a_sentence_is_answered(ask, powers):
    """People ask as they would ask a clerk."""
    (answer,) = ask(["办理排水许可证需要什么材料"])
    owner = next(p["code"] for p in powers if "排水许可证" in p["aliases"].split(";"))

    assert answer["codes"][0] == owner
    assert answer["exact"]


def test_a_department_finds_its_own_powers_on_its_own_pages(page, ask, root, powers):
    """A visitor of a department's site must not be thrown out of it by its search."""
    bodies = {power["code"]: power["department"] for power in powers}
    for department in sorted(set(bodies.values())):
        own = [power for power in powers if power["department"] == department][:3]
        assert first(ask([power["name"] for power in own], department)) == [
            power["code"] for power in own
        ]
        (wide,) = ask(["许可"], department)
        assert {bodies[code] for code in wide["codes"]} <= {department}

    page.goto(f"{root}departments/{department}/search/?q={own[0]['name']}")
    settled(page)
    page.locator(".hit a").first.click()
    page.wait_for_url(f"{root}departments/{department}/powers/{own[0]['code']}/")

    assert own[0]["name"] in page.locator("h1").inner_text()


def test_a_departments_search_leads_on_to_the_whole_city(page, root):
    """Who asks the wrong department must not be told that the power does not exist."""
    page.goto(f"{root}departments/taxation/search/?q=低保")
    settled(page)
    assert page.locator(".hit").count() == 0
    page.locator("[data-part=city] a").click()
    page.wait_for_url(f"{root}search/?q=*")
    settled(page)

    assert shown(page)[0] == "HD11-JF-002"


def test_facets_count_right_and_stand_in_the_address(page, root, powers, names):
    """A filter that miscounts, or is lost on the way back, makes people doubt the list."""
    search(page, "许可")
    hits = int(re.findall(r"\d+", said(page))[0])
    options = page.locator("#facet-kind option").all_inner_texts()[1:]
    counts = {text: int(re.findall(r"\d+", text)[-1]) for text in options}
    label = names["kinds"]["licensing"]
    (n,) = [n for text, n in counts.items() if text.startswith(label)]
    assert sum(counts.values()) == hits

    page.focus("#facet-kind")
    page.select_option("#facet-kind", "licensing")
    wait_for_hits(page, min(n, 20))
    settled(page)
    kinds = {power["code"]: power["kind"] for power in powers}
    assert {kinds[code] for code in shown(page)} == {"licensing"}
    assert f"{n}" in said(page)
    assert "kind=licensing" in page.url
    assert page.evaluate("document.activeElement.id") == "facet-kind"
    departments = page.locator("#facet-department option").all_inner_texts()[1:]
    assert sum(int(re.findall(r"\d+", text)[-1]) for text in departments) == n

    page.reload()
    settled(page)
    assert page.input_value("#facet-kind") == "licensing"
    page.go_back()
    wait_for_hits(page, min(hits, 20))
    settled(page)
    assert page.input_value("#facet-kind") == ""


def test_each_facet_lets_only_its_own_pass(ask, powers, bundled_site):
    """Whatever is chosen must hold for every hit, however it was found."""
    bases = {(b["power"], b["instrument"]) for b in rows(bundled_site / "data/legal_bases.csv")}
    law = Counter(instrument for _, instrument in bases).most_common(1)[0][0]
    by_code = {power["code"]: power for power in powers}

    for choices in (
        {"department": "market-regulation"},
        {"kind": "penalty"},
        {"law": law},
        {"department": "market-regulation", "kind": "licensing"},
    ):
        for answer in ask(["许可", "营业执照", "证", "HD31"], choices=choices):
            for code in answer["codes"]:
                assert choices.get("department") in (None, by_code[code]["department"])
                assert choices.get("kind") in (None, by_code[code]["kind"])
                assert "law" not in choices or (code, law) in bases


def test_filters_that_let_nothing_pass_can_be_removed(page, root):
    """A dead end of someone's own making needs a way back too."""
    page.goto(f"{root}search/?q=低保&kind=penalty")
    settled(page)
    assert page.locator(".hit").count() == 0
    page.click("[data-part=clear]")
    settled(page)

    assert shown(page)[0] == "HD11-JF-002"
    assert "kind" not in page.url


def test_twenty_hits_come_first_and_more_on_request(page):
    """A phone must not load a hundred hits; nor may the keyboard lose its place among them."""
    search(page, "许可")
    assert len(shown(page)) == 20
    page.click("[data-part=more]")
    page.wait_for_function("() => document.querySelectorAll('.hit').length > 20")

    codes = shown(page)
    assert len(set(codes)) == len(codes)
    page.wait_for_function("() => document.activeElement.closest('.hit')")
    assert page.evaluate("document.activeElement.closest('.hit').dataset.code") == codes[20]
    page.locator(".hit a").nth(21).click()
    page.wait_for_url("**/powers/**")
    page.go_back()
    wait_for_hits(page, len(codes))


def test_what_was_given_up_is_found_and_says_so(page, powers):
    """Nobody may queue for a licence that no longer exists."""
    ended = next(power for power in powers if power["status"] != "active")
    search(page, ended["name"])

    hit = page.locator(f".hit[data-code='{ended['code']}']")
    assert hit.locator(".badge--ended").count() == 1
    assert page.locator(".hit .badge--active").count() + page.locator(
        ".hit .badge--ended"
    ).count() == len(shown(page))


def test_what_is_in_force_comes_before_what_was_given_up(ask, powers):
    """Whoever opens a restaurant must not be led to a licence that is no longer asked for."""
    ended = {power["code"] for power in powers if power["status"] != "active"}
    named = {power["code"] for power in powers if "餐饮" in power["name"]}
    (answer,) = ask(["餐饮"])
    found = [code in ended for code in answer["codes"] if code in named]

    assert found == [False] * (len(named) - len(named & ended)) + [True] * len(named & ended)
    assert {True, False} == set(found)


def test_typing_offers_powers_and_enter_searches(page, root):
    """Suggestions must help by keyboard and never get in the way of a search."""
    page.focus("#q")
    page.keyboard.type("排水", delay=20)
    page.wait_for_selector(".suggest li")
    assert page.evaluate("document.activeElement.id") == "q"
    assert re.search(r"\d", page.locator("[data-suggest-status]").inner_text())
    page.keyboard.press("ArrowDown")
    offered = page.evaluate("document.activeElement.href")
    page.keyboard.press("Escape")
    assert not page.locator(".suggest").is_visible()
    page.keyboard.press("Enter")
    settled(page)

    assert offered.startswith(f"{root}powers/")
    assert f"{root}powers/{shown(page)[0]}/" == offered
    assert page.evaluate("document.activeElement.id") == "q"


def test_the_home_page_offers_powers_and_leads_to_the_search(page, root):
    """Most people search from the first page they see."""
    page.goto(root)
    page.fill("[data-search-form] input", "低保")
    page.wait_for_selector(".suggest li")
    assert page.locator(".suggest a").first.get_attribute("href") == f"{root}powers/HD11-JF-002/"
    page.press("[data-search-form] input", "Enter")
    page.wait_for_url(f"{root}search/?q=*")
    settled(page)

    assert shown(page)[0] == "HD11-JF-002"


def test_where_nothing_fits_there_are_still_ways_on(page, root, bundled_site):
    """A search must never end in an empty page."""
    search(page, "火星移民签证")
    assert page.locator(".hit").count() == 0
    assert "火星移民签证" in said(page)
    ways = page.locator("[data-part=near] a").evaluate_all("links => links.map((a) => a.href)")

    assert ways
    assert all((bundled_site / way.removeprefix(root) / "index.html").is_file() for way in ways)
    assert page.locator(".browse a").first.is_visible()


def test_loose_hits_are_not_passed_off_as_found(page, ask):
    """ "Found 5" under a question about something else misleads."""
    (answer,) = ask(["国有建设月球飞船划拨"])
    assert not answer["exact"]
    search(page, "国有建设月球飞船划拨")

    nearest = page.locator("[data-part=count]").get_attribute("data-nearest")
    assert said(page) == nearest.replace("{query}", "国有建设月球飞船划拨")


def test_a_life_event_is_found_with_all_its_powers(page, ask, root, names):
    """Who wants to open a restaurant must see the whole way, not the first of its licences."""
    for slug, name in names["life-events"].items():
        (answer,) = ask([name])
        assert answer["exact"]
        assert set(names["stages"][slug]) <= set(answer["codes"])
    search(page, name)
    page.wait_for_selector(f"[data-part=places] a[href='{root}life-events/{slug}/']")


def test_a_body_or_law_that_is_named_is_linked(page, root, names, bundled_site):
    """Who types a body's name wants the body, or what it does."""
    for group, slug in (("departments", "market-regulation"), ("laws", next(iter(names["laws"])))):
        search(page, names[group][slug][-1])
        page.wait_for_selector(f"[data-part=places] a[href='{root}{group}/{slug}/']")
        assert (bundled_site / group / slug / "index.html").is_file()


def test_signs_and_markup_are_only_words(page):
    """A slip of the keyboard, or malice in a link, must do nothing."""
    for words in ('"', "()[]{}*+?", "<img src=x onerror=alert(1)>", "{query}", "%", "-"):
        search(page, words)

        assert page.locator(".results img").count() == 0
        assert page.input_value("#q") == words
        assert words in said(page)


def test_results_are_a_list_with_headings_under_a_spoken_count(page):
    """Who listens to the page must hear how much was found and walk through it."""
    search(page, "食品")
    outline = page.evaluate(
        """() => ({
          list: document.querySelector(".hits").tagName,
          headings: [...document.querySelectorAll("main :is(h1, h2, h3)")]
            .filter((h) => h.checkVisibility()).map((h) => h.tagName),
          hits: document.querySelectorAll("ol.hits > li > h3 > a").length,
          live: document.querySelector("[data-part=count]").getAttribute("role"),
        })"""
    )

    assert outline["list"] == "OL"
    assert outline["live"] == "status"
    assert outline["hits"] == len(shown(page)) > 0
    assert outline["headings"][:3] == ["H1", "H2", "H3"]
    assert page.title().startswith("食品")


@pytest.mark.parametrize(
    ("scheme", "words"), [("light", "食品"), ("dark", "低保"), ("dark", "天气")]
)
def test_answers_have_no_accessibility_fault(page, axe_source, scheme, words):
    """What comes by script is part of the page for those who listen to it."""
    page.emulate_media(color_scheme=scheme)
    search(page, words)
    page.evaluate(axe_source)
    faults = page.evaluate("axe.run(document).then((found) => found.violations)")
    page.emulate_media(color_scheme="light")

    assert [(fault["id"], [n["html"] for n in fault["nodes"]]) for fault in faults] == []


def test_answers_fit_a_phone(page):
    """At 390 pixels nothing may stick out."""
    page.set_viewport_size({"width": 390, "height": 800})
    search(page, "许可")
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    page.set_viewport_size({"width": 1280, "height": 720})

    assert overflow <= 0


def test_without_the_full_text_the_titles_still_answer(chromium, root):
    """A filter that blocks WebAssembly must not take the search away."""
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{root}search/?q=低保")
    settled(page)

    assert shown(page)[0] == "HD11-JF-002"
    assert page.locator("[data-part=partial]").is_visible()
    page.close()


def test_a_full_text_that_never_comes_does_not_hold_up_the_titles(chromium, root):
    """A line that hangs must not leave a reader before an endless "searching"."""
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.clock.install()
    page.route("**/pagefind/**", lambda route: None)  # neither answered nor refused
    page.goto(f"{root}search/?q=低保")
    page.locator("[data-part=count]").wait_for(state="attached")
    for _ in range(10):
        page.clock.run_for(10_000)

    page.locator("[data-part=partial]").wait_for(state="visible")
    assert shown(page)[0] == "HD11-JF-002"
    assert page.locator("[data-part=partial]").is_visible()
    page.close()


def test_without_titles_the_page_says_that_it_failed(chromium, root):
    """An endless "searching" is worse than a plain word."""
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.route("**/titles.json", lambda route: route.abort())
    page.goto(f"{root}search/?q=低保")
    settled(page)

    assert said(page) == page.locator("[data-part=count]").get_attribute("data-failed")
    assert page.locator(".browse a").first.is_visible()
    page.close()


def test_without_scripts_the_page_offers_the_lists(chromium, root, bundled_site):
    """Reading never needs JavaScript; searching says that it does."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for address in ("search/", "departments/taxation/search/"):
        page.goto(f"{root}{address}")
        ways = page.locator(".browse a").evaluate_all("links => links.map((a) => a.href)")
        assert page.locator(".results__needs").is_visible()
        assert ways
        assert all((bundled_site / way.removeprefix(root) / "index.html").is_file() for way in ways)
    context.close()
