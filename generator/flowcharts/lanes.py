"""Places a procedure in lanes, one for each post: where steps stand, and how arrows run between them.

Steps go from left to right, a lane lies across. Arrows run in channels between the places
of two steps and in gutters between lanes, each on a track of its own.
`theme/assets/js/chart-lanes.js` does the same, upright, for readers of a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.flowcharts.plan import Plan

Point = tuple[int, int]
Size = tuple[int, int]

HEAD = 30
"""How wide the strip is in which a lane's name stands, and the one of the whole pool's."""

_TRACK, _SIGN, _CHANNEL, _GUTTER, _LEAST = 12, 20, 36, 24, 90


@dataclass(frozen=True, slots=True)
class Lane:
    """A post's lane: the steps in it by their places, its upper edge and its height."""

    post: str
    steps: tuple[int, ...]
    top: int
    high: int


@dataclass(frozen=True, slots=True)
class Lanes:
    """A procedure in lanes, in pixels: the whole, each lane, each step's middle, each arrow's points."""

    wide: int
    high: int
    lanes: tuple[Lane, ...]
    centres: tuple[Point, ...]
    arrows: tuple[tuple[Point, ...], ...]


@dataclass(slots=True)
class _Way:
    """An arrow: its channels (the first and the last), and the gutter it runs in, if any."""

    source: int
    target: int
    first: int
    last: int
    gutter: int | None = None
    straight: int | None = None
    tracks: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Tracks:
    """Lines side by side in a strip, none over another."""

    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def add(self, one: float, other: float) -> int:
        """Return the number of the first track that is free between two places."""
        low, high = min(one, other) - 0.4, max(one, other) + 0.4
        for number, spans in enumerate(self.taken):
            if all(end < low or start > high for start, end in spans):
                spans.append((low, high))
                return number
        self.taken.append([(low, high)])
        return len(self.taken) - 1


def lanes(plan: Plan, sizes: Sequence[Size]) -> Lanes:
    """Return a procedure in lanes; `sizes` are width and height of each step, words included."""
    posts = list(dict.fromkeys(words.post for words in plan.words))
    lane = [posts.index(words.post) for words in plan.words]
    place = _places(plan, lane)
    ways = _ways(plan, lane, place)
    channels = [_Tracks() for _ in range(max(place) + 2)]
    gutters = [_Tracks() for _ in range(len(posts) + 1)]
    for way in ways:
        _claim(way, lane, channels, gutters)
    wide = [
        max(s[0] for s, p in zip(sizes, place, strict=True) if p == n)
        for n in range(max(place) + 1)
    ]
    high = [
        max(_LEAST, *(s[1] + 24 for s, each in zip(sizes, lane, strict=True) if each == n))
        for n in range(len(posts))
    ]
    starts, middles = _along([_CHANNEL + len(c.taken) * _TRACK for c in channels], wide, 2 * HEAD)
    edges, rows = _along([_GUTTER + len(g.taken) * _TRACK for g in gutters], high, 0)
    at = _At(starts, edges, middles, rows, sizes, lane, place)
    return Lanes(
        starts[-1] + _CHANNEL + len(channels[-1].taken) * _TRACK,
        edges[-1] + _GUTTER + len(gutters[-1].taken) * _TRACK,
        tuple(_lane(n, post, lane, edges, gutters) for n, post in enumerate(posts)),
        tuple(at.centre(step) for step in range(len(plan.words))),
        tuple(at.points(way) for way in ways),
    )


def _places(plan: Plan, lane: Sequence[int]) -> list[int]:
    """Return how far along each step stands: after whatever leads to it, and alone in its cell."""
    place = [0] * len(lane)
    taken: set[tuple[int, int]] = set()
    for step in range(len(lane)):
        leading = [place[t.source] + 1 for t in plan.turns if t.target == step and not t.back]
        place[step] = max(leading, default=0)
        while (lane[step], place[step]) in taken:
            place[step] += 1
        taken.add((lane[step], place[step]))
    return place


def _ways(plan: Plan, lane: Sequence[int], place: Sequence[int]) -> list[_Way]:
    taken = set(zip(lane, place, strict=True))
    runs: dict[int, list[tuple[int, int, int]]] = {}

    def is_free(tried: int, first: int, last: int, target: int) -> bool:
        if any((tried, n) in taken for n in range(first, last + 1)):
            return False
        return all(
            end < first or start > last or into == target
            for start, end, into in runs.get(tried, [])
        )

    ways = []
    for source, target, _, _ in plan.turns:
        here, there = lane[source], lane[target]
        way = _Way(source, target, place[source] + 1, place[target])
        ways.append(way)
        if place[target] <= place[source]:
            way.first = way.last = place[target]
            way.gutter = here + (1 if there >= here else 0)
        elif way.last > way.first:
            passed = way.first, way.last - 1
            if is_free(there, *passed, target):
                way.straight = there
                runs.setdefault(there, []).append((*passed, target))
            else:
                way.gutter = there + (1 if here > there else 0)
    return ways


def _claim(
    way: _Way, lane: Sequence[int], channels: Sequence[_Tracks], gutters: Sequence[_Tracks]
) -> None:
    """Give an arrow its tracks; places across are counted in halves of lanes."""
    here, there = lane[way.source] + 0.5, lane[way.target] + 0.5
    if way.gutter is None:
        if here != there:
            way.tracks["first"] = channels[way.first].add(here, there)
        return
    way.tracks["gutter"] = gutters[way.gutter].add(way.first, max(way.last, way.first + 1))
    if way.last > way.first:
        way.tracks["first"] = channels[way.first].add(here, way.gutter)
    way.tracks["last"] = channels[way.last].add(way.gutter, there)


def _along(gaps: Sequence[int], sizes: Sequence[int], start: int) -> tuple[list[int], list[int]]:
    """Return where each gap starts, and the middle of each size between two gaps."""
    starts, middles = [start], []
    for gap, size in zip(gaps, sizes, strict=False):
        middles.append(starts[-1] + gap + size // 2)
        starts.append(starts[-1] + gap + size)
    return starts, middles


def _lane(
    number: int, post: str, lane: Sequence[int], edges: Sequence[int], gutters: Sequence[_Tracks]
) -> Lane:
    """Return a lane; half of each gutter beside it is its own, and at the ends the whole."""
    last = len(edges) - 2
    half = [_GUTTER + len(g.taken) * _TRACK for g in gutters]
    top = edges[number] + (half[number] // 2 if number else 0)
    foot = edges[number + 1] + (half[number + 1] // 2 if number < last else half[number + 1])
    steps = tuple(step for step, each in enumerate(lane) if each == number)
    return Lane(post, steps, top, foot - top)


@dataclass(frozen=True, slots=True)
class _At:
    """Where everything is, in pixels."""

    starts: Sequence[int]
    edges: Sequence[int]
    middles: Sequence[int]
    rows: Sequence[int]
    sizes: Sequence[Size]
    lane: Sequence[int]
    place: Sequence[int]

    def centre(self, step: int) -> Point:
        return self.middles[self.place[step]], self.rows[self.lane[step]]

    def points(self, way: _Way) -> tuple[Point, ...]:
        """Return the corners of an arrow from edge to edge."""
        (x, y), (x1, y1) = self.centre(way.source), self.centre(way.target)
        wide, high = self.sizes[way.source]
        end = (x1 - self.sizes[way.target][0] // 2, y1)
        if way.gutter is None:
            start = (x + wide // 2, y)
            if y == y1:
                return start, end
            turn = self._channel(way.first, way.tracks["first"])
            return start, (turn, y), (turn, y1), end
        across = self.edges[way.gutter] + _GUTTER // 2 + way.tracks["gutter"] * _TRACK
        into = self._channel(way.last, way.tracks["last"])
        if way.last > way.first:
            turn = self._channel(way.first, way.tracks["first"])
            return (x + wide // 2, y), (turn, y), (turn, across), (into, across), (into, y1), end
        leaves = y + high // 2 if across > y else y - high // 2
        return (x, leaves), (x, across), (into, across), (into, y1), end

    def _channel(self, number: int, track: int) -> int:
        return self.starts[number] + _CHANNEL // 2 + track * _TRACK
