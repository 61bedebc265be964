"""In Chromium: whatever a theme tries, every fact is seen as in the municipal look.

Each attack is served twice: as the generator lets it through, which must change no fact, and
raw, which the same eyes must notice, or they would prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.i18n import Translator
from generator.rendering.theming.own_css import filtered
from generator.rendering.theming.stylesheet import layered
from tests.conftest import CHECKOUT
from tests.rendering.test_theme_hostile import files

SLUG = "market-regulation"
SEEN = (Path(__file__).parent / "facts_seen.js").read_text(encoding="utf-8")
VIEWS = {
    "phone": ({"viewport": {"width": 390, "height": 844}}, "screen"),
    "wide": ({"viewport": {"width": 1280, "height": 900}}, "screen"),
    "dark": ({"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}, "screen"),
    "forced": ({"viewport": {"width": 390, "height": 844}, "forced_colors": "active"}, "screen"),
    "print": ({"viewport": {"width": 794, "height": 1123}}, "print"),
}
OTHERWISE = {"custom-properties", "order", "imported", "fonts", "unclosed", "columns", "wide-tracks",
             "layers", "zoom", "in-forced-colours", "words-in-a-picture", "has", "animation",
             "by-column", "quotes", "covered-by-shadow", "comments", "escapes",
             "replaced-words"}  # fmt: skip
"""Raw attacks that need another view, another server or other markup than the pages tried here."""


def pages(site: Path) -> list[str]:
    """Return the department's home page and its page with the most facts."""
    records = site.glob(f"departments/{SLUG}/powers/*/index.html")
    richest = max(records, key=lambda path: path.read_text("utf-8").count("data-fact="))
    return [f"departments/{SLUG}/", f"departments/{SLUG}/powers/{richest.parent.name}/"]


@contextmanager
def tab(chromium, host: str, view: str) -> Iterator:
    options, medium = VIEWS[view]
    context = chromium.new_context(**options, bypass_csp=True)
    page = context.new_page()
    page.emulate_media(media=medium)
    try:
        yield page
    finally:
        context.close()


class Eyes:
    """Looks at pages with more CSS behind the theme's, and says what is wrong with their facts."""

    def __init__(self, page, host: str, site: Path) -> None:
        self._page, self._host = page, host
        self._sheet = (site / f"departments/{SLUG}/assets/theme.css").read_text("utf-8")
        self._more = ""
        self._said: dict[str, dict[str, str]] = {}
        self._known: dict[str, set[str]] = {}
        page.route("**/assets/theme.css", self._serve)

    def _serve(self, route) -> None:
        route.fulfill(body=self._sheet + self._more, content_type="text/css")

    def wrong(self, address: str, more: str = "") -> set[str]:
        """Return what is worse than without the attack, which is looked at first."""
        self._more = more
        self._page.goto(f"{self._host}{address}", wait_until="load")
        seen = self._page.evaluate(SEEN, self._said.get(address))
        if not more:
            self._said[address], self._known[address] = seen["said"], set(seen["wrong"])
            assert seen["facts"] > 10
        return set(seen["wrong"]) - self._known[address]


def passed(css: str) -> str:
    return layered(filtered(css, [], Translator("en"))[0])


@pytest.fixture(scope="module")
def site(built_city) -> Path:
    return built_city("example-zh", CHECKOUT / "tests" / "cities" / "zh")


def looked_at(site, chromium, host: str, view: str, attack: str) -> set[str]:
    with tab(chromium, host, view) as page:
        eyes = Eyes(page, host, site)
        found: set[str] = set()
        for address in pages(site):
            eyes.wrong(address)
            found |= eyes.wrong(address, attack)
    return found


@pytest.mark.parametrize("view", ["phone", "print"])
def test_all_attacks_together_change_no_fact(site, chromium, site_server, view):
    """A fact must be seen on the smallest screen and on paper; the other views are proved."""
    attack = "".join(passed(path.read_text("utf-8")) for path in files("css"))

    assert looked_at(site, chromium, site_server(site).root, view, attack) == set()


@pytest.mark.prove
def test_eyes_that_see_no_harm_would_prove_nothing(site, chromium, site_server):
    """Each attack served as it was written must be noticed on one of the pages."""
    host = site_server(site).root
    unnoticed = []
    with tab(chromium, host, "phone") as page:
        eyes = Eyes(page, host, site)
        for address in pages(site):
            eyes.wrong(address)
        for path in files("css"):
            if path.stem in OTHERWISE or path.stem.startswith("in-"):
                continue
            raw = path.read_text("utf-8")
            if not any(eyes.wrong(address, raw) for address in reversed(pages(site))):
                unnoticed.append(path.stem)

    assert unnoticed == []


@pytest.mark.prove
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("attack", ["all", *(path.stem for path in files("css"))])
def test_no_attack_alone_changes_a_fact(site, chromium, site_server, view, attack):
    """What two attacks undo for one another must not pass for harmless."""
    wanted = [path for path in files("css") if attack in ("all", path.stem)]
    more = "".join(passed(path.read_text("utf-8")) for path in wanted)

    assert looked_at(site, chromium, site_server(site).root, view, more) == set()
