"""SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a change."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.i18n import Translator
from generator.sources.places import Region
from generator.vetting import gate
from generator.vetting.finding import Finding, Severity
from generator.vetting.guard import CODES
from generator.vetting.reports.grouping import ORDER
from generator.vetting.reports.scorecard import families

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

MOST_RESULTS = 25_000
"""Results of one run that GitHub takes; it shows the 5,000 most serious of them."""

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_WEIGHTS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a finding stands: a file relative to the repository, and a stretch of it or a line."""

    path: str
    region: Region | None = None
    line: int = 1


Locate = Callable[[Finding], Spot | None]


def as_sarif(findings: Iterable[Finding], locate: Locate, tr: Translator) -> str:
    """Return the findings as a SARIF log; most serious first, at most `MOST_RESULTS`.

    `locate` gives the place of a finding in a file, None where the tables are in no files:
    such a finding has a logical location only, the table, record and column.
    """
    ordered = sorted(findings, key=lambda finding: ORDER[finding.severity])
    told, left = ordered[:MOST_RESULTS], len(ordered[MOST_RESULTS:])
    rules = _rules(told, tr)
    index = {rule["id"]: place for place, rule in enumerate(rules)}
    prints = _fingerprints(told)
    results = [
        _result(finding, index[finding.code], fingerprint, locate(finding))
        for finding, fingerprint in zip(told, prints, strict=True)
    ]
    driver = {
        "name": "daylight",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": rules,
    }
    run = {
        "tool": {"driver": driver},
        "language": tr.language,
        "columnKind": "utf16CodeUnits",
        "invocations": [_invocation(left, tr)],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1)


def _result(finding: Finding, index: int, fingerprint: str, spot: Spot | None) -> dict[str, Any]:
    parts = (finding.message, finding.remedy)
    message = "; ".join(part for part in parts if part) + (f" ({finding.law})" * bool(finding.law))
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [_location(finding, spot)],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint, "finding/v1": fingerprint},
    }


def _location(finding: Finding, spot: Spot | None) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if spot:
        # A finding without a row is about the file as a whole; hosts show it on line 1.
        region = {"startLine": spot.line}
        if spot.region:
            region = {
                "startLine": spot.region.start_line,
                "startColumn": spot.region.start_column,
                "endLine": spot.region.end_line,
                "endColumn": spot.region.end_column,
            }
        place = quote(spot.path, safe="/", errors="surrogateescape")
        location["physicalLocation"] = {"artifactLocation": {"uri": place}, "region": region}
    names = [part for part in (finding.table, finding.record, finding.column) if part]
    if names:
        logical = {"name": names[-1], "fullyQualifiedName": "/".join(names)}
        location["logicalLocations"] = [{**logical, "kind": _kind(finding)}]
    return location


def _kind(finding: Finding) -> str:
    """Return the nearest of the kinds that SARIF 3.33.7 lists for data."""
    return "property" if finding.column else "object" if finding.record else "array"


def _fingerprints(findings: Sequence[Finding]) -> list[str]:
    """Return what knows each finding again: no line number, so that rows may move."""
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        parts = (finding.code, finding.table, finding.record, finding.column, finding.value)
        mark = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
        seen[mark] += 1
        found.append(f"{mark}:{seen[mark]}")
    return found


def _rules(findings: Sequence[Finding], tr: Translator) -> list[dict[str, Any]]:
    first: dict[str, Finding] = {}
    for finding in findings:  # most serious first
        first.setdefault(finding.code, finding)
    return [_rule(code, first[code], tr) for code in sorted(first)]


def _rule(code: str, example: Finding, tr: Translator) -> dict[str, Any]:
    english = description(code)
    # The sentences in the code are English; a reader of another language gets the reason,
    # which every finding gives in the city's own.
    short = english if tr.language == "en" and english else tr(english) if english in tr else ""
    short = short or example.reason or example.message
    parts = {
        tr("Why"): example.reason,
        tr("What to do"): example.remedy,
        tr("Legal ground"): example.law,
    }
    told = {name: text for name, text in parts.items() if text}
    text = "\n".join(f"{name}: {text}" for name, text in told.items())
    markdown = "\n\n".join(f"**{name}**: {text}" for name, text in told.items())
    family = families(tr).get(code[:1], "")
    return {
        "id": code,
        "shortDescription": {"text": short},
        "fullDescription": {"text": english or short},
        "help": {"text": text or short, "markdown": markdown or short},
        "defaultConfiguration": {"level": LEVELS[example.severity]},
        "properties": {
            "tags": [family] if family else [],
            "problem.severity": _WEIGHTS[example.severity],
        },
    }


def description(code: str) -> str:
    """Return the sentence in which the reference of rules says what a code finds."""
    if code in CODES:
        return CODES[code]
    rule = gate.rules().get(code)
    if rule is None:
        return ""
    text = rule.title
    for lead in ("Yield a finding for ", "Yield a warning for ", "Yield a finding if "):
        text = text.removeprefix(lead)
    return text[:1].upper() + text[1:]


def _invocation(left: int, tr: Translator) -> Mapping[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if left:
        text = tr(
            "{left} less serious findings are left out: a code host takes {most}; "
            "`daylight vet --format json` has them all",
            left=left,
            most=MOST_RESULTS,
        )
        notice = {"level": "warning", "message": {"text": text}}
        invocation["toolExecutionNotifications"] = [notice]
    return invocation
