"""A small city to publish in tests: edit its tables, sign, build, and read what came out."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import config, drafts, pipeline
from generator.i18n import translator
from generator.ledger import signing, subjects
from generator.model.codes import Stage
from generator.report import BuildReport

EXAMPLES = Path(__file__).resolve().parents[1] / "cities"
TODAY = date(2026, 6, 1)
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class City:
    """A copy of an example city in a folder of its own."""

    root: Path

    @classmethod
    def copy(cls, language: str, root: Path) -> City:
        """Copy an example city."""
        shutil.copytree(EXAMPLES / language, root, ignore=shutil.ignore_patterns(".daylight"))
        return cls(root)

    @property
    def config(self) -> config.SiteConfig:
        """The configuration, read anew."""
        return config.load(self.root / "site_config.yml")

    @property
    def output(self) -> Path:
        """Where the site goes."""
        return self.root / "public"

    def build(self, **wishes: object) -> BuildReport:
        """Build into `output`; wishes are those of `pipeline.Wish`."""
        wish = pipeline.Wish(**{"output": self.output, "today": TODAY, "workers": 1, **wishes})  # type: ignore[arg-type]
        return pipeline.build(self.config, wish)

    @contextmanager
    def table(self, name: str) -> Iterator[list[Row]]:
        """Yield a table's rows to change; they are written back."""
        path = self.root / "content" / "database" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            columns, rows = list(reader.fieldnames or ()), list(reader)
        yield rows
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def edit(self, code: str, **columns: str) -> None:
        """Change columns of a power's draft."""
        with self.table("powers") as rows:
            next(row for row in rows if row["code"] == code).update(columns)

    def sign(self, stage: str, *codes: str, day: date) -> signing.SigningOutcome:
        """Sign powers for one stage, with the gate's verdict."""
        city, tr = self.config, translator(self.config.language)
        desk = drafts.read(city, day=day, tr=tr)
        passed = set(codes) - desk.vet(frozenset(codes)).refused
        chosen = [subjects.power(code, desk.records[code]) for code in passed]  # type: ignore[index]
        act = {"stage": Stage(stage), "office": "Desk", "date": day, "tr": tr}
        return signing.sign(city.vetted, chosen, **act, files_in=city.files)  # type: ignore[arg-type]

    def vet_and_sign(self, *codes: str, day: date) -> None:
        """Sign powers for both stages."""
        self.sign("legality", *codes, day=day)
        self.sign("format", *codes, day=day)

    def files(self) -> Mapping[str, str]:
        """Return the SHA-256 of every published file."""
        return hashes(self.output)

    def code(self, pick: Callable[[Row], bool]) -> str:
        """Return the code of the first power of the tables that fits."""
        with self.table("powers") as rows:
            return next(row["code"] for row in rows if pick(row))


def hashes(folder: Path) -> Mapping[str, str]:
    """Return the SHA-256 of every file of a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
