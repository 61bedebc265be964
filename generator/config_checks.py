"""Faults of site_config.yml that no schema finds: keys that contradict one another, days, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator import address, checked_yaml
from generator.checked_yaml import Checked, Keys
from generator.errors import ConfigError
from generator.model.codes import Stage

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check(found: Checked) -> None:
    """Add every fault to those that the schema found."""
    _check_day(found, ("as_of",), found.values.get("as_of"))
    _check_source(found)
    _check_domains(found)
    _check_licence(found)
    _check_reviewers(found)


def day(value: object) -> date | None:
    """Return a day as it is written, None for what is none."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def several(names: str | list[str]) -> tuple[str, ...]:
    """Return names of which a file may give one or a list."""
    return (names,) if isinstance(names, str) else tuple(names)


def _check_reviewers(found: Checked) -> None:
    """Add a fault for a key of an office that may not sign its stage, and for days of no calendar."""
    offices, reviewers = found.values.get("offices"), found.values.get("reviewers")
    stages: dict[str, str] = {}
    for number, entry in enumerate(reviewers if isinstance(reviewers, list) else ()):
        if not isinstance(entry, dict):
            continue
        for name in ("from", "until"):
            _check_day(found, ("reviewers", number, name), entry.get(name))
        stage, office = entry.get("stage"), entry.get("office")
        key = " ".join(str(entry.get("key")).split()[:2])
        if stage in set(Stage) and stages.setdefault(key, str(stage)) != stage:
            found.fault(
                ("reviewers", number, "key"),
                "the same key stands for both stages; the two sign-offs are two people's: give "
                "each a key of its own",
            )
        named = offices.get(stage) if isinstance(offices, dict) and isinstance(stage, str) else None
        known = several(named) if isinstance(named, str | list) else ()
        if known and isinstance(office, str) and office not in known:
            found.fault(
                ("reviewers", number, "office"),
                "{office} is not among the offices of stage {stage}; add it to offices.{stage}, or "
                "write it as there",
                office=office,
                stage=stage,
            )


def _check_day(found: Checked, keys: Keys, value: object) -> None:
    """Add a fault for a day that no calendar has, which no pattern finds."""
    if isinstance(value, str) and _DAY.fullmatch(value) and day(value) is None:
        found.fault(keys, "no calendar has the day {day}; correct it", day=value)


def _check_source(found: Checked) -> None:
    """Add a fault if the address of the working tables cannot be one; no password is repeated."""
    source = found.values.get("source")
    if isinstance(source, str) and source:
        try:
            address.parse(source, found.tr)
        except ConfigError as error:
            found.fault(("source",), str(error))


def _check_domains(found: Checked) -> None:
    """Add a fault for every domain that two sites claim, or whose pages could not name the city's.

    A department's pages give the city's as their canonical addresses, in full.
    """
    first: dict[str, Keys] = {}
    has_city = bool(found.values.get("domain"))
    for keys, domain in _domains(found.values):
        if len(keys) > 1 and not has_city:
            found.fault(keys, "needs the city's own domain beside it; give `domain` at the top")
        other = first.setdefault(domain.lower(), keys)
        if other != keys:
            found.fault(
                keys,
                "{domain} is the domain of {other} already; give each site its own",
                domain=domain,
                other=checked_yaml.dotted(other[:-1]) or found.tr("the city"),
            )


def _domains(values: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    departments = values.get("departments")
    groups: dict[Keys, Any] = {(): values}
    if isinstance(departments, dict):
        groups |= {("departments", slug): group for slug, group in departments.items()}
    for keys, group in groups.items():
        domain = group.get("domain") if isinstance(group, dict) else None
        if isinstance(domain, str) and domain:
            yield (*keys, "domain"), domain


def _check_licence(found: Checked) -> None:
    """Add a fault if there are data packages, which must name a licence, and no licence."""
    features = found.values.get("features")
    wanted = not isinstance(features, dict) or features.get("packages") is not False
    if wanted and "licence" not in found.values:
        found.fault(
            ("licence",),
            "is missing; data packages must name the licence of the data, such as CC-BY-4.0, "
            "or switch them off with features.packages: false",
        )
