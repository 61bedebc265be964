"""Rules L4: what texts cite in so many words stands in the law register, and is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.citations.read import Found
from generator.sources.canonical import Line
from generator.vetting.desk import Desk
from generator.vetting.finding import Finding, Severity
from generator.vetting.rule import rule
from generator.vetting.texts import looked_at

BASES = {
    "materials": ("basis",),
    "fees": ("basis",),
    "responsibilities": ("duty_basis", "accountability_basis"),
}
"""The columns whose text is a basis."""


@rule("L401")
def instrument_cited_in_a_text_is_in_the_register(desk: Desk) -> Iterator[Finding]:
    """Yield a note for each instrument that a text cites and the register does not surely have.

    It is no accusation: the register may lack it, or its title be shortened or mistyped.
    Source: 政府信息公开条例 Art. 20(5), 20(6) (the basis is published).
    """
    tr = desk.tr
    for line, column, found in _cited(desk, lambda one: bool(one.title) and not one.instrument):
        for title, one in {one.title: one for one in found}.items():
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
    """Yield a warning for each article that a text cites beyond the instrument's last.

    An instrument whose last article is not known passes. Source: 立法法 Art. 65 (articles
    are numbered through the instrument).
    """
    tr = desk.tr
    register = desk.keys["instruments"]

    def is_beyond(one: Found) -> bool:
        known = register.get(one.instrument)
        last = known.values.get("last_article") if known else None
        return isinstance(last, int) and (one.article or 0) > last

    for line, column, found in _cited(desk, is_beyond):
        for one in found:
            known = register[one.instrument]
            yield desk.warning(
                line,
                column,
                message=tr(
                    "cites Article {article} of {title}, which has {last}",
                    article=one.article,
                    title=_title(known),
                    last=known.values["last_article"],
                ),
                reason=tr("An article that is not there is no basis."),
                remedy=tr("correct the article, or the instrument's version"),
                law=tr("Legislation Law of the PRC, Art. 65"),
            )


def _cited(desk: Desk, is_told: Callable[[Found], bool]) -> Iterator[tuple[Line, str, list[Found]]]:
    """Yield (line, column, what the text cites and is to be told) where there is any."""

    def look(text: str) -> list[Found]:
        found = desk.readings(text, desk.keys["instruments"], desk.tr)
        return [one for one in found if is_told(one)]

    return looked_at(desk, None, look, where=lambda table, column: column in BASES.get(table, ()))


def _title(line: Line) -> str:
    values = line.values
    return str(values.get("short_title") or values.get("title") or values.get("id", ""))
