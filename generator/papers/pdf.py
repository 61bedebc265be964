"""The proof sheet as a PDF by Typst: tagged, the same bytes each time, data never markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

from generator.errors import ConfigError, ToolError
from generator.i18n import Translator
from generator.papers.differences import Cell, Entry, Grid
from generator.papers.sheet import Box, Record, Sheet
from generator.papers.wording import words
from generator.papers.words import place_of
from generator.vetting.finding import Finding, Severity

SANS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
)
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun")
MONO = ("Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono CJK SC")
_NARROW, _WIDEST = 12, 40


def fonts(tr: Translator) -> dict[str, str]:
    """Return the families to set a sheet in: `sans`, `serif`, `mono`.

    Raises ConfigError if Typst is not installed, or no font with Chinese characters is: a
    sheet of empty boxes must not be signed.
    """
    try:
        import typst
    except ImportError:
        raise ConfigError(
            tr("--pdf: needs Typst; run `pip install 'daylight-sites[pdf]'`")
        ) from None
    known = {family.lower(): family for family in typst.Fonts(include_system_fonts=True).families()}
    sans = _first(SANS, known)
    if not sans:
        raise ConfigError(
            tr(
                "--pdf: no font with Chinese characters is installed (looked for {fonts}); "
                "install one, on Debian `apt-get install fonts-noto-cjk`",
                fonts=", ".join(SANS[:4]),
            )
        )
    return {
        "sans": sans,
        "serif": _first(SERIF, known) or sans,
        "mono": _first(MONO, known) or sans,
    }


def _first(wanted: Sequence[str], known: dict[str, str]) -> str:
    return next((known[name.lower()] for name in wanted if name.lower() in known), "")


def sheet(made: Sheet, tr: Translator, families: dict[str, str]) -> bytes:
    """Return the PDF; raise ToolError if Typst fails."""
    import typst

    template = (resources.files("generator.papers") / "templates" / "sheet.typ").read_bytes()
    inputs = {"data": json.dumps(_data(made, tr, families), ensure_ascii=False)}
    try:
        found = typst.compile(
            template, format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=0
        )
    except typst.TypstError as error:
        raise ToolError(["typst"], None, str(error)) from error
    if not isinstance(found, bytes):
        raise ToolError(["typst"], None, "no PDF")
    return found


def _data(made: Sheet, tr: Translator, families: dict[str, str]) -> dict[str, Any]:
    w = words(made, tr)
    before, rest = w["page_of"].split("\0")
    between, after = rest.split("\1")
    lang, _, region = made.language.partition("-")
    return {
        "w": {**w, "page_before": before, "page_between": between, "page_after": after},
        "fonts": [families["sans"]],
        "serif": [families["serif"], families["sans"]],
        "mono": [families["mono"], families["sans"]],
        "lang": lang,
        "region": region or None,
        "city": made.city,
        "department": made.department,
        "slug": made.slug,
        "day": [made.day.year, made.day.month, made.day.day],
        "day_text": made.day.isoformat(),
        "demonstration": made.demonstration,
        "counts": w["counts"],
        "left_out": made.left_out,
        "refused": [
            {
                "code": each.code,
                "name": each.name,
                "errors": [
                    f"{f.code} {f.message}" for f in each.findings if f.severity is Severity.ERROR
                ],
            }
            for each in made.records
            if each.refused
        ],
        "records": [_record(each, w, tr) for each in made.records],
    }


def _record(record: Record, w: dict[str, Any], tr: Translator) -> dict[str, Any]:
    standing = w["standings"][record.standing]
    chart = record.chart
    return {
        "code": record.code,
        "name": record.name,
        "standing": record.standing.value,
        "standing_text": standing + (w["comma"] + w["is_refused"] if record.refused else ""),
        "digest": record.digest,
        "published": f"{w['published']} {record.published_on}" if record.published_on else "",
        "qr": record.qr() if record.digest else "",
        "findings": [_finding(each, w, tr) for each in record.findings],
        "entries": [_entry(each) for each in record.filled],
        "empty": w["comma"].join(each.label for each in record.empty),
        "grids": [_grid(each, w) for each in record.grids],
        "chart": {
            "alone": chart.alone,
            "wide": chart.wide,
            "high": chart.high,
            "summary": chart.summary,
        }
        if chart
        else None,
        "has_steps": record.has_steps,
        "boxes": [_box(each, w) for each in record.boxes],
    }


def _finding(finding: Finding, w: dict[str, Any], tr: Translator) -> dict[str, str]:
    text = f"{place_of(finding, tr)}{w['colon']}{finding.message}"
    return {
        "severity": finding.severity.value,
        "head": f"{w['severities'][finding.severity.value]} {finding.code}",
        "text": text + (f" → {finding.remedy}" if finding.remedy else ""),
        "law": finding.law,
    }


def _entry(entry: Entry) -> dict[str, str]:
    return {"label": entry.label, **_cell(entry.cell)}


def _cell(cell: Cell) -> dict[str, str]:
    return {"text": cell.text, "bare": cell.bare, "old": cell.old, "mark": cell.mark.value}


def _grid(grid: Grid, w: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": grid.label,
        "columns": list(grid.columns),
        "differs": grid.differs,
        "widths": [_width(grid, place) for place in range(len(grid.columns))],
        "lines": [
            {
                "mark": line.mark.value,
                "mark_text": w["marks"][line.mark],
                "cells": [_cell(cell) for cell in line.cells],
            }
            for line in grid.lines
        ],
    }


def _width(grid: Grid, place: int) -> int:
    """Return a column's share of the page, as its longest text within reason; 0 if it needs none."""
    texts = [grid.columns[place]]
    texts += [
        f"{line.cells[place].text} {line.cells[place].bare} {line.cells[place].old}"
        for line in grid.lines
    ]
    longest = max(sum(1 if ord(c) < 0x2E80 else 2 for c in text.strip()) for text in texts)
    return 0 if longest <= _NARROW else min(longest, _WIDEST)


def _box(box: Box, w: dict[str, Any]) -> dict[str, str]:
    given = box.given
    return {
        "title": box.title,
        "offices": w["comma"].join(box.offices),
        "given": f"{w['given']}{w['colon']}{given.office}{w['comma']}{given.date}" if given else "",
    }
