"""Registers before what refers to them: nothing enters the ledger that rests on an unsigned row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.i18n import Translator
from generator.ledger.needs import keys_of, of_power
from generator.ledger.store import Ledger, standing_lines
from generator.ledger.subjects import RefusalError, Subject

_SHOWN = 3


class References:
    """The rows that signed registers hold on a day, and what the ledger's powers need of them."""

    def __init__(self, ledger: Ledger, day: date, tr: Translator) -> None:
        self._ledger, self._day, self._tr = ledger, day, tr
        self._signed: dict[str, frozenset[str]] = {}

    def check(self, subject: Subject, content: Any) -> None:
        """Raise RefusalError if the content rests on unsigned rows, or drops rows still needed."""
        if not subject.is_register:
            self._check_needs(subject.name, of_power(content))
        elif subject.name == "life_event_powers":
            events = [("life_events", row["life_event"]) for row in content]
            self._check_needs(subject.name, events)
        else:
            self._check_dropped(subject.name, content)

    def enter(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take note of an edition that enters the ledger by this very act."""
        self._signed[table] = keys_of(table, rows)

    def _check_needs(self, name: str, needs: Iterable[tuple[str, str]]) -> None:
        for table, key in needs:
            if key not in self._rows(table):
                raise RefusalError(
                    self._tr(
                        "{name}: needs {key}, which the signed register {table} does not hold; "
                        "sign the register {table} first",
                        name=name,
                        key=key,
                        table=table,
                    )
                )

    def _check_dropped(self, table: str, rows: list[dict[str, Any]]) -> None:
        last = self._ledger.edition(table)
        dropped = keys_of(table, last.rows()) - keys_of(table, rows) if last else frozenset()
        users = {
            (line.code, key)
            for lines in (self._ledger.versions.values() if dropped else ())
            for line in standing_lines(lines)[-1:]
            for needed, key in of_power(line.record())
            if needed == table and key in dropped
        }
        if users:
            raise RefusalError(
                self._tr(
                    "{table}: no longer holds {keys}, on which vetted powers rest ({powers}); keep "
                    "the rows, and give them the status or the day that ends them",
                    table=table,
                    keys=_some({key for _, key in users}),
                    powers=_some({code for code, _ in users}),
                )
            )

    def _rows(self, table: str) -> frozenset[str]:
        """Return the keys that both the day's edition and the last one hold."""
        if table not in self._signed:
            editions = (self._ledger.edition(table, self._day), self._ledger.edition(table))
            keys = [keys_of(table, each.rows()) for each in editions if each]
            self._signed[table] = keys[0] & keys[1] if len(keys) == 2 else frozenset()
        return self._signed[table]


def _some(names: Iterable[str]) -> str:
    ordered = sorted(names)
    return ", ".join(ordered[:_SHOWN]) + (" …" if len(ordered) > _SHOWN else "")
