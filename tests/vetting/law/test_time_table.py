"""Every limit of the law's table, tried on a power or step that keeps it and on one that does not."""

from __future__ import annotations

import pytest

from generator.i18n import Translator
from generator.vetting.finding import Finding
from generator.vetting.law.citations import cite
from generator.vetting.law.tables import TimeLimit, time_limits, words
from tests.vetting.small import CODE, a_basis, a_power, an_instrument, judge

ROWS = time_limits()
NAMES = {
    "TL20": "查封示例场所",
    "TL21": "冻结示例存款",
    "TL10": "基金会设立登记",
    "TL46": "市场主体变更登记",
    "TL47": "公众聚集场所投入使用前消防安全检查",
}
STEPS = {
    "first_examination": "初审",
    "licence_service": "颁发许可证",
    "acceptance": "受理申请",
    "hearing_held": "组织听证",
    "hearing_request": "是否申请听证",
    "tests_sent": "指派人员检测",
    "service": "送达决定书",
    "kept_evidence": "先行登记保存证据",
    "payment": "是否按期缴款",
    "emergency_report": "补办批准手续",
    "demand_before_court": "催告后申请法院执行",
    "substitute_warning": "代履行前催告",
}
DECISIONS = [row for row in ROWS if row.scope == "decision"]
MATTERS = [row for row in ROWS if row.scope == "registration"]
OF_STEPS = [row for row in ROWS if row.scope == "step"]


def name(row: TimeLimit) -> str:
    return f"{row.id}-{row.step}-{row.kind}"


def with_limit(row: TimeLimit, limit: int, rank: str = "", note: str = "") -> list[Finding]:
    """Return what T201 to T204 say of a power with a statutory limit, that norms of a rank set."""
    power = a_power(
        kind=row.kind,
        subtype=row.subtype,
        name=NAMES.get(row.id, "示例事项"),
        joint_departments="office" if row.joint else "",
        statutory_limit=str(limit),
        statutory_unit="working_day" if row.unit == "on_the_spot" and limit else row.unit,
        limit_note=note,
    )
    found = judge(
        "T20",
        powers=[power],
        instruments=[an_instrument(rank)] if rank else [],
        legal_bases=[a_basis(rank)] if rank else [],
    )
    return [one for one in found if one.code in ("T201", "T202", "T203", "T204")]


@pytest.mark.parametrize("row", DECISIONS, ids=name)
def test_a_decision_keeps_the_limit_of_the_law(row: TimeLimit) -> None:
    """Who waits longer than the law allows was told so by the city itself."""
    assert with_limit(row, row.limit) == []
    (found,) = with_limit(row, row.limit + 1)
    assert (found.severity.value, found.law) == ("error", cite(Translator("en"), row.law))


@pytest.mark.parametrize("rank", ["law", "local_regulation", "city_rule", "normative_document"])
@pytest.mark.parametrize("row", DECISIONS, ids=name)
def test_only_norms_that_the_law_names_may_give_another_limit(row: TimeLimit, rank: str) -> None:
    """A notice must not stretch what the law has limited; a law that does so must be named."""
    (found,) = with_limit(row, row.limit + 1, rank)
    assert found.severity.value == ("warning" if rank in row.otherwise else "error")
    named = with_limit(row, row.limit + 1, rank, note=f"依照示例{rank}第七条。")
    assert len(named) == (rank not in row.otherwise)


@pytest.mark.parametrize("row", MATTERS, ids=name)
def test_a_law_of_the_matter_is_kept(row: TimeLimit) -> None:
    """Whoever opens a shop waits three days, not twenty."""
    assert cite(Translator("en"), row.law) not in {one.law for one in with_limit(row, row.limit)}
    found = {one.law: one for one in with_limit(row, row.limit + 1)}
    if row.id == "TL46":  # of two limits that a registration breaks the first is named
        found = {cite(Translator("en"), row.law): one for one in found.values()}
    assert found[cite(Translator("en"), row.law)].severity.value == "warning"


def step(row: TimeLimit, limit: int) -> list[Finding]:
    """Return what T206 says of a step with a limit."""
    cells = {"power": CODE, "id": "s", "name": STEPS[row.step], "post": "示例岗"}
    cells |= {"kind": "task", "limit": str(limit), "unit": row.unit, "counted": "no"}
    return judge("T206", powers=[a_power(kind=row.kind, subtype=row.subtype)], steps=[cells])


@pytest.mark.parametrize("row", OF_STEPS, ids=name)
def test_a_step_keeps_the_limit_of_the_law(row: TimeLimit) -> None:
    """A step that the law limits by itself must not take what is left of the whole."""
    beyond = row.limit - 1 if row.least else row.limit + 1

    assert words(row.step).are_in(STEPS[row.step])
    assert step(row, row.limit) == []
    (found,) = step(row, beyond)
    assert (found.severity.value, found.law) == ("warning", cite(Translator("en"), row.law))


def test_the_limits_of_powers_and_steps_are_all_tried() -> None:
    """A row added to the table without a try would be believed."""
    assert {row.scope for row in ROWS} == {"decision", "registration", "step"}
    assert {row.step for row in OF_STEPS} == set(STEPS)
