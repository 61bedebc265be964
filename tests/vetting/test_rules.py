"""Every rule of the gate fires on its defect and keeps still at its near miss."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.vetting.finding import Finding
from generator.vetting.gate import rules
from tests.vetting.defects import Defect, defects, vet_changed

ALL = tuple(defects())


@pytest.mark.parametrize("defect", ALL, ids=str)
def test_a_planted_fault_brings_exactly_the_findings_expected(
    defect: Defect, tmp_path: Path
) -> None:
    """A department mends what it is told, and nothing else may hold its record up."""
    verdict = vet_changed(tmp_path, defect.changes, defect.day)

    told = [_as_expected(found, want) for found, want in _pairs(verdict.findings, defect.expect)]
    assert told == list(defect.expect), [str(found) for found in verdict.findings]
    if defect.refused is not None:
        assert verdict.refused == frozenset(defect.refused)
    for found in verdict.findings:
        assert (found.table or found.column) and found.message and found.reason and found.remedy
        assert "{" not in found.message + found.reason + found.remedy + found.law


@pytest.mark.parametrize("code", rules())
def test_each_rule_has_a_defect_that_fires_and_a_near_miss(code: str) -> None:
    """A rule that never fires protects nobody; one that fires on everything stops everybody."""
    mine = [defect for defect in ALL if defect.code == code]

    assert any(defect.fires for defect in mine), f"{code} has no defect that fires"
    assert any(not defect.fires for defect in mine), f"{code} has no near miss"


@pytest.mark.parametrize("code", rules())
def test_each_rule_says_what_it_finds(code: str) -> None:
    """The reference of rules is made from these sentences; an operator reads them."""
    title = rules()[code].title

    assert title.startswith("Yield a") and title.endswith((".", "…"))


def test_no_defect_stands_for_a_rule_that_is_gone() -> None:
    """A test of a rule that no longer exists would comfort whoever took it out."""
    assert {defect.code for defect in ALL} == set(rules())


def _pairs(
    findings: tuple[Finding, ...], expect: tuple[dict[str, Any], ...]
) -> list[tuple[Finding, dict[str, Any]]]:
    extra = len(findings) - len(expect)
    wanted: list[dict[str, Any]] = [*expect, *({"code": ""} for _ in range(extra))]
    return list(zip(findings, wanted, strict=False))


def _as_expected(found: Finding, want: dict[str, Any]) -> dict[str, Any]:
    """Return a finding with those of its fields that the expectation names."""
    return {key: value for key, value in found.as_dict().items() if key in want}
