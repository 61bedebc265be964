"""Rules L4: what texts cite in so many words stands in the law register, and is there."""

from __future__ import annotations

from collections.abc import Iterator

from generator.citations.read import Found
from generator.sources.canonical import Line
from generator.vetting.desk import Desk
from generator.vetting.finding import Finding, Severity
from generator.vetting.rule import rule

BASES = {
    "materials": ("basis",),
    "fees": ("basis",),
    "responsibilities": ("duty_basis", "accountability_basis"),
}
"""The columns whose text is a basis."""


@rule("L401")
def instrument_cited_in_a_text_is_in_the_register(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each instrument that a text cites and the register does not surely have.

    It is no accusation: the register may lack it, or its title be shortened or mistyped.
    Source: 政府信息公开条例 Art. 20(5), 20(6) (the basis is published).
    """
    tr = desk.tr
    for line, column, found in _cited(desk):
        open_titles = {one.title: one for one in found if one.title and not one.instrument}
        for title, one in open_titles.items():
            known = desk.keys["instruments"]
            near = ", ".join(_title(known[name]) for name in one.candidates if name in known)
            yield desk.finding(
                Severity.INFO,
                line,
                column,
                message=tr("“{text}”: {note}", text=title, note=one.note),
                reason=tr("Readers can look up only what the law register has."),
                remedy=tr(
                    "if it is one of these, write its title: {near}; if not, add it to the register",
                    near=near,
                )
                if near
                else tr("add the instrument to the register, or correct its title"),
                law=tr(
                    "Regulation on the Disclosure of Government Information of the PRC, Art. 20"
                ),
            )


@rule("L402")
def article_cited_in_a_text_exists(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each article that a text cites beyond the instrument's last.

    An instrument whose last article is not known passes. Source: 立法法 Art. 65 (articles
    are numbered through the instrument).
    """
    tr = desk.tr
    for line, column, found in _cited(desk):
        for one in found:
            known = desk.keys["instruments"].get(one.instrument)
            last = known.values.get("last_article") if known else None
            if known is None or not isinstance(last, int) or (one.article or 0) <= last:
                continue
            yield desk.warning(
                line,
                column,
                message=tr(
                    "cites Article {article} of {title}, which has {last}",
                    article=one.article,
                    title=_title(known),
                    last=last,
                ),
                reason=tr("An article that is not there is no basis."),
                remedy=tr("correct the article, or the instrument's version"),
                law=tr("Legislation Law of the PRC, Art. 65"),
            )


def _cited(desk: Desk) -> Iterator[tuple[Line, str, tuple[Found, ...]]]:
    for table, columns in BASES.items():
        for line in desk.vetted(table):
            for column in columns:
                text = line.values.get(column)
                if isinstance(text, str):
                    found = desk.readings(text, desk.keys["instruments"], desk.tr)
                    yield line, column, found


def _title(line: Line) -> str:
    values = line.values
    return str(values.get("short_title") or values.get("title") or values.get("id", ""))
