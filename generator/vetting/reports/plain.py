"""The report as text: a line for each finding, and what is like it folded together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.i18n import Translator
from generator.vetting.finding import Finding, Severity
from generator.vetting.reports.grouping import Group, Report
from generator.vetting.reports.scorecard import Scorecard, families, titles

SHOWN_OF_A_KIND = 5
"""Findings of one rule on one column that a department is told in full; the rest by row."""

_FOLDED = 3
"""Fewer than so many more are told in full too."""
_SPANS = 16


def as_text(report: Report, tr: Translator, *, with_cards: bool = False) -> str:
    """Return findings by department, most serious first, then a line on each department.

    A finding is a line: severity, rule, where, what is wrong, what to do. Of many findings
    of one rule on one column only the first are told so, of the rest the rows.
    """
    lines: list[str] = []
    for group in report.groups:
        lines += [
            f"{_title(group.name, group.slug)}: {_counts(group, tr)}",
            *_findings(group, tr),
            "",
        ]
    if len(report.groups) > 1:
        lines += [tr("By department:"), *(_summary(group, tr) for group in report.groups), ""]
    if with_cards and report.cards:
        lines += [tr("Scorecards:"), *(row for card in report.cards for row in _card(card, tr)), ""]
    return "\n".join(lines)


def _title(name: str, slug: str) -> str:
    return f"{name} ({slug})" if slug and slug != name else name


def _counts(group: Group, tr: Translator) -> str:
    words = {
        Severity.ERROR: tr.plural("{n} error", "{n} errors", group.count(Severity.ERROR)),
        Severity.WARNING: tr.plural("{n} warning", "{n} warnings", group.count(Severity.WARNING)),
        Severity.INFO: tr.plural("{n} note", "{n} notes", group.count(Severity.INFO)),
    }
    return ", ".join(text for severity, text in words.items() if group.count(severity))


def _summary(group: Group, tr: Translator) -> str:
    return tr(
        "{errors:>6} errors {warnings:>6} warnings {notes:>6} notes  {department}",
        errors=group.count(Severity.ERROR),
        warnings=group.count(Severity.WARNING),
        notes=group.count(Severity.INFO),
        department=_title(group.name, group.slug),
    )


def line(finding: Finding) -> str:
    """Return a finding in one line."""
    return f"{finding.severity.value} {finding.code}: {finding}"


def _findings(group: Group, tr: Translator) -> Iterator[str]:
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in group.findings:
        kind = (finding.severity, finding.code, finding.table, finding.column)
        alike.setdefault(kind, []).append(finding)
    for found in alike.values():
        told = len(found) if len(found) < SHOWN_OF_A_KIND + _FOLDED else SHOWN_OF_A_KIND
        yield from map(line, found[:told])
        if rest := found[told:]:
            yield _folded(rest, tr)


def _folded(rest: Sequence[Finding], tr: Translator) -> str:
    first = rest[0]
    where = f"{first.table}.csv" if first.table else tr("files")
    if first.column:
        where += f", {first.column}"
    rows = [finding.row for finding in rest if finding.row is not None]
    places = spans(rows) if len(rows) == len(rest) else [finding.record for finding in rest]
    shown = ", ".join(places[:_SPANS]) + (" …" if len(places) > _SPANS else "")
    return tr(
        "  … {n} more of {code} in {where}: {places}",
        n=len(rest),
        code=first.code,
        where=where,
        places=shown,
    )


def spans(numbers: Iterable[int]) -> list[str]:
    """Return numbers as spans, in order: `14–16`, `20`."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [str(first) if first == last else f"{first}–{last}" for first, last in found]


def _card(card: Scorecard, tr: Translator) -> Iterator[str]:
    yield tr(
        "{department}: {records} powers, {passing} pass, {refused} refused",
        department=_title(card.name, card.department),
        records=card.records,
        passing=card.passing,
        refused=card.refused,
    )
    names = families(tr)
    words = {Severity.ERROR: tr("errors"), Severity.WARNING: tr("warnings")}
    for severity, word in words.items():
        counts = card.findings.get(severity, {})
        if any(counts.values()):
            each = (f"{names.get(letter, letter)} {n}" for letter, n in sorted(counts.items()) if n)
            yield f"    {word}: {', '.join(each)}"
    labels = titles(tr)
    shares = [
        tr("{what} {present} of {of}", what=labels[name], present=share.present, of=share.of)
        for name, share in card.complete.items()
        if share.of
    ]
    if shares:
        yield f"    {tr('complete')}: {', '.join(shares)}"
