"""The report as one page that needs nothing besides: to read, to print, to hand to a department."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib import resources

from generator.i18n import Translator
from generator.sources import schema
from generator.vetting.finding import Finding, Severity
from generator.vetting.reports.grouping import Group, Report
from generator.vetting.reports.scorecard import Scorecard, Share, families, titles

CLASSES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""No script, picture or address could run or load, whatever a cell of a table says."""


def as_html(report: Report, tr: Translator) -> str:
    """Return the report as a page: contents with counts, then each department on its own sheet."""
    css = (resources.files(__name__.rpartition(".")[0]) / "page.css").read_text(encoding="utf-8")
    title = escape(f"{tr('Findings of the gate')} · {report.city}")
    cards = {card.department: card for card in report.cards}
    sections = [_section(group, cards.get(group.slug), tr) for group in report.groups]
    told = {group.slug for group in report.groups}
    sections += [_faultless(card, tr) for slug, card in cards.items() if slug not in told]
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="{tr.language}">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex">',
            f"<title>{title}</title>\n<style>\n{css}</style>\n</head>\n<body>",
            _head(report, tr),
            f"<main>\n{_contents(report, cards, tr)}",
            *sections,
            "</main>\n</body>\n</html>\n",
        )
    )


def _words(tr: Translator) -> Mapping[Severity, str]:
    return {
        Severity.ERROR: tr("error"),
        Severity.WARNING: tr("warning"),
        Severity.INFO: tr("note"),
    }


def _plurals(tr: Translator) -> Mapping[Severity, str]:
    return {
        Severity.ERROR: tr("errors"),
        Severity.WARNING: tr("warnings"),
        Severity.INFO: tr("notes"),
    }


def _head(report: Report, tr: Translator) -> str:
    totals = [(tr("powers refused"), sum(card.refused for card in report.cards), "")]
    totals += [(word, report.count(s), CLASSES[s]) for s, word in _plurals(tr).items()]
    figures = "".join(
        f'<li><b class="{name if n else "zero"}">{n}</b> {escape(word)}</li>'
        for word, n, name in totals
    )
    day = tr("As of {day}", day=report.day.isoformat())
    remark = f'<p class="soft">{escape(report.remark)}</p>' if report.remark else ""
    return (
        f"<header>\n<h1>{escape(tr('Findings of the gate'))}</h1>\n"
        f'<p>{escape(report.city)} · {escape(day)}</p>{remark}\n<ul class="totals">{figures}</ul>\n'
        "</header>"
    )


def _contents(report: Report, cards: Mapping[str, Scorecard], tr: Translator) -> str:
    columns = (tr("powers"), tr("refused"), *_plurals(tr).values())
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    rows = []
    for slug, name, counts in _rows(report, cards):
        card = cards.get(slug)
        own = (card.records, card.refused) if card else ("–", "–")
        cells = [*own, *(counts[severity] for severity in Severity)]
        figures = "".join(f"<td>{n or _zero()}</td>" for n in cells)
        link = f'<a href="#{_anchor(slug)}">{escape(name)}</a>'
        rows.append(f'<tr><th scope="row">{link}</th>{figures}</tr>')
    caption = escape(tr("Findings by department"))
    first = escape(tr("department"))
    return (
        f'<nav aria-label="{caption}"><table><caption>{caption}</caption>\n'
        f'<thead><tr><th scope="col">{first}</th>{heads}</tr></thead>\n'
        f"<tbody>\n{chr(10).join(rows)}\n</tbody></table></nav>"
    )


def _rows(
    report: Report, cards: Mapping[str, Scorecard]
) -> Iterator[tuple[str, str, Mapping[Severity, int]]]:
    for group in report.groups:
        yield group.slug, group.name, {s: group.count(s) for s in Severity}
    told = {group.slug for group in report.groups}
    for slug, card in cards.items():
        if slug not in told:
            yield slug, card.name, dict.fromkeys(Severity, 0)


def _zero() -> str:
    return '<span class="zero">0</span>'


def _anchor(slug: str) -> str:
    return escape(f"d-{slug}" if slug else "common")


def _section(group: Group, card: Scorecard | None, tr: Translator) -> str:
    heading = escape(tr("{n} findings, most serious first", n=len(group.findings)))
    found = "\n".join(_finding(finding, tr) for finding in group.findings)
    return (
        f'<section class="department" id="{_anchor(group.slug)}">\n<h2>{escape(group.name)}</h2>\n'
        f"{_card(card, tr) if card else ''}<h3>{heading}</h3>\n"
        f'<ol class="findings">\n{found}\n</ol>\n</section>'
    )


def _faultless(card: Scorecard, tr: Translator) -> str:
    return (
        f'<section class="department faultless" id="{_anchor(card.department)}">\n'
        f"<h2>{escape(card.name)}</h2>\n{_card(card, tr)}"
        f"<p>{escape(tr('Nothing was found.'))}</p>\n</section>"
    )


def _card(card: Scorecard, tr: Translator) -> str:
    """Return a scorecard: figures in words, each share as a bar and as numbers."""
    told = tr(
        "{records} powers: {passing} pass the gate, {refused} are refused",
        records=card.records,
        passing=card.passing,
        refused=card.refused,
    )
    labels = titles(tr)
    shares = [(labels[name], share) for name, share in card.complete.items() if share.of]
    halves = (
        [_bars(tr("What the powers in force tell"), map(_complete, *zip(*shares, strict=True)))]
        if shares
        else []
    )
    counted = list(_by_family(card, tr))
    halves += [_bars(tr("Findings by group of rules"), counted)] if counted else []
    return f'<p>{escape(told)}</p>\n<div class="card">{"".join(halves)}</div>\n'


def _complete(label: str, share: Share) -> str:
    figure = f"{share.present} / {share.of} · {share.percent} %"
    return _bar(label, figure, [(share.present / share.of, "fill")])


def _by_family(card: Scorecard, tr: Translator) -> Iterator[str]:
    names, words = families(tr), _plurals(tr)
    letters = {letter for counts in card.findings.values() for letter, n in counts.items() if n}
    sums = {x: sum(counts.get(x, 0) for counts in card.findings.values()) for x in letters}
    most = max(sums.values(), default=1)
    for letter in sorted(letters, key=lambda letter: (-sums[letter], letter)):
        parts = {s: card.findings.get(s, {}).get(letter, 0) for s in Severity}
        said = ", ".join(f"{words[s]} {n}" for s, n in parts.items() if n)
        fills = [(n / most, f"fill-{CLASSES[s]}") for s, n in parts.items() if n]
        yield _bar(f"{letter} {names.get(letter, '')}".strip(), said, fills)


def _bars(title: str, bars: Iterable[str]) -> str:
    return f'<div><h3>{escape(title)}</h3>\n<dl class="bars">{"".join(bars)}</dl></div>\n'


def _bar(label: str, figure: str, fills: Iterable[tuple[float, str]]) -> str:
    """Return a bar; what it shows stands beside it in figures, so it is hidden from readers."""
    start, drawn = 0.0, ""
    for share, name in fills:
        drawn += f'<rect class="{name}" x="{start:.4g}" width="{share * 100:.4g}" height="6"/>'
        start += share * 100
    return (
        f'<div><dt>{escape(label)}</dt><dd><svg aria-hidden="true" viewBox="0 0 100 6" '
        f'preserveAspectRatio="none"><rect class="track" width="100" height="6"/>{drawn}</svg></dd>'
        f'<dd class="figure">{escape(figure)}</dd></div>\n'
    )


def _place(finding: Finding, tr: Translator) -> str:
    """Return where a finding stands, in the words of the tables' own headings."""
    if not finding.table:
        file = finding.column or finding.record
        return file if finding.row is None else tr("{file} row {row}", file=file, row=finding.row)
    definition = schema.tables().get(finding.table)
    place = f"{finding.table}.csv"
    if finding.row is not None:
        place = tr("{file} row {row}", file=place, row=finding.row)
    if not finding.column:
        return place
    known = definition is not None and finding.column in definition.columns
    label = definition.field(finding.column).label(tr.language) if definition and known else ""
    return f"{place}, {label} ({finding.column})" if label else f"{place}, {finding.column}"


def _finding(finding: Finding, tr: Translator) -> str:
    word = escape(_words(tr)[finding.severity])
    record = ""
    if finding.record and finding.table:
        record = f"<br><code>{escape(finding.record)}</code>"
    parts = {
        tr("Value"): f"<code>{escape(finding.value)}</code>" if finding.value else "",
        tr("Why"): escape(finding.reason),
        tr("What to do"): escape(finding.remedy),
        tr("Legal ground"): escape(finding.law),
    }
    more = "".join(
        f"<dt>{escape(name)}</dt><dd>{text}</dd>" for name, text in parts.items() if text
    )
    return (
        f'<li><p class="place"><b class="{CLASSES[finding.severity]}">{word} {finding.code}</b><br>'
        f"{escape(_place(finding, tr))}{record}</p>"
        f'<div><p class="what">{escape(finding.message)}</p><dl class="more">{more}</dl></div></li>'
    )
