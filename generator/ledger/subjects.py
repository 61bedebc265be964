"""What can be signed, a power's record or a register's edition, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.i18n import Translator
from generator.ledger import digest
from generator.ledger.files import is_file_slug
from generator.model.codes import PowerCode
from generator.sources import decode

REGISTERS = {
    "departments": "slug",
    "instruments": "id",
    "life_events": "slug",
    "life_event_powers": "",
    "synonyms": "",
    "waivers": "",
}
"""The registers in the order in which they refer to one another, with their key columns."""
_DECODERS = {
    "departments": decode.department,
    "instruments": decode.instrument,
    "synonyms": decode.synonym,
    "waivers": decode.waiver,
}


class RefusalError(Exception):
    """A subject cannot be signed; the text says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A draft that passed the gate: a power by its code, or a register by its table."""

    name: str
    content: Mapping[str, Any] | Sequence[Mapping[str, Any]]
    is_register: bool = False

    @property
    def key(self) -> str:
        """The member of a ledger line that names the subject."""
        return "table" if self.is_register else "code"

    @property
    def rank(self) -> int:
        """The place in the order of signing: registers first."""
        tables = list(REGISTERS)
        return tables.index(self.name) if self.name in tables and self.is_register else len(tables)


def power(code: str, record: Mapping[str, Any]) -> Subject:
    """Return the draft of a power as a subject."""
    return Subject(name=code, content=record)


def register(table: str, rows: Sequence[Mapping[str, Any]]) -> Subject:
    """Return the draft of a register as a subject."""
    return Subject(name=table, content=rows, is_register=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A subject that was not signed, and why, in words."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningOutcome:
    """What became of the subjects, by code or table.

    `waiting` now wait for the other stage; `appended` entered the ledger by this sign-off;
    `already` needed it no more.
    """

    waiting: tuple[str, ...] = ()
    appended: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()

    @property
    def signed(self) -> tuple[str, ...]:
        """All that got this sign-off by this act."""
        return self.waiting + self.appended


def content_of(subject: Subject, tr: Translator) -> Any:
    """Return the canonical content; raise RefusalError if it cannot be read back from a ledger."""
    try:
        content = digest.canonical(subject.content)
        digest.encode(content)
        (_check_register if subject.is_register else _check_power)(subject.name, content)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise RefusalError(
            tr(
                "{name}: cannot be stored ({reason}); run `daylight vet` and mend what it finds",
                name=subject.name,
                reason=error,
            )
        ) from error
    return content


def _check_power(code: str, record: dict[str, Any]) -> None:
    found = decode.power(record)
    if found.code != PowerCode(code):
        raise ValueError(f"code: {found.code}")
    if not is_file_slug(found.department):
        raise ValueError(f"department: {found.department}")


def _check_register(table: str, rows: list[dict[str, Any]]) -> None:
    if table not in REGISTERS:
        raise ValueError(f"no register: {table}")
    for row in rows:
        if table in _DECODERS:
            _DECODERS[table](row)
        if table == "departments" and not is_file_slug(row["slug"]):
            raise ValueError(f"slug: {row['slug']}")
