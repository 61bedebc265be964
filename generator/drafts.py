"""The working tables beside the ledger: what is published, what waits, what the gate refuses.

A draft changes no published byte; a build looks at the drafts only to tell of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from generator import __version__, standing
from generator.builder import fingerprint
from generator.builder.cache import Cache
from generator.config import SiteConfig
from generator.i18n import Translator
from generator.ledger import digest as d1
from generator.ledger import store
from generator.ledger.subjects import REGISTERS
from generator.ledger.trust import Trust
from generator.model.codes import PowerCode, PowerStatus, Stage
from generator.sources import decode, encode, stores
from generator.sources.attachments import Attachments
from generator.sources.tables import Row, Tables
from generator.standing import Comparison, DraftStatus, Standing
from generator.vetting import gate
from generator.vetting.beside import Beside
from generator.vetting.finding import Finding, Severity
from generator.vetting.gate import Verdict


class Drafts:
    """The working tables of a city, read once."""

    def __init__(
        self,
        tables: Tables,
        ledger: store.Ledger,
        *,
        day: date,
        tr: Translator,
        beside: Beside | None = None,
        attachments: Attachments | None = None,
    ) -> None:
        self.tables, self.ledger, self._day, self._tr = tables, ledger, day, tr
        self._beside, self._attachments = beside, attachments

    @cached_property
    def records(self) -> Mapping[PowerCode, Mapping[str, Any]]:
        """The canonical record of every draft, bound to the files that it names."""
        found = decode.records(self.tables)
        if self._attachments is None:
            return found
        return {code: self._attachments.bind(record) for code, record in found.items()}

    @cached_property
    def registers(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The canonical rows of every register that is signed by editions."""
        return {
            name: decode.register_rows(self.tables, name)
            for name in REGISTERS
            if name in self.tables.tables
        }

    def vet(self, only: frozenset[str] | None = None) -> Verdict:
        """Run the gate over all drafts, or over some powers and every register."""
        return gate.vet(self.tables, tr=self._tr, day=self._day, only=only, beside=self._beside)

    def vet_to_sign(
        self, only: frozenset[str], tables: Collection[str], stage: Stage
    ) -> tuple[Verdict, bool]:
        """Run the gate as a signature of some powers and registers must have it.

        A waiver lets a record pass only if it is signed as far as the record is to be, or by
        the same act; tells besides whether there are waivers that are not.
        """
        verdict = self.vet(only)
        in_act = "waivers" in tables and "waivers" not in verdict.refused_registers
        if self._waivers_stand(stage, in_act=in_act):
            return verdict, False
        edition, drafted = self.ledger.edition("waivers"), self.tables.tables["waivers"]
        rows = edition.rows() if edition else []
        signed = replace(
            drafted,
            rows=tuple(
                Row(number, {name: encode.cell(value) for name, value in row.items()})
                for number, row in enumerate(rows, 2)
            ),
        )
        tables_signed = replace(self.tables, tables={**self.tables.tables, "waivers": signed})
        strict = gate.vet(tables_signed, tr=self._tr, day=self._day, only=only, beside=self._beside)
        return replace(strict, refused_registers=verdict.refused_registers), True

    def _waivers_stand(self, stage: Stage, *, in_act: bool) -> bool:
        found = d1.digest_of(self.registers.get("waivers", ()))
        if "waivers" not in self.registers or self._edition_stands("waivers", found):
            return True
        reviewed = Stage.LEGALITY in self.ledger.standing_edition("waivers", found)
        return in_act or reviewed if stage is Stage.LEGALITY else in_act and reviewed

    def compare(self) -> Comparison:
        """Compare every draft with its vetted version; the gate sees only what differs."""
        digests = {code: d1.digest_of(record) for code, record in self.records.items()}
        differing = self._doubtful() | {
            code for code, found in digests.items() if not self._is_published(code, found)
        }
        editions = {name: d1.digest_of(rows) for name, rows in self.registers.items()}
        registers = tuple(
            name for name, found in editions.items() if not self._edition_stands(name, found)
        )
        findings: tuple[Finding, ...] = ()
        refused: frozenset[PowerCode] = frozenset()
        refused_registers: tuple[str, ...] = ()
        if differing or registers:
            verdict = self.vet(differing)
            refused = verdict.refused & differing
            refused_registers = tuple(t for t in registers if t in verdict.refused_registers)
            findings = tuple(
                found
                for found in verdict.findings
                if found.severity is not Severity.INFO
                and (found.record in differing or found.table in registers)
            )
        records = [self._status(code, digests[code], differing, refused) for code in self.records]
        return Comparison(
            records=(*records, *self._deleted(refused)),
            registers=tuple(table for table in registers if table not in refused_registers),
            refused_registers=refused_registers,
            findings=findings,
        )

    def _doubtful(self) -> frozenset[PowerCode]:
        """Name the codes whose rows alone do not say what is meant: given twice, or left out."""
        given = Counter(row.cells.get("code", "").strip() for row in self.tables.rows("powers"))
        left_out = {
            irregularity.cells.get(
                "code" if irregularity.table == "powers" else "power", ""
            ).strip()
            for irregularity in self.tables.irregularities
        }
        found = {code for code, times in given.items() if times > 1} | left_out
        return frozenset(PowerCode(code) for code in found if code)

    def _is_published(self, code: PowerCode, found: str) -> bool:
        line = self.ledger.latest(code)
        return line is not None and not line.withdrawn and line.digest == found

    def _edition_stands(self, table: str, found: str) -> bool:
        edition = self.ledger.edition(table)
        if edition is None:
            return not self.registers[table]
        return edition.digest == found

    def _status(
        self, code: PowerCode, found: str, differing: frozenset[str], refused: frozenset[PowerCode]
    ) -> DraftStatus:
        record = self.records[code]
        standing = Standing.PUBLISHED
        if code in refused:
            standing = Standing.REFUSED
        elif code in differing:
            latest = self.ledger.latest(code)
            standing = Standing.CHANGED if latest and not latest.withdrawn else Standing.NEW
        stages = self.ledger.standing(code, found) if code in differing else {}
        return DraftStatus(
            code=code,
            name=str(record.get("name", "")),
            department=str(record.get("department", "")),
            standing=standing,
            signed=tuple(stage.value for stage in stages),
            since=min((line.date.isoformat() for line in stages.values()), default=""),
        )

    def _deleted(self, refused: frozenset[PowerCode]) -> tuple[DraftStatus, ...]:
        """Name the vetted powers whose rows are gone without having been abolished.

        One whose row is there but cannot be read is refused, not deleted.
        """
        found = []
        for code in self.ledger.versions:
            line = self.ledger.latest(code)
            if code in self.records or line is None or line.withdrawn:
                continue
            record = line.record()
            if code not in refused and record.get("status") != PowerStatus.ACTIVE.value:
                continue  # its end is on record; the row may go
            found.append(
                DraftStatus(
                    code=code,
                    name=str(record.get("name", "")),
                    department=line.department,
                    standing=Standing.REFUSED if code in refused else Standing.DELETED,
                )
            )
        return tuple(found)


def read(config: SiteConfig, *, day: date, tr: Translator) -> Drafts:
    """Read the working tables and the ledger; raise SourceError or LedgerError if they cannot be."""
    tables = stores.open_store(config.source, config.root, tr).read(tr)
    ledger = store.read(config.vetted, tr, trust=Trust(reviewers=config.reviewers))
    return _drafts(config, tables, ledger, day, tr)


def _drafts(
    config: SiteConfig, tables: Tables, ledger: store.Ledger, day: date, tr: Translator
) -> Drafts:
    files = Attachments(config.files)
    return Drafts(tables, ledger, day=day, tr=tr, beside=_beside(config), attachments=files)


def _beside(config: SiteConfig) -> Beside:
    return Beside(root=config.root, allowed=config.privacy.allowed_numbers)


def compare(
    config: SiteConfig, ledger: store.Ledger, *, day: date, tr: Translator, cache: Cache
) -> Comparison:
    """Compare the drafts with a ledger, or recall it when neither has changed since."""
    lines = [line.line_digest for line in ledger.lines()]
    lines += [line.line_digest for line in ledger.revocations]
    source = stores.open_store(config.source, config.root, tr)
    state = source.digest()
    pending = [line.raw for found in ledger.pending.values() for line in found]
    key = fingerprint.of(
        *("drafts/5", __version__, tr.digest, day, config.source, state, lines, pending),
        _beside(config).digest(),
    )
    known = cache.get_many([key]).get(key)
    if known is not None:
        return standing.decode(known)
    found = _drafts(config, source.read(tr), ledger, day, tr).compare()
    if source.digest() == state:  # nobody changed the tables between the two looks at them
        cache.put_many({key: standing.encode(found)})
    return found
