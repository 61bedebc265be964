"""The published tables: the working tables' names and columns, filled from a release."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from generator.model.codes import DepartmentSlug
from generator.model.release import Release, VettedVersion
from generator.sources import encode
from generator.sources.schema import TableSchema, tables

T = TypeVar("T")

CITY_ONLY = ("life_events", "life_event_powers", "synonyms", "waivers")
"""Registers that stand in the city's package only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """A table of a package: its schema and its rows as cells."""

    schema: TableSchema
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> bytes:
        """Return the table as CSV: UTF-8, comma, CRLF, quotes where needed (RFC 4180)."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return text.getvalue().encode()


def of_release(
    release: Release, department: DepartmentSlug | None = None
) -> Iterator[PublishedTable]:
    """Yield the tables of the city's package, or of a department's.

    A department's package holds its own powers and the rows of the registers that
    they refer to, so that it can be read by itself.
    """
    versions = tuple(release.of_department(department) if department else release.powers.values())
    rows = _registers(release, versions, department) | _records(versions)
    for name, schema in tables().items():
        if department and name in CITY_ONLY:
            continue
        columns = tuple(field.name for field in schema.published)
        yield PublishedTable(
            schema=schema,
            columns=columns,
            rows=tuple(tuple(encode.cells(row, columns)) for row in rows.get(name, ())),
        )


def _records(versions: Iterable[VettedVersion]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {"powers": []}
    for version in versions:
        record = encode.record(version.power)
        found["powers"].append(record)
        for name, children in record.items():
            if not isinstance(children, list) or not children or not isinstance(children[0], dict):
                continue
            rows = found.setdefault(name, [])
            rows.extend({"power": version.power.code, **child} for child in children)
    return found


def _registers(
    release: Release, versions: Sequence[VettedVersion], department: DepartmentSlug | None
) -> dict[str, list[Mapping[str, Any]]]:
    departments = list(release.departments.values())
    instruments = list(release.instruments.values())
    if department:
        bodies = {department} | {s for v in versions for s in v.power.joint_departments}
        _close(bodies, {d.slug: d.merged_into for d in departments})
        cited = {basis.instrument for v in versions for basis in v.power.legal_bases}
        _close(cited, {i.id: i.superseded_by for i in instruments})
        departments = [body for body in departments if body.slug in bodies]
        instruments = [instrument for instrument in instruments if instrument.id in cited]
    return {
        "departments": [encode.row(body) for body in departments],
        "instruments": [encode.row(instrument) for instrument in instruments],
        "life_events": [_event(event) for event in release.life_events.values()],
        "life_event_powers": [
            encode.row(entry)
            for event in release.life_events.values()
            for entry in event.powers
            if entry.power in release.powers
        ],
        "synonyms": [encode.row(synonym) for synonym in release.synonyms],
        "waivers": [encode.row(waiver) for waiver in release.waivers],
    }


def _event(event: Any) -> dict[str, Any]:
    found = encode.row(event)
    found.pop("powers", None)
    return found


def _close(found: set[T], onward: Mapping[T, T | None]) -> None:
    """Add to `found` whatever its members lead to, so that no reference dangles."""
    waiting = list(found)
    while waiting:
        following = onward.get(waiting.pop())
        if following is not None and following not in found:
            found.add(following)
            waiting.append(following)
