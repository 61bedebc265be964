"""Rules L3, continued: on what a fee rests, as far as its text says so simply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.sources.canonical import Line
from generator.vetting.desk import Desk
from generator.vetting.finding import Finding, Severity
from generator.vetting.law.citations import cite
from generator.vetting.rule import rule

_TITLE = re.compile("《([^《》]+)》")
_ALLOWED = frozenset({"law", "administrative_regulation"})
_STATE = "中华人民共和国"


@rule("L303", waivable=False)
def licence_fee_rests_on_law(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each fee of a licence that rests on less than an administrative regulation.

    Only titles in book marks, or titles that the text begins with, are read. Where a title is not
    in the register or none is read, it is a remark.

    Source: 行政许可法 Art. 58, 59.
    """
    tr = desk.tr
    ranks = _ranks(desk)
    for draft in desk.active():
        if draft.line.values.get("kind") != "licensing":
            continue
        for line in draft["fees"]:
            found = [ranks.get(title) for title in _titles(line.values.get("basis", ""), ranks)]
            if _ALLOWED & set(found) or "basis" not in line.values:
                continue
            certain = bool(found) and None not in found
            yield desk.finding(
                Severity.ERROR if certain else Severity.INFO,
                line,
                "basis",
                message=tr("the fee of a licence rests on no law and no administrative regulation")
                if certain
                else tr("it cannot be told on what the fee of the licence rests"),
                reason=tr(
                    "A licence is free unless a law or administrative regulation says otherwise."
                ),
                remedy=tr("cite the law or administrative regulation, or take the fee out"),
                law=cite(tr, "licensing-law 58, 59"),
            )


@rule("L304")
def fee_names_its_basis(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each fee of a power in force without a basis.

    Source: 政府信息公开条例 Art. 20(8) (fees with basis and rate are published); 优化营商环境条例
    Art. 25 (fees on enterprises rest on law, administrative regulation or the State Council).
    """
    tr = desk.tr
    for draft in desk.active():
        for line in draft["fees"]:
            if "basis" not in line.values:
                yield desk.warning(
                    line,
                    "basis",
                    message=tr("the fee names no basis"),
                    reason=tr("Who pays must know what, how much and on what basis."),
                    remedy=tr("name the law or regulation and its article"),
                    law=cite(tr, "disclosure 20(8); business-environment 25"),
                )


def _titles(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the titles that a basis names; without book marks, one that it begins with."""
    named = [title.removeprefix(_STATE) for title in _TITLE.findall(text)]
    bare = text.strip().removeprefix(_STATE)
    return named or [title for title in known if title and bare.startswith(title)][:1]


def _ranks(desk: Desk) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in desk.lines["instruments"]:
        for title in _names(line):
            found.setdefault(title, str(line.values.get("rank", "")))
    return dict(sorted(found.items(), key=lambda entry: -len(entry[0])))


def _names(line: Line) -> Iterator[str]:
    values: Mapping[str, Any] = line.values
    for key in ("title", "short_title"):
        if key in values:
            yield str(values[key]).removeprefix(_STATE)
