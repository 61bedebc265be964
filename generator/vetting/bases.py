"""Rules L1: a power rests on an article that exists, in an instrument that is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.i18n import Translator
from generator.sources import canonical
from generator.sources.canonical import Line
from generator.vetting.desk import Desk, shown
from generator.vetting.finding import Finding, Severity
from generator.vetting.rule import rule


@rule("L101", waivable=False)
def active_power_has_a_setting_basis(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power in force that no article sets.

    Source: 行政许可法 Art. 5(2), 行政处罚法 Art. 5(3) (a provision that is not published
    is no basis); 政府信息公开条例 Art. 20(5), 20(6) (the basis is published).
    """
    tr = desk.tr
    for draft in desk.active():
        bases = [line.values for line in draft["legal_bases"]]
        setting = [basis for basis in bases if basis.get("role") == "sets"]
        if any(isinstance(basis.get("article"), int) for basis in setting):
            continue
        if setting:
            message = tr("no basis that sets the power names an article")
            remedy = tr("name the article of the basis that sets it")
        else:
            message = tr("the power is in force, but nothing sets it")
            remedy = tr("add a row to legal_bases.csv with the role “sets” and its article")
        yield desk.error(
            draft.line,
            "code",
            message=message,
            reason=tr("What the law does not grant, nobody may do to a citizen."),
            remedy=remedy,
            law=_law_of_basis(tr, draft.line.values.get("kind")),
        )


def _law_of_basis(tr: Translator, kind: object) -> str:
    if kind == "licensing":
        return tr("Administrative Licensing Law of the PRC, Art. 5(2)")
    if kind == "penalty":
        return tr("Administrative Penalty Law of the PRC, Art. 5(3)")
    return tr("Regulation on the Disclosure of Government Information of the PRC, Art. 20")


@rule("L102", waivable=False)
def cited_article_exists(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each basis with an article beyond the instrument's last.

    An instrument whose last article is not known passes. Source: 立法法 Art. 65 (articles
    are numbered through the instrument).
    """
    tr = desk.tr
    for line, instrument in _cited(desk):
        article, last = line.values.get("article"), instrument.get("last_article")
        if not isinstance(article, int) or not isinstance(last, int) or article <= last:
            continue
        yield desk.error(
            line,
            "article",
            message=tr(
                "cites Article {article} of {title}, which has {last}",
                article=article,
                title=_title(instrument),
                last=last,
            ),
            reason=tr("An article that is not there is no basis."),
            remedy=tr("correct the article, or the instrument's version"),
            law=tr("Legislation Law of the PRC, Art. 65"),
        )


@rule("L103", waivable=False)
def cited_instrument_is_in_force(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each basis of a power in force that is itself not in force on the day.

    The day is the city's. Not in force is what is repealed, not yet adopted or effective, or
    replaced by an instrument that is in force; where that one's day is not known, it is a warning.

    Source: 立法法 Art. 61 (an instrument names the day from which it is in force);
    行政许可法 Art. 5(2).
    """
    tr = desk.tr
    active = {draft.code for draft in desk.active()}
    register = desk.keys["instruments"]
    ended = {
        key: found
        for key, line in register.items()
        if (found := _not_in_force(tr, line.values, register, desk.day))
    }
    for line in desk.vetted("legal_bases") if ended else ():
        key = line.values.get("instrument", "")
        if key not in ended or line.values.get("power") not in active:
            continue
        severity, message = ended[key]
        heir = register.get(register[key].values.get("superseded_by", ""))
        yield desk.finding(
            severity,
            line,
            "instrument",
            message=message,
            reason=tr("A power cannot rest on what is not law on that day."),
            remedy=tr("cite {title}, which replaced it", title=_title(heir.values))
            if heir
            else tr("cite the instrument in force, or give the power's end"),
            law=tr("Legislation Law of the PRC, Art. 61"),
        )


def _not_in_force(
    tr: Translator, instrument: Any, register: Mapping[str, Line], day: date
) -> tuple[Severity, str] | None:
    repealed, effective, adopted = (
        canonical.day(instrument.get(column))
        for column in ("repealed_on", "effective_from", "adopted_on")
    )
    title = _title(instrument)
    if repealed and repealed <= day:
        return Severity.ERROR, tr("{title} was repealed on {date}", title=title, date=repealed)
    if effective and effective > day:
        message = tr("{title} is in force only from {date}", title=title, date=effective)
        return Severity.ERROR, message
    if not effective and adopted and adopted > day:
        message = tr("{title} was adopted only on {date}", title=title, date=adopted)
        return Severity.ERROR, message
    heir = register.get(instrument.get("superseded_by", ""))
    return _replaced(tr, title, heir.values, day) if heir and not repealed else None


def _replaced(tr: Translator, title: str, heir: Any, day: date) -> tuple[Severity, str] | None:
    since, adopted = (canonical.day(heir.get(key)) for key in ("effective_from", "adopted_on"))
    if (since or adopted or day) > day:
        return None
    message = tr("{title} was replaced by {heir}", title=title, heir=_title(heir))
    return (Severity.ERROR if since else Severity.WARNING), message


@rule("L104")
def citation_names_the_article_first(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each basis with a paragraph, subparagraph or suffix but no article.

    Source: 立法法 Art. 65 (an article has paragraphs, a paragraph has subparagraphs).
    """
    tr = desk.tr
    for line in desk.vetted("legal_bases"):
        parts = ("paragraph", "subparagraph", "article_suffix")
        column = next((part for part in parts if part in line.values), "")
        if not column or "article" in line.values:
            continue
        yield desk.error(
            line,
            column,
            message=tr(
                "“{label}” is given, but no article", label=desk.label("legal_bases", column)
            ),
            reason=tr("Nobody can look up a paragraph without its article."),
            remedy=tr("name the article"),
            law=tr("Legislation Law of the PRC, Art. 65"),
        )


def _cited(desk: Desk) -> Iterator[tuple[Line, Any]]:
    register = desk.keys["instruments"]
    for line in desk.vetted("legal_bases"):
        instrument = register.get(line.values.get("instrument", ""))
        if instrument:
            yield line, instrument.values


def _title(instrument: Any) -> str:
    return shown(instrument.get("short_title") or instrument.get("title", instrument.get("id", "")))
