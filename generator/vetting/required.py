"""Rules P2: the steps that the law asks of a procedure, recognised by their words.

Which steps: `law/required_steps.csv`; by which words: `law/words.csv`. Words can fail, so
that a missing step is a warning; only a penalty that plainly has no notice of rights is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from generator.i18n import Translator
from generator.sources.canonical import Line
from generator.vetting.desk import Desk
from generator.vetting.draft import Draft
from generator.vetting.finding import Finding, Severity
from generator.vetting.law.citations import cite
from generator.vetting.law.tables import RequiredStep, required_steps, words
from generator.vetting.rule import rule

_HEAVY = re.compile(
    r"没收|吊销|降低资质|停产|停业|责令关闭|限制从业|confiscat|forfeit|revo(ke|cation)|suspen|closure",
    re.IGNORECASE,
)


@rule("P201")
def required_steps_are_there(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each step that the law asks of such a power and that seems to be missing.

    Licences, unless decided on the spot: acceptance, review, decision, delivery. Penalties: case,
    investigation, decision, delivery. Coercive measures: approval, notice of rights, record on the
    spot; enforcement: demand, statement, decision.

    Source: 行政许可法 Art. 32, 34, 37, 38, 44; 行政处罚法 Art. 54, 57, 61; 行政强制法 Art. 18, 35-37.
    """
    tr = desk.tr
    asked: dict[tuple[str, str], list[RequiredStep]] = {}
    for step in required_steps():
        asked.setdefault((step.kind, step.subtype), []).append(step)
    for draft in desk.active():
        values = draft.line.values
        steps = asked.get((values.get("kind", ""), values.get("subtype", "")))
        if not steps or not draft["steps"] or _is_immediate(values):
            continue
        procedure = "\n".join([_words_of(line) for line in draft["steps"]])
        for required in steps:
            if words(required.step).are_in(procedure):
                continue
            yield desk.warning(
                draft.line,
                "code",
                message=tr(
                    "the procedure seems to lack a step: {step}", step=_names(tr)[required.step]
                ),
                reason=tr("The law asks for this step, and a reader must find it."),
                remedy=tr("add the step, or name what stands for it so that it can be recognised"),
                law=cite(tr, required.law),
            )


@rule("P202")
def rights_are_told_before_a_penalty(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each penalty that can be decided without telling the person's rights.

    It is an error if case, investigation and decision are recognised and no step tells them at
    all; a warning if a way goes past those that do, or if little is recognised.

    Source: 行政处罚法 Art. 44, 45, 62 (no decision without notice and hearing of the defence).
    """
    tr = desk.tr
    for draft in desk.active("penalty"):
        if not draft["steps"]:
            continue
        told = _steps(draft, "rights_notice")
        plain = not told and _steps(draft, "filing") and _steps(draft, "investigation")
        decided = [
            name
            for name in _steps(draft, "penalty_decision")
            if not words("no_penalty").are_in(_words_of(draft.course.steps[name]))
        ]
        past = _reached_without(draft, told)
        bare = next((name for name in decided if name in past), "")
        if told and not bare:
            continue
        line = draft.course.steps[bare] if bare else draft.line
        yield desk.finding(
            Severity.ERROR if plain and bare else Severity.WARNING,
            line,
            "id" if bare else "code",
            message=tr("the penalty can be decided without a step that tells the person's rights"),
            reason=tr("Without notice and a chance to answer no penalty may be decided."),
            remedy=tr("lead every way to the decision through the notice of rights"),
            law=cite(tr, "penalty-law 44, 45, 62"),
        )


def _offers_a_hearing(text: str) -> bool:
    """Tell whether a step is about a hearing; that the right to one is told is not enough."""
    if words("hearing_held").are_in(text) or words("hearing_request").are_in(text):
        return True
    return words("hearing").are_in(text) and not words("rights_notice").are_in(text)


@rule("P203")
def heavy_penalty_offers_a_hearing(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each penalty with heavy sanctions whose procedure knows no hearing.

    Heavy are confiscation, revocation, lower grades, orders to stop or close, bans from a trade.

    Source: 行政处罚法 Art. 63, 64.
    """
    tr = desk.tr
    for draft in desk.active("penalty"):
        if not draft["steps"]:
            continue
        sanctions = (str(line.values.get("sanction", "")) for line in draft["penalties"])
        heavy = next(filter(None, map(_HEAVY.search, sanctions)), None)
        if not heavy or any(map(_offers_a_hearing, map(_words_of, draft["steps"]))):
            continue
        yield desk.warning(
            draft.line,
            "code",
            message=tr(
                "“{sanction}” calls for a hearing, which no step offers", sanction=heavy.group()
            ),
            reason=tr("Before such a sanction the person may ask for a hearing."),
            remedy=tr("add the decision whether a hearing is asked for, and the hearing"),
            law=cite(tr, "penalty-law 63, 64"),
        )


@rule("P204")
def somebody_does_each_step(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each task or decision of a power in force that names no post.

    Starts, ends and waiting need none. Source: 行政处罚法 Art. 39, 优化营商环境条例 Art. 35 (who acts
    and how is published).
    """
    tr = desk.tr
    for draft in desk.active():
        for line in draft["steps"]:
            if line.values.get("kind") not in ("task", "decision") or "post" in line.values:
                continue
            yield desk.warning(
                line,
                "post",
                message=tr("nobody is named who does this step"),
                reason=tr("Everybody may know who acts, and who answers for it."),
                remedy=tr("name the post, not the person"),
                law=cite(tr, "business-environment 35"),
            )


def _is_immediate(values: Mapping[str, Any]) -> bool:
    """Tell whether a power is decided on the spot, so that its steps are one."""
    units = (values.get("statutory_unit"), values.get("promised_unit"))
    return values.get("case_type") == "immediate" or "on_the_spot" in units


def _steps(draft: Draft, step: str) -> list[str]:
    """Return the steps, but for refusals at the start, in whose words a step is recognised."""
    sought = words(step)
    return [
        name
        for name, line in draft.course.steps.items()
        if sought.are_in(_words_of(line))
        and (step != "rights_notice" or line.values.get("kind") not in ("start", "end"))
    ]


def _reached_without(draft: Draft, avoided: list[str]) -> set[str]:
    """Return the steps to which a way leads from a start that passes none of the avoided."""
    course = draft.course
    seen = {name for name in course.kinds.get("start", ()) if name not in avoided}
    ahead = list(seen)
    while ahead:
        for target in course.onward[ahead.pop()]:
            if target not in seen and target not in avoided:
                seen.add(target)
                ahead.append(target)
    return seen


def _words_of(line: Line) -> str:
    return f"{line.values.get('name', '')} {line.values.get('document', '')}"


@lru_cache(maxsize=4)
def _names(tr: Translator) -> dict[str, str]:
    return {
        "acceptance": tr("acceptance of the application"),
        "review": tr("review"),
        "licence_decision": tr("decision"),
        "licence_service": tr("delivery"),
        "filing": tr("opening of the case"),
        "investigation": tr("investigation"),
        "decision": tr("decision"),
        "service": tr("delivery"),
        "approval": tr("approval by the head"),
        "rights_notice": tr("notice of rights"),
        "on_site_record": tr("record on the spot"),
        "demand": tr("demand to comply"),
        "plea": tr("statement and defence"),
        "enforcement_decision": tr("decision to enforce"),
    }
