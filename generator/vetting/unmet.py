"""Rule L204: a condition of setting that the record itself shows to be unmet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.i18n import Translator
from generator.sources import canonical
from generator.vetting.bench import Weighed, title_of, weighed
from generator.vetting.desk import Desk
from generator.vetting.finding import Finding
from generator.vetting.law.citations import cite
from generator.vetting.law.tables import Verdict
from generator.vetting.rule import rule

RULES = frozenset({"department_rule", "provincial_rule", "city_rule"})

_DETENTION = re.compile(r"拘留|\bdetention\b|\bdetain", re.IGNORECASE)
_BUSINESS_LICENCE = re.compile(
    r"吊销[^，。；]{0,6}营业执照|revo\w+ (\w+ )?business licen", re.IGNORECASE
)
_HEAVIER = re.compile(
    r"没收|责令(?!.{0,4}改正)|暂扣|吊销|降低资质|限制|关闭|停产|停业|拘留"
    r"|confiscat|revo(ke|cation)|suspen|clos(e|ure)|detention|forfeit",
    re.IGNORECASE,
)
_SEALS = re.compile(r"查封|扣押|扣留|暂扣|封存|封闭|\bseal|\bseiz|\bimpound", re.IGNORECASE)
_FREEZES = re.compile(r"冻结|人身自由|\bfreez|\bfrozen|\bliberty", re.IGNORECASE)
_QUALIFIES = re.compile(r"资格|资质|qualification", re.IGNORECASE)
_REGISTERS = re.compile(
    r"设立登记|(企业|公司|市场主体)[^，；]*登记|registration of (compan|enterprise|firm)", re.I
)


@rule("L204")
def shown_condition_is_met(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each norm that sets more than its rank may, as the record itself shows.

    Sanctions beyond warning, criticism and fine under a rule; a business licence revoked under a
    local regulation; a local qualification; a temporary licence older than a year; a local
    measure that neither seals nor seizes. Words are recognised, so it asks for a look only.

    Source: 行政许可法 Art. 15, 行政处罚法 Art. 11-14, 行政强制法 Art. 10.
    """
    tr = desk.tr
    for found in weighed(desk):
        if found.judged.verdict is not Verdict.LIMITED or found.by_law:
            continue
        for message in _unmet(tr, found, desk.day):
            yield desk.warning(
                found.line,
                "instrument",
                message=message,
                reason=tr("Norms of this rank may set such powers only within limits."),
                remedy=tr("cite the higher norm that sets it, or correct the record"),
                law=cite(tr, found.judged.law),
            )


def _unmet(tr: Translator, found: Weighed, day: date) -> Iterator[str]:
    rank, kind = found.judged.rank, found.judged.kind
    title, name = title_of(found.instrument), str(found.draft.line.values.get("name", ""))
    if kind == "licensing" and rank in ("local_regulation", "provincial_rule"):
        if _QUALIFIES.search(name):
            yield tr("{title} seems to set a qualification, which only the nation may", title=title)
        if _REGISTERS.search(name):
            yield tr("{title} seems to set a registration of enterprises", title=title)
    if kind == "licensing" and rank == "provincial_rule":
        since = canonical.day(found.instrument.get("effective_from"))
        if since and _a_year_after(since) <= day:
            yield tr(
                "{title} is in force since {date}; a temporary licence ends after one year",
                title=title,
                date=since,
            )
    if kind == "penalty":
        yield from _sanctions(tr, found, title)
    if kind == "coercion" and rank == "local_regulation" and not _SEALS.search(name):
        yield tr(
            "{title} may set only sealing and seizure, and this looks like neither", title=title
        )
    if kind == "coercion" and _FREEZES.search(name):
        yield tr("{title} may not set freezing or a restriction of liberty", title=title)


def _sanctions(tr: Translator, found: Weighed, title: str) -> Iterator[str]:
    rank = found.judged.rank
    pattern = _HEAVIER if rank in RULES else _DETENTION
    for line in found.draft["penalties"]:
        sanction = str(line.values.get("sanction", ""))
        match = pattern.search(sanction)
        if not match and rank == "local_regulation":
            match = _BUSINESS_LICENCE.search(sanction)
        if match:
            yield tr(
                "{title} may not set the sanction “{sanction}”", title=title, sanction=match.group()
            )
            return


def _a_year_after(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
