"""The ledger folded as of a day into a Release: the latest vetted version of each power.

What was withdrawn is in no release of any day; a different version signed after the
withdrawal is published from its own day on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from generator.errors import LedgerError
from generator.i18n import Translator
from generator.ledger import attachments, digest, store
from generator.ledger.acts import RevocationLine
from generator.ledger.faults import ENGLISH, fault
from generator.ledger.history import marks
from generator.ledger.lines import EditionLine, SealedLine, VersionLine
from generator.ledger.needs import of_power
from generator.ledger.subjects import REGISTERS
from generator.model.attachment import Attachment
from generator.model.codes import DepartmentSlug, InstrumentId, LifeEventSlug, PowerCode
from generator.model.registers import LifeEvent
from generator.model.release import Edition, Release, VettedVersion, Withdrawal
from generator.sources import decode

_Made = TypeVar("_Made")


def fold(
    ledger: store.Ledger, *, as_of: date | None = None, city: str = "", tr: Translator = ENGLISH
) -> Release:
    """Fold the ledger as of a day, by default its latest, into a release.

    A row that the latest edition of its register dropped stays while a power rests on it.
    A ledger with nothing in it gives a release without powers, of the date 0001-01-01;
    that nothing can be published is for the caller to say. Raises LedgerError if a line
    cannot be decoded, or a power rests on a row that no edition signed by then holds.
    """
    folding = _Folding(ledger, as_of or date.max, tr)
    powers = dict(folding.powers())
    departments = folding.register("departments", decode.department)
    instruments = folding.register("instruments", decode.instrument)
    latest = max(folding.days(), default=date.min)
    return Release(
        date=latest,
        as_of=as_of or latest,
        digest=folding.digest_of_lines(),
        powers=powers,
        departments={DepartmentSlug(slug): made for slug, made in departments.items()},
        instruments={InstrumentId(name): made for name, made in instruments.items()},
        life_events=folding.life_events(powers),
        synonyms=tuple(folding.rows("synonyms", decode.synonym).values()),
        withdrawals=(
            *(_withdrawal(line) for line in folding.tombstones),
            *(_taken_out(line) for line in folding.taken_out),
        ),
        editions={table: _edition(line) for table, line in folding.editions.items()},
        waivers=tuple(folding.rows("waivers", decode.waiver).values()),
        status=folding.status.count if folding.status else None,
        attachments=folding.attachments(),
        city=city,
    )


class _Folding:
    """The lines that hold on a day, and the register rows that their powers need."""

    def __init__(self, ledger: store.Ledger, day: date, tr: Translator) -> None:
        self._ledger, self._day, self._tr = ledger, day, tr
        self._needed: dict[str, dict[str, VersionLine]] = {table: {} for table in REGISTERS}
        self._carried: dict[str, str] = {}
        self._chosen: dict[PowerCode, VersionLine] = {}
        self.tombstones: list[VersionLine] = []
        self.taken_out: list[VersionLine] = []
        self.editions: dict[str, EditionLine] = {}
        for code in sorted(ledger.versions):
            self._choose(code, ledger.versions[code])
        for table in REGISTERS:
            if edition := ledger.edition(table, day):
                self.editions[table] = edition
        counts = [line for line in ledger.statuses if line.count.date <= day]
        self.status = counts[-1] if counts else None

    def _choose(self, code: PowerCode, entered: tuple[VersionLine, ...]) -> None:
        """Take the last version up to the day, or the tombstone; a withdrawal outranks any day."""
        lines = tuple(line for line in entered if line.vetted_on <= self._day)
        standing = [line for line in lines if line.withdrawn or line.holds_on(self._day)]
        gone = store.withdrawn_on(entered) or date.min
        if standing and not standing[-1].withdrawn and standing[-1].vetted_on > gone:
            self._chosen[code] = standing[-1]
        elif tombstones := [line for line in lines if line.withdrawn]:
            self.tombstones.append(max(reversed(tombstones), key=_day))
        elif lines:
            self.taken_out.append(max(lines, key=_taken_out_on))

    def days(self) -> Iterator[date]:
        """Yield the days on which the lines that make the release last spoke."""
        lines: list[SealedLine] = [*self._chosen.values(), *self.tombstones]
        yield from map(_day, [*lines, *self.editions.values()])
        yield from (act.date for act in self._revocations())

    def _revocations(self) -> list[RevocationLine]:
        """Return what revoked a version or an edition by the day; none of a sign-off alone."""
        acts = (line.revoked for line in self._ledger.lines() if line.vetted_on <= self._day)
        return [act for act in acts if act and act.date <= self._day]

    def attachments(self) -> tuple[Attachment, ...]:
        """Return every file that a version up to the day is bound to, once under each name."""
        ledger = self._ledger
        found: dict[tuple[str, str], Attachment] = {}
        lines = (line for entered in ledger.versions.values() for line in entered)
        held = (line for line in lines if line.holds_on(self._day))
        for _, each in attachments.of_lines(held):
            size = attachments.place_of(ledger.root, each).stat().st_size
            found.setdefault((each.sha256, each.name), replace(each, size=size))
        return tuple(found[key] for key in sorted(found))

    def digest_of_lines(self) -> str:
        """Return what names the release: the digest over the digests of its lines."""
        groups = {
            "powers": self._chosen.values(),
            "registers": self.editions.values(),
            "withdrawals": self.tombstones,
        }
        named: dict[str, Any] = {
            name: {line.subject: line.line_digest for line in group}
            for name, group in groups.items()
        }
        acts = sorted({act.line_digest for act in self._revocations()})
        count = self.status.line_digest if self.status else ""
        return digest.digest_of(
            {**named, "carried": self._carried, "revocations": acts, "status": count}
        )

    def powers(self) -> Iterator[tuple[PowerCode, VettedVersion]]:
        """Yield the chosen version of each power, in the order of the codes."""
        for code, line in self._chosen.items():
            entered = self._ledger.versions[code]
            lines = [each for each in entered if each.vetted_on <= self._day]
            record = self._decoded(line, line.record)
            for table, key in of_power(record):
                self._needed[table].setdefault(key, line)
            power = self._decoded(line, partial(decode.power, record))
            if (power.code, power.department) != (code, line.department):
                raise fault(
                    line.place,
                    self._tr,
                    "{place}: its record is of {code} of {department}; "
                    "restore the line from version control",
                    code=power.code,
                    department=power.department,
                )
            yield (
                code,
                VettedVersion(
                    power=power,
                    digest=line.digest,
                    vetted_on=line.vetted_on,
                    first_vetted_on=lines[0].vetted_on,
                    sign_offs=line.sign_offs,
                    history=self._decoded(line, partial(marks, lines, self._day, power.status)),
                ),
            )

    def register(self, table: str, make: Callable[[Mapping[str, Any]], _Made]) -> dict[str, _Made]:
        """Return a register by key in its order, then the dropped rows that powers rest on."""
        found = self.rows(table, make)
        for key, line in self._needed[table].items():
            if key not in found:
                row = self._earlier(table, key, line)
                found[key] = make(row)
                self._carried[f"{table}/{key}"] = digest.digest_of(row)
        return found

    def rows(self, table: str, make: Callable[[Mapping[str, Any]], _Made]) -> dict[str, _Made]:
        """Return the rows of the edition that holds, by key, or by number if it has no key."""
        edition = self.editions.get(table)
        if edition is None:
            return {}
        column = REGISTERS[table]
        return self._decoded(
            edition,
            lambda: {
                row[column] if column else str(number): make(row)
                for number, row in enumerate(edition.rows())
            },
        )

    def life_events(
        self, powers: Mapping[PowerCode, VettedVersion]
    ) -> dict[LifeEventSlug, LifeEvent]:
        """Return the life events, each with those of its powers that the release holds."""
        events, members = (
            list(self.rows(table, dict).values()) for table in ("life_events", "life_event_powers")
        )
        return {
            slug: replace(
                event,
                powers=tuple(
                    replace(each, after=tuple(code for code in each.after if code in powers))
                    for each in event.powers
                    if each.power in powers
                ),
            )
            for slug, event in decode.life_events(events, members).items()
        }

    def _earlier(self, table: str, key: str, line: VersionLine) -> dict[str, Any]:
        column = REGISTERS[table]
        for edition in reversed(self._ledger.editions.get(table, ())):
            if edition.vetted_on <= self._day:
                for row in edition.rows():
                    if row[column] == key:
                        return row
        raise fault(
            line.place,
            self._tr,
            "{place}: {code} rests on {key}, which no signed edition of the register {table} "
            "holds; sign the register {table}",
            code=line.code,
            key=key,
            table=table,
        )

    def _decoded(self, line: SealedLine, read: Callable[[], _Made]) -> _Made:
        try:
            return read()
        except LedgerError:
            raise
        except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise fault(
                line.place,
                self._tr,
                "{place}: cannot be read as what its schema says ({reason}); "
                "restore the line from version control, or use the Daylight that wrote it",
                reason=error,
            ) from error


def _day(line: SealedLine) -> date:
    """Return the day on which a line last spoke: its withdrawal, or its last sign-off."""
    return line.withdrawn.date if line.withdrawn else line.vetted_on


def _taken_out_on(line: VersionLine) -> date:
    return line.revoked.date if line.revoked else date.min


def _withdrawal(line: VersionLine) -> Withdrawal:
    assert line.withdrawn is not None
    return Withdrawal(
        code=line.code,
        department=line.department,
        reason=line.withdrawn.reason,
        document=line.withdrawn.document,
        date=line.withdrawn.date,
    )


def _taken_out(line: VersionLine) -> Withdrawal:
    """Return what stands at the address of a power whose every version was revoked."""
    assert line.revoked is not None
    return Withdrawal(
        code=line.code,
        department=line.department,
        reason=line.revoked.reason,
        document="",
        date=line.revoked.date,
    )


def _edition(line: EditionLine) -> Edition:
    return Edition(
        table=line.table, digest=line.digest, vetted_on=line.vetted_on, sign_offs=line.sign_offs
    )
