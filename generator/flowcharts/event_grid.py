"""Puts the boxes of a life event on lines and its arrows between them, without Graphviz.

All boxes are of one width and stand in columns; an arrow that passes a line does so in the
gutter between two columns, and all arrows out of one box share their way as far as they can.
Arrows of different boxes never share one, so that nobody takes one for the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.flowcharts.boxes import Box
from generator.flowcharts.routing import Point

_BADGE = 26  # left of the boxes, for the number of the round
_GUTTER, _LANE = 10, 9  # between columns, and for each box whose arrows pass there
_ABOVE, _TRACK, _HEAD = 9, 9, 17  # a channel: its first line, from one to the next, the arrowhead
_BETWEEN, _BANDS = 10, 30  # two lines of a round, and of two rounds, with nothing across
_ASIDE = 16  # between two arrows into one box
_EDGE = 9


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything in its place, in pixels; `bands` are top and bottom of each round's boxes."""

    wide: float
    high: float
    boxes: tuple[Box, ...]
    centres: tuple[Point, ...]
    bands: tuple[tuple[float, float], ...]
    routes: Mapping[tuple[int, int], tuple[Point, ...]]


def lay(
    boxes: Sequence[Box],
    rounds: Sequence[Sequence[int]],
    before: Mapping[int, Sequence[int]],
    most: int,
) -> Grid:
    """Return the places of boxes in rounds, and the arrows from what comes `before` each."""
    return _Laying(boxes, rounds, before, most).grid()


class _Laying:
    def __init__(
        self,
        boxes: Sequence[Box],
        rounds: Sequence[Sequence[int]],
        before: Mapping[int, Sequence[int]],
        most: int,
    ) -> None:
        self.columns = max(-(-len(inside) // -(-len(inside) // most)) for inside in rounds)
        self.lines: list[list[int]] = []
        self.round_of: list[int] = []
        self.place: dict[int, tuple[int, int]] = {}  # line and column of a box
        for number, inside in enumerate(rounds):
            for start in range(0, len(inside), self.columns):
                self._add_line(number, inside[start : start + self.columns])
        self.edges = [(source, target) for target, all_ in before.items() for source in all_]
        wide = max(each.wide for each in boxes)
        highs = {n: max(boxes[each].high for each in line) for n, line in enumerate(self.lines)}
        self.boxes = tuple(
            each._replace(wide=wide, high=highs[self.place[n][0]]) for n, each in enumerate(boxes)
        )
        self.highs = highs
        self.gutter = self._gutters()
        self.nets = self._nets()
        self.xs = self._columns(wide)

    def _add_line(self, number: int, inside: Sequence[int]) -> None:
        first = (self.columns - len(inside)) // 2
        for column, each in enumerate(inside, first):
            self.place[each] = len(self.lines), column
        self.lines.append(list(inside))
        self.round_of.append(number)

    def _gutters(self) -> dict[int, int]:
        """Return the gutter beside each box whose arrows pass a line, the emptiest one near it."""
        found: dict[int, int] = {}
        for source, target in self.edges:
            line, column = self.place[source]
            if self.place[target][0] > line + 1 and source not in found:
                near = [each for each in (column, column + 1) if 0 < each < self.columns]
                taken = list(found.values())
                found[source] = min(near or [self.columns], key=taken.count)
        return found

    def _nets(self) -> dict[int, list[int]]:
        """Return, for each channel below a line, the boxes whose arrows go across in it."""
        nets: dict[int, list[int]] = defaultdict(list)
        for source, target in self.edges:
            for channel in {self.place[source][0], self.place[target][0] - 1}:
                if source not in nets[channel]:
                    nets[channel].append(source)
        return nets

    def _columns(self, wide: int) -> list[float]:
        """Return the middle of each column, and after them the left edge of each gutter."""
        x, middles = float(_BADGE), []
        self.left: list[float] = []
        for column in range(self.columns + 1):
            lanes = [each for each, gutter in self.gutter.items() if gutter == column]
            self.left.append(x)
            inner = _GUTTER if 0 < column < self.columns else 0
            x += inner + _LANE * len(lanes)
            if column < self.columns:
                middles.append(x + wide / 2)
                x += wide
        self.wide = x + _EDGE
        return middles

    def _lane(self, source: int) -> float:
        gutter = self.gutter[source]
        sharing = [each for each, other in self.gutter.items() if other == gutter]
        inner = _GUTTER / 2 if gutter < self.columns else 0
        return self.left[gutter] + inner + _LANE * (sharing.index(source) + 0.5)

    def _entry(self, source: int, target: int) -> float:
        """Return where an arrow enters: the middle, or beside it where another has the middle."""
        line, column = self.place[target]
        into = [each for each, other in self.edges if other == target]
        above = next((n for n in self.lines[line - 1] if self.place[n][1] == column), None)
        if above in self.nets.get(line - 1, ()) and above not in into:
            slots = [_turn(n) for n in range(len(into))]
        else:
            into.sort(key=lambda each: each != above)
            slots = [0, *(_turn(n) for n in range(len(into)))]
        return self.xs[column] + _ASIDE * slots[into.index(source)]

    def grid(self) -> Grid:
        tops, tracks = self._rows()
        centres = []
        for each in range(len(self.boxes)):
            line, column = self.place[each]
            centres.append((self.xs[column], tops[line] + self.highs[line] / 2))
        bands: dict[int, tuple[float, float]] = {}
        for line, number in enumerate(self.round_of):
            top = bands.get(number, (tops[line], 0))[0]
            bands[number] = top, tops[line] + self.highs[line]
        return Grid(
            self.wide,
            tops[-1] + self.highs[len(self.lines) - 1] + _EDGE,
            self.boxes,
            tuple(centres),
            tuple(bands.values()),
            {edge: self._route(*edge, tops, tracks) for edge in self.edges},
        )

    def _rows(self) -> tuple[list[float], dict[tuple[int, int], float]]:
        """Return the top of each line, and the height of each box's track in each channel."""
        y, tops = float(_EDGE), []
        tracks: dict[tuple[int, int], float] = {}
        for line in range(len(self.lines)):
            tops.append(y)
            y += self.highs[line]
            across = self.nets.get(line, [])
            for place, source in enumerate(across):
                tracks[line, source] = y + _ABOVE + place * _TRACK
            last = line + 1 == len(self.lines) or self.round_of[line] != self.round_of[line + 1]
            needed = _ABOVE + (len(across) - 1) * _TRACK + _HEAD if across else 0
            y += max(needed, _BANDS if last else _BETWEEN)
        return tops, tracks

    def _route(
        self, source: int, target: int, tops: list[float], tracks: dict[tuple[int, int], float]
    ) -> tuple[Point, ...]:
        line, column = self.place[source]
        below = self.place[target][0]
        x, enters = self.xs[column], self._entry(source, target)
        points = [(x, tops[line] + self.highs[line])]
        for channel in dict.fromkeys((line, below - 1)):
            to = enters if channel == below - 1 else self._lane(source)
            y = tracks[channel, source]
            points += [(x, y), (to, y)]
            x = to
        return (*points, (enters, tops[below]))


def _turn(n: int) -> int:
    """Return 1, -1, 2, -2 …: places beside the middle, to either side in turn."""
    return (n // 2 + 1) * (1 if n % 2 == 0 else -1)
