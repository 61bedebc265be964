"""The equal text form of a procedure: its steps in reading order, with where each one leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.flowcharts.text import clean
from generator.model.codes import StepKind
from generator.model.power import Procedure, Step
from generator.pages import labels

if TYPE_CHECKING:  # keeps Babel out of the workers
    from generator.i18n import Translator


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a step leads, and on what condition; `back` if to an earlier step or itself."""

    condition: str
    number: int
    name: str
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineStep:
    """A step in words; `number` counts from 1 in reading order, `limit` is text such as "5 days"."""

    number: int
    id: str
    name: str
    kind: StepKind
    post: str
    limit: str
    counted: bool
    document: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The steps in reading order, and one sentence that describes them as a whole."""

    steps: tuple[OutlineStep, ...]
    summary: str
    uncounted: str

    def __bool__(self) -> bool:
        return bool(self.steps)


def outline(procedure: Procedure, tr: Translator) -> Outline:
    """Return the procedure in words.

    A step comes after all that lead to it, loops left aside, and otherwise in the table's
    order. Moves from or to steps that do not exist are left out (the gate refuses them).
    """
    order = reading_order(procedure)
    numbers = {step.id: number for number, step in enumerate(order, 1)}
    names = {step.id: clean(step.name) for step in order}
    ways: dict[str, list[Way]] = {step.id: [] for step in order}
    for move in procedure.moves:
        if move.source in numbers and move.target in numbers:
            number = numbers[move.target]
            back = number <= numbers[move.source]
            way = Way(
                condition=clean(move.condition), number=number, name=names[move.target], back=back
            )
            if way not in ways[move.source]:
                ways[move.source].append(way)
    steps = tuple(
        OutlineStep(
            number=numbers[step.id],
            id=step.id,
            name=names[step.id],
            kind=step.kind,
            post=clean(step.post),
            limit=_limit(step, tr),
            counted=step.counted is not False,
            document=clean(step.document),
            ways=tuple(ways[step.id]),
        )
        for step in order
    )
    return Outline(steps=steps, summary=_summary(steps, tr), uncounted=labels.uncounted(tr))


def reading_order(procedure: Procedure) -> list[Step]:
    """Return the steps so that each follows its predecessors, loops left aside.

    Of the steps that could come next, the one that stands first in the table does.
    """
    steps = {step.id: step for step in procedure.steps}
    after = _without_loops(procedure, steps)
    waiting = dict.fromkeys(steps, 0)
    for targets in after.values():
        for target in targets:
            waiting[target] += 1
    order: list[Step] = []
    position = {identifier: place for place, identifier in enumerate(steps)}
    ready = sorted((i for i, count in waiting.items() if not count), key=position.__getitem__)
    while ready:
        identifier = ready.pop(0)
        order.append(steps[identifier])
        for target in after[identifier]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
        ready.sort(key=position.__getitem__)
    return order


def _without_loops(procedure: Procedure, steps: dict[str, Step]) -> dict[str, list[str]]:
    """Return the targets of each step, moves that close a loop when walked from the start left out."""
    targets: dict[str, list[str]] = {identifier: [] for identifier in steps}
    for move in procedure.moves:
        known = move.source in targets and move.target in targets
        if known and move.target not in targets[move.source]:
            targets[move.source].append(move.target)
    after: dict[str, list[str]] = {identifier: [] for identifier in steps}
    open_, done = 1, 2
    state: dict[str, int] = {}
    for root in sorted(steps, key=lambda i: steps[i].kind is not StepKind.START):
        if root in state:
            continue
        state[root] = open_
        path = [(root, iter(targets[root]))]
        while path:
            here, rest = path[-1]
            for target in rest:
                if state.get(target) != open_:
                    after[here].append(target)
                if target not in state:
                    state[target] = open_
                    path.append((target, iter(targets[target])))
                    break
            else:
                state[here] = done
                path.pop()
    return after


def _limit(step: Step, tr: Translator) -> str:
    if step.limit is not None and step.unit is None:
        return str(step.limit)
    if step.limit is None and step.unit is not None:
        return labels.label(step.unit, tr)
    return labels.limit(step.limit, step.unit, tr)


def _summary(steps: tuple[OutlineStep, ...], tr: Translator) -> str:
    def of_kind(kind: StepKind) -> list[str]:
        return [step.name for step in steps if step.kind is kind]

    decisions = len(of_kind(StepKind.DECISION))
    comma = tr("; ")
    return tr(
        "{steps} steps, {decisions} of them decisions. Starts with: {starts}. Ends with: {ends}.",
        steps=len(steps),
        decisions=decisions,
        starts=comma.join(of_kind(StepKind.START)) or "–",
        ends=comma.join(of_kind(StepKind.END)) or "–",
    )
