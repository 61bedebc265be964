"""The longest way through a procedure: how much time its counted steps take at the least."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.sources.canonical import Line
from generator.vetting.draft import Course

Weigh = Callable[[Line], float]


def longest_way(course: Course, weigh: Weigh) -> tuple[float, tuple[str, ...]]:
    """Return the weight of the heaviest way from the start, and its steps.

    Each step counts once: a way that leads back to a step it came through is not taken
    again, since nobody can tell how often it will be.
    """
    onward = _without_ways_back(course)
    best: dict[str, tuple[float, str]] = {}
    for name in reversed(list(onward)):
        after = max(((best[other][0], other) for other in onward[name]), default=(0.0, ""))
        best[name] = (weigh(course.steps[name]) + after[0], after[1])
    starts = [name for name in course.kinds.get("start", ()) if name in best]
    if not starts:
        return 0.0, ()
    path, name = [], max(starts, key=lambda start: best[start][0])
    total = best[name][0]
    while name:
        path.append(name)
        name = best[name][1]
    return total, tuple(path)


def _without_ways_back(course: Course) -> Mapping[str, tuple[str, ...]]:
    """Return the steps reached from the starts, each before what follows, without ways back."""
    state: dict[str, bool] = {}  # False while a way through the step is being followed
    order: list[str] = []
    onward: dict[str, list[str]] = {}
    for start in course.kinds.get("start", ()):
        ahead: list[tuple[str, Iterator[str]]] = []
        if start not in state:
            state[start], onward[start] = False, []
            ahead.append((start, iter(course.onward[start])))
        while ahead:
            name, targets = ahead[-1]
            target = next(targets, None)
            if target is None:
                state[name] = True
                order.append(name)
                ahead.pop()
                continue
            if state.get(target) is False:
                continue
            onward[name].append(target)
            if target not in state:
                state[target], onward[target] = False, []
                ahead.append((target, iter(course.onward[target])))
    return {name: tuple(onward[name]) for name in reversed(order)}
