"""The bundled city's themes and prose: sound, and two of them really different houses."""

from __future__ import annotations

import csv
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from generator import bundled
from generator.i18n import translator
from generator.model.codes import DepartmentSlug
from generator.pages import urls
from generator.rendering import markdown
from generator.rendering import theme as theming
from generator.rendering.templates import Renderer
from generator.rendering.theming import rehearsal
from generator.rendering.theming.block_rules import facts
from tests.rendering.test_theme_blocks import NoCharts
from tests.rendering.themes import TR

ROOT = Path(__file__).parents[2]
HAND_MADE = (DepartmentSlug("fire-rescue"), DepartmentSlug("ecology-environment"))
with (ROOT / "content/database/departments.csv").open(encoding="utf-8-sig", newline="") as table:
    SLUGS = tuple(
        DepartmentSlug(row["slug"]) for row in csv.DictReader(table) if row["status"] == "active"
    )
LANDMARKS = {"header", "nav", "section", "aside", "form"}


class Outline(HTMLParser):
    """The landmarks below main, the levels of its headings and its second-level headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.landmarks: list[str] = []
        self.levels: list[int] = []
        self.headings: list[str] = []
        self._inside = False
        self._heading = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self._inside = self._inside or tag == "main"
        if self._inside and tag in LANDMARKS:
            self.landmarks.append(tag)
        if self._inside and tag in ("h1", "h2", "h3", "h4"):
            self.levels.append(int(tag[1]))
        if self._inside and tag == "h2":
            self.headings.append("")
            self._heading = True

    def handle_endtag(self, tag):
        self._inside = self._inside and tag != "main"
        self._heading = self._heading and tag != "h2"

    def handle_data(self, text):
        if self._heading:
            self.headings[-1] += text


@pytest.fixture(scope="module")
def themes():
    found, findings = theming.load_all(ROOT / "department_themes", SLUGS, {}, tr=TR)
    assert not findings, "\n".join(map(str, findings))
    return found


@pytest.fixture(scope="module")
def homes(themes):
    """The same department's home page, in every theme."""
    renderer = Renderer(
        language="zh-CN",
        tr=translator("zh-CN"),
        theme_root=bundled.theme(),
        charts=NoCharts(),
        themes={theme.key: theme for theme in themes.values()},
    )
    site, page = rehearsal.specimens()[0]
    pages = {}
    for slug, theme in themes.items():
        home = replace(site, theme=theme.key, blocks=theme.blocks, language="zh-CN")
        pages[slug] = renderer.page(home, replace(page, blocks=theme.blocks)).decode()
    return pages


def test_every_department_has_a_look_of_its_own(themes):
    """Seventy departments that look alike would be one."""
    assert len(themes) == len(SLUGS) >= 70
    assert len({theme.css for theme in themes.values()}) == len(SLUGS)
    assert all(theme.key == slug and theme.logo for slug, theme in themes.items())


def test_two_houses_differ_in_blocks_order_and_landmarks(themes, homes):
    """ "Different in appearance" has to mean more than another colour."""
    fire, ecology = HAND_MADE
    one, other = Outline(homes[fire]), Outline(homes[ecology])

    assert set(themes[fire].blocks) != set(themes[ecology].blocks)
    shared = [block for block in themes[fire].blocks if block in themes[ecology].blocks]
    assert shared != [block for block in themes[ecology].blocks if block in shared]
    assert one.landmarks != other.landmarks and set(one.landmarks) != set(other.landmarks)
    assert {"banner"} < set(themes[fire].templates) and {"banner"} < set(themes[ecology].templates)


def test_every_hand_made_house_speaks_in_its_own_order(themes, homes):
    """One who hears the page must tell the houses apart as one who sees it does."""
    houses = [slug for slug, theme in themes.items() if theme.templates]
    heard = {tuple(Outline(homes[slug]).headings) for slug in houses}

    assert len(houses) >= 12 and len(heard) == len(houses)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_home_page_has_one_root_and_no_gap(homes, slug):
    """A screen reader's user must find the same shape in every house."""
    levels = Outline(homes[slug]).levels

    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.fixture(scope="module")
def city_facts():
    """What the city itself shows of the same department."""
    renderer = Renderer(
        language="zh-CN", tr=translator("zh-CN"), theme_root=bundled.theme(), charts=NoCharts()
    )
    site, page = rehearsal.specimens()[0]
    return facts(renderer.page(replace(site, language="zh-CN"), page).decode())


@pytest.mark.parametrize("slug", SLUGS)
def test_no_theme_changes_a_fact(homes, city_facts, slug):
    """ "The same in what matters": what a house shows as a fact, the city shows too."""
    assert facts(homes[slug]) <= city_facts
    for column in ("departments.phone", "departments.supervision_phone"):
        assert column in {name for name, _ in facts(homes[slug])}


def test_hand_made_templates_stand_on_a_department_that_has_nothing(themes):
    """A new department must not break its page by being empty."""
    for slug in HAND_MADE:
        for site, page in rehearsal.specimens():
            assert list(themes[slug].rehearse(site, page, TR)) == []


SPEAKING = sorted(path.name for path in (ROOT / "content/departments").iterdir())


@pytest.mark.parametrize("folder", [*(f"departments/{slug}" for slug in SPEAKING), "prose"])
def test_the_prose_is_sound_and_leads_somewhere(folder):
    """A visitor who follows a link from a guide must arrive."""
    pages, findings = markdown.load(ROOT / "content" / folder, tr=TR)

    assert len(pages) >= 2 and findings == ()


def test_links_to_powers_lead_to_powers_that_exist():
    """A guide that leads to a record of another department, or none, sends people away."""
    with (ROOT / "content/database/powers.csv").open(encoding="utf-8-sig", newline="") as table:
        holders = {row["code"]: row["department"] for row in csv.DictReader(table)}
    for slug in SPEAKING:
        for page in markdown.load(ROOT / "content/departments" / slug, tr=TR)[0]:
            codes = [part.partition('/"')[0] for part in page.html.split('href="../powers/')[1:]]
            assert all(holders[code] == slug for code in codes)


def test_files_of_a_theme_stay_in_the_departments_own_folder(themes):
    """One house must not be able to write into another's."""
    for slug, theme in themes.items():
        assert all(path.startswith(urls.department(slug)) for path, _ in theming.files(theme))
