"""Rules L2: who may set which power, kind and subtype against the rank of what sets it.

The table stands in `law/setting_rules.csv`; how several bases are weighed together:
docs/decisions/0012.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.vetting.bench import Weighed, subtype_of, title_of, weighed
from generator.vetting.desk import Desk, shown
from generator.vetting.finding import Finding, Severity
from generator.vetting.law.citations import cite
from generator.vetting.law.conditions import condition
from generator.vetting.law.ranks import rank_name
from generator.vetting.law.tables import Verdict, setting_rules, subtypes
from generator.vetting.rule import rule


@rule("L201", waivable=False)
def rank_may_set_the_power(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power in force set by a norm whose rank may not set it.

    Beside another basis that may, it is a warning: the power stands, the citation does not.

    Source: 行政许可法 Art. 14-17, 行政处罚法 Art. 10-16, 行政强制法 Art. 10, 13, 立法法
    Art. 11, 税收征收管理法 Art. 3, 优化营商环境条例 Art. 25, 39, 64; law/setting_rules.csv.
    """
    tr = desk.tr
    for found in weighed(desk):
        if found.judged.verdict is not Verdict.NO or not found.judged.confirmed:
            continue
        yield desk.finding(
            Severity.WARNING if found.carried else Severity.ERROR,
            found.line,
            "instrument",
            message=tr("{title} is {rank}, which may not set such a power", **_named(desk, found)),
            reason=tr("What the law does not grant, nobody may do to a citizen."),
            remedy=tr("take the row out, or give it the role “details”; another basis remains")
            if found.carried
            else tr("cite the law or regulation that sets it, or give the power up"),
            law=cite(tr, found.judged.law),
        )


@rule("L202", waivable=False)
def detailing_basis_does_not_set(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power in force set by a norm that may only detail such powers.

    Beside another basis that may set it, it is a warning.

    Source: 行政许可法 Art. 16, 17; law/setting_rules.csv.
    """
    tr = desk.tr
    for found in weighed(desk):
        if found.judged.verdict is not Verdict.DETAIL:
            continue
        yield desk.finding(
            Severity.WARNING if found.carried else Severity.ERROR,
            found.line,
            "role",
            message=tr(
                "{title} is {rank}, which may detail such a power but not set it",
                **_named(desk, found),
            ),
            reason=tr("A detailing basis is not a setting basis."),
            remedy=tr("give this row the role “details”, and cite what sets the power"),
            law=cite(tr, found.judged.law),
        )


@rule("L203")
def condition_of_setting_is_told(desk: Desk) -> Iterator[Finding]:
    """Yield a remark for each norm that may set the power only on a condition: which one to check.

    Where a law sets the power too, the lower norm can only detail it.

    Source: 行政许可法 Art. 14-16, 行政处罚法 Art. 11-14, 行政强制法 Art. 10, 11, 立法法
    Art. 12, 81, 91, 93, 优化营商环境条例 Art. 25, 35, 64; law/setting_rules.csv.
    """
    tr = desk.tr
    told: set[tuple[str, str]] = set()
    for found in weighed(desk):
        key = (found.draft.code, found.line.values["instrument"])
        if found.judged.verdict is not Verdict.LIMITED or key in told:
            continue
        told.add(key)
        named = _named(desk, found)
        yield desk.finding(
            Severity.INFO,
            found.line,
            "role",
            message=tr("{title} is {rank}, and a higher norm sets the power already", **named)
            if found.by_law
            else tr(
                "{title} is {rank}, which may set it only if: {condition}",
                condition=condition(tr, found.judged.condition),
                **named,
            ),
            reason=tr("The tables cannot show whether the condition is met; a reviewer can."),
            remedy=tr("give this row the role “details”")
            if found.by_law
            else tr("check it, and sign only if it is met"),
            law=cite(tr, found.judged.law),
        )


@rule("L205")
def unconfirmed_rank_is_told(desk: Desk) -> Iterator[Finding]:
    """Yield a remark for each norm whose rank, as far as is known, may not set the power.

    No statute says it in so many words, so that it is never more than a remark.

    Source: 优化营商环境条例 Art. 35, 64 by inference; law/setting_rules.csv.
    """
    tr = desk.tr
    for found in weighed(desk):
        if found.judged.verdict is Verdict.NO and not found.judged.confirmed:
            yield desk.finding(
                Severity.INFO,
                found.line,
                "instrument",
                message=tr(
                    "{title} is {rank}, which hardly sets such a power", **_named(desk, found)
                ),
                reason=tr("No statute says so in as many words; a reviewer must judge."),
                remedy=tr("look for the law, regulation or rule on which it rests, and cite that"),
                law=cite(tr, found.judged.law),
            )


@rule("L206", waivable=False)
def basis_is_in_the_register(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each basis whose instrument the register does not hold.

    It says nothing against the power: what is not in the register cannot be judged, and the
    ledger takes no power whose instruments it does not hold. An identifier one slip of the pen
    away from a known one is a mistake, and S201 has it.

    Source: 行政许可法 Art. 5(2), 行政处罚法 Art. 5(3) (what is not published is no basis).
    """
    tr = desk.tr
    register = desk.keys["instruments"]
    for line in desk.vetted("legal_bases"):
        name = line.values.get("instrument", "")
        if not name or name in register:
            continue
        if not desk.nearest.slip(name, register, among="instruments"):
            yield desk.error(
                line,
                "instrument",
                message=tr("“{name}” is not in the register of instruments", name=shown(name)),
                reason=tr("Its rank, articles and force cannot be judged, for good or ill."),
                remedy=tr("add it to instruments.csv with rank and dates, and sign the register"),
                law=cite(tr, "licensing-law 5(2); penalty-law 5(3)"),
            )


@rule("L207")
def subtype_says_what_it_is(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each levy or coercive power in force that does not say which it is.

    A tax, a fee for a licence and an expropriation are set by different norms, and so are
    measures, restrictions of liberty and enforcement.

    Source: 立法法 Art. 11, 行政许可法 Art. 58, 行政强制法 Art. 9, 10, 12, 13.
    """
    tr = desk.tr
    for draft in desk.active():
        values = draft.line.values
        if subtype_of(values) is not None:
            continue
        kind = str(values["kind"])
        law = setting_rules()[kind, min(subtypes(kind)), "law"].law
        yield desk.warning(
            draft.line,
            "subtype",
            message=tr("without its subtype nobody can tell what may set the power"),
            reason=tr("The law treats the subtypes differently."),
            remedy=tr("write one of: {values}", values=", ".join(sorted(subtypes(kind)))),
            law=cite(tr, law),
        )


def _named(desk: Desk, found: Weighed) -> dict[str, str]:
    rank = rank_name(desk.tr, found.judged.rank)
    return {"title": title_of(found.instrument), "rank": rank}
