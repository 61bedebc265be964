"""Flowcharts in Chromium: moved and zoomed, read step by step, searched, compared, taken along."""

from __future__ import annotations

import base64
import json
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE_MS = 60_000
SCALE = """() => {
  const svg = document.querySelector('.fc-frame svg:not([hidden])');
  return svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
}"""
CURRENT = "() => document.querySelector('ol.steps .is-current')?.id ?? ''"
PANEL = "() => document.querySelector('.chart-panel').innerText"
SCROLLED = (
    "() => { const f = document.querySelector('.fc-frame'); return [f.scrollLeft, f.scrollTop]; }"
)
STEP = ".fc-frame svg:not([hidden]) g[role=button]"


@pytest.fixture(scope="module")
def folder(example_site: Callable[[str], Path]) -> Path:
    return example_site("zh")


@pytest.fixture(scope="module")
def city(folder: Path, site_server: Callable[[Path], Served]) -> str:
    return site_server(folder).below


@pytest.fixture(scope="module")
def index(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "assets" / "flowcharts.json").read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def code(index: dict[str, Any]) -> str:
    """Return the power with the most steps."""
    return str(max(index["powers"], key=lambda power: power[4])[0])


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Yield a function that opens an address and fails on any fault of a script."""
    contexts, faults = [], []

    def open_(
        address: str, *, wide: int = 1280, touch: bool = False, scheme: str = "light"
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": wide, "height": 844}, has_touch=touch, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def chart(opened: Callable[..., Page], city: str, code: str) -> Callable[..., Page]:
    def open_(**how: Any) -> Page:
        page = opened(f"{city}powers/{code}/{how.pop('hash', '')}", **how)
        page.wait_for_selector(".chart-bar")
        return page

    return open_


def press(page: Page, place: int) -> None:
    """Press a button of the chart's tools by its place."""
    page.locator(".chart-bar button").nth(place).click()


SMALLER, LARGER, RESET, LARGE, LONGEST, BY_POST = range(6)


def test_buttons_and_keys_zoom_and_reset(chart: Callable[..., Page]):
    """Small print is the first thing old eyes complain of."""
    page = chart()
    before = page.evaluate(SCALE)
    press(page, LARGER)
    assert page.evaluate(SCALE) == pytest.approx(before * 1.25, rel=0.02)
    page.locator(".fc-frame").focus()
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert page.evaluate(SCALE) == pytest.approx(before / 1.25, rel=0.02)
    page.keyboard.press("0")
    assert page.evaluate(SCALE) == pytest.approx(before, rel=0.02)
    for _ in range(6):
        page.keyboard.press("+")
    left = page.evaluate(SCROLLED)[0]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SCROLLED)[0] > left


def test_the_large_view_is_dragged_wheeled_and_closed(chart: Callable[..., Page]):
    """Who explores a long procedure moves it as a map; Escape leads back to where one was."""
    page = chart()
    press(page, LARGE)
    assert page.locator("dialog.chart-view").evaluate("d => d.matches(':modal')")
    frame = page.locator(".fc-frame").bounding_box()
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    before = page.evaluate(SCALE)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"({SCALE})() > {before} * 1.5")
    top = page.evaluate(SCROLLED)[1]
    page.mouse.down()
    page.mouse.move(x, y - 120, steps=4)
    page.mouse.up()
    assert page.evaluate(SCROLLED)[1] == pytest.approx(top + 120, abs=3)
    assert page.evaluate(CURRENT) == ""  # a drag chooses nothing
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('dialog[open]')")
    assert page.locator("figure.flowchart > .fc-frame").count() == 1
    assert page.evaluate("document.activeElement.closest('.chart-bar') !== null")


def test_two_fingers_zoom_the_large_view_and_one_scrolls_the_page(chart: Callable[..., Page]):
    """A chart that swallows the thumb that wants to read on makes the page a trap."""
    page = chart(wide=390, touch=True)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.fc-frame')).touchAction") == "auto"
    )
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.fc-frame')).overflowY") != "scroll"
    )
    press(page, LARGE)
    before = page.evaluate(SCALE)
    client = page.context.new_cdp_session(page)

    def fingers(kind: str, *points: tuple[int, int]) -> None:
        touches = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    fingers("touchStart", (150, 400))
    fingers("touchStart", (150, 400), (240, 400))
    for far in (20, 40, 60):
        fingers("touchMove", (150 - far, 400), (240 + far, 400))
    fingers("touchEnd")
    page.wait_for_function(f"({SCALE})() > {before} * 1.8")
    top = page.evaluate(SCROLLED)[1]
    fingers("touchStart", (200, 500))
    for y in (460, 420, 380):
        fingers("touchMove", (200, y))
    fingers("touchEnd")
    assert page.evaluate(SCROLLED)[1] > top + 60


def test_on_a_telephone_words_are_legible_and_the_page_does_not_overflow(
    chart: Callable[..., Page],
):
    """Twelve pixels is the least that most eyes read at arm's length."""
    page = chart(wide=390)

    assert 12 * page.evaluate(SCALE) >= 11.99
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_step_is_read_by_key_pointer_and_tap(chart: Callable[..., Page]):
    """Who, how long, with what paper: the three things one asks of a step."""
    page = chart()
    names = page.locator("ol.steps [data-fact='steps.name']").all_inner_texts()
    page.locator(STEP).first.focus()
    assert names[0] in page.evaluate(PANEL)
    page.keyboard.press("ArrowDown")
    assert names[1] in page.evaluate(PANEL)
    page.keyboard.press("End")
    assert names[-1] in page.evaluate(PANEL)
    page.keyboard.press("Home")
    page.locator(STEP).nth(2).hover()
    assert names[2] in page.evaluate(PANEL)
    page.locator(STEP).nth(1).click()
    said = page.evaluate(PANEL)
    for fact in page.locator("ol.steps > .step").nth(1).locator("[data-fact]").all_inner_texts():
        assert fact in said
    assert not page.locator(".chart-panel [data-fact], .chart-panel [id]").count()

    phone = chart(wide=390, touch=True)
    phone.locator(STEP).nth(1).tap()
    assert names[1] in phone.evaluate(PANEL)
    assert phone.locator(".chart-panel").bounding_box()["y"] < 844


def test_a_step_has_an_address_in_the_list_and_in_the_chart(chart: Callable[..., Page]):
    """A complaint or an answer by telephone points at one step, not at a page."""
    page = chart()
    page.locator(STEP).nth(2).click()
    place = page.evaluate("location.hash")
    assert place == "#" + page.locator("ol.steps > .step").nth(2).get_attribute("id")

    again = chart(hash=place)
    assert "#" + again.evaluate(CURRENT) == place
    assert again.locator(STEP).nth(2).get_attribute("aria-current") == "step"
    assert again.locator(f"{STEP}[tabindex='0']").count() == 1
    again.locator("ol.steps .moves a").first.click()
    again.wait_for_function(f"() => '#' + ({CURRENT})() === location.hash")


def test_the_longest_way_is_shown_and_told(chart: Callable[..., Page]):
    """Its length is what a promise of days rests on."""
    page = chart()
    numbers = page.locator("figure.flowchart").get_attribute("data-way").split()
    assert page.locator(".way").inner_text()
    press(page, LONGEST)

    assert page.locator(f"{STEP}.is-way").count() == len(numbers)
    assert page.locator(".fc-ways path.is-way").count() == len(numbers) - 1


def test_lanes_show_every_step_under_its_post(chart: Callable[..., Page]):
    """Where a case changes hands is where it lies about."""
    page = chart()
    press(page, BY_POST)
    page.wait_for_selector(".fc-lanes:not([hidden])")
    faults = page.evaluate(
        """() => {
          const svg = document.querySelector('.fc-lanes');
          const heads = [...svg.querySelectorAll('.fc-lane')].map(lane => lane.getBBox());
          const names = [];
          svg.querySelectorAll('.fc-lane-heads rect.fc-lane-head').forEach(rect => {
            let text = '';
            for (let n = rect.nextSibling; n && n.tagName === 'text'; n = n.nextSibling) text += n.textContent;
            names.push(text);
          });
          const steps = [...document.querySelectorAll('ol.steps > .step')];
          const boxes = [...svg.querySelectorAll('g[role=button]')].map(g => {
            const at = g.transform.baseVal[0].matrix, box = g.querySelector('.fc-s').getBBox();
            return {x: at.e + box.x, y: at.f + box.y, r: at.e + box.x + box.width, b: at.f + box.y + box.height};
          });
          const wrong = [];
          boxes.forEach((box, i) => {
            const lane = heads.findIndex(h => h.x <= box.x && box.r <= h.x + h.width);
            const post = steps[i].querySelector("[data-fact='steps.post']")?.textContent ?? '';
            if (lane < 0 || (post && names[lane] !== post)) wrong.push([i, post, names[lane]]);
            boxes.forEach((other, j) => {
              if (i < j && box.x < other.r && other.x < box.r && box.y < other.b && other.y < box.b)
                wrong.push(['over', i, j]);
            });
          });
          if (boxes.length !== steps.length) wrong.push('steps');
          return wrong;
        }"""
    )

    assert faults == []
    assert page.locator(".fc-frame > svg:not([hidden])").count() == 1


@pytest.mark.parametrize("lanes", [False, True])
def test_a_picture_is_made_in_the_browser(chart: Callable[..., Page], lanes: bool):
    """A chart goes into slides and letters as a picture, crisp and on the ground one wants."""
    page = chart()
    if lanes:
        press(page, BY_POST)
        page.wait_for_selector(".fc-lanes:not([hidden])")
    corners = []
    for place, ground in enumerate(("light", "dark")):
        with page.expect_download() as waited:
            page.locator("figcaption button").nth(place).click()
        picture = Path(waited.value.path()).read_bytes()
        wide, high = struct.unpack(">II", picture[16:24])
        assert waited.value.suggested_filename.endswith(".png"), ground
        assert picture[:8] == b"\x89PNG\r\n\x1a\n" and wide > 640 and high > 640
        corners.append(
            page.evaluate(
                """async source => {
                  const image = new Image();
                  image.src = source;
                  await image.decode();
                  const canvas = document.createElement('canvas');
                  canvas.width = image.width;
                  canvas.height = image.height;
                  const pen = canvas.getContext('2d');
                  pen.drawImage(image, 0, 0);
                  const dots = pen.getImageData(0, 0, image.width, image.height).data;
                  const colours = new Set();
                  for (let at = 0; at < dots.length; at += 404) colours.add(dots[at] + ',' + dots[at + 1]);
                  return [dots[0], colours.size];
                }""",
                "data:image/png;base64," + base64.b64encode(picture).decode(),
            )
        )
    (white, some), (dark, others) = corners
    assert white == 255 and dark < 60 and some > 8 and others > 8


def test_without_scripts_chart_and_steps_are_there(
    chromium: Browser, city: str, code: str, index: dict[str, Any]
):
    """Reading must not hang on a script that an old telephone cannot run."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{city}powers/{code}/")
    assert page.locator("figure.flowchart svg").is_visible()
    assert page.locator("ol.steps > .step").count() > 3
    assert not page.locator(".chart-bar").count()
    page.goto(f"{city}flowcharts/")
    assert page.locator(".card--chart").count() == len(index["powers"])
    assert not page.locator(".chart-filter").is_visible()
    page.goto(f"{city}flowcharts/compare/")
    assert page.locator("noscript").count() and page.locator("main a").count() > 3
    context.close()


def test_the_gallery_is_searched_by_step_post_document_and_time(
    opened: Callable[..., Page], city: str, index: dict[str, Any]
):
    """Who studies how the city works asks for a post or a document, not for a power's name."""
    powers, texts = index["powers"], index["texts"]
    page = opened(f"{city}flowcharts/")

    def found() -> set[str]:
        links = page.locator(".chart-found .card > a")
        return {str(a.get_attribute("href")).split("/")[-2] for a in links.all()}

    for part, name in ((5, "step"), (6, "post"), (7, "document")):
        wanted = next(texts[power[part][0]] for power in powers if power[part])
        page.goto(f"{city}flowcharts/?in={name}&q={wanted}")
        page.wait_for_selector(".chart-found .card")
        assert found() == {
            power[0] for power in powers if any(wanted in texts[text] for text in power[part])
        }
        assert wanted in page.locator(".chart-hits").first.inner_text()
    page.goto(f"{city}flowcharts/")
    page.select_option("#chart-steps", "9-12")
    page.wait_for_function("() => location.search === '?steps=9-12'")
    page.wait_for_selector(".chart-found > *")
    assert found() == {power[0] for power in powers if 9 <= power[4] <= 12}
    assert not page.locator(".chart-list").is_visible()
    page.select_option("#chart-steps", "")
    page.wait_for_function("() => !document.querySelector('.chart-list').hidden")


def test_two_procedures_stand_side_by_side(
    opened: Callable[..., Page], city: str, index: dict[str, Any]
):
    """Whoever wants to merge two procedures must see what would be lost."""
    page = opened(f"{city}flowcharts/compare/")
    page.wait_for_function("() => document.querySelectorAll('#compare-a option').length > 1")
    first, second = (power[0] for power in index["powers"][:2])
    page.goto(f"{city}flowcharts/compare/?a={first}&b={second}")
    page.wait_for_selector("table.compare")
    sides = page.evaluate(
        """() => [0, 1].map(n => [...document.querySelectorAll('.compare tbody tr')]
          .map(row => row.children[n].querySelector('.compare__name')?.textContent).filter(Boolean))"""
    )
    for code_, side in zip((first, second), sides, strict=True):
        facts = page.request.get(f"{city}powers/{code_}.json").json()
        assert side == [step["name"] for step in facts["steps"]]
    page.goto(f"{city}flowcharts/compare/?a={first}&b={first}")
    page.wait_for_selector("table.compare")
    assert not page.locator(".compare mark").count()
    assert page.locator(".compare__same").count() == page.locator(".compare tbody tr").count()
    again = opened(f"{city}flowcharts/compare/?a={first}&b={second}", wide=390)
    again.wait_for_selector("table.compare")
    assert again.evaluate("document.documentElement.scrollWidth") == 390


def test_thumbnails_follow_the_page_and_not_the_system(
    opened: Callable[..., Page], city: str, code: str
):
    """A dark page with glaring white pictures is not what a reader chose."""
    grounds = {}
    for scheme, chosen in (("light", "dark"), ("dark", "light")):
        page = opened(f"{city}flowcharts/", scheme=scheme)
        page.evaluate("scheme => localStorage.setItem('daylight.scheme', scheme)", chosen)
        page.reload()
        card = page.locator(".card__picture img").first
        card.scroll_into_view_if_needed()
        page.wait_for_function("() => document.querySelector('.card__picture img').complete")
        picture = card.screenshot(type="png")
        grounds[chosen] = page.evaluate(
            """async source => {
              const image = new Image();
              image.src = source;
              await image.decode();
              const canvas = document.createElement('canvas');
              canvas.width = canvas.height = 8;
              const pen = canvas.getContext('2d');
              pen.drawImage(image, 0, 0);
              return pen.getImageData(3, 3, 1, 1).data[0];
            }""",
            "data:image/png;base64," + base64.b64encode(picture).decode(),
        )

    assert grounds["light"] > 240 and grounds["dark"] < 60


def test_every_department_hands_out_its_flowcharts_as_bpmn(folder: Path, index: dict[str, Any]):
    """Offices that redesign a procedure start from the file, not from a picture."""
    names = set()
    for archive in folder.glob("departments/*/flowcharts/bpmn.zip"):
        names |= {Path(name).stem for name in zipfile.ZipFile(archive).namelist()}

    assert names == {power[0] for power in index["powers"]}


def test_the_tools_and_the_lists_have_no_fault_that_axe_finds(
    chart: Callable[..., Page], opened: Callable[..., Page], city: str, axe_source: str,
    index: dict[str, Any],
):  # fmt: skip
    """A tool that only a mouse can use is none for every tenth reader."""
    page = chart()
    page.locator(STEP).nth(1).click()
    press(page, BY_POST)
    page.wait_for_selector(".fc-lanes:not([hidden])")
    pages = {"chart": page, "gallery": opened(f"{city}flowcharts/?steps=1-8")}
    first, second = (power[0] for power in index["powers"][:2])
    pages["compare"] = opened(f"{city}flowcharts/compare/?a={first}&b={second}", wide=390)
    pages["compare"].wait_for_selector("table.compare")
    faults = {}
    for name, each in pages.items():
        each.evaluate(axe_source)
        found = each.evaluate(
            "axe.run({resultTypes: ['violations']}).then(done => done.violations)"
        )
        faults[name] = [(v["id"], v["nodes"][0]["html"][:120]) for v in found]

    assert faults == {"chart": [], "gallery": [], "compare": []}
