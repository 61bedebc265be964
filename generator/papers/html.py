"""The proof sheet as one self-contained page that prints on A4, a record to a page at least."""

from __future__ import annotations

from markupsafe import Markup

from generator.i18n import Translator
from generator.papers import charts, page
from generator.papers.sheet import Sheet
from generator.papers.wording import words
from generator.papers.words import place_of
from generator.vetting.finding import Severity


def sheet(made: Sheet, tr: Translator) -> str:
    """Return the page; the same sheet gives the same bytes."""
    refused = [
        {
            "code": each.code,
            "name": each.name,
            "errors": [f for f in each.findings if f.severity is Severity.ERROR],
        }
        for each in made.records
        if each.refused
    ]
    named = words(made, tr)
    return page.render(
        "sheet.html",
        tr,
        sheet=made,
        w=named,
        refused=refused,
        # These two are made here from texts that were escaped on the way.
        qr={each.code: Markup(each.qr()) for each in made.records if each.digest},
        charts={each.code: Markup(each.chart.inline) for each in made.records if each.chart},
        own_style=page.style("sheet.css") + Markup(charts.STYLE),
        where=lambda finding: place_of(finding, tr),
        page_style=Markup(_page_style(made, named)),
    )


def _page_style(made: Sheet, named: dict[str, str]) -> str:
    """Return the margins' texts: each record has a page of its own kind, with its digest on top."""
    title = _text(f"{made.department} · {named['title']}")
    before, between, after = _around(named["page_of"])
    number = f"{_text(before)} counter(page) {_text(between)} counter(pages) {_text(after)}"
    small = "font-size:7.5pt;color:#333;font-family:sans-serif;white-space:nowrap"
    note = (
        f"@bottom-left{{content:{_text(named['demonstration'])};{small}}}"
        if made.demonstration
        else ""
    )
    base = (
        f"size:A4;margin:19mm 16mm 17mm;@top-left{{content:{title};{small}}}"
        f"@bottom-right{{content:{number};{small}}}{note}"
    )
    rules = [f"@page{{{base}}}"]
    for place, each in enumerate(made.records, 1):
        digest = f"d1:{each.digest}" if each.digest else ""
        mono = small.replace("7.5pt", "6.2pt").replace("sans-serif", "monospace")
        rules.append(
            f"@page r{place}{{@top-left{{content:{title};{small}}}"
            f"@top-right{{content:{_text(f'{each.code}  {digest}')};{mono}}}}}"
        )
    return "\n".join(rules)


def _around(page_of: str) -> tuple[str, str, str]:
    before, rest = page_of.split("\0")
    between, after = rest.split("\1")
    return before, between, after


def _text(words: str) -> str:
    """Return a text as a CSS string that cannot end the string or the style sheet."""
    return (
        '"' + "".join(c if c.isalnum() or c in " .·:-" else f"\\{ord(c):06x}" for c in words) + '"'
    )
