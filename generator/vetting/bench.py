"""A power's setting bases as a legal reviewer weighs them, one by one and together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.sources.canonical import Line
from generator.vetting.desk import Desk, shown
from generator.vetting.draft import Draft
from generator.vetting.law.tables import SettingRule, Verdict, setting_rules, subtypes

AS_OTHER = frozenset({"filing", "requisition"})
"""Kinds that Hebei adds to the national list and no statute on setting names."""

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A basis that sets a power, what the law says of its rank, and what stands beside it.

    `carried` tells whether another basis may set the power, or may for all one knows;
    `by_law` whether another one may without any condition.
    """

    draft: Draft
    line: Line
    instrument: Values
    judged: SettingRule
    carried: bool
    by_law: bool


def subtype_of(values: Values) -> str | None:
    """Return the subtype under which a power is judged; None if it must say which.

    A kind that no setting rule names, such as a public service, is not judged: "".
    """
    known = subtypes(_kind(values))
    subtype = str(values.get("subtype", ""))
    if not known or subtype in known:
        return subtype
    return "" if "" in known else None


def weighed(desk: Desk) -> tuple[Weighed, ...]:
    """Return every basis in the register that sets a power in force, with its verdict."""
    return desk.once(_all_weighed)


def _all_weighed(desk: Desk) -> tuple[Weighed, ...]:
    return tuple(_weighed(desk))


def _weighed(desk: Desk) -> Iterator[Weighed]:
    register = desk.keys["instruments"]
    for draft in desk.active():
        values = draft.line.values
        subtype = subtype_of(values)
        setting = [line for line in draft["legal_bases"] if line.values.get("role") == "sets"]
        known = [
            (line, register[line.values["instrument"]].values, rule)
            for line in setting
            if (rule := _rule(register, line, _kind(values), subtype))
        ]
        for line, instrument, rule in known:
            others = [other.verdict for beside, _, other in known if beside is not line]
            yield Weighed(
                draft=draft,
                line=line,
                instrument=instrument,
                judged=rule,
                carried=any(found in (Verdict.MAY, Verdict.LIMITED) for found in others)
                or len(known) < len(setting),
                by_law=Verdict.MAY in others,
            )


def title_of(instrument: Values) -> str:
    """Return the title by which an instrument is cited, as a finding may show it."""
    return shown(instrument.get("short_title") or instrument.get("title", instrument.get("id", "")))


def _kind(values: Values) -> str:
    kind = values.get("kind", "")
    return "other" if kind in AS_OTHER else str(kind)


def _rule(
    register: Mapping[str, Line], line: Line, kind: str, subtype: str | None
) -> SettingRule | None:
    found = register.get(line.values.get("instrument", ""))
    if found is None or subtype is None:
        return None
    return setting_rules().get((kind, subtype, str(found.values.get("rank", ""))))
