"""A power as drafted, and its procedure as a graph: its steps, and the ways between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.model.codes import PowerCode
from generator.sources.canonical import Line
from generator.vetting.law.units import limit_of


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A power as drafted: its line, and those of its children in the order of their tables."""

    code: PowerCode
    line: Line
    children: Mapping[str, tuple[Line, ...]]

    def __getitem__(self, table: str) -> tuple[Line, ...]:
        """Return the power's rows in a table of children."""
        return self.children.get(table, ())

    @property
    def is_active(self) -> bool:
        """Whether the power is in force."""
        return bool(self.line.values.get("status") == "active")

    @cached_property
    def course(self) -> Course:
        """The power's procedure; moves from or to steps that are not there are left out."""
        steps: dict[str, Line] = {}
        kinds: dict[str, list[str]] = {}
        for line in self["steps"]:
            name = line.values.get("id")
            if name is not None and name not in steps:
                steps[name] = line
                kinds.setdefault(line.values.get("kind", ""), []).append(name)
        out: dict[str, list[Line]] = {name: [] for name in steps}
        loose = False
        for move in self["moves"]:
            values = move.values
            try:
                steps[values["target"]]
                out[values["source"]].append(move)
            except KeyError:
                loose = True
        onward = {name: [move.values["target"] for move in moves] for name, moves in out.items()}
        return Course(steps=steps, ways_out=out, onward=onward, kinds=kinds, is_loose=loose)

    @cached_property
    def counted(self) -> tuple[tuple[int, str], ...]:
        """The limits (number, unit) of the steps that count towards the power's own."""
        limits = (
            limit_of(line.values) for line in self["steps"] if line.values.get("counted") is True
        )
        return tuple(limit for limit in limits if limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A procedure as its rules see it: steps by identifier, moves between steps that are there.

    `ways_out` are the moves from each step, `onward` the steps after it, `kinds` the steps of
    each kind; it is loose if moves were left out.
    """

    steps: Mapping[str, Line]
    ways_out: Mapping[str, Sequence[Line]]
    onward: Mapping[str, Sequence[str]]
    kinds: Mapping[str, Sequence[str]]
    is_loose: bool

    def of_kind(self, *kinds: str) -> Iterator[tuple[str, Line]]:
        """Yield the steps of some kinds with their identifiers, kind by kind."""
        for kind in kinds:
            for name in self.kinds.get(kind, ()):
                yield name, self.steps[name]

    def reached(self, starts: Collection[str], *, backwards: bool = False) -> set[str]:
        """Return every step that moves lead to from the starts, or from which they do."""
        ways = self._back() if backwards else self.onward
        seen, ahead = set(starts), list(starts)
        while ahead:
            for name in ways[ahead.pop()]:
                if name not in seen:
                    seen.add(name)
                    ahead.append(name)
        return seen

    def _back(self) -> dict[str, list[str]]:
        back: dict[str, list[str]] = {name: [] for name in self.steps}
        for name, targets in self.onward.items():
            for target in targets:
                back[target].append(name)
        return back
