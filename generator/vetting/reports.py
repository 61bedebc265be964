"""Findings for other programs and for print: JSON, SARIF 2.1.0, and a page by department."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from generator import __version__
from generator.i18n import Translator
from generator.vetting.finding import Finding, Severity

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings as a JSON array of the contract's eleven fields."""
    return json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=1)


def as_sarif(findings: Sequence[Finding], folder: str) -> str:
    """Return the findings as SARIF 2.1.0, which code hosts show beside the changed lines.

    `folder` is where the tables lie, relative to the repository.
    """
    rules = sorted({finding.code for finding in findings})
    results = [
        {
            "ruleId": finding.code,
            "level": LEVELS[finding.severity],
            "message": {"text": " ".join(filter(None, (finding.message, finding.remedy)))},
            "locations": _locations(finding, folder),
        }
        for finding in findings
    ]
    driver = {"name": "daylight", "version": __version__, "rules": [{"id": code} for code in rules]}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)


def _locations(finding: Finding, folder: str) -> list[dict[str, object]]:
    """Return the place of a finding in its table's file; none if it is about no table."""
    if not finding.table:
        return []
    return [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": f"{folder}/{finding.table}.csv"},
                "region": {"startLine": finding.row or 1},
            }
        }
    ]


def as_html(findings: Sequence[Finding], tr: Translator) -> str:
    """Return the findings as one plain page that prints well."""
    columns = (
        tr("Severity"),
        tr("Rule"),
        tr("Where"),
        tr("What is wrong"),
        tr("What to do"),
        tr("Law"),
    )
    words = {
        Severity.ERROR: tr("error"),
        Severity.WARNING: tr("warning"),
        Severity.INFO: tr("note"),
    }
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(text)}</td>"
            for text in (
                words[finding.severity],
                finding.code,
                finding.where,
                finding.message,
                finding.remedy,
                finding.law,
            )
        )
        + "</tr>\n"
        for finding in findings
    )
    title = escape(tr("Findings of the gate"))
    return (
        f'<!doctype html>\n<html lang="{tr.language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body><h1>{title}</h1>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></body></html>\n"
    )
