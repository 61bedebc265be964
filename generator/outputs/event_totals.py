"""What a life event takes in all: powers, bodies, materials, and the time it must and need not take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from generator.i18n import Translator
from generator.model.codes import FeeKind, PowerCode, TimeUnit
from generator.model.power import Power
from generator.pages.contexts import EventTotals
from generator.pages.labels import limit

Span = Counter[TimeUnit]
"""A length of time, unit by unit: working days and calendar days cannot be added up."""

SHARED = "shared"
"""Where a material comes from that the office fetches itself."""

_DAYS = {
    TimeUnit.HOUR: 1 / 24,
    TimeUnit.CALENDAR_DAY: 1.0,
    TimeUnit.WORKING_DAY: 7 / 5,
    TimeUnit.MONTH: 30.0,
    TimeUnit.YEAR: 365.0,
}
"""About how many days a unit is; only to find which way is the longest, never to be shown."""


def totals(
    rounds: Sequence[Sequence[Power]],
    before: Mapping[PowerCode, Iterable[PowerCode]],
    optional: frozenset[PowerCode],
    tr: Translator,
) -> EventTotals | None:
    """Return the sums over the powers that everybody needs; over all if each is optional.

    `rounds` are the powers in their order, `before` what each waits for. A power counts with
    its promised limit, or else the statutory one. None for an event without powers in force.
    """
    active = [power for powers in rounds for power in powers if power.is_active]
    needed = [power for power in active if power.code not in optional] or active
    if not needed:
        return None
    spans = {power.code: _span(power) for power in needed}
    timed = [span for span in spans.values() if span is not None]
    ways: dict[PowerCode, Span] = {}
    for power in chain.from_iterable(rounds):  # a way leads on through what takes no time itself
        earlier = [ways[code] for code in before.get(power.code, ()) if code in ways]
        own = spans.get(power.code) or Span()
        ways[power.code] = max(earlier, key=_days, default=Span()) + own
    return EventTotals(
        powers=len(needed),
        optional=len(active) - len(needed),
        bodies=len({power.department for power in needed}),
        materials=len(
            {
                m.name
                for power in needed
                for m in power.materials
                if m.required and m.source != SHARED
            }
        ),
        with_fee=sum(1 for power in needed if power.fee is FeeKind.STATUTORY),
        one_by_one=_words(sum(timed, Span()), tr) if timed else "",
        side_by_side=_words(max(ways.values(), key=_days), tr) if timed else "",
        untimed=len(needed) - len(timed),
    )


def _span(power: Power) -> Span | None:
    """Return how long a power may take, None if nobody says."""
    for n, unit in (
        (power.promised_limit, power.promised_unit),
        (power.statutory_limit, power.statutory_unit),
    ):
        if n is not None and unit is not None:
            return Span() if unit is TimeUnit.ON_THE_SPOT else Span({unit: n})
    return None


def _days(span: Span) -> float:
    return sum(n * _DAYS[unit] for unit, n in span.items())


def _words(span: Span, tr: Translator) -> str:
    parts = [limit(span[unit], unit, tr) for unit in TimeUnit if span[unit]]
    return tr(" and ").join(parts) or tr("on the spot")
