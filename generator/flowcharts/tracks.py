"""Gives each line across a track of its own in the channel between two rows of a chart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

_OVERLAP = 50  # two arrows on one vertical are worse than any number of crossings
_MANY = 16  # lines across in one channel, from which nobody can follow them anyway
_CLEAR = 8  # pixels between two lines across that share a track


@dataclass(slots=True)
class Jog:
    """A line across in the channel below a row, with the verticals that end on it.

    `up` and `down` are the columns at which it is left towards the row above and below;
    `source` is the step it comes straight from, `target` the one it leads straight to.
    """

    channel: int
    up: tuple[float, ...]
    down: tuple[float, ...]
    source: int | None = None
    target: int | None = None
    track: int = 0


@dataclass(slots=True)
class _Net:
    """Jogs on one line: those by which one step forks, or several lead to one."""

    jogs: list[Jog]
    low: float = 0.0
    high: float = 0.0
    up: frozenset[float] = frozenset()
    down: frozenset[float] = frozenset()

    def close(self) -> _Net:
        self.up = frozenset(x for jog in self.jogs for x in jog.up)
        self.down = frozenset(x for jog in self.jogs for x in jog.down)
        ends = self.up | self.down
        self.low, self.high = min(ends), max(ends)
        return self


def assign(jogs: Sequence[Jog]) -> dict[int, int]:
    """Set each jog's track, counted from the top of its channel; return how many each channel needs."""
    channels: dict[int, list[Jog]] = defaultdict(list)
    for jog in jogs:
        channels[jog.channel].append(jog)
    return {channel: _fill(_nets(inside)) for channel, inside in channels.items()}


def _nets(jogs: list[Jog]) -> list[_Net]:
    if len(jogs) == 1:
        return [_Net(jogs).close()]
    from_one = Counter(jog.source for jog in jogs)
    to_one = Counter(jog.target for jog in jogs)
    nets: dict[tuple[str, int], _Net] = {}
    for place, jog in enumerate(jogs):
        if jog.target is not None and to_one[jog.target] > 1 and from_one[jog.source] < 2:
            key = ("to", jog.target)
        elif jog.source is not None:
            key = ("from", jog.source)
        elif jog.target is not None:
            key = ("to", jog.target)
        else:
            key = ("lane", place)
        nets.setdefault(key, _Net([])).jogs.append(jog)
    return [net.close() for net in nets.values()]


def _fill(nets: list[_Net]) -> int:
    if len(nets) == 1:
        return 1
    depth: list[tuple[_Net, int]] = []
    for net in _order(nets):
        track = 0
        for other, place in depth:
            if net.low < other.high + _CLEAR and other.low < net.high + _CLEAR:
                track = max(track, place + 1)
        depth.append((net, track))
        for jog in net.jogs:
            jog.track = track
    return 1 + max(track for _, track in depth)


def _order(nets: list[_Net]) -> Sequence[_Net]:
    """Return the nets from top to bottom, as long as they are few with the fewest crossings."""
    if len(nets) > _MANY:
        return sorted(nets, key=lambda net: (net.low, net.high))
    cost = [[_cost(a, b) for b in nets] for a in nets]
    places = range(len(nets))
    if len(nets) <= 4:
        best = min(
            permutations(places),
            key=lambda p: sum(cost[a][b] for i, a in enumerate(p) for b in p[i + 1 :]),
        )
        return [nets[i] for i in best]
    order: list[int] = []
    for new in places:
        sums = [
            sum(cost[a][new] for a in order[:at]) + sum(cost[new][b] for b in order[at:])
            for at in range(len(order) + 1)
        ]
        order.insert(sums.index(min(sums)), new)
    return [nets[i] for i in order]


def _cost(above: _Net, below: _Net) -> int:
    """Count what goes wrong if one net lies above the other."""
    crossings = sum(below.low <= x <= below.high for x in above.down)
    crossings += sum(above.low <= x <= above.high for x in below.up)
    return crossings + _OVERLAP * len(above.down & below.up)
