"""Rules T2: what the law itself says of a power's time limit.

The limits stand in `law/time_limits.csv`. Limits in different units are compared on every
day of a year, through the working-day calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.sources.canonical import Line
from generator.vetting.desk import Desk
from generator.vetting.draft import Draft
from generator.vetting.finding import Finding, Severity
from generator.vetting.law.citations import cite
from generator.vetting.law.tables import TimeLimit, time_limits
from generator.vetting.law.units import amount, limit_of
from generator.vetting.rule import rule
from generator.vetting.spans import Longer, Overrun

_BASES_OF_PROCEDURE = ("行政许可法", "行政处罚法", "行政强制法")
"""They give the limit from which another law may differ."""

_TERM = re.compile(r"([0-9]+|[一二三四五六七八九十两]+)\s*年(?!内)|\byears?\b", re.IGNORECASE)
_RENEWAL = re.compile(
    r"延续|延期|续领|续期|续展|换证|换发|复核|renew|looked at again", re.IGNORECASE
)


@rule("T201")
def licence_is_decided_in_time(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each licence given longer to decide than the licensing law allows.

    20 working days, or 45 where departments decide together; a law or regulation may give
    another limit, a rule may not. It is an error if no law or regulation stands among the
    bases, a warning if one does but `limit_note` does not name it. The extension is decided case
    by case and is no part of the limit.

    Source: 行政许可法 Art. 26(2), 42, 82.
    """
    for draft in desk.active("licensing"):
        yield from _beyond(desk, draft, "decision")


@rule("T202")
def penalty_is_decided_in_time(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each penalty given more than 90 days without a norm that says so.

    It is an error if no law, regulation or rule stands among the bases, else a warning.

    Source: 行政处罚法 Art. 60 (laws, regulations and rules may differ).
    """
    for draft in desk.active("penalty"):
        yield from _beyond(desk, draft, "decision")


@rule("T203")
def measure_ends_in_time(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each sealing, seizure or freezing given more than 30 days.

    The extension of 30 days is decided case by case and is no part of the limit.

    Source: 行政强制法 Art. 25 (laws and administrative regulations may differ), 32.
    """
    for draft in desk.active("coercion"):
        yield from _beyond(desk, draft, "decision")


@rule("T204")
def law_of_the_matter_keeps_its_limit(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each registration or fire check given more than its own law allows.

    Enterprises and organisations are registered on the spot if their papers are complete, market
    entities within 3 working days at most, and a fire check before opening takes 10.

    Source: 行政许可法 Art. 12(5), 56; 市场主体登记管理条例 Art. 19; 消防法 Art. 15.
    """
    for draft in desk.active("licensing"):
        yield from _beyond(desk, draft, "registration")


@rule("T205", waivable=False)
def promise_is_within_the_law_in_any_unit(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each promise longer than the statutory limit in another unit.

    It is an error if it ends later whenever it begins, a warning if only on some days of the year.

    Source: 优化营商环境条例 Art. 36(2); 行政许可法 Art. 82.
    """
    tr = desk.tr
    for draft in desk.drafts:
        values = draft.line.values
        promised, allowed = limit_of(values, "promised_"), limit_of(values, "statutory_")
        if not promised or not allowed or promised[1] == allowed[1] or allowed[1] == "on_the_spot":
            continue
        found = desk.spans.compare(promised, allowed)
        if found:
            yield desk.finding(
                Severity.ERROR if found.longer is Longer.ALWAYS else Severity.WARNING,
                draft.line,
                "promised_limit",
                message=tr(
                    "promises {promised}, the law allows {allowed}: begun on {start}, "
                    "it ends on {end} and not by {bound}",
                    promised=amount(tr, *promised),
                    allowed=amount(tr, *allowed),
                    **_days(found),
                ),
                reason=tr("A department may be quicker than the law, never slower."),
                remedy=tr("promise less, in the unit of the law"),
                law=cite(tr, "business-environment 36(2)"),
            )


@rule("T211")
def calendar_knows_the_year(desk: Desk) -> Iterator[Finding]:
    """Yield a note for each year of working days that neither the library nor the city knows.

    Only Saturdays and Sundays count as days of rest in it. Source: 全国年节及纪念日放假办法 Art. 6
    (days are shifted by a yearly notice).
    """
    tr = desk.tr
    for year in desk.spans.years:
        if desk.spans.calendar.knows(year):
            continue
        yield Finding(
            code=desk.rule,
            severity=Severity.INFO,
            table="calendar",
            column="day",
            value=str(year),
            message=tr("the holidays and shifted working days of {year} are not known", year=year),
            reason=tr("Limits in working days are compared by weekends alone."),
            remedy=tr("enter the State Council's notice in calendar.csv, or update Daylight"),
            law=cite(tr, "holidays 6"),
        )


@rule("T212")
def licence_with_a_term_says_how_to_renew(desk: Desk) -> Iterator[Finding]:
    """Yield a note for each licence with a term that does not say when to ask for its renewal.

    Source: 行政许可法 Art. 50 (30 days before the end, unless another norm differs).
    """
    tr = desk.tr
    for draft in desk.active():
        values = draft.line.values
        if values.get("kind") != "licensing" or not _TERM.search(values.get("validity", "")):
            continue
        told = ("validity", "limit_note", "summary", "conditions")
        if any(_RENEWAL.search(values.get(column, "")) for column in told):
            continue
        yield desk.finding(
            Severity.INFO,
            draft.line,
            "validity",
            message=tr("the licence has a term, and nothing says when to ask for its renewal"),
            reason=tr("Who asks too late loses the licence."),
            remedy=tr("say it beside the term: 30 days before its end, or what the norm says"),
            law=cite(tr, "licensing-law 50"),
        )


def _beyond(desk: Desk, draft: Draft, scope: str) -> Iterator[Finding]:
    """Yield a finding if a power's statutory limit is longer than the law's for such powers."""
    values = draft.line.values
    given = limit_of(values, "statutory_")
    for bound in time_limits() if given else ():
        if bound.scope != scope or not _applies(bound, values):
            continue
        found = desk.spans.compare(given, (bound.limit, bound.unit)) if given else None
        free = _may_differ(desk, draft, bound)
        if not found or not given or (free and _note_names(values, free)):
            continue
        yield _too_long(desk, draft.line, given, bound, found, bool(free))
        return


def _too_long(
    desk: Desk, line: Line, given: tuple[int, str], bound: TimeLimit, found: Overrun, free: bool
) -> Finding:
    tr = desk.tr
    certain = found.longer is Longer.ALWAYS and not free and bound.scope == "decision"
    return desk.finding(
        Severity.ERROR if certain else Severity.WARNING,
        line,
        "statutory_limit",
        message=tr(
            "the statutory limit is {given}, the law allows {allowed}",
            given=amount(tr, *given),
            allowed=amount(tr, bound.limit, bound.unit),
        ),
        reason=tr("Only the norms that the law names may give a longer limit."),
        remedy=tr(
            "name in “{label}” the norm that gives it", label=desk.label("powers", "limit_note")
        )
        if free
        else tr("correct the limit, or add the norm that gives it to the legal bases"),
        law=cite(tr, bound.law),
    )


def _applies(bound: TimeLimit, values: Mapping[str, Any]) -> bool:
    if bound.kind != values.get("kind") or not bound.name.search(values.get("name", "")):
        return False
    if bound.subtype and bound.subtype != values.get("subtype"):
        return False
    return bound.joint is None or bound.joint == bool(values.get("joint_departments"))


def _may_differ(desk: Desk, draft: Draft, bound: TimeLimit) -> list[Mapping[str, Any]]:
    """Return the instruments among a power's bases that may give it another limit."""
    register = desk.keys["instruments"]
    cited = dict.fromkeys(line.values.get("instrument", "") for line in draft["legal_bases"])
    found = (register[key].values for key in cited if key in register)
    return [
        instrument
        for instrument in found
        if instrument.get("rank") in bound.otherwise
        and not instrument.get("title", "").endswith(_BASES_OF_PROCEDURE)
    ]


def _note_names(values: Mapping[str, Any], instruments: list[Mapping[str, Any]]) -> bool:
    note = values.get("limit_note", "")
    return any(
        title in note
        for instrument in instruments
        for key in ("title", "short_title")
        if (title := instrument.get(key, "").removeprefix("中华人民共和国"))
    )


def _days(found: Overrun) -> dict[str, object]:
    return {"start": found.start, "end": found.end, "bound": found.allowed}
