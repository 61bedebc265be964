"""Makes a department's proof sheet from the drafts, the ledger and the gate's verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from generator.config import SiteConfig
from generator.drafts import Drafts
from generator.flowcharts.draw import Cache
from generator.i18n import Translator
from generator.ledger import digest as d1
from generator.ledger.files import REGISTERS as REGISTERS_FILE
from generator.ledger.lines import SealedLine, VersionLine
from generator.ledger.subjects import REGISTERS
from generator.model.codes import PowerCode, PowerStatus, Stage
from generator.pages.labels import label
from generator.papers import charts
from generator.papers.differences import entries, grid, grids
from generator.papers.sheet import Box, Given, Record, Sheet, Standing
from generator.papers.words import Names
from generator.sources import schema
from generator.vetting.finding import Finding, Severity

Values = Mapping[str, Any]
DRAWN_FROM = frozenset({"steps", "moves"})


@dataclass(frozen=True, kw_only=True)
class Proofing:
    """What a proof sheet is made from."""

    config: SiteConfig
    drafts: Drafts
    day: date
    tr: Translator
    cache: Cache
    workers: int = 2
    font: str = ""

    def sheet(self, slug: str, *, only_changed: bool = False) -> Sheet:
        """Return the sheet of a department, or of the registers if that is the name given."""
        records = tuple(
            self._registers() if slug == REGISTERS_FILE else self._powers(slug, only_changed)
        )
        shown = tuple(
            each for each in records if not only_changed or each.standing is not Standing.UNCHANGED
        )
        counts = Counter(each.standing.value for each in records)
        counts["refused"] = sum(each.refused for each in records)
        return Sheet(
            slug=slug,
            department=self._names("departments", slug)
            or (self.tr("Registers") if slug == REGISTERS_FILE else slug),
            city=self.config.name,
            language=self.tr.language,
            day=self.day,
            demonstration=self.config.demonstration,
            records=shown,
            counts=counts,
            only_changed=only_changed,
            left_out=len(records) - len(shown),
        )

    def departments(self) -> list[str]:
        """Return every slug that has a sheet."""
        drafted = [str(each.get("department", "")) for each in self.drafts.records.values()]
        known = [str(row.get("slug", "")) for row in self.drafts.registers.get("departments", ())]
        return [slug for slug in dict.fromkeys([*known, *drafted]) if slug]

    @cached_property
    def _names(self) -> Names:
        registers, records = self.drafts.registers, self.drafts.records
        return Names(
            of={
                "departments": _titles(registers.get("departments", ()), "slug", "name"),
                "instruments": _titles(registers.get("instruments", ()), "id", "title"),
                "powers": {str(c): str(each.get("name", "")) for c, each in records.items()},
            }
        )

    def _powers(self, slug: str, only_changed: bool) -> Iterator[Record]:
        mine = {
            code: each
            for code, each in self.drafts.records.items()
            if each.get("department") == slug
        }
        verdict = self.drafts.vet(frozenset(mine))
        gone = dict(self._deleted(slug))
        wanted = {
            code: each
            for code, each in mine.items()
            if not only_changed or not self._stands(code, each)
        }
        drawn = charts.pictures(
            {str(code): each for code, each in (*wanted.items(), *gone.items())},
            [c for c in wanted if _is_undrawable(verdict.by_record.get(c, ()))],
            self.tr,
            cache=self.cache,
            workers=self.workers,
            font=self.font,
        )
        for code, record in mine.items():
            yield self._power(code, record, verdict.by_record.get(code, ()), drawn.get(code))
        for code, record in gone.items():
            yield self._deleted_power(code, record, drawn.get(code))

    def _power(
        self,
        code: PowerCode,
        record: Values,
        findings: Sequence[Finding],
        chart: charts.Picture | None,
    ) -> Record:
        line = self.drafts.ledger.latest(code)
        old = line.record() if line and not line.withdrawn else None
        digest = d1.digest_of(record)
        standing = Standing.CHANGED if old else Standing.NEW
        if self._stands(code, record):
            standing = Standing.UNCHANGED
        return Record(
            code=code,
            name=str(record.get("name", "")),
            standing=standing,
            digest=digest,
            entries=entries(record, old, self._names, self.tr),
            grids=grids(record, old, self._names, self.tr),
            findings=tuple(findings),
            refused=_refuses(findings),
            chart=chart,
            has_steps=bool(record.get("steps")),
            boxes=self._boxes(line, digest, self.drafts.ledger.standing(code, digest)),
            published_on=line.vetted_on.isoformat() if line and old else "",
        )

    def _stands(self, code: PowerCode, record: Values) -> bool:
        line = self.drafts.ledger.latest(code)
        return bool(line and not line.withdrawn and line.digest == d1.digest_of(record))

    def _deleted(self, slug: str) -> Iterator[tuple[PowerCode, Values]]:
        """Yield the vetted powers of a department whose rows are gone, though nobody ended them."""
        for code in self.drafts.ledger.versions:
            line: VersionLine | None = self.drafts.ledger.latest(code)
            gone = line and not line.withdrawn and code not in self.drafts.records
            if line and gone and line.department == slug:
                record = line.record()
                if record.get("status") == PowerStatus.ACTIVE.value:
                    yield code, record

    def _deleted_power(
        self, code: PowerCode, record: Values, chart: charts.Picture | None
    ) -> Record:
        line = self.drafts.ledger.latest(code)
        return Record(
            code=code,
            name=str(record.get("name", "")),
            standing=Standing.DELETED,
            digest="",
            entries=entries(record, None, self._names, self.tr),
            grids=grids(record, None, self._names, self.tr),
            chart=chart,
            has_steps=bool(record.get("steps")),
            published_on=line.vetted_on.isoformat() if line else "",
        )

    def _registers(self) -> Iterator[Record]:
        verdict = self.drafts.vet(frozenset())
        for name in REGISTERS:
            rows = self.drafts.registers.get(name, ())
            edition = self.drafts.ledger.edition(name)
            if not rows and edition is None:
                continue
            table, digest = schema.tables()[name], d1.digest_of(rows)
            standing = Standing.CHANGED if edition else Standing.NEW
            if edition and edition.digest == digest:
                standing = Standing.UNCHANGED
            found = tuple(each for each in verdict.findings if each.table == name)
            old = edition.rows() if edition else None
            yield Record(
                code=name,
                name=table.label(self.tr.language),
                standing=standing,
                digest=digest,
                grids=(grid(table, rows, old, self._names, self.tr),),
                findings=found,
                refused=name in verdict.refused_registers,
                boxes=self._boxes(
                    edition, digest, self.drafts.ledger.standing_edition(name, digest)
                ),
                published_on=edition.vetted_on.isoformat() if edition else "",
            )

    def _boxes(
        self, line: SealedLine | None, digest: str, waiting: Mapping[Stage, Any]
    ) -> tuple[Box, ...]:
        given = {
            stage: Given(
                stage=stage.value, office=str(each.sign_off["office"]), date=str(each.date)
            )
            for stage, each in waiting.items()
        }
        if line and not line.withdrawn and line.digest == digest:
            given |= {
                each.stage: Given(stage=each.stage.value, office=each.office, date=str(each.date))
                for each in line.sign_offs
            }
        return tuple(
            Box(
                stage=stage.value,
                title=label(stage, self.tr),
                offices=getattr(self.config.offices, stage.value),
                given=given.get(stage),
            )
            for stage in Stage
        )


def _titles(rows: Sequence[Values], key: str, name: str) -> dict[str, str]:
    return {str(row[key]): str(row.get(name, "")) for row in rows if key in row}


def _refuses(findings: Sequence[Finding]) -> bool:
    return any(each.severity is Severity.ERROR for each in findings)


def _is_undrawable(findings: Sequence[Finding]) -> bool:
    return _refuses([each for each in findings if each.table in DRAWN_FROM])
