"""Rules F41: one power listed twice, and two departments that both say they decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from generator.sources.canonical import Line
from generator.vetting.alike import pairs, plain
from generator.vetting.desk import Desk, shown
from generator.vetting.finding import Finding, Severity
from generator.vetting.rule import rule

_MOST_NAMED = 3
_NO_DECISION = ("service",)
"""Kinds in which nothing is decided: several bodies may offer the same service."""


_Group = dict[str, list[Line]]
"""The powers in force with one kind, level and plain name, by department."""


@rule("F411")
def power_is_listed_once(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each power in force that its department lists again under one name.

    Names are compared without regard to widths, brackets and 的, 及, 和.
    """
    tr = desk.tr
    for group in _groups(desk).values():
        for holders in group.values():
            for line in holders if len(holders) > 1 else ():
                if not desk.covers(line):
                    continue
                others = list(islice((o for o in holders if o is not line), _MOST_NAMED))
                yield desk.warning(
                    line,
                    "name",
                    message=tr(
                        "has the same name and kind as {others} of the same department",
                        others=_named(desk, others),
                    ),
                    reason=tr("A reader cannot tell them apart, and the list counts them twice."),
                    remedy=tr("take one out, or say in the names how they differ"),
                )


@rule("F412")
def one_department_decides(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each power that another department lists under the same name and kind.

    Both say that they decide it. What is declared as joint or entrusted is no duplicate, nor
    are public services. Source: 行政许可法 Art. 26 (where several departments are concerned, one
    takes the application in).
    """
    tr = desk.tr
    for group in _groups(desk).values():
        for line in _claims(desk, group):
            others = list(islice(_rivals(line, group), _MOST_NAMED))
            if others:
                yield desk.warning(
                    line,
                    "name",
                    message=tr(
                        "{others} has the same name and kind: both departments say they decide it",
                        others=_named(desk, others),
                    ),
                    reason=tr("Whoever applies, or is punished, must know by whom."),
                    remedy=tr(
                        "let the departments agree who decides; if both do, name the other "
                        "in “{label}”",
                        label=desk.label("powers", "joint_departments"),
                    ),
                )


@rule("F413")
def similar_powers_are_compared(desk: Desk) -> Iterator[Finding]:
    """Yield a note for each power whose name is nearly that of another department's, same kind.

    Nearly: three quarters of the pairs of characters, and the same numerals.
    """
    tr = desk.tr
    near: dict[int, dict[int, Line]] = {}
    groups = _groups(desk)
    names: dict[tuple[str, str], list[str]] = {}
    for kind, level, name in groups:
        if kind not in _NO_DECISION:
            names.setdefault((kind, level), []).append(name)
    for (kind, level), known in names.items():
        for one, other in pairs(known):
            first, second = groups[kind, level, one], groups[kind, level, other]
            for mine, theirs in ((first, second), (second, first)):
                for line in _claims(desk, mine):
                    found = near.setdefault(line.number, {0: line})
                    for rival in islice(_rivals(line, theirs), _MOST_NAMED):
                        found[rival.number] = rival
    for found in near.values():
        line, *others = found.values()
        if others:
            yield desk.finding(
                Severity.INFO,
                line,
                "name",
                message=tr(
                    "the name is nearly that of {others}",
                    others=_named(desk, others[:_MOST_NAMED]),
                ),
                reason=tr("It may be one power that two departments list."),
                remedy=tr("compare the two; if they differ, let the names say how"),
            )


def _groups(desk: Desk) -> dict[tuple[str, str, str], _Group]:
    """Return the powers in force by kind, level and plain name, in the order of their rows."""
    own = {slug: _own_names(body) for slug, body in desk.keys["departments"].items()}
    found: dict[tuple[str, str, str], _Group] = {}
    for line in desk.keys["powers"].values():
        values = line.values
        slug = values.get("department", "")
        if values.get("status") != "active" or not slug or "name" not in values:
            continue
        name = plain(values["name"], own.get(slug, ()))
        main = desk.keys["powers"].get(values.get("parent", ""))
        if main is not None and main is not line:
            above = plain(main.values.get("name", ""), own.get(slug, ()))
            if name == above:
                continue  # F421 has it
            name = name if above in name else above + name
        if name:
            key = (str(values.get("kind", "")), str(values.get("level", "")), name)
            found.setdefault(key, {}).setdefault(slug, []).append(line)
    return _with_levels_not_told(found)


def _with_levels_not_told(
    found: dict[tuple[str, str, str], _Group],
) -> dict[tuple[str, str, str], _Group]:
    """Join the powers that do not tell their level to those of one level that have their name."""
    levels: dict[tuple[str, str], list[str]] = {}
    for kind, level, name in found:
        levels.setdefault((kind, name), []).append(level)
    for (kind, name), known in levels.items():
        told = [level for level in known if level]
        if "" in known and told:
            for slug, lines in found.pop((kind, "", name)).items():
                found[kind, told[0], name].setdefault(slug, []).extend(lines)
    return found


def _own_names(body: Line) -> tuple[str, ...]:
    values = body.values
    names = [values.get("name", ""), values.get("short_name", ""), *values.get("former_names", ())]
    return tuple(name for name in names if name)


def _claims(desk: Desk, group: _Group) -> Iterator[Line]:
    """Yield the lines being vetted of a group that claim to decide."""
    for holders in group.values():
        for line in holders:
            if desk.covers(line) and line.values.get("kind") not in _NO_DECISION:
                yield line


def _rivals(line: Line, group: _Group) -> Iterator[Line]:
    """Yield the lines of other departments that share the power with nobody's consent."""
    mine = line.values.get("department")
    for slug, holders in group.items():
        if slug != mine:
            yield from (other for other in holders if not _is_agreed(line, other))


def _is_agreed(one: Line, other: Line) -> bool:
    for line, partner in ((one, other), (other, one)):
        values, slug = line.values, partner.values.get("department")
        if slug in values.get("joint_departments", ()):
            return True
        if values.get("parent") == partner.values.get("code"):
            return True  # a sub-item is like its main item; F421 has the rest
        if "entrusted_to" in values or values.get("source_of_power") == "entrusted":
            return True
    return False


def _named(desk: Desk, lines: Iterable[Line]) -> str:
    words = []
    for line in lines:
        slug = line.values.get("department", "")
        body = desk.keys["departments"].get(slug)
        name = body.values.get("name", slug) if body else slug
        words.append(f"{shown(line.values.get('code', ''))} ({shown(name)})")
    return ", ".join(words)
