"""Rules T2, continued: the time that steps take, against the law's limits and the power's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.sources.canonical import Line
from generator.vetting.desk import Desk, shown
from generator.vetting.draft import Draft
from generator.vetting.finding import Finding, Severity
from generator.vetting.law.citations import cite
from generator.vetting.law.tables import TimeLimit, time_limits, words
from generator.vetting.law.units import amount, limit_of
from generator.vetting.longest import longest_way
from generator.vetting.rule import rule
from generator.vetting.spans import Longer, Spans

_DECIDES = frozenset(
    {"licensing", "penalty", "coercion", "levy", "requisition", "payment", "confirmation"}
)
"""Kinds that end in a decision about somebody, against which there are remedies."""

_SIXTY_DAYS = re.compile(r"(60|６０|六十)\s*(个)?(自然)?(日|天)|\b(60|sixty) days", re.IGNORECASE)
_SUES = re.compile(
    r"(6|６|六)\s*个月|(15|１５|十五)\s*(日|天)|\b(6|six) months|\b(15|fifteen) days", re.IGNORECASE
)


@rule("T206")
def step_is_within_the_law(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each step whose limit is longer, or shorter, than the law allows it.

    Licences: acceptance or one notice of all that is missing 5 working days, first examination
    20, delivery 10, hearing 20, to ask for it 5 days. Penalties: delivery and evidence kept by
    registration 7 working days, at least 5 to ask for a hearing and 15 days to pay. Coercion:
    an emergency reported within 24 hours, a freezing order delivered in 3 working days, at least
    10 between demand and court. Steps are recognised by the words in `law/words.csv`.

    Source: 行政许可法 Art. 32(4), 43, 44, 47, 55; 行政处罚法 Art. 56, 61, 64, 67, 85; 行政强制法
    Art. 19, 31, 51, 54, 69.
    """
    bounds = [bound for bound in time_limits() if bound.scope == "step"]
    kinds = {bound.kind for bound in bounds}
    by_kind: dict[tuple[str, str], dict[str, list[TimeLimit]]] = {}
    for draft in desk.active(*kinds):
        kind, subtype = draft.line.values["kind"], draft.line.values.get("subtype", "")
        known = by_kind.setdefault((kind, subtype), {})
        for line in draft["steps"]:
            if "limit" not in line.values:
                continue
            name = line.values.get("name", "")
            if name not in known:
                known[name] = [
                    bound
                    for bound in bounds
                    if bound.kind == kind and bound.subtype in ("", subtype)
                    if words(bound.step).are_in(name)
                ]
            for bound in known[name]:
                yield from _against(desk, line, bound)


def _against(desk: Desk, line: Line, bound: TimeLimit) -> Iterator[Finding]:
    tr = desk.tr
    given = limit_of(line.values)
    if given is None:
        return
    if line.values.get("kind") in ("start", "end", "wait") and not bound.least:
        return
    if given[1] == "on_the_spot" and bound.least:
        return
    allowed = (bound.limit, bound.unit)
    found = desk.spans.compare(*((allowed, given) if bound.least else (given, allowed)))
    if not found or found.longer is not Longer.ALWAYS:
        return
    fields = {"given": amount(tr, *given), "allowed": amount(tr, *allowed)}
    yield desk.warning(
        line,
        "limit",
        message=tr("the step takes {given}, the law gives at least {allowed}", **fields)
        if bound.least
        else tr("the step takes {given}, the law allows {allowed}", **fields),
        reason=tr("The law limits this step by itself."),
        remedy=tr("keep to the law's limit, or say which norm gives another"),
        law=cite(tr, bound.law),
    )


@rule("T207")
def special_procedure_is_not_counted(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each special step of a licence that counts towards its limit.

    Hearing, tender, auction, testing, inspection, quarantine, appraisal and expert review are not
    counted; the applicant is told in writing how long they take.

    Source: 行政许可法 Art. 45.
    """
    tr = desk.tr
    for draft in desk.active("licensing"):
        for line in draft["steps"]:
            values = line.values
            if values.get("counted") is not True or values.get("kind") not in ("task", "wait"):
                continue
            name = values.get("name", "")
            if not words("special").are_in(name) or words("special_paper").are_in(name):
                continue
            yield desk.warning(
                line,
                "counted",
                message=tr(
                    "the step “{step}” is counted, the law does not count it", step=shown(name)
                ),
                reason=tr("Its time is no part of the limit, and is told to the applicant apart."),
                remedy=tr("write no, and give its time in the note on the limit"),
                law=cite(tr, "licensing-law 45"),
                value="yes",
            )


@rule("T208")
def counted_steps_fit_the_law(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power whose counted steps take longer than its statutory limit.

    The longest way from the start, each step once. Units are compared at their shortest, so that
    what is found is longer on every day of the year.

    Source: 行政许可法 Art. 42, 45; 行政处罚法 Art. 60; 优化营商环境条例 Art. 36(2).
    """
    yield from _overrun(desk, "statutory", Severity.ERROR)


@rule("T209")
def counted_steps_fit_the_promise(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each power whose counted steps take longer than it promises.

    The longest way from the start, each step once; units as in T208.

    Source: 优化营商环境条例 Art. 36(2).
    """
    yield from _overrun(desk, "promised", Severity.WARNING)


@rule("T210")
def remedy_names_its_limits(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each remedy that does not name the time to ask for it.

    Sixty days for reconsideration; six months to go to court directly, or fifteen days after the
    reconsideration where that must come first.

    Source: 行政复议法 Art. 20; 行政诉讼法 Art. 45, 46.
    """
    tr = desk.tr
    for draft in desk.active(*_DECIDES):
        remedy = draft.line.values.get("remedy", "")
        if not remedy:
            continue
        if not _SIXTY_DAYS.search(remedy):
            message, law = tr("the remedy does not name the 60 days"), "reconsideration-law 20"
        elif not _SUES.search(remedy):
            message, law = tr("the remedy does not name the 6 months"), "litigation-law 45, 46"
        else:
            continue
        yield desk.warning(
            draft.line,
            "remedy",
            message=message,
            reason=tr("Who is too late has no remedy any more."),
            remedy=tr("name both: 60 days for reconsideration, 6 months to go to court"),
            law=cite(tr, law),
        )


def _overrun(desk: Desk, which: str, severity: Severity) -> Iterator[Finding]:
    tr = desk.tr
    for draft in desk.active():
        limit = limit_of(draft.line.values, f"{which}_")
        if limit is None or not draft.counted or _surely_fits(desk.spans, draft, limit):
            continue
        taken, path = _taken(desk.spans, draft, limit)
        if taken is None:
            continue
        yield desk.finding(
            severity,
            draft.line,
            f"{which}_limit",
            message=tr(
                "the counted steps take {taken} at least, the limit is {limit}",
                taken=amount(tr, *taken),
                limit=amount(tr, *limit),
            ),
            reason=tr("A procedure must fit into the time that is published for it."),
            remedy=tr("shorten steps or correct the limit; the longest way: {steps}", steps=path),
            law=cite(tr, "business-environment 36(2)"),
        )


def _surely_fits(spans: Spans, draft: Draft, limit: tuple[int, str]) -> bool:
    """Tell whether even all counted steps together, on whatever way, fit into a limit."""
    number, unit = limit
    if unit == "working_day":
        return sum(n for n, own in draft.counted if own == unit) <= number
    bound = number if unit == "calendar_day" else spans.longest(number, unit)
    total = sum(_days(spans, given) for given in draft.counted)
    days = sum(n for n, own in draft.counted if own == "working_day")
    return total <= bound and (not days or spans.shortest(days, "working_day") <= bound)


def _taken(
    spans: Spans, draft: Draft, limit: tuple[int, str]
) -> tuple[tuple[int, str] | None, str]:
    """Return what the counted steps take at the least, if that is longer than a limit."""
    number, unit = limit
    counted_in = "working_day" if unit == "working_day" else "calendar_day"
    bound = number if unit == counted_in else spans.longest(number, unit)
    total, path = longest_way(draft.course, lambda line: _least(spans, line, counted_in))
    if total <= bound and unit != "working_day":
        # Working days alone take their weekends along, whenever they begin.
        days, path = longest_way(
            draft.course, lambda line: _least(spans, line, "working_day", True)
        )
        total = spans.shortest(int(days), "working_day") if days else 0
    names = (shown(draft.course.steps[step].values.get("name", step)) for step in path)
    return ((int(total), counted_in) if total > bound else None), " → ".join(names)


def _least(spans: Spans, line: Line, unit: str, only: bool = False) -> float:
    """Return the least time of a counted step in a unit; with `only`, 0 for other units."""
    given = limit_of(line.values) if line.values.get("counted") is True else None
    if given is None:
        return 0
    if given[1] == unit:
        return given[0]
    if only or unit == "working_day":
        # Other units may fall on holidays from end to end: a week may hold no working day.
        return 0
    return _days(spans, given)


def _days(spans: Spans, given: tuple[int, str]) -> int:
    """Return the fewest calendar days that a limit takes; a working day is one."""
    number, unit = given
    return number if unit in ("calendar_day", "working_day") else spans.shortest(number, unit)
