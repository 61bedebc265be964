"""The gate as a whole: verdicts, waivers, partial runs, and what a broken list costs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.i18n import Translator
from generator.model.codes import PowerKind, PowerStatus
from generator.sources import canonical, datapackage, decode, schema
from generator.vetting import cells
from generator.vetting.finding import Severity
from generator.vetting.gate import rules, vet
from generator.vetting.nearest import Nearest
from generator.vetting.rule import rule
from tests.vetting.defects import CITIES, DAY, changed_city, vet_changed

PROMISE = {"table": "powers", "where": {"code": "YX-JL-001"}, "set": {"promised_limit": 31}}
NO_NAME = {"table": "powers", "where": {"code": "YX-JL-001"}, "set": {"name": ""}}


ON_THE_SPOT = {
    "table": "powers",
    "where": {"code": "YX-FW-001"},
    "set": {"statutory_limit": 5},
}


def waiver(code: str, until: str = "2026-12-31", **more: str) -> dict[str, Any]:
    row = {"rule": code, "record": "YX-JL-001", "reason": "试行期", "decided_by": "示例审核台"}
    return {"table": "waivers", "add": [row | {"until": until} | more]}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_example_cities_pass_the_gate_and_hold_every_kind(language: str) -> None:
    """A new city starts from one of them; a fault in it would be everybody's first lesson."""
    tables = datapackage.read(CITIES / language / "content" / "database")

    verdict = vet(tables, tr=Translator("en"), day=DAY)

    assert verdict.findings == ()
    powers = decode.power_list(tables).powers.values()
    assert {power.kind for power in powers} == set(PowerKind)
    assert {PowerStatus.ABOLISHED, PowerStatus.MERGED} < {power.status for power in powers}
    assert any(power.parent for power in powers) and any(power.entrusted_to for power in powers)


def test_one_bad_record_takes_no_other_down(tmp_path: Path) -> None:
    """A department must not wait for another's mistake."""
    verdict = vet_changed(tmp_path, (NO_NAME,))

    assert verdict.refused == {"YX-JL-001"}
    assert verdict.refused_registers == frozenset()
    assert [found.code for found in verdict.by_record["YX-JL-001"]] == ["S101"]


@pytest.mark.parametrize(
    ("until", "counts"),
    [
        pytest.param("", False, id="without-end"),
        pytest.param("2026-03-01", True, id="on-its-last-day"),
        pytest.param("2026-02-28", False, id="ended"),
        pytest.param("someday", False, id="end-not-readable"),
    ],
)
def test_a_waiver_lets_a_record_stand_until_its_last_day(
    tmp_path: Path, until: str, counts: bool
) -> None:
    """An exception that somebody decided must show who and why, and end when it was to end."""
    verdict = vet_changed(tmp_path, (ON_THE_SPOT, waiver("T103", until, record="YX-FW-001")))

    (found,) = (found for found in verdict.findings if found.code == "T103")
    assert ("YX-FW-001" not in verdict.refused) is counts
    assert (found.severity is Severity.INFO) is counts
    assert ("waived by 示例审核台" in found.message and "试行期" in found.message) is counts


@pytest.mark.parametrize(("fault", "code"), [(NO_NAME, "S101"), (PROMISE, "T102")])
def test_what_cannot_be_read_or_the_law_forbids_cannot_be_waived(
    tmp_path: Path, fault: dict[str, Any], code: str
) -> None:
    """A power without a name breaks its page; one slower than the law cheats whoever waits."""
    verdict = vet_changed(tmp_path, (fault, waiver(code)))

    assert verdict.refused == {"YX-JL-001"}
    assert {found.code for found in verdict.findings} == {code, "S207"}


@pytest.mark.parametrize(
    "code",
    ["L101", "L102", "L103", "L201", "L202", "L301", "L303", "L307", "T102", "T205"],
)
def test_rules_on_which_the_law_leaves_no_room_are_fixed(code: str) -> None:
    """An office that could waive the law would stand above it."""
    assert not rules()[code].waivable


def test_a_warning_that_was_looked_at_says_who_did(tmp_path: Path) -> None:
    """Once an office has decided, nobody need look again until the waiver ends."""
    nobody = {"table": "steps", "where": {"power": "YX-JL-001", "id": "grade"}, "set": {"post": ""}}

    verdict = vet_changed(tmp_path, (nobody, waiver("P204")))

    (found,) = verdict.findings
    assert (found.code, found.severity) == ("P204", Severity.INFO)
    assert "waived by 示例审核台 until 2026-12-31: 试行期" in found.message


def test_a_waiver_for_one_record_or_rule_leaves_the_others_refused(tmp_path: Path) -> None:
    """An exception for one power must not become one for all."""
    other = ON_THE_SPOT | {"where": {"code": "YX-XK-002"}, "set": {"promised_limit": 5}}
    waivers = [waiver(code, record="YX-FW-001") for code in ("T101", "T103")]

    verdict = vet_changed(tmp_path, (ON_THE_SPOT, other, *waivers))

    assert verdict.refused == {"YX-XK-002"}


def test_a_partial_run_sees_only_its_powers_and_every_register(tmp_path: Path) -> None:
    """A build vets the drafts that differ; what they refer to is judged against everything."""
    act = {"table": "instruments", "where": {"id": "food-act"}, "set": {"url": "x"}}

    verdict = vet_changed(tmp_path, (NO_NAME, PROMISE | {"where": {"code": "YX-QR-001"}}, act),
                          only=["YX-QR-001"])  # fmt: skip

    assert {(found.code, found.record) for found in verdict.findings} == {
        ("T102", "YX-QR-001"),
        ("F104", "food-act"),
    }
    assert verdict.refused == {"YX-QR-001"}
    assert verdict.refused_registers == {"instruments"}


@pytest.mark.parametrize("code", ["YX-XK-001", "YX-CF-001", "YX-XK-090"])
def test_a_partial_run_finds_what_a_whole_run_finds_on_a_power(tmp_path: Path, code: str) -> None:
    """Whether one power is vetted or all must make no difference to it."""
    tables = datapackage.read(
        changed_city(tmp_path, (
            {"table": "steps", "where": {"power": code}, "set": {"kind": "task"}},
            {"table": "legal_bases", "where": {"power": code}, "set": {"article": 999}},
        ))
    )  # fmt: skip

    whole = vet(tables, tr=Translator("en"), day=DAY)
    part = vet(tables, tr=Translator("en"), day=DAY, only=[code])

    assert part.findings == whole.by_record[code] and part.refused == {code}


def test_a_row_of_powers_that_was_left_out_is_refused(tmp_path: Path) -> None:
    """A power whose row cannot be read must not be taken for one that was deleted."""
    path = changed_city(tmp_path, ()) / "powers.csv"
    text = path.read_text(encoding="utf-8").replace("\nYX-JL-001,,", "\nYX-JL-001,,,")
    path.write_text(text, encoding="utf-8")

    verdict = vet(datapackage.read(path.parent), tr=Translator("en"), day=DAY)

    assert "YX-JL-001" in verdict.refused


def test_a_table_of_faults_is_reported_in_full(tmp_path: Path) -> None:
    """Frictionless stops at 1,000 errors by itself; the 1,001st would pass unseen."""
    rows = {"power": "YX-FW-00{n}", "seq": "x", "name": ""}
    verdict = vet_changed(tmp_path, ({"table": "fees", "many": {"times": 1200, "row": rows}},))

    codes = [found.code for found in verdict.findings if found.table == "fees"]
    assert [codes.count(code) for code in ("S101", "S102", "S201")] == [1200, 1200, 1199]
    assert verdict.refused == {"YX-FW-001"}


def test_the_verdict_is_the_same_each_time_and_stands_in_the_order_of_the_tables(
    tmp_path: Path,
) -> None:
    """Two reviewers with the same files must hold the same list in their hands."""
    faults = (NO_NAME, PROMISE, {"table": "fees", "where": {"seq": "1"}, "set": {"name": ""}})
    tables = datapackage.read(changed_city(tmp_path, faults))

    first = vet(tables, tr=Translator("en"), day=DAY)

    assert first == vet(tables, tr=Translator("en"), day=DAY)
    places = [(list(schema.tables()).index(f.table), f.row, f.column) for f in first.findings]
    assert places == sorted(places)


def test_findings_name_columns_in_the_language_of_the_city(tmp_path: Path) -> None:
    """An official reads the words that stand over the column of the form."""
    tables = datapackage.read(changed_city(tmp_path, (NO_NAME,)))

    (found,) = vet(tables, tr=Translator("zh-CN"), day=DAY).findings

    assert "事项名称" in found.message and "事项名称" in found.remedy


@given(st.text(max_size=8), st.sampled_from(["statutory_limit", "status_from", "kind", "code"]))
def test_a_cell_without_a_finding_is_one_that_the_ledger_can_carry(cell: str, column: str) -> None:
    """Text that passes for a number at the gate would be published as no number at all."""
    field = schema.tables()["powers"].field(column)

    kinds = cells.judge("powers", column)(cell)

    value = canonical.value(field, cell)
    if not kinds:
        assert value is None or canonical.is_readable(field, value)
        assert not field.enum or value is None or value in field.enum


@pytest.mark.parametrize("slip", ["YX-XK-01", "YX-XK-0012", "YX-KX-001", "yx-xk-001", "YX-XK-0O1"])
def test_a_slip_of_the_pen_is_recognised_among_thousands_of_names(slip: str) -> None:
    """Whoever mistypes a code should not have to search for the right one."""
    known = [f"YX-CF-{n:04}" for n in range(5000)] + ["YX-XK-001"]

    assert Nearest()(slip, known, among="powers") == "YX-XK-001"


def test_thousands_of_unknown_names_are_not_all_compared() -> None:
    """A table in which every code is wrong must not keep a build waiting."""
    nearest, kinds = Nearest(), [kind.value for kind in PowerKind]

    answers = [nearest(f"licencing{n}", kinds, among="kinds") for n in range(5_000)]

    assert answers[0] == "licensing" and answers[-1] == ""


def test_a_code_is_given_to_one_rule_only() -> None:
    """A waiver names a rule by its code; two rules with one code would both be waived."""
    with pytest.raises(ValueError, match="L101 is defined twice"):
        rule("L101")(lambda desk: iter(()))
    assert rules()["L101"].check.__name__ == "active_power_has_a_setting_basis"


def test_a_script_in_any_cell_is_found(tmp_path: Path) -> None:
    """Whoever slips a script into any field at all must at least be seen doing it."""
    script = "<script>alert(1)</script>"
    rows = {name: dict.fromkeys(table.columns, script) for name, table in schema.tables().items()}

    verdict = vet_changed(
        tmp_path, tuple({"table": name, "add": [row]} for name, row in rows.items())
    )

    seen = {(found.table, found.column) for found in verdict.findings}
    assert seen >= {(name, column) for name, row in rows.items() for column in row}
    assert verdict.refused == {script}


def test_the_day_is_an_input() -> None:
    """The list as it was on a past day is judged by the law of that day."""
    tables = datapackage.read(CITIES / "zh" / "content" / "database")

    verdict = vet(tables, tr=Translator("en"), day=date(2020, 6, 1))

    assert {found.code for found in verdict.findings} == {"L103"}
    assert all("is in force only from" in found.message for found in verdict.findings)
