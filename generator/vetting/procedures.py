"""Rules P1: nobody may be sent into a procedure that cannot begin, end or be decided.

A procedure is a workflow net with one token, since a power is at one step at a time: a task or
a wait has one way out, a decision takes one of several. It is sound if it begins in one place
into which nothing leads (P102, P111), if every step can happen (no dead step: P103, P104), if
from every step an end can be reached (option to complete: P105) and if an end is the end (proper
completion: P107). With one token nothing else can be left behind.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.sizes import MOST_MOVES, MOST_SIGNS, MOST_STEPS
from generator.sources.canonical import Line
from generator.vetting.desk import Desk, shown
from generator.vetting.draft import Course
from generator.vetting.finding import Finding
from generator.vetting.rule import rule

_ONE_WAY_OUT = frozenset({"start", "task", "wait"})
_DRAWN = {"steps": ("name", "post", "document"), "moves": ("condition",)}


def _courses(desk: Desk) -> tuple[Course, ...]:
    return desk.once(_all_courses)


def _all_courses(desk: Desk) -> tuple[Course, ...]:
    return tuple(draft.course for draft in desk.drafts if draft["steps"])


@rule("P101")
def active_power_has_a_procedure(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power in force without any step.

    Source: 优化营商环境条例 Art. 35 (standard procedures of powers and services are
    published); 政府信息公开条例 Art. 20(5), 20(6).
    """
    tr = desk.tr
    for draft in desk.active():
        if draft["steps"]:
            continue
        yield desk.error(
            draft.line,
            "code",
            message=tr("the power is in force, but has no procedure"),
            reason=tr("Everybody may know beforehand how a power runs."),
            remedy=tr("add its steps to steps.csv and the ways between them to moves.csv"),
            law=tr("Regulation on Optimising the Business Environment of the PRC, Art. 35"),
        )


@rule("P102")
def procedure_has_one_start(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each procedure with no start, or with more than one."""
    tr = desk.tr
    for draft in desk.drafts:
        if len(draft.course.kinds.get("start", ())) == 1:
            continue
        starts = [line for line in draft["steps"] if line.values.get("kind") == "start"]
        if not draft["steps"] or len(starts) == 1:
            continue
        names = ", ".join(shown(line.values.get("id", "")) for line in starts)
        yield desk.error(
            starts[1] if starts else draft["steps"][0],
            "kind",
            message=tr("the procedure has {n} starts: {steps}", n=len(starts), steps=names)
            if starts
            else tr("the procedure has no start"),
            reason=tr("Everybody must know where it begins."),
            remedy=tr("give exactly one step the kind “start”"),
        )


@rule("P103")
def moves_lead_to_steps(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each move from or to a step that the procedure does not have."""
    tr = desk.tr
    for draft in desk.drafts:
        if not draft.course.is_loose:
            continue
        steps = {line.values.get("id", "") for line in draft["steps"]}
        for move in draft["moves"]:
            for column in ("source", "target"):
                name = move.values.get(column, "")
                if not name or name in steps:
                    continue
                yield desk.error(
                    move,
                    column,
                    message=tr("“{step}” is not a step of this procedure", step=shown(name)),
                    reason=tr("The way leads nowhere."),
                    remedy=desk.did_you_mean(
                        name,
                        steps,
                        among=f"steps of {draft.code}",
                        otherwise=tr("add the step to steps.csv, or correct the move"),
                    ),
                )


@rule("P104")
def every_step_is_reachable(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each step to which no way leads from the start."""
    tr = desk.tr
    for course in _courses(desk):
        starts = course.kinds.get("start")
        seen = course.reached(starts) if starts else course.steps
        if len(seen) == len(course.steps):
            continue
        for name, line in course.steps.items():
            if name not in seen:
                yield desk.error(
                    line,
                    "id",
                    message=tr(
                        "no way leads from the start to the step “{step}”", step=_name(line)
                    ),
                    reason=tr("What cannot happen is no part of a procedure."),
                    remedy=tr("add the move that leads to it, or take the step out"),
                )


@rule("P105")
def every_step_can_finish(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each step from which no way leads to an end."""
    tr = desk.tr
    for course in _courses(desk):
        finishing = course.reached(course.kinds.get("end", ()), backwards=True)
        if len(finishing) == len(course.steps):
            continue
        for name, line in course.steps.items():
            if name not in finishing:
                yield desk.error(
                    line,
                    "id",
                    message=tr("from the step “{step}” no way leads to an end", step=_name(line)),
                    reason=tr("An applicant must never be sent where no decision can follow."),
                    remedy=tr("add the move that leads on, or give the last step the kind “end”"),
                )


@rule("P106")
def decision_has_labelled_ways_out(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each decision without two ways out that differ in their conditions."""
    tr = desk.tr
    for course in _courses(desk):
        for name, line in course.of_kind("decision"):
            labels = [move.values.get("condition", "") for move in course.ways_out[name]]
            if len(labels) < 2:
                message = tr("the decision “{step}” has fewer than two ways out", step=_name(line))
            elif "" in labels:
                message = tr(
                    "a way out of the decision “{step}” has no condition", step=_name(line)
                )
            elif len(set(labels)) < len(labels):
                message = tr(
                    "two ways out of the decision “{step}” have the same condition",
                    step=_name(line),
                )
            else:
                continue
            yield desk.error(
                line,
                "id",
                message=message,
                reason=tr("Who is decided about must see what the decision depends on."),
                remedy=tr("give each way out a condition of its own in moves.csv"),
            )


@rule("P107")
def end_is_the_end(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each end from which a way leads on."""
    tr = desk.tr
    for course in _courses(desk):
        for name, line in course.of_kind("end"):
            if course.ways_out[name]:
                yield desk.error(
                    line,
                    "kind",
                    message=tr("a way leads on from the end “{step}”", step=_name(line)),
                    reason=tr("A reader must be able to rely on an end."),
                    remedy=tr("take the move out, or give the step another kind"),
                )


@rule("P108")
def procedure_can_be_drawn(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each procedure of more than 200 steps or 300 moves."""
    tr = desk.tr
    for draft in desk.drafts:
        steps, moves = len(draft["steps"]), len(draft["moves"])
        if steps <= MOST_STEPS and moves <= MOST_MOVES:
            continue
        yield desk.error(
            draft.line,
            "code",
            message=tr(
                "the procedure has {steps} steps and {moves} moves", steps=steps, moves=moves
            ),
            reason=tr(
                "At most {steps} steps and {moves} moves can be drawn and read.",
                steps=MOST_STEPS,
                moves=MOST_MOVES,
            ),
            remedy=tr("join steps that one post does in one go, or divide the power"),
            value=steps,
        )


@rule("P109")
def fork_says_when(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each step that is no decision but forks without conditions."""
    tr = desk.tr
    for course in _courses(desk):
        for name, moves in course.ways_out.items():
            line = course.steps[name]
            if len(moves) < 2 or line.values.get("kind") not in _ONE_WAY_OUT:
                continue
            if not all("condition" in move.values for move in moves):
                yield desk.warning(
                    line,
                    "kind",
                    message=tr(
                        "the step “{step}” has {n} ways out and does not say when which",
                        step=_name(line),
                        n=len(moves),
                    ),
                    reason=tr("A reader cannot tell which way is taken."),
                    remedy=tr("give each way out a condition, or make the step a decision"),
                )


@rule("P110")
def texts_can_be_drawn(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each text of a procedure of more than 160 characters.

    The chart would be left out, and the page would show the steps as a list only.
    """
    tr = desk.tr
    for table, columns in _DRAWN.items():
        for line in desk.scrolls[table].longer_than(MOST_SIGNS):
            for column in columns:
                length = len(line.values.get(column, ""))
                if length <= MOST_SIGNS:
                    continue
                yield desk.warning(
                    line,
                    column,
                    message=tr("has {n} characters, more than {most}", n=length, most=MOST_SIGNS),
                    reason=tr("So long a text fits into no box of a flowchart."),
                    remedy=tr("say it in a few words; what is longer goes into a note"),
                )


@rule("P111")
def nothing_leads_back_to_the_start(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each start into which a way leads.

    A start is where a power begins from outside; what is done again is a step of its own.
    """
    tr = desk.tr
    for course in _courses(desk):
        for name, line in course.of_kind("start"):
            if any(name in targets for targets in course.onward.values()):
                yield desk.warning(
                    line,
                    "kind",
                    message=tr("a way leads back into the start “{step}”", step=_name(line)),
                    reason=tr("Nobody could tell a new case from one that goes on."),
                    remedy=tr("lead it to the first step after the start"),
                )


def _name(line: Line) -> str:
    return shown(line.values.get("name") or line.values.get("id", ""))
