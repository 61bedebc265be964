"""What a department's own home page templates see: plain values and finished facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from generator.i18n import translator
from generator.model.codes import TimeUnit
from generator.model.registers import Department
from generator.pages import urls
from generator.pages.contexts import ChangeRow, DepartmentHome, PowerRow, Tally
from generator.pages.site import Site
from generator.rendering.environment import Links
from generator.rendering.facts import Facts
from generator.rendering.theming.sandbox import Data

_CONTACT = (
    ("address", "Address"),
    ("hours", "Opening hours"),
    ("phone", "Telephone"),
    ("supervision_phone", "Complaints line"),
    ("email", "E-mail"),
)
_FEATURES = (("flowcharts", "flowcharts/"), ("packages", "data/"), ("search", "search/"))


def block_data(site: Site, page: DepartmentHome, links: Links, pictures: Mapping[str, str]) -> Data:
    """Return all that a block's template sees; links are spelled for the page.

    `pictures` gives the address of each picture of the theme by its file's name.
    """
    facts = _facts(site.language)
    rows = tuple(_row(row, links, facts) for row in page.powers)
    return {
        "site": {"name": site.name, "tagline": site.tagline, "city": site.city},
        "department": {
            "name": page.department.name,
            "short_name": page.department.label,
            "summary": page.department.summary,
            "former_names": tuple(page.department.former_names),
        },
        "active": page.active,
        "ended": page.ended,
        "as_of": facts.day(page.as_of),
        "contact": tuple(_contact(page.department, facts, site.language)),
        "kinds": tuple(_tally(tally, links) for tally in page.kinds),
        "life_events": tuple(_tally(tally, links) for tally in page.life_events),
        "powers": rows,
        "groups": tuple(_groups(page.kinds, rows)),
        "changes": tuple(_change(change, links, facts) for change in page.changes),
        "news": tuple(
            {
                "day": facts.day(entry.day),
                "text": entry.heading,
                "opening": entry.opening,
                "href": links(entry.address),
            }
            for entry in page.news
        ),
        "prose": tuple({"text": link.text, "href": links(link.address)} for link in page.prose),
        "links": {
            "city": links(""),
            "powers": links(f"{site.home}powers/"),
            "news": links(f"{site.home}{urls.NEWS}") if page.news else "",
            **{
                name: links(f"{site.home}{address}") if name in site.features else ""
                for name, address in _FEATURES
            },
        },
        "pictures": {name: links(address) for name, address in pictures.items()},
    }


@cache
def _facts(language: str) -> Facts:
    return Facts(translator(language))


def _row(row: PowerRow, links: Links, facts: Facts) -> Data:
    applies = row.applicant and row.applicant != "none"
    return {
        "record": row.code,
        "name": facts.fact("name", row.name),
        "code": facts.fact("code", row.code),
        "kind": facts.label(row.kind, "kind"),
        "kind_key": row.kind,
        "applicant": facts.coded("applicant", row.applicant) if applies else "",
        "limit": facts.limit(row.limit, TimeUnit(row.unit)) if row.unit else "",
        "summary": row.summary,
        "href": links(row.address),
    }


def _groups(kinds: tuple[Tally, ...], rows: tuple[Data, ...]) -> Iterator[Data]:
    """Yield the rows by kind, in the order of the kinds."""
    for kind in kinds:
        members = tuple(row for row in rows if row["kind_key"] == kind.key)
        yield {"key": kind.key, "text": kind.text, "count": len(members), "powers": members}


def _change(change: ChangeRow, links: Links, facts: Facts) -> Data:
    return {
        "day": facts.day(change.day),
        "name": facts.fact("name", change.row.name),
        "href": links(change.row.address),
        "record": change.row.code,
        "change": change.change,
    }


def _tally(tally: Tally, links: Links) -> Data:
    return {
        "key": tally.key,
        "text": tally.text,
        "count": tally.count,
        "note": tally.note,
        "href": links(tally.address),
    }


def _contact(department: Department, facts: Facts, language: str) -> Iterator[Data]:
    tr = translator(language)
    for name, title in _CONTACT:
        value = str(getattr(department, name))
        if not value:
            continue
        column = f"departments.{name}"
        shown = facts.phone(column, value) if name.endswith("phone") else facts.fact(column, value)
        yield {"key": name, "title": tr(title), "fact": shown}
