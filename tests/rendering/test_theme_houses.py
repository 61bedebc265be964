"""The hand-made themes of the bundled city: at least twelve, different houses, one city."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.rendering import theme as theming
from generator.rendering.theming import settings
from tests.rendering.test_theme_bundled import SLUGS
from tests.rendering.themes import TR

THEMES = Path(__file__).parents[2] / "department_themes"
HOUSES = sorted(path.parent.name for path in THEMES.glob("*/theme.yml"))
LARGEST_SHEET, LARGEST_PICTURE, LARGEST_HOUSE = 6_000, 12_000, 24_000


def chosen(slug: str) -> dict:
    found, faults = settings.read((THEMES / slug / "theme.yml").read_bytes(), TR)
    assert not faults
    return dict(found)


def order(slug: str) -> tuple[str, ...]:
    return tuple(chosen(slug)["blocks"])


def frame(slug: str) -> tuple[str, str]:
    """What stands around a house's blocks: its layout, and how its head is set."""
    found = chosen(slug)
    return found.get("structure", "standard"), found.get("header", "plain")


def own_files(slug: str) -> dict[str, Path]:
    folder = THEMES / slug
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}


def test_twelve_departments_and_more_have_a_house_of_their_own():
    """A promise of twelve themes must not be kept by files that only name a colour."""
    assert len(HOUSES) >= 12
    assert set(HOUSES) <= set(SLUGS)


@pytest.mark.parametrize("slug", HOUSES)
def test_a_house_is_made_by_hand_and_without_a_fault(slug):
    """A house that falls back, even in one colour, is not what its department looked at."""
    made, findings = theming.load(THEMES / slug, slug, tr=TR)
    files = own_files(slug)
    image = chosen(slug)["banner"]["image"]

    assert not findings, "\n".join(map(str, findings))
    assert made.mark and f"assets/{made.mark}" in files
    assert image == "none" or f"assets/{image}" in files
    assert "banner" in made.templates and len(made.templates) >= 2
    assert chosen(slug)["css"] in files and made.tagline


def test_no_two_houses_stand_in_the_same_frame():
    """Two sites that differ in colour alone are one site painted twice."""
    frames = Counter(frame(slug) for slug in HOUSES)

    assert [found for found, count in frames.items() if count > 1] == []


def test_no_two_houses_say_the_same_things_in_the_same_order():
    """What a department puts first is the first thing that it says of itself."""
    orders = Counter(order(slug) for slug in HOUSES)
    firsts = Counter(order(slug)[1:4] for slug in HOUSES)

    assert [found for found, count in orders.items() if count > 1] == []
    assert [found for found, count in firsts.items() if count > 1] == []


def test_every_layout_has_its_house():
    """A layout that nobody lives in is never looked at, and breaks unseen."""
    layouts = {layout for layout, _ in map(frame, HOUSES)}

    assert layouts == set(settings.schema()["properties"]["structure"]["enum"])


@pytest.mark.parametrize("slug", HOUSES)
def test_a_house_is_light(slug):
    """A cheap phone on a slow line must not pay for a department's taste."""
    sizes = {name: path.stat().st_size for name, path in own_files(slug).items()}

    assert sizes[chosen(slug)["css"]] <= LARGEST_SHEET
    assert all(size <= LARGEST_PICTURE for name, size in sizes.items() if name.endswith(".svg"))
    assert sum(sizes.values()) <= LARGEST_HOUSE
