"""The order of a life event worked out: rounds, what waits for what, the longest way, when each begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from generator.flowcharts.longest import DAYS, Span
from generator.model.codes import PowerCode, TimeUnit
from generator.model.power import Power


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The powers of a life event in rounds: those of one round may run side by side.

    `before` is what each waits for, without what already follows from the rest. `needed` are
    the powers in force that everybody needs, or all in force if each is optional; only they
    take time. `spans` are their limits (None: nobody says), `begins` how long after the first
    step each may begin, `longest` the needed powers on the way that takes the most time.
    """

    rounds: tuple[tuple[PowerCode, ...], ...]
    before: Mapping[PowerCode, tuple[PowerCode, ...]]
    needed: tuple[PowerCode, ...]
    spans: Mapping[PowerCode, Span | None]
    begins: Mapping[PowerCode, Span]
    longest: tuple[PowerCode, ...]
    one_by_one: Span
    side_by_side: Span

    @property
    def is_timed(self) -> bool:
        """Whether any of the needed powers has a limit."""
        return any(span is not None for span in self.spans.values())

    @property
    def unit(self) -> TimeUnit | None:
        """The unit of all limits if they have but one; else a drawing goes by days, about."""
        units = {unit for span in self.spans.values() for unit in span or ()}
        return units.pop() if len(units) == 1 else None


def schedule(
    powers: Mapping[PowerCode, Power],
    after: Mapping[PowerCode, Iterable[PowerCode]],
    optional: frozenset[PowerCode],
) -> Schedule:
    """Return the order and the times of powers, each of which waits for those in `after`.

    A power counts with its promised limit, or else the statutory one. Powers keep the order
    of `powers` within a round, but that those everybody needs come first.
    """
    waits = {code: {each for each in after.get(code, ()) if each in powers} for code in powers}
    rounds = tuple(_rounds(waits, optional))
    order = [code for codes in rounds for code in codes]
    before = _reduced(order, waits)
    active = [code for code in order if powers[code].is_active]
    needed = tuple(code for code in active if code not in optional) or tuple(active)
    spans = {code: _span(powers[code]) for code in needed}
    begins: dict[PowerCode, Span] = {}
    ends: dict[PowerCode, Span] = {}
    ways: dict[PowerCode, tuple[PowerCode, ...]] = {}
    for code in order:  # a way leads on through what takes no time itself
        last = max(before[code], key=lambda each: days(ends[each]), default=None)
        begins[code] = ends[last] if last else Span()
        ends[code] = begins[code] + (spans.get(code) or Span())
        ways[code] = (*(ways[last] if last else ()), code)
    final = max(needed, key=lambda code: days(ends[code]), default=None)
    way = ways[final] if final and days(ends[final]) else ()
    return Schedule(
        rounds=rounds,
        before=before,
        needed=needed,
        spans=spans,
        begins=begins,
        longest=tuple(code for code in way if code in spans),
        one_by_one=sum((span for span in spans.values() if span), Span()),
        side_by_side=ends[final] if final else Span(),
    )


def days(span: Span) -> float:
    """Return about how many days a span is: to choose and to draw by, never to be told."""
    return sum(n * DAYS[unit] for unit, n in span.items())


def _rounds(
    waits: Mapping[PowerCode, set[PowerCode]], optional: frozenset[PowerCode]
) -> Iterator[tuple[PowerCode, ...]]:
    place = {code: (code in optional, number) for number, code in enumerate(waits)}
    sorter = TopologicalSorter(waits)
    try:
        sorter.prepare()
    except CycleError:  # refused by the gate; an old edition may still hold one
        sorter = TopologicalSorter({code: set() for code in waits})
        sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=place.__getitem__)
        yield tuple(ready)
        sorter.done(*ready)


def _reduced(
    order: Iterable[PowerCode], waits: Mapping[PowerCode, set[PowerCode]]
) -> dict[PowerCode, tuple[PowerCode, ...]]:
    """Return what each waits for directly; of a circle, what stands earlier in the order."""
    earlier: dict[PowerCode, set[PowerCode]] = {}
    found = {}
    for code in order:
        direct = [each for each in earlier if each in waits[code]]
        through = {each for other in direct for each in earlier[other]}
        found[code] = tuple(each for each in direct if each not in through)
        earlier[code] = through.union(direct)
    return found


def _span(power: Power) -> Span | None:
    """Return how long a power may take, None if nobody says."""
    n, unit = power.limit
    if unit is TimeUnit.ON_THE_SPOT:
        return Span()
    return None if n is None or unit is None else Counter({unit: n})
