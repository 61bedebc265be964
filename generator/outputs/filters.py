"""What the browser may sift a list by, and the one small file it does that with.

`assets/lists.json` holds one row a power and nothing that search alone needs: aliases,
spellings and synonyms make `titles.json` four times as heavy, and no list has to wait for them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from generator.builder import fingerprint
from generator.builder.artifact import Artifact
from generator.flowcharts.longest import DAYS
from generator.model.codes import Applicant, FeeKind, PowerKind, PowerStatus, TimeUnit
from generator.model.power import Power
from generator.model.release import VettedVersion
from generator.outputs.publication import Publication
from generator.pages import subjects, urls
from generator.pages.contexts import Choice, Filters
from generator.pages.labels import label, limit

COLUMNS = (
    "code", "name", "department", "kind", "status", "applicant", "fee", "limit", "changed",
    "themes", "parent",
)  # fmt: skip
"""The fields of a row; a coded one is a place in the list of its name."""

Limit = tuple[int | None, TimeUnit | None]
Values = Callable[[Power], Iterable[str]]


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield the file with which the browser sorts and filters every list of the city."""
    content = collect(publication)
    yield Artifact(
        path=urls.LISTS,
        fingerprint=fingerprint.of("lists/1", content),
        render=lambda: json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(),
        site=publication.municipal.slug,
    )


def collect(publication: Publication) -> Mapping[str, Any]:
    """Return a row for each power and the words for what its numbers stand for."""
    tr, release = publication.tr, publication.release
    powers = [version.power for version in release.powers.values()]
    themes = sorted({theme for power in powers for theme in power.themes}, key=subjects.order)
    limits = sorted({power.limit for power in powers if power.limit[1]}, key=_length)
    places = {
        "department": _places(release.departments),
        "kind": _places(PowerKind),
        "status": _places(PowerStatus),
        "applicant": _places(Applicant),
        "fee": _places(FeeKind),
        "limit": {each: place for place, each in enumerate(limits)},
        "theme": _places(themes),
    }
    return {
        "columns": list(COLUMNS),
        "departments": [[slug, body.label] for slug, body in release.departments.items()],
        "kinds": [[kind, label(kind, tr)] for kind in PowerKind],
        "statuses": [[status, label(status, tr)] for status in PowerStatus],
        "applicants": [[each, label(each, tr)] for each in Applicant],
        "fees": [[each, label(each, tr)] for each in FeeKind],
        "limits": [[n, unit, limit(n, unit, tr)] for n, unit in limits],
        "themes": [subjects.slug(theme) for theme in themes],
        "powers": [_row(version, places) for version in release.powers.values()],
    }


def _places(values: Iterable[str]) -> dict[Any, int]:
    return {value: place for place, value in enumerate(values)}


def _row(version: VettedVersion, places: Mapping[str, Mapping[Any, int]]) -> list[Any]:
    power = version.power
    return [
        power.code, power.name, places["department"][power.department],
        places["kind"][power.kind], places["status"][power.status],
        places["applicant"][power.applicant], places["fee"][power.fee],
        places["limit"].get(power.limit, -1), version.vetted_on.isoformat(),
        [places["theme"][theme] for theme in power.themes], power.parent or "",
    ]  # fmt: skip


def _length(limit: Limit) -> tuple[float, str]:
    """Return about how long a limit is, to put the shortest first."""
    n, unit = limit
    return (round((n or 0) * DAYS.get(unit, 0.0), 6), unit) if unit else (0.0, "")


def of_list(
    publication: Publication,
    address: str,
    versions: Iterable[VettedVersion],
    *,
    scope: tuple[tuple[str, str], ...] = (),
    status: str = "active",
) -> Filters:
    """Return the filters of a list: each column in which its powers differ, with its values."""
    tr, powers = publication.tr, [version.power for version in versions]
    register = publication.release.departments
    offered: list[tuple[str, str, str, list[Choice]]] = [
        ("department", tr("Department"), tr("All departments"),
         _choices(register, powers, lambda p: [p.department], lambda s: register[s].label)),  # type: ignore[index]
        ("kind", tr("Kind of power"), tr("All kinds"),
         _choices(PowerKind, powers, lambda p: [p.kind], lambda kind: label(kind, tr))),
        ("theme", tr("Theme"), tr("All themes"), _themes(powers)),
        ("applicant", tr("For whom"), tr("Everybody"),
         _choices(("citizen", "firm", "none"), powers, _audience, lambda each: audience(each, tr))),
        ("fee", tr("Cost"), tr("With or without a fee"),
         _choices(FeeKind, powers, lambda p: [p.fee], lambda each: label(each, tr))),
    ]  # fmt: skip
    kept = {column for column, _ in scope}
    return Filters(
        address=address,
        scope=scope,
        status=status,
        choices=tuple(
            (column, title, everything, tuple(choices))
            for column, title, everything, choices in offered
            if len(choices) > 1 and column not in kept
        ),
    )


def audience(value: str, tr: Callable[[str], str]) -> str:
    """Return what those are called for whom a power is."""
    words = {"citizen": tr("Citizens"), "firm": tr("Firms and other organisations")}
    return words.get(value) or tr("Not applied for")


def _audience(power: Power) -> tuple[str, ...]:
    both = power.applicant is Applicant.BOTH
    return ("citizen", "firm") if both else (power.applicant.value,)


def _choices(
    order: Iterable[str], powers: Iterable[Power], of: Values, name: Callable[[str], str]
) -> list[Choice]:
    used = {value for power in powers for value in of(power)}
    return [Choice(value=str(each), text=name(each)) for each in order if each in used]


def _themes(powers: Iterable[Power]) -> list[Choice]:
    used = sorted({theme for power in powers for theme in power.themes}, key=subjects.order)
    named = {subjects.slug(theme): theme for theme in reversed(used)}
    return [
        Choice(value=slug, text=named[slug]) for slug in dict.fromkeys(map(subjects.slug, used))
    ]
