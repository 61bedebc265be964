"""Whoever browses without a script finds every power: page by page, by kind, theme, for whom."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from generator.pages import subjects
from tests.site.output import Output


def leafed(output: Output, address: str) -> Iterator[str]:
    """Yield a list's pages as a reader without scripts leafs through them, by "next" alone."""
    while address:
        yield address
        page = output.pages[address]
        following = page.xpath("//main//a[@rel='next']/@href")
        if following:
            target = output.target(following[0], address)
            assert target is not None
            following_page = target[0].removesuffix("index.html")
            back = output.pages[following_page].xpath("//main//a[@rel='prev']/@href")
            assert output.target(back[0], following_page)[0].removesuffix("index.html") == address  # type: ignore[index]
            address = following_page
        else:
            address = ""


def listed(output: Output, address: str) -> Counter[str]:
    """Return the codes on all pages of a list, with how often each stands there."""
    return Counter(
        code
        for page in leafed(output, address)
        for code in output.pages[page].xpath("//main//*[@data-listed]//li/@data-record")
    )


def rows(output: Output) -> list[dict[str, str]]:
    """Return the published table of powers, the truth of every list."""
    text = output.text("data/powers.csv").removeprefix("\ufeff")
    return list(csv.DictReader(text.splitlines()))


def cells(text: str) -> list[str]:
    return [part for part in text.split(";") if part]


def test_every_power_in_force_stands_once_in_the_list_of_all(city: Output) -> None:
    """A power that no page of the list holds is hidden from whoever has no script."""
    active = {row["code"] for row in rows(city) if row["status"] == "active"}

    assert listed(city, "powers/") == Counter(active)


def test_lists_by_kind_theme_and_audience_are_complete(city: Output) -> None:
    """Who browses by one way must find no less than who browses by another."""
    active = [row for row in rows(city) if row["status"] == "active"]
    wanted: dict[str, set[str]] = {"for/citizens/": set(), "for/firms/": set()}
    for row in active:
        wanted.setdefault(f"kinds/{row['kind']}/", set()).add(row["code"])
        for theme in cells(row["themes"]):
            wanted.setdefault(f"themes/{subjects.slug(theme)}/", set()).add(row["code"])
        for audience, address in (("citizen", "for/citizens/"), ("firm", "for/firms/")):
            if row["applicant"] in (audience, "both"):
                wanted[address].add(row["code"])

    for address, codes in wanted.items():
        assert listed(city, address) == Counter(codes), address


def test_a_departments_own_list_is_complete_and_keeps_what_is_gone(city: Output) -> None:
    """A department's house shows all that it holds, and what it no longer holds."""
    by_holder: dict[str, set[str]] = {}
    for row in rows(city):
        by_holder.setdefault(row["department"], set()).add(row["code"])
    for slug, codes in by_holder.items():
        address = f"departments/{slug}/powers/"
        if address in city.pages:
            assert listed(city, address) == Counter(codes), address


def test_pages_of_a_list_are_short_and_told_apart(bundled: Output) -> None:
    """A page that takes a minute to load on a telephone is no page; two of one title confuse."""
    pages = list(leafed(bundled, "powers/"))
    titles = [bundled.pages[page].findtext(".//title") for page in pages]

    assert len(pages) == 4
    assert len(set(titles)) == len(titles)
    for page in pages:
        assert len(bundled.text(f"{page}index.html").encode()) < 80_000, page


def test_anchors_of_groups_lead_somewhere_on_every_page(bundled: Output) -> None:
    """A link to a group of a long list must not end at the top of the wrong page."""
    for page in leafed(bundled, "powers/"):
        for link in bundled.pages[page].xpath("//main//*[contains(@class, 'jumps')]//a/@href"):
            file, fragment = bundled.target(link, page) or ("", "")
            target = file.removesuffix("index.html")
            assert fragment in set(bundled.pages[target].xpath("//*/@id")), (page, link)


def test_counts_say_how_many_are_services_and_sub_items(bundled: Output) -> None:
    """Who quotes the number must know that it counts services, and parts beside their wholes."""
    active = [row for row in rows(bundled) if row["status"] == "active"]
    services = sum(row["kind"] == "service" for row in active)
    parts = sum(bool(row["parent"]) for row in active)
    for address in ("", "powers/"):
        words = " ".join(bundled.pages[address].find(".//main").text_content().split())
        assert re.search(rf"(?<!\d){len(active)}\D.{{0,12}}{services}\D.{{0,6}}{parts}\D", words), (
            address
        )


def test_what_the_browser_sifts_is_what_is_published(city: Output) -> None:
    """A filter that knows other powers than the pages would mislead."""
    source = json.loads(city.text("assets/lists.json"))
    at = {name: place for place, name in enumerate(source["columns"])}
    kept = {
        cells[at["code"]]: (
            cells[at["name"]],
            source["departments"][cells[at["department"]]][0],
            source["kinds"][cells[at["kind"]]][0],
            source["statuses"][cells[at["status"]]][0],
            source["applicants"][cells[at["applicant"]]][0],
            source["fees"][cells[at["fee"]]][0],
            cells[at["parent"]],
        )
        for cells in source["powers"]
    }
    columns = ("name", "department", "kind", "status", "applicant", "fee", "parent")

    assert kept == {row["code"]: tuple(row[name] for name in columns) for row in rows(city)}


def test_the_mayors_list_holds_every_power_of_the_government(city: Output) -> None:
    """What no step assigns to a post must not be left out of the mayor's list."""
    active = {
        row["code"]
        for row in rows(city)
        if row["department"] == "municipal-government" and row["status"] == "active"
    }
    found = set(
        city.pages["mayor/"].xpath("//main//section[@aria-labelledby='own']//li/@data-record")
    )

    assert found == active


@pytest.mark.parametrize(
    "theme, slug",
    [
        ("住房保障", "housing"),
        ("Everyday services", "everyday-services"),
        ("宠物", "宠物"),
        ("；", "other"),
    ],
)
def test_a_theme_has_an_address_of_its_own(theme: str, slug: str) -> None:
    """The address must follow from the theme alone, or other records could move it."""
    assert subjects.slug(theme) == slug
