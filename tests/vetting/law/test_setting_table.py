"""Every row of the table of who may set which power, tried on a power that rests on such a norm."""

from __future__ import annotations

import re

import pytest

from generator.i18n import Translator
from generator.model.codes import PowerKind, Rank
from generator.vetting.law.citations import cite
from generator.vetting.law.conditions import condition
from generator.vetting.law.tables import SettingRule, Verdict, setting_rules
from tests.vetting.small import CODE, a_basis, a_power, an_instrument, judge, verdict

ROWS = tuple(setting_rules().values())
NAMES = {"coercion": "查封示例场所"}


def setting(kind: str, subtype: str, *ranks: str) -> list[tuple[str, str, str]]:
    """Return code, severity and law of what the rules say of a power that such norms set."""
    found = judge(
        "L2",
        powers=[a_power(kind=kind, subtype=subtype, name=NAMES.get(kind, "示例事项"))],
        instruments=[an_instrument(rank) for rank in dict.fromkeys(ranks)],
        legal_bases=[a_basis(rank, seq) for seq, rank in enumerate(ranks, start=1)],
    )
    return [(one.code, one.severity.value, one.law) for one in found]


def expected(row: SettingRule) -> list[tuple[str, str]]:
    if row.verdict is Verdict.MAY:
        return []
    if row.verdict is Verdict.LIMITED:
        return [("L203", "info")]
    if row.verdict is Verdict.DETAIL:
        return [("L202", "error")]
    return [("L201", "error")] if row.confirmed else [("L205", "info")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}-{row.subtype}-{row.rank}")
def test_each_row_brings_its_verdict_and_cites_its_law(row: SettingRule) -> None:
    """A city is told who may set a power by this table; a row not heeded tells it nothing."""
    found = setting(row.kind, row.subtype, row.rank)

    assert [(code, severity) for code, severity, _ in found] == expected(row)
    assert all(law == cite(Translator("en"), row.law) for _, _, law in found)
    assert re.search(r"\d", cite(Translator("en"), row.law))
    if row.verdict is Verdict.LIMITED:
        assert condition(Translator("en"), row.condition)


@pytest.mark.parametrize("row", [row for row in ROWS if row.verdict in (Verdict.NO, Verdict.DETAIL)],
                         ids=lambda row: f"{row.kind}-{row.subtype}-{row.rank}")  # fmt: skip
def test_a_law_beside_it_carries_the_power(row: SettingRule) -> None:
    """A power that a law sets must not be refused for one citation too many."""
    found = setting(row.kind, row.subtype, row.rank, "law")

    severity = "warning" if row.confirmed else "info"
    assert [(code, worse) for code, worse, _ in found] == [(expected(row)[0][0], severity)]


def test_each_kind_and_rank_has_a_row() -> None:
    """A combination that nobody thought of would pass unseen."""
    kinds = {kind.value for kind in PowerKind} - {"service", "filing", "requisition"}
    pairs = {(row.kind, row.subtype) for row in ROWS}

    assert {kind for kind, _ in pairs} == kinds
    assert {(row.kind, row.subtype, row.rank) for row in ROWS} == {
        (*pair, rank.value) for pair in pairs for rank in Rank
    }


@pytest.mark.parametrize("kind", ["filing", "requisition"])
def test_kinds_of_the_province_are_judged_as_other_powers(kind: str) -> None:
    """A filing that a notice sets may be a licence in disguise."""
    assert setting(kind, "", "normative_document") == setting("other", "", "normative_document")
    assert [code for code, *_ in setting(kind, "", "normative_document")] == ["L201"]


def test_a_public_service_needs_no_norm_that_may_set_it() -> None:
    """Whoever serves takes nothing from anybody; a notice is enough."""
    assert setting("service", "", "normative_document") == []


@pytest.mark.parametrize(("kind", "subtype"), [("coercion", ""), ("levy", ""), ("levy", "toll")])
def test_a_power_that_does_not_say_which_it_is_cannot_be_judged(kind: str, subtype: str) -> None:
    """A tax must not pass for a fee because nobody wrote down that it is one."""
    assert [code for code, *_ in setting(kind, subtype, "normative_document")] == ["L207"]


@pytest.mark.parametrize("code", ["L201", "L202"])
def test_no_office_can_waive_what_the_law_forbids(code: str) -> None:
    """A waiver decides where the law leaves room; here it leaves none."""
    rank = {"L201": "normative_document", "L202": "city_rule"}[code]
    waiver = {"rule": code, "record": CODE, "reason": "x", "decided_by": "x", "until": "2026-12-31"}

    found = verdict(
        powers=[a_power(kind="licensing")],
        instruments=[an_instrument(rank)],
        legal_bases=[a_basis(rank)],
        waivers=[waiver],
    )

    assert [one.severity.value for one in found.findings if one.code == code] == ["error"]
    assert CODE in found.refused
    assert "S207" in {one.code for one in found.findings}
